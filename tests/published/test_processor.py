"""No published number hangs on the last bits of the processor. `make verify` says so of every file, this of the estimates."""

import subprocess
import sys

import numpy as np
import pandas as pd
import processor
import pytest

from upcm_analysis.topics.regions import solving
from upcm_analysis.vocabulary.published import PUBLISHED

#: Makes the estimates of the published figures, in a process of its own: what calculates is chosen when it starts.
MADE = """
import sys
import pandas as pd
from upcm_analysis.vocabulary.published import PUBLISHED
from upcm_analysis.topics.regions import allocation, estimate, solving
from upcm_analysis.vocabulary.figures import rounded

program = allocation.allocation(pd.read_pickle(sys.argv[1]), PUBLISHED)
found = estimate.most_even(program, estimate.prior(program, "jobs_k"))
index, values = estimate.quantities(program, found.shares, {}, solving.SHARE)
rounded(index.assign(value=values)).to_pickle(sys.argv[2])
"""


def test_estimates_are_the_same_on_another_processor(edition, tmp_path):
    if not processor.otherwise():
        pytest.skip("this machine cannot calculate as another processor")
    table = edition.facts.table
    printed = table[table.method == "as-printed"]
    printed[printed.project == ""].assign(scope="").to_pickle(tmp_path / "figures")
    command = [sys.executable, "-c", MADE, tmp_path / "figures", tmp_path / "made"]
    subprocess.run(command, env=processor.own() | processor.environment(), check=True)
    made = pd.read_pickle(tmp_path / "made")
    keys = ["indicator", "place", "product_group"]
    told = table.query("value == value and method == 'estimate-within-bounds'")
    both = told[told.cluster == ""].merge(made, on=keys, suffixes=("_here", "_there"))
    assert len(both) > 40 and {solving.SHARE, *PUBLISHED} >= set(both.indicator)
    assert (both.value_here == both.value_there).all()


@pytest.mark.parametrize(
    "said", [{}, {"SIMD Extensions": {"baseline": ["SSE"]}}, {"SIMD Extensions": {"found": ["AVX2", "FMA3"]}}]
)
def test_a_processor_of_which_numpy_uses_nothing_more_has_an_environment_too(monkeypatch, said):
    """NumPy says nothing of a list that is empty, as on a machine without what it could choose."""
    monkeypatch.setattr(np, "show_config", lambda mode: said)
    assert processor.environment()["NPY_DISABLE_CPU_FEATURES"] == ("AVX2 FMA3" if "found" in str(said) else "")
