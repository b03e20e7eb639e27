"""The portfolio as a strip, charts and tables: where projects are, where none is, what they claim, and what is not known.

Each takes rows of the tables of the programme and gives one block. A place without projects is called empty only as far as is
known: beside each stands how many projects may be there without any document saying so.
"""

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, KeyFigure, KeyFigures, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, between, figure, header, in_prose, label, number
from upcm_analysis.topics.programme.claim_blocks import CLAIMS, twice
from upcm_analysis.topics.programme.claim_blocks import WORDS as COUNTED
from upcm_analysis.vocabulary.subjects import NL, clusters

#: What is claimed, and the potential that it stands beside.
CLAIMED, POTENTIAL = "project_co2_kt", "co2_reduction_kt"
#: The dimensions of a portfolio with the code list of each, in the two pictures that they are drawn in.
DIMENSIONS = (
    {"team": "teams", "pillar": "pillars", "cluster": "clusters", "effect": "effect_goals"},
    {"horizon": "horizons", "r_step": "r_strategies"},
)
#: Those that say nothing of the projects of one team, for all have the same.
OF_TEAMS = ("team", "pillar")
GROUPS = ("design", "life-extension", "recycling", "")
#: How the basis of a place is drawn.
SIGNS = {"stated": charts.STATED, "sheet": charts.STATED, "team": charts.DERIVED, "": charts.UNTOLD}

WORDS = texts(__name__)


def key_figures(teller: Teller, codes: list[str]) -> KeyFigures:
    """A strip of what is counted and claimed: of a team with what is possible, of a claim that the others are unknown."""
    language, words = teller.language, WORDS[teller.language]
    items, used = [], []
    for code in codes:
        fact = teller.facts.find(fact_id(code, teller.about))
        if fact is None:
            continue
        used.append(fact)
        context = []
        if code in CLAIMS:
            context.append(Cell(text=words["silent"]))
        elif teller.about != NL:
            whole = teller.facts.get(code, NL)
            used.append(whole)
            if fact.low != fact.high:
                possible = words["possible"].format(between(fact, language))
                context.append(Cell(text=possible, value=fact.value, fact=fact.fact_id))
            context.append(
                Cell(text=words["whole"].format(figure(whole, language)), value=whole.value, fact=whole.fact_id)
            )
        unit = "" if fact.unit == "project" else header(code, language)
        items.append(
            KeyFigure(
                label=_called(code, language, short=teller.about != NL),
                figure=figure(fact, language),
                unit=unit,
                context=context,
                fact=fact.fact_id,
                value=in_prose(fact),
            )
        )
    return KeyFigures(language=language, facts=ids(used), items=items)


def _called(code: str, language: str, short: bool) -> str:
    """The name of an indicator as it begins a line."""
    name = indicator(code).short[language] if short else label(code, language)
    return name[:1].upper() + name[1:]


def places(teller: Teller, title: str, placed: pd.DataFrame) -> Chart:
    """Where projects are: a sign a project in each place of six dimensions, with 'not stated' as a place of its own.

    Of a team they are four: its projects have the same team and pillar.

    `placed` are rows of the table `portfolio`; places of the code lists without a project say that none is there.
    """
    words = WORDS[teller.language]
    drawn, rows, spoken = [], [], []
    for dimensions in DIMENSIONS:
        sections = []
        for dimension, listed in dimensions.items():
            if teller.about.team and dimension in OF_TEAMS:
                continue
            own = placed[placed.dimension == dimension]
            lines = [_line(teller, own, code, name) for code, name in _names(listed, teller.language).items()]
            sections.append((words["dimension"][dimension], [(name, signs, text) for name, signs, text, _ in lines]))
            rows += [Row(label=f"{words['dimension'][dimension]}: {name}", cells=cells) for name, _, _, cells in lines]
            told = [f"{name} {text if signs else words['alt empty']}" for name, signs, text, _ in lines]
            spoken.append(f"{words['dimension'][dimension]}: {', '.join(told)}")
        drawn.append((sections, [] if drawn else list(words["legend"].items())))
    least = max(charts.places_height(*one) for one in drawn)
    stub, count, *names = words["place"]
    columns = [Column(label=count, decimals=0), *(Column(label=name, number=False) for name in names)]
    return Chart(
        language=teller.language,
        title=title,
        subtitle=words["places"],
        alt=words["alt places"].format(". ".join(spoken)),
        data=Data(stub=stub, columns=columns, rows=rows),
        pictures=[charts.places(*one, least) for one in drawn],
    )


