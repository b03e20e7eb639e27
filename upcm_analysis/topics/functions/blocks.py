"""Innovation functions as charts, tables and notes: how strong each is, how sure that is, and what to talk about.

Each takes a table of scores and gives one block. Where scores are of made-up respondents every title and picture says so.
"""

from datetime import date

import pandas as pd
from babel.dates import format_date

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.facts import ids
from factpress.texts import texts
from factpress.wording import Teller, inside, number, within

WORDS = texts(__name__)
#: The number of respondents, and a row without a score as an alternative text says it.
COUNT, SPOKEN = "n = {}", "{name}: {judgement}, {n}"
#: How an interval of agreement is told, by whether there is one and whether there are draws without a value.
AGREED = {(True, False): "span", (True, True): "drawn", (False, True): "undrawn", (False, False): "no span"}
BARRIER, UNDECIDED, TOO_FEW = "barrier", "undecided", "too-few"
#: The columns of the tables that hold numbers, which may be missing.
NUMBERS = [
    "median",
    "lower_quartile",
    "upper_quartile",
    "low",
    "high",
    "barrier_pct",
    "unknown_pct",
    "respondents",
    "asked",
    "share_1",
    "share_2",
    "share_3",
    "share_4",
    "share_5",
    "alpha",
    "undrawn_pct",
    "model_median",
    "model_barrier_pct",
    "fair",
    "fair_low",
    "fair_high",
    "difference",
    "weakest_pct",
    "geometric_pct",
    "arithmetic_pct",
    "low_pct",
    "high_pct",
    "total",
    "pairs",
    "expected",
    "p",
]
#: The columns with how many percent of the answers have each score.
SHARES = [f"share_{score}" for score in range(1, 6)]


def profile(
    teller: Teller, title: str, scores: pd.DataFrame, beside: dict[str, pd.DataFrame], interval_pct: float
) -> Chart:
    """The functions of one cluster: median, interval, quartiles and distribution of each, and the familiar radar beside it.

    `scores` are the rows of this cluster; `beside` has the tables of agreement, model and diagnostics.
    """
    language, words = teller.language, WORDS[teller.language]
    texts = [_text(row, language) for row in scores.itertuples()]
    marked = {place for place, kind in enumerate(scores.judgement) if kind == BARRIER}
    pictures = [
        charts.scores(
            [_name(row, language) for row in scores.itertuples()],
            texts,
            [_judged(row, language) for row in scores.itertuples()],
            scores["median"].tolist(),
            list(zip(scores.low, scores.high, strict=True)),
            list(zip(scores.lower_quartile, scores.upper_quartile, strict=True)),
            scores[SHARES].to_numpy().tolist(),
            marked,
            (words["lowest"], words["highest"]),
        ),
        charts.radar(scores.function.tolist(), scores["median"].tolist()),
    ]
    subtitle, cluster = words["measure"].format(number(interval_pct, 0, language)), scores.cluster.iloc[0]
    return Chart(
        language=language,
        title=_said(title, scores, language),
        subtitle=subtitle,
        alt=_said(
            words["alt"].format("; ".join(_spoken(row, language) for row in scores.itertuples())), scores, language
        ),
        data=_data(teller, scores),
        facts=_facts(teller, scores),
        notes=_notes(scores, beside, cluster, language),
        pictures=_stamped(pictures, scores, language),
    )


def heat(teller: Teller, title: str, scores: pd.DataFrame) -> Chart:
    """All clusters and functions: the median in each cell with the number of respondents, hatched where it may not be told."""
    language, words = teller.language, WORDS[teller.language]
    clusters = [slug for slug in codelist("clusters").index if slug in set(scores.cluster)]
    codes = sorted(set(scores.function))
    found = {(row.cluster, row.function): row for row in scores.itertuples()}
    grid = [[found.get((slug, code)) for code in codes] for slug in clusters]
    names = [Subject(cluster=slug).name(language) for slug in clusters]
    picture = charts.heat(
        [name.partition(" (")[0] for name in names],
        codes,
        [[_median(row, language) if row else "–" for row in line] for line in grid],
        [[f"n={row.respondents:.0f}" if row else "" for row in line] for line in grid],
        [[_shade(row) for row in line] for line in grid],
        [[row is None or row.judgement in (UNDECIDED, TOO_FEW) for row in line] for line in grid],
        [[row is not None and row.judgement == BARRIER for row in line] for line in grid],
    )
    spoken = [
        f"{name}: " + ", ".join(_spoken(row, language) for row in line if row)
        for name, line in zip(names, grid, strict=True)
    ]
    rows = [
        Row(
            label=name,
            cells=[
                Cell(text="–")
                if row is None
                else _cell(teller, row, "", row.median, f"{_text(row, language)}; {_judged(row, language)}")
                for row in line
            ],
            role="own" if slug == teller.about.cluster else "",
        )
        for slug, name, line in zip(clusters, names, grid, strict=True)
    ]
    return Chart(
        language=language,
        title=_said(title, scores, language),
        subtitle=words["heat"],
        alt=_said(words["alt heat"].format(". ".join(spoken)), scores, language),
        data=Data(stub=words["cluster"], columns=[Column(label=code) for code in codes], rows=rows),
        facts=_facts(teller, scores),
        pictures=_stamped([picture], scores, language),
    )


