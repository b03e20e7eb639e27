"""Causes: why facts differ between two editions, from what is on record of both.

Nothing is guessed: named is everything that a fact rests on (see `record_sources`) and that differs. Several things can hold
at once; whether each by itself would have moved the fact is not told. Where nothing on record differs the cause is not known.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

import pandas as pd

from factpress.indicators import base
from factpress.methods import PRINTED
from upcm_analysis.topics.editions.compare import compare
from upcm_analysis.topics.editions.sides import Record, Side

#: Why facts can differ, in the order that it is told; `unknown` where nothing that is on record differs.
KINDS = ("data", "correction", "assumption", "method", "code list", "unknown")
#: How many cells of one source, or rows of one code list, are named one by one; of more their number.
FEW = 3
#: What is known of a change besides what `compare` says, and of a thing that differs.
COLUMNS = ["kind", "group", "what", "then", "now", "facts", "group_facts"]
READ = PRINTED
#: The code lists whose rows are parts of the name of a fact.
SUBJECTS = ("provinces", "clusters", "product_groups")


class Cause(NamedTuple):
    """Something that differs between two editions: its kind, its name, and what it was and is where that can be said."""

    kind: str
    what: str
    then: str = ""
    now: str = ""


def explained(before: Side, after: Side, choices: Mapping[str, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What changed between two editions and why: the rows of `compare`, and a row a thing that differs.

    Of each fact `why` has the kinds of cause (`KINDS`) and `causes` what they are. The second table has the columns `kind`,
    `what`, what it was `then` and is `now`, the `group` that it is told with where there are many (a source, a code
    list), and how many `facts` that are new, gone or changed rest on it, and on any of its group (`group_facts`).
    """
    changes = compare(before.facts, after.facts, choices)
    then, now = before.record, after.record
    of_facts = _Causes(before, after, then, now, changes).of_all() if then and now else [_NOTHING] * len(changes)
    changes["why"] = [", ".join(kind for kind in KINDS if any(one.kind == kind for one in found)) for found in of_facts]
    changes["causes"] = ["; ".join(_named(found)) for found in of_facts]
    counts = Counter(chain.from_iterable(of_facts))
    groups = Counter(chain.from_iterable({_group(one)[:2] for one in found} for found in of_facts))
    order = sorted(counts, key=lambda one: (KINDS.index(one.kind), -counts[one], one))
    rows = [(one.kind, _group(one)[1], *one[1:], counts[one], groups[_group(one)[:2]]) for one in order]
    return changes, pd.DataFrame(rows, columns=COLUMNS)


_NOTHING = frozenset([Cause("unknown", "")])


def _named(found: Iterable[Cause]) -> list[str]:
    """Causes in words, by kind and in order of name; of many cells of one source, or rows of one code list, their number."""
    found = sorted(found, key=lambda one: (KINDS.index(one.kind), one.what))
    groups = Counter(_group(one) for one in found)
    told = []
    for one in found:
        group = _group(one)
        what = f"{group[1]} ({groups[group]} {group[2]})" if groups[group] > FEW else one.what
        told.append(f"{one.kind}: {what}" if what else one.kind)
    return list(dict.fromkeys(told))


def _group(one: Cause) -> tuple[str, str, str]:
    """What many causes are named together as: cells of one source, rows of one code list; of others each by itself."""
    if one.kind == "code list":
        return one.kind, one.what.partition("/")[0], "rows"
    return one.kind, _source(one.what), "cells"


