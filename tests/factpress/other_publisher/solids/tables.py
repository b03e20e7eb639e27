"""The tables of an edition: what was counted, the totals, shares of those, and Euler's number."""

from pathlib import Path

import pandas as pd

from factpress.cells import cell_name
from factpress.dimensions import Subject, fact_id
from factpress.editions import PUBLISHED
from factpress.facts import NUMBERS, Facts, columns, schema
from factpress.home import home
from factpress.indicators import indicator
from factpress.methods import SEPARATOR, Method, method, method_of

SOURCE, COUNTED = "counted/solids", ("faces", "edges", "vertices")


def folder(edition: str) -> Path:
    """Return the folder of the tables of an edition."""
    return home() / "data" / "processed" / edition


def write(edition: str) -> Path:
    """Write the tables of an edition; return their folder."""
    cells, place = _cells(), folder(edition)
    facts = [_counted(cell) for cell in cells]
    for code in COUNTED:
        own = [fact for fact in facts if fact["indicator"] == code]
        facts += [_total(own), *(_share(fact, own) for fact in own)]
    facts += [_euler(facts, solid) for solid in dict.fromkeys(cell["solid"] for cell in cells)]
    table = pd.DataFrame(facts).assign(edition=edition)[columns()].sort_values("fact_id", ignore_index=True)
    table = table.astype({name: float if name in NUMBERS else object for name in columns()})
    used = [method_of(one) for one in (_counted, _total, _share, _euler)]
    place.mkdir(parents=True, exist_ok=True)
    Facts(schema().validate(table)).write(place / "facts.csv")
    for name, rows in (("cells", cells), ("methods", map(_described, used))):
        pd.DataFrame(rows).to_csv(place / f"{name}.csv", index=False)
    pd.DataFrame(columns=["check", "subject", "state"]).to_csv(place / "findings.csv", index=False)
    return place


def _cells() -> list[dict]:
    """Return each printed number with where it stands and what it is of."""
    table = pd.read_csv(home() / "data" / "solids.csv")
    return [
        {
            "source": SOURCE,
            "line": line,
            "row": row["Solid"],
            "column": column,
            "part": 1,
            "printed": str(row[column]),
            "correction": "",
            "solid": row["Solid"].lower(),
            "indicator": column.lower(),
        }
        for line, row in enumerate(table.to_dict("records"), start=2)
        for column in table.columns[1:]
    ]


@method("as-printed", status="published", nl="zo geteld", en="as counted")
def _counted(cell: dict) -> dict:
    """What was counted."""
    name = cell_name(cell["row"], cell["column"], cell["part"], cell["source"])
    return _fact(_counted, cell["indicator"], cell["solid"], float(cell["printed"]), [name])


@method("total", status="derived", nl="som", en="sum")
def _total(own: list[dict]) -> dict:
    """The sum over all solids."""
    return _fact(_total, own[0]["indicator"], "", sum(one["value"] for one in own), [one["fact_id"] for one in own])


@method("share", status="derived", nl="deel van het totaal", en="part of the total")
def _share(fact: dict, own: list[dict]) -> dict:
    """100 times the number of a solid, divided by the sum over all."""
    whole = _total(own)
    value = 100 * fact["value"] / whole["value"]
    return _fact(_share, f"{fact['indicator']}_share", fact["solid"], value, [fact["fact_id"], whole["fact_id"]])


@method("euler", status="derived", nl="formule van Euler", en="Euler's formula")
def _euler(facts: list[dict], solid: str) -> dict:
    """Vertices minus edges plus faces."""
    own = {one["indicator"]: one for one in facts if one["solid"] == solid}
    value = own["vertices"]["value"] - own["edges"]["value"] + own["faces"]["value"]
    return _fact(_euler, "euler", solid, value, [own[code]["fact_id"] for code in COUNTED])


def _fact(made_by, code: str, solid: str, value: float, inputs: list[str]) -> dict:
    """Return a fact as a row of the table, but for its edition."""
    own = method_of(made_by)
    return {
        "fact_id": fact_id(code, Subject(solid=solid)),
        "indicator": code,
        "solid": solid,
        **dict.fromkeys(("value", "low", "high"), value),
        "unit": indicator(code).unit,
        "status": own.status,
        "sign": "",
        "method": own.id,
        "inputs": SEPARATOR.join(inputs),
        "warnings": "",
        "scenario": PUBLISHED,
    }


def _described(one: Method) -> dict:
    """Return a method as a row of the table of methods."""
    names = {f"name_{language}": label for language, label in one.label.items()}
    return {"method": one.id, **names, "status": one.status, "formula": one.formula, "function": one.function}
