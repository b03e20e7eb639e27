"""The portfolio: where projects are, and where none is.

What a document does not say of a project stays unknown, and a place without projects is only empty as far as is known.
"""

from itertools import product

import pandas as pd

from factpress.codelists import codelist
from upcm_analysis.vocabulary.figures import each_row

#: A row says that a project is at a place of a dimension (`code` empty: not known where), and on what that rests.
PLACED = ["dimension", "code", "project", "basis"]
DIMENSIONS = ("team", "pillar", "cluster", "horizon", "r_step", "effect")
#: On what the place of a project rests.
STATED, SHEET, TEAM = "stated", "sheet", "team"
#: The state of a place in the matrix of clusters, functions and groups of R-strategies.
COVERED, LOW, UNKNOWN, EMPTY = "covered", "low", "unknown", "empty"


def placed(projects: pd.DataFrame, sheets: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Where each project is: rows of `PLACED`, one or more for every project and dimension.

    `projects` are rows as `claims.merged` gives them, `sheets` the rows of impact sheets, `teams` the code list with the
    pillar and decision horizon of each. The horizons of a project are those of its sheet, and without one that of its team.
    """
    rows = []
    for project in projects.to_dict("records"):
        name, team = project["project"], project["team"]
        own = sheets[sheets.project == name]
        horizons = list(dict.fromkeys(own.horizon[own.horizon != ""]))
        listed = {
            "team": ([team], STATED),
            "pillar": ([teams.pillar.get(team, "")], TEAM),
            "cluster": ([project["cluster"]], STATED),
            "horizon": (horizons, SHEET) if horizons else ([teams.horizon.get(team, "")], TEAM),
            "r_step": (project["r_steps"].split() or [""], STATED),
            "effect": (project["effects"].split() or [""], STATED),
        }
        for dimension, (codes, basis) in listed.items():
            rows += [(dimension, code, name, basis if code else "") for code in codes]
    return pd.DataFrame(rows, columns=PLACED)


def coverage(
    projects: pd.DataFrame, given: pd.DataFrame, groups: pd.DataFrame, stimulating: list[str], unknown: str
) -> pd.DataFrame:
    """Every cluster, innovation function and group of R-strategies, with the projects that are there.

    `given` are contributions of projects to functions (`project`, `function`, `level`: `stimulating` are the levels that count,
    `unknown` is no level); a row of `groups` is a group of R-strategies that a project works on. A row of the result is one
    combination: `covered` where a project contributes, `low` where one contributes little, `unknown` where a project is there
    of which that is not known, else `empty`. Without a cluster, or a group, are the projects of which that is not known.
    """
    levels = {(row.project, row.function): row.level for row in each_row(given) if row.level != unknown}
    clusters, functions = [*codelist("clusters").index, ""], codelist("functions").index.get_level_values(1)
    untold = projects.project[~projects.project.isin(groups.project)]
    groups = pd.concat([groups, pd.DataFrame({"project": untold, "r_group": ""})])
    rows = []
    for cluster, function, group in product(
        clusters, functions, [*dict.fromkeys(codelist("r_strategies").upcm_group), ""]
    ):
        among = set(groups.project[groups.r_group == group])
        here = [name for name in projects.project[projects.cluster == cluster] if name in among]
        strong = [name for name in here if levels.get((name, function)) in stimulating]
        silent = [name for name in here if (name, function) not in levels]
        state = COVERED if strong else UNKNOWN if silent else LOW if here else EMPTY
        rows.append((cluster, function, group, state, " ".join(strong or here)))
    return pd.DataFrame(rows, columns=["cluster", "function", "r_group", "state", "projects"])
