"""What the tests of published numbers share: edition 2020, built from the raw sources."""

import pytest

from upcm_analysis import pipeline


@pytest.fixture(scope="session")
def edition():
    return pipeline.assemble("2020")


@pytest.fixture(scope="session")
def facts(edition):
    return edition.facts
