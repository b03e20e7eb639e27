"""The plan: which publications there are, from `publications.yml`, and which of them are asked for."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, PositiveFloat

from factpress import settings
from factpress.dimensions import Subject, subjects
from factpress.dimensions import subject as subject_of
from factpress.errors import InputError, UnknownName
from factpress.home import home, shown
from factpress.languages import LANGUAGES
from factpress.publisher import FILE, publisher
from factpress.site import conditions, template
from factpress.site.kinds import kinds, of_subjects

#: What a name in addresses and commands is made of, and how long it may be.
SLUG, LONGEST = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*"), 40
#: Folders beside those of kinds.
TAKEN = ("source",)


#: What a kind of publication is called, in each language.
def _of_subjects(about: str) -> str:
    """Check that publications can be about a kind of subject."""
    try:
        known = bool(subjects(about))
    except UnknownName as error:
        raise ValueError(error.parts["expected"]) from None
    if not known:
        raise ValueError("a kind of subject that there are figures about")
    return about


class Entry(BaseModel):
    """One kind of publication in the matrix; one of your own says what it is about and what it is called."""

    model_config = ConfigDict(extra="forbid")
    kind: str
    about: Annotated[str, AfterValidator(_of_subjects)] | None = None
    title: conditions.Words | None = None
    notebook: str
    subjects: Literal["all"] | list[str]
    #: The notebook parameter that takes the subject; of a part in a place one for each of the two.
    parameter: str | list[str] | None = None
    parameters: dict[str, str | int | float | bool] = {}
    #: What must be known of a subject for its publication to exist; without it there is one of each.
    when: conditions.When | None = None

    @property
    def opens(self) -> str:
        """The kind that its notebook opens, which says what its subjects are."""
        return self.about or self.kind


class Matrix(BaseModel):
    """The whole of `publications.yml`."""

    model_config = ConfigDict(extra="forbid")
    edition: str
    publisher: str
    languages: list[Literal[LANGUAGES]]
    #: How long a notebook may take; without it the limit of `fork`.
    seconds_per_notebook: PositiveFloat | None = None
    publications: list[Entry]
    #: Addresses of earlier editions that lead on.
    moved: list[conditions.Moved] = []


@dataclass(frozen=True)
class Publication:
    """One publication: what its notebook is run with and where it goes."""

    edition: str
    language: str
    kind: str
    subject: str
    notebook: Path
    parameters: tuple
    #: Of an own kind: what it is about, and what the kind is called in this language.
    on: str = ""
    heading: str = ""
    #: What must be known for it to exist.
    when: conditions.When | None = field(default=None, compare=False)

    @property
    def opens(self) -> str:
        """The kind that its notebook opens."""
        return self.on or self.kind

    @property
    def name(self) -> str:
        """How it is named in commands: its kind and its subject."""
        return f"{self.kind}/{self.subject}"

    @property
    def folder(self) -> str:
        """Its folder inside the edition."""
        return f"{self.language}/{self.kind}/{self.subject}"

    @property
    def family(self) -> str:
        """What it shares with the publications that it is read beside: its kind, and of a part in a place the part."""
        first, *others = self.about.parts or [None]
        return f"{self.kind}/{first[1]}" if others else self.kind

    @cached_property
    def about(self) -> Subject:
        """What it is about; where its kind is about no subject that is the whole."""
        return subject_of(self.opens, self.subject) if of_subjects(self.kind) else Subject()

    @cached_property
    def title(self) -> str:
        """The heading of its page."""
        name, whole = self.about.name(self.language), not self.about.parts
        if self.heading:
            return self.heading if whole else f"{self.heading}: {name}"
        return kinds()[self.kind].title(self.language, whole).format(self.subject if whole else name)

    @property
    def short_title(self) -> str:
        """The same among publications of its kind, where that need not be said again."""
        return self.about.name(self.language) if self.heading else self.title


def matrix() -> Matrix:
    """The publication matrix. Raises InputError that names the entry where it is not right."""
    return settings.read(FILE, Matrix)


def publications(edition: str | None = None, only: str | None = None, language: str | None = None) -> list[Publication]:
    """The publications of an edition that there are: all, or those of one kind or, after a slash, of one subject.

    Where a kind has a condition, those that meet it by the processed tables, which are made current for that. Raises
    InputError as `possible` and `existing` do.
    """
    asked = possible(edition, only, language)
    return existing(asked, publisher().refresh(asked[0].edition), only) if any(p.when for p in asked) else asked


def possible(edition: str | None = None, only: str | None = None, language: str | None = None) -> list[Publication]:
    """The same, whatever their conditions; no table is made for it.

    Parameters are checked here, against the parameters cell of the notebook, because papermill itself runs a misspelt one
    with nothing but a warning. Raises InputError (with the nearest names) for what there is none of.
    """
    table = matrix()
    if language and language not in table.languages:
        raise UnknownName("language", language, LANGUAGES, file=FILE)
    name = edition or table.edition
    found = _every(table, name)
    kind = (only or "").strip("/").partition("/")[0]
    if kind in kinds() and not any(p.kind == kind for p in found):
        for entry in table.publications:
            if entry.kind == kind:
                _subjects(entry, name, needed=True)
    return _chosen(found, only, language)


def existing(asked: list[Publication], tables: Path, only: str | None = None) -> list[Publication]:
    """Those of some publications, of all or of `only` some, that meet their condition by the processed tables in a folder.

    Raises InputError where none does: with the reason, and where its reader finds more.
    """
    there = [p for p in asked if not p.when or conditions.met(p.kind, p.when, p.about, tables)]
    if not there:
        when = asked[0].when
        raise InputError(
            f"there is no publication {only} in this edition",
            file=FILE,
            row=asked[0].kind,
            found=when.said(),
            expected=when.asked(),
            remedy=f"read on at {when.instead}, or change the condition",
        )
    return there


def gone(asked: list[Publication], there: list[Publication]) -> list[conditions.Gone]:
    """The addresses of an edition where there is no publication: those possible and not `there`, and those that moved."""
    table, known = matrix(), set(there)
    missed = [
        conditions.Gone(p.folder, p.language, p.title, getattr(p.when.reason, p.language), p.when.instead)
        for p in asked
        if p not in known
    ]
    moved = [
        conditions.Gone(f"{one}/{of.was}/{subject}", one, "", getattr(of.reason, one), of.instead)
        for of in table.moved
        for subject in of.subjects
        for one in table.languages
    ]
    return missed + moved


def _every(table: Matrix, name: str) -> list[Publication]:
    """Every publication of the matrix, whatever its condition."""
    found = []
    for entry in table.publications:
        _check_kind(entry)
        if entry.when:
            conditions.check(entry.kind, entry.when)
        notebook = home() / "notebooks" / "publications" / entry.notebook
        own = entry.parameter if isinstance(entry.parameter, list) else [entry.parameter] if entry.parameter else []
        _check(entry, notebook, ["edition", "language", *entry.parameters, *own])
        for subject in _subjects(entry, name):
            for one in table.languages:
                given = {"edition": name, "language": one, **entry.parameters}
                given |= _of_subject(entry, own, subject)
                about = (given["edition"], one, entry.kind, subject)
                own_kind = (entry.about or "", getattr(entry.title, one) if entry.title else "")
                found.append(Publication(*about, notebook, tuple(given.items()), *own_kind, entry.when))
    return found


def _check_kind(entry: Entry) -> None:
    """That a kind is known, or says what it is about and what it is called."""
    own = [name for name in ("about", "title") if getattr(entry, name)]
    if entry.kind in kinds():
        if own:
            raise InputError(
                "a kind that is known says what it is about or called",
                file=FILE,
                row=entry.kind,
                found=" and ".join(own),
                expected="neither: these are for kinds of your own",
            )
        return
    if not own:
        raise UnknownName(
            "kind of publication", entry.kind, kinds(), file=FILE, remedy="a kind of your own needs 'about' and 'title'"
        )
    if len(own) == 1:
        raise InputError(
            "a kind of your own does not say what it is about, or what it is called",
            file=FILE,
            row=entry.kind,
            found=own[0],
            expected="about and title",
        )
    check_name(entry.kind, file=FILE)


def check_name(name: str, **where) -> None:
    """That something may be called so. Raises InputError where it would make no address, or one that is taken."""
    if not SLUG.fullmatch(name) or name in TAKEN or len(name) > LONGEST:
        raise InputError(
            "a name that cannot be used",
            found=name,
            expected=f"at most {LONGEST} of a-z, 0-9 and single hyphens, a letter first, and not {', '.join(TAKEN)}",
            **where,
        )


def _check(entry: Entry, notebook: Path, given: list[str]) -> None:
    """That a notebook takes these parameters and no other. Of one that cannot be read that is said when it is to be run."""
    try:
        known = template.parameters(notebook)
    except template.NoNotebook:
        return
    for name in given:
        if name not in known:
            raise UnknownName("notebook parameter", name, known, file=f"{FILE}, {shown(notebook)}")
    if set(known) - set(given):
        raise InputError(
            "a notebook parameter gets no value",
            file=FILE,
            row=entry.kind,
            found=", ".join(given),
            expected=", ".join(known),
        )


def _of_subject(entry: Entry, own: list[str], name: str) -> dict[str, str]:
    """The notebook parameters that say which subject: its name, or of a part in a place the name of each."""
    names = parameters_of(subject_of(entry.opens, name)) if of_subjects(entry.kind) else {}
    if len(names) < 2:
        return dict.fromkeys(own, name)
    for parameter in own:
        if parameter not in names:
            raise UnknownName("notebook parameter", parameter, names, file=FILE, row=entry.kind)
    return {parameter: names[parameter] for parameter in own}


def parameters_of(about: Subject) -> dict[str, str]:
    """The notebook parameters that take a subject, with its names."""
    return {one.path.replace("-", "_"): one.slug(code) for one, code in about.parts}


def _subjects(entry: Entry, edition: str, needed: bool = False) -> list[str]:
    """The subjects of an entry; where one is `needed`, there is one."""
    if not of_subjects(entry.kind):
        return publisher().subjects(entry.kind, edition, entry.subjects, needed)
    known = [subject.slug for subject in subjects(entry.opens)]
    if entry.subjects == "all":
        return known
    for name in entry.subjects:
        if name not in known:
            raise UnknownName(entry.opens, name, known, file=FILE)
    return entry.subjects


def _chosen(found: list[Publication], only: str | None, language: str | None) -> list[Publication]:
    kinds = list(dict.fromkeys(p.kind for p in found))
    if only:
        kind, _, subject = only.strip("/").partition("/")
        if kind not in kinds:
            near = [f"{p.kind}/{p.subject}" for p in found if p.subject == kind]
            raise UnknownName("kind of publication", kind, list(dict.fromkeys(near)) or kinds, file=FILE)
        known = list(dict.fromkeys(p.subject for p in found if p.kind == kind))
        if subject and subject not in known:
            raise UnknownName(f"subject of {kind}", subject, known, file=FILE)
        found = [p for p in found if p.kind == kind and subject in ("", p.subject)]
    return [p for p in found if language in (None, "", p.language)]
