"""A user's own table: it makes bounds narrower, and nobody finds out from what is shown what is withheld of it."""

import csv
import hashlib
import io
import json
import pickle
import re
import zipfile

import confidential
import pandas as pd
import pytest
from support import ROOT, Repository, copy, forget, of_kinds, unconditional
from test_built import upcm

from factpress.builder import freshness, whole_site
from factpress.builder.executors import dask_client, dask_worker
from factpress.facts import Facts
from factpress.site import plan
from upcm_analysis import pipeline
from upcm_analysis.registers import private, sources
from upcm_analysis.topics.editions import record_sources
from upcm_analysis.topics.regions import disclosure, solving
from upcm_analysis.vocabulary.published import PUBLISHED, SIZE_CLASSES


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A copy with a register and a concordance, built: two provinces, a cluster in one of them, and the method page."""
    made = Repository(tmp_path_factory.mktemp("kept") / "copy")
    copy(made.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTPRESS_HOME", str(made.root))
        forget()
        confidential.add(made)
        path = made.root / "publications.yml"
        text = unconditional(of_kinds(path.read_text(), "province", "cluster-province", "method"))
        for kind, some in (("province", "drenthe, flevoland"), ("cluster-province", "materialen-flevoland")):
            text = re.sub(rf"(kind: {kind}\n.*?subjects: )all", rf"\g<1>[{some}]", text, flags=re.S)
        path.write_text(text)
        ended = upcm(made.root, "report")
        assert ended.returncode == 0, ended.stderr
        yield made
    forget()


@pytest.fixture(scope="module")
def reports(kept):
    return kept.root / "reports/2020"


@pytest.fixture(scope="module")
def facts(reports):
    return Facts.read(reports / "facts.csv").table


@pytest.fixture(scope="module")
def hidden(facts):
    """The suppressed figures themselves, without their forms."""
    plain = facts[facts.indicator.isin([*PUBLISHED, solving.SHARE])]
    return plain[plain.status == "suppressed"].assign(scope="")


@pytest.fixture(scope="module")
def known(kept, hidden):
    """What the register tells of the suppressed figures that it tells most of, and of how many organisations there are."""
    told = [solving.SHARE, confidential.FIGURE, *SIZE_CLASSES]
    return confidential.truth(hidden[hidden.indicator.isin(told)].reset_index(drop=True))


@pytest.fixture(scope="module")
def sensitive(known):
    return known[disclosure.sensitive(known, confidential.rule())].reset_index(drop=True)


def test_it_tightens_what_may_be_shown_and_is_named_as_a_source(edition_before, facts, reports):
    both = facts.merge(edition_before, on="fact_id", suffixes=("", "_before"))
    crossed = both[(both.place != "NL") & both.indicator.isin(PUBLISHED) & both.low.notna()]
    crossed = crossed[crossed.cluster + crossed.product_group != ""]
    width = lambda side: crossed[f"high{side}"] - crossed[f"low{side}"]  # noqa: E731
    assert (width("") <= width("_before") * (1 + 1e-5) + 1e-9).all()
    assert (width("") < 0.5 * width("_before")).sum() > 20
    assert facts.loc[crossed.index, "inputs"].notna().all() and crossed.inputs.str.contains("made-up/register").all()
    page = (reports / "nl/source/made-up-register/index.html").read_text()
    assert "wordt niet gepubliceerd" in page and "<table" not in page
    assert "A table of a user" in (reports / "nl/cluster-province/materialen-flevoland/index.html").read_text()


@pytest.fixture(scope="module")
def edition_before():
    return pipeline.assemble("2020").facts.table[["fact_id", "low", "high"]]


def test_what_is_suppressed_is_withheld_in_every_form_and_format(reports, facts, hidden):
    assert len(hidden) > 10
    every = confidential.forms(facts, hidden)
    assert len(every) >= len(hidden) and set(every.status) == {"suppressed"} and set(every.sign) == {"."}
    assert every[["value", "low", "high"]].isna().all(axis=None)
    assert set(every.warnings.str.contains("confidential")) == {True}
    assert confidential.numbers_of(reports, set(every.fact_id)) == []
    names = set(every.fact_id)
    told = [
        path for path in reports.rglob("*.html") if names & set(re.findall(r'data-fact="([^"]+)"', path.read_text()))
    ]
    assert told == []  # no page of this edition tells product groups in a place


def test_the_made_up_numbers_stand_nowhere(kept, reports):
    rows = kept.raw(confidential.REGISTER).read_text().splitlines()[1:]
    numbers = {cell for row in rows for cell in re.findall(r'"(\d+,\d{4})"', row)}
    assert len(numbers) == 2 * 12
    spellings = "|".join(re.escape(one) for one in numbers | {number.replace(",", ".") for number in numbers})
    for path in reports.rglob("*"):
        if path.suffix in (".html", ".csv", ".json", ".ipynb"):
            assert not re.search(rf"(?<![\d.,])({spellings})(?!\d)", path.read_text(encoding="utf-8")), path


def test_no_attacker_comes_within_the_protection_of_anything_that_is_sensitive(reports, sensitive):
    assert set(sensitive.place) == {"PV24"} and len(sensitive) > 3
    assert confidential.attacked(confidential.shown(reports), sensitive).empty


def test_one_figure_that_protects_another_gives_it_away_when_it_is_shown(reports, known, sensitive):
    """The seeded fault: of a subject that is suppressed for another's sake the share is let out, as the register has it."""
    shown = confidential.shown(reports)
    others = known[(known.indicator == solving.SHARE) & ~known.place.isin(sensitive.place)]
    assert len(others)
    own = sensitive[sensitive.indicator == confidential.FIGURE]
    found = confidential.attacked(pd.concat([shown, others], ignore_index=True), own)
    assert set(found.indicator) == {confidential.FIGURE} and set(found.place) == {"PV24"}


