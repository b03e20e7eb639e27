"""Corrections hold only while the source says what they expect, and only when they are complete."""

import pytest

from factpress.errors import InputError
from upcm_analysis.registers import corrections
from upcm_analysis.registers.corrections import Correction, unmatched

GROUPS = "werkwijze-upcm-20201016/product-groups"


def test_corrections_of_a_source():
    found = {c.id: (c.expect, c.becomes) for c in corrections.corrections(GROUPS)}
    assert found == {
        "double-plus-sbi-26": ("4.325 ++87", "4.325 +87"),
        "misspelt-basismetaal": ("24 Basismetalaalindustrie", "24 Basismetaalindustrie"),
    }
    assert corrections.corrections("cbs-83300ned/direct-co2") == []


def test_no_corrections_at_all(repository):
    (repository.root / corrections.FILE).write_text("# none\n")
    assert corrections.corrections() == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("- id: a\n  source: b\n", "change"),
        ("- {id: a, source: b, change: table, expect: c, becomes: d, reason_nl: e, reason_en: e}", "change"),
        ("- {id: a, source: b, change: row, expect: c, becomes: 1, reason_nl: e, reason_en: e}", "becomes"),
        ("- {id: a, source: b, change: row, expect: c, becomes: d, reason_nl: e, reason_en: e, because: f}", "because"),
        ("- just text", None),
    ],
)
def test_an_entry_that_is_none_is_refused(repository, text, column):
    (repository.root / corrections.FILE).write_text(text)
    with pytest.raises(InputError) as error:
        corrections.corrections()
    assert (error.value.parts["row"], error.value.parts["column"]) == ("entry 1", column)


def test_a_file_that_is_no_yaml_is_refused(repository):
    (repository.root / corrections.FILE).write_text("- id: [a\n")
    with pytest.raises(InputError) as error:
        corrections.corrections()
    assert (error.value.parts["file"], error.value.parts["row"]) == (corrections.FILE, 2)


def test_an_unmatched_correction_says_what_it_found():
    correction = Correction(
        id="a", source="b", change="cell", expect="c", becomes="d", reason_nl="e", reason_en="e", row="f", column="g"
    )
    assert unmatched(correction, "x", "b.csv").parts == {
        "file": "b.csv",
        "row": "f",
        "column": "g",
        "found": "x",
        "expected": "c",
        "remedy": "if the source has been mended, remove the correction from data/corrections.yml",
    }
