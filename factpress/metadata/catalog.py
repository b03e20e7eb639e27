"""The catalogue: an edition as a dataset with its distributions, in DCAT-AP-NL 3.0, written as JSON-LD.

See https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/. A portal that reads the files of several editions gets one catalogue.
"""

from factpress.editions import file as named_file
from factpress.formats.csv import FACTS
from factpress.languages import KNOWN, LANGUAGES
from factpress.metadata import linked
from factpress.metadata.edition import INDEX, Edition, File, said
from factpress.metadata.organisation import Contact, Party
from factpress.publisher import publisher
from factpress.texts import texts

FILE = "catalog.jsonld"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
PUBLIC = f"{EU}access-right/PUBLIC"
WORDS = texts(__name__)
#: What the formats of a publication are called.
KINDS = {".html": "HTML", ".pdf": "PDF", ".xlsx": "Excel"}

# The whole context stands in the file, so that it can be read without a network.
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **{
        term: {"@id": name, "@container": "@language"}
        for term, name in {
            "title": "dct:title",
            "description": "dct:description",
            "keyword": "dcat:keyword",
            "name": "foaf:name",
            "fn": "vcard:fn",
            "label": "rdfs:label",
            "prefLabel": "skos:prefLabel",
        }.items()
    },
    **{
        term: {"@id": name, "@type": "@id"}
        for term, name in {
            "accessRights": "dct:accessRights",
            "accessURL": "dcat:accessURL",
            "algorithm": "spdx:algorithm",
            "conformsTo": "dct:conformsTo",
            "contactPoint": "dcat:contactPoint",
            "creator": "dct:creator",
            "dataset": "dcat:dataset",
            "distribution": "dcat:distribution",
            "downloadURL": "dcat:downloadURL",
            "format": "dct:format",
            "hasEmail": "vcard:hasEmail",
            "hasURL": "vcard:hasURL",
            "homepage": "foaf:homepage",
            "kind": "dct:type",
            "landingPage": "dcat:landingPage",
            "language": "dct:language",
            "license": "dct:license",
            "mediaType": "dcat:mediaType",
            "page": "foaf:page",
            "provenance": "dct:provenance",
            "publisher": "dct:publisher",
            "rights": "dct:rights",
            "spatial": "dct:spatial",
            "theme": "dcat:theme",
        }.items()
    },
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "identifier": "dct:identifier",
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
    "version": "dcat:version",
}


def catalog(edition: Edition) -> bytes:
    """The catalogue with one dataset, the edition; and what stands at the addresses that both point to."""
    organisation, method = edition.organisation, publisher().method.partition("/")[0]
    common = {
        "publisher": organisation.publisher.identifier,
        "creator": organisation.creator.identifier,
        "contactPoint": _contact(edition),
        "license": organisation.licence.uri,
        "language": [_language(one) for one in LANGUAGES],
        **({"spatial": area} if (area := publisher().area) else {}),
    }
    distributions = _distributions(edition)
    dataset = {
        "id": edition.url,
        "type": "dcat:Dataset",
        "identifier": edition.url,
        "title": edition.title,
        "description": edition.description,
        "keyword": edition.keywords,
        "version": edition.short_version,
        "issued": edition.citation.released.isoformat(),
        "accessRights": PUBLIC,
        "theme": [_theme(one) for one in publisher().words(LANGUAGES[0])["themes"]],
        "landingPage": edition.url + INDEX,
        "page": sorted(f"{edition.url}{p.folder}/{INDEX}" for p in edition.publications if p.kind == method),
        "conformsTo": "https://specs.frictionlessdata.io/data-package/",
        "provenance": f"{edition.url}{FILE}#provenance",
        "distribution": [one["id"] for one in distributions],
        **{key: value for key, value in common.items() if key != "license"},
    }
    whole = {
        "id": f"{organisation.home}#catalog",
        "type": "dcat:Catalog",
        "title": said("title"),
        "description": said("contents"),
        "homepage": organisation.home,
        "conformsTo": PROFILE,
        "dataset": [edition.url],
        **common,
    }
    graph = [whole, dataset, *distributions, *_around(edition, dataset)]
    return linked.document({"@context": CONTEXT, "@graph": graph})