def _line(teller: Teller, own: pd.DataFrame, code: str, name: str) -> tuple[str, list[str], str, list[Cell]]:
    """A place: its name, a sign a project, the number of projects as text, and the same as cells of a table."""
    language, words = teller.language, WORDS[teller.language]
    here = own[own.code == code]
    count = len(here)
    text = number(count, 0, language) if count else words["none"]
    basis = [words["basis"][one] for one in dict.fromkeys(here.basis)]
    which = [Subject(project=one).name(language) for one in here.project]
    cells = [
        Cell(text=text, value=float(count)),
        Cell(text="; ".join(basis) or "–"),
        Cell(text="; ".join(which) or words["none"]),
    ]
    return name, [SIGNS[one] for one in here.basis], text, cells


def _names(listed: str, language: str) -> dict[str, str]:
    """The places of a dimension by code, with a short name of each; the last is where a project is of which it is not told."""
    known = codelist(listed)
    found = {}
    for key, row in known.iterrows():
        code = key[-1] if isinstance(key, tuple) else key
        short = row[f"name_{language}"].partition(" (")[0]
        found[code] = f"{code} {short}" if listed == "r_strategies" else short
    return {**found, "": WORDS[language]["not stated"]}


def coverage(teller: Teller, title: str, table: pd.DataFrame) -> Chart:
    """A matrix of clusters, groups of R-strategies and innovation functions: covered, little, unknown or empty.

    Projects of which no cluster is known stand in a band of their own, for each may be in any cluster. Of a cluster the row
    without a group is shown only where a project is there of which the group is not known.
    """
    language, words = teller.language, WORDS[teller.language]
    functions = list(dict.fromkeys(table.function))
    bands, rows, spoken = [], [], []
    for slug in [*codelist("clusters").index, ""]:
        name = Subject(cluster=slug).name(language).partition(" (")[0] if slug else words["no cluster"]
        lines = []
        for group in GROUPS:
            own = table[(table.cluster == slug) & (table.r_group == group)].set_index("function")
            here = list(dict.fromkeys(" ".join(own.projects).split()))
            if not here and (not group or not slug):
                continue
            states = list(own.state.reindex(functions))
            many = words["anywhere"].format(_projects(len(here), language)) if not slug else ""
            lines.append((words["group"][group], _projects(len(here), language) if not slug else states))
            said = [many or words["state"][state] for state in states]
            rows.append(Row(label=f"{name}: {words['group'][group]}", cells=[Cell(text=one) for one in said]))
            if here:
                told = many or ", ".join(
                    f"{code} {words['state'][state]}" for code, state in zip(functions, states, strict=True)
                )
                spoken.append(f"{name}, {words['group'][group]}: {told}")
        bands.append((name, lines))
    half = len(bands) // 2
    drawn = [(bands[:half], list(words["state"].items())), (bands[half:], [])]
    least = max(charts.matrix_height(*one) for one in drawn)
    names = [f"{code} {row[f'name_{language}']}" for (_, code), row in codelist("functions").iterrows()]
    return Chart(
        language=language,
        title=title,
        subtitle=words["matrix"],
        alt=words["alt matrix"].format(". ".join(spoken)),
        data=Data(
            stub=words["matrix stub"],
            columns=[Column(label=code, number=False) for code in functions],
            rows=rows,
        ),
        notes=[words["functions"].format("; ".join(names))],
        pictures=[charts.matrix(functions, *one, least) for one in drawn],
    )


