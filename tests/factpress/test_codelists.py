"""Code lists of which several folders have a part: rows come after rows, and what does not fit is refused with its place."""

import pytest

from factpress import codelists, home
from factpress.errors import InputError, UnknownName


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two folders of a package with code lists, and a repository."""
    made = [tmp_path / "general", tmp_path / "own", tmp_path / "repository" / codelists.OWN]
    for folder in made:
        folder.mkdir(parents=True)
    (tmp_path / "repository/publications.yml").write_text("")
    monkeypatch.setattr(codelists, "LISTS", made[:2])
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "repository"))
    for cached in (codelists.codelist, codelists.entries, codelists._keys):
        cached.cache_clear()
    yield made
    for cached in (codelists.codelist, codelists.entries, codelists._keys):
        cached.cache_clear()


def test_rows_of_a_later_folder_come_after_those_of_an_earlier(folders):
    general, own, _ = folders
    (general / "shapes.csv").write_text("shape,sides\nsquare,4\n")
    (own / "shapes.csv").write_text("shape,sides\npentagon,5\n")
    (own / "inks.csv").write_text("ink\nred\n")
    assert codelists.codelist("shapes").sides.to_dict() == {"square": "4", "pentagon": "5"}
    assert codelists.lists() == {"inks": own / "inks.csv", "shapes": general / "shapes.csv"}
    assert codelists.paths() == {
        "inks.csv": [own / "inks.csv"],
        "shapes.csv": [general / "shapes.csv", own / "shapes.csv"],
    }


def test_a_list_of_the_repository_stands_in_place_of_all(folders):
    for folder, row in zip(folders, ("square,4", "pentagon,5", "circle,1"), strict=True):
        (folder / "shapes.csv").write_text(f"shape,sides\n{row}\n")
    assert list(codelists.codelist("shapes").index) == ["circle"]


def test_keys_of_several_folders_hold_together(folders):
    general, own, _ = folders
    (general / "keys.csv").write_text("list,columns\nshapes,2\n")
    (own / "keys.csv").write_text("list,columns\ninks,2\n")
    (general / "shapes.csv").write_text("scheme,shape\na,square\n")
    (own / "shapes.csv").write_text("scheme,shape\nb,square\n")
    (own / "inks.csv").write_text("scheme,ink,name\na,red,Red\n")
    assert list(codelists.codelist("shapes").index) == [("a", "square"), ("b", "square")]
    assert codelists.codelist("inks").index.nlevels == 2


@pytest.mark.parametrize(
    ("rows", "row", "column", "said"),
    [
        ("shape,sides\nsquare,5\n", 2, "shape", "square"),
        ("shape,sides\npentagon,5\nhexagon,6\npentagon,5\n", 4, "shape", "pentagon"),
        ("shape,sides\n,5\n", 2, "shape", "each code once"),
        ("shape,corners\npentagon,5\n", 1, None, "the columns of"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(folders, rows, row, column, said):
    general, own, _ = folders
    (general / "shapes.csv").write_text("shape,sides\nsquare,4\n")
    (own / "shapes.csv").write_text(rows)
    with pytest.raises(InputError) as refused:
        codelists.codelist("shapes")
    parts = refused.value.parts
    assert (parts["file"], parts["row"], parts["column"]) == (str(own / "shapes.csv"), row, column)
    assert said in str(refused.value)


def test_a_list_that_is_not_there_is_refused_with_those_that_are(folders):
    (folders[1] / "inks.csv").write_text("ink\nred\n")
    with pytest.raises(UnknownName, match="ink"):
        codelists.codelist("ink")


def test_the_content_of_a_list_is_that_of_one_file_with_all_rows(folders):
    general, own, _ = folders
    (general / "shapes.csv").write_text("shape,sides\nsquare,4\n")
    (own / "shapes.csv").write_text("shape,sides\npentagon,5\n")
    (general / "keys.csv").write_text("list,columns\n")
    assert codelists.contents() == {"shapes.csv": b"shape,sides\nsquare,4\npentagon,5\n"}
