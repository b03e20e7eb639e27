"""The survey on the innovation functions: an empty questionnaire as a workbook, and what respondents filled in, read back.

A questionnaire is protected but for its answers. What of it cannot be used is reported by sheet and cell; nothing is guessed.
"""

import io
import re
from datetime import datetime
from pathlib import Path

import pandas as pd

from upcm_analysis.evidence.answers import ANSWER, DATE, UNKNOWN, UNUSABLE, Checked, checked
from upcm_analysis.telling.theme import theme
from upcm_analysis.words.codelists import LANGUAGES, clusters, codelist, subject
from upcm_analysis.words.errors import InputError, UnknownName

WORDS = {
    "nl": {
        "title": "Vragenlijst innovatiefuncties",
        "explanation": "Uitleg",
        "you": "Gegevens",
        "respondent": "Pseudoniem",
        "stakeholder_type": "Soort organisatie",
        "date": "Datum",
        "header": ["Nr.", "Functie", "Vraag", "Score", "Zekerheid", "Toelichting"],
        "unknown": "Onbekend",
        "scale": "Score {}: {}",
        "lines": [
            "U beoordeelt hoe sterk acht functies nu zijn in een cluster. Elk cluster heeft een eigen tabblad.",
            "Kies bij elke vraag een score. Weet u het niet, kies dan Onbekend of laat de cel leeg. Dat telt niet als laag.",
            "Zekerheid en toelichting zijn niet verplicht. Schrijf in de toelichting waar u het aan ziet.",
            "Noem geen namen van personen.",
            "Vul een cluster alleen in als u het kent. Een tabblad dat u helemaal leeg laat, telt niet mee.",
            "Vul op het tabblad Gegevens uw pseudoniem in. Gebruik uw naam of e-mailadres niet.",
            "Toelichtingen kunnen zonder naam in een publicatie komen.",
        ],
        "asked": "Hoe sterk is dit nu in het cluster {}?",
        "hint": "Kies uit de lijst.",
        "wrong": "Kies een van de waarden uit de lijst.",
        "day": "Een datum, zoals 31-5-2026.",
    },
    "en": {
        "title": "Questionnaire on innovation functions",
        "explanation": "Explanation",
        "you": "About you",
        "respondent": "Pseudonym",
        "stakeholder_type": "Kind of organisation",
        "date": "Date",
        "header": ["No.", "Function", "Question", "Score", "Confidence", "Note"],
        "unknown": "Unknown",
        "scale": "Score {}: {}",
        "lines": [
            "You judge how strong eight functions now are in a cluster. Each cluster has its own sheet.",
            "Choose a score at each question. If you do not know, choose Unknown or leave it empty: that is not low.",
            "Confidence and note are optional. Say in the note what you see it by.",
            "Do not name people.",
            "Only fill in clusters that you know. A sheet that you leave empty altogether is left out.",
            "Fill in your pseudonym on the sheet About you. Do not use your name or e-mail address.",
            "Notes may be published, without a name.",
        ],
        "asked": "How strong is this now in the cluster {}?",
        "hint": "Choose from the list.",
        "wrong": "Choose one of the values in the list.",
        "day": "A date, such as 31/5/2026.",
    },
}
#: The hidden sheet that says which questionnaire this is, and what it begins with.
KEY, FORMAT = "upcm", "upcm-survey-1"
#: Where things stand on a sheet: the line of the header (questions follow), and the columns, numbered from 1.
HEADER, (ID, FUNCTION, QUESTION, SCORE, CONFIDENCE, NOTE) = 4, range(1, 7)
#: Where a respondent says who answers: line by field, all in the second column.
FIELDS = {"respondent": 3, "stakeholder_type": 4, "date": 5}
#: The same bytes whenever it is made.
CREATED = datetime(2020, 1, 1)
#: What a cell holds that is worked out: nobody filled that in.
CALCULATED = {"f": "a formula", "e": "an error"}
#: Excel does not take these in the name of a sheet.
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def questionnaire(language: str, slugs: list[str]) -> bytes:
    """An empty questionnaire in a language, on these clusters (none: all), as a workbook."""
    import xlsxwriter

    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    about = [subject("cluster", slug) for slug in slugs] or clusters()
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": WORDS[language]["title"], "created": CREATED})
        _Blank(book, language).write(about)
    return content.getvalue()


