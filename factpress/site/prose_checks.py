"""Written: what a notebook of a publication says in words. Prose comes in pairs; figures, colours and paths are not typed.

All languages are looked at in every run: what is wrong in one fails the publication in each.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from factpress.codelists import codelist, entries
from factpress.errors import InputError
from factpress.formats.document import COLUMNS, FOLDED
from factpress.languages import LANGUAGES
from factpress.placeholders import EXPLAINED, shortened
from factpress.publisher import publisher
from factpress.site.template import named

#: Tags of cells whose values are given, and no text.
GIVEN = {"parameters", "injected-parameters"}
#: Words that Dutch and English share, and how to find the others: those that begin with a small letter.
SHARED = {"had", "in", "is", "of", "over", "per", "was", "we"}
WORD = re.compile(r"(?<![\w.])[a-zà-ÿ]{2,}\b")
#: Text between braces, and what is underscored, such as codes of indicators.
NAMED = r"\{[^}]*\}|\b[a-z][a-z0-9]*_[a-z0-9_]+"
#: Of each fault the problem, what is expected and the remedy; and what to do first where it stands in prose.
FAULTS = {
    "placeholder": (
        "a placeholder in prose, where it is not filled in",
        "placeholders in the texts of page.lead, page.sentence and page.note, and in titles of charts and tables",
        f"say it with page.sentence(nl=..., en=...), see {EXPLAINED}",
    ),
    "figure": (
        "a typed figure, which does not change with the data",
        "words, years, and names that have digits, such as codes of code lists",
        f"name it between braces, such as {{indicator}}, see {EXPLAINED}",
    ),
    "colour": ("a typed colour", "no colours in notebooks", "set it in theme.yml"),
    "path": ("a typed path", "no files in notebooks", "name what it is"),
    "f-string": (
        "a text that is an f-string, which is filled in before the page sees it",
        "a text with figures between braces",
        f"take away the f before the text, see {EXPLAINED}",
    ),
    "same": (
        "a text that is the same in both languages",
        "a Dutch and an English text; names alone may be the same",
        f"translate one of them, see {EXPLAINED}",
    ),
}
SAID = "say it with page.sentence(nl=..., en=...) and "
COLOUR, PATH = r"#[0-9a-fA-F]{3,6}\b", r"[./\\]\w+/"
HEADINGS = re.compile(r"^#+|^-", re.M)


def check(notebook: Mapping) -> None:
    """Raises InputError for the first fault in the texts of a notebook, with the cell that it stands in."""
    cells = [
        (c["cell_type"], c["source"], tuple(c["metadata"].get("tags", [])), named(notebook["cells"], at))
        for at, c in enumerate(notebook["cells"])
    ]
    found = _fault(tuple(cell for cell in cells if not GIVEN & set(cell[2])))
    if found:
        problem, where, shown, expected, remedy = found
        raise InputError(problem, row=where, found=shown, expected=expected, remedy=remedy)


@cache
def _fault(cells: tuple[tuple[str, str, tuple[str, ...], str], ...]) -> tuple[str, ...] | None:
    """The first fault in cells of a kind, with a source, tags and a name; notebooks of many publications are the same."""
    return next(_faults(cells), None)


def _faults(cells) -> Iterator[tuple[str, ...]]:
    for kind, source, _, where in cells:
        prose, nodes = kind == "markdown", _nodes(source) if kind == "code" else []
        for text in [source] if prose else filter(None, map(_text, nodes)):
            for found, (problem, expected, remedy) in _wrong(text, prose):
                shown = shortened(text, *found.span())
                yield problem, where, shown, expected, f"{SAID if prose and '{' in remedy else ''}{remedy}"
        for problem, shown in _code_faults(nodes):
            yield FAULTS[problem][0], where, shown, *FAULTS[problem][1:]
    yield from _alone([(source, tags, where) for kind, source, tags, where in cells if kind == "markdown"])


def _code_faults(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """What is wrong with texts in code: an f-string among them, and one that is the same in all languages."""
    for node in nodes:
        given = []
        if isinstance(node, ast.Call):
            given = [(one.arg, one.value) for one in node.keywords]
        elif isinstance(node, ast.Dict):
            given = [(_text(key), value) for key, value in zip(node.keys, node.values, strict=True)]
        texts = [value for name, value in given if name in LANGUAGES]
        yield from (("f-string", ast.unparse(one)) for one in texts if isinstance(one, ast.JoinedStr))
        if len(texts) == len(LANGUAGES) and _copied(list(map(_text, texts))):
            yield "same", _text(texts[0])


def _text(node: ast.AST | None) -> str:
    """The text that a part of code is; nothing where it is something else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _copied(texts: list[str]) -> bool:
    """Whether two of the texts are the same and more than names: with two words that not every language has."""
    same = [text for text, count in Counter(texts).items() if count > 1]
    found = [[word for word in WORD.findall(re.sub(_named(), _blank, text)) if word not in SHARED] for text in same]
    return any(len(words) > 1 for words in found)


