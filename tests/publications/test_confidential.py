"""A user's own table: it makes bounds narrower, and nobody finds out from what is shown what is withheld of it."""

import json
import re

import confidential
import pandas as pd
import pytest
from conftest import forget
from support import Repository, copy
from test_built import upcm

from upcm_analysis import pipeline, regional
from upcm_analysis.telling.facts import Facts


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A copy with a register and a concordance, built: two provinces and the method page."""
    made = Repository(tmp_path_factory.mktemp("kept") / "copy")
    copy(made.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPCM_HOME", str(made.root))
        forget()
        confidential.add(made)
        path = made.root / "publications.yml"
        text = re.sub(r"  - kind: (national|cluster)\n.*?(?=  - kind|\Z)", "", path.read_text(), flags=re.S)
        path.write_text(text.replace("subjects: all", "subjects: [flevoland, zeeland]"))
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


def narrow(hidden):
    """Of some suppressed subjects the share and jobs: what the register tells most of."""
    return hidden[hidden.indicator.isin([regional.SHARE, "jobs_k"])].reset_index(drop=True)


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
    assert "A table of a user" in (reports / "nl/province/zeeland/index.html").read_text()


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
    places = {"PV24": "flevoland", "PV29": "zeeland"}
    assert set(hidden.place) & set(places)
    for place in set(hidden.place) & set(places):
        page = (reports / f"nl/province/{places[place]}/index.html").read_text()
        assert "geheim" in page and "te weinig organisaties" in page


def test_the_made_up_numbers_stand_nowhere(kept, reports):
    rows = kept.raw(confidential.REGISTER).read_text().splitlines()[1:]
    numbers = {cell for row in rows for cell in re.findall(r'"(\d+,\d{4})"', row)}
    assert len(numbers) == 2 * 12
    spellings = numbers | {number.replace(",", ".") for number in numbers}
    for path in reports.rglob("*"):
        if path.suffix in (".html", ".csv", ".json", ".ipynb"):
            text = path.read_text(encoding="utf-8")
            assert not [one for one in spellings if re.search(rf"(?<![\d.,]){re.escape(one)}(?!\d)", text)], path


def test_no_attacker_comes_within_the_protection_of_anything_that_is_sensitive(reports, hidden):
    assert len(narrow(hidden))
    assert confidential.attacked(confidential.shown(reports), narrow(hidden)).empty


def test_one_withheld_figure_that_is_shown_gives_another_away(reports, facts, hidden, kept):
    """The seeded fault: what a register says of a product group that is withheld to protect another, let out."""
    shown = confidential.shown(reports)
    group = hidden[(hidden.indicator == regional.SHARE) & (hidden.product_group == confidential.GROUP)]
    one, rest = group.iloc[:1], narrow(hidden)
    leak = shown.head(1).assign(**one.iloc[0][["fact_id", "indicator", "place", "cluster", "product_group"]])
    true = confidential.register(2)
    jobs = sum(float(row[4].replace(",", ".")) for row in true if row[1] == one.place.item())
    national = Facts(facts)["jobs_k/product-group/" + confidential.GROUP].value
    leak = leak.assign(low=100 * jobs / national, high=104.1 * jobs / national)
    found = confidential.attacked(pd.concat([shown, leak], ignore_index=True), rest)
    assert len(found) and one.place.item() in set(found.place)


def test_the_method_page_counts_what_is_withheld(kept, reports, hidden):
    counts = pd.read_csv(kept.root / "data/processed/2020/disclosure.csv").iloc[0]
    assert counts[["primary", "secondary", "exposed"]].sum() == len(hidden)
    page = (reports / "en/method/methode/index.html").read_text()
    assert "Confidential: too few organisations, and known too precisely" in page
    assert f">{counts.primary}<" in re.sub(r"<a[^>]*>|</a>", "", page)


def test_what_was_calculated_is_the_same_when_it_is_read_back(kept, reports):
    before = json.loads((reports / "manifest.json").read_text())
    again = upcm(kept.root, "report", "--force", "--only", "method/methode", "--language", "nl")
    assert again.returncode == 0 and json.loads((reports / "manifest.json").read_text()) == before