def test_the_method_page_counts_what_is_withheld(kept, reports, hidden):
    counts = pd.read_csv(kept.root / "data/processed/2020/disclosure.csv").iloc[0]
    assert counts[["primary", "secondary", "exposed"]].sum() == len(hidden)
    page = (reports / "en/method/methode/index.html").read_text()
    assert "Confidential: too few organisations, and known too precisely" in page
    assert counts.primary and counts.secondary and not counts.exposed
    assert f">{counts.primary}<" in re.sub(r"<a[^>]*>|</a>", "", page)


def test_what_was_calculated_is_the_same_when_it_is_read_back(kept, reports):
    before = json.loads((reports / "manifest.json").read_text())
    again = upcm(kept.root, "report", "--force", "--only", "method/methode", "--language", "nl")
    assert again.returncode == 0 and json.loads((reports / "manifest.json").read_text()) == before


# Nothing of a table that is not published leaves this machine


@pytest.fixture
def parcel(kept):
    """What the workers of a cluster are sent for one publication, and its task."""
    (one,) = plan.publications("2020", "province/flevoland", "nl")
    (task,) = whole_site._tasks(whole_site.work("2020"), [one], "forked")
    return task, dask_client.parcel([task])


def unpacked(parcel):
    with zipfile.ZipFile(io.BytesIO(parcel["zip"])) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def tables(kept):
    return {name: kept.raw(name).read_bytes() for name in (confidential.REGISTER, confidential.DIVISION)}


def plain_hashes(kept):
    """The hashes that whoever guesses at a table would look for: of its bytes, and of all data with it."""
    found = {hashlib.sha256(content).hexdigest() for content in tables(kept).values()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(private, "there_is_any", lambda: False)
        found |= {sources.data_hash(), freshness.inputs(), freshness.data()}
    return found


def test_what_workers_are_sent_has_nothing_of_it(kept, parcel):
    task, sent = parcel
    files = unpacked(sent)
    assert not [name for name in files if name.startswith("data/raw")]
    whole = {**files, "task": dask_client._packed(task), "rest": pickle.dumps({**sent, "zip": b""})}
    key = (kept.root / private.KEY).read_bytes()
    for name, content in whole.items():
        for table in tables(kept).values():
            assert table not in content and not [row for row in table.splitlines()[1:] if row in content], name
        for number in re.findall(rb'"(\d+,\d{4})"', tables(kept)[confidential.REGISTER]):
            assert number not in content and number.replace(b",", b".") not in content, (name, number)
        assert key not in content and not [one for one in plain_hashes(kept) if one[:12].encode() in content], name
    register = list(csv.DictReader(io.StringIO(files["data/sources.csv"].decode())))
    said = {row["source"]: row["sha256"] for row in register}
    assert {name: said[name] for name in tables(kept)} == dict.fromkeys(tables(kept), "not published")
    assert len(said) == len(sources.register()) and set(map(len, said.values())) == {13, 64}


def test_what_workers_are_sent_is_enough_for_the_same_bytes(reports, parcel):
    task, sent = parcel
    outcome, files = pickle.loads(dask_worker.build(dask_client._packed(task), sent))
    dask_worker.dismiss(sent["key"])
    assert (outcome.state, outcome.reason) == ("built", "")
    place = reports / task.publication.folder
    there = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert {name: content for name, (_, content) in files.items()} == there and len(there) > 5


def written(kept):
    """Every file that commands wrote and that may leave, with the parts of those that are packed."""
    places = [kept.root / "reports", kept.root / "data/released"]
    for path in sorted(path for place in places for path in place.rglob("*") if path.is_file()):
        yield path, path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as packed:
                yield from ((path / name, packed.read(name)) for name in packed.namelist())


def test_no_hash_of_it_stands_in_any_file(kept, reports):
    (kept.root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## Unreleased\n\n### Numbers that move\n\n- `*`: as seen here.\n"
    )
    key, hidden, names = (kept.root / private.KEY).read_bytes(), set(), set()
    for command in ("report", "release"):  # by all that is in place it is noted what it was made of
        ended = upcm(kept.root, command)
        assert ended.returncode == 0, ended.stderr
        hidden |= plain_hashes(kept)
    for path, content in written(kept):
        names.add(path.name)
        assert key not in content and not [one for one in hidden if one[:12].encode() in content], path
    assert {
        "manifest.json",
        "sources.csv",
        "2020.json",
        "made-of.json",
        "ro-crate-metadata.json",
        ".2020.json",
    } <= names
    record = record_sources.read(kept.root / "data/released/2020.json")
    for name, content in tables(kept).items():
        own = hashlib.sha256(content).hexdigest()
        assert record.sources[name] == private.keyed(own)[:16] != own[:16]
    page = (reports / "nl/source/made-up-register/index.html").read_text()
    assert re.search(r"sha256 van het bestand</dt><dd[^>]*>niet gepubliceerd</dd>", page)


def test_git_passes_over_the_key_and_nobody_else_may_read_it(kept):
    assert f"{private.KEY}*" in (ROOT / ".gitignore").read_text().splitlines()
    assert (kept.root / private.KEY).stat().st_mode & 0o777 == 0o600
