"""Projects: the potential that projects claim, added up without taking what is unknown for nothing."""

import pandas as pd

from upcm_analysis.method.figures import FIGURE, SUBJECT, ids, of

#: What a sheet gives by group of strategies, of which total, and what is left of that.
PARTS = ["project_co2_design_kt", "project_co2_life_kt", "project_co2_recycling_kt"]
TOTAL, REST, VALUE_ADDED = "project_co2_kt", "project_co2_unattributed_kt", "project_value_added_meur"
CLAIMS = [*PARTS, TOTAL, VALUE_ADDED]
#: What is claimed as a part of the potential of the cluster.
OF_POTENTIAL = "project_co2_of_potential_pct"


def unattributed(claims: pd.DataFrame) -> pd.DataFrame:
    """What of each project's claim is in no group of strategies that its sheet gives a figure for.

    A row of `claims` is one project: `project`, `cluster`, `product_groups` (as the sheet has them, with spaces) and the
    claims in kt or million euro a year, missing where unknown. Adds `REST`, the total less the known parts, and `unknown`,
    which parts are not known: the rest may be theirs, in whole or in part.
    """
    known = claims[PARTS].fillna(0).sum(axis=1)
    unknown = [", ".join(part for part in PARTS if pd.isna(row[part])) for _, row in claims.iterrows()]
    return claims.assign(**{REST: claims[TOTAL] - known}, unknown=unknown)


def rest(figures: pd.DataFrame) -> pd.DataFrame:
    """What projects claim in total, less what their sheets give by group of strategies; an unknown part is left in the rest.

    A row is a subject with a total; low and high follow from rounding.
    """
    rows = []
    for key, total in of(figures, TOTAL).iterrows():
        parts = [(code, of(figures, code).loc[key]) for code in PARTS]
        known = [(code, part) for code, part in parts if pd.notna(part.value)]
        ends = {
            "value": total.value - sum(part.value for _, part in known),
            "low": total.low - sum(part.high for _, part in known),
            "high": total.high - sum(part.low for _, part in known),
        }
        names = [name for code in (TOTAL, *(code for code, _ in known)) for name in ids(code, [key])]
        rows.append({"indicator": REST, **dict(zip(SUBJECT, key, strict=True)), **ends, "inputs": tuple(names)})
    return pd.DataFrame(rows, columns=FIGURE)


def counted_twice(claims: pd.DataFrame) -> pd.DataFrame:
    """Product groups that several projects name: their claims may be about the same emissions, and be counted twice.

    A row is a product group (a class of the SBI, or the group that it is in) with the `projects` that name it.
    """
    named = claims.assign(product_group=claims.product_groups.str.split()).explode("product_group")
    divisions = named.assign(product_group=named.product_group.str.partition(".")[0])
    both = pd.concat([named, divisions]).drop_duplicates(["project", "product_group"])
    found = both.groupby("product_group").project.agg(list)
    return found[found.str.len() > 1].map(", ".join).rename("projects").reset_index()
