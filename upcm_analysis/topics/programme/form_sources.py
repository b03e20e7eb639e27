"""Forms that projects fill in, the impact sheet and the progress report: a row is one thing that a project says of itself.

Which parts a form has, and what each holds, is in `form_parts.csv`. An empty figure is unknown and not zero.
"""

import re

import pandas as pd

from factpress.codelists import codelist, entries
from factpress.errors import InputError
from factpress.home import shown
from factpress.indicators import indicator
from upcm_analysis.registers import sources
from upcm_analysis.registers.notation import number
from upcm_analysis.registers.tables import CELL, UNKNOWN, records
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.project_forms import PROGRESS, SHEET, SUMS

#: The columns of each form. `nl` and `en` are texts; who wrote in one language only is quoted in that.
FORMS = {
    SHEET: ["project", "part", "item", "horizon", "value", "unit", "nl", "en"],
    PROGRESS: ["project", "part", "item", "value", "unit", "planned", "actual", "nl", "en"],
}
#: The role of the sources that hold each form.
ROLES = {SHEET: "sheets", PROGRESS: "progress"}
#: What a part may hold that is no code of a list.
DATE, MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")
ITEMS = {"year": re.compile(r"\d{4}(-\d{4})?"), "sbi": re.compile(r"\d\d(\.\d{1,2})?")}
#: What could be read as markup by a browser or as a formula by a spreadsheet.
UNSAFE = re.compile(r"<[A-Za-z/!]|^[=+@]|^-\S")
#: Amounts that are together what was granted begin so.
GRANTED = "granted-"
TOTAL = "total"


def forms(edition: str, form: str) -> pd.DataFrame:
    """All registered rows of a form: its columns as text, with the `source` and the `line` that each is from.

    Raises InputError for the first that cannot be used.
    """
    parts, seen = [], {}
    for source in sources.registered(edition, ROLES[form]):
        found = records(source, FORMS[form])
        rows = pd.DataFrame([row for _, row in found])
        for index, column, expected in wrong(form, rows):
            raise InputError(
                "a form says what cannot be",
                file=shown(sources.raw_path(source)),
                row=found[index][0],
                column=column,
                found=rows.at[index, column] or "nothing",
                expected=expected,
            )
        for name in rows.project.unique():
            if seen.setdefault(name, source) != source:
                raise InputError(
                    "a project has the same form twice", file=shown(sources.raw_path(source)), column="project",
                    found=f"{name}, also in {seen[name]}", expected="each project in one table",
                    remedy="register only the later form",
                )  # fmt: skip
        parts.append(rows.assign(source=source, line=[line for line, _ in found]))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*FORMS[form], "source", "line"])


def cells(edition: str) -> pd.DataFrame:
    """Every number on the forms of an edition that is a figure, as `tables.cells` has them, with the `project` it is of.

    'At least 2' has the value 2 and no upper bound; of '100-500' only the ends are known.
    """
    figures, found = entries("sheet_figures"), []
    for form in FORMS:
        for row in forms(edition, form).to_dict("records"):
            listed = figures.get((form, row["part"], row["item"] or row["part"]))
            if listed is None:
                continue
            value, low, high = quantity(form, row, float(listed["half_unit"]))
            found.append(
                {
                    **{name: row[name] for name in ("source", "line", "project")},
                    "row": " ".join(filter(None, [row["project"], row["part"], row["item"]])),
                    "column": "value",
                    "part": 1,
                    "printed": row["value"],
                    "correction": "",
                    "place": "NL",
                    "cluster": "",
                    "product_group": "",
                    "indicator": listed["indicator"],
                    "value": value,
                    "low": low,
                    "high": high,
                    "unit": indicator(listed["indicator"]).unit,
                }
            )
    return pd.DataFrame(found, columns=CELL)


def amount(text: str, half: float = 0.0) -> tuple[float | None, float | None, float | None]:
    """Value, low and high of a number in Dutch notation, which may be unknown, a lower bound or a range.

    >>> amount("100.000"), amount(">=2"), amount("100-500"), amount("")
    ((100000.0, 100000.0, 100000.0), (2.0, 2.0, None), (None, 100.0, 500.0), (None, None, None))
    """
    if text in UNKNOWN:
        return None, None, None
    if at_least := re.fullmatch(r">=?\s*(.+)", text):
        least = _plain(at_least.group(1))
        return least, least, None
    if ends := re.fullmatch(r"([\d.,]+)\s*-\s*([\d.,]+)", text):
        low, high = map(_plain, ends.groups())
        if low > high:
            raise ValueError("a range that ends before it begins")
        return None, low, high
    value = _plain(text)
    return value, max(0.0, value - half), value + half


def unit(form: str, part: str, item: str) -> str:
    """The unit that a number on a form is taken in: of the figure that it is, else of its part; none where the form says it.

    >>> unit("sheet", "co2", "total"), unit("sheet", "volume", "a name of their own")
    ('ktCO2', '')
    """
    listed = entries("sheet_figures").get((form, part, item or part))
    return indicator(listed["indicator"]).unit if listed else entries("form_parts")[(form, part)]["unit"]


