"""What is known of regions besides the published tables: by a user, and what point sources are compared with.

What a user knows are figures of parts of the industry in places, and a concordance. Both are raw files with a role of their own
in the register, and are not published. None belongs to the repository itself.
"""

import pandas as pd

from factpress.codelists import codelist
from factpress.errors import InputError, UnknownName
from factpress.home import shown
from upcm_analysis.registers import sources, tables
from upcm_analysis.registers.assumptions import chosen_indicator
from upcm_analysis.registers.notation import number
from upcm_analysis.registers.tables import records
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.published import POINT_SOURCES
from upcm_analysis.vocabulary.subjects import clusters, grounds_of, groups_of

#: The columns of a table with known figures, and of a concordance.
FIGURES = ["indicator", "place", "cluster", "sbi", "low", "high"]
CONCORDANCE = ["sbi", "cluster", "share_pct"]
#: What stands for a whole table among the cells that facts rest on: what is in it is not published.
ROLES = ("known", "concordance")
#: An independent national figure of a product group, and the `cell` that it is printed in.
GROUND = ["product_group", "low", "value", "high", "cell"]


def grounds(edition: str) -> pd.DataFrame:
    """Return the independent national figures that point sources may be compared with, in the unit of CO2.

    One that no table of the edition has is no ground, nor is there one for sources of which none is listed: what is not known
    to be covered is not.
    """
    rows, others = [], tables.cells(edition, "comparison")
    for group, ground in grounds_of(chosen_indicator("anchored_sources")).iterrows():
        found = others[(others.indicator == ground.national) & (others.product_group == ground.industry)]
        for name, row in zip(tables.cell_names(found), found.itertuples(), strict=True):
            factor = units.conversion(POINT_SOURCES, ground.national)
            rows.append((group, factor * row.low, factor * row.value, factor * row.high, name))
    return pd.DataFrame(rows, columns=GROUND)


def cells(edition: str) -> pd.DataFrame:
    """Return the cells that figures of regions alone rest on: of grounds about no product group, and tables of a user."""
    others, named = tables.cells(edition, "comparison"), set(grounds(edition).cell)
    alone = others[~others.product_group.isin(["", *codelist("product_groups").index])]
    alone = alone[[name in named for name in tables.cell_names(alone)]]
    return pd.concat([alone, tables.whole(edition, ROLES)], ignore_index=True)


def named(edition: str) -> tuple[str, ...]:
    """Return the names of the tables of a user as a whole."""
    return tuple(tables.cell_names(tables.whole(edition, ROLES)))


def classes() -> pd.Series:
    """Return the product group of each SBI class."""
    return codelist("sbi_classes").product_group


def figures(edition: str, indicators: list[str]) -> pd.DataFrame:
    """The known figures of an edition: `indicator`, `place`, `cluster`, `product_group`, `sbi`, `low`, `high`, `where`.

    A row is one figure. In the file `sbi` is a product group (two digits), a class (three) or empty, and a number is in Dutch
    notation in the unit of its indicator. Here a class stands in `sbi` and its product group in `product_group`; `where` is
    the file and its row.
    Raises InputError for a row that says nothing, says what is published, or says something twice.
    """
    found = []
    for source in sources.registered(edition, "known"):
        file = shown(sources.raw_path(source))
        for line, row in records(source, FIGURES):
            at = {"file": file, "row": line}
            _listed("indicator", row["indicator"], indicators, at, "indicator")
            _listed("place", row["place"], ["NL", *codelist("provinces").index], at, "place")
            _listed("cluster", row["cluster"], ["", *codelist("clusters").index], at, "cluster")
            row["sbi"] = row["sbi"].replace(".", "")
            classes = codelist("sbi_classes").product_group
            _listed("SBI code", row["sbi"], ["", *codelist("product_groups").index, *classes.index], at, "sbi")
            _refuse_no_part(row, at)
            low, high = (_number(row[name], at, name) for name in ("low", "high"))
            if low > high:
                raise InputError(
                    "a known figure without a usable interval",
                    **at,
                    column="low, high",
                    found=f"{row['low']} to {row['high']}",
                    expected="low at most high",
                )
            of_class = len(row["sbi"]) == 3
            group = classes[row["sbi"]] if of_class else row["sbi"]
            sbi = row["sbi"] if of_class else ""
            where = f"{file} row {line}"
            found.append([*(row[n] for n in FIGURES[:3]), group, sbi, low, high, where])
    table = pd.DataFrame(found, columns=[*FIGURES[:3], "product_group", "sbi", "low", "high", "where"])
    keys = [*FIGURES[:3], "product_group", "sbi"]
    for row in table[table.duplicated(keys)].itertuples():
        first = table[(table[keys] == [getattr(row, key) for key in keys]).all(axis=1)].iloc[0]
        file, _, line = row.where.rpartition(" row ")
        raise InputError(
            "a known figure is given twice", file=file, row=line, found=f"as in {first['where']}", expected="each once"
        )
    return table


