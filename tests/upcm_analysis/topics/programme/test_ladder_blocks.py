"""The R-ladder: each step with the projects that name it, those that name none in a note, equals named together."""

import pandas as pd
import pytest

from factpress.wording import Teller
from upcm_analysis.topics.programme import ladder_blocks
from upcm_analysis.vocabulary.subjects import NL


def placed(*rows):
    """Rows of the table `portfolio`: step and project."""
    return pd.DataFrame([("r_step", *row) for row in rows], columns=["dimension", "code", "project"])


ROWS = placed(("R1", "batterijen"), ("R1", "zonnepanelen"), ("R8", "batterijen"))
SILENT = placed(("", "high-tech-equipment"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_step_has_its_projects_and_one_without_says_that_none_is_stated(edition, language):
    chart = ladder_blocks.ladder(Teller(edition.facts, NL, language), "T", pd.concat([ROWS, SILENT]))
    counts = {row.label.split()[0]: row.cells[0] for row in chart.data.rows}
    assert list(counts) == [f"R{step}" for step in range(10)]
    assert (counts["R1"].text, counts["R8"].text) == ("2", "1")
    assert counts["R0"].text == ladder_blocks.WORDS[language]["none"] and chart.pictures[0].count("→") == 1
    assert len(chart.notes) == 1 and "tech" in chart.notes[0]
    assert ladder_blocks.ladder(Teller(edition.facts, NL, language), "T", ROWS).notes == []


def test_steps_that_as_many_projects_name_are_named_together():
    assert ladder_blocks.most(ROWS)["nl"] == {"step": "heroverwegen", "many": "2"}
    tied = pd.concat([ROWS, placed(("R8", "zonnepanelen"))])
    assert ladder_blocks.most(tied)["nl"]["step"] == "heroverwegen, en bij evenveel recyclen"
