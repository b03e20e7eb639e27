"""The potential under a scenario: assumptions and published baselines to figures with a range, drivers and a path in time.

What was published is not touched: the figures of a scenario are other indicators, with the scenario in their fact id. All is
calculated as parts of present emissions or value added, for the product groups with the same assumptions at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from factpress.editions import PUBLISHED
from factpress.errors import PartFailed
from factpress.methods import PRINTED, method, method_of
from upcm_analysis.registers.assumptions import chosen_years, numbers, scenarios
from upcm_analysis.topics.scenarios import adoption, decomposition, strategy, uncertainty
from upcm_analysis.topics.scenarios import sources as scenario_sources
from upcm_analysis.topics.scenarios.strategy import ALL, LADDER
from upcm_analysis.vocabulary.figures import FIGURE, SUBJECT, ids, of, rounded, subject
from upcm_analysis.vocabulary.results import Made, SoFar
from upcm_analysis.vocabulary.subjects import unions

CO2, VALUE_ADDED = "co2_kt", "value_added_meur"
#: The indicator of each outcome of `strategy.shares`, and what it is a part of.
INDICATORS = {
    "nl": ("co2_reduction_nl_kt", CO2),
    "abroad": ("co2_reduction_abroad_kt", CO2),
    "nl design": ("co2_reduction_nl_design_kt", CO2),
    "nl life-extension": ("co2_reduction_nl_life_kt", CO2),
    "nl recycling": ("co2_reduction_nl_recycling_kt", CO2),
    "cumulative": ("co2_reduction_nl_cumulative_kt", CO2),
    "gross": ("value_added_gross_meur", VALUE_ADDED),
    "net": ("value_added_net_meur", VALUE_ADDED),
}
#: The same as a percentage of the present.
PERCENTAGES = {"nl": ("co2_reduction_nl_pct", CO2), "net": ("value_added_net_pct", VALUE_ADDED)}
#: What a fraction is multiplied with to be a percentage.
PERCENT = 100.0


@dataclass(frozen=True)
class Scenario:
    """A scenario as the method takes it: its assumptions, a row each, and the curve by which it is adopted."""

    name: str
    parameters: pd.DataFrame
    curve: str

    @property
    def fixed(self) -> dict[str, float]:
        """The assumptions of the whole scenario, by parameter."""
        own = self.parameters[(self.parameters.strategy == ALL) & (self.parameters.direction == 0)]
        return dict(zip(own.parameter, own.value, strict=True))

    @property
    def together(self) -> dict[str, float]:
        """The correlation within each group of strategies."""
        own = self.parameters[self.parameters.parameter == "correlation"]
        return dict(zip(own.strategy, own.value, strict=True))

    @property
    def assumed(self) -> pd.DataFrame:
        """Its assumptions as `uncertainty` draws them, by a name without the scenario: scenarios have their draws in common."""
        own = self.parameters[self.parameters.direction != 0]
        table = own.assign(tied=own.strategy.where(own.strategy != ALL, "")).drop(columns="id")
        names = [_name(*key) for key in zip(own.parameter, own.strategy, own.product_group, strict=True)]
        return table.set_index(pd.Index(names, name="assumption"))

    @property
    def apart(self) -> list[str]:
        """The product groups that have an assumption of their own."""
        return sorted(group for group in set(self.assumed.product_group) if group)


@dataclass(frozen=True)
class Outlook:
    """What a scenario comes to: `figures` of the edition, and tables: `outlook`, `drivers`, `path`."""

    figures: pd.DataFrame
    tables: dict[str, pd.DataFrame]


def build(so_far: SoFar) -> Made:
    """Make what is told of the scenario of an edition; nothing of the tables as published, or where a check of those fails."""
    if so_far.failed or so_far.scenario == PUBLISHED:
        return Made()
    published, own = so_far.figures[so_far.figures.method == PRINTED], scenario_of(so_far.scenario)
    found = outlook(published, own, numbers(), unions(), chosen_years("potential_horizons"))
    tables = dict(found.tables)
    if other := _beside(own.name):
        told = difference(scenario_of(other), own, baselines(published))
        tables["difference"] = rounded(told).assign(other=other)
    curves = [own.curve if one == "adoption" else "" for one in own.parameters.parameter]
    tables["parameters"] = own.parameters.assign(name=curves)
    return Made(found.figures.assign(scenario=own.name), tables)


def scenario_of(name: str) -> Scenario:
    """Return a scenario of the register of assumptions."""
    return Scenario(name, scenario_sources.parameters(name), scenario_sources.curve(name))


def _beside(name: str) -> str:
    """The scenario that another is compared with: the one before it in the register, and of the first the one after it."""
    known = scenarios()[1:]
    at = known.index(name)
    return known[at - 1 if at else 1] if len(known) > 1 else ""


def outlook(
    published: pd.DataFrame,
    scenario: Scenario,
    choices: Mapping[str, float],
    unions: Mapping[str, list[str]],
    horizons: list[int],
) -> Outlook:
    """All that is told of a scenario, from the published figures.

    `unions` are the clusters that consist of whole product groups, `horizons` calendar years. Raises PartFailed where the
    draws do not settle a result, or a potential is more than the emissions that it acts on.
    """
    settings = settings_of(choices)
    years = _years(scenario, int(choices["potential_path_years"]), horizons)
    model = Model(scenario, baselines(published), unions, years)
    results = rounded(uncertainty.simulate(scenario.assumed, model, settings, scenario.together))
    converged(results, choices["potential_error_limit"])
    figures = _figures(published, model, results)
    at_most_emissions(figures, published)
    whole = f"nl|{model.key(WHOLE)}"
    drivers = uncertainty.variance_shares(
        scenario.assumed, model, whole, settings, int(choices["potential_sobol_samples"])
    )
    drivers = drivers.join(scenario.assumed[["parameter", "strategy", "product_group", "value", "low", "high", "unit"]])
    sides = ["at_low", "at_high"]
    drivers[sides] = PERCENT * drivers[sides]
    at_value = PERCENT * float(_at_values(scenario, model)[whole][0])
    told = results.reset_index()
    told[["measure", "of"]] = told.result.str.split("|", expand=True)
    return Outlook(
        figures,
        {
            "outlook": told[~told.measure.str.contains("@")].drop(columns="result"),
            "drivers": rounded(drivers.assign(at_value=at_value)).reset_index(),
            "path": rounded(_path(published, scenario, model, results, years)),
        },
    )


def settings_of(choices: Mapping[str, float]) -> uncertainty.Settings:
    """How to draw, from the named choices of the register."""
    return uncertainty.Settings(
        draws=int(choices["potential_draws"]),
        seed=int(choices["potential_seed"]),
        middle_pct=choices["potential_range"],
        lognormal_pct=choices["lognormal_range"],
        pert_weight=choices["pert_weight"],
        confidence_pct=choices["potential_confidence"],
        bins=int(choices["potential_bins"]),
        pilot=int(choices["potential_pilot"]),
    )


def baselines(published: pd.DataFrame) -> pd.DataFrame:
    """The present emissions and value added of each product group: `co2_kt` and `value_added_meur`, by code."""
    table = {code: of(published, code, "product-group").value for code in (CO2, VALUE_ADDED)}
    found = pd.DataFrame(table)
    return found.set_axis([subject(key).product_group for key in found.index])


#: The whole of the industry among the results of a model; those of all product groups alike have no name.
WHOLE, ALIKE = "whole", ""


class Model:
    """A scenario as a function of its drawn assumptions: results `measure|of`, each with one number a draw.

    `of` is a product group with assumptions of its own, `ALIKE` for those without, a union of product groups, or `WHOLE`; where
    no product group has its own there is `ALIKE` alone, for everything. Besides the measures of `strategy.shares` there are
    `nl@7` and `cumulative@7` of year 7, and `cumulative` at the end of the term.
    """

    def __init__(self, scenario: Scenario, base: pd.DataFrame, unions: Mapping[str, list[str]], years: int):
        self.scenario, self.unions, self._names = scenario, unions, set(scenario.assumed.index)
        self.classes = [*([ALIKE] if set(base.index) - set(scenario.apart) else []), *scenario.apart]
        self._class = {group: group if group in scenario.apart else ALIKE for group in base.index}
        self._keys = list(dict.fromkeys((row.parameter, row.strategy) for row in scenario.assumed.itertuples()))
        self._wholes = {name: base.loc[groups] for name, groups in {**unions, WHOLE: list(base.index)}.items()}
        fixed = scenario.fixed
        self.term = fixed["term"]
        self.adopted = [adoption.adopted(scenario.curve, year, self.term, fixed) for year in range(1, years + 1)]

    def key(self, name: str) -> str | None:
        """Which `of` tells of a product group, union or the whole; None where only bounds can be told."""
        if len(self.classes) == 1:
            return self.classes[0]
        return self._class.get(name, name if name in self._wholes else None)

    def __call__(self, values: Mapping[str, object]) -> dict[str, object]:
        """The results for these values of the assumptions, by name."""
        found = {}
        for one in self.classes:
            found |= {f"{measure}|{one}": share for measure, share in self._of_class(values, one).items()}
        if len(self.classes) > 1:
            measures = [name.partition("|")[0] for name in found if name.endswith(f"|{self.classes[0]}")]
            for name, base in self._wholes.items():
                for measure in measures:
                    found[f"{measure}|{name}"] = self._mixed(found, measure, base)
        return found

    def _of_class(self, values: Mapping, product_group: str) -> dict:
        given = {}
        for key in self._keys:
            own = _name(*key, product_group)
            given[key] = values[own if own in self._names else _name(*key, ALIKE)]
        found = strategy.shares(given)
        running, at_term = 0.0, 0.0
        annual = {1.0: found["nl"]}
        for year, part in enumerate(self.adopted, start=1):
            if part not in annual:
                annual[part] = strategy.shares(given, part)["nl"]
            running = running + annual[part]
            found[f"nl@{year}"], found[f"cumulative@{year}"] = annual[part], running
            at_term = running if year <= self.term else at_term
        return found | {"cumulative": at_term}

    def _mixed(self, found: Mapping, measure: str, base: pd.DataFrame):
        """The share of a whole: of its parts, weighed with what they are shares of."""
        weights = base[VALUE_ADDED if measure in strategy.VALUE_ADDED else CO2]
        by_class = weights.groupby(self._class).sum() / weights.sum()
        return sum(weight * found[f"{measure}|{one}"] for one, weight in by_class.items())


def converged(results: pd.DataFrame, limit_pct: float) -> None:
    """That the draws settle each result: the error of the median and of both ends is at most so much of the range.

    Raises PartFailed with the worst result and both numbers.
    """
    errors = results[["low_error", "median_error", "high_error"]].max(axis=1)
    parts = (PERCENT * errors / (results.high - results.low)).where(results.high > results.low, 0.0)
    if parts.max() > limit_pct:
        raise PartFailed(
            f"too few draws: the error of {parts.idxmax().partition('|')[0]} is {parts.max():.2g}% of its range, "
            f"at most {limit_pct:g}% is allowed; raise potential_draws in data/assumptions.csv"
        )


def at_most_emissions(figures: pd.DataFrame, published: pd.DataFrame) -> None:
    """That no potential is more than the emissions that it acts on. Raises PartFailed with both numbers."""
    emissions = of(published, CO2)
    for code in ("co2_reduction_nl_kt", "co2_reduction_abroad_kt"):
        for key, row in of(figures, code).iterrows():
            if row.high > emissions.high[key] + 1e-9:
                raise PartFailed(
                    f"a potential is more than the emissions that it acts on: {ids(code, [key])[0]} is up to "
                    f"{row.high:.6g} kt, {ids(CO2, [key])[0]} is {emissions.value[key]:.6g} kt"
                )


@method("bounds-of-scenario", status="assumed", nl="alleen grenzen bekend", en="only bounds known")
def extremes(parts: pd.DataFrame) -> tuple[float, float]:
    """Bounds where product groups have assumptions of their own and the mix of a subject is not published: the least low and
    the greatest high of all product groups.
    """
    return float(parts.low.min()), float(parts.high.max())


def _figures(published: pd.DataFrame, model: Model, results: pd.DataFrame) -> pd.DataFrame:
    """The figures of every subject that has present emissions and value added."""
    rows = []
    for measure, (code, base_code) in INDICATORS.items():
        for key, base in of(published, base_code).iterrows():
            median, low, high, method = _share(model, results, measure, subject(key))
            inputs = tuple(ids(base_code, [key]))
            about = dict(zip(SUBJECT, key, strict=True)) | {"inputs": inputs, "method": method}
            sizes = [end * size for end in (low, high) for size in (base.low, base.high)]
            ends = {"value": median * base.value, "low": min(sizes), "high": max(sizes)}
            rows.append({"indicator": code} | about | ends)
            if measure in PERCENTAGES:
                ends = {"value": PERCENT * median, "low": PERCENT * low, "high": PERCENT * high}
                rows.append({"indicator": PERCENTAGES[measure][0]} | about | ends)
    return pd.DataFrame(rows)[[*FIGURE, "method"]]


def _share(model: Model, results: pd.DataFrame, measure: str, about) -> tuple[float, float, float, str]:
    """The median, low and high of a measure for a subject, and what they are made by."""
    name = about.product_group or about.cluster or (WHOLE if about.kind == "national" else "other")
    key = model.key(name)
    if key is None:
        parts = results.loc[[f"{measure}|{one}" for one in model.classes]]
        return float("nan"), *extremes(parts), method_of(extremes).id
    row = results.loc[f"{measure}|{key}"]
    return row["median"], row.low, row.high, method_of(uncertainty.simulate).id


def _path(published: pd.DataFrame, scenario: Scenario, model: Model, results: pd.DataFrame, years: int) -> pd.DataFrame:
    """The path in time: a row a subject and year, from year 0.

    Columns: `subject` (as in a fact id), `year`, `calendar` (0 without a start year), `adopted`, and the reduction in the
    Netherlands in kt, `annual` and `cumulative`, each with `_low` and `_high`.
    """
    start = int(scenario.fixed.get("start_year", 0))
    rows = []
    for key, base in of(published, CO2).iterrows():
        about = subject(key)
        name = model.key(about.product_group or about.cluster or (WHOLE if about.kind == "national" else "other"))
        if name is None:
            continue
        for year in range(years + 1):
            row = {"subject": about.path, "year": year, "calendar": start + year if start else 0}
            row["adopted"] = model.adopted[year - 1] if year else 0.0
            for kind, measure in (("annual", "nl"), ("cumulative", "cumulative")):
                found = (
                    results.loc[f"{measure}@{year}|{name}"] if year else dict.fromkeys(("median", "low", "high"), 0.0)
                )
                row[kind] = found["median"] * base.value
                row[f"{kind}_low"], row[f"{kind}_high"] = found["low"] * base.value, found["high"] * base.value
            rows.append(row)
    return pd.DataFrame(rows)


def difference(before: Scenario, after: Scenario, base: pd.DataFrame) -> pd.DataFrame:
    """What explains the difference in reduction in the Netherlands between two scenarios, at their values (LMDI, exact).

    A row is a product group and a group of strategies; the columns are what each factor contributes, in kt: `strategy`, what
    the strategies themselves take, and `rebound`, `share_abroad` and `policy_overlap`; `before` and `after` are the amounts.
    """
    old, new = (_factors(one, base) for one in (before, after))
    table = decomposition.contributions(old, new).drop(columns="emissions")
    return table.assign(before=old.prod(axis=1), after=new.prod(axis=1)).reset_index()


def _factors(scenario: Scenario, base: pd.DataFrame) -> pd.DataFrame:
    """The reduction in the Netherlands as a product of factors, by product group and group of strategies."""
    rows = {}
    found = strategy.potential(scenario.parameters, base).set_index(["product_group", "measure"]).share
    for group, emissions in base[CO2].items():
        own = strategy.of_group(scenario.parameters, group)
        left = {row.parameter: 1 - row.value for row in own[own.strategy == ALL].itertuples()}
        kept = [left[name] for name in ("rebound", "share_abroad", "policy_overlap")]
        here = kept[0] * kept[1] * kept[2]
        for one in LADDER:
            taken = found[group, f"nl {one}"] / here if here else 0.0
            rows[group, one] = [emissions, taken, *kept]
    columns = ["emissions", "strategy", "rebound", "share_abroad", "policy_overlap"]
    index = pd.MultiIndex.from_tuples(rows, names=["product_group", "strategies"])
    return pd.DataFrame(list(rows.values()), index=index, columns=columns, dtype=float)


def horizons(start_year: float, years: list[int]) -> list[int]:
    """How many years after the start the calendar years of the aims are."""
    return [int(year - start_year) for year in years if year > start_year]


def _years(scenario: Scenario, shown: int, calendar: list[int]) -> int:
    """How many years the path has: so many, and as many more as the horizons of a scenario with a start year ask for."""
    start = scenario.fixed.get("start_year")
    return max([shown, *(horizons(start, calendar) if start else [])])


def _at_values(scenario: Scenario, model: Model) -> dict:
    """The results at the values of all assumptions."""
    return model({name: pd.Series([float(value)]).to_numpy() for name, value in scenario.assumed.value.items()})


def _name(parameter: str, group: str, product_group: str) -> str:
    """An assumption by a name that no scenario is in: `life_ratio/life-extension/24`."""
    return "/".join(part for part in (parameter, group, product_group) if part)
