"""The citation: how the software that makes the editions is called, in which version and since when, from `CITATION.cff`."""

import datetime

from pydantic import BaseModel, ConfigDict, Field

from factpress import settings

FILE = "CITATION.cff"


class Author(BaseModel):
    """Who made the software: an entity with a name."""

    name: str


class Citation(BaseModel):
    """What the metadata of an edition takes from `CITATION.cff`, which may hold more."""

    model_config = ConfigDict(frozen=True)
    title: str
    version: str
    license: str
    authors: list[Author] = Field(min_length=1)
    #: The date in all metadata: that of the release, for the day of the build would differ each time.
    released: datetime.date = Field(alias="date-released")


def read() -> Citation:
    """The citation. Raises InputError that names the key where `CITATION.cff` is not right."""
    return settings.read(FILE, Citation)
