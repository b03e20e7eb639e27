"""The CODECHECK configuration: which files someone else must get when building the edition again.

Specification 1.0, https://codecheck.org.uk/spec/config/1.0/: authors give the manifest and the paper; whoever checks adds
`codechecker` and `report`. The specification has no key for a hash, so that stands in the comment.
"""

import yaml

from upcm_analysis.publish.metadata.datapackage import LISTS
from upcm_analysis.publish.metadata.edition import Edition, File

FILE = "codecheck.yml"
VERSION = "https://codecheck.org.uk/spec/config/1.0/"
OUTPUTS = {".html", ".pdf", ".xlsx"}
HEADER = """\
# What 'make report' gives, for a check of the computations by someone else. Not checked yet: the codechecker adds the keys
# 'codechecker' and 'report'. All other files of the edition, with their hashes, are in ro-crate-metadata.json.
"""


def configuration(edition: Edition) -> bytes:
    """The configuration as the authors hand it over."""
    content = {
        "version": VERSION,
        "manifest": [{"file": file.path, "comment": _comment(file)} for file in edition.files if _is_output(file)],
        "paper": {
            "title": edition.title["en"],
            "authors": [{"name": edition.organisation.creator.name.en}],
            "reference": edition.url,
        },
        "repository": edition.organisation.repository,
    }
    text = yaml.safe_dump(content, version=(1, 1), explicit_start=True, sort_keys=False, allow_unicode=True, width=1000)
    return (HEADER + text).encode()


def _is_output(file: File) -> bool:
    """Whether it is computed, and not beside a page only to serve it; code lists are copied."""
    return file.suffix in OUTPUTS if file.publication else not file.path.startswith(f"{LISTS}/")


def _comment(file: File) -> str:
    return f"{file.name}, sha256 {file.sha256}" if file.publication else f"sha256 {file.sha256}"
