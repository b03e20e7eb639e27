"""A user's own table: it makes bounds narrower, and nobody finds out from what is shown what is withheld of it."""

import json
import re

import confidential
import pandas as pd
import pytest
from conftest import forget
from support import Repository, copy, without_programme
from test_built import upcm

from upcm_analysis import pipeline, regional
from upcm_analysis.method import disclosure
from upcm_analysis.telling.facts import Facts


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A copy with a register and a concordance, built: two provinces, a cluster in one of them, and the method page."""
    made = Repository(tmp_path_factory.mktemp("kept") / "copy")
    copy(made.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPCM_HOME", str(made.root))
        forget()
        confidential.add(made)
        path = made.root / "publications.yml"
        text = re.sub(
            r"  - kind: (national|cluster)\n.*?(?=  - kind|\Z)", "", without_programme(path.read_text()), flags=re.S
        )
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
    plain = facts[facts.indicator.isin([*pipeline.PUBLISHED, regional.SHARE])]
    return plain[plain.status == "suppressed"].assign(scope="")


@pytest.fixture(scope="module")
def known(kept, hidden):
    """What the register tells of the suppressed figures that it tells most of, and of how many organisations there are."""
    told = [regional.SHARE, confidential.FIGURE, *pipeline.SIZE_CLASSES]
    return confidential.truth(hidden[hidden.indicator.isin(told)].reset_index(drop=True))


@pytest.fixture(scope="module")
def sensitive(known):
    return known[disclosure.sensitive(known, confidential.rule())].reset_index(drop=True)


def test_it_tightens_what_may_be_shown_and_is_named_as_a_source(edition_before, facts, reports):
    both = facts.merge(edition_before, on="fact_id", suffixes=("", "_before"))
    crossed = both[(both.place != "NL") & both.indicator.isin(pipeline.PUBLISHED) & both.low.notna()]
    crossed = crossed[crossed.cluster + crossed.product_group != ""]
    width = lambda side: crossed[f"high{side}"] - crossed[f"low{side}"]  # noqa: E731
    assert (width("") <= width("_before") * (1 + 1e-5) + 1e-9).all()
    assert (width("") < 0.5 * width("_before")).sum() > 20
    assert facts.loc[crossed.index, "inputs"].notna().all() and crossed.inputs.str.contains("made-up/register").all()
    page = (reports / "nl/source/made-up-register/index.html").read_text()
    assert "wordt niet gepubliceerd" in page and "<table" not in page
    assert "A table of a user" in (reports / "nl/province/drenthe/index.html").read_text()


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
    page = (reports / "nl/province/flevoland/index.html").read_text()
    assert "geheim" in page and "te weinig organisaties" in page


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
    others = known[(known.indicator == regional.SHARE) & ~known.place.isin(sensitive.place)]
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
