"""The survey on the innovation functions: an empty questionnaire as a workbook, and what respondents filled in, read back.

A questionnaire is protected but for its answers. What of it cannot be used is reported by sheet and cell; nothing is guessed.
"""

import re
from datetime import datetime
from pathlib import Path

import pandas as pd

from factpress import files
from factpress.codelists import codelist
from factpress.dimensions import subject
from factpress.errors import UnknownName
from factpress.languages import LANGUAGES
from factpress.texts import texts
from upcm_analysis.intake import workbooks
from upcm_analysis.intake.workbooks import CREATED, KEY, one_of
from upcm_analysis.topics.functions.sources import ANSWER, DATE, UNKNOWN, UNUSABLE, Checked, checked
from upcm_analysis.vocabulary.subjects import clusters

WORDS = texts(__name__)
#: What the hidden sheet of a questionnaire begins with.
FORMAT = "upcm-survey-1"
#: Where things stand on a sheet: the line of the header (questions follow), and the columns, numbered from 1.
HEADER, (ID, FUNCTION, QUESTION, SCORE, CONFIDENCE, NOTE) = 4, range(1, 7)
#: Where a respondent says who answers: line by field, all in the second column.
FIELDS = {"respondent": 3, "stakeholder_type": 4, "date": 5}


def questionnaire(language: str, slugs: list[str]) -> bytes:
    """An empty questionnaire in a language, on these clusters (none: all), as a workbook."""
    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    about = [subject("cluster", slug) for slug in slugs] or clusters()
    return workbooks.blank(language, WORDS[language]["title"], lambda book: _Blank(book, language).write(about))


class _Blank(workbooks.Blank):
    """The sheets of an empty questionnaire while it is written."""

    def __init__(self, book, language: str):
        super().__init__(book, language)
        self.words = WORDS[language]

    def write(self, about: list) -> None:
        """Writes the explanation, who answers, a sheet a cluster, and the hidden key."""
        scale = codelist("function_scores")[f"name_{self.language}"]
        scores = [self.words["scale"].format(*one) for one in scale.items()]
        self.explanation(self.words["title"], [*self.words["lines"], "", *scores])
        self._who()
        names = [sheet_name(one.name(self.language)) for one in about]
        for one, name in zip(about, names, strict=True):
            self._cluster(one.name(self.language), name)
        self.hidden(KEY, [(FORMAT, self.language), *zip(names, (one.slug for one in about), strict=True)])

    def _who(self) -> None:
        sheet = self.sheet(self.words["you"])
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 48)
        sheet.write_string(0, 0, self.words["you"], self.title)
        for field, line in FIELDS.items():
            sheet.write_string(line - 1, 0, self.words[field], self.head)
            sheet.write_blank(line - 1, 1, None, self.day if field == "date" else self.open)
        self.choice(sheet, FIELDS["stakeholder_type"] - 1, 1, self._names("stakeholder_types"))
        sheet.data_validation(
            FIELDS["date"] - 1, 1, FIELDS["date"] - 1, 1,
            {"validate": "date", "criteria": ">=", "value": CREATED, "error_message": self.words["day"]},
        )  # fmt: skip

    def _cluster(self, cluster: str, name: str) -> None:
        sheet = self.sheet(name)
        for column, width in enumerate((7, 26, 58, 12, 12, 60)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, cluster, self.title)
        sheet.write_string(1, 0, self.words["asked"].format(cluster))
        for column, text in enumerate(self.words["header"]):
            sheet.write_string(HEADER - 1, column, text, self.head)
        asked = questions(self.language)
        for line, (code, function, text) in enumerate(asked, start=HEADER):
            for column, said in enumerate((code, function, text)):
                sheet.write_string(line, column, said, self.asked)
            for column in (SCORE, CONFIDENCE, NOTE):
                sheet.write_blank(line, column - 1, None, self.open)
            sheet.set_row(line, 32)
        last = HEADER + len(asked) - 1
        self.choice(sheet, HEADER, SCORE - 1, [*codelist("function_scores").index, self.words["unknown"]], last)
        self.choice(sheet, HEADER, CONFIDENCE - 1, self._names("confidences"), last)
        sheet.freeze_panes(HEADER, QUESTION)
        sheet.repeat_rows(HEADER - 1)

    def _names(self, name: str) -> list[str]:
        return list(codelist(name)[f"name_{self.language}"])


def questions(language: str) -> list[tuple[str, str, str]]:
    """All diagnostic questions in their order: code, function with its name, text."""
    functions = codelist("functions")[f"name_{language}"]
    return [
        (row.Index, f"{row.function} {functions[(row.scheme, row.function)]}", getattr(row, f"text_{language}"))
        for row in codelist("diagnostic_questions").itertuples()
    ]


def sheet_name(cluster: str) -> str:
    """The name of the sheet of a cluster."""
    return workbooks.sheet_name(cluster.partition(" (")[0])


def read(paths: list[Path]) -> Checked:
    """The answers in filled-in questionnaires, and a report of what could not be used.

    Raises InputError for a file that is no questionnaire at all.
    """
    parts = [_read(Path(path)) for path in paths]
    rows = pd.DataFrame([row for part in parts for row in part.rows], columns=ANSWER)
    made = checked(rows, [one for part in parts for one in part.sheets], [one for part in parts for one in part.places])
    unusable = [(f"{part.file}: {sheet}", *rest) for part in parts for sheet, *rest in part.unusable]
    report = pd.DataFrame(unusable, columns=UNUSABLE)
    return Checked(made.answers, pd.concat([report.drop_duplicates(), made.unusable], ignore_index=True))