def quantity(form: str, row: dict, half: float = 0.0) -> tuple[float | None, float | None, float | None]:
    """The amount of a row in the unit that it is taken in, whatever unit it is written in.

    `half` is half of what it is rounded to; a number in a larger unit is known to half of its last digit.

    >>> quantity("sheet", {"part": "co2", "item": "total", "value": "1,5", "unit": "MtCO2"})
    (1500.0, 1500.0, 1500.0)
    """
    own = unit(form, row["part"], row["item"])
    if row["value"] in UNKNOWN or not own:
        return amount(row["value"], half)
    factor, decimals = units.factor(row["unit"], own), len(row["value"].partition(",")[2])
    written = amount(row["value"], half and max(half / factor, 0.5 * 10**-decimals if factor > 1 else 0))
    return tuple(end if end is None else factor * end for end in written)


def _plain(text: str) -> float:
    return number(text, len(text.partition(",")[2]))


def wrong(form: str, rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """What is wrong on filled-in forms: the row, the column, and what was expected; in the order of the rows.

    `rows` are texts in the columns of the form. Once single cells are right it is seen whether they go together: each thing
    said once, amounts that add up, gates in order, and no phase without the criteria of the phase before.
    """
    rows = rows.reset_index(drop=True)
    found = [(index, *one) for index, row in enumerate(rows.to_dict("records")) for one in _row(form, row)]
    if not found:
        found = _together(form, rows)
    return sorted(found, key=lambda one: one[0])


def _row(form: str, row: dict) -> list[tuple[str, str]]:
    """What is wrong in one row: the column, and what was expected."""
    parts = {part: spec for (name, part), spec in entries("form_parts").items() if name == form}
    found = []
    if row["project"] not in entries("projects"):
        found.append(("project", "one of " + ", ".join(entries("projects"))))
    if row["part"] not in parts:
        return [*found, ("part", "one of " + ", ".join(parts))]
    spec = parts[row["part"]]
    for column, expected in (
        ("item", _item(spec["item"], row["item"])),
        ("value", _value(spec["value"], row)),
        ("unit", _unit(form, spec["value"], row)),
    ):
        if expected:
            found.append((column, expected))
    if form == SHEET:
        horizons = entries("horizons")
        if row["horizon"] not in (horizons if spec["horizon"] == "yes" else [""]):
            found.append(("horizon", "one of " + ", ".join(horizons) if spec["horizon"] == "yes" else "nothing"))
    else:
        for column in ("planned", "actual"):
            if row[column] and not _is_day(row[column]):
                found.append((column, "a month or a date, such as 2021-05 or 2021-05-31, or nothing"))
    if spec["text"] == "required" and not (row["nl"] or row["en"]):
        found.append(("nl", "a text"))
    for column in ("item", "value", "unit", "nl", "en"):
        if UNSAFE.search(row[column]):
            found.append((column, "a text without markup, that does not begin as a formula"))
    return found


def _item(kind: str, text: str) -> str:
    """What was expected as the item of a part; nothing where it is right."""
    if kind in ITEMS:
        return "" if ITEMS[kind].fullmatch(text) else {"year": "a year, or two", "sbi": "an SBI code"}[kind]
    if kind == "functions":
        known = [code for _, code in entries("functions")]
    elif kind in ("", "free"):
        return "" if kind or not text else "nothing"
    else:
        known = list(entries(kind)) + ([""] if kind == "guide_criteria" else [])
    return "" if text in known else "one of " + ", ".join(filter(None, known))


def _value(kind: str, row: dict) -> str:
    """What was expected as the value of a part; nothing where it is right."""
    text, known = row["value"], _codes(kind)
    if text in known or (not text and kind != "clusters") or kind == "text":
        return ""
    if kind == "date" and DATE.fullmatch(text) and _is_day(text):
        return ""
    if kind == "month" and MONTH.fullmatch(text) and _is_day(text):
        return ""
    if "number" in kind:
        try:
            amount(text)
        except ValueError as problem:
            return f"a number in Dutch notation, such as 1.234,5, >=2 or 100-500 ({problem})"
        if row["part"] == "ready" and not _unit(PROGRESS, kind, row):
            value = quantity(PROGRESS, row)[0]
            return "" if value is not None and 0 <= value <= 100 else "a percentage from 0 to 100"
        return ""
    expected = {"": "nothing", "date": "a date such as 2020-10-15", "month": "a month such as 2021-12"}
    return expected.get(kind, "one of " + ", ".join(known))


def _codes(kind: str) -> list[str]:
    """The codes that a value may be."""
    lists = [name for name in kind.split(" or ") if name not in ("", "number", "date", "month", "text")]
    return [code for name in lists for code in entries(name)]


def _unit(form: str, kind: str, row: dict) -> str:
    """What was expected as the unit of a number; nothing where it is right, or where there is no number."""
    if not is_number(kind, row["value"]):
        return ""
    own, known = unit(form, row["part"], row["item"]), entries("units")
    if not own:
        return "" if row["unit"] else "the unit of the number"
    if row["unit"] in known and units.converts(row["unit"], own):
        return ""
    return "one of " + ", ".join(code for code in known if units.converts(code, own))


def is_number(kind: str, text: str) -> bool:
    """Whether a value of this kind is there, and is a number and not a code."""
    return "number" in kind and text not in (*UNKNOWN, *_codes(kind))


def _is_day(text: str) -> bool:
    return bool(DATE.fullmatch(text) or MONTH.fullmatch(text)) and pd.notna(pd.to_datetime(text, errors="coerce"))


def _together(form: str, rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """What is wrong between the rows of one project."""
    found = []
    for _, own in rows.groupby("project", sort=False):
        found += _repeated(form, own)
        found += _too_much(own) if form == SHEET else [*_unbalanced(own), *_out_of_order(own), *_unfounded(own)]
    return found


def _repeated(form: str, own: pd.DataFrame) -> list[tuple[int, str, str]]:
    """What a project says twice."""
    once = [part for (name, part), spec in entries("form_parts").items() if name == form and spec["many"] == "no"]
    valued = [
        part for (name, part), spec in entries("form_parts").items() if name == form and spec["text"] == "optional"
    ]
    found = [(row, "part", "once for a project") for row in own.index[own.part.isin(once) & own.duplicated("part")]]
    keys = ["part", "item", *(["horizon"] if form == SHEET else [])]
    twice = own.part.isin(valued) & ~own.part.isin(once) & own.duplicated(keys)
    same = own.duplicated(["part", "nl", "en", *keys[1:]]) & ~twice
    return found + [
        (row, "item", "each once for a project") for row in own.index[(twice | same) & ~own.part.isin(once)]
    ]


def _too_much(own: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Where the parts of the CO2 of a sheet are together more than its total."""
    parts = own[own.part == "co2"]
    known = {row["item"]: quantity(SHEET, row)[0] for row in parts.to_dict("records")}
    total = known.pop(TOTAL, None)
    together = sum(value for value in known.values() if value is not None)
    # The slack is for the last bits of binary fractions such as 0.1 + 0.2, not for the figures.
    if total is None or together <= total + 1e-9 * max(total, 1):
        return []
    return [(parts.index[parts.item == TOTAL][0], "value", f"at least {together:g}, the groups of strategies together")]


def _unbalanced(own: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Amounts of money that are not the sum that they stand for; what is unknown balances nothing."""
    parts = own[own.part == "finance"]
    known = {row["item"]: quantity(PROGRESS, row)[0] for row in parts.to_dict("records")}
    sums = dict(SUMS)
    if granted := [item for item in known if item.startswith(GRANTED)]:
        sums["granted"] = tuple(granted)
    found = []
    for whole, terms in sums.items():
        values = [known.get(term.removeprefix("-")) for term in terms]
        if known.get(whole) is None or None in values:
            continue
        expected = sum(-value if term[0] == "-" else value for term, value in zip(terms, values, strict=True))
        if abs(known[whole] - expected) > 0.005:
            said = " ".join(term if term[0] == "-" else f"+{term}" for term in terms).removeprefix("+")
            found.append((parts.index[parts.item == whole][0], "value", f"{expected:g}, which is {said}"))
    return found


def _out_of_order(own: pd.DataFrame) -> list[tuple[int, str, str]]:
    """Gates that are planned or passed before an earlier gate is."""
    gates = own[own.part == "milestone"]
    gates = gates.loc[gates["item"].map(codelist("guide_gates").number.astype(int)).sort_values(kind="stable").index]
    found = []
    for column in ("planned", "actual"):
        dated = gates[gates[column] != ""]
        for before, after in zip(dated.index, dated.index[1:], strict=False):
            if pd.to_datetime(dated.at[after, column]) < pd.to_datetime(dated.at[before, column]):
                earlier = f"{dated.at[before, 'item']} ({dated.at[before, column]})"
                found.append((after, column, f"no date before that of {earlier}"))
    return found


def _unfounded(own: pd.DataFrame) -> list[tuple[int, str, str]]:
    """A phase that is claimed while that before it is neither finished nor has all its criteria done."""
    claimed = own[own.part == "phase"]
    order = codelist("guide_phases").number.astype(int).sort_values(kind="stable")
    for index, phase in claimed["value"].items():
        if not phase or order[phase] == order.min():
            continue
        before = order.index[list(order.index).index(phase) - 1]
        criteria = codelist("guide_criteria")
        needed = set(criteria.index[criteria.phase == before])
        done = set(own["item"][own.part == "done"])
        if before not in set(own["item"][own.part == "finished"]) and not needed <= done:
            missing = ", ".join(sorted(needed - done))
            return [(index, "value", f"{before}, until that is finished or its criteria are done: {missing}")]
    return []
