"""A stand-in for the open data service of CBS: OData 3 as its client asks for it, on this machine, with faults to order.

The figures are those of the comparison table of this repository; keys of branches and of the column are made up.
"""

import csv
import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from support import ROOT

TABLE, PAGE = "83300NED", 7
#: Keys come with spaces behind them, as those of CBS do.
BRANCHES = {"20": "Chemische industrie", "22": "Rubber- en kunststofproductindustrie", "23": "Bouwmaterialenindustrie",
            "24": "Basismetaalindustrie", "25": "Metaalproductenindustrie", "26": "Elektrotechnische industrie",
            "27": "Elektrische apparatenindustrie", "28": "Machine-industrie", "29-30": "Transportmiddelenindustrie",
            "31-33": "Overige industrie en reparatie", "C": "Industrie"}  # fmt: skip
STATUS = {"*": "Voorlopig", "**": "NaderVoorlopig", "": "Definitief"}


def key(branch: str) -> str:
    """A key as CBS might give it: it says nothing, and is padded."""
    return f"X{list(BRANCHES).index(branch):05d}  "


def tables(modified: str) -> dict[str, list[dict]]:
    """What the service holds of the table: as CBS has it, with its type codes and signs."""
    with (ROOT / "data/raw/cbs-83300ned/direct-co2.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    periods = [re.fullmatch(r"(\d{4})(\**)", name).groups() for name in header[1:]]
    figures = [
        {"ID": 0, "Bedrijfstakken": key(row[0]), "Perioden": f"{year}JJ00", "CO2_1": f"{text.replace('.', ''):>9}",
         "Zwavel_2": sign}
        for row in rows
        for (year, _), text, sign in zip(periods, row[1:], ["      1.5", "        .", "        -"], strict=True)
    ]  # fmt: skip
    figures.append({**figures[0], "Bedrijfstakken": "X99999  ", "CO2_1": "        x", "Zwavel_2": None})
    for number, row in enumerate(figures):
        row["ID"] = number
    topics = [("CO2_1", "CO2", "mln kg", 0), ("Zwavel_2", "Zwaveldioxide", "1 000 kg", 1)]
    return {
        "TableInfos": [{"ID": 0, "Title": "Emissies naar lucht; nationale rekeningen", "ShortTitle": "Emissies naar lucht",
                        "Identifier": TABLE, "Modified": modified, "Language": "nl", "Summary": "Een\r\nsamenvatting"}],
        "UntypedDataSet": figures,
        "TypedDataSet": [],
        "DataProperties": [
            {"odata.type": "Cbs.OData.Dimension", "ID": 0, "Type": "Dimension", "Key": "Bedrijfstakken",
             "Title": "Bedrijfstakken (SBI 2008)"},
            {"odata.type": "Cbs.OData.TimeDimension", "ID": 1, "Type": "TimeDimension", "Key": "Perioden", "Title": "Perioden"},
            {"odata.type": "Cbs.OData.TopicGroup", "ID": 2, "Type": "TopicGroup", "Key": "", "Title": "Emissies"},
            *({"odata.type": "Cbs.OData.Topic", "ID": 3 + n, "Type": "Topic", "Key": name, "Title": title, "Unit": unit,
               "Datatype": "Double", "Decimals": decimals} for n, (name, title, unit, decimals) in enumerate(topics)),
        ],
        "CategoryGroups": [{"ID": 1, "DimensionKey": "Bedrijfstakken", "Title": "Industrie", "Description": ""}],
        "Bedrijfstakken": [
            *({"Key": key(code), "Title": f"{code} {name}", "Description": ""} for code, name in BRANCHES.items()),
            {"Key": "X99999  ", "Title": "Totaal", "Description": ""},
        ],
        "Perioden": [
            {"Key": f"{year}JJ00", "Title": year + stars, "Description": "", "Status": STATUS[stars]} for year, stars in periods
        ],
    }  # fmt: skip


class Service:
    """A running stand-in: its address, what was asked of it, and the faults that it is still to make."""

    def __init__(self):
        self.modified, self.asked, self.faults = "2025-11-20T02:00:00", [], []
        service = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                service.asked.append(self.path)
                fault = service.faults.pop(0) if service.faults else ""
                if fault == "slow":
                    time.sleep(1)
                status, content = (500, b"{}") if fault == "error" else service.answer(self.path)
                content = b"<html>onderhoud</html>" if fault == "page" else content
                self.send_response(int(fault) if fault.isdigit() else status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if fault == "drop" else content)
                if fault == "drop":
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.handle_error = lambda *_: None  # a client that has gone is what some tests are about
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, path: str) -> tuple[int, bytes]:
        """The status and the content of an answer."""
        where, asked = urlsplit(path), {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        found = re.fullmatch(rf"/ODataFeed/odata/{TABLE}/(\w*)", where.path)
        held = tables(self.modified)
        if not found or (found[1] and found[1] not in held):
            return 404, b"{}"
        if not found[1]:
            return 200, json.dumps({"value": [{"name": name, "url": self.address} for name in held]}).encode()
        rows = held[found[1]]
        for part in filter(None, asked.get("$filter", "").split(" and ")):
            allowed = re.findall(r"(\w+) eq '([^']*)'", part)
            rows = [row for row in rows if (allowed[0][0], row[allowed[0][0]]) in allowed]
        if "$select" in asked:
            rows = [{name: row[name] for name in asked["$select"].split(",")} for row in rows]
        start = int(asked.get("$skip", 0))
        content = {"odata.metadata": self.address, "value": rows[start : start + PAGE]}
        if len(rows) > start + PAGE:
            content["odata.nextLink"] = f"{self.address}{where.path}?{urlencode({**asked, '$skip': start + PAGE})}"
        return 200, json.dumps(content).encode()


@contextmanager
def running():
    """A stand-in while it runs."""
    service = Service()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join(timeout=10)