def _wrong(text: str, prose: bool) -> Iterator[tuple[re.Match, tuple[str, str, str]]]:
    """What is wrong in a text and where: nothing is filled in in prose, and figures, colours and paths are not typed."""
    found = {
        "placeholder": re.search(r"\{[^}]*\}?|\}", text) if prose else None,
        "colour": re.search(COLOUR, text),
        "figure": typed_number(text),
        "path": re.search(PATH, re.sub(_named(), _blank, text)),
    }
    yield from ((one, FAULTS[what]) for what, one in found.items() if one)


def _alone(prose) -> Iterator[tuple[str, ...]]:
    """Faults of prose that does not stand in each language beneath each other, at the same place of the page and as long."""
    tagged = " and beneath it one tagged ".join(LANGUAGES)
    expected = f"a cell tagged {tagged}, each with the same headings and lists"
    remedy = f"write it in every language and tag the cells, see {EXPLAINED}"
    for at in range(0, len(prose), len(LANGUAGES)):
        cells = [*prose[at : at + len(LANGUAGES)], *[("", (), "")] * len(LANGUAGES)][: len(LANGUAGES)]
        source, tags, where = cells[0]
        shapes = [" ".join(HEADINGS.findall(one)) or "none" for one, _, _ in cells]
        right = [(one, *tags[1:]) for one in LANGUAGES]
        if [own for _, own, _ in cells] != right or not set(tags[1:]) <= {*COLUMNS, FOLDED}:
            said = _beneath(", ".join(own) or "none" for _, own, _ in cells)
            yield "prose that is not in both languages", where, f"tags {said}", expected, remedy
        elif len(set(shapes)) > 1:
            said = f"headings and lists {_beneath(shapes)}"
            yield "prose that differs between the languages", where, said, expected, remedy
        elif _copied([one.strip() for one, _, _ in cells]):
            yield FAULTS["same"][0], where, source.strip().partition("\n")[0], *FAULTS["same"][1:]


def _beneath(said: Iterable[str]) -> str:
    return ", and of the next ".join(said)


def typed_number(text: str) -> re.Match | None:
    """Where a text has a figure that was typed; nothing where its digits are those of names and years."""
    if not re.search(r"\d", text):
        return None
    return re.search(r"\d[\d.,]*", re.sub(_allowed(), _blank, text))


@cache
def _named() -> str:
    """What has digits and is a name: text between braces, codes of indicators, and what the publisher says."""
    return "|".join([NAMED, *publisher().named])


def _blank(name: re.Match) -> str:
    """As many characters that say nothing."""
    return "·" * len(name[0])


@cache
def _allowed() -> re.Pattern:
    """What may be typed with digits: names, codes of some lists, and a year of which nothing is counted."""
    keys = [key for name in publisher().typed for key in codelist(name).index]
    codes = {key[-1] if isinstance(key, tuple) else key for key in keys}
    nouns = {row[f"{n}_{lang}"] for row in entries("units").values() for n in ("one", "many") for lang in LANGUAGES}
    counted = "|".join(map(re.escape, sorted(filter(None, nouns), key=len, reverse=True)))
    year = rf"(?<![\d.,])\b(?:19|20)\d\d\b(?![.,]?\d|\s*(?:[%€]|(?:{counted})\b))"
    return re.compile(rf"{_named()}|\b(?:{'|'.join(sorted(codes))})\b|##+|{year}")


def _nodes(source: str) -> list[ast.AST]:
    """The code of a cell in its parts."""
    try:
        return list(ast.walk(ast.parse(source)))
    except SyntaxError:  # of IPython; what Python cannot read runs or fails by itself
        return []
