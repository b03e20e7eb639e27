"""The organisation: who publishes the editions, under which address and licence, from `organisation.yml`."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator

from factpress import settings
from factpress.languages import LANGUAGES

FILE = "organisation.yml"


def _creative_commons(uri: str) -> str:
    if not uri.startswith("https://creativecommons.org/"):
        raise ValueError("a licence of https://creativecommons.org/, as DCAT-AP-NL asks")
    return uri


def _email(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", value):
        raise ValueError("an address such as info@example.org")
    return value


def _uri(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign in value for sign in ' \t\n<>"{}|\\^`'):
        raise ValueError("an address such as https://example.org/")
    return value


def _https(value: str) -> str:
    if not value.startswith("https://"):
        raise ValueError("an address that begins with https://")
    return value


#: An http address as RDF takes it: a string, kept as written, for https://example.org and https://example.org/ differ.
Uri = Annotated[str, AfterValidator(_uri)]
Https = Annotated[Uri, AfterValidator(_https)]


class Part(BaseModel):
    """A part of the settings: it cannot be changed, and a key that it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


#: A text in each language.
Text = create_model("Text", __base__=Part, **{one: (str, Field(min_length=1)) for one in LANGUAGES})


class Party(Part):
    """An organisation that publishes or makes."""

    name: Text
    identifier: Uri
    homepage: Uri
    type: Uri | None = None


class Contact(Part):
    """Where readers can ask: by e-mail, through a form, or both."""

    name: Text
    email: Annotated[str, AfterValidator(_email)] | None = None
    url: Uri | None = None

    @model_validator(mode="after")
    def _reachable(self) -> "Contact":
        if not (self.email or self.url):
            raise ValueError("an email or a url")
        return self


class Licence(Part):
    """The licence of what is made here."""

    name: str = Field(min_length=1)
    uri: Annotated[Uri, AfterValidator(_creative_commons)]


class Organisation(Part):
    """The whole of `organisation.yml`."""

    publisher: Party
    creator: Party
    contact: Contact
    base: Https
    repository: Uri
    licence: Licence

    @property
    def home(self) -> str:
        """The address under which the editions lie, with a slash at its end."""
        return self.base.rstrip("/") + "/"


def read() -> Organisation:
    """The organisation. Raises InputError that names the key where `organisation.yml` is not right."""
    return settings.read(FILE, Organisation)
