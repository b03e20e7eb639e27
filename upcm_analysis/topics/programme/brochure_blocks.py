"""The brochure of the programme, part by part: what it had, where that is now, and who made it.

The parts and the credits are code lists. Of a part that is not here the list says why.
"""

from collections import Counter

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.codelists import entries
from factpress.dimensions import subject
from factpress.facts import ids
from factpress.languages import LANGUAGES
from factpress.site.kinds import kinds
from factpress.texts import texts
from factpress.wording import Teller

HERE, PARTLY, NOT_KEPT = "here", "partly", "not-kept"

WORDS = texts(__name__)


def counts(language: str) -> dict[str, str]:
    """Return what a message has words for: how many parts the brochure has, are here, and were not kept."""
    parts, none = entries("brochure_parts"), WORDS[language]["none"]
    number = Counter(row["state"] for row in parts.values())
    numbers = {"parts": len(parts), "there": number[HERE] + number[PARTLY], "not_kept": number[NOT_KEPT]}
    return {name: str(many or none) for name, many in numbers.items()}


def text(part: str) -> dict[str, str]:
    """Return the template of the `headline` or the `lead`, in each language: another where all is here."""
    whole = all(row["state"] == HERE for row in entries("brochure_parts").values())
    return {language: WORDS[language]["rules"]["whole" if whole else "part"][part] for language in LANGUAGES}


def parts(teller: Teller, title: str) -> Table:
    """A row a part: what the brochure had, whether it is here, at which publication, and how or why not."""
    language, words = teller.language, WORDS[teller.language]
    rows = [
        Row(
            label=row[f"name_{language}"],
            cells=[
                Cell(text=teller.say(row[f"had_{language}"])),
                Cell(text=entries("brochure_states")[row["state"]][f"name_{language}"]),
                Cell(text=_called(row["page"], language) or words["nowhere"], href=row["page"]),
                Cell(text=teller.say(row[f"now_{language}"])),
            ],
        )
        for row in entries("brochure_parts").values()
    ]
    columns = [Column(label=one, number=False) for one in words["columns"]]
    data = Data(stub=words["stub"], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids(teller.used))


def _called(page: str, language: str) -> str:
    """What a publication is called; nothing where there is none."""
    if not page:
        return ""
    name, _, about = page.partition("/")
    kind, one = kinds()[name], subject(name, about)
    title = kind.title(language, one.is_whole).format(one.name(language))
    return f"{kind.name(language)} {title}" if kind.with_kind else title


def credits(teller: Teller, title: str) -> Table:
    """A row an organisation: what the brochure says that it did."""
    language, words = teller.language, WORDS[teller.language]
    rows = [
        Row(label=row[f"name_{language}"], cells=[Cell(text=row[f"credit_{language}"])])
        for row in entries("brochure_credits").values()
    ]
    data = Data(stub=words["organisation"], columns=[Column(label=words["did"], number=False)], rows=rows)
    return Table(language=language, title=title, data=data, facts=ids(teller.used))
