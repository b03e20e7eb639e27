"""What tests of the subject share: tellers about Zeeland, of what is known and of what is not."""

import math

import pytest

from factpress.dimensions import subject
from factpress.facts import Facts
from factpress.wording import Teller
from upcm_analysis.vocabulary.subjects import NL  # noqa: F401 - has the code lists known

ZEELAND = subject("province", "zeeland")


@pytest.fixture(params=["nl", "en"])
def teller(edition, request):
    """Tells about a subject in both languages."""
    return lambda about=ZEELAND: Teller(edition.facts, about, request.param)


@pytest.fixture(params=["one", "all"])
def sparse(edition, teller, request):
    """Tells about Zeeland and Materialen where nothing is known of these, or of anything."""
    table = edition.facts.table.copy()
    lost = table.fact_id.str.endswith(("/province/zeeland", "/cluster/materialen")) | (request.param == "all")
    table.loc[lost, ["value", "low", "high", "sign"]] = [*[math.nan] * 3, "."]
    return lambda about=ZEELAND: Teller(Facts(table), about, teller().language)
