"""A publication is put in place only if it is what it was run for."""

from pathlib import Path

import pytest

from factpress.builder import fingerprint
from factpress.builder.read_log import Asked
from factpress.errors import PartFailed
from factpress.site.plan import Publication

ZEELAND = Publication("2020", "nl", "province", "zeeland", Path("province.ipynb"), ())
FACT = "jobs_k/province/zeeland"


def asked(page="province 2020 nl zeeland", *more):
    return Asked((page, *more), (FACT,))


def test_what_it_was_run_for_is_in_order():
    fingerprint.check(ZEELAND, asked(), [FACT], {"nl"})


@pytest.mark.parametrize(
    ("heard", "shows", "languages", "reason"),
    [
        (asked("province 2020 nl drenthe"), [FACT], {"nl"}, "opened province 2020 nl drenthe, expected"),
        (asked("province 2020 en zeeland"), [FACT], {"nl"}, "expected province 2020 nl zeeland"),
        (asked("province 2019 nl zeeland"), [FACT], {"nl"}, "opened province 2019"),
        (asked("cluster 2020 nl zeeland"), [FACT], {"nl"}, "opened cluster"),
        (
            asked("province 2020 nl zeeland", "province 2020 nl drenthe"),
            [FACT],
            {"nl"},
            "opened province 2020 nl drenthe",
        ),
        (Asked(), [], set(), "opened none"),
        (asked(), [FACT], {"nl", "en"}, "says something in en, expected nl"),
        (asked(), [FACT, "co2_kt/province/zeeland"], {"nl"}, "did not ask its page for: co2_kt/province/zeeland"),
    ],
)
def test_anything_else_is_refused(heard, shows, languages, reason):
    with pytest.raises(PartFailed, match=reason):
        fingerprint.check(ZEELAND, heard, shows, languages)


def test_the_versions_change_only_with_what_they_are_of():
    parts = {part: {"a": "1"} for part in fingerprint.PARTS}
    data, code = fingerprint.versions(parts)
    assert fingerprint.versions(parts | {"links": {"a": "2"}}) == (data, code)
    assert fingerprint.versions(parts | {"facts": {"a": "2"}})[1] == code
    assert fingerprint.versions(parts | {"facts": {"a": "2"}})[0] != data
    assert fingerprint.versions(parts | {"code": {"a": "2"}})[0] == data
    assert fingerprint.versions(parts | {"code": {"a": "2"}})[1] != code


def test_a_cluster_in_a_province_is_about_both():
    one = Publication("2020", "nl", "cluster-province", "materialen-zeeland", Path("cluster-province.ipynb"), ())
    fingerprint.check(one, asked("cluster-province 2020 nl materialen-zeeland"), [FACT], {"nl"})
    with pytest.raises(PartFailed, match="opened cluster-province 2020 nl materialen-limburg"):
        fingerprint.check(one, asked("cluster-province 2020 nl materialen-limburg"), [FACT], {"nl"})