class _Causes:
    """Of each fact of `changes` what it rests on that differs between two editions that both have a record."""

    def __init__(self, before: Side, after: Side, then: Record, now: Record, changes: pd.DataFrame):
        self.before, self.after = before, after
        self.then, self.now = then, now
        rows = changes.set_index("fact_id")[["unit_before", "unit_after", "what"]].to_dict("index")
        self.moved = {str(name): row for name, row in rows.items()}
        self._rows = {name: self._changed_rows(name) for name in self.then.lists.keys() | self.now.lists.keys()}
        self._assumptions = self._changed_assumptions()
        self._code = self._changed_code()
        self._cells = self._changed_cells()
        self._of_cells: dict[str, frozenset[Cause]] = {}
        self._of_others: dict[str, frozenset[Cause]] = {}

    def of_all(self) -> list[frozenset[Cause]]:
        """The causes of each fact; what all share where nothing else differs, and `unknown` where that does not either."""
        then, now = self.then.shared, self.now.shared
        names = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
        shared = frozenset(Cause("method", name, then.get(name, ""), now.get(name, "")) for name in names)
        return [self._from_cells(name) | self._from_others(name) or shared or _NOTHING for name in self.moved]

    # What differs between the two

    def _changed_rows(self, name: str) -> dict[str, Cause]:
        """The rows of a code list that differ, by their keys."""
        then, now = self.then.lists.get(name, {}), self.now.lists.get(name, {})
        return {
            key: Cause("code list", f"{name}/{key}".rstrip("/"), *_told(then.get(key), now.get(key)))
            for key in then.keys() | now.keys()
            if then.get(key) != now.get(key)
        }

    def _changed_assumptions(self) -> dict[str, Cause]:
        then, now = self.then.assumptions, self.now.assumptions
        return {
            name: Cause("assumption", name, *_told(then.get(name), now.get(name)))
            for name in then.keys() | now.keys()
            if then.get(name) != now.get(name)
        }

    def _changed_code(self) -> dict[str, list[Cause]]:
        """Of each method the topic that it is of, where the code of that differs or the method is of another."""
        found = {}
        for method in self.then.methods.keys() | self.now.methods.keys():
            names = {record.methods[method] for record in (self.then, self.now) if method in record.methods}
            codes = {
                name: [record.topics.get(name, {}).get("code") for record in (self.then, self.now)] for name in names
            }
            moved = [name for name, (then, now) in codes.items() if len(names) > 1 or then != now]
            found[method] = [Cause("method", name) for name in sorted(moved)]
        return found

    def _changed_cells(self) -> dict[str, list[Cause]]:
        """Of each cell that is not as it was what differs: what is printed, how it is corrected, what it stands for.

        A cell of a table that is new is compared with that about the same in a table that is gone, where there is one.
        """
        gone = {cell[1]: cell for name, cell in self.then.cells.items() if _source(name) not in self.now.sources}
        new = {cell[1]: cell for name, cell in self.now.cells.items() if _source(name) not in self.then.sources}
        found = {}
        for name in self.then.cells.keys() | self.now.cells.keys():
            then, now = self.then.cells.get(name), self.now.cells.get(name)
            known = _source(name) in self.then.sources and _source(name) in self.now.sources
            if not known and now is None and then and then[1] in new:
                continue  # told of the cell that came in its place
            if not known and now:
                then = gone.get(now[1])
            causes = [*self._printed(name, then, now), *self._corrected(then, now)]
            if known and (then or [""] * 3)[1:3] != (now or [""] * 3)[1:3]:
                causes += self._listed(name)
            if then and now and then[2] != now[2]:
                causes = causes or self._code.get(READ, [])
            if causes:
                found[name] = causes
        return found

    def _printed(self, name: str, then: list | None, now: list | None) -> list[Cause]:
        """That a cell is printed otherwise; or that it is new or gone, with a change of its table."""
        if then and now:
            return [Cause("data", name, then[0], now[0])] if then[0] != now[0] else []
        other = self.then.sources.get(_source(name)) != self.now.sources.get(_source(name))
        return [Cause("data", name, then[0] if then else "", now[0] if now else "")] if other else []

    def _corrected(self, then: list | None, now: list | None) -> list[Cause]:
        """The corrections of a cell that are new, gone or another than they were."""
        names = sorted({*(then or [])[3:], *(now or [])[3:]})
        before, after = self.then.corrections, self.now.corrections
        return [
            Cause("correction", name, *_told(before.get(name), after.get(name)))
            for name in names
            if before.get(name) != after.get(name)
        ]

    def _listed(self, name: str) -> list[Cause]:
        """The rows of code lists that say what a cell is about and that differ: of its row and of its column."""
        source, _, rest = name.removesuffix("]").partition("[")
        row, column, *part = rest.split(" | ")
        renamed = {
            one["expect"]: one["becomes"]
            for record in (self.then, self.now)
            for one in record.corrections.values()
            if one["source"] == source and one["change"] != "cell"
        }
        keys = {
            "published_rows": f"{source}|{renamed.get(row, row)}",
            "published_columns": f"{source}|{renamed.get(column, column)}|{part[0] if part else 1}",
        }
        return [self._rows[table][key] for table, key in keys.items() if key in self._rows[table]]

    # What a fact rests on

    def _from_cells(self, name: str) -> frozenset[Cause]:
        """What differs in the cells that a fact rests on in the end, whichever facts lie between."""
        if name not in self._of_cells:
            self._of_cells[name] = frozenset()  # what names itself ends here
            inputs = self._inputs(name)
            own = frozenset(chain(*(self._cells.get(part, ()) for part in inputs), self._prevailing(inputs)))
            facts = [part for part in inputs if "[" not in part]
            self._of_cells[name] = own.union(*(self._from_cells(part) for part in facts))
        return self._of_cells[name]

    def _prevailing(self, inputs: tuple[str, ...]) -> list[Cause]:
        """What differs in which source prevails, of the sources of these cells."""
        read = {_source(part) for part in inputs if "[" in part}
        return [cause for key, cause in self._rows.get("prevailing", {}).items() if read & set(key.split("|"))]

    def _from_others(self, name: str) -> frozenset[Cause]:
        """What else differs of what a fact rests on, through the facts it was made of that moved themselves."""
        if name not in self._of_others:
            self._of_others[name] = frozenset()
            inputs = [part for part in self._inputs(name) if part in self.moved]
            own = frozenset([*self._of_name(name), *self._of_method(name)])
            self._of_others[name] = own.union(*(self._from_others(part) for part in inputs))
        return self._of_others[name]

    def _inputs(self, name: str) -> tuple[str, ...]:
        """What a fact was made of in either edition.

        A release keeps no inputs. Of a fact that is gone since it is the indicator itself.
        """
        known = (*self.before.inputs.get(name, ()), *self.after.inputs.get(name, ()))
        code, about = name.partition("/")[::2]
        return known or ((f"{base(code)}/{about}",) if base(code) != code else ())

    def _of_name(self, name: str) -> list[Cause]:
        """The rows of code lists that differ and that a fact is named by: its indicator, unit, place, cluster and group."""
        row, code = self.moved[name], name.partition("/")[0]
        keys = [
            ("indicators", base(code)),
            ("units", row["unit_before"]),
            ("units", row["unit_after"]),
            ("units.txt", ""),
        ]
        keys += [("forms", form) for form in self._rows.get("forms", {}) if f"_{form}" in code]
        if "warnings" in row["what"]:
            keys += [("warning_rules", key) for key in self._rows["warning_rules"]]
        slug = name.partition("@")[0].rpartition("/")[2]
        for table in SUBJECTS:
            keys += [(table, key) for key, cause in self._rows.get(table, {}).items() if _is_about(slug, key, cause)]
        return [self._rows[table][key] for table, key in dict.fromkeys(keys) if key in self._rows.get(table, {})]

    def _of_method(self, name: str) -> list[Cause]:
        """What differs of the topic of the method that made a fact, and of the assumptions and code lists that this uses."""
        method = self.after.methods.get(name) or self.before.methods.get(name)
        if method is None or (method == READ and self._from_cells(name)):
            return []
        records, scenario = (self.then, self.now), name.partition("@")[2]
        topics = {record.methods[method] for record in records if method in record.methods}
        lists = {one for record in records for topic in topics for one in record.topics.get(topic, {}).get("lists", ())}
        return [
            *self._code.get(method, []),
            *(cause for one, cause in self._assumptions.items() if {method, *topics} & self._used_in(one, scenario)),
            *(cause for table in sorted(lists) for cause in self._rows.get(table, {}).values()),
        ]

    def _used_in(self, assumption: str, scenario: str) -> set[str]:
        """The methods and topics that use an assumption, in either edition, if it is one of all scenarios or of this one."""
        rows = [record.assumptions.get(assumption) for record in (self.then, self.now)]
        own = [row for row in rows if row and row.get("scenario", "") in ("", scenario)]
        return {name for row in own for name in row["used_in"].split()}


def _source(cell: str) -> str:
    """The source that a cell is in, by the name of the cell."""
    return cell.partition("[")[0]


def _is_about(slug: str, key: str, cause: Cause) -> bool:
    """Whether the subject with this slug is, or is in, what the row of a code list is about."""
    names = {key, *(text.partition("slug ")[2].partition(",")[0] for text in (cause.then, cause.now))} - {""}
    return any(slug == name or slug.startswith(f"{name}-") or slug.endswith(f"-{name}") for name in names)


def _told(then: dict | None, now: dict | None) -> tuple[str, str]:
    """What an entry of a record was and is, as far as the two differ."""
    then, now = then or {}, now or {}
    differing = [
        name for name in [*then, *(name for name in now if name not in then)] if then.get(name) != now.get(name)
    ]
    was, is_ = (", ".join(f"{name} {one[name]}" for name in differing if name in one) for one in (then, now))
    return was, is_
