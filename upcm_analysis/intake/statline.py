"""CBS StatLine: a table as its open data service gives it, stored with its signs, statuses and version, and read back.

A stored table is two raw files: the figures as text, as served, and under `-metadata` what is needed to read them: code
lists with the status of each period, titles and units, the version of CBS and the day it was retrieved. The client
of the service (OData 3) is `cbsodata`.
"""

import datetime
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from factpress import codelists
from factpress.codelists import codelist
from factpress.errors import InputError, PressError, UnknownName
from factpress.home import shown
from upcm_analysis.intake.recognised import as_csv
from upcm_analysis.registers import sources
from upcm_analysis.registers.tables import printed

SERVICE = "https://opendata.cbs.nl"
#: Seconds to wait for a connection, and for the next part of an answer; how often to try; seconds before the next try.
TIMEOUT, TRIES, PAUSE = (10, 120), 3, 2.0
METADATA = ["part", "key", "title", "unit", "decimals", "type", "status", "description"]
#: What in the metadata is about a table as a whole, and what is no code list.
RETRIEVAL, INFO, PROPERTIES, GROUPS = "retrieval", "TableInfos", "DataProperties", "CategoryGroups"
#: The figures as text, with the signs; the set of numbers leaves a blank for every sign.
FIGURES = "UntypedDataSet"
#: The mark that CBS prints behind a period, by the status that its service gives.
STATUS = {"Definitief": "", "Voorlopig": "*", "NaderVoorlopig": "**"}
#: The code that a branch of industry begins with in the lists of CBS: `20 Chemische industrie`, `29-30 ...`, `C Industrie`.
BRANCH = re.compile(r"([A-Z](?:-[A-Z])?|\d{2}(?:-\d{2})?)\s+\S")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Unreachable(PressError):
    """The service cannot be reached, or does not answer as it should."""


@dataclass(frozen=True)
class Stored:
    """A stored table: its name, what it was made with (`retrieval`), metadata by part, header and rows."""

    source: str
    retrieval: dict[str, str]
    parts: dict[str, dict[str, dict[str, str]]]
    header: list[str]
    rows: list[list[str]]

    @property
    def dimensions(self) -> list[str]:
        """The columns that say what a figure is about."""
        return [key for key in self.header if "Dimension" in self.parts[PROPERTIES][key]["type"]]

    @property
    def topics(self) -> list[str]:
        """The columns of figures."""
        return [key for key in self.header if key not in self.dimensions]

    @property
    def version(self) -> str:
        """The day of the version of CBS."""
        return self.retrieval["modified"][:10]

    @property
    def signs(self) -> Counter:
        """What stands in place of figures, counted; a blank is a sign of CBS too."""
        start = len(self.dimensions)
        return Counter(text or "blank" for row in self.rows for text in row[start:] if not NUMBER.fullmatch(text))


def today() -> datetime.date:
    """The day, of the retrieval: of this process's clock and of nothing else, for it is a fact and no date of a build."""
    return datetime.datetime.now(datetime.UTC).date()


# The service


def info(table: str, service: str = SERVICE) -> dict[str, str]:
    """What CBS says of a table as a whole, its version (`Modified`) too. Raises InputError where there is no such table."""
    found = _ask(table, service, lambda client, how: client.get_info(table, **how))
    if not found or not found.get("Modified"):
        raise InputError("CBS says nothing of this table", found=table, expected="an identifier such as 83300NED")
    return found


def properties(table: str, service: str = SERVICE) -> dict[str, dict]:
    """The columns of a table by key, with title, type and unit."""
    found = _ask(table, service, lambda client, how: client.get_meta(table, PROPERTIES, **how))
    return {_text(one.get("Key")): one for one in found if _text(one.get("Key"))}


def codes(table: str, dimension: str, service: str = SERVICE) -> list[dict]:
    """The code list of a dimension."""
    return _ask(table, service, lambda client, how: client.get_meta(table, dimension, **how))


