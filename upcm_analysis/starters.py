"""What a new notebook begins with: an example of what it can be about, its first blocks, and the cells of an exploration."""

import json

from factpress.texts import texts

WORDS = texts(__name__)
#: The subject that a new notebook shows where it is opened by itself, by what it can be about.
EXAMPLE = {
    "province": "zeeland",
    "cluster": "materialen",
    "national": "nederland",
    "product-group": "24",
    "cluster-province": "materialen-zeeland",
}
#: The first sentence, a chart and a table: what is called, by what the notebook can be about.
CALLS = {
    "lead": dict.fromkeys(EXAMPLE, "lead("),
    "chart": {
        "province": 'map("jobs_k", ',
        "cluster": 'ranking("jobs_k", ',
        "national": 'ranking("jobs_k", kind="cluster", ',
        "product-group": 'ranking("jobs_k", ',
        "cluster-province": 'regions.ranges("jobs_k", ',
    },
    "table": {
        "province": 'comparison("jobs_k", "labour_volume_k", "organisations", ',
        "cluster": 'comparison("jobs_k", "labour_volume_k", "organisations", ',
        "national": 'comparison("jobs_k", "labour_volume_k", "organisations", kind="cluster", ',
        "product-group": 'comparison("jobs_k", "value_added_meur", ',
        "cluster-province": 'regions.estimates("jobs_k", "value_added_meur", ',
    },
}
EXPLORATION = """import seaborn as sns

from factpress.facts import Facts
from upcm_analysis import pipeline

facts = Facts.read(pipeline.processed("{edition}") / "facts.csv").table
jobs = facts.query("indicator == 'jobs_k' and place == 'NL' and product_group != ''")
jobs.set_index("product_group")[["value", "low", "high", "unit", "status"]]"""
PICTURE = """axes = sns.barplot(data=jobs.sort_values("value", ascending=False), y="product_group", x="value")
_ = axes.set(xlabel="jobs, thousands", ylabel="")"""


def first_cells(about: str) -> list[tuple[str, str]]:
    """Return the cells after the page is opened: the tag of each and what it holds."""
    return [
        ("", _call("lead", about)),
        *_heading("jobs"),
        ("", _call("chart", about)),
        *_heading("figures"),
        ("", _call("table", about)),
    ]


def exploration(edition: str) -> list[tuple[str, str]]:
    """Return the cells of a new exploration."""
    return [("", EXPLORATION.format(edition=edition)), ("", PICTURE)]


def _heading(name: str) -> list[tuple[str, str]]:
    return [(language, f"## {text}") for language, text in WORDS.each(name).items()]


def _call(part: str, about: str) -> str:
    """A call of the page, one argument a line."""
    name, _, given = CALLS[part][about].partition("(")
    said = [f"{one}={json.dumps(text, ensure_ascii=False)}" for one, text in WORDS.each(part, about).items()]
    return "\n".join([f"page.{name}(", *(f"    {one}," for one in [*filter(None, given.split(", ")), *said]), ")"])
