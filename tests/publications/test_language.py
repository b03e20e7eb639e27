"""Both languages say everything, and neither says anything of the other: texts in pairs, code lists and templates."""

import ast
from pathlib import Path

import nbformat
import papermill  # noqa: F401  it loads its engines itself, ours among them
import pytest
from language import LANGUAGES, SMALL, left_over, of_package, of_page, of_publication, pairs, strange, unequal

from factpress import codelists
from factpress.codelists import codelist
from upcm_analysis.registers.assumptions import oddities
from upcm_analysis.registers.corrections import corrections

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted(codelists.lists())
TEMPLATES = sorted((ROOT / "notebooks/publications").glob("*.ipynb"))
#: Columns that may be empty in both languages, and lists of names that need no translation.
OPTIONAL, NAMES = (
    ("one_", "many_", "short_", "formula_", "sbi_"),
    {
        "provinces",
        "critical_materials",
        "plan_measurers",
        "source_columns",
        "materials",
        "producer_countries",
        "material_uses",
    },
)


def test_every_text_of_the_package_is_in_both_languages():
    found = of_package()
    assert len(found) > 20 and "site.index" in found
    assert [fault for name, pair in found.items() for fault in unequal(pair, name)] == []


def in_two_languages(table):
    """The pairs of texts in the rows of a code list, with where they stand."""
    for column in (name.removesuffix("_nl") for name in table.columns if name.endswith("_nl")):
        for code, row in table.iterrows():
            pair = {language: row[f"{column}_{language}"] for language in LANGUAGES}
            if any(pair.values()) or not f"{column}_".startswith(OPTIONAL):
                yield f"{code}.{column}", pair


@pytest.mark.parametrize("name", LISTS)
def test_every_text_of_a_code_list_is_in_both_languages(name):
    found = [fault for at, pair in in_two_languages(codelist(name)) for fault in unequal(pair, f"{name}.{at}")]
    assert [fault for fault in found if not (name in NAMES and fault.endswith("in both languages"))] == []


def test_every_reason_is_in_both_languages():
    reasons = [(one.id, {"nl": one.reason_nl, "en": one.reason_en}) for one in corrections()]
    reasons += list(in_two_languages(oddities()))
    assert len(reasons) == 13 and [fault for name, pair in reasons for fault in unequal(pair, name)] == []


def texts_of(source):
    """The pairs of texts in the code of a template: nl= and en= of a call, and dicts by language."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield {one.arg: one.value.value for one in node.keywords if one.arg in LANGUAGES}
        if isinstance(node, ast.Dict) and all(
            isinstance(one, ast.Constant) for one in node.values
        ):  # not of indicators
            yield {key.value: value.value for key, value in zip(node.keys, node.values, strict=True)}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_text_of_a_template_holds_the_same_facts_in_both_languages(path):
    cells = nbformat.read(path, as_version=4).cells
    made = [pair for cell in cells if cell.cell_type == "code" for pair in texts_of(cell.source)]
    assert sum(map(bool, made)) > 4
    assert [fault for pair in made if pair for fault in unequal(pair, str(pair)[:60])] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_the_prose_of_a_template_is_in_the_language_that_it_is_tagged_with(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    prose = [(cell.id, cell.metadata.tags[0], cell.source) for cell in cells]
    assert len(prose) > 3 and left_over(prose) == []


# What these find


def test_no_small_word_is_of_both_languages():
    assert not SMALL["nl"] & SMALL["en"]


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        ({"nl": "Banen"}, "only in nl"),
        ({"nl": {"a": "een"}, "en": {"a": "one", "b": "two"}}, "'b'"),
        ({"nl": ["een"], "en": ["one", "two"]}, "1 in Dutch, 2 in English"),
        ({"nl": "telt {jobs_k}", "en": "has {jobs_k:figure}"}, "figure"),
        ({"nl": "{} van {}", "en": "{} in {} ({year})"}, "year"),
        ({"nl": "Banen", "en": " "}, "empty"),
        ({"nl": "Banen", "en": "Banen"}, "in both languages"),
        ({"nl": "Banen", "en": ["Jobs"]}, "str in Dutch, list in English"),
        ({"nl": {"a": ["Aantal banen"]}, "en": {"a": ["Number of banen per provincie, niet per cluster"]}}, "niet"),
        ({"nl": "Jobs, not by province", "en": "Jobs, by cluster"}, "not"),
    ],
)
def test_a_text_that_is_not_in_both_languages_is_caught(pair, fault):
    (found,) = unequal(pair, "WORDS")
    assert found.startswith("WORDS") and fault in found


def test_texts_by_language_are_found_wherever_they_stand():
    assert dict(pairs({"a": {"b": {"nl": "x", "en": "y"}}, "c": "d"}, "m")) == {"m['a']['b']": {"nl": "x", "en": "y"}}
    assert [name for name, _ in pairs({"nl": "alleen Nederlands"}, "m")] == ["m"]


def test_what_is_quoted_from_a_source_may_be_dutch():
    title = "De maakindustrie in cijfers: clusters van productgroepen"
    assert strange(f"Table: {title}", "en") == set()
    assert strange("Table: clusters van productgroepen", "en") == {"van"}


PAGE = """<html lang="{}"><head><title>Zeeland</title><meta name="description" content="{}"><style>.the{{}}</style></head>
<body><p lang="{}">{}</p><svg><text>{}</text></svg><br><p aria-label="{}">{}</p></body></html>"""
DUTCH, ENGLISH = "De banen van het cluster zijn niet bekend.", "The jobs of this cluster are not known."


@pytest.mark.parametrize(("language", "own", "strange"), [("en", ENGLISH, DUTCH), ("nl", DUTCH, ENGLISH)])
@pytest.mark.parametrize("place", ["none", "description", "chart", "label", "text"])
def test_a_sentence_in_the_other_language_is_caught_wherever_it_stands(tmp_path, place, language, own, strange):
    said = {name: own for name in ("description", "chart", "label", "text")} | {place: strange}
    foreign = next(one for one in LANGUAGES if one != language)
    texts = (said["description"], foreign, strange, said["chart"], said["label"], said["text"])
    (tmp_path / "index.html").write_text(PAGE.format(language, *texts), encoding="utf-8")
    found = left_over(("index.html", *one) for one in of_page(tmp_path / "index.html"))
    assert len(found) == (place != "none")


def test_a_table_header_in_the_other_language_is_caught(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/01-a.csv").write_text("Provincie,Share of the total\nZeeland,3\n", encoding="utf-8")
    (found,) = left_over(of_publication(tmp_path, "nl"))
    assert found.startswith("tables/01-a.csv: the in ")
    assert left_over(of_publication(tmp_path, "en")) == []
