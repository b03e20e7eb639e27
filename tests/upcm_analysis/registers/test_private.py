"""Hashes of what is not published: keyed where there is such a table, and otherwise as they always were."""

import csv
import hashlib
import hmac

import pytest

from factpress import codelists
from factpress.builder import freshness
from factpress.errors import InputError
from upcm_analysis.registers import private, sources

HASHES = (sources.data_hash, freshness.inputs, freshness.data)


def test_where_everything_is_published_nothing_is_keyed_and_no_key_is_made(repository):
    assert not private.there_is_any()
    assert sources.in_use() == (repository.root / sources.REGISTER).read_bytes()
    total = hashlib.sha256()
    data = repository.root / "data"
    registers = {path.name: path for path in data.iterdir() if path.suffix in (".csv", ".yml")}
    found = {name: path.read_bytes() for name, path in registers.items()}
    found |= {f"codelists/{name}": content for name, content in codelists.contents().items()}
    for name, content in sorted(found.items()):
        total.update(f"{name}\0".encode() + content)
    assert sources.data_hash() == total.hexdigest()
    assert all(make() == make() for make in HASHES)
    assert not (repository.root / private.KEY).exists()


@pytest.mark.parametrize("role", [*private.PRIVATE, private.STORED])
def test_with_a_table_that_is_not_published_they_are_those_of_this_machine(repository, role):
    repository.add("own/table", role, ["a"], [["1"]])
    once = [make() for make in HASHES]
    assert once == [make() for make in HASHES] and all(len(one) == 64 for one in once)
    (repository.root / private.KEY).unlink()
    assert not set(once) & {make() for make in HASHES}  # who has not this key cannot make them
    lines = sources.in_use().decode().splitlines()
    own = [line for line in lines if line.startswith("own/table")]
    assert own == [] if role == private.STORED else own[0].endswith(",not published")
    assert len(lines) == len(sources.register()) + (role != private.STORED)


def test_a_register_that_a_spreadsheet_saved_gives_no_more_away(repository):
    """With quotes around every cell, and the ends of lines of Windows."""
    for role in (*private.PRIVATE, private.STORED):
        repository.add(f"own/{role}", role, ["a"], [["1"]])
    before, path = sources.in_use(), repository.root / sources.REGISTER
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    hidden = sources.register().query("role in @private.PRIVATE or role == @private.STORED")
    assert len(hidden) == 4 and path.read_bytes().count(b'"own/') == 4
    said = sources.in_use()
    assert said == before and b"own/stored" not in said
    assert not any(sha256.encode() in said for sha256 in hidden.sha256)


def test_they_change_with_the_table(repository):
    repository.add("own/table", "known", ["a"], [["1"]])
    before = [make() for make in HASHES]
    repository.edit_raw("own/table", "1", "2")
    assert not set(before) & {make() for make in HASHES}


def test_a_keyed_hash_is_the_hmac_with_the_key(repository):
    said = private.keyed("text")
    key = (repository.root / private.KEY).read_text()
    assert said == hmac.new(key.encode(), b"text", hashlib.sha256).hexdigest() != private.keyed("other")
    assert [path.name for path in repository.root.glob(f"{private.KEY}*")] == [private.KEY]


def test_a_key_that_is_not_whole_is_refused(repository):
    (repository.root / private.KEY).write_text("short")
    with pytest.raises(InputError, match="not whole") as error:
        private.keyed("text")
    assert "remove it" in error.value.parts["remedy"]


def test_the_register_that_cannot_be_read_hides_nothing(repository):
    (repository.root / sources.REGISTER).unlink()
    assert not private.there_is_any()
