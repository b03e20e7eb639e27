"""The outlines of the provinces: closed rings that fit together, read from nothing but relative lines."""

import pytest

from upcm_analysis.evidence.outlines import outlines
from upcm_analysis.words.codelists import codelist
from upcm_analysis.words.errors import InputError

SOURCE = "geo/provinces"


@pytest.fixture(scope="module")
def shapes():
    return outlines()


def test_every_province_has_an_outline_and_nothing_else_has(shapes):
    assert sorted(shapes) == sorted(codelist("provinces").abbreviation)


def test_an_outline_is_rings_that_enclose_something(shapes):
    for name, rings in shapes.items():
        assert rings and all(len(set(ring)) >= 3 for ring in rings), name
        assert sum(map(area, rings)) > 100, name


def area(ring):
    """What a ring encloses."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs)) / 2


@pytest.mark.parametrize(
    ("one", "other"), [("UT", "GE"), ("GR", "DR"), ("ZH", "ZE"), ("LI", "NB"), ("FL", "OV"), ("NH", "ZH")]
)
def test_neighbours_share_points_so_that_no_gap_is_between_them(shapes, one, other):
    assert len(points(shapes[one]) & points(shapes[other])) >= 3


@pytest.mark.parametrize(("one", "other"), [("GR", "LI"), ("ZE", "DR"), ("FR", "UT")])
def test_provinces_far_apart_share_none(shapes, one, other):
    assert not points(shapes[one]) & points(shapes[other])


def points(rings):
    return {point for ring in rings for point in ring}


def test_north_is_up(shapes):
    top = {name: min(y for _, y in points(rings)) for name, rings in shapes.items()}
    assert min(top, key=top.get) in ("GR", "FR") and max(top, key=top.get) in ("LI", "ZE", "NB")


def test_a_path_with_another_command_is_refused_with_its_file_and_row(repository):
    text = repository.raw(SOURCE).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.lower().startswith("ze,"))
    at = row.index("m") + 1
    repository.edit_raw(SOURCE, row, row[:at] + "c" + row[at:])
    with pytest.raises(InputError, match="relative lines") as error:
        outlines()
    assert error.value.parts["file"] == f"data/raw/{SOURCE}.csv" and error.value.parts["row"] == "ze"
    assert error.value.parts["found"] == "c, m, z"
