"""Code lists: indicators and their forms, subjects and the names that others rely on."""

from itertools import pairwise

import pytest

from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id, subject, subjects
from factpress.errors import InputError, UnknownName
from factpress.indicators import indicator
from upcm_analysis.vocabulary.subjects import NL, clusters, groups_of

KINDS = ["national", "province", "cluster", "product-group", "cluster-province", "product-group-province"]
SLUGS = {
    "national": ["nederland"],
    "province": [
        "groningen", "fryslan", "drenthe", "overijssel", "flevoland", "gelderland", "utrecht", "noord-holland",
        "zuid-holland", "zeeland", "noord-brabant", "limburg",
    ],
    "cluster": ["materialen", "verbruiksartikelen", "bouw-en-constructie", "high-tech", "consumentenproducten"],
    "product-group": ["20", "22", "23", "24", "25", "26", "27", "28", "29", "30", "32", "33", "38"],
}  # fmt: skip
SLUGS |= {f"{part}-province": [f"{one}-{place}" for one in SLUGS[part] for place in SLUGS["province"]]
          for part in ("cluster", "product-group")}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_slugs_are_stable_and_lead_back_to_their_subject(kind):
    found = subjects(kind)
    assert [one.slug for one in found] == SLUGS[kind]
    assert [subject(kind, one.slug) for one in found] == found
    assert {one.kind for one in found} == {kind}


def test_fact_ids():
    zeeland = Subject(place="PV29")
    assert fact_id("co2_kt", zeeland) == "co2_kt/province/zeeland"
    assert fact_id("co2_kt", NL) == "co2_kt/nl"
    assert fact_id("co2_kt", Subject(scope="without_38")) == "co2_kt_without_38/nl"
    assert fact_id("jobs_k", Subject(cluster="materialen")) == "jobs_k/cluster/materialen"
    assert fact_id("jobs_k", Subject(product_group="24")) == "jobs_k/product-group/24"
    assert fact_id("jobs_k", Subject("PV29", "materialen")) == "jobs_k/cluster-province/materialen-zeeland"
    assert fact_id("co2_kt", Subject("PV29", product_group="24")) == "co2_kt/product-group-province/24-zeeland"


def test_every_subject_has_a_path_of_its_own():
    paths = [one.path for kind in KINDS for one in subjects(kind)]
    assert len(set(paths)) == len(paths) == 1 + 12 + 5 + 13 + 60 + 156


def test_of_which_product_groups_a_cluster_consists():
    """Published of Materialen alone."""
    assert {one.slug: groups_of(one) for one in clusters() if groups_of(one)} == {
        "materialen": ["20", "22", "24", "38"]
    }


@pytest.mark.parametrize(
    ("about", "language", "running", "name"),
    [
        (Subject(place="PV21"), "nl", False, "Fryslân"),
        (Subject(product_group="24"), "nl", False, "Basismetaalindustrie"),
        (Subject(product_group="24"), "nl", True, "de basismetaalindustrie"),
        (Subject(product_group="24"), "en", True, "the basic metals industry"),
        (Subject(cluster="high-tech"), "en", True, "High Tech (capital goods)"),
        (NL, "en", False, "the Netherlands"),
        (Subject("PV29", "materialen"), "nl", False, "Materialen in Zeeland"),
        (Subject("PV29", product_group="24"), "en", True, "the basic metals industry in Zeeland"),
    ],
)
def test_names(about, language, running, name):
    assert about.name(language, running) == name


def test_an_indicator():
    co2 = indicator("co2_kt")
    assert (co2.unit, co2.decimals, co2.additive, co2.direction) == ("ktCO2", 0, True, "down")
    assert co2.label == {"nl": "CO₂-uitstoot", "en": "CO₂ emissions"}


@pytest.mark.parametrize(
    ("code", "unit", "decimals", "additive"),
    [
        ("co2_kt_share", "percent", 1, False),
        ("co2_kt_per_job_relative", "ratio", 2, False),
        ("co2_kt_rank", "place_in_order", 0, False),
        ("co2_kt_without_38", "ktCO2", 0, True),
        ("co2_reduction_pct_rank", "place_in_order", 0, False),
        ("co2_kt_without_38_share", "percent", 1, False),
    ],
)
def test_a_form_of_an_indicator_is_one_too(code, unit, decimals, additive):
    found = indicator(code)
    assert (found.code, found.unit, found.decimals, found.additive) == (code, unit, decimals, additive)
    assert all("{" not in text for text in [*found.label.values(), *found.explained.values()])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_label_of_a_form_holds_what_it_is_a_form_of(language):
    found = [indicator(code).label[language] for code in ("co2_kt", "co2_kt_without_38", "co2_kt_without_38_share")]
    assert all(inner in outer and inner != outer for inner, outer in pairwise(found))


@pytest.mark.parametrize(
    ("find", "suggestion"),
    [
        (lambda: indicator("co2_kton"), "co2_kt"),
        (lambda: indicator("co2_ktt_share"), "co2_kt"),
        (lambda: subject("province", "zeland"), "zeeland"),
        (lambda: subject("cluster", "hightech"), "high-tech"),
        (lambda: subject("cluster-province", "materialen-zeland"), "materialen-zeeland"),
        (lambda: subjects("provincie"), "province"),
    ],
)
def test_an_unknown_name_raises_with_the_nearest(find, suggestion):
    with pytest.raises(UnknownName, match=f"did you mean .*{suggestion}"):
        find()


@pytest.mark.parametrize(
    ("rows", "row", "found"),
    [("a,1\nb,2\na,3\n", 4, ("a",)), ("a,1\n,2\n", 3, ("",))],
    ids=["duplicate", "empty"],
)
def test_a_code_comes_once(repository, rows, row, found):
    (repository.root / "data/codelists/seeded.csv").write_text("code,name\n" + rows)
    with pytest.raises(InputError) as error:
        codelist("seeded")
    assert (error.value.parts["row"], error.value.parts["found"]) == (row, found)
    assert error.value.parts["file"] == "data/codelists/seeded.csv"


def test_a_code_list_is_text():
    """`20` is a code, not a number, and `NA` would be one too."""
    assert "20" in codelist("product_groups").index
    assert codelist("forms").at["without_38", "unit"] == ""
