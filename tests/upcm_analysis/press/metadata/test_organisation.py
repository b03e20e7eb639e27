"""Who publishes: the committed settings are neutral; any that are not right are refused before anything is written."""

import pytest

from factpress.errors import InputError
from factpress.formats import csv
from factpress.home import home
from factpress.metadata import citation, organisation

ORGANISATION = organisation.FILE
CITATION = citation.FILE


def test_the_committed_organisation_is_a_neutral_one():
    found = organisation.read()
    for party in (found.publisher, found.creator):
        assert party.identifier.startswith("https://example.org/") and party.homepage.startswith("https://example.org/")
    assert found.base.startswith("https://example.org/") and found.contact.email.endswith("@example.org")


def test_the_licence_is_the_same_everywhere():
    found = organisation.read().licence
    assert {"name": found.name, "path": found.uri} == csv.LICENCE
    assert found.uri in (home() / "LICENSE-DATA.md").read_text(encoding="utf-8")


def test_the_base_ends_on_one_slash(repository):
    repository.edit(ORGANISATION, "base: https://example.org/feiten-en-cijfers/", "base: https://example.org/cijfers")
    assert organisation.read().home == "https://example.org/cijfers/"


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        organisation.read().base = "https://example.com/"


CASES = {
    "not yaml": (ORGANISATION, "publisher:\n", "publisher: [\n", ["is not YAML", "row:"]),
    "missing key": (ORGANISATION, "base: https", "# base: https", ["row:      base", "found:    nothing", "a value"]),
    "missing name": (
        ORGANISATION,
        "name: {nl: Informatiepunt, en: Information desk}",
        "name: {nl: Informatiepunt}",
        ["contact.name.en", "found:    nothing"],
    ),
    "empty name": (ORGANISATION, "{nl: Informatiepunt,", "{nl: '',", ["contact.name.nl", "at least 1 character"]),
    "unknown key": (ORGANISATION, "repository: ", "depot: x\nrepository: ", ["row:      depot", "Extra inputs"]),
    "no uri": (
        ORGANISATION,
        "repository: https://example.org/upcm-analysis",
        "repository: example",
        ["repository", "example"],
    ),
    "space in a uri": (ORGANISATION, "org/upcm-analysis", "org/upcm analysis", ["repository", "upcm analysis"]),
    "base without https": (ORGANISATION, "base: https:", "base: http:", ["row:      base", "https://"]),
    "no e-mail": (ORGANISATION, "info@example.org", "info", ["contact.email", "found:    info"]),
    "no way to ask": (ORGANISATION, "  email: info@example.org\n", "", ["row:      contact", "an email or a url"]),
    "closed licence": (
        ORGANISATION,
        "uri: https://creativecommons.org/licenses/by/4.0/",
        "uri: https://example.org/closed",
        ["licence.uri", "example.org/closed", "DCAT-AP-NL"],
    ),
    "no date": (CITATION, "date-released: 2026-11-22\n", "", ["date-released", "found:    nothing"]),
    "wrong date": (CITATION, "2026-11-22", "2026-13-22", ["is not YAML", "month must be in 1..12"]),
    "no author": (CITATION, '\n  - name: "The UPCM analysis maintainers"', " []", ["authors", "at least 1 item"]),
}


@pytest.mark.parametrize("case", CASES)
def test_wrong_settings_are_refused_before_anything_is_written(repository, upcm, case):
    file, old, new, said = CASES[case]
    repository.edit(file, old, new)
    before = repository.state()
    status, _, message = upcm("report")
    assert status == 2, message
    for part in [file, "found:", "remedy:", *said]:
        assert part in message, message
    assert repository.state() == before == {}


@pytest.mark.parametrize(
    "content", [None, b"", b"just text", b"\xff\xfe"], ids=["missing", "empty", "text", "not utf-8"]
)
def test_settings_that_hold_nothing_are_refused(repository, content):
    path = repository.root / ORGANISATION
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(InputError) as error:
        organisation.read()
    assert error.value.parts["file"] == ORGANISATION and error.value.parts["remedy"]
