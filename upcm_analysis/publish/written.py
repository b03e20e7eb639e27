"""Written: what a notebook of a publication says in words. Prose comes in pairs; figures, colours and paths are not typed.

All languages are looked at in every run: what is wrong in one fails the publication in each.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

from upcm_analysis.publish.document import SHEET
from upcm_analysis.telling.placeholders import EXPLAINED, shortened
from upcm_analysis.words.codelists import LANGUAGES, codelist, entries
from upcm_analysis.words.errors import InputError

#: Tags of cells whose values are given, and no text.
GIVEN = {"parameters", "injected-parameters"}
#: Text between braces, and names that have a digit: SBI classes, codes of indicators, what is underscored.
NAMED = r"\{[^}]*\}|\bSBI \d+|\b[a-z][a-z0-9]*_[a-z0-9_]+|\bco2\b"
#: Of each fault the problem, what is expected and the remedy; and what to do first where it stands in prose.
FAULTS = {
    "placeholder": (
        "a placeholder in prose, where it is not filled in",
        "placeholders in the texts of page.lead, page.sentence and page.note, and in titles of charts and tables",
        f"say it with page.sentence(nl=..., en=...), see {EXPLAINED}",
    ),
    "figure": (
        "a typed figure, which does not change with the data",
        "words, years, SBI classes, and codes such as R3 and F7",
        f"name it between braces, such as {{jobs_k}}, see {EXPLAINED}",
    ),
    "colour": ("a typed colour", "no colours in notebooks", "set it in theme.yml"),
    "path": ("a typed path", "no files in notebooks", "name what it is"),
}
SAID = "say it with page.sentence(nl=..., en=...) and "
COLOUR, PATH = r"#[0-9a-fA-F]{3,6}\b", r"[./\\]\w+/"
HEADINGS = re.compile(r"^#+|^-", re.M)


def check(notebook: Mapping) -> None:
    """Raises InputError for the first fault in the texts of a notebook, with the cell that it stands in."""
    cells = [(c["cell_type"], c["source"], tuple(c["metadata"].get("tags", []))) for c in notebook["cells"]]
    found = _fault(tuple(cell for cell in cells if not GIVEN & set(cell[-1])))
    if found:
        problem, cell, shown, expected, remedy = found
        begin = cell.strip().partition("\n")[0]
        raise InputError(problem, row=f"cell {begin!r}", found=shown, expected=expected, remedy=remedy)


@cache
def _fault(cells: tuple[tuple[str, str, tuple[str, ...]], ...]) -> tuple[str, ...] | None:
    """The first fault in cells of a kind, with a source and tags; notebooks of many publications are the same."""
    return next(_faults(cells), None)


def _faults(cells) -> Iterator[tuple[str, ...]]:
    for kind, source, _ in cells:
        prose = kind == "markdown"
        for text in [source] if prose else _strings(source) if kind == "code" else []:
            for found, (problem, expected, remedy) in _wrong(text, prose):
                shown = shortened(text, *found.span())
                yield problem, source, shown, expected, f"{SAID if prose and '{' in remedy else ''}{remedy}"
    yield from _alone([(source, tags) for kind, source, tags in cells if kind == "markdown"])


def _wrong(text: str, prose: bool) -> Iterator[tuple[re.Match, tuple[str, str, str]]]:
    """What is wrong in a text and where: nothing is filled in in prose, and figures, colours and paths are not typed."""
    found = {
        "placeholder": re.search(r"\{[^}]*\}?|\}", text) if prose else None,
        "colour": re.search(COLOUR, text),
        "figure": typed_number(text),
        "path": re.search(PATH, re.sub(NAMED, _blank, text)),
    }
    yield from ((one, FAULTS[what]) for what, one in found.items() if one)


def _alone(prose) -> Iterator[tuple[str, ...]]:
    """Faults of prose that does not stand in each language beneath each other, at the same place of the sheet and as long."""
    expected = "a cell tagged nl and beneath it one tagged en, each with the same headings and lists"
    remedy = f"write it in both languages and tag the cells, see {EXPLAINED}"
    for at in range(0, len(prose), 2):
        (source, tags), (other, others) = [*prose[at : at + 2], ("", ())][:2]
        languages = (tags[:1], others[:1])
        if languages != tuple((one,) for one in LANGUAGES) or tags[1:] != others[1:] or not set(tags[1:]) <= set(SHEET):
            said = f"tags {', '.join(tags) or 'none'}, and of the next {', '.join(others) or 'none'}"
            yield "prose that is not in both languages", source, said, expected, remedy
        elif HEADINGS.findall(source) != HEADINGS.findall(other):
            shape = [" ".join(HEADINGS.findall(one)) or "none" for one in (source, other)]
            said = f"headings and lists {shape[0]}, and of the next {shape[1]}"
            yield "prose that differs between the languages", source, said, expected, remedy


def typed_number(text: str) -> re.Match | None:
    """Where a text has a figure that was typed; nothing where its digits are those of names and years."""
    if not re.search(r"\d", text):
        return None
    return re.search(r"\d[\d.,]*", re.sub(_allowed(), _blank, text))


def _blank(name: re.Match) -> str:
    """As many characters that say nothing."""
    return "·" * len(name[0])


@cache
def _allowed() -> re.Pattern:
    """What may be typed with digits: names, codes of R-strategies and functions, and a year of which nothing is counted."""
    codes = {code for name in ("r_strategies", "functions") for _, code in codelist(name).index}
    nouns = {row[f"{n}_{lang}"] for row in entries("units").values() for n in ("one", "many") for lang in LANGUAGES}
    counted = "|".join(map(re.escape, sorted(filter(None, nouns), key=len, reverse=True)))
    year = rf"(?<![\d.,])\b(?:19|20)\d\d\b(?![.,]?\d|\s*(?:[%€]|(?:{counted})\b))"
    return re.compile(rf"{NAMED}|\b(?:{'|'.join(sorted(codes))})\b|##+|{year}")


def _strings(source: str) -> list[str]:
    """The texts in the code of a cell, as one that is well written has them."""
    try:
        nodes = ast.walk(ast.parse(source))
    except SyntaxError:  # of IPython; what Python cannot read runs or fails by itself
        return []
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
