"""Events, phases and motors of innovation functions, and what is published of the functions, as charts and tables."""

from datetime import date

import pandas as pd
from babel.dates import format_date

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.synthetic import marked, stamped
from factpress.texts import texts
from factpress.wording import Teller, number
from upcm_analysis.topics.functions.score_blocks import agreed

WORDS = texts(__name__)


def events(teller: Teller, title: str, events: pd.DataFrame, coding: pd.DataFrame) -> Chart:
    """Events of one cluster added up over time: a small picture a function, all on one scale; and how far coders agree."""
    language, words = teller.language, WORDS[teller.language]
    days = pd.Series([day.toordinal() for day in pd.to_datetime(events.date)], index=events.index)
    span = (int(days.min()), int(days.max()))
    reach = (min(0, int(events.total.min())), max(0, int(events.total.max())))
    functions = codelist("functions")[f"name_{language}"]
    names, totals, numbers, pictures = [], [], [], []
    for (scheme, code), part in events.groupby(["scheme", "function"]):
        names.append(f"{code} {functions[(scheme, code)]}")
        totals.append(number(part.total.iloc[-1], 0, language))
        numbers.append(number(len(part), 0, language))
        pictures.append(charts.steps(days[part.index].tolist(), part.total.tolist(), span, reach))
    first, last = (format_date(date.fromordinal(day), "long", locale=language) for day in span)
    spoken = "; ".join(f"{name}: {total}" for name, total in zip(names, totals, strict=True))
    return Chart(
        language=language,
        title=marked(title, events.synthetic.any(), language),
        subtitle=words["events"].format(first=first, last=last),
        alt=marked(words["alt events"].format(spoken), events.synthetic.any(), language),
        data=Data(
            stub=words["stub"],
            columns=[Column(label=words["total"], decimals=0), Column(label=words["number"], decimals=0)],
            rows=[
                Row(label=name, cells=[Cell(text=total), Cell(text=count)])
                for name, total, count in zip(names, totals, numbers, strict=True)
            ],
        ),
        notes=[
            agreed(words["coding"], row, language, words["coded"][row.name]) for row in coding.itertuples(name="Alpha")
        ],
        captions=[f"{name}\n{total}" for name, total in zip(names, totals, strict=True)],
        pictures=stamped(pictures, events.synthetic.any(), language),
    )


def cited(teller: Teller, title: str, cited: pd.DataFrame) -> Table:
    """What is published of the functions: contributions of projects in this cluster, and the largest barriers of industry."""
    language, words = teller.language, WORDS[teller.language]
    contribution, barrier = words["cited"]
    levels = codelist("contribution_levels")[f"name_{language}"]
    own = cited[(cited.kind == "contribution") & (cited.cluster == teller.about.cluster)]
    named = set(cited.function[cited.kind == "barrier"])
    projects = list(dict.fromkeys(own.project))
    given = {(row.project, row.function): levels[row.level] for row in own.itertuples()}
    columns = [contribution.format(codelist("projects").at[project, f"name_{language}"]) for project in projects]
    rows = [
        Row(
            label=f"{code} {name}",
            cells=[
                *(Cell(text=given.get((project, code), words["unnamed"])) for project in projects),
                Cell(text=words["named" if code in named else "unnamed"]),
            ],
        )
        for (_, code), name in codelist("functions")[f"name_{language}"].items()
    ]
    headers = [Column(label=label, number=False) for label in [*columns, barrier]]
    return Table(language=language, title=title, data=Data(stub=words["stub"], columns=headers, rows=rows))


def motor(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """The phases of a cluster, a column each: the functions it needs, how mature they are, which are stimulated."""
    language, words = teller.language, WORDS[teller.language]
    labels = [*words["motor"], *words["members"]]
    columns = []
    for row in table.itertuples():
        unscored = words["unscored"].format(row.unscored)
        ways = [
            f"{number(one, 0, language)}%" if one == one else unscored
            for one in (row.weakest_pct, row.geometric_pct, row.arithmetic_pct)
        ]
        ends = [number(one, 0, language) for one in (row.low_pct, row.high_pct)]
        part = f"{ends[0]}%" if ends[0] == ends[1] else words["to"].format(*ends)
        members = [one or words["nobody"] for one in (row.stimulated, row.not_stimulated, row.unknown)]
        columns.append([row.functions, *ways, part, *members])
    rows = [
        Row(label=label, cells=[Cell(text=text) for text in texts])
        for label, texts in zip(labels, zip(*columns, strict=True), strict=True)
    ]
    phases = [entries("phases")[phase][f"name_{language}"] for phase in table.phase]
    headers = [Column(label=phase, number=False) for phase in phases]
    return Table(language=language, title=title, data=Data(stub=words["phase"], columns=headers, rows=rows))


def motors(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """Of each motor whether its functions follow one another in the events of a cluster more often than by chance."""
    language, words = teller.language, WORDS[teller.language]
    stub, *names = words["motors"]
    listed = entries("motors")
    rows = [
        Row(
            label=listed[row.motor][f"name_{language}"],
            cells=[
                Cell(text=listed[row.motor]["functions"]),
                Cell(text=number(row.pairs, 0, language)),
                Cell(text=number(row.expected, 1, language)),
                Cell(text=f"{number(100 * row.p, 1, language)}%"),
            ],
        )
        for row in table.itertuples()
    ]
    columns = [Column(label=names[0], number=False), *(Column(label=name) for name in names[1:])]
    data = Data(stub=stub, columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, notes=[words["limits"]])
