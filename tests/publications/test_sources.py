"""Point sources that are registered: with enough of them the estimates come back, and what they refute is found by itself.

Everything that is registered here is made up, in a copy of the repository.
"""

import math
import shutil

import pandas as pd
import pytest
from support import Repository, copy, forget, unconditional
from test_built import compared, page_of, upcm

from factpress.facts import Facts
from upcm_analysis.registers import printed
from upcm_analysis.topics.figures.build import derive
from upcm_analysis.topics.figures.sources import cells
from upcm_analysis.topics.regions import as_figures, coverage
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.topics.regions import sources as region_sources
from upcm_analysis.vocabulary import published
from upcm_analysis.vocabulary.subjects import provinces

#: Made-up works: name, province, its code, product group and megatonnes.
WORKS = [
    ("Verzonnen chemie", "Zeeland", "PV29", "20", "5,5"),
    ("Verzonnen afvalverwerking", "Zuid-Holland", "PV28", "38", "6,9"),
]
#: Made-up national figures that these are most of, by the name of their row.
NATIONAL = {"20": ("X20", "6.100"), "38": ("X38", "7.400")}
POINT_SOURCES, CBS = "nea-emissions/point-sources", "cbs-83300ned/direct-co2"


def append(path, *lines: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def register(made: Repository, grounds=("20", "38")) -> None:
    """Registers the made-up works; of some product groups with an independent figure that they may be compared with."""
    rows, oddities = made.root / "data/codelists/published_rows.csv", made.root / "data/oddities.csv"
    for name, province, code, group, value in WORKS:
        append(made.raw(POINT_SOURCES), f'{name},{province},2020,Verzonnen,"{value}"')
        append(rows, f"{POINT_SOURCES},{name},{code},,{group},co2_point_source_2020_mt,,")
        reason = "Verzonnen voor een toets van het register van puntbronnen."
        append(oddities, f"point-sources,province/{province.lower()},co2_kt,2020,{reason},{reason}")
    for group in grounds:
        name, value = NATIONAL[group]
        append(made.raw(CBS), f"{name},{value},{value},{value}")
        append(rows, f"{CBS},{name},NL,,{name},,,")
        path = made.root / "data/codelists/coverage.csv"
        head = f"co2_point_source_2020_mt,{group},"
        lines = path.read_text(encoding="utf-8").splitlines()
        changed = [
            f"{head}co2_cbs_2020_kt,{name},{line.split(',', 4)[4]}" if line.startswith(head) else line for line in lines
        ]
        path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    for source in (POINT_SOURCES, CBS):
        made.register(source)
    forget()


def enough() -> bool:
    """Whether the register of a copy is found to be enough, without calculating the regions."""
    figures, grounds = derive(printed.figures(cells("2020"))), region_sources.grounds("2020")
    covered = coverage.coverage(figures, grounds, published.POINT_SOURCES, published.COVERAGE)
    return coverage.sufficient(region_build.registered(pd.concat([figures, covered]), grounds).groups, 80)


@pytest.mark.parametrize(
    ("grounds", "expected"), [(("20", "38"), True), (("20",), False), (("38",), False), ((), False)]
)
def test_the_register_is_enough_only_with_a_ground_for_each_large_product_group(repository, grounds, expected):
    """Waste treatment has none on the ground of emissions trading, however much of it is registered."""
    register(repository, grounds)
    assert enough() is expected


def test_the_register_of_this_edition_is_not_enough(repository):
    assert enough() is False


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    """A copy with the made-up register, in which one province and one cluster in it are built."""
    made = Repository(tmp_path_factory.mktemp("complete") / "copy")
    copy(made.root)
    register(made)
    matrix = made.root / "publications.yml"
    matrix.write_text(unconditional(matrix.read_text()))
    for name in ("province/zeeland", "cluster-province/materialen-zeeland"):
        ended = upcm(made.root, "report", "--only", name)
        assert ended.returncode == 0, ended.stderr
    yield made.root / "reports/2020"
    shutil.rmtree(made.root, ignore_errors=True)
    forget()


def told(reports, folder: str) -> str:
    """The text of a page as it is read."""
    return " ".join("".join(page_of(reports / folder / "index.html").text).split())


def test_with_enough_sources_each_province_has_bounds_and_an_estimate_where_they_tell_something(complete):
    facts = Facts.read(complete / "nl/province/zeeland/facts.csv")
    placed = facts.of(as_figures.ANCHORED, provinces())
    assert len(placed) == 12 and all(one.bounded and one.status == "estimated" for one in placed)
    zeeland, north = (facts[f"co2_anchored_kt/province/{name}"] for name in ("zeeland", "noord-holland"))
    assert zeeland.low > 5450 and not zeeland.unknown and north.low > 5750 and not north.unknown
    told = [one.value for one in placed if not math.isnan(one.value)]
    assert len(told) >= 3 and sum(one.low for one in placed) < 24170 < sum(one.high for one in placed)


def test_with_enough_sources_the_page_tells_the_estimate_and_names_the_source(complete):
    html, text = (complete / "nl/province/zeeland/index.html").read_text(), told(complete, "nl/province/zeeland")
    assert "Zeeland: alleen de getelde CO₂ is al meer dan de tabel de provincie geeft" in text
    assert "Verzonnen chemie stootte 5,5 megaton CO₂ uit" in text and "een ondergrens" in text
    assert "co2_anchored_kt" in html and "zijn hier nog niet opgenomen" not in text
    assert "Verzonnen chemie emitted 5.5 megatonnes" in told(complete, "en/province/zeeland")


def test_with_enough_sources_provinces_are_told_one_by_one_and_not_compared(complete):
    for language, title in (
        ("nl", "CO₂ per provincie met grote bedrijven op hun plaats"),
        ("en", "CO₂ by province with large companies in place"),
    ):
        assert title in told(complete, f"{language}/province/zeeland")
        assert compared(complete / language / "province/zeeland", language) == []


def test_what_the_made_up_sources_refute_is_found_and_withheld(complete):
    """Nobody said which: the key puts less than 7% of chemicals in Zeeland, and 5.5 Mt of them were counted there."""
    facts = Facts.read(complete / "nl/cluster-province/materialen-zeeland/facts.csv")
    co2 = facts["co2_kt/cluster-province/materialen-zeeland"]
    assert co2.refuted and not co2.bounded and not facts["jobs_k/cluster-province/materialen-zeeland"].refuted
    text = told(complete, "nl/cluster-province/materialen-zeeland")
    assert "weerlegd door de uitstoot van Verzonnen chemie." in text and "383" not in text
    share = Facts.read(complete / "facts.csv")["group_share_pct/product-group-province/20-zeeland"]
    assert share.refuted
