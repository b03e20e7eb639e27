"""What is read of critical materials, and what is refused with its place: nothing is guessed."""

import pytest

from factpress.errors import InputError
from upcm_analysis.topics.supply import sources

FOLDER = "eu-critical-materials"


def test_the_lists_say_what_the_documents_say():
    lists = sources.lists("2020").set_index(["material", "list"])
    assert len(lists) == 18 and set(lists.critical[:, "2024"]) == {"yes"}
    assert set(lists.index[lists.critical == "no"]) == {("bauxite", "2017"), ("titanium", "2017")}
    strategic = lists.strategic[:, "2024"]
    assert set(strategic.index[strategic == "yes"]) == {"bauxite", "magnesium", "titanium"}
    assert lists.citation.str.len().min() > 0


def test_shares_add_up_to_what_the_study_names():
    sums = sources.producers("2020").groupby("material").share_pct.sum()
    assert sums.to_dict() == {
        "antimony": 99, "bauxite": 95, "magnesium": 100, "phosphate-rock": 92, "phosphorus": 100, "titanium": 91,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column", "found"),
    [
        ("recycling-2020", "Antimony,0.28", "Antimony,28", 2, "eol_rir", "28"),
        ("recycling-2020", "Antimony,0.28", "Antimony,", 2, "eol_rir", "nothing"),
        ("producers-2020", "Antimony,China,74", "Antimony,China,174", 2, "share_pct", "174"),
        ("producers-2020", "Antimony,China,74", "Antimony,China,7.4", 2, "share_pct", "7.4"),
        ("producers-2020", "Antimony,Tajikistan,8", "Antimony,Tajikistan,80", 11, "share_pct", "171 of antimony"),
        ("lists", "antimony,2017,yes", "antimony,2017,maybe", 2, "critical", "maybe"),
        ("lists", "antimony,2017,yes", "antimony,2018,yes", 2, "list", "2018"),
        ("lists", "antimony,2020,yes", "antimony,2017,yes", 3, "material", "antimony"),
        ("lists", "antimony,2017,yes", "antimoon,2017,yes", 2, "material", "antimoon"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(repository, file, old, new, row, column, found):
    repository.edit_raw(f"{FOLDER}/{file}", old, new)
    with pytest.raises(InputError) as refused:
        for read in (sources.lists, sources.producers, sources.recycling):
            read("2020")
    parts = refused.value.parts
    assert (parts["file"], parts["row"], parts["column"]) == (f"data/raw/{FOLDER}/{file}.csv", row, column)
    assert found in str(refused.value)