class _Blank:
    """The sheets of an empty questionnaire while it is written."""

    def __init__(self, book, language: str):
        self.book, self.language, self.words, self.colours = book, language, WORDS[language], theme().colours
        edge = {"border": 1, "border_color": self.colours.rule, "valign": "top", "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": self.colours.highlight})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.asked = book.add_format(edge)
        self.open = book.add_format({**edge, "locked": False, "bg_color": self.colours.soft})
        self.day = book.add_format({**edge, "locked": False, "bg_color": self.colours.soft, "num_format": "yyyy-mm-dd"})

    def write(self, about: list) -> None:
        """Writes the explanation, who answers, a sheet a cluster, and the hidden key."""
        self._explanation()
        self._who()
        names = [sheet_name(one.name(self.language)) for one in about]
        for one, name in zip(about, names, strict=True):
            self._cluster(one.name(self.language), name)
        key = self._sheet(KEY)
        key.hide()
        for line, row in enumerate([(FORMAT, self.language), *zip(names, (one.slug for one in about), strict=True)]):
            key.write_row(line, 0, row)

    def _sheet(self, name: str):
        sheet = self.book.add_worksheet(name)
        sheet.protect("", {"format_rows": True, "format_columns": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def _explanation(self) -> None:
        sheet = self._sheet(self.words["explanation"])
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, self.words["title"], self.title)
        scale = codelist("function_scores")[f"name_{self.language}"]
        lines = [*self.words["lines"], "", *(self.words["scale"].format(*one) for one in scale.items())]
        for line, text in enumerate(lines, start=2):
            sheet.write_string(line, 0, text, self.text)
            sheet.set_row(line, 32 if len(text) > 95 else 16)

    def _who(self) -> None:
        sheet = self._sheet(self.words["you"])
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 48)
        sheet.write_string(0, 0, self.words["you"], self.title)
        for field, line in FIELDS.items():
            sheet.write_string(line - 1, 0, self.words[field], self.head)
            sheet.write_blank(line - 1, 1, None, self.day if field == "date" else self.open)
        self._choice(sheet, FIELDS["stakeholder_type"] - 1, 1, self._names("stakeholder_types"))
        sheet.data_validation(
            FIELDS["date"] - 1, 1, FIELDS["date"] - 1, 1,
            {"validate": "date", "criteria": ">=", "value": CREATED, "error_message": self.words["day"]},
        )  # fmt: skip

    def _cluster(self, cluster: str, name: str) -> None:
        sheet = self._sheet(name)
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
        self._choice(sheet, HEADER, SCORE - 1, [*codelist("function_scores").index, self.words["unknown"]], last)
        self._choice(sheet, HEADER, CONFIDENCE - 1, self._names("confidences"), last)
        sheet.freeze_panes(HEADER, QUESTION)
        sheet.repeat_rows(HEADER - 1)

    def _names(self, name: str) -> list[str]:
        return list(codelist(name)[f"name_{self.language}"])

    def _choice(self, sheet, line: int, column: int, known: list[str], last: int | None = None) -> None:
        """A list to choose from in one cell, or down to the last line."""
        rule = {"validate": "list", "source": known, "input_message": self.words["hint"]}
        sheet.data_validation(line, column, last or line, column, {**rule, "error_message": self.words["wrong"]})


def questions(language: str) -> list[tuple[str, str, str]]:
    """All diagnostic questions in their order: code, function with its name, text."""
    functions = codelist("functions")[f"name_{language}"]
    return [
        (row.Index, f"{row.function} {functions[(row.scheme, row.function)]}", getattr(row, f"text_{language}"))
        for row in codelist("diagnostic_questions").itertuples()
    ]


def sheet_name(cluster: str) -> str:
    """The name of the sheet of a cluster."""
    return FORBIDDEN.sub("", cluster.partition(" (")[0])[:31]


def read(paths: list[Path]) -> Checked:
    """The answers in filled-in questionnaires, and a report of what could not be used.

    Raises InputError for a file that is no questionnaire at all.
    """
    parts = [_read(Path(path)) for path in paths]
    rows = pd.DataFrame([row for part in parts for row in part.rows], columns=ANSWER)
    made = checked(rows, [one for part in parts for one in part.sheets], [one for part in parts for one in part.places])
    report = pd.DataFrame([row for part in parts for row in part.unusable], columns=UNUSABLE)
    return Checked(made.answers, pd.concat([report.drop_duplicates(), made.unusable], ignore_index=True))


def write(made: Checked, path: Path) -> Path:
    """The answers as a table that can be registered, and beside it the report; gives the path of the report."""
    table = made.answers.assign(score=[f"{one:.0f}" if one == one else UNKNOWN for one in made.answers.score])
    table.to_csv(path, index=False, lineterminator="\n")
    report = path.with_name(f"{path.stem}-unusable.csv")
    made.unusable.to_csv(report, index=False, lineterminator="\n")
    return report


