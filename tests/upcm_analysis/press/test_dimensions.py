"""A dimension is data: by its row and its list it is in tables of facts, words, placeholders, charts and questions."""

import duckdb
import pandas as pd
import pytest
from make import fact, facts
from support import forget

from factpress import exhibits, query
from factpress.dimensions import Subject, subject, subjects
from factpress.errors import UnknownName
from factpress.facts import Facts, columns, described, schema
from factpress.wording import Teller

NEW = {
    "dimension": "substance",
    "list": "substances",
    "path": "substance",
    "facts": "added",
    "placeholder": "substance",
    "all": "substances",
    "bar_px": "100",
    **{"name_nl": "Stof", "name_en": "Substance", "plural_nl": "Stoffen", "plural_en": "Substances"},
    **{"per_nl": "per stof", "per_en": "by substance", "entire_nl": "hele stof", "entire_en": "whole substance"},
    **{"part_nl": "Deel van de stof", "part_en": "Part of the substance"},
    **{"described_nl": "Stof; leeg: alle", "described_en": "Substance; empty: all"},
}
LIST = "substance,name_nl,name_en\ncopper,Koper,Copper\nlithium,Lithium,Lithium\n"


@pytest.fixture
def substances(repository):
    """A repository with one more dimension: a row, and a list of two codes."""
    folder = repository.root / "data" / "codelists"
    table = pd.read_csv(folder / "dimensions.csv", dtype=str, keep_default_na=False)
    more = pd.DataFrame([{name: NEW.get(name, "") for name in table.columns}])
    pd.concat([table, more]).to_csv(folder / "dimensions.csv", index=False)
    (folder / "substances.csv").write_text(LIST, encoding="utf-8")
    forget()
    return [subject("substance", name) for name in ("copper", "lithium")]


@pytest.fixture
def told(substances):
    """Facts of two substances, with their order."""
    copper, lithium = substances
    return facts(
        fact("co2_kt", 12, about=Subject()),
        fact("co2_kt", 5, about=copper),
        fact("co2_kt", 7, about=lithium),
        fact("co2_kt_rank", 2, about=copper),
        fact("co2_kt_rank", 1, about=lithium),
    )


def test_its_column_stands_at_the_end_of_facts_and_an_older_file_may_lack_it(told, tmp_path):
    assert columns()[-1] == "substance" and described("en")["substance"] == NEW["described_en"]
    assert schema().validate(told.table) is not None
    assert told["co2_kt/substance/copper"].subject == Subject(substance="copper")
    assert told["co2_kt/substance/copper"].substance == "copper" and told["co2_kt/nl"].substance == ""
    before = told.table[told.table.substance == ""].drop(columns="substance")
    before.to_csv(tmp_path / "facts.csv", index=False)
    assert list(Facts.read(tmp_path / "facts.csv").table.substance) == [""]


def test_a_code_that_its_list_does_not_have_is_refused(told):
    wrong = told.table.assign(substance=["", "copper", "cobalt", "copper", "lithium"])
    with pytest.raises(Exception, match="substance"):
        schema().validate(wrong)
    with pytest.raises(UnknownName, match="did you mean copper"):
        subject("substance", "coper")


def test_it_has_placeholders(told):
    said = Teller(told, Subject(substance="copper"), "en").say(
        "{substance}: {co2_kt:figure} of {nl.co2_kt:figure}; {substance.lithium.co2_kt:figure}; "
        "{highest.substance.co2_kt} of {substances}"
    )
    assert said == "Copper: 5 of 12; 7; Lithium of copper and lithium"


def test_it_has_charts_and_tables_in_its_own_words(told):
    teller = Teller(told, Subject(substance="copper"), "nl")
    chart = exhibits.ranking(teller, "T", "co2_kt", subjects("substance"))
    assert [row.label for row in chart.data.rows] == ["Lithium", "Koper"] and "per stof" in chart.subtitle
    table = exhibits.comparison(teller, "T", ["co2_kt"], "substance")
    assert table.short == "Stoffen" and table.data.stub == "Stof"


def test_it_is_in_the_answers_to_questions(told, tmp_path):
    path = tmp_path / "facts.parquet"
    duckdb.from_df(told.table).write_parquet(str(path))
    sql = "SELECT kind, substance_nl, value FROM named JOIN substances USING (substance) WHERE indicator = 'co2_kt' ORDER BY 3"
    assert query.ask(sql, path)[1] == [("substance", "Koper", 5.0), ("substance", "Lithium", 7.0)]
