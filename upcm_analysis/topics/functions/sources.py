"""What respondents answered on the innovation functions: one row an answer, checked cell by cell.

What cannot be used is reported and left out, never guessed; an answer that is unknown stays, and has no score.
"""

from dataclasses import dataclass

import pandas as pd

from factpress.codelists import codelist
from factpress.errors import InputError
from factpress.home import shown
from upcm_analysis.registers import sources, tables
from upcm_analysis.registers.tables import records

#: The columns of a table of answers. `score` is 1 to 5, `unknown`, or empty, which is unknown too.
ANSWER = [
    "respondent",
    "stakeholder_type",
    "cluster",
    "scheme",
    "function",
    "question",
    "score",
    "confidence",
    "note",
    "date",
]
UNUSABLE = ["sheet", "cell", "found", "expected"]
DATE = "a date such as 2026-05-31, or nothing"
#: The word for an answer that a respondent does not know.
UNKNOWN = "unknown"
#: What the pseudonym of a respondent begins with who was made up to try the method on.
SYNTHETIC = "synthetic"
#: An answer is about these; where one of them is wrong it is about nothing.
ABOUT = ["respondent", "stakeholder_type", "cluster", "scheme", "function", "question"]


@dataclass(frozen=True, eq=False)
class Checked:
    """`answers`, with scores as numbers (NaN for unknown), and what was `unusable`: sheet, cell, found, expected."""

    answers: pd.DataFrame
    unusable: pd.DataFrame


def checked(rows: pd.DataFrame, sheets: list[str], places: list[dict[str, str]]) -> Checked:
    """Rows of `ANSWER` as text, divided into answers that can be used and a report of what cannot.

    `sheets` and `places` say of each row where it stands: the sheet, and by column the cell. Where nothing is wrong but the
    confidence or the date, these are left blank. Where a respondent answers a question twice, neither answer is used.
    """
    rows = rows.reset_index(drop=True)
    problems = [*_wrong(rows), *_contradicting(rows)]
    report = [
        (sheets[row], places[row].get(column, column), rows.at[row, column] or "nothing", expected)
        for row, column, expected in sorted(problems, key=lambda one: one[0])
    ]
    lost = {row for row, column, _ in problems if column in (*ABOUT, "score")}
    blank = rows.copy()
    for row, column, _ in problems:
        if column in ("confidence", "date"):
            blank.at[row, column] = ""
    kept = blank.drop(index=list(lost)).reset_index(drop=True)
    kept["score"] = pd.to_numeric(kept.score.replace({UNKNOWN: ""}), errors="coerce")
    return Checked(kept[ANSWER], pd.DataFrame(report, columns=UNUSABLE))


def cells(edition: str) -> pd.DataFrame:
    """Return a cell for each table of answers as a whole: what is in it is not published."""
    return tables.whole(edition, ("answers",))


def answers(edition: str) -> pd.DataFrame:
    """The registered answers of an edition, as `checked` gives them; no rows where none are registered.

    Raises InputError for the first answer that cannot be used, and for answers of made-up respondents: those try out the
    method, and may not reach a publication.
    """
    parts, sheets, places = [], [], []
    for source in sources.registered(edition, "answers"):
        file, found = shown(sources.raw_path(source)), records(source, ANSWER)
        refuse_synthetic(source, [row["respondent"] for _, row in found])
        parts += [row for _, row in found]
        sheets += [file] * len(found)
        places += [{column: f"{line}|{column}" for column in ANSWER} for line, _ in found]
    made = checked(pd.DataFrame(parts, columns=ANSWER), sheets, places)
    for first in made.unusable.itertuples():
        line, _, column = first.cell.partition("|")
        raise InputError(
            f"{len(made.unusable)} answers cannot be used",
            file=first.sheet,
            row=line,
            column=column,
            found=first.found,
            expected=first.expected,
            remedy="leave the row out, or ask the respondent",
        )
    return made.answers


def refuse_synthetic(source: str, names: list[str]) -> None:
    """Raises InputError for a source that is made up, by its own name or by the names in it."""
    made_up = [name for name in (source.rpartition("/")[2], *names) if name.lower().startswith(SYNTHETIC)]
    if made_up or SYNTHETIC in source.lower():
        raise InputError(
            "synthetic answers may not be registered",
            file=shown(sources.raw_path(source)),
            found=next(iter(made_up), source),
            expected="answers that people gave",
            remedy="use synthetic answers in tests and in notebooks/explore only",
        )


def is_synthetic(table: pd.DataFrame, who: str = "respondent") -> bool:
    """Whether any row is of somebody made up."""
    return any(name.lower().startswith(SYNTHETIC) for name in table[who])


def _wrong(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """What is wrong in single cells: row, column, and what was expected."""
    functions, questions = codelist("functions"), codelist("diagnostic_questions")
    schemes = sorted(set(functions.index.get_level_values("scheme")))
    found: list[tuple[int, str, str]] = []

    def refuse(column: str, wrong: pd.Series, expected) -> None:
        """Notes these rows; what was expected may differ by row."""
        found.extend((row, column, expected(row) if callable(expected) else expected) for row in rows.index[wrong])

    def listed(column: str, known) -> None:
        """Notes the rows with another code than these."""
        refuse(column, ~rows[column].isin(list(known)), "one of " + ", ".join(filter(None, known)))

    named = rows.respondent.str.fullmatch(r"[\w.-]+")
    refuse("respondent", ~named, "a pseudonym of letters, digits, . _ and -; no name or e-mail address")
    listed("stakeholder_type", codelist("stakeholder_types").index)
    listed("cluster", codelist("clusters").index)
    listed("scheme", schemes)
    pairs = pd.MultiIndex.from_frame(rows[["scheme", "function"]])
    in_scheme = rows.scheme.isin(schemes)
    codes = ", ".join(f"{code} of {scheme}" for scheme, code in functions.index)
    refuse("function", in_scheme & ~pairs.isin(functions.index), f"one of {codes}")
    asked = rows.question.map(questions.function).fillna("")
    refuse("question", asked == "", "a question of diagnostic_questions.csv")
    refuse(
        "question",
        (asked != "") & (asked != rows.function) & pairs.isin(functions.index),
        lambda row: f"a question on {rows.at[row, 'function']}",
    )
    scores = list(codelist("function_scores").index)
    refuse(
        "score",
        ~rows.score.isin([*scores, UNKNOWN, ""]),
        f"a whole number from {scores[0]} to {scores[-1]}, {UNKNOWN}, or nothing",
    )
    listed("confidence", ["", *codelist("confidences").index])
    dates = rows.date.str.fullmatch(r"\d{4}-\d\d-\d\d") & pd.to_datetime(rows.date, errors="coerce").notna()
    refuse("date", ~dates & (rows.date != ""), DATE)
    return found


def _contradicting(rows: pd.DataFrame) -> list[tuple[int, str, str]]:
    """What is wrong between rows: a question that is answered twice, and a respondent of two types."""
    keys = ["respondent", "cluster", "scheme", "question"]
    twice = rows.duplicated(keys, keep=False)
    named = rows.stakeholder_type.where(rows.stakeholder_type.isin(codelist("stakeholder_types").index))
    kinds = named.groupby(rows.respondent).transform("nunique")
    return [
        *((row, "question", "each question once for a respondent and a cluster") for row in rows.index[twice]),
        *((row, "stakeholder_type", "one type for a respondent") for row in rows.index[kinds > 1]),
    ]