class _Filled:
    """One filled-in questionnaire while it is read: rows of answers with where they stand, and what is unusable."""

    def __init__(self, file: str, book):
        self.file, self.book = file, book
        self.rows: list[dict] = []
        self.sheets: list[str] = []
        self.places: list[dict[str, str]] = []
        self.unusable: list[tuple[str, str, str, str]] = []
        (_, self.language), *named = [tuple(row[:2]) for row in book[KEY].iter_rows(values_only=True)]
        self.words, self.clusters = WORDS[self.language], dict(named)

    def refuse(self, sheet: str, cell: str, found, expected: str) -> None:
        """Notes that something cannot be used."""
        self.unusable.append(
            (f"{self.file}: {sheet}", cell, "nothing" if found in (None, "") else str(found), expected)
        )

    def read(self) -> None:
        """Reads who answers, and the sheet of each cluster."""
        who = self._who()
        for name, slug in self.clusters.items():
            if name not in self.book.sheetnames:
                self.refuse(name, "A1", "no such sheet", f"the sheet {name}")
            elif who:
                self._answers(name, slug, who)

    def _who(self) -> dict[str, str] | None:
        """Who answers; None where that cannot be told, for then no answer can be used."""
        name = self.words["you"]
        if name not in self.book.sheetnames:
            return self.refuse(name, "A1", "no such sheet", f"the sheet {name}")
        sheet, before = self.book[name], len(self.unusable)
        cells = {field: sheet.cell(line, 2) for field, line in FIELDS.items()}
        found = {field: self._text(name, cell, self.words[field]) for field, cell in cells.items()}
        if not re.fullmatch(r"[\w.-]+", found["respondent"]) and len(self.unusable) == before:
            expected = "a pseudonym of letters, digits, . _ and -; no name or e-mail address"
            self.refuse(name, cells["respondent"].coordinate, found["respondent"], expected)
        kinds = self._codes("stakeholder_types")
        if found["stakeholder_type"] not in kinds:
            self.refuse(name, cells["stakeholder_type"].coordinate, found["stakeholder_type"], _one_of(kinds))
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
        for column, expected in enumerate(self.words["header"], start=1):
            cell = sheet.cell(HEADER, column)
            if cell.value != expected:
                return self.refuse(name, cell.coordinate, cell.value, f"{expected}: the sheet as it was sent")
        if not self._begun(sheet):
            return
        self._refuse_besides(sheet, HEADER + len(asked))
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
        given = self._text(sheet.title, score, _one_of([*scores, "nothing"]))
        if len(self.unusable) == before and given not in ("", *scores):
            self.refuse(sheet.title, score.coordinate, given, _one_of([*scores, "nothing"]))
        if len(self.unusable) > before:
            return
        sure = self._codes("confidences")
        told = self._text(sheet.title, confidence, _one_of(sure))
        if told not in ("", *sure):
            self.refuse(sheet.title, confidence.coordinate, told, _one_of(sure))
        row = codelist("diagnostic_questions").loc[about["question"]]
        self.rows.append(
            {
                **about,
                "scheme": row.scheme,
                "function": row.function,
                "score": UNKNOWN if given == self.words["unknown"] else given,
                "confidence": sure.get(told, ""),
                "note": self._text(sheet.title, note, "text"),
            }
        )
        self.sheets.append(f"{self.file}: {sheet.title}")
        self.places.append({"question": f"A{line}", "score": score.coordinate})

    def _text(self, sheet: str, cell, expected: str) -> str:
        """What a cell holds as text; a formula or an error holds nothing that can be used."""
        if cell.data_type in CALCULATED:
            self.refuse(sheet, cell.coordinate, f"{CALCULATED[cell.data_type]}: {cell.value}", expected)
            return ""
        value = cell.value
        if isinstance(value, float) and value == int(value):
            value = int(value)
        return "" if value is None else str(value).strip()

    def _refuse_besides(self, sheet, last: int) -> None:
        """Notes what stands beside or below the questionnaire: it may be an answer, and to what cannot be told."""
        for row in sheet.iter_rows(min_row=HEADER):
            for cell in row:
                if cell.value is not None and (cell.row > last or cell.column > NOTE):
                    self.refuse(sheet.title, cell.coordinate, cell.value, "nothing outside the questionnaire")

    def _codes(self, name: str) -> dict[str, str]:
        """The codes of a list by their names in the language of the questionnaire."""
        return {text: code for code, text in codelist(name)[f"name_{self.language}"].items()}


def _read(path: Path) -> _Filled:
    """One questionnaire, read."""
    import zipfile

    import openpyxl  # here, because only who reads questionnaires needs it
    from openpyxl.utils.exceptions import InvalidFileException

    expected = "a questionnaire made by 'upcm survey new'"
    if not path.is_file():
        raise InputError("a questionnaire is missing", file=path, expected=expected)
    try:
        book = openpyxl.load_workbook(path)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError("a file is no workbook", file=path, found=error, expected=expected) from None
    key = [tuple(row[:2]) for row in book[KEY].iter_rows(values_only=True)] if KEY in book.sheetnames else [()]
    if len(key[0]) != 2 or key[0][0] != FORMAT or key[0][1] not in LANGUAGES:
        raise InputError(
            "a workbook is no questionnaire", file=path, found=", ".join(book.sheetnames), expected=expected,
            remedy="ask for the file as it was sent, with its hidden sheet",
        )  # fmt: skip
    filled = _Filled(path.name, book)
    filled.read()
    return filled


def _one_of(known) -> str:
    return "one of " + ", ".join(known)