def fetch(table: str, selection: list[str], about: dict[str, str], service: str = SERVICE) -> tuple[bytes, bytes]:
    """A table as its two raw files: figures and metadata. Raises InputError where the selection names what is not there.

    `about` is what `info` says of it: if CBS has changed it since, it is not taken. A selection names columns (`CO2_1`),
    or codes or titles of a dimension (`Perioden=2020JJ00,2022JJ00`).
    """
    select, filters = _query(table, selection, service)
    got = _ask(table, service, lambda client, how: _download(client, table, select=select, filters=filters, **how))
    after = next(iter(got[INFO]), {})
    if after.get("Modified") != about["Modified"]:
        raise Unreachable(f"CBS changed table {table} while it was fetched; try again")
    columns = {_text(one["Key"]): one for one in got[PROPERTIES] if _text(one.get("Key"))}
    wanted = [key for key in columns if not select or key in select]
    header = [
        *(k for k in wanted if "Dimension" in columns[k]["Type"]),
        *(k for k in wanted if columns[k]["Type"] == "Topic"),
    ]
    rows = [[_text(row.get(key)) for key in header] for row in got[FIGURES]]
    _require_whole(table, header, rows, got)
    retrieval = {
        "table": table,
        "modified": about["Modified"],
        "retrieved": today().isoformat(),
        "service": service,
        "selection": _plain(selection),
        "rows": str(len(rows)),
    }
    return as_csv(header, rows), as_csv(METADATA, _metadata(retrieval, got, header))


def _download(client, table: str, **how) -> dict[str, list[dict]]:
    """Everything of a table, its figures as text."""
    # Release 1.3.5 of the client gives text where `typed` is asked for and numbers where it is not; another may mend that.
    got = client.download_data(table, typed=True, **how)
    return got if FIGURES in got else client.download_data(table, typed=False, **how)


def _query(table: str, selection: list[str], service: str) -> tuple[list[str] | None, str | None]:
    """A selection as the service takes it: the columns, and a filter in the language of OData."""
    if not selection:
        return None, None
    columns = properties(table, service)
    dimensions = [key for key, one in columns.items() if "Dimension" in one["Type"]]
    topics = [key for key, one in columns.items() if one["Type"] == "Topic"]
    chosen, filters = [], []
    for part in selection:
        name, equals, given = (text.strip() for text in part.partition("="))
        key = _found("column of the table", name, {k: _text(columns[k].get("Title")) for k in [*dimensions, *topics]})
        if not equals:
            chosen.append(key)
        elif key in topics:
            raise InputError(
                "a selection of codes of a column of figures", found=part, expected=f"one of {', '.join(dimensions)}"
            )
        else:
            listed = codes(table, key, service)
            served = {_text(one["Key"]): one["Key"] for one in listed}
            titles = {_text(one["Key"]): _text(one.get("Title")) for one in listed}
            asked = [_found(f"code of {key}", one.strip(), titles) for one in given.split(",")]
            either = " or ".join("{} eq '{}'".format(key, served[one].replace("'", "''")) for one in asked)
            filters.append(f"({either})")
    figures = [key for key in topics if key in chosen]
    return [*dimensions, *figures] if figures else None, " and ".join(filters) or None


def _found(what: str, name: str, titles: dict[str, str]) -> str:
    """The key that a name, a key itself or a title, stands for."""
    if name in titles:
        return name
    keys = [key for key, title in titles.items() if title == name]
    if len(keys) == 1:
        return keys[0]
    near = get_close_matches(name, [*titles, *titles.values()], n=2, cutoff=0.5)
    raise InputError(
        f"more than one {what} has this title" if keys else f"unknown {what}: {name!r}",
        found=name,
        expected=", ".join(keys or near) or "one of those that --look shows",
        remedy="'upcm data cbs TABLE --look' shows what there is",
    )


