"""The forms of projects as a workbook: an empty impact sheet and progress report. All but the answers is protected."""

from dataclasses import dataclass
from functools import partial

from factpress.codelists import entries
from factpress.dimensions import subject
from factpress.indicators import indicator
from factpress.texts import texts
from upcm_analysis.intake import workbooks
from upcm_analysis.intake.workbooks import KEY
from upcm_analysis.topics.programme.form_sources import FORMS, unit
from upcm_analysis.vocabulary.project_forms import PROGRESS

WORDS = texts(__name__)
#: What the hidden sheet begins with, and the hidden sheet with the lists to choose from.
FORMAT, LISTS = "upcm-project-2", "upcm-lists"
#: The line of the header; what is asked follows.
HEADER = 4
#: Parts whose items are known beforehand, though they are in no list of their own: those that are figures.
FIGURES = ("co2", "finance")
#: Parts that are told by numbered texts, but for those whose items have a name of their own.
NAMED = ("target", "volume", "critical-material", *FIGURES)
#: Parts with dates, and which.
DATED = {"milestone": ("planned", "actual"), "period": ("planned",)}


@dataclass(frozen=True)
class Line:
    """One line of a form: its part, and what is filled in beforehand."""

    part: str
    item: str = ""
    horizon: str = ""


def lines(form: str) -> list[Line]:
    """All lines of a form: of each part those with an item that is known beforehand, then as many as the code list says."""
    found = []
    for (name, part), spec in entries("form_parts").items():
        if name == form:
            found += [Line(part, *one) for one in _given(form, part, spec)]
            found += [Line(part)] * int(spec["rows"])
    return found


def _given(form: str, part: str, spec: dict) -> list[tuple[str, str]]:
    """The items of a part that are known beforehand, with their horizon."""
    if part in FIGURES:
        return [(item, "") for name, among, item in entries("sheet_figures") if (name, among) == (form, part)]
    if int(spec["rows"]):
        return []
    return [(_code(code), row.get("horizon", "")) for code, row in entries(spec["item"]).items()]


def _code(key) -> str:
    """The code in the key of a list: of functions, whose key has their scheme too, the last."""
    return key[-1] if isinstance(key, tuple) else key


def open_columns(form: str, line: Line) -> set[str]:
    """The columns of a line that are to be filled in."""
    spec = entries("form_parts")[(form, line.part)]
    found = {"nl", "en", *(DATED.get(line.part, ()) if form == PROGRESS else ())}
    if not line.item and (spec["item"] not in ("", "free") or line.part in NAMED):
        found.add("item")
    if spec["horizon"] == "yes" and not line.horizon:
        found.add("horizon")
    if spec["value"]:
        found.add("value")
    if "number" in spec["value"] and not unit(form, line.part, line.item):
        found.add("unit")
    return found


def lists_of(form: str, part: str, column: str) -> list[str]:
    """The code lists that a cell chooses from; none where it is free."""
    spec = entries("form_parts")[(form, part)]
    kind = {"item": spec["item"], "horizon": "horizons", "value": spec["value"]}.get(column, "")
    plain = ("", "free", "year", "sbi", "number", "date", "month", "text")
    return [name for name in kind.split(" or ") if name not in plain]


def names(name: str, language: str) -> dict[str, str]:
    """The names of a list, as they are chosen from, by code."""
    found = {_code(key): row[f"name_{language}"] for key, row in entries(name).items()}
    if name == "functions":
        return {code: f"{code} {text}" for code, text in found.items()}
    if name == "guide_criteria":
        phase = {code: entries("guide_phases")[row["phase"]][f"name_{language}"] for code, row in entries(name).items()}
        return {code: f"{phase[code]}: {text}" for code, text in found.items()}
    return found


def item_name(form: str, line: Line, language: str) -> str:
    """What an item that is known beforehand is called."""
    listed = lists_of(form, line.part, "item")
    if listed:
        return names(listed[0], language)[line.item]
    return indicator(entries("sheet_figures")[(form, line.part, line.item)]["indicator"]).short[language]


