"""The CODECHECK configuration: which files someone else must get when building the edition again.

Specification 1.0, https://codecheck.org.uk/spec/config/1.0/: authors give the manifest and the paper; whoever checks adds
`codechecker` and `report`. The specification has no key for a hash, so that stands in the comment.
"""

import json

import yaml

from factpress.metadata.datapackage import LISTS
from factpress.metadata.edition import Edition, File

FILE = "codecheck.yml"
VERSION = "https://codecheck.org.uk/spec/config/1.0/"
OUTPUTS = {".html", ".pdf", ".xlsx"}
HEADER = """\
# What 'make report' gives, for a check of the computations by someone else. Not checked yet: the codechecker adds the keys
# 'codechecker' and 'report'. All other files of the edition, with their hashes, are in ro-crate-metadata.json.
"""


def configuration(edition: Edition) -> bytes:
    """The configuration as the authors hand it over."""
    rest = {
        "paper": {
            "title": edition.title["en"],
            "authors": [{"name": edition.organisation.creator.name.en}],
            "reference": edition.url,
        },
        "repository": edition.organisation.repository,
    }
    outputs = "".join(_entry(file) for file in edition.files if _is_output(file))
    text = yaml.safe_dump(rest, sort_keys=False, allow_unicode=True, width=1000)
    return f"{HEADER}%YAML 1.1\n---\nversion: {VERSION}\nmanifest:\n{outputs}{text}".encode()


def _entry(file: File) -> str:
    """A file of the manifest; a text of JSON is one of YAML. The library takes as long for all files as a page takes."""
    path, comment = (json.dumps(text, ensure_ascii=False) for text in (file.path, _comment(file)))
    return f"- file: {path}\n  comment: {comment}\n"


def _is_output(file: File) -> bool:
    """Whether it is computed, and not beside a page only to serve it; code lists are copied."""
    return file.suffix in OUTPUTS if file.publication else not file.path.startswith(f"{LISTS}/")


def _comment(file: File) -> str:
    return f"{file.name}, sha256 {file.sha256}" if file.publication else f"sha256 {file.sha256}"
