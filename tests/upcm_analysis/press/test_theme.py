"""The theme: colours that touch can be told apart, text can be read, and an organisation's own comes through everywhere."""

import io
import re
import zipfile

import pandas as pd
import pikepdf
import pytest
from support import ROOT

from factpress import charts, contrast, markup
from factpress.builder import fingerprint
from factpress.errors import InputError
from factpress.facts import Facts, columns
from factpress.formats import html, xlsx
from factpress.formats import pdf as as_pdf
from factpress.formats.document import Document
from factpress.site.imprint import Imprint
from factpress.theme import ASSETS, theme

#: Of each pair that is used together: what to change into what, so that this pair falls short.
TOO_MUCH_ALIKE = {
    "ink on paper: text": {"ink": "#808080"},
    "muted on paper: text": {"muted": "#808080"},
    "highlight on paper: text": {"highlight": "#808080"},
    "ink on soft: text": {"soft": "#606060"},
    "muted on soft: text": {"soft": "#A0A0A0"},
    "highlight on soft: text": {"soft": "#606060"},
    "ink on ramp-1: text": {"ramp-1": "#606060"},
    "muted on ramp-1: text": {"ramp-1": "#B5CFE2"},
    "highlight on ramp-1: text": {"ramp-1": "#606060"},
    "ink on ramp-2: text": {"ramp-2": "#606060"},
    "ink on ramp-3: text": {"ramp-3": "#606060"},
    "paper on ramp-4: text": {"ramp-4": "#808080"},
    "highlight and other: bars beside each other": {"highlight": "#5A6675"},
    "part and other: a bar and what goes off it": {"part": "#5A6675"},
    "highlight and paper: bars on the page": {"highlight": "#A0A0A0"},
    "other and paper: bars and edges of tiles on the page": {"other": "#A0A0A0"},
    "part and paper: lines of reference and the frame of a tile": {"part": "#A0A0A0"},
    "accent and paper: the line around what the keyboard is on": {"accent": "#FFA060"},
    "ramp-1 and ramp-2: order": {"ramp-2": "#E4EDF4"},
    "ramp-2 and ramp-3: order": {"ramp-3": "#C0D8E8"},
    "ramp-3 and ramp-4: order": {"ramp-4": "#70A8C8"},
    "paper and ink: order": {"paper": "#101010", "ink": "#FFFFFF"},
    "paper and muted: order": {"paper": "#101010", "muted": "#FFFFFF"},
    "paper and highlight: order": {"paper": "#101010", "highlight": "#FFFFFF"},
}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10"/></svg>'
DOCUMENT = Document("nl", ("## Kop", "Tekst."))
IMPRINT = Imprint("Zeeland", "province", "zeeland", "2020", "nl", "0" * 64)


@pytest.fixture
def change(repository):
    """Replaces text in theme.yml; gives what the theme is refused with, as one text."""

    def changed(old: str, new: str) -> str:
        repository.edit("theme.yml", old, new)
        with pytest.raises(InputError) as refused:
            theme()
        return str(refused.value)

    return changed


def with_logo(repository, file="house/logo.svg", content=LOGO):
    (repository.root / "house").mkdir(exist_ok=True)
    (repository.root / file).write_bytes(content)
    repository.edit("theme.yml", "\nlogo: null", f"\nlogo: {{file: {file}, alt: {{nl: Ons logo, en: Our logo}}}}")


# The measure


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FFFFFF", "#FFFFFF", 1),
        ("#777777", "#FFFFFF", 4.48),  # the grey that just falls short
        ("#767676", "#FFFFFF", 4.54),  # and the one that does not
        ("#FF0000", "#FFFFFF", 4.00),
        ("#0000FF", "#FFFFFF", 8.59),
    ],
)
def test_the_measure_itself(one, other, ratio):
    assert contrast.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast.contrast(one, other) == contrast.contrast(other, one)


def test_the_shipped_theme_passes():
    assert contrast.faults(theme().colours.named) == []


def test_every_pair_is_seeded():
    pairs = [f"{one} on {other}: text" for one, other in contrast.TEXTS]
    pairs += [f"{one} and {other}: {use}" for one, other, use in contrast.MARKS]
    pairs += [f"{light} and {dark}: order" for light, dark in contrast.ORDER]
    assert sorted(TOO_MUCH_ALIKE) == sorted(pairs)