def write(made: Checked, path: Path) -> Path:
    """The answers as a table that can be registered, and beside it the report; gives the path of the report."""
    table = made.answers.assign(score=[f"{one:.0f}" if one == one else UNKNOWN for one in made.answers.score])
    texts = {path: table, report(path): made.unusable}
    files.write_all({place: one.to_csv(index=False, lineterminator="\n").encode() for place, one in texts.items()})
    return report(path)


def report(path: Path) -> Path:
    """Where the report on a table of answers lies."""
    return path.with_name(f"{path.stem}-unusable.csv")


class _Filled(workbooks.Filled):
    """One filled-in questionnaire while it is read: rows of answers with where they stand, and what is unusable."""

    def __init__(self, file: str, book, language: str, named: list[tuple[str, str]]):
        super().__init__(file, book, language)
        self.rows: list[dict] = []
        self.sheets: list[str] = []
        self.places: list[dict[str, str]] = []
        self.words, self.clusters = WORDS[language], dict(named)

    def read(self) -> None:
        """Reads who answers, and the sheet of each cluster."""
        who = self._who()
        for name, slug in self.clusters.items():
            if self.has(name) and who:
                self._answers(name, slug, who)

    def _who(self) -> dict[str, str] | None:
        """Who answers; None where that cannot be told, for then no answer can be used."""
        name = self.words["you"]
        if not self.has(name):
            return None
        sheet, before = self.book[name], len(self.unusable)
        cells = {field: sheet.cell(line, 2) for field, line in FIELDS.items()}
        found = {field: self.text(name, cell, self.words[field]) for field, cell in cells.items()}
        if not re.fullmatch(r"[\w.-]+", found["respondent"]) and len(self.unusable) == before:
            expected = "a pseudonym of letters, digits, . _ and -; no name or e-mail address"
            self.refuse(name, cells["respondent"].coordinate, found["respondent"], expected)
        kinds = self._codes("stakeholder_types")
        if found["stakeholder_type"] not in kinds:
            self.refuse(name, cells["stakeholder_type"].coordinate, found["stakeholder_type"], one_of(kinds))
        if len(self.unusable) > before:
            return None
        day = cells["date"].value
        if day is not None and not isinstance(day, datetime):
            self.refuse(name, cells["date"].coordinate, day, DATE)
        date = day.date().isoformat() if isinstance(day, datetime) else ""
        return {**found, "stakeholder_type": kinds[found["stakeholder_type"]], "date": date}

    def _begun(self, sheet) -> bool:
        """Whether anything is filled in on a sheet; else its cluster was passed over."""
        return any(cell.value is not None for row in sheet.iter_rows(min_row=HEADER + 1, min_col=SCORE) for cell in row)

    def _answers(self, name: str, slug: str, who: dict[str, str]) -> None:
        """The answers on the sheet of a cluster, as far as the sheet is as it was sent."""
        sheet, asked = self.book[name], questions(self.language)
        if not self.as_sent(sheet, HEADER, self.words["header"]) or not self._begun(sheet):
            return
        self.refuse_besides(sheet, HEADER, HEADER + len(asked), NOTE)
        merged = {
            at: str(area) for area in sheet.merged_cells.ranges for row in area.rows for at in row if at[0] > HEADER
        }
        for line, question in enumerate(asked, start=HEADER + 1):
            changed = [
                (cell, text) for cell, text in zip(sheet[line][:QUESTION], question, strict=True) if cell.value != text
            ]
            joined = [merged[line, column] for column in (SCORE, CONFIDENCE, NOTE) if (line, column) in merged]
            if joined:
                self.refuse(name, joined[0], "merged cells", "one answer in each cell")
            elif changed:
                cell, text = changed[0]
                self.refuse(name, cell.coordinate, cell.value, text)
            else:
                self._answer(sheet, line, {**who, "cluster": slug, "question": question[0]})

    def _answer(self, sheet, line: int, about: dict[str, str]) -> None:
        """One answer; where its score cannot be used there is none."""
        score, confidence, note = (sheet.cell(line, column) for column in (SCORE, CONFIDENCE, NOTE))
        scores = [*codelist("function_scores").index, self.words["unknown"]]
        before = len(self.unusable)
        given = self.text(sheet.title, score, one_of([*scores, "nothing"]))
        if len(self.unusable) == before and given not in ("", *scores):
            self.refuse(sheet.title, score.coordinate, given, one_of([*scores, "nothing"]))
        if len(self.unusable) > before:
            return
        sure = self._codes("confidences")
        told = self.text(sheet.title, confidence, one_of(sure))
        if told not in ("", *sure):
            self.refuse(sheet.title, confidence.coordinate, told, one_of(sure))
        row = codelist("diagnostic_questions").loc[about["question"]]
        self.rows.append(
            {
                **about,
                "scheme": row.scheme,
                "function": row.function,
                "score": UNKNOWN if given == self.words["unknown"] else given,
                "confidence": sure.get(told, ""),
                "note": self.text(sheet.title, note, "text"),
            }
        )
        self.sheets.append(f"{self.file}: {sheet.title}")
        self.places.append({"question": f"A{line}", "score": score.coordinate})

    def _codes(self, name: str) -> dict[str, str]:
        """The codes of a list by their names in the language of the questionnaire."""
        return {text: code for code, text in codelist(name)[f"name_{self.language}"].items()}


def _read(path: Path) -> _Filled:
    """One questionnaire, read."""
    filled = _Filled(path.name, *workbooks.opened(path, FORMAT, "questionnaire", "upcm survey new"))
    filled.read()
    return filled