def _distributions(edition: Edition) -> list[dict]:
    found = [
        _distribution(edition, edition.file(FACTS), WORDS.each("facts"), INDEX)
        | {"conformsTo": f"{edition.url}datapackage.json"},
        _distribution(edition, edition.file("datapackage.json"), WORDS.each("package"), INDEX),
    ]
    forms = {f"{p.folder}/{name}" for p in edition.publications for name in (INDEX, *_forms(p))}
    for file in edition.files:
        if file.path in forms:
            p = file.publication
            title = {p.language: f"{p.title} ({KINDS[file.suffix]})"}
            found.append(
                _distribution(edition, file, title, f"{p.folder}/{INDEX}") | {"language": _language(p.language)}
            )
    return found


def _forms(publication) -> tuple[str, str]:
    """The files of a publication that are a form of the whole of it, besides its page."""
    return tuple(named_file(f"{publication.subject}{kind}", publication.edition) for kind in (".pdf", ".xlsx"))


def _distribution(edition: Edition, file: File, title: dict, page: str) -> dict:
    return {
        "id": f"{edition.url}{FILE}#{file.path}",
        "type": "dcat:Distribution",
        "title": title,
        "accessURL": edition.url + page,
        "downloadURL": edition.url + file.path,
        "license": edition.organisation.licence.uri,
        "rights": f"{edition.url}{FILE}#rights",
        "format": f"{EU}file-type/{file.file_type}",
        "mediaType": IANA + file.media_type,
        "byteSize": str(file.size),
        "checksum": {"type": "spdx:Checksum", "algorithm": SHA256, "checksumValue": file.sha256},
        "issued": edition.citation.released.isoformat(),
    }


def _around(edition: Edition, dataset: dict) -> list[dict]:
    """What is said of everything else that is pointed to: what it is, and what it is called where the profile asks that."""
    organisation = edition.organisation
    parties = {party.identifier: party for party in (organisation.creator, organisation.publisher)}
    files = [edition.file(FACTS), edition.file("datapackage.json"), *(f for f in edition.files if f.suffix in KINDS)]
    return [
        *(_party(party) for party in parties.values()),
        _card(edition, organisation.contact),
        {"id": organisation.licence.uri, "type": "dct:LicenseDocument"},
        {"id": PUBLIC, "type": "dct:RightsStatement"},
        {"id": f"{edition.url}{FILE}#rights", "type": "dct:RightsStatement", "label": WORDS.each("rights")},
        {
            "id": dataset["provenance"],
            "type": "dct:ProvenanceStatement",
            "label": {one: words["provenance"].format("; ".join(edition.documents)) for one, words in WORDS.items()},
        },
        *([{"id": area, "type": "dct:Location"}] if (area := publisher().area) else []),
        {"id": SHA256, "type": "spdx:ChecksumAlgorithm"},
        *({"id": uri, "type": "dct:LinguisticSystem"} for uri in map(_language, LANGUAGES)),
        *_themes(),
        *(
            {"id": uri, "type": "foaf:Document"}
            for uri in (organisation.home, dataset["landingPage"], *dataset["page"])
        ),
        *(
            {"id": uri, "type": "dct:Standard"}
            for uri in (PROFILE, dataset["conformsTo"], f"{edition.url}datapackage.json")
        ),
        *(
            {"id": f"{EU}file-type/{one}", "type": "dct:MediaTypeOrExtent"}
            for one in sorted({f.file_type for f in files})
        ),
        *({"id": IANA + one, "type": "dct:MediaType"} for one in sorted({f.media_type for f in files})),
    ]


def _language(language: str) -> str:
    return f"{EU}language/{KNOWN[language].authority}"


def _themes() -> list[dict]:
    """The themes of the dataset, with what each is called."""
    called = {language: publisher().words(language)["themes"] for language in LANGUAGES}
    return [
        {
            "id": _theme(code),
            "type": "skos:Concept",
            "prefLabel": {language: names[code] for language, names in called.items()},
        }
        for code in called[LANGUAGES[0]]
    ]


def _theme(code: str) -> str:
    return f"{EU}data-theme/{code}"


def _party(party: Party) -> dict:
    return {
        "id": party.identifier,
        "type": ["foaf:Agent", "foaf:Organization"],
        "name": party.name.model_dump(),
        "homepage": party.homepage,
        **({"kind": {"id": party.type, "type": "skos:Concept"}} if party.type else {}),
    }


def _contact(edition: Edition) -> str:
    return f"{edition.organisation.home}#contact"


def _card(edition: Edition, contact: Contact) -> dict:
    return {
        "id": _contact(edition),
        "type": ["vcard:Kind", "vcard:Organization"],
        "fn": contact.name.model_dump(),
        **({"hasEmail": f"mailto:{contact.email}"} if contact.email else {}),
        **({"hasURL": contact.url} if contact.url else {}),
    }
