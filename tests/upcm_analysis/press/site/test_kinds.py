"""Kinds of publication come from their code lists."""

import pytest

from factpress.codelists import entries
from factpress.dimensions import subjects
from factpress.languages import LANGUAGES
from factpress.site import kinds
from factpress.site.imprint import Imprint

KINDS = kinds.kinds()


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_says_what_it_is_about_and_called(kind):
    assert all(subjects(about) for about in kind.about)
    for language in LANGUAGES:
        assert kind.name(language) and kind.group(language)
        assert kind.title(language, whole=True) and kind.title(language, whole=False).count("{}") == 1


def test_leads_are_between_kinds_that_there_are():
    assert {one for pair in entries("leads") for one in pair} <= KINDS.keys()


def test_what_leads_alike_stands_together_in_the_order_of_the_list():
    related = (("project", "a", "A"), ("cluster-province", "b-c", "B in C"), ("cluster-province", "b-d", "B in D"))
    made = Imprint("B", "cluster", "b", "2020", "en", "", related=related)
    assert made.leads == [
        ("This cluster in the provinces", list(related[1:])),
        ("Projects in this cluster", [related[0]]),
    ]
    crossed = Imprint(
        "B in C", "cluster-province", "b-c", "2020", "en", "", related=(("cluster", "b", "B"), ("province", "c", "C"))
    )
    assert [said for said, _ in crossed.leads] == ["The whole cluster, the whole province"]


def test_a_kind_of_a_user_is_about_subjects_and_is_called_by_its_heading():
    assert kinds.of_subjects("own") and kinds.of_subjects("cluster") and not kinds.of_subjects("method")
    own = Imprint("Own: Zeeland", "own", "zeeland", "2020", "en", "", heading="Own")
    assert own.group == "Own" and own.label == "" and own.leads == []
