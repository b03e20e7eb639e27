"""The innovation functions: from answers, events, phases and published contributions to scores, as figures and tables.

Scores -> the ordinal model beside them -> agreement -> fragile classes -> phase and motor, by the functions of `method`.
Where nobody answered there are no scores, and the tables say what is published.
"""

from dataclasses import dataclass

import pandas as pd

from factpress.codelists import codelist
from factpress.methods import method_of
from upcm_analysis.registers import tables as read
from upcm_analysis.registers.assumptions import choices as chosen
from upcm_analysis.topics.functions import motor, reliability, sensitivity, severity
from upcm_analysis.topics.functions import scores as function_scores
from upcm_analysis.topics.functions import sources as function_sources
from upcm_analysis.topics.functions.contribution_sources import CITED, CONTRIBUTION, cited
from upcm_analysis.topics.functions.event_sources import EVENT, PHASE, events, phases
from upcm_analysis.topics.functions.panel import ITEM, panel
from upcm_analysis.topics.functions.sources import ANSWER, is_synthetic
from upcm_analysis.vocabulary.figures import rounded
from upcm_analysis.vocabulary.results import RESULT, Made, SoFar

#: The columns of a note of a respondent: who wrote it is not among them.
NOTE = [*ITEM, "question", "note"]
AGREEMENT = ["scope", "name", "alpha", "low", "high", "raters", "units", "undrawn_pct", "means"]
#: The level of a contribution that nobody knows.
UNKNOWN_LEVEL = "Onbekend"


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known: tables as `sources` reads them. `cells` are the names of the tables of answers."""

    answers: pd.DataFrame
    cited: pd.DataFrame
    events: pd.DataFrame
    phases: pd.DataFrame
    cells: tuple[str, ...] = ()

    @classmethod
    def of(cls, **tables: pd.DataFrame) -> "Evidence":
        """Evidence of which only some tables are there."""
        columns = {"answers": ANSWER, "cited": CITED, "events": EVENT, "phases": PHASE}
        blank = {name: pd.DataFrame(columns=names) for name, names in columns.items()}
        blank["events"] = blank["events"].astype({"date": "datetime64[s]", "sign": int})
        return cls(**blank | tables)


@dataclass(frozen=True, eq=False)
class Innovation:
    """`figures` of functions in clusters, and `tables`: by name what stands beside them. Empty where nothing is known."""

    figures: pd.DataFrame
    tables: dict[str, pd.DataFrame]


def build(so_far: SoFar) -> Made:
    """Make the scores of the innovation functions of clusters; the impact sheets are those that the programme read."""
    edition, answered = so_far.edition, function_sources.cells(so_far.edition)
    evidence = Evidence(
        function_sources.answers(edition),
        cited(edition, so_far.tables["project_sheets"]),
        events(edition),
        phases(edition),
        tuple(read.cell_names(answered)),
    )
    found = innovation(evidence, chosen().value)
    return Made(found.figures, found.tables, cells=answered)


def innovation(evidence: Evidence, choices: pd.Series) -> Innovation:
    """Scores, and all that goes with them. `choices` are the named choices of `data/assumptions.csv`, as text."""
    numbers = pd.to_numeric(choices, errors="coerce")
    needed = motor.needed(evidence.phases, codelist("phase_functions").reset_index())
    made = _scored(evidence.answers, choices, numbers) if len(evidence.answers) else _nothing()
    scores = made["function_scores"]
    given = evidence.cited[evidence.cited.kind == CONTRIBUTION]
    stimulated = motor.stimulated(needed, given, choices["function_stimulating"].split(), UNKNOWN_LEVEL)
    dated = motor.agreed(evidence.events)
    lag, draws, seed = (int(numbers[f"sequence_{name}"]) for name in ("lag", "draws", "seed"))
    listed = codelist("motors").functions.str.split().to_dict()
    tables = made | {
        "function_cited": evidence.cited,
        "function_weak": motor.weak(needed, scores),
        "function_motor": motor.maturity(needed, scores).merge(motor.ratio(stimulated), on=["cluster", "phase"]),
        "function_coding": _coding(evidence.events, numbers),
        "function_events": motor.cumulative(dated).assign(synthetic=is_synthetic(evidence.events, "coder")),
        "function_sequences": motor.sequences(dated, lag, draws, seed),
        "function_motors": motor.motors(dated, listed, lag, draws, seed),
    }
    return Innovation(_figures(scores, evidence.cells), {name: rounded(table) for name, table in tables.items()})


def rule(choices: pd.Series, numbers: pd.Series) -> function_scores.Rule:
    """When there is a score, and when a function is a barrier, as the register of assumptions has it."""
    return function_scores.Rule(
        least=int(numbers["function_least"]),
        least_types=int(numbers["function_least_types"]),
        least_of_type=int(numbers["function_least_of_type"]),
        weights=choices["function_weights"],
        barrier_score=numbers["function_barrier_score"],
        barrier_pct=numbers["function_barrier"],
        open_pct=numbers["function_no_barrier"],
        interval_pct=numbers["function_interval"],
    )


def _scored(answers: pd.DataFrame, choices: pd.Series, numbers: pd.Series) -> dict[str, pd.DataFrame]:
    """The tables that rest on answers."""
    of, limits = panel(answers), rule(choices, numbers)
    draws, seed = int(numbers["function_draws"]), int(numbers["function_seed"])
    drawn = function_scores.drawn(of, limits, draws, seed)
    varied = [
        [float(one) for one in choices[name].split()]
        for name in ("function_barrier_score_varied", "function_barrier_varied")
    ]
    flips = sensitivity.flips(of, drawn, limits, *varied)
    scores = sensitivity.fragile(function_scores.scores(of, drawn, limits), flips)
    model = severity.model(of, limits.barrier_score, limits.interval_pct)
    agreement = reliability.by_function(answers, draws, seed, limits.interval_pct, numbers["alpha_undrawn"])
    return {
        "function_scores": scores.assign(synthetic=is_synthetic(answers)),
        "function_model": severity.compared(scores, model),
        "function_diagnostics": pd.DataFrame([{**model.diagnostics, "reason": model.reason}]),
        "function_flips": flips[flips.varied != sensitivity.RESPONDENT],  # a respondent is not named
        "function_groups": function_scores.groups(of),
        "function_reliability": _with_meaning(agreement, numbers),
        "function_notes": _told(answers, scores),
    }


def _told(answers: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """What respondents wrote of functions that are a barrier or undecided, without their names; other notes are not told."""
    open_ = scores.loc[scores.judgement.isin([function_scores.BARRIER, function_scores.UNDECIDED]), list(ITEM)]
    return answers[answers.note != ""].merge(open_)[NOTE].sort_values(NOTE, kind="stable", ignore_index=True)


def _coding(events: pd.DataFrame, numbers: pd.Series) -> pd.DataFrame:
    """How far coders of events agree, where events have been coded by more than one."""
    if not events.duplicated("event").any():
        return pd.DataFrame(columns=AGREEMENT)
    draws, seed, interval = (numbers[f"function_{name}"] for name in ("draws", "seed", "interval"))
    agreement = reliability.of_events(events, int(draws), int(seed), interval, numbers["alpha_undrawn"])
    return _with_meaning(agreement, numbers)


def _with_meaning(agreement: pd.DataFrame, numbers: pd.Series) -> pd.DataFrame:
    """Alphas with what they mean."""
    limits = numbers["alpha_reliable"], numbers["alpha_tentative"]
    return agreement.assign(means=[reliability.meaning(one, *limits) for one in agreement.alpha])


def _nothing() -> dict[str, pd.DataFrame]:
    """The same tables where nobody answered."""
    columns = {
        "function_scores": [*ITEM, "median", "barrier_pct", "judgement", "synthetic"],
        "function_model": [*ITEM, "model_median", "difference"],
        "function_diagnostics": ["reason"],
        "function_flips": [*ITEM, "varied", "to", "judgement"],
        "function_groups": [*ITEM, "stakeholder_type", "respondents"],
        "function_reliability": AGREEMENT,
        "function_notes": NOTE,
    }
    return {name: pd.DataFrame(columns=names) for name, names in columns.items()}


def indicator_of(function: str, form: str = "") -> str:
    """The indicator of a function, `function_f4`, or a form of it."""
    return f"function_{function.lower()}" + (f"_{form}" if form else "")


def _figures(scores: pd.DataFrame, cells: tuple[str, ...]) -> pd.DataFrame:
    """The scores as figures: the median with its interval, how many respondents, and the chance of a barrier."""
    blank = {
        "place": "NL",
        "product_group": "",
        "scope": "",
        "inputs": cells,
        "method": method_of(function_scores.scores).id,
    }
    rows = []
    for row in scores.itertuples():
        about = {"cluster": row.cluster, **blank}
        for form, value, low, high in (
            ("", row.median, row.low, row.high),
            ("respondents", row.respondents, row.respondents, row.respondents),
            ("barrier", row.barrier_pct, row.barrier_pct, row.barrier_pct),
        ):
            rows.append(
                {"indicator": indicator_of(row.function, form), **about, "value": value, "low": low, "high": high}
            )
    return pd.DataFrame(rows, columns=RESULT)
