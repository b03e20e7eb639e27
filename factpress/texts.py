"""The texts of a package: what a module says in each language, from `texts.<language>.yml` in its folder.

    WORDS = texts(__name__)
    WORDS["en"]["title"]

A file has a key for each module of its folder that says something, and under it names: each of a text, of a list of texts, or
of more names. All is text: `no` is a word. The languages have the same names, with the same placeholders.
"""

import re
import string
import sys
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, partial
from itertools import count
from pathlib import Path

import yaml

from factpress import settings
from factpress.errors import InputError, UnknownName
from factpress.languages import LANGUAGES
from factpress.publisher import packages

#: Takes everything for the text that it is; in C where PyYAML has that.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
#: How a module names its texts.
OWN = re.compile(r"^(\w+) = texts\(__name__\)$", re.M)
#: Where the packages lie.
PLACE = Path(__file__).resolve().parents[1]


class Section(dict):
    """Texts by name. Raises UnknownName, with the file and the nearest names, for a name that is not there."""

    def __init__(self, content: dict, file: str, key: str):
        super().__init__(content)
        self._where = {"file": file, "row": key or None}

    def __missing__(self, name):
        raise UnknownName("text", name, self, **self._where, remedy="correct the name, or add it in every language")


class Texts(Mapping):
    """What a module says, by language; read when it is first asked for."""

    def __init__(self, name: str, folder: Path):
        self._name, self._folder = name, folder

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {language: modules[self._name] for language, modules in read(self._folder).items()}

    def __getitem__(self, language: str) -> Section:
        if language not in self._sections:
            raise UnknownName("language", language, LANGUAGES)
        return self._sections[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    def __len__(self) -> int:
        return len(self._sections)

    def each(self, *names: str) -> dict:
        """What is under a name, by language; of several names each is under the one before it."""
        found = dict(self)
        for name in names:
            found = {language: section[name] for language, section in found.items()}
        return found


def texts(module: str) -> Texts:
    """The texts of a module, which gives its `__name__`."""
    return Texts(module.rpartition(".")[2], Path(sys.modules[module].__file__).parent)


@cache
def read(folder: Path) -> dict[str, Section]:
    """The texts of a folder, by language and then by module.

    Raises InputError where a file is not right, or where two languages differ in their names, lists or placeholders.
    """
    place = folder.relative_to(PLACE).as_posix() if folder.is_relative_to(PLACE) else str(folder)
    files = {language: f"{place}/texts.{language}.yml" for language in LANGUAGES}
    found = {language: _file(folder / Path(file).name, file) for language, file in files.items()}
    first, *others = [(files[language], dict(_shape(modules))) for language, modules in found.items()]
    for other in others:
        _compare(first, other)
    return found


def check() -> None:
    """Raise InputError for the first file of texts that is not right, or module that names a text that it does not have."""
    for folder in sorted({path.parent for package in packages() for path in package.rglob("texts.*.yml")}):
        read(folder)
    for path in sorted(path for package in packages() for path in package.rglob("*.py")):
        content = path.read_text(encoding="utf-8")
        if own := OWN.search(content):
            _check_said(path, own.group(1), content)


def _check_said(path: Path, own: str, content: str) -> None:
    """Raise UnknownName, with the line, for a text that a module names and that it does not have; `own` is its name for all."""
    section = read(path.parent)[LANGUAGES[0]][path.stem]
    for said in re.finditer(rf'\b{own}(?:\[[^]"]+\]\[|\.each\()"([^"]+)"', content):
        if said.group(1) not in section:
            raise UnknownName(
                "text",
                said.group(1),
                section,
                file=path.relative_to(PLACE).as_posix() if path.is_relative_to(PLACE) else str(path),
                row=content[: said.start()].count("\n") + 1,
                remedy=f"correct the name, or add it under {path.stem} in texts.<language>.yml beside the module",
            )


def _file(path: Path, file: str) -> Section:
    """The texts in a file by module; `file` is what it is called in an error."""
    node = settings.parsed(path, "a file of texts", file, partial(yaml.compose, Loader=LOADER))
    modules = _value(node, file) if node else None
    for key, section in modules.items() if isinstance(modules, Section) else [(None, modules)]:
        if not isinstance(section, Section):
            raise InputError(
                "a file of texts does not say by name what a module says",
                file=file,
                row=key,
                found=section or "nothing",
                expected="a key for each module, and under it names with their texts",
                remedy="write it as in the file of another language",
            )
    return modules


def _value(node: yaml.Node, file: str, key: str = ""):
    """What a part of a file says. Raises InputError for a name that is there twice, and for what is no text."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, file, f"{key}.{number}") for number, one in enumerate(node.value, start=1)]
    if not isinstance(node, yaml.MappingNode):
        return _text(node.value, file, key)
    found = {}
    for name, value in node.value:
        path = f"{key}.{name.value}".lstrip(".")
        if name.value in found:
            raise InputError(
                "a name is there twice in a file of texts",
                file=file,
                row=name.start_mark.line + 1,
                found=path,
                expected="each name once",
                remedy="take out one of the two",
            )
        found[name.value] = _value(value, file, path)
    return Section(found, file, key)


def _text(text: str, file: str, key: str) -> str:
    """A text as it is. Raises InputError where it is empty, or where a brace has no other half."""
    wrong = "" if text.strip() else "nothing"
    try:
        placeholders(text)
    except ValueError as error:
        wrong = f"{text} ({error})"
    if wrong:
        raise InputError(
            "a text cannot be used",
            file=file,
            row=key,
            found=wrong,
            expected="a text, with its placeholders between { and }",
            remedy="write it in every language; a brace that is to be read is written twice",
        )
    return text


def placeholders(text: str) -> set[str]:
    """What a text leaves open: `{amount:band}`, and by number what has no name.

    Which word goes with one or several (`{count:one|many}`) is up to a language. Raises ValueError for half a pair of braces.
    """
    if "{" not in text and "}" not in text:
        return set()
    number, found = count(), set()
    for _, field, form, _ in string.Formatter().parse(text):
        if field is not None:
            form = f":{form}" if form and "|" not in form else ""
            found.add(f"{{{field or next(number)}{form}}}")
    return found


def _shape(value, key: str = "") -> Iterator[tuple[str, str]]:
    """Of each text, list and name its key, and what of it has to be the same in every language."""
    if isinstance(value, str):
        yield key, f"a text with {', '.join(sorted(placeholders(value)))}".removesuffix(" with ")
        return
    yield key, "names with their texts" if isinstance(value, Section) else f"a list of {len(value)}"
    for name, one in value.items() if isinstance(value, Section) else enumerate(value, start=1):
        yield from _shape(one, f"{key}.{name}".lstrip("."))


def _compare(one: tuple[str, dict[str, str]], other: tuple[str, dict[str, str]]) -> None:
    """Raises InputError for the first key that is not the same in two files, each given with its shape."""
    for key in {**one[1], **other[1]}:
        (right, shape), (wrong, found) = (one, other) if key in one[1] else (other, one)
        if shape[key] != found.get(key):
            raise InputError(
                "a text is not the same in every language",
                file=wrong,
                row=key,
                found=found.get(key, "nothing"),
                expected=f"{shape[key]}, as in {right}",
                remedy="say the same in every language",
            )
