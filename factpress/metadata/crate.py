"""The crate: every file of an edition, the software that made it and the sources it rests on, as an RO-Crate."""

from collections.abc import Callable

from factpress.formats.csv import slug
from factpress.languages import LANGUAGES
from factpress.metadata import linked
from factpress.metadata.datapackage import LISTS
from factpress.metadata.edition import Edition
from factpress.metadata.organisation import Contact, Party

FILE = "ro-crate-metadata.json"
SOFTWARE = "#software"
LICENCE = "Of what is made here; figures transcribed from publications are under the terms of the publishers of those."
NOT_STATED = "not stated"


def crate(edition: Edition) -> bytes:
    """The metadata of the crate, with all identifiers given: the package itself would draw them, and the date, anew."""
    from rocrate.model import ContextEntity  # here, because it takes long to load
    from rocrate.rocrate import ROCrate  # here, because a list of publications need not wait a third of a second for it

    made = ROCrate()

    def thing(identifier: str, kind: str, /, **properties) -> ContextEntity:
        """Something that is named in the crate and is not one of its files."""
        return made.add(ContextEntity(made, identifier, {"@type": kind, **properties}))

    for name, value in _described(edition, thing, made.root_dataset).items():
        made.root_dataset[name] = value
    for file in edition.files:
        language = {"inLanguage": file.publication.language} if file.publication else {}
        made.add_file(
            dest_path=file.path,
            properties={
                "name": file.name,
                "description": file.description,
                "contentSize": str(file.size),
                "encodingFormat": file.media_type,
                "sha256": file.sha256,
                **language,
            },
        )
    return linked.document(made.metadata.generate())


def _described(edition: Edition, thing: Callable, root) -> dict:
    """What is said of the edition as a whole, which is the `root`: who made it, of what, with what."""
    organisation, citation = edition.organisation, edition.citation
    publisher = creator = _party(thing, organisation.publisher)
    if organisation.creator.identifier != organisation.publisher.identifier:
        creator = _party(thing, organisation.creator)
    publisher["contactPoint"] = _contact(thing, organisation.contact)
    licence = thing(organisation.licence.uri, "CreativeWork", name=organisation.licence.name, description=LICENCE)
    software = _software(thing, edition)
    sources = [
        _source(thing, f"{edition.url}{LISTS}/sources.csv#{source}", row)
        for source, row in edition.sources.sort_index().iterrows()
    ]
    build = thing(
        "#build",
        "CreateAction",
        name="Building the edition",
        description="`make report` reads the registered sources, computes the facts and writes all files of the edition.",
        instrument=software,
        object=sources,
        result=root,
        agent=creator,
        endTime=citation.released.isoformat(),
    )
    return {
        "name": edition.title["en"],
        "alternateName": edition.title[LANGUAGES[0]],
        "description": edition.description["en"],
        "identifier": edition.url,
        "url": edition.url,
        "version": edition.short_version,
        "datePublished": citation.released.isoformat(),
        "license": licence,
        "publisher": publisher,
        "creator": creator,
        "inLanguage": list(LANGUAGES),
        "keywords": ", ".join(edition.keywords["en"]),
        "citation": sources,
        "mentions": build,
    }


def _software(thing: Callable, edition: Edition):
    """What the edition was made with: its source code is no file of it, which SoftwareSourceCode would say."""
    citation = edition.citation
    authors = [_author(thing, author.name) for author in citation.authors]
    return thing(
        SOFTWARE,
        "SoftwareApplication",
        name=citation.title,
        version=citation.version,
        softwareVersion=citation.version,
        url=edition.organisation.repository,
        license=thing(
            f"https://spdx.org/licenses/{citation.license}",
            "CreativeWork",
            name=citation.license,
            description="Licence of the software.",
        ),
        author=authors if len(authors) > 1 else authors[0],
    )


def _party(thing, party: Party):
    other = getattr(party.name, LANGUAGES[0])
    return thing(party.identifier, "Organization", name=party.name.en, alternateName=other, url=party.homepage)


def _contact(thing, contact: Contact):
    reached = {"email": contact.email, "url": contact.url}
    return thing(
        f"mailto:{contact.email}" if contact.email else contact.url,
        "ContactPoint",
        name=contact.name.en,
        contactType="information",
        **{key: value for key, value in reached.items() if value},
    )


def _author(thing, name: str):
    return thing(f"#{slug(name)}", "Organization", name=name)


def _source(thing, identifier: str, row):
    """A source, by an absolute address: a citation must have one, and the publications state none."""
    number = {} if row.publication_number == NOT_STATED else {"identifier": row.publication_number}
    return thing(
        identifier,
        "CreativeWork",
        name=f"{row.title}: {row.table}",
        publisher=_author(thing, row.publisher),
        inLanguage=row.language,
        **number,
    )