def _projects(count: int, language: str) -> str:
    """How many projects: `1 project`, `12 projecten`."""
    unit = entries("units")["project"]
    return f"{number(count, 0, language)} {unit[f'one_{language}' if count == 1 else f'many_{language}']}"


def claims(teller: Teller, title: str, table: pd.DataFrame, others: bool) -> Table:
    """A row a project with what its sheet claims and with what that may count twice; then all together, and who claims nothing.

    `table` are rows of `project_claims`, `others` says whether there are projects beside them. Only of the programme as a
    whole there is a total. What nobody says is unknown, in words.
    """
    language, words = teller.language, WORDS[teller.language]
    stub, double = words["claims"]
    rows, used, doubled = [], [], False
    for row in table.to_dict("records"):
        about = Subject(project=row["project"])
        found = [teller.facts.find(fact_id(code, about)) for code in CLAIMS]
        used += [fact for fact in found if fact]
        with_others = twice(row, language)
        doubled = doubled or bool(with_others)
        said = Cell(text=with_others or words["nobody"])
        rows.append(Row(label=about.name(language), cells=[*(_known(fact, language) for fact in found), said]))
    if teller.about == NL:
        found = [teller.facts.get(code, NL) for code in CLAIMS]
        used += found
        cells = [*(_known(fact, language) for fact in found), Cell(text="–")]
        rows.append(Row(label=words["together"], cells=cells, role="total"))
    if others:
        rows.append(Row(label=words["others"], cells=[*(Cell(text=words["unknown"]) for _ in CLAIMS), Cell(text="–")]))
    columns = [
        Column(label=head, unit=header(code, language), decimals=0)
        for head, code in zip(words["claim"], CLAIMS, strict=True)
    ]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[*columns, Column(label=double, number=False)], rows=rows),
        facts=ids([*teller.used, *used]),
        notes=[COUNTED[language]["double"]] if doubled else [],
    )


def _known(fact: Fact | None, language: str) -> Cell:
    """A fact in a cell; in a word where it is not known, for a lone sign would be overlooked here."""
    if fact is None:
        return Cell(text=WORDS[language]["unknown"])
    return cell(fact, language, amount if fact.unknown else figure)


def beside_potential(teller: Teller, title: str, loose: bool) -> Table:
    """A row a cluster: its published potential, what projects claim, and what that says; neither is a part of the other.

    A claim above the potential is said to be that, in words. `loose` says whether there are projects of no known cluster.
    """
    language, words = teller.language, WORDS[teller.language]
    stub, says = words["beside"]
    codes, rows, used = (POTENTIAL, CLAIMED), [], []
    for about in clusters():
        found = [teller.facts.find(fact_id(code, about)) for code in codes]
        used += [fact for fact in found if fact]
        said = Cell(text=words[_verdict(*found)])
        rows.append(
            Row(label=about.name(language).partition(" (")[0], cells=[*(_known(f, language) for f in found), said])
        )
    if loose:
        unknown = [Cell(text="–"), Cell(text=words["unknown"])]
        rows.append(Row(label=words["no cluster"], cells=[*unknown, Cell(text=words["no potential"])]))
    # The unit stands in the name, because on a phone a row is a list and has no header.
    columns = [
        Column(
            label=f"{_called(code, language, short=True)} ({header(code, language)})",
            decimals=indicator(code).decimals,
        )
        for code in codes
    ]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[*columns, Column(label=says, number=False)], rows=rows),
        facts=ids([*teller.used, *used]),
    )


def _verdict(potential: Fact, claimed: Fact | None) -> str:
    """What a claim says beside a potential: that it is larger only where rounding leaves no doubt."""
    if claimed is None or claimed.unknown:
        return "nothing"
    if claimed.low > potential.high:
        return "more"
    return "at least" if pd.isna(claimed.high) else "claimed"


