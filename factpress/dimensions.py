"""Dimensions: what figures can be about (a place, a product, a period ...), and a subject, which has a code of each.

A dimension is a row of the code list `dimensions`:

- `list` of its codes, and the `column` of that with their names in addresses (without one the code itself);
- `path` in the id of a fact; without one it is no part of the path, and says after the indicator what was left out;
- code of the `whole`, which a figure is about where nothing else is said;
- whether it has a column in tables of `facts`: among the `first` ones, or `added` later at the end;
- `placeholder` in templates; `within` which other dimension of a page its placeholder names something; the placeholder of `all`
  codes;
- whether names have the code before them (`coded`), and the pixels that they take beside a bar (`bar_px`);
- column of the list with the `members` of each code;
- words in each language: its `name`, the `plural`, `per` one, an `entire` one, the `part` of one, and what its column of facts
  holds (`described`).

To add a dimension is to add its row and its list.
"""

import builtins
from dataclasses import dataclass, fields
from functools import cache, cached_property

from factpress.codelists import codelist, entries, file
from factpress.editions import PUBLISHED
from factpress.errors import UnknownName
from factpress.home import shown
from factpress.texts import texts

WORDS = texts(__name__)
#: Between the parts of a path that is about several dimensions, and of a name in addresses.
AND = "-"
#: What publications can be about besides one kind of subject: a list of kinds, such as the whole and each of its parts.
KINDS = "kinds"


@dataclass(frozen=True)
class Dimension:
    """What figures can be about."""

    dimension: str
    list: str
    column: str
    path: str
    whole: str
    parent: str
    facts: str
    placeholder: str
    within: str
    all: str
    coded: str
    members: str
    bar_px: str

    def said(self, what: str, language: str) -> str:
        """Return words about it: one of those that the list of dimensions has in each language."""
        return entries("dimensions")[self.dimension][f"{what}_{language}"]

    def slug(self, code: str) -> str:
        """Return what a code is called in addresses."""
        return entries(self.list).get(code, {}).get(self.column, "") if self.column else code

    def codes(self) -> builtins.list[str]:
        """Return all codes, in the order of their list."""
        return list(codelist(self.list).index)

    def name(self, code: str, language: str, running: bool = False) -> str:
        """Return what a code is called as a heading; in running text by the words that its list has for that, if any."""
        row = entries(self.list)[code]
        return (row.get(f"running_{language}") if running else "") or row[f"name_{language}"]

    def short(self, code: str, language: str) -> str:
        """Return what a code is called beside a bar: its short name, or its name up to a bracket."""
        row = entries(self.list)[code]
        text = row.get(f"short_{language}") or row[f"name_{language}"].partition(" (")[0]
        return f"{code} {text}" if self.coded else text


@cache
def dimensions() -> dict[str, Dimension]:
    """Return the dimensions by name, in their order."""
    own = [one.name for one in fields(Dimension)][1:]
    return {name: Dimension(name, **{one: row[one] for one in own}) for name, row in entries("dimensions").items()}


def dimension(path: str) -> Dimension:
    """Return the dimension with a path. Raises UnknownName with the nearest."""
    paths = {one.path: one for one in dimensions().values() if one.path}
    if path not in paths:
        raise UnknownName("kind of subject", path, paths, file=shown(file("dimensions")))
    return paths[path]


def in_facts(place: str = "") -> list[Dimension]:
    """Return the dimensions with a column in tables of facts, in their order: all, or the `first` or `added` ones."""
    return [one for one in dimensions().values() if one.facts and place in ("", one.facts)]


@cache
def _wholes() -> dict[str, str]:
    """Return the code of the whole of each dimension."""
    return {name: one.whole for name, one in dimensions().items()}


