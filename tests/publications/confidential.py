"""A made-up register of establishments and concordance, and what an attacker makes of everything that an edition shows."""

import math
from pathlib import Path

import formats
import openpyxl
import pandas as pd

from factpress.codelists import codelist
from factpress.facts import Facts
from factpress.indicators import base
from upcm_analysis.registers import printed, tables
from upcm_analysis.registers.assumptions import assumptions
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.topics.regions import concordance, crossing, disclosure, estimate, solving
from upcm_analysis.topics.regions import sources as region_sources
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.vocabulary.published import PUBLISHED, SIZE_CLASSES
from upcm_analysis.vocabulary.subjects import clusters, groups_of

REGISTER, DIVISION = "made-up/register", "made-up/concordance"
#: What the register has: turnover of the classes of this product group, to so many percent. One province has few
#: organisations of it, and would follow from the national figure and the others.
GROUP, FIGURE, PERCENT = "25", "turnover_meur", 0.1


def published() -> pd.DataFrame:
    """The published figures of product groups, provinces and clusters."""
    kinds = ("product-group", "province", "cluster")
    return region_build.needed(printed.figures(tables.cells("2020")), PUBLISHED, kinds)


def whole() -> dict[str, list[str]]:
    return {one.cluster: groups_of(one) for one in clusters() if groups_of(one)}


def division() -> list[list[str]]:
    """A class to a cluster each, in turn, so that every cluster has part of many product groups."""
    classes = codelist("sbi_classes").product_group
    open_ = [one.cluster for one in clusters() if not groups_of(one)]
    inside = {group for groups in whole().values() for group in groups}
    return [
        [f"{code[:2]}.{code[2]}", open_[(int(code[2]) + int(group)) % 4], "100"]
        for code, group in classes.items()
        if group not in inside
    ]


def register() -> list[list[str]]:
    """Each class of a product group in each province, that fits the published tables: alike within the group."""
    program = allocation(published(), PUBLISHED)
    shares = estimate.most_even(program, estimate.prior(program, "jobs_k")).shares
    g, k = program.groups.index(GROUP), program.indicators.index(FIGURE)
    classes = codelist("sbi_classes").product_group
    own = list(classes.index[classes == GROUP])
    rows = []
    for place, share in zip(program.places, shares[g], strict=True):
        size = share * program.groups_as_printed[g, k] / len(own)
        ends = [f"{size * (1 + side * PERCENT / 100):.4f}".replace(".", ",") for side in (-1, 1)]
        rows += [[FIGURE, place, "", code, *ends] for code in own]
    return rows


def add(repository) -> None:
    """Puts both into a copy of the repository, of the edition."""
    repository.add(DIVISION, "concordance", region_sources.CONCORDANCE, division())
    repository.add(REGISTER, "known", region_sources.FIGURES, register())


def rule() -> disclosure.Rule:
    """The rule of the edition."""
    choices = assumptions().value
    least = dict.fromkeys(SIZE_CLASSES, choices["disclosure_least"])
    return disclosure.Rule(least, choices["disclosure_largest"], choices["disclosure_protection"])


def crossed(rows: pd.DataFrame | None = None) -> crossing.Crossing:
    """The published tables and the concordance, and what is known besides."""
    figures, parts = published(), concordance.parts(region_sources.concordance("2020"))
    return crossing.crossing(figures, allocation(figures, PUBLISHED), whole(), rows, parts)


def truth(suppressed: pd.DataFrame) -> pd.DataFrame:
    """What the register tells of suppressed figures: how precisely it knows them, they are protected from being known."""
    classes = codelist("sbi_classes").product_group
    rows = concordance.rolled_up(region_sources.figures("2020", PUBLISHED), classes, region_sources.concordance("2020"))
    return crossing.extremes(crossed(rows), suppressed, solving.SHARE)


def attacked(shown: pd.DataFrame, sensitive: pd.DataFrame) -> pd.DataFrame:
    """The sensitive figures that whoever has seen what is `shown` knows more precisely than the protection allows."""
    return disclosure.recovered(crossed(), shown, sensitive, rule(), solving.SHARE)


def shown(reports: Path) -> pd.DataFrame:
    """Every figure of a product group or cluster in a province that an edition shows anywhere, with its narrowest interval.

    From the facts of the edition and of each publication, their workbooks, and the cells of their pages.
    """
    read = [Facts.read(path).table for path in sorted(reports.rglob("facts.csv"))]
    facts = pd.concat(read, ignore_index=True)[["fact_id", "value", "low", "high"]]
    for path in sorted(reports.rglob("*.xlsx")):
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[-1]
        rows = [row[:6] for row in sheet.iter_rows(min_row=2, values_only=True)]
        found = pd.DataFrame(rows, columns=["fact_id", "label", "about", "value", "low", "high"])
        facts = pd.concat([facts, found[["fact_id", "value", "low", "high"]]], ignore_index=True)
    facts[["value", "low", "high"]] = facts[["value", "low", "high"]].astype(float)
    told = facts.dropna(subset=["low", "high"]).groupby("fact_id").agg(low=("low", "max"), high=("high", "min"))
    about = pd.concat(read).drop_duplicates("fact_id").set_index("fact_id")
    about = about[["indicator", "place", "cluster", "product_group"]].assign(scope="")
    table = about.join(told, how="inner").reset_index()
    crossed = (table.place != "NL") & (table.cluster + table.product_group != "")
    plain = table.indicator.isin([*PUBLISHED, solving.SHARE])
    return table[crossed & plain].reset_index(drop=True)


def numbers_of(reports: Path, names: set[str]) -> list[str]:
    """Where a page or workbook has a number beside the id of one of these facts."""
    found = []
    for path in sorted(reports.rglob("index.html")):
        if not (path.parent / "made-of.json").is_file():
            continue
        cells = [cell for table in formats.html(path.parent)[0] for row in table for cell in row]
        found += [f"{path}: {fact} {text}" for text, fact in cells if fact in names and any(map(str.isdigit, text))]
        table = Facts.read(path.parent / "facts.csv").table
        own = table[table.fact_id.isin(names)]
        found += [
            f"{path}: {row.fact_id}" for row in own.itertuples() if not math.isnan(row.value + row.low + row.high)
        ]
    return found


def forms(table: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """The facts about the same subjects as these, that are of the same indicators in whatever form."""
    keys = set(names[["indicator", "place", "cluster", "product_group"]].itertuples(index=False, name=None))
    own = zip(map(base, table.indicator), table.place, table.cluster, table.product_group, strict=True)
    return table[[key in keys for key in own]]