def workbook(project: str, language: str, forms: list[str]) -> bytes:
    """An empty workbook with these forms of a project. Raises UnknownName for a project that there is none of."""
    about = subject("project", project)
    write = partial(_write, about=about, language=language, forms=forms)
    return workbooks.blank(language, project, write)


def _write(book, about, language: str, forms: list[str]) -> None:
    made = _Blank(book, language)
    title = about.name(language)
    made.explanation(f"{made.words['title']}: {title}", made.words["lines"])
    for form in forms:
        made.form(form, title)
    made.hidden(LISTS, made.listed())
    named = [(made.words["forms"][form], form) for form in forms]
    made.hidden(KEY, [(FORMAT, language), ("project", about.project), *named])


class _Blank(workbooks.Blank):
    """The sheets of empty forms while they are written."""

    def __init__(self, book, language: str):
        super().__init__(book, language)
        self.words, self.lists = WORDS[language], []

    def form(self, form: str, title: str) -> None:
        """The sheet of a form: a line each thing, with what can stand there beside the first of a part."""
        columns = FORMS[form][1:]
        sheet = self.sheet(self.words["forms"][form])
        for column, width in enumerate((40, 46, *[16] * (len(columns) - 4), 40, 40, 60)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, self.words["forms"][form])
        for column, text in enumerate(header_of(form, self.language)):
            sheet.write_string(HEADER - 1, column, text, self.head)
        before = ""
        for number, line in enumerate(lines(form), start=HEADER):
            fixed, free = filled_before(form, line, self.language), open_columns(form, line)
            for place, column in enumerate(columns):
                if column not in free:
                    first = column == "part" and line.part != before
                    sheet.write_string(number, place, fixed.get(column, ""), self.first if first else self.asked)
                    continue
                sheet.write_blank(number, place, None, self.typed)
                if listed := lists_of(form, line.part, column):
                    only = column != "value" or entries("form_parts")[(form, line.part)]["value"] in listed
                    self.choice(sheet, number, place, self._range(listed[0]), only=only)
            hint = _hint(form, line, self.language) if line.part != before else ""
            sheet.write_string(number, len(columns), hint, self.text)
            before = line.part
        sheet.freeze_panes(HEADER, 1)
        sheet.repeat_rows(HEADER - 1)

    def _range(self, name: str) -> str:
        """The cells that hold the names of a list."""
        if name not in self.lists:
            self.lists.append(name)
        column = chr(ord("A") + self.lists.index(name))
        return f"='{LISTS}'!${column}$1:${column}${len(entries(name))}"

    def listed(self) -> list[tuple]:
        """The lists that were referred to, a column each."""
        columns = [list(names(name, self.language).values()) for name in self.lists]
        size = max((len(column) for column in columns), default=0)
        return [tuple(column[line] if line < len(column) else None for column in columns) for line in range(size)]


def header_of(form: str, language: str) -> list[str]:
    """The header of a form."""
    words = WORDS[language]
    return [*(words["columns"][column] for column in FORMS[form][1:]), words["hint"]]


def filled_before(form: str, line: Line, language: str) -> dict[str, str]:
    """What stands on a line beforehand, by column."""
    said = {"part": entries("form_parts")[(form, line.part)][f"name_{language}"]}
    if line.item:
        said["item"] = item_name(form, line, language)
    if line.horizon:
        said["horizon"] = names("horizons", language)[line.horizon]
    if own := unit(form, line.part, line.item):
        said["unit"] = entries("units")[own][f"header_{language}"]
    return said


def _hint(form: str, line: Line, language: str) -> str:
    """What can stand on the lines of a part."""
    words, spec, said = WORDS[language], entries("form_parts")[(form, line.part)], []
    for column, kinds in (("item", words["items"]), ("value", words["values"])):
        if column not in open_columns(form, line):
            continue
        listed, kind = lists_of(form, line.part, column), spec[column]
        parts = [words["list"]] if listed else []
        parts += [words["number"]] if "number" in kind else []
        parts = parts or [kinds.get(kind, words["free"])]
        said.append(f"{words['columns'][column]}: {', '.join(parts)}")
    if "unit" in open_columns(form, line):
        said.append(f"{words['columns']['unit']}: {words['unit']}")
    if spec["text"] == "required":
        said.append(words["text"])
    return "; ".join(said)