class Subject:
    """What a figure is about: a code of each dimension, by position or by name; of those not given the whole.

    Subjects with the same codes are equal. Raises UnknownName for a dimension that there is none of.
    """

    def __init__(self, *codes: str, **named: str):
        wholes = _wholes()
        if len(codes) > len(wholes) or not named.keys() <= wholes.keys():
            unknown = next((name for name in named if name not in wholes), codes[-1] if codes else "")
            raise UnknownName("dimension", unknown, wholes, file=shown(file("dimensions")))
        self.codes = {**wholes, **dict(zip(wholes, codes, strict=False)), **named}
        self._key = tuple(self.codes.values())

    def __getattr__(self, name: str) -> str:
        """Return the code of a dimension."""
        if name.startswith("_") or name == "codes" or name not in self.codes:
            raise AttributeError(f"a subject has no {name!r}")
        return self.codes[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Subject) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"Subject({', '.join(f'{name}={code!r}' for name, code in self.codes.items() if code)})"

    @cached_property
    def parts(self) -> list[tuple[Dimension, str]]:
        """The dimensions that it is no whole of, with its codes; of a part in a place the part comes first."""
        found = [(one, self.codes[name]) for name, one in dimensions().items() if one.path]
        return [(one, code) for one, code in found if code != one.whole][::-1]

    @cached_property
    def kind(self) -> str:
        """The kind of subject: that of the whole, or by the dimensions that it is about (`product-place`)."""
        return AND.join(one.path for one, _ in self.parts) or whole_kind()

    @cached_property
    def slug(self) -> str:
        """Its stable name in addresses and commands."""
        parts = [one.slug(code) for one, code in self.parts]
        return AND.join(part for part in parts if part) if parts else of_whole("slug")

    @cached_property
    def path(self) -> str:
        """Its part of a fact id: its kind and slug (`place/here`), or the path of the whole."""
        return f"{self.kind}/{self.slug}" if self.parts else of_whole("path")

    @property
    def wholes(self) -> list["Subject"]:
        """Of a part in a place its place and its part, each whole."""
        return [Subject(**{one.dimension: code}) for one, code in self.parts[::-1]]

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole of every dimension."""
        return self == Subject()

    def total(self, language: str) -> str:
        """Return what a total of it is called below a table: by what was left out, if anything was."""
        found = [(one.list, self.codes[name]) for name, one in dimensions().items() if not one.path]
        said = [entries(list_)[code][f"total_{language}"] for list_, code in found if code]
        return said[0] if said else of_whole("total", language)

    def name(self, language: str, running: bool = False) -> str:
        """Return its name as heading and on an axis, or in running text, where a list may have other words for it."""
        if not self.parts:
            return of_whole("name", language)
        if len(self.parts) == 1:
            ((one, code),) = self.parts
            return one.name(code, language, running)
        (part, of_part), (place, of_place) = self.parts
        named = part.name(of_part, language, running).partition(" (")[0]
        return WORDS[language]["in"].format(named, place.name(of_place, language))


@cache
def whole_kind() -> str:
    """Return the kind of the subject that is the whole of every dimension."""
    return codelist("wholes").index[0]


def of_whole(what: str, language: str = "") -> str:
    """Return what the list of wholes says of the whole of every dimension, in a language where it says that in each."""
    return entries("wholes")[whole_kind()][f"{what}_{language}" if language else what]


@cache
def by_slug(kind: str) -> dict[str, Subject]:
    """Return all subjects of a kind, in their order, by their names in addresses.

    A kind of publication is about the kinds that the code list `kinds` says. Raises UnknownName for one that there is none of.
    """
    of_publications = entries(KINDS)
    if kind in of_publications:
        return {slug: one for own in of_publications[kind]["about"].split() for slug, one in _of_kind(own).items()}
    return _of_kind(kind)


def _of_kind(kind: str) -> dict[str, Subject]:
    """Return the subjects of a kind of subject: of one dimension, of a part in a place, or the whole."""
    paths = {one.path: one for one in dimensions().values() if one.path}
    if kind == whole_kind():
        found = [Subject()]
    elif kind in paths:
        found = [Subject(**{paths[kind].dimension: code}) for code in paths[kind].codes()]
    else:
        pairs = [(a, b) for a in paths.values() for b in paths.values() if f"{a.path}{AND}{b.path}" == kind]
        if not pairs:
            raise UnknownName("kind of subject", kind, [whole_kind(), *paths, *entries(KINDS)])
        ((part, place),) = pairs
        found = [Subject(**{part.dimension: one, place.dimension: at}) for one in part.codes() for at in place.codes()]
    return {one.slug: one for one in found}


def subjects(kind: str) -> list[Subject]:
    """Return all subjects of a kind of subject, or of a kind of publication, in their order."""
    return list(by_slug(kind).values())


def subject(kind: str, slug: str) -> Subject:
    """Return the subject with this name in addresses. Raises UnknownName with the nearest."""
    known = by_slug(kind)
    if slug not in known:
        raise UnknownName(kind, slug, known, file=", ".join(_files(kind)))
    return known[slug]


def from_path(path: str) -> Subject:
    """Return the subject with this part of a fact id: as `Subject.path` has it. Raises UnknownName with the nearest."""
    kind, _, slug = path.partition("/")
    if path == entries("wholes")[whole_kind()]["path"]:
        return Subject()
    return subject(kind, slug)


def _files(kind: str) -> list[str]:
    """Return the code lists that the subjects of a kind are in."""
    about = {one: None for subject in by_slug(kind).values() for one, _ in subject.parts}
    return [shown(file(one.list)) for one in about]


def fact_id(code: str, about: Subject, scenario: str = PUBLISHED) -> str:
    """Return the stable, readable name of a fact: `books_k/place/here`; under a scenario `books_k/place/here@central`."""
    left_out = "".join(
        f"_{about.codes[name]}" for name, one in dimensions().items() if not one.path and about.codes[name]
    )
    under = "" if scenario == PUBLISHED else f"@{scenario}"
    return f"{code}{left_out}/{about.path}{under}"