def dialogue(teller: Teller, title: str, scores: pd.DataFrame, notes: pd.DataFrame) -> Table:
    """What to talk about: of each function that is a barrier or undecided what respondents wrote, and questions to ask."""
    language, words = teller.language, WORDS[teller.language]
    questions, rows = codelist("diagnostic_questions"), []
    for row in scores[scores.judgement.isin([BARRIER, UNDECIDED])].itertuples():
        wrote = notes[(notes.cluster == row.cluster) & (notes.function == row.function)].note
        asked = questions[(questions.function == row.function) & (questions.scheme == row.scheme)][f"text_{language}"]
        told = " ".join(f"‘{one}’" for one in dict.fromkeys(wrote)) or words["nothing written"]
        cells = [Cell(text=told), Cell(text=" ".join([*asked, words["why"]]))]
        rows.append(Row(label=f"{_name(row, language)}: {_judged(row, language)}", cells=cells))
    stub, *names = words["dialogue"]
    columns = [Column(label=name, number=False) for name in names]
    return Table(
        language=language,
        title=_said(title, scores, language),
        data=Data(stub=stub, columns=columns, rows=rows),
        facts=_facts(teller, scores),
    )


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
        title=_said(title, events, language),
        subtitle=words["events"].format(first=first, last=last),
        alt=_said(words["alt events"].format(spoken), events, language),
        data=Data(
            stub=words["stub"],
            columns=[Column(label=words["total"], decimals=0), Column(label=words["number"], decimals=0)],
            rows=[
                Row(label=name, cells=[Cell(text=total), Cell(text=count)])
                for name, total, count in zip(names, totals, numbers, strict=True)
            ],
        ),
        notes=[_agreed("coding", row, language, words["coded"][row.name]) for row in coding.itertuples(name="Alpha")],
        captions=[f"{name}\n{total}" for name, total in zip(names, totals, strict=True)],
        pictures=_stamped(pictures, events, language),
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


def _data(teller: Teller, scores: pd.DataFrame) -> Data:
    """The scores of one cluster as a table."""
    language, words = teller.language, WORDS[teller.language]
    rows = []
    for row in scores.itertuples():
        between = [
            f"{number(low, 1, language)}–{number(high, 1, language)}" if low == low else "."
            for low, high in ((row.low, row.high), (row.lower_quartile, row.upper_quartile))
        ]
        chance = f"{number(row.barrier_pct, 0, language)}%" if row.barrier_pct == row.barrier_pct else "."
        cells = [
            _cell(teller, row, "", row.median, _median(row, language)),
            *(Cell(text=text) for text in between),
            _cell(teller, row, "respondents", row.respondents, number(row.respondents, 0, language)),
            Cell(text=f"{number(row.unknown_pct, 0, language)}%"),
            _cell(teller, row, "barrier", row.barrier_pct, chance),
            Cell(text=_judged(row, language)),
        ]
        rows.append(Row(label=_name(row, language), cells=cells))
    *numbers, judged = words["columns"]
    columns = [*(Column(label=label) for label in numbers), Column(label=judged, number=False)]
    return Data(stub=words["stub"], columns=columns, rows=rows)


def _notes(scores: pd.DataFrame, beside: dict[str, pd.DataFrame], cluster: str, language: str) -> list[str]:
    """What the reader must know: how far respondents agree, what is fragile, what the model makes of it."""
    words, said = WORDS[language], []
    groups = beside["function_groups"]
    numbers = groups[groups.cluster == cluster].groupby("stakeholder_type", sort=False).respondents.agg(["min", "max"])
    said.append(words["groups"].format("; ".join(_group(row, language) for row in numbers.itertuples())))
    agreement = beside["function_reliability"]
    for row in agreement[(agreement.scope == "cluster") & (agreement.name == cluster)].itertuples():
        said.append(_agreed("agreement", row, language))
    if scores.fragile.any():
        said.append(words["fragile note"])
    model = beside["function_model"]
    reason = next(iter(beside["function_diagnostics"].reason), "")
    if reason:
        said.append(words["no model"].format(words["reasons"][reason]))
        return said
    own = model[model.cluster == cluster]
    other = [
        words["model row"].format(
            code=row.function, median=number(row.model_median, 1, language), plain=number(row.median, 1, language)
        )
        for row in own[own.difference != 0].itertuples()
    ]
    return [*said, words["model note"].format("; ".join(other) or words["model same"])] if len(own) else said


