"""Figures: the table that every calculation takes and gives."""

import pytest
from make import by_province, figure, figures

from upcm_analysis.vocabulary.figures import FIGURE, ids, made, national, of

TABLE = figures(
    figure("jobs_k", 608),
    figure("jobs_k", 583, scope="without_38"),
    figure("jobs_k", 104, cluster="materialen"),
    *by_province("jobs_k", [17, 31]),
    figure("co2_kt", 24_170),
)


def test_figures_of_one_indicator_by_kind():
    assert list(of(TABLE, "jobs_k").value) == [608, 583, 104, 17, 31]
    assert list(of(TABLE, "jobs_k", "province").value) == [17, 31]
    assert list(of(TABLE, "jobs_k", "national").value) == [608]  # without what is left out of a whole
    assert national(TABLE, "jobs_k").value == 608


@pytest.mark.parametrize(("code", "kind"), [("turnover_meur", None), ("co2_kt", "province")])
def test_no_figures_is_an_error(code, kind):
    with pytest.raises(KeyError, match=f"no figures of {code}" + (f" per {kind}" if kind else "")):
        of(TABLE, code, kind)


def test_made_figures_name_what_they_were_made_of():
    provinces = of(TABLE, "jobs_k", "province")
    result = made("jobs_k_share", provinces, ids("jobs_k", provinces.index), ["jobs_k/nl"] * 2)
    assert list(result.columns) == FIGURE
    assert list(result.inputs) == [("jobs_k/province/groningen", "jobs_k/nl"), ("jobs_k/province/fryslan", "jobs_k/nl")]
    with pytest.raises(ValueError):
        made("jobs_k_share", provinces, ["jobs_k/nl"])