def _ask(table: str, service: str, call: Callable):
    """What the service answers; tried again where the connection fails. Raises Unreachable in one line, or InputError."""
    import cbsodata  # here, because only who asks the service needs it
    import requests  # here, because it takes long to load

    address = urlsplit(service)
    if address.scheme not in ("http", "https") or not address.netloc:
        raise InputError("not the address of a service", found=service, expected=f"one such as {SERVICE}")
    cbsodata.options.use_https = address.scheme != "http"
    cbsodata.options.requests.pop("proxies", None)  # requests itself knows which addresses need none
    how = {"catalog_url": address.netloc + address.path.rstrip("/"), "timeout": TIMEOUT}
    for attempt in range(1, TRIES + 1):
        try:
            return call(cbsodata, how)
        except requests.HTTPError as error:
            response = getattr(error.__cause__, "response", None)
            status = getattr(response, "status_code", 0)
            if status == 404:
                raise InputError(
                    "CBS has no such table or column",
                    found=table,
                    expected="an identifier as StatLine has it, such as 83300NED; capitals count",
                ) from None
            problem = f"answers with an error ({status})"
            if status < 500:
                break
        except requests.Timeout:
            problem = f"does not answer within {TIMEOUT[1]:g} s"
        except requests.RequestException:
            problem = "cannot be reached or breaks off: see to the connection"
        except (ValueError, KeyError, TypeError):
            problem = "answers something else than OData 3"
        if attempt < TRIES:
            time.sleep(PAUSE)
    raise Unreachable(f"CBS StatLine ({service}) {problem}; nothing was written (tries: {attempt})")


def _require_whole(table: str, header: list[str], rows: list[list[str]], got: dict) -> None:
    """Raises Unreachable for figures that are not about one thing each, or about what no code list has."""
    about = [key for key in header if key in got]
    if not rows or not about or len(header) == len(about):
        raise InputError(
            "a selection without figures", found=f"{len(rows)} rows of {table}", expected="a row and a column or more"
        )
    subjects = Counter(tuple(row[: len(about)]) for row in rows)
    listed = [{_text(one["Key"]) for one in got[key]} for key in about]
    strange = [one for one in subjects for key, known in zip(one, listed, strict=True) if key not in known]
    double = [one for one, count in subjects.items() if count > 1]
    if strange or double:
        wrong = (strange or double)[0]
        raise Unreachable(
            f"CBS gave figures of table {table} that its code lists do not have, or the same twice: {', '.join(wrong)}; "
            "nothing was written"
        )


def _metadata(retrieval: dict[str, str], got: dict, header: list[str]) -> list[list[str]]:
    """What is needed to read the figures, a row each."""
    rows = [[RETRIEVAL, key, text, *[""] * 5] for key, text in retrieval.items()]
    rows += [[INFO, key, _text(text), *[""] * 5] for key, text in next(iter(got[INFO]), {}).items()]
    for part in (PROPERTIES, GROUPS, *(key for key in header if key in got)):
        for one in got.get(part, []):
            key = _text(one.get("Key")) or _text(one.get("ID"))
            fields = ("Title", "Unit", "Decimals", "Type", "Status", "Description")
            rows.append([part, key, *(_text(one.get(name)) for name in fields)])
    return rows


def _text(value) -> str:
    """A value as text in one line, without the spaces that CBS puts around it."""
    return "" if value is None else " ".join(str(value).split())


def _plain(selection: list[str]) -> str:
    return "; ".join(sorted(_text(part) for part in selection)) or "all"


# What is stored


def stored(table: str, selection: list[str] | None = None) -> list[Stored]:
    """The stored versions of a table, oldest first; with a selection only those of that selection."""
    register = sources.register()
    folder = f"cbs-{table.lower()}/"
    named = [one for one in register.index if f"{one}-metadata" in register.index and one.startswith(folder)]
    found = [read(one) for one in named]
    found = [one for one in found if selection is None or one.retrieval["selection"] == _plain(selection)]
    return sorted(found, key=lambda one: (one.retrieval["modified"], one.retrieval["retrieved"]))


def read(source: str) -> Stored:
    """A stored table. Raises InputError for a source that is none."""
    register = sources.register()
    if f"{source}-metadata" not in register.index:
        known = [one.removesuffix("-metadata") for one in register.index if one.endswith("-metadata")]
        raise UnknownName("stored table of CBS", source, known or ["none yet"], file=sources.REGISTER)
    parts: dict[str, dict[str, dict[str, str]]] = {}
    columns, lines = printed(f"{source}-metadata")
    for line in lines:
        row = dict(zip(columns, line, strict=True))
        parts.setdefault(row["part"], {})[row["key"]] = row
    retrieval = {key: row["title"] for key, row in parts.pop(RETRIEVAL).items()}
    header, rows = printed(source)
    return Stored(source, retrieval, parts, header, rows)


# Branches of industry