@pytest.mark.parametrize("pair", TOO_MUCH_ALIKE)
def test_a_pair_that_falls_short_is_found_by_name(pair):
    colours = theme().colours.named | TOO_MUCH_ALIKE[pair]
    (fault,) = [fault for fault in contrast.faults(colours) if fault.pair == pair]
    assert fault.found and fault.expected and re.fullmatch(r"make [\w-]+ (darker|lighter)( or .*)?", fault.remedy)


def test_a_ratio_that_is_just_too_low_is_not_shown_as_enough():
    colours = theme().colours.named | {"muted": "#777777"}
    fault = next(fault for fault in contrast.faults(colours) if fault.pair == "muted on paper: text")
    assert (fault.found, fault.expected, fault.remedy) == ("4.47:1", "4.5:1 or more", "make muted darker")


# What is refused


def test_colours_too_much_alike_are_refused_with_what_to_do(change):
    said = change("other: '#8297AC'", "other: '#A0B0C0'")
    assert [line.strip() for line in said.splitlines()] == [
        "colours of the theme are too much alike",
        "file:     theme.yml",
        "row:      other and paper: bars and edges of tiles on the page",
        "found:    2.21:1",
        "expected: 3.0:1 or more",
        "remedy:   make other darker",
    ]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("colours:\n", "colours\n", ["row:      ", "YAML"]),
        ("  ink: '#1B2430'", "  ink: [", ["row:      ", "YAML"]),
        ("  ink: '#1B2430'", "  tint: '#1B2430'", ["colours.ink", "nothing", "add it"]),
        ("  ink: '#1B2430'", "  ink: '#1B2430'\n  tint: '#1B2430'", ["colours.tint", "take tint out"]),
        ("  ink: '#1B2430'", "  ink: #1B2430", ["colours.ink", "nothing", "'#RRGGBB'", "between quotes"]),
        ("  ink: '#1B2430'", "  ink: black", ["colours.ink", "black", "'#RRGGBB'"]),
        ("  ink: '#1B2430'", "  ink: '#1B2'", ["colours.ink", "#1B2", "'#RRGGBB'"]),
        (", '#12436D']", "]", ["colours.ramp.4", "four colours"]),
        (", '#12436D']", ", '#12436D', '#000000']", ["colours.ramp", "four colours"]),
        ("'#B5CFE2'", "blue", ["colours.ramp.2", "blue", "four colours"]),
        ("  family: Feiten Sans", "  family: 'x'';}'", ["font.family"]),
        ("  family: Feiten Sans", "  family: Other Sans", ["font.family", "Other Sans", "Feiten Sans, as in"]),
        (
            "  files: null",
            "  files: {regular: {ttf: a.ttf, woff2: a.woff2}, semibold: {ttf: a.ttf, woff2: a.woff2}}",
            ["font.files.regular.ttf", "no file a.ttf"],
        ),
        ("\nlogo: null", "\nlogo: {file: a.svg, alt: {nl: Ons logo, en: Our logo}}", ["logo.file", "no file a.svg"]),
        ("\nlogo: null", "\nlogo: {file: a.gif, alt: {nl: Ons logo, en: Our logo}}", ["logo.file", "a.gif", ".svg"]),
        ("\nlogo: null", "\nlogo: {file: a.svg, alt: {nl: Ons logo}}", ["logo.alt.en", "nothing"]),
        ("\nlogo: null", "\nlogo: {file: a.svg, alt: {nl: '', en: Our logo}}", ["logo.alt.nl"]),
    ],
)
def test_a_theme_that_is_not_right_is_refused(change, old, new, parts):
    said = change(old, new)
    assert [part for part in ["file:     theme.yml", "expected: ", "remedy: ", *parts] if part not in said] == [], said


def test_a_theme_that_is_not_there_or_empty_is_refused(repository):
    path = repository.root / "theme.yml"
    path.write_text("")
    with pytest.raises(InputError, match="nothing"):
        theme()
    path.write_bytes("colours: é".encode("latin-1"))
    with pytest.raises(InputError, match="cannot be read"):
        theme()
    path.unlink()
    with pytest.raises(InputError, match="no such file"):
        theme()