def _group(row, language: str) -> str:
    """How many respondents of a stakeholder type gave a score: from and to over the functions."""
    name = inside(entries("stakeholder_types")[row.Index][f"name_{language}"])
    return f"{name} {row.min:.0f}" + (f"–{row.max:.0f}" if row.max > row.min else "")


def _agreed(form: str, row, language: str, what: str = "") -> str:
    """An alpha in words."""
    words = WORDS[language]
    value = number(row.alpha, 2, language) if row.alpha == row.alpha else "."
    ends = within(row.low, row.high, 2, language) if row.low == row.low else ()
    # Of draws without a value it is told that they are, be there few of them.
    lost = [f"{number(row.undrawn_pct, 1, language)}%"] if row.undrawn_pct > 0 else []
    interval = words[AGREED[bool(ends), bool(lost)]].format(*ends, *lost)
    return words[form].format(what=what, alpha=value, interval=interval, means=words["means"][row.means])


def _said(text: str, scores: pd.DataFrame, language: str) -> str:
    """A text, and before it that the answers are made up where they are."""
    return marked(text, scores.synthetic.any(), language)


def marked(text: str, synthetic: bool, language: str) -> str:
    """A text, and before it that what it is about is made up where it is."""
    return WORDS[language]["synthetic"] + text if synthetic else text


def _stamped(pictures: list[str], table: pd.DataFrame, language: str) -> list[str]:
    """Pictures, with a word across them where what they show is made up."""
    return [charts.stamped(one, WORDS[language]["stamp"]) for one in pictures] if table.synthetic.any() else pictures


def _name(row, language: str) -> str:
    return f"{row.function} {codelist('functions').at[(row.scheme, row.function), f'name_{language}']}"


def _median(row, language: str) -> str:
    """A median; a sign where there is none."""
    if row.median != row.median:
        return "."
    return number(row.median, 0 if row.median == int(row.median) else 1, language)


def _judged(row, language: str) -> str:
    """What a function is, and whether that is fragile."""
    name = entries("function_judgements")[row.judgement][f"name_{language}"]
    return f"{name} ({WORDS[language]['fragile']})" if row.fragile else name


def _text(row, language: str) -> str:
    """The median with its interval and the number of respondents, in little room."""
    words, count = WORDS[language], f"{row.respondents:.0f}"
    if row.median != row.median:
        return words["no score"].format(count)
    ends = [number(one, 0 if one == int(one) else 1, language) for one in (row.low, row.high)]
    return f"{_median(row, language)} ({ends[0]}–{ends[1]}), {COUNT.format(count)}"


def _spoken(row, language: str) -> str:
    """A row as an alternative text says it."""
    words = WORDS[language]
    low, high = (number(one, 1, language) if one == one else "" for one in (row.low, row.high))
    count, judged = COUNT.format(f"{row.respondents:.0f}"), _judged(row, language)
    form = SPOKEN if row.median != row.median else words["alt row"]
    return form.format(
        name=_name(row, language), median=_median(row, language), low=low, high=high, n=count, judgement=judged
    )


def _shade(row) -> int | None:
    """The class of the ramp of a median: from one whole score to the next; none without a score."""
    return None if row is None or row.median != row.median else min(int(row.median) - 1, 3)


def _cell(teller: Teller, row, form: str, value: float, text: str) -> Cell:
    """A number of a function in a cluster, with its fact where there is one."""
    name = _fact(row, form)
    fact = name if name in teller.facts else ""
    return Cell(text=text, value=value if value == value else None, fact=fact)


def _fact(row, form: str = "") -> str:
    code = f"function_{row.function.lower()}" + (f"_{form}" if form else "")
    return fact_id(code, Subject(cluster=row.cluster))


def _facts(teller: Teller, scores: pd.DataFrame) -> list[str]:
    """The facts that a block on these scores shows."""
    names = [_fact(row, form) for row in scores.itertuples() for form in ("", "respondents", "barrier")]
    return list(dict.fromkeys([*ids(teller.used), *(name for name in names if name in teller.facts)]))
