"""Assumptions are numbers with a source and a reason; oddities have a reason in both languages."""

import pytest

from factpress.errors import InputError
from upcm_analysis.registers.assumptions import assumptions, choices, chosen_indicator, chosen_numbers, oddities


def test_assumptions_are_numbers_by_name():
    found = assumptions()
    assert (found.value["cbs_tolerance"], found.unit["cbs_tolerance"]) == (25.0, "percent")


def test_a_choice_may_be_a_name_or_several_numbers():
    assert chosen_indicator("crossing_prior") == "jobs_k"
    assert chosen_numbers("power_noise") == [0.5, 1, 2, 3, 5]
    assert set(choices().index) - set(assumptions().index) == {
        "anchored_sources",
        "cbs_year",
        "crossing_prior",
        "power_family_noise",
        "function_barrier_score_varied",
        "function_barrier_varied",
        "function_stimulating",
        "function_weights",
        "potential_horizons",
        "power_noise",
    }


def test_oddities_are_known_by_check_subject_and_indicator():
    assert ("point-sources", "province/noord-holland", "co2_kt") in oddities().index


@pytest.mark.parametrize(
    ("read", "file", "old", "new", "row"),
    [
        (assumptions, "assumptions.csv", "cbs_tolerance,25,", "cbs_tolerance,a quarter,", "cbs_tolerance"),
        (assumptions, "assumptions.csv", "cbs_tolerance,25,", "cbs_tolerance,nan,", "cbs_tolerance"),
        (assumptions, "assumptions.csv", "cbs_tolerance,25,percent,not stated", "cbs_tolerance,25,percent,", 2),
        (assumptions, "assumptions.csv", "concentration_limit,40", "cbs_tolerance,40", 4),
        (assumptions, "assumptions.csv", "id,value", "name,value", 1),
        (lambda: chosen_indicator("crossing_prior"), "assumptions.csv", "prior,jobs_k", "prior,jobs", "crossing_prior"),
        (lambda: chosen_numbers("power_noise"), "assumptions.csv", "0.5 1 2", "0.5 1 twee", "power_noise"),
        (oddities, "oddities.csv", "against-cbs,product-group/26", "against-cbs,product-group/20", 4),
        (oddities, "oddities.csv", "against-cbs,product-group/26", ",product-group/26", 4),
        (oddities, "oddities.csv", "reason_nl,reason_en", "reason_en,reason_nl", 1),
    ],
)
def test_a_register_that_is_not_whole_is_refused(repository, read, file, old, new, row):
    repository.edit(f"data/{file}", old, new)
    with pytest.raises(InputError) as error:
        read()
    assert (error.value.parts["file"], error.value.parts["row"]) == (f"data/{file}", row)
