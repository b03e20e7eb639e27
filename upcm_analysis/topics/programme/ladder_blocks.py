"""The R-ladder: how many projects name each of its steps, and which; a project may name several, or none."""

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row
from factpress.codelists import codelist
from factpress.dimensions import Subject
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Teller, number

WORDS = texts(__name__)
#: Room for the names of the steps beside their bars, in pixels.
NAMES_PX = 160


def steps(placed: pd.DataFrame) -> dict[str, list[str]]:
    """Return the projects that name each step, in the order of the ladder; those that name none are not among them."""
    named = placed[placed.dimension == "r_step"]
    return {code: list(named.project[named.code == code]) for _, code in codelist("r_strategies").index}


def most(placed: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the words of a title by language: `{step}` that most projects name, or several, and `{many}` projects do."""
    found = steps(placed)
    many = max(map(len, found.values()))
    listed = codelist("r_strategies").droplevel(0)
    return {
        language: {
            "step": WORDS[language]["and"].join(
                listed.at[code, f"name_{language}"].lower() for code, own in found.items() if len(own) == many
            ),
            "many": number(many, 0, language),
        }
        for language in LANGUAGES
    }


def ladder(teller: Teller, title: str, placed: pd.DataFrame) -> Chart:
    """Bars of how many projects name each step, in the order of the ladder; in its table also which these are."""
    language, words = teller.language, WORDS[teller.language]
    listed, found = codelist("r_strategies").droplevel(0), steps(placed)
    labels = [f"{code} {listed.at[code, f'name_{language}']}" for code in found]
    counts = [len(own) for own in found.values()]
    said = [number(count, 0, language) if count else words["none"] for count in counts]
    largest = {index for index, count in enumerate(counts) if count and count == max(counts)}
    rows = [
        Row(
            label=label,
            cells=[
                Cell(text=text, value=float(count)),
                Cell(text="; ".join(Subject(project=one).name(language) for one in own) or words["none"]),
            ],
        )
        for label, text, count, own in zip(labels, said, counts, found.values(), strict=True)
    ]
    silent = placed[(placed.dimension == "r_step") & (placed.code == "")]
    stub, many, which = words["columns"]
    return Chart(
        language=language,
        title=title,
        short=words["short"],
        subtitle=words["subtitle"],
        alt=words["alt"].format("; ".join(f"{label} {text}" for label, text in zip(labels, said, strict=True))),
        data=Data(stub=stub, columns=[Column(label=many, decimals=0), Column(label=which, number=False)], rows=rows),
        notes=[words["silent"].format("; ".join(Subject(project=one).name(language) for one in silent.project))]
        if len(silent)
        else [],
        pictures=[charts.bars(labels, counts, said, largest, left=NAMES_PX)],
    )
