"""The forms of a project as a workbook, filled in as somebody would."""

from factpress.codelists import codelist
from upcm_analysis.topics.programme import form_commands
from upcm_analysis.topics.programme.form_commands import HEADER, WORDS, lines, names
from upcm_analysis.topics.programme.form_sources import FORMS

PROJECT = "batterijen"
NUMBERS = {part for (_, part), value in codelist("form_parts")["value"].items() if "number" in value}


def place(form, part, item="", after=0):
    """The line on the sheet of a part: that of an item that is given, or the first of its blank ones but so many."""
    found = [
        number for number, line in enumerate(lines(form), start=HEADER + 1) if (line.part, line.item) == (part, item)
    ]
    return found[after]


def column(form, name):
    return "ABCDEFGH"[FORMS[form][1:].index(name)]


def fill(book, form, rows, language="nl"):
    """Fills in rows of a form as somebody would: choosing names, and writing numbers as the language has them."""
    sheet, used, asked = book[WORDS[language]["forms"][form]], {}, lines(form)
    given = {(line.part, line.item): line for line in reversed(asked)}
    for row in rows.to_dict("records"):
        known = row["item"] and (row["part"], row["item"]) in given
        line = given[row["part"], row["item"] if known else ""]
        number = place(form, line.part, line.item, used.get(line, 0))
        used[line] = used.get(line, 0) + 1
        for name in form_commands.open_columns(form, line):
            lists = [names(one, language) for one in form_commands.lists_of(form, row["part"], name)]
            listed = {code: text for one in lists for code, text in one.items()}
            text = listed.get(row[name], row[name])
            if language == "en" and name == "value" and row["part"] in NUMBERS and row[name] not in listed:
                text = text.translate(str.maketrans(",.", ".,"))
            sheet[f"{column(form, name)}{number}"] = text or None
