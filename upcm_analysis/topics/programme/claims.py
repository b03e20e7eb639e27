"""Projects: the potential that projects claim, added up without taking what is unknown for nothing."""

import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.methods import method
from upcm_analysis.vocabulary.figures import FIGURE, each_group

#: What a sheet gives by group of strategies, of which total, and what is left of that.
PARTS = ["project_co2_design_kt", "project_co2_life_kt", "project_co2_recycling_kt"]
TOTAL, REST, VALUE_ADDED = "project_co2_kt", "project_co2_unattributed_kt", "project_value_added_meur"
CLAIMS = [*PARTS, TOTAL, VALUE_ADDED]
#: The columns of the figures of projects and teams.
STEERED = [*FIGURE, "project", "team"]
BLANK = {"place": "NL", "cluster": "", "product_group": "", "scope": "", "project": "", "team": ""}
SIDES = ["value", "low", "high"]
#: The columns of a project of which several documents may each say something, to be taken together.
TOGETHER = ("effects", "r_steps")


def merged(documents: pd.DataFrame) -> pd.DataFrame:
    """Each project once: of every column what the first document says that says anything of it, in the order of the rows.

    Effects and R-strategies of all documents are taken together.
    """
    rows = []
    for name, own in each_group(documents, "project"):
        row = {column: next((text for text in own[column] if text), "") for column in own.columns}
        for column in TOGETHER:
            row[column] = " ".join(dict.fromkeys(code for text in own[column] for code in text.split()))
        rows.append({**row, "project": name, "source": " ".join(own.source)})
    return pd.DataFrame(rows, columns=documents.columns)


@method("rest-of-total", status="derived", nl="het totaal min de bekende delen", en="the total less the known parts")
def rest(figures: pd.DataFrame) -> pd.DataFrame:
    """What of each project's claim is in no group of strategies: the total less the known parts; an unknown part is left in.

    A row of `figures` is a figure with the `project` that it is of; low and high follow from rounding. An unknown total
    leaves an unknown rest.
    """
    rows = []
    for name, own in each_group(figures[figures.indicator.isin([TOTAL, *PARTS])], "project"):
        known = own[own.indicator.isin(PARTS) & own.value.notna()]
        whole = own[own.indicator == TOTAL]
        if whole.empty:
            continue
        ends = {
            "value": whole.value.iloc[0] - known.value.sum(),
            "low": whole.low.iloc[0] - known.high.sum(),
            "high": whole.high.iloc[0] - known.low.sum(),
        }
        inputs = tuple(fact_id(code, Subject(project=name)) for code in (TOTAL, *known.indicator))
        rows.append({**BLANK, "indicator": REST, "project": name, **ends, "inputs": inputs})
    return pd.DataFrame(rows, columns=STEERED)


@method(
    "claims-of-cluster",
    status="derived",
    nl="wat projecten van het cluster opgeven opgeteld",
    en="what projects of the cluster claim added up",
)
def by_cluster(figures: pd.DataFrame, clusters: dict[str, str]) -> pd.DataFrame:
    """What projects of a cluster claim together: the sum of what is known, and no upper bound where a claim is not known.

    `figures` are those of projects, `clusters` the cluster of each project. A figure that no project of a cluster gives is
    unknown, not zero. Clusters without a claim have no row.
    """
    claimed = figures[figures.indicator.isin([*CLAIMS, REST])]
    own = claimed.assign(cluster=claimed.project.map(clusters).fillna(""))
    silent = pd.Series(clusters).drop(claimed.project.unique(), errors="ignore")
    rows = []
    for (cluster, code), parts in each_group(own[own.cluster != ""], ["cluster", "indicator"]):
        known = parts[parts.value.notna()]
        ends = dict(zip(SIDES, known[SIDES].sum(skipna=False), strict=True)) if len(known) else dict.fromkeys(SIDES)
        if len(known) < len(parts) or cluster in set(silent):
            ends["high"] = None
        inputs = tuple(fact_id(code, Subject(project=name)) for name in parts.project)
        rows.append({**BLANK, "indicator": code, "cluster": cluster, **ends, "inputs": inputs})
    return pd.DataFrame(rows, columns=STEERED)


@method(
    "claims-of-all", status="derived", nl="wat alle projecten opgeven opgeteld", en="what all projects claim added up"
)
def of_all(figures: pd.DataFrame, projects: list[str]) -> pd.DataFrame:
    """What all projects claim together, as `by_cluster` says it of a cluster; claims that may count twice are in it twice."""
    return by_cluster(figures, dict.fromkeys(projects, "all")).assign(cluster="")


@method("count", status="derived", nl="geteld", en="counted")
def counted(projects: pd.DataFrame, code: str, teams: list[str], inputs: tuple) -> pd.DataFrame:
    """How many projects there are, in all and of each team. Those of which the team is unknown may be of any: `high`."""
    whole, unknown = len(projects), int((projects.team == "").sum())
    wholes: list[tuple[dict[str, str], int, int]] = [({}, whole, whole)]
    for team in teams:
        own = int((projects.team == team).sum())
        wholes.append(({"team": team}, own, own + unknown))
    rows = [
        {
            **BLANK,
            **about,
            "indicator": code,
            "value": float(least),
            "low": float(least),
            "high": float(most),
            "inputs": inputs,
        }
        for about, least, most in wholes
    ]
    return pd.DataFrame(rows, columns=STEERED)


def counted_twice(claims: pd.DataFrame) -> pd.DataFrame:
    """Product groups that several projects name: their claims may be about the same emissions, and be counted twice.

    A row of `claims` is one project: `project` and `product_groups`, apart by spaces. A row of the result is a product group
    (a class of the SBI, or the group that it is in) with the `projects` that name it.
    """
    named = claims.assign(product_group=claims.product_groups.str.split()).explode("product_group")
    divisions = named.assign(product_group=named.product_group.str.partition(".")[0])
    both = pd.concat([named, divisions]).dropna(subset="product_group")
    both = both.drop_duplicates(["project", "product_group"])
    found = both.groupby("product_group").project.agg(list)
    return found[found.map(len) > 1].map(", ".join).rename("projects").reset_index()


def nested(claiming: list[str], part_of: dict[str, str]) -> pd.DataFrame:
    """Of each project with a claim the others with one that it is a `part_of`, and those that are its `parts`, apart by spaces.

    `part_of` has of every project the project that it is a part of, or nothing. A claim of the whole may hold that of a part.
    """
    wholes = {name: _wholes(name, part_of) for name in claiming}
    rows = [
        (
            " ".join(other for other in claiming if other in wholes[name]),
            " ".join(other for other in claiming if name in wholes[other]),
        )
        for name in claiming
    ]
    return pd.DataFrame(rows, columns=["part_of", "parts"])


def _wholes(name: str, part_of: dict[str, str]) -> list[str]:
    """The project that this one is a part of, the project which that is a part of, and so on."""
    found = [name]
    while (name := part_of.get(name, "")) and name not in found:
        found.append(name)
    return found[1:]