def concordance(edition: str) -> pd.DataFrame | None:
    """Which classes belong to which cluster: `sbi`, `product_group`, `cluster`, `share_pct`; None where none is registered.

    The shares of a class add to 100. Classes of clusters that consist of whole product groups may be left out; of all other
    product groups every class must be there, for what is missing could belong to any cluster.
    """
    named = sources.registered(edition, "concordance")
    if not named:
        return None
    if len(named) > 1:
        raise InputError(
            "an edition has more than one concordance", file=sources.REGISTER, found=", ".join(named), expected="one"
        )
    file = shown(sources.raw_path(named[0]))
    classes = codelist("sbi_classes").product_group
    whole = {group: one.cluster for one in clusters() for group in groups_of(one)}
    shares: dict[tuple[str, str], float] = {}
    lines: dict[str, int] = {}
    for line, row in records(named[0], CONCORDANCE):
        at = {"file": file, "row": line}
        code = row["sbi"].replace(".", "")
        _listed("SBI class", code, classes.index, at, "sbi")
        _listed("cluster", row["cluster"], codelist("clusters").index, at, "cluster")
        if (code, row["cluster"]) in shares:
            raise InputError(
                "a class is given twice for a cluster", **at, found=f"{row['sbi']}, {row['cluster']}", expected="once"
            )
        own = whole.get(classes[code])
        if own != row["cluster"] and (own or row["cluster"] in whole.values()):
            raise InputError(
                "a class in another cluster than its whole product group",
                **at,
                column="cluster",
                found=row["cluster"],
                expected=own or "a cluster that does not consist of whole product groups",
                remedy="see the column sbi of clusters.csv",
            )
        shares[code, row["cluster"]] = _number(row["share_pct"], at, "share_pct")
        lines[code] = line
    _whole(file, shares, lines, [code for code, group in classes.items() if group not in whole])
    for code, group in classes.items():
        if code not in lines:
            shares[code, whole[group]] = 100.0
    return pd.DataFrame(
        [(code, classes[code], cluster, share) for (code, cluster), share in shares.items() if share > 0],
        columns=["sbi", "product_group", "cluster", "share_pct"],
    )


def _whole(file: str, shares: dict[tuple[str, str], float], lines: dict[str, int], needed: list[str]) -> None:
    """Raise InputError where the shares of a class do not add to 100, and where a class that is needed is left out."""
    for code, line in lines.items():
        total = sum(share for (one, _), share in shares.items() if one == code)
        if abs(total - 100) > 1e-6:
            raise InputError(
                "the shares of a class do not add to 100",
                file=file,
                row=line,
                column="share_pct",
                found=f"{total:g} in all for class {code}",
                expected="100",
                remedy="give every cluster that the class has a part in a row",
            )
    missing = [code for code in needed if code not in lines]
    if missing:
        raise InputError(
            f"the concordance leaves out {len(missing)} classes",
            file=file,
            column="sbi",
            found=f"{len(lines)} classes",
            expected=", ".join(missing[:6]) + (f" and {len(missing) - 6} more" if len(missing) > 6 else ""),
            remedy="give each of these its cluster; the classes there are stand in sbi_classes.csv",
        )


def _listed(what: str, found: str, known, at: dict, column: str) -> None:
    if found not in known:
        raise UnknownName(what, found, [code for code in known if code], **at, column=column)


def _number(text: str, at: dict, column: str) -> float:
    try:
        return number(text, len(text.partition(",")[2]))
    except ValueError as problem:
        raise InputError(
            f"a cell does not hold a number: {problem}",
            **at,
            column=column,
            found=text or "nothing",
            expected="a number in Dutch notation, such as 1.234,5",
        ) from None


def _refuse_no_part(row: dict, at: dict) -> None:
    """Raises InputError for a row that is about no part of the industry, or about one whose figure is published."""
    whole = [one.cluster for one in clusters() if groups_of(one)]
    about = {"column": "place, cluster, sbi", "found": ", ".join(row[n] or "nothing" for n in FIGURES[1:4])}
    if row["cluster"] in whole:
        raise InputError(
            "a known figure of a cluster that consists of whole product groups",
            **at,
            **about,
            expected="its product groups: " + ", ".join(codelist("clusters").sbi[row["cluster"]].split()),
        )
    if len(row["sbi"]) == 3 and row["cluster"]:
        raise InputError(
            "a known figure of a class in a cluster", **at, **about, expected="a class, or a cluster",
            remedy="leave the cluster empty: the concordance says which the class belongs to",
        )  # fmt: skip
    if not (row["cluster"] or row["sbi"]):
        raise InputError("a known figure of no part", **at, **about, expected="a cluster, an SBI code, or both")
    if row["place"] == "NL" and not (row["cluster"] and row["sbi"]) and len(row["sbi"]) != 3:
        raise InputError("a known figure that is published", **at, **about, expected="a province, or a finer part")
