"""Critical materials: on which lists they are, how concentrated their production is, and how much is recycled."""

import pandas as pd

from factpress.codelists import codelist
from factpress.methods import method_of
from upcm_analysis.registers import tables
from upcm_analysis.topics.supply import concentration, sources
from upcm_analysis.vocabulary.figures import significant
from upcm_analysis.vocabulary.results import Made, SoFar


def build(so_far: SoFar) -> Made:
    """Make the figures of each material that something is published of, and the tables that its page tells."""
    edition = so_far.edition
    read, produced, recycled = sources.cells(edition), sources.producers(edition), sources.recycling(edition)
    named = {role: tuple(tables.cell_names(sources.cells(edition, role))) for role in ("producers", "recycling")}
    rows = [
        _figure(code, material, make, given, named["producers"])
        for material, own in produced.groupby("material", sort=False)
        for code, make, given in _of_shares(own)
    ]
    rows += [
        _figure("material_recycling_pct", row.material, concentration.recycled, [row.eol_rir], named["recycling"])
        for row in recycled.itertuples()
    ]
    order = {code: at for at, code in enumerate(codelist("materials").index)}
    figures = (
        pd.DataFrame(rows).sort_values("material", key=lambda names: names.map(order), kind="stable") if rows else None
    )
    told = {"supply_lists": sources.lists(edition), "supply_producers": produced[["material", "country", "share_pct"]]}
    return Made(
        **({} if figures is None else {"figures": figures}),
        tables={**told, "supply_uses": sources.uses(edition)},
        cells=read,
    )


def _of_shares(own: pd.DataFrame) -> list[tuple]:
    """The indicators that are made of the shares of countries of a material: each with its method and what that is given."""
    several = own.country.str.lower().str.startswith(sources.OTHERS)
    named, others = list(own.share_pct[~several]), int(own.share_pct[several].sum())
    return [
        ("material_largest_producer_pct", concentration.largest, [named]),
        ("material_hhi", concentration.hhi, [named, others]),
        ("material_hhi_normalised", concentration.normalised, [list(own.share_pct)]),
    ]


def _figure(code: str, material: str, make, given: list, inputs: tuple[str, ...]) -> dict:
    """A figure of a material, made of what the tables with these names say of it."""
    value, low, high = make(*given)
    return {
        "indicator": code,
        "place": "NL",
        "cluster": "",
        "product_group": "",
        "scope": "",
        "material": material,
        "value": significant(value),
        "low": significant(low),
        "high": significant(high),
        "inputs": inputs,
        "method": method_of(make).id,
    }
