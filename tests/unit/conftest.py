"""What the unit tests share: edition 2020, and its figures as the method takes them."""

import pytest

from upcm_analysis import pipeline


@pytest.fixture(scope="session")
def edition():
    return pipeline.assemble("2020")


@pytest.fixture(scope="session")
def figures_2020(edition):
    """The figures of the edition but estimates; a scope is part of the indicator in facts, and stays so here."""
    return edition.facts.table.query("status not in ['estimated', 'refuted']").reset_index(drop=True).assign(scope="")