@pytest.mark.parametrize(
    ("file", "content"),
    [("house/logo.svg", b"<svg"), ("house/logo.svg", b"<html/>"), ("house/logo.png", LOGO)],
)
def test_a_logo_that_is_no_picture_is_refused(repository, file, content):
    with_logo(repository, file, content)
    with pytest.raises(InputError, match=r"(?s)logo\.file.*house/logo"):
        theme()


def test_a_font_that_is_no_font_is_refused(repository):
    house_font(repository)
    path = repository.root / "house" / "Regular.ttf"
    path.write_bytes(b"no font")
    with pytest.raises(InputError, match=r"(?s)font\.files\.regular\.ttf.*house/Regular\.ttf"):
        theme()


# What comes through


def house_font(repository):
    """A font of the house: another name for the files that are shipped."""
    (repository.root / "house").mkdir()
    for path in (ASSETS / "fonts").glob("FeitenSans-*"):
        (repository.root / "house" / path.name.removeprefix("FeitenSans-")).write_bytes(path.read_bytes())
    faces = [f"{w.lower()}: {{ttf: house/{w}.ttf, woff2: house/{w}.woff2}}" for w in ("Regular", "Semibold")]
    repository.edit("theme.yml", "  files: null", f"  files: {{{', '.join(faces)}}}")


def test_every_colour_of_the_style_sheet_is_given():
    given, asked = (set(re.findall(pattern, markup.style())) for pattern in (r"(--[\w-]+):", r"var\((--[\w-]+)"))
    given |= set(re.findall(r"(--[\w-]+):", (ASSETS / "html/blocks.html.j2").read_text()))  # the size of a board
    assert asked <= given, asked - given


def test_a_replaced_colour_comes_through_in_every_format(repository):
    shipped = "#12436D"
    text = (repository.root / "theme.yml").read_text(encoding="utf-8")
    (repository.root / "theme.yml").write_text(text.replace(shipped, "#145226"), encoding="utf-8")
    svg = charts.bars(["a", "b"], [1.0, 2.0], ["1", "2"], {1})
    assert "#145226" in svg and shipped.lower() not in svg
    assert "--highlight:#145226;" in markup.style() and shipped not in html.page(DOCUMENT, IMPRINT)
    book = xlsx.workbook(DOCUMENT, IMPRINT, Facts(pd.DataFrame(columns=columns())), {})
    styles = zipfile.ZipFile(io.BytesIO(book)).read("xl/styles.xml").decode()
    assert "FF145226" in styles and shipped[1:] not in styles
    with pikepdf.open(io.BytesIO(as_pdf.pdf(DOCUMENT, IMPRINT))) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    green, blue = (
        " ".join(f"{int(one[at : at + 2], 16) / 255:.4f}"[:5] for at in (1, 3, 5)) for one in ("#145226", shipped)
    )
    numbers = re.sub(r"(\d\.\d{3})\d*", r"\1", drawn)
    assert green in numbers and blue not in numbers


def test_a_font_of_the_house_comes_through(repository):
    house_font(repository)
    (repository.root / "house" / "Regular.woff2").write_bytes(b"wOF2 of the house")
    assert "d09GMiBvZiB0aGUgaG91c2U=" in html.page(DOCUMENT, IMPRINT)  # what was written, in base64


def test_a_logo_stands_on_the_page_and_on_paper(repository, pictures):
    with_logo(repository)
    page = html.page(DOCUMENT, IMPRINT)
    assert re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)">', page) == ["Ons logo"]
    assert pictures() == ["Ons logo"]


def test_without_a_logo_there_is_none(repository, pictures):
    assert "<img" not in html.page(DOCUMENT, IMPRINT)
    assert pictures() == []


@pytest.fixture
def pictures():
    """The alternative texts of the pictures in the PDF."""

    def found() -> list[str]:
        with pikepdf.open(io.BytesIO(as_pdf.pdf(DOCUMENT, IMPRINT))) as pdf:
            return [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]

    return found


def test_the_theme_is_part_of_what_makes_a_publication_stale(repository):
    with_logo(repository)
    states = [fingerprint.settings()]
    for file in ("theme.yml", "house/logo.svg"):
        path = repository.root / file
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        theme.cache_clear()
        states.append(fingerprint.settings())
    assert len({str(state) for state in states}) == 3


def test_the_shipped_theme_is_neutral():
    """No logo, and the font that is shipped with the repository."""
    assert theme().logo is None and theme().font.files is None
    assert all(path.is_relative_to(ROOT) for path in theme().files)