def branches(source: str, topic: str) -> tuple[list[str], list[list[str]], list[tuple[str, str, str]]]:
    """A stored table as a comparison with product groups: a row a branch, a column a period, numbers in Dutch notation.

    Gives the header, the rows, and of each branch its title at CBS and the product groups that it is. Which branches is in
    the code list `cbs_branches`; they are found by the code that their title begins with, for the keys of CBS mean nothing.
    Raises InputError for a branch that is not there, or twice, and for a table of which more than branches and periods vary.
    """
    table = read(source)
    name = table.retrieval["table"]
    listed = codelist("cbs_branches")
    if name not in listed.index.get_level_values(0):
        raise UnknownName("table with branches", name, sorted(set(listed.index.get_level_values(0))),
                          file=shown(codelists.file("cbs_branches")))  # fmt: skip
    wanted = listed.loc[[name]].droplevel(0)
    topic = _found("column of figures", topic, {key: table.parts[PROPERTIES][key]["title"] for key in table.topics})
    period = next(key for key in table.dimensions if table.parts[PROPERTIES][key]["type"] == "TimeDimension")
    industry, keys = _industry(table, list(wanted.index))
    _refuse_others(table, {period, industry})
    at = {key: table.header.index(key) for key in (period, industry, topic)}
    figures = {(row[at[industry]], row[at[period]]): row[at[topic]] for row in table.rows}
    periods = [key for key in table.parts[period] if any(one == key for _, one in figures)]
    header = ["SBI", *(_period(table.parts[period][key]) for key in periods)]
    rows = [
        [code, *(_dutch(figures.get((key, one), ""), table, code, one) for one in periods)]
        for code, key in keys.items()
    ]
    told = [(code, table.parts[industry][key]["title"], wanted.product_groups[code]) for code, key in keys.items()]
    return header, rows, told


def _industry(table: Stored, wanted: list[str]) -> tuple[str, dict[str, str]]:
    """The dimension of branches, and the key of each branch that is wanted."""
    best: tuple[str, dict[str, list[str]]] = ("", {})
    for dimension in table.dimensions:
        found: dict[str, list[str]] = {}
        used = {row[table.header.index(dimension)] for row in table.rows}
        for key, row in table.parts[dimension].items():
            code = BRANCH.match(row["title"])
            if code and key in used and code[1] in wanted:
                found.setdefault(code[1], []).append(key)
        best = max(best, (dimension, found), key=lambda one: len(one[1]))
    dimension, found = best
    wrong = [code for code in wanted if len(found.get(code, [])) != 1]
    if wrong:
        code = wrong[0]
        titles = [table.parts[dimension][key]["title"] for key in found.get(code, [])]
        raise InputError(
            f"{len(wrong)} branches are not once in the stored table",
            file=table.source,
            found=", ".join(titles) or "no title that begins with " + ", ".join(wrong),
            expected=f"one title that begins with {code}",
            remedy="fetch those branches too, or mend cbs_branches.csv",
        )
    return dimension, {code: found[code][0] for code in wanted}


def _refuse_others(table: Stored, used: set[str]) -> None:
    """Raises InputError where something else than branch and period varies: then a figure is not one figure."""
    for key in table.dimensions:
        values = {row[table.header.index(key)] for row in table.rows}
        if key not in used and len(values) > 1:
            raise InputError(
                "a stored table in which more varies than branch and period",
                file=table.source,
                column=key,
                found=f"{len(values)} codes",
                expected="one",
                remedy=f"fetch it again with --select {key}=CODE",
            )


def _period(row: dict[str, str]) -> str:
    """A period with the mark of its status, as CBS prints it: `2023*`."""
    if row["status"] and row["status"] not in STATUS:
        raise UnknownName("status of a period", row["status"], STATUS)
    return row["title"].rstrip("* ") + STATUS[row["status"]] if row["status"] else row["title"]


def _dutch(text: str, table: Stored, branch: str, period: str) -> str:
    """A figure in Dutch notation; a sign of CBS stays what it is."""
    if text and not NUMBER.fullmatch(text) and text not in codelist("signs").index:
        raise InputError(
            "a figure of CBS that is neither a number nor a sign",
            file=table.source,
            row=branch,
            column=period,
            found=text,
            expected="a number with a point before decimals, or a sign of signs.csv",
        )
    return text.replace(".", ",") if NUMBER.fullmatch(text) else text