def projects(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a project: its team, term, steps of the R-ladder, effect goals and cluster; 'not stated' where no document says."""
    language, words = teller.language, WORDS[teller.language]
    steps, goals = codelist("r_strategies").droplevel(0), codelist("effect_goals")
    rows = []
    for row in table.to_dict("records"):
        name = Subject(project=row["project"]).name(language)
        if row["part_of"]:
            name = words["part of"].format(name, Subject(project=row["part_of"]).name(language))
        said = [
            Subject(team=row["team"]).name(language) if row["team"] else "",
            str(row["term"]),
            "; ".join(f"{code} {steps.at[code, f'name_{language}']}" for code in row["r_steps"].split()),
            "; ".join(goals.at[code, f"name_{language}"] for code in row["effects"].split()),
            Subject(cluster=row["cluster"]).name(language).partition(" (")[0] if row["cluster"] else "",
        ]
        rows.append(Row(label=name, cells=[Cell(text=text or words["not stated"]) for text in said]))
    return _table(teller, title, words["projects"], rows)


def of_cluster(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a project of a cluster: what it is about, and what documents say that it does."""
    language, words = teller.language, WORDS[teller.language]
    rows = []
    for row in table.to_dict("records"):
        said = (row[f"about_{language}"], row[f"activities_{language}"])
        cells = [Cell(text=text or words["not stated"]) for text in said]
        rows.append(Row(label=Subject(project=row["project"]).name(language), cells=cells))
    return _table(teller, title, words["of cluster"], rows)


def team(teller: Teller, title: str) -> Table:
    """What a team is for: its task, the kind of its projects, its pillar and its decision horizon."""
    language, words = teller.language, WORDS[teller.language]
    own = entries("teams")[teller.about.team]
    pillar, horizon = entries("pillars")[own["pillar"]], entries("horizons")[own["horizon"]]
    said = {
        "task": own[f"task_{language}"],
        "kind": own[f"portfolio_{language}"],
        "pillar": f"{pillar[f'name_{language}']}: {pillar[f'about_{language}']}",
        "horizon": horizon[f"name_{language}"],
    }
    rows = [Row(label=words[name], cells=[Cell(text=text)]) for name, text in said.items()]
    return _table(teller, title, words["team"], rows)


def actions(teller: Teller, title: str, placed: pd.DataFrame) -> Table:
    """A row a decision horizon: the action of this team's pillar, the projects of this team on it, and others of the pillar."""
    language, words = teller.language, WORDS[teller.language]
    pillar = entries("teams")[teller.about.team]["pillar"]
    of_team, of_pillar = (
        set(placed.project[(placed.dimension == dimension) & (placed.code == code)])
        for dimension, code in (("team", teller.about.team), ("pillar", pillar))
    )
    rows = []
    for (_, horizon), row in codelist("pillar_actions").loc[[pillar]].iterrows():
        here = placed.project[(placed.dimension == "horizon") & (placed.code == horizon)]
        own, others = ([name for name in here if name in among] for among in (of_team, of_pillar - of_team))
        told = ["; ".join(Subject(project=name).name(language) for name in names) for names in (own, others)]
        said = [row[f"name_{language}"], row[f"about_{language}"], *(text or words["no project"] for text in told)]
        rows.append(
            Row(label=entries("horizons")[horizon][f"name_{language}"], cells=[Cell(text=text) for text in said])
        )
    made = _table(teller, title, words["actions"], rows)
    made.notes = [words["from team"]]
    return made


def _table(teller: Teller, title: str, heads: list[str], rows: list[Row]) -> Table:
    """A table of words."""
    stub, *names = heads
    columns = [Column(label=name, number=False) for name in names]
    return Table(language=teller.language, title=title, data=Data(stub=stub, columns=columns, rows=rows))
