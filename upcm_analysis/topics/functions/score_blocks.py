"""Scores of innovation functions as charts, tables and notes: how strong each is, how sure that is, and what to talk about.

Each takes a table of scores and gives one block. Where scores are of made-up respondents every title and picture says so.
"""

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.facts import ids
from factpress.synthetic import marked, stamped
from factpress.texts import texts
from factpress.wording import Teller, inside, number, within

WORDS = texts(__name__)
#: The number of respondents, and a row without a score as an alternative text says it.
COUNT, SPOKEN = "n = {}", "{name}: {judgement}, {n}"
#: How an interval of agreement is told, by whether there is one and whether there are draws without a value.
AGREED = {(True, False): "span", (True, True): "drawn", (False, True): "undrawn", (False, False): "no span"}
BARRIER, UNDECIDED, TOO_FEW = "barrier", "undecided", "too-few"
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
    barriers = {place for place, kind in enumerate(scores.judgement) if kind == BARRIER}
    spoken = [_spoken(row, language) for row in scores.itertuples()]
    pictures = [
        charts.scores(
            [_name(row, language) for row in scores.itertuples()],
            texts,
            [_judged(row, language) for row in scores.itertuples()],
            scores["median"].tolist(),
            list(zip(scores.low, scores.high, strict=True)),
            list(zip(scores.lower_quartile, scores.upper_quartile, strict=True)),
            scores[SHARES].to_numpy().tolist(),
            barriers,
            (words["lowest"], words["highest"]),
        ),
        charts.radar(scores.function.tolist(), scores["median"].tolist()),
    ]
    subtitle, cluster = words["measure"].format(number(interval_pct, 0, language)), scores.cluster.iloc[0]
    return Chart(
        language=language,
        title=marked(title, scores.synthetic.any(), language),
        subtitle=subtitle,
        alt=marked(words["alt"].format("; ".join(spoken)), scores.synthetic.any(), language),
        data=_data(teller, scores),
        facts=_facts(teller, scores),
        notes=_notes(scores, beside, cluster, language),
        pictures=stamped(pictures, scores.synthetic.any(), language),
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
        title=marked(title, scores.synthetic.any(), language),
        subtitle=words["heat"],
        alt=marked(words["alt heat"].format(". ".join(spoken)), scores.synthetic.any(), language),
        data=Data(stub=words["cluster"], columns=[Column(label=code) for code in codes], rows=rows),
        facts=_facts(teller, scores),
        pictures=stamped([picture], scores.synthetic.any(), language),
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
        title=marked(title, scores.synthetic.any(), language),
        data=Data(stub=stub, columns=columns, rows=rows),
        facts=_facts(teller, scores),
    )


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
        said.append(agreed(words["agreement"], row, language))
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


def agreed(form: str, row, language: str, what: str = "") -> str:
    """An alpha in words."""
    words = WORDS[language]
    value = number(row.alpha, 2, language) if row.alpha == row.alpha else "."
    ends = within(row.low, row.high, 2, language) if row.low == row.low else ()
    # Of draws without a value it is told that they are, be there few of them.
    lost = [f"{number(row.undrawn_pct, 1, language)}%"] if row.undrawn_pct > 0 else []
    interval = words[AGREED[bool(ends), bool(lost)]].format(*ends, *lost)
    return form.format(what=what, alpha=value, interval=interval, means=words["means"][row.means])


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
