"""The theme: colours, font and logo of charts, pages and files, as `theme.yml` at the root of the repository has them."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from xml.etree import ElementTree

from pydantic import BaseModel, ConfigDict, Field, create_model

from factpress import settings
from factpress.contrast import faults
from factpress.errors import InputError
from factpress.home import home, shown
from factpress.languages import LANGUAGES

FILE = "theme.yml"
ASSETS = Path(__file__).resolve().parent / "assets"

#: The width that charts are drawn for, in CSS pixels: they fit a phone unscaled and stand side by side on wider pages.
WIDTH = 350
SIZE = 12.5

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """A part of the theme: a name that it does not know is refused, and it stays as it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Colours(_Part):
    """The colours, each by what it is for; `theme.yml` says what that is."""

    ink: Colour
    muted: Colour
    rule: Colour
    paper: Colour
    soft: Colour
    accent: Colour
    highlight: Colour
    other: Colour
    part: Colour
    ramp: tuple[Colour, Colour, Colour, Colour]

    @property
    def named(self) -> dict[str, str]:
        """Every colour by a name of its own: those of the ramp are `ramp-1` to `ramp-4`."""
        shades = {f"ramp-{number}": shade for number, shade in enumerate(self.ramp, start=1)}
        return {**self.model_dump(exclude={"ramp"}), **shades}


class Face(_Part):
    """The files of one weight: for PDFs and charts, and for pages."""

    ttf: Text
    woff2: Text


class Faces(_Part):
    """The files of the two weights that are used."""

    regular: Face
    semibold: Face


class Font(_Part):
    """The font: its family, and its files where it is not the shipped one."""

    #: It becomes part of style sheets, so it has no signs that mean something there.
    family: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$")]
    files: Faces | None = None

    def path(self, weight: Literal["regular", "semibold"], kind: Literal["ttf", "woff2"]) -> Path:
        """The file of a weight."""
        if not self.files:
            return ASSETS / "fonts" / f"FeitenSans-{weight.title()}.{kind}"
        return home() / getattr(getattr(self.files, weight), kind)


#: What a picture says, in each language.
Alternative = create_model("Alternative", __base__=_Part, **{one: (Text, ...) for one in LANGUAGES})


class Logo(_Part):
    """The logo: a picture and what it says."""

    file: Annotated[str, Field(pattern=r"\.(svg|png)$")]
    alt: Alternative

    @property
    def path(self) -> Path:
        """Where the picture is."""
        return home() / self.file

    @property
    def format(self) -> str:
        """`svg` or `png`."""
        return self.path.suffix[1:]


class Theme(_Part):
    """The whole of `theme.yml`."""

    colours: Colours
    font: Font
    logo: Logo | None = None

    @property
    def files(self) -> list[Path]:
        """What the theme is made of: a publication is stale when one of these has changed."""
        fonts = [self.font.path(weight, kind) for weight in ("regular", "semibold") for kind in ("ttf", "woff2")]
        return [home() / FILE, *fonts, *([self.logo.path] if self.logo else [])]


@cache
def theme() -> Theme:
    """The theme of the repository. Raises InputError for one that is not right, or that some readers could not read."""
    read = settings.read(FILE, Theme, _advice)
    _look_at_font(read.font)
    if read.logo:
        _look_at_logo(read.logo)
    wrong = faults(read.colours.named)
    if wrong:
        first, *others = wrong
        raise InputError(
            "colours of the theme are too much alike" + "".join(f"; {other.pair}" for other in others),
            file=FILE,
            row=first.pair,
            found=first.found,
            expected=first.expected,
            remedy=first.remedy,
        )
    return read


def _advice(wrong: dict) -> tuple[str, str]:
    """What is expected of an entry that is missing, unknown or not what it should be, and what to do."""
    place, kind = wrong["loc"], wrong["type"]
    if kind == "extra_forbidden":
        return "a name that the theme knows", f"take {place[-1]} out, or mend its name"
    if place[:2] == ("colours", "ramp"):
        return "four colours as '#RRGGBB', light to dark", "write each between quotes"
    if kind == "missing" or len(place) < 2:
        return "names with their values", f"add it; the remarks in {FILE} say what goes where"
    if place[0] == "colours":
        return "a colour as '#RRGGBB'", "write six digits, 0 to 9 or A to F, after #, between quotes"
    if place == ("logo", "file"):
        return "the path of a file .svg or .png", "save the logo as one of these"
    return wrong["msg"], f"the remarks in {FILE} say what goes where"


def _look_at_font(font: Font) -> None:
    """Refuses files that are no fonts, and fonts of another family, which programs would replace without a word."""
    from fontTools.ttLib import TTFont, TTLibError  # here, because only another font needs it

    for weight in ("regular", "semibold"):
        ttf, woff2 = (_existing(font.path(weight, kind), f"font.files.{weight}.{kind}") for kind in ("ttf", "woff2"))
        if woff2.read_bytes()[:4] != b"wOF2":
            raise _other_file(woff2, f"font.files.{weight}.woff2", "a font as WOFF2")
        try:
            family = TTFont(ttf, lazy=True)["name"].getBestFamilyName()
        except TTLibError:
            raise _other_file(ttf, f"font.files.{weight}.ttf", "a font as TrueType") from None
        if family != font.family:
            raise InputError(
                "a font has another name than the theme says",
                file=FILE,
                row="font.family",
                found=font.family,
                expected=f"{family}, as in {shown(ttf)}",
                remedy="name the family as its files do, or name the files of this family under font.files",
            )


def _look_at_logo(logo: Logo) -> None:
    """Refuses a file that is not the picture its name says."""
    content = _existing(logo.path, "logo.file").read_bytes()
    try:
        if logo.format == "png":
            whole = content.startswith(b"\x89PNG\r\n\x1a\n")
        else:
            whole = ElementTree.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg"
    except ElementTree.ParseError:
        whole = False
    if not whole:
        raise _other_file(logo.path, "logo.file", f"a picture as {logo.format.upper()}")


def _existing(path: Path, row: str) -> Path:
    if not path.is_file():
        raise InputError(
            "a file of the theme is missing",
            file=FILE,
            row=row,
            found=f"no file {shown(path)}",
            expected="a path from the root of the repository",
            remedy="put the file there, or mend the path",
        )
    return path


def _other_file(path: Path, row: str, expected: str) -> InputError:
    return InputError(
        "a file of the theme is not what its name says",
        file=FILE,
        row=row,
        found=shown(path),
        expected=expected,
        remedy="save it as that",
    )
