"""The metadata of an edition: as a data package, a catalogue, a CODECHECK configuration and a research object."""

from pathlib import Path

from factpress import files
from factpress.metadata import catalog, citation, codecheck, crate, datapackage, organisation
from factpress.metadata.edition import Edition, files_in
from factpress.site.plan import Publication

NAMES = {datapackage.FILE, catalog.FILE, codecheck.FILE, crate.FILE}


def ahead() -> None:
    """Loads what `write` needs, while this process has nothing else to do."""
    import rocrate.rocrate  # noqa: F401 - here, because it takes long to load


def write(target: Path, edition: str, publications: list[Publication], version: str) -> None:
    """Writes the metadata of the edition that lies in `target`, from its files, manifest and settings: no clock, no chance.

    `publications` are those that there are. Each description also covers those written before it.
    """
    datapackage.lists(target, edition)
    there = files_in(target, publications, without=NAMES)
    whole = Edition(edition, version, organisation.read(), citation.read(), tuple(publications), there)
    whole = _add(target, whole, datapackage.FILE, datapackage.package(target, whole))
    whole = _add(target, whole, catalog.FILE, catalog.catalog(whole))
    whole = _add(target, whole, codecheck.FILE, codecheck.configuration(whole))
    _add(target, whole, crate.FILE, crate.crate(whole))


def _add(target: Path, edition: Edition, name: str, content: bytes) -> Edition:
    """The edition with one more file, which is put in its folder in one step."""
    files.write(target / name, content)
    return edition.plus(name, content)
