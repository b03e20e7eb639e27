"""Wording: numbers, amounts, places and comparisons in Dutch and English, and templates that hold facts."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, fact, facts

from factpress import wording
from factpress.dimensions import Subject, subject
from factpress.errors import InputError
from factpress.placeholders import EXPLAINED, WrongPlaceholder
from factpress.wording import Names, Teller, UnknownFact
from factpress.wording.figures import WORDS
from upcm_analysis.vocabulary.subjects import NL, clusters

NBSP = "\u00a0"
NAN = math.nan


def about(value, half, code="jobs_k", of=NL):
    """A fact of a rounded figure."""
    return fact(code, value, value - half, value + half, of)


def spaced(text):
    return text.replace(NBSP, " ")


# Numbers


@pytest.mark.parametrize(
    ("value", "decimals", "nl", "en"),
    [
        (0, 0, "0", "0"),
        (1234, 0, "1.234", "1,234"),
        (1234567.89, 1, "1.234.567,9", "1,234,567.9"),
        (0.5, 2, "0,50", "0.50"),
        (-1234.56, 1, "\u22121.234,6", "\u22121,234.6"),
        (-0.4, 0, "0", "0"),  # no minus before nothing
        (2.5, 0, "3", "3"),
        (-2.5, 0, "\u22123", "\u22123"),
        (1102.5, 0, "1.103", "1,103"),
        (0.125, 2, "0,13", "0.13"),
        (2.675, 2, "2,68", "2.68"),  # which as a binary fraction is less
        (3 * 0.15, 1, "0,5", "0.5"),  # 0.45 with a digit of noise
    ],
)
def test_numbers(value, decimals, nl, en):
    assert (wording.number(value, decimals, "nl"), wording.number(value, decimals, "en")) == (nl, en)


@always
@given(st.integers(-(10**8), 10**8), st.integers(0, 3))
def test_halves_go_away_from_zero_in_both_languages(digits, decimals):
    value = Decimal(digits).scaleb(-decimals - 1)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    english = f"{rounded:,}".replace("-", "" if rounded == 0 else "\u2212")
    assert wording.number(float(value), decimals, "en") == english
    assert wording.number(float(value), decimals, "nl") == english.translate(str.maketrans(",.", ".,"))


def test_large_numbers_keep_their_digits():
    assert wording.number(12_345_678_901, 0, "en") == "12,345,678,901"


# Facts as figures and amounts


@pytest.mark.parametrize(
    ("one", "nl", "en"),
    [
        (about(17, 0.5), "17.000 banen", "17,000 jobs"),
        (about(608, 0.5, "labour_volume_k"), "608.000 arbeidsjaren", "608,000 labour years"),
        (fact("organisations", 1), "1 organisatie", "1 organisation"),
        (fact("organisations", 2), "2 organisaties", "2 organisations"),
        (about(1, 0.5), "1.000 banen", "1,000 jobs"),
        (about(1355, 0.5, "value_added_meur"), "1.355 miljoen euro", "1,355 million euro"),
        (about(79.7, 0.05, "value_added_per_job_keur"), "80.000 euro per baan", "80,000 euro per job"),
        (about(9.61, 0.01, "co2_reduction_pct"), "9,6%", "9.6%"),
        (fact("co2_reduction_pct", 15), "15%", "15%"),  # exact
        (about(1.139, 0.01, "co2_kt_per_job_relative"), "1,14", "1.14"),
        (fact("newsletter_subscribers", 400, high=NAN), "meer dan 400 abonnees", "more than 400 subscribers"),
        (fact("website_visitors", 1000, high=NAN), "meer dan 1.000 bezoekers", "more than 1,000 visitors"),
        (fact("material_mkg", 0, high=0.5), "minder dan 0,5 miljoen kg", "less than 0.5 million kg"),
        (fact("jobs_k", 0, high=0.5), "minder dan 500 banen", "less than 500 jobs"),
        (fact("symposia", 0), "0 bijeenkomsten", "0 meetings"),  # counted: none
        (fact("co2_kt", NAN), "onbekend", "unknown"),
    ],
)
def test_amounts(one, nl, en):
    assert spaced(wording.amount(one, "nl")).startswith(nl)
    assert spaced(wording.amount(one, "en")).startswith(en)


def test_a_number_and_its_unit_stay_on_one_line():
    assert wording.amount(fact("organisations", 2), "nl") == f"2{NBSP}organisaties"


@pytest.mark.parametrize(
    ("code", "high", "said"),
    [
        # Of SBI 33: 0 to 0.5 million kg, of 277,366 million kg and per 3,610 million euro.
        ("material_mkg_share", 100 * 0.5 / 277_365.5, "minder dan 0,0002%"),
        ("material_per_value_added_kg_eur", 0.5 / 3609.5, "minder dan 0,0002 kg per euro"),
        ("value_added_per_job_keur", 0.0004, "minder dan 1 euro per baan"),
    ],
)
def test_less_than_is_more_than_nothing_and_no_less_than_the_upper_end(code, high, said):
    assert spaced(wording.amount(fact(code, 0, high=high), "nl")) == said


@always
@given(st.floats(1e-6, 1e3))
def test_less_than_is_rounded_up(high):
    words = wording.amount(fact("co2_kt", 0, high=high), "en").removeprefix("less than ")
    said = float(words.partition(NBSP)[0].replace(",", ""))
    assert high * (1 - 1e-6) <= said <= 10 * high


@pytest.mark.parametrize(
    ("one", "nl", "en"),
    [
        (about(17, 0.5), "17", "17"),
        (about(1355, 0.5, "value_added_meur"), "1.355", "1,355"),
        (about(1102.5, 1, "co2_reduction_kt"), "1.103", "1,103"),
        (fact("newsletter_subscribers", 400, high=NAN), "> 400", "> 400"),
        (fact("material_mkg", 0, high=0.5), "0", "0"),
        (fact("co2_kt", NAN), ".", "."),  # the sign of CBS, which is not zero
        (fact("jobs_k_rank", 9, 9, 11), "9–11", "9–11"),
        (fact("jobs_k_rank", 12), "12", "12"),
    ],
)
def test_figures(one, nl, en):
    assert (wording.figure(one, "nl"), wording.figure(one, "en")) == (nl, en)


@pytest.mark.parametrize(
    ("one", "ends"),
    [
        (fact("value_added_per_job_keur", 79.7, 77.4, 82.15), "77.400 tot 82.100 euro per baan"),
        (fact("jobs_k", 17, 16.5, 17.5), "16.500 tot 17.500 banen"),
        (fact("jobs_k", NAN, 0.402568, 6.13115), "500 tot 6.100 banen"),
        (fact("co2_reduction_kt", 14, 13.5, 14.5), "13,5 tot 14,5 kiloton CO₂"),
        (fact("co2_per_value_added_kg_eur", 0.568, 0.5676, 0.5689), "0,5676 tot 0,5689 kg CO₂ per euro"),
        (fact("co2_kt", 770, 769, 771), "769 tot 771 kiloton CO₂"),
        (fact("co2_kt", 587, 292.437, 771.82), "293 tot 771 kiloton CO₂"),
        (fact("co2_reduction_pct", 9.57, 9.566, 9.574), "9,566 tot 9,574%"),
        (fact("co2_kt_per_job_relative", 1.14, 1.1, 1.17), "1,10 tot 1,17"),
        (fact("jobs_k_rank", 9, 9, 11), "9 tot 11"),
    ],
)
def test_a_band_is_no_wider_than_the_interval(one, ends):
    assert spaced(wording.band(one, "nl")) == ends


@always
@given(st.floats(0, 1e6), st.floats(1e-3, 1e6), st.sampled_from(["co2_kt", "jobs_k", "co2_reduction_pct"]))
def test_ends_lie_within_the_interval_and_leave_little_of_it_out(low, width, code):
    one, factor = fact(code, NAN, low, low + width), 1000 if code == "jobs_k" else 1
    told = [float(end.replace(",", "")) for end in wording.ends(one, "en")]
    said = spaced(wording.band(one, "en")).replace(",", "").replace("%", "").split()
    assert [float(said[0]), float(said[2])] == pytest.approx([factor * end for end in told])  # the same digits
    slack = 1e-11 * one.high
    assert one.low - slack <= told[0] <= told[1] <= one.high + slack
    assert told[1] - told[0] >= 0.9 * width - 2 * slack


@pytest.mark.parametrize(
    "one", [fact("co2_kt", NAN), fact("newsletter_subscribers", 400, high=NAN), fact("symposia", 3)]
)
def test_a_band_without_ends_is_said_as_an_amount(one):
    assert wording.band(one, "nl") == wording.amount(one, "nl")


# Order and comparison


@pytest.mark.parametrize(
    ("value", "low", "high", "parts"),
    [
        (1, 1, 1, ["1 ", "12", "hoogst"]),
        (12, 12, 12, ["12", "laagst"]),
        (3, 3, 3, ["3 van 12"]),
        (9, 9, 11, ["9 tot en met 11 van 12"]),
        (1, 1, 2, ["1 tot en met 2 van 12"]),  # not the highest: shared
    ],
)
def test_places(value, low, high, parts):
    said = wording.place(fact("jobs_k_rank", value, low, high), "nl", 12)
    assert all(part in said for part in parts)
    assert ("hoogst" in said) == (high == 1) and ("laagst" in said) == (low == 12)


def test_what_is_unknown_has_no_place():
    assert wording.place(fact("jobs_k_rank", NAN), "nl", 12) == WORDS["nl"]["unknown"]


@pytest.mark.parametrize(
    ("value", "half", "expected"),
    [(12, 1, "higher"), (8, 1, "lower"), (10, 1, "equal"), (11.5, 1, "higher"), (8, 1.5, "lower"), (11, 1, "equal")],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_only_what_does_not_overlap_is_said_to_differ(value, half, expected, language):
    """Intervals that touch do not overlap, as in ranks: 10.5 is printed as 11, not as 10."""
    ten = about(10, 0.5)
    assert wording.versus(about(value, half), ten, language) == WORDS[language][expected]


def test_comparing_both_ways_round():
    high, low = about(12, 0.5), about(10, 0.5)
    assert (wording.versus(high, low, "nl"), wording.versus(low, high, "nl")) == ("hoger dan", "lager dan")


def test_what_is_unknown_cannot_be_compared():
    known, unknown = about(10, 0.5), fact("jobs_k", NAN)
    for one, other in [(known, unknown), (unknown, known), (unknown, unknown)]:
        assert wording.versus(one, other, "en") == "not comparable with"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Banen", "banen"),
        ("CO₂-uitstoot", "CO₂-uitstoot"),
        ("SBI 38 is", "SBI 38 is"),
        ("", ""),
        ("CIRCO-tracks", "CIRCO-tracks"),
    ],
)
def test_a_capital_that_belongs_to_the_word_stays_inside_a_sentence(text, expected):
    assert wording.inside(text) == expected


# Templates

GRONINGEN, FRYSLAN = Subject(place="PV20"), Subject(place="PV21")


def ranks(code, places):
    """The places of the five clusters, as (value, low, high)."""
    return [fact(f"{code}_rank", *place, about=one) for one, place in zip(clusters(), places, strict=True)]


FACTS = facts(
    about(608, 0.5),
    about(17, 0.5, of=GRONINGEN),
    fact("organisations", 1, about=GRONINGEN),
    fact("organisations", 2, about=FRYSLAN),
    fact("co2_reduction_pct", 9.57, 9.56, 9.58),
    fact("co2_reduction_pct", 9.60, 9.59, 9.61, GRONINGEN),
    fact("co2_reduction_pct", 9.58, 9.57, 9.59, FRYSLAN),
    fact("jobs_k_rank", 9, 9, 11, GRONINGEN),
    fact("co2_kt", 6966, 6965.5, 6966.5, Subject(product_group="24")),
    *ranks("co2_kt", [(1, 1, 1), (2, 2, 3), (2, 2, 3), (4, 4, 5), (5, 4, 5)]),
    *ranks("turnover_meur", [(1, 1, 2), (2, 1, 2), (3, 3, 3), (4, 4, 4), (5, 5, 5)]),
)


def say(template, of=GRONINGEN, language="nl", **extra):
    return spaced(Teller(FACTS, of, language).say(template, **extra))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{subject} heeft {jobs_k} van {nl.jobs_k}", "Groningen heeft 17.000 banen van 608.000 banen"),
        ("{jobs_k:figure} van {nl.jobs_k:figure}", "17 van 608"),
        ("{jobs_k:name}", "Banen"),
        ("de {jobs_k:name}", "De banen"),
        ("{group.24.co2_kt}", "6.966 kiloton CO₂"),
        ("{province.fryslan.organisations}", "2 organisaties"),
        ("{co2_reduction_pct:versus} Nederland", "Hoger dan Nederland"),
        ("{organisations} {organisations:heeft|hebben}", "1 organisatie heeft"),
        ("{nl.jobs_k:heeft|hebben}", "Hebben"),
        ("{highest.cluster.co2_kt} heeft het meest", "Materialen heeft het meest"),
        ("{highest.cluster.turnover_meur} heeft het meest", "Materialen of Verbruiksartikelen heeft het meest"),
        ("plain text", "Plain text"),
        ("{{braces}} {extra}", "{braces} mine"),
    ],
)
def test_templates(template, said):
    assert say(template, extra="mine") == said


def test_a_rank_is_said_as_a_place():
    assert "9 tot en met 11 van 12" in say("{jobs_k_rank}") and say("{jobs_k_rank}") == say("{jobs_k_rank:place}")


def test_the_same_template_about_another_subject_and_in_another_language():
    template = "{subject}: {organisations}"
    assert say(template, FRYSLAN) == "Fryslân: 2 organisaties"
    assert say(template, GRONINGEN, "en") == "Groningen: 1 organisation"
    assert say("{co2_reduction_pct:versus}", FRYSLAN).lower() == WORDS["nl"]["equal"]


@pytest.mark.parametrize(
    "template",
    [
        "{nonsense}",
        "{nl.nonsense}",
        "{group.99.co2_kt}",
        "{province.friesland.organisations}",
        "{province.fryslan.organisations.low}",
        "{highest.galaxy.co2_kt}",
        "{highest.cluster.symposia}",
        "{highest.cluster}",
        "{jobs_k.value}",
        "{nl.jobs_k.low}",
        "{jobs_k:zzz}",
        "{}",
        "{0}",
    ],
)
def test_an_unknown_placeholder_is_refused(template):
    with pytest.raises(InputError):
        say(template)


#: What is wrong: the placeholder, what it is called, what may have been meant, and a word of what is expected.
WRONG = [
    ("{highst.cluster.co2_kt}", "unknown placeholder", "{highest.cluster.co2_kt}", "before the first dot"),
    ("{hihest.cluster.co2_kt}", "unknown placeholder", "{highest.cluster.co2_kt}", "nl, highest, lowest"),
    ("{highest.clster.co2_kt}", "unknown kind of subject", "{highest.cluster.co2_kt}", "province, cluster"),
    ("{highest.galaxy.co2_kt}", "unknown kind of subject", "", "province, cluster"),
    ("{highest.cluster.co2_ktt}", "unknown indicator", "{highest.cluster.co2_kt}", "indicators.csv"),
    ("{highest.cluster.jobs_k}", "no order of kind cluster", "", "such as co2_kt, turnover_meur"),
    ("{highest.cluster}", "unknown placeholder", "", "{highest.kind.indicator}"),
    ("{jobs_kk}", "unknown indicator", "{jobs_k}", "indicators.csv"),
    ("{subjct}", "unknown indicator", "{subject}", "indicators.csv"),
    ("{nl.jobs_kk}", "unknown indicator", "{nl.jobs_k}", "indicators.csv"),
    ("{nl.organisations}", "no such figure of the Netherlands", "", "facts.csv"),
    ("{nl.jobs_k.low}", "unknown placeholder", "", "{nl.indicator}"),
    ("{group.99.co2_kt}", "unknown product group", "", "24"),
    ("{province.fryslân.organisations}", "unknown province", "{province.fryslan.organisations}", "groningen"),
    ("{province.fryslan.organisation}", "unknown indicator", "{province.fryslan.organisations}", "indicators.csv"),
    ("{cluster.material.co2_kt}", "unknown cluster", "{cluster.materialen.co2_kt}", "high-tech"),
    ("{cluster}", "this page is not about a cluster", "", "{subject}"),
    ("{jobs_k:figur}", "unknown way to say a figure", "{jobs_k:figure}", "versus"),
    ("{jobs_k:zzz}", "unknown way to say a figure", "", "about, figure, place, versus, band, name"),
    ("{jobs_k:place}", "only a rank is said as a place", "", "_rank"),
    ("{organisations:versus}", "no such figure of the Netherlands", "", "another way"),
    ("{subject:figure}", "a name is not said in another way", "", "nothing after the colon"),
    ("{highest.cluster.co2_kt:name}", "a name is not said in another way", "", "nothing after"),
    ("{highest.cluster.co2_kt:heeft|hebben}", "no figure to count", "", "joined by 'or'"),
    ("{subject:heeft|hebben}", "no figure to count", "", "a figure before"),
    ("{jobs_k:a|b|c}", "more than two words", "", "two"),
    ("{}", "unknown indicator", "", "indicators.csv"),
    ("{jobs_k", "a brace that is not closed", "{jobs_k}", "{{"),
    ("jobs_k}", "a brace that is not opened", "{jobs_k}", "}}"),
    ("}", "a brace that is not opened", "", "}}"),
]


@pytest.mark.parametrize(("wrong", "problem", "meant", "expected"), WRONG)
@pytest.mark.parametrize(("language", "named"), [("nl", "Dutch text: "), ("en", "English text: ")])
def test_what_is_wrong_with_a_placeholder_is_said_shortly(wrong, problem, meant, expected, language, named):
    before = "Van alle provincies, en in al deze clusters, waarvan er twaalf zijn, heeft deze er "
    sentence = f"{before}{wrong} en dat is meer dan ooit tevoren in heel deze reeks van cijfers."
    for tell in (Teller(FACTS, GRONINGEN, language).say, Teller(FACTS, GRONINGEN, language).check):
        with pytest.raises(WrongPlaceholder) as refused:
            tell(sentence)
        first, *rest = str(refused.value).splitlines()
        assert first.startswith(named + problem) and wrong in first and "/" not in first
        assert first.partition(" - did you mean ")[2].rstrip("?") == meant
        assert len(rest) == 3 and all(len(line) < 250 for line in [first, *rest])
        found = refused.value.parts["found"]
        assert f"deze er {wrong} en dat" in found and found.startswith("…") and found.endswith("…")
        assert expected in refused.value.parts["expected"] and EXPLAINED in refused.value.parts["remedy"]


@pytest.mark.parametrize(
    "template", [one for one, _, meant, _ in WRONG if meant and one not in ("{jobs_k", "jobs_k}", "{subjct}")]
)
def test_what_may_have_been_meant_is_right(template):
    meant = next(meant for one, _, meant, _ in WRONG if one == template)
    if "cluster.materialen" not in meant:  # of which these facts have none
        assert say(meant)


def test_a_check_is_of_all_placeholders_whatever_their_values():
    teller = Teller(facts(fact("co2_kt", NAN, about=GRONINGEN)), GRONINGEN, "nl")
    teller.check("{co2_kt} {co2_kt:figure} {co2_kt:is|zijn} {{")
    with pytest.raises(WrongPlaceholder, match="co2_ktt"):
        teller.check("{co2_kt} {co2_ktt}")


def test_after_a_fact_without_a_value_a_figure_need_not_be_there_but_must_be_one():
    """Other words are said then, so the sentence never comes to it."""
    teller = Teller(facts(fact("co2_kt", NAN, about=GRONINGEN), fact("jobs_k", 17)), GRONINGEN, "nl")
    teller.check("{co2_kt} {jobs_k}")
    teller.check("{jobs_k}", needed=False)
    for template in ("{jobs_k} {co2_kt}", "{co2_kt:name} {jobs_k}"):
        with pytest.raises(WrongPlaceholder, match="no such figure of the subject of this page"):
            teller.check(template)


def test_an_order_of_which_nothing_is_known_is_not_said():
    none = facts(*ranks("co2_kt", [(NAN, NAN, NAN)] * 5))
    for template in ("{highest.cluster.co2_kt}", "{lowest.cluster.co2_kt}"):
        with pytest.raises(UnknownFact, match="co2_kt_rank/cluster"):
            Teller(none, NL, "nl").say(template)


def test_the_lowest_of_those_that_are_known():
    some = facts(*ranks("co2_kt", [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4), (NAN, NAN, NAN)]))
    assert Teller(some, NL, "nl").say("{lowest.cluster.co2_kt}") == clusters()[3].name("nl")


def test_a_teller_remembers_the_facts_it_used():
    teller = Teller(FACTS, GRONINGEN, "nl")
    teller.say("{subject} {co2_reduction_pct:versus} {group.24.co2_kt}")
    assert [one.fact_id for one in teller.used] == [
        "co2_reduction_pct/province/groningen",
        "co2_reduction_pct/nl",  # compared with
        "co2_kt/product-group/24",
    ]
    teller = Teller(FACTS, GRONINGEN, "nl")
    teller.say("{highest.cluster.co2_kt}")
    assert len(teller.used) == 5  # that one is the highest rests on all


@pytest.mark.parametrize(
    ("slugs", "nl", "en"),
    [
        (["zeeland"], "Zeeland", "Zeeland"),
        (["zeeland", "limburg"], "Zeeland of Limburg", "Zeeland or Limburg"),
        (["utrecht", "zeeland", "limburg"], "Utrecht, Zeeland of Limburg", "Utrecht, Zeeland, or Limburg"),
    ],
)
def test_lists_of_names(slugs, nl, en):
    ranks = [fact("jobs_k_rank", 1, about=subject("province", slug)) for slug in slugs]
    assert (Names.of(ranks, "nl"), Names.of(ranks, "en")) == (nl, en)


# What prints which fact


SHOWN = {
    "{jobs_k}": ["jobs_k/province/groningen"],
    "{jobs_k:figure}": ["jobs_k/province/groningen"],
    "{jobs_k:band}": ["jobs_k/province/groningen"],
    "{jobs_k_rank}": ["jobs_k_rank/province/groningen"],
    "{nl.jobs_k}": ["jobs_k/nl"],
    "{group.24.co2_kt}": ["co2_kt/product-group/24"],
    "{jobs_k:name}": [],
    "{subject}": [],
    "{groups}": [],
    "{highest.cluster.co2_kt}": ["co2_kt_rank/cluster/materialen"],
    "{co2_reduction_pct:versus}": [],
    "{organisations:heeft|hebben}": [],
}
#: Between placeholders: nothing, words, and letters that take more room than one.
BETWEEN = st.sampled_from(["", " ", "é₂ ", "ĳ, ", "80% van "])


@always
@given(st.lists(st.tuples(BETWEEN, st.sampled_from(sorted(SHOWN))), max_size=8), BETWEEN, st.sampled_from(["nl", "en"]))
def test_marks_are_exactly_what_prints_the_facts(pieces, end, language):
    said = Teller(FACTS, GRONINGEN, language).say("".join(map("".join, pieces)) + end)
    assert [fact for *_, fact in said.marks] == [fact for _, template in pieces for fact in SHOWN[template]]
    printed = iter(said.marks)
    for _, template in pieces:
        if SHOWN[template]:
            start, finish, _ = next(printed)
            words = Teller(FACTS, GRONINGEN, language).say(template)
            assert said[start:finish].lower() == words.lower()
    edges = [edge for start, finish, _ in said.marks for edge in (start, finish)]
    assert edges == sorted(edges) and all(0 <= edge <= len(said) for edge in edges)


@pytest.mark.parametrize(
    ("template", "language", "names"),
    [
        ("Het meest {highest.cluster.turnover_meur}.", "nl", ["Materialen", "Verbruiksartikelen"]),
        ("{highest.cluster.turnover_meur}", "en", ["Materials", "Consumables"]),
        (
            "{lowest.cluster.co2_kt} ({highest.cluster.co2_kt})",
            "nl",
            [*(one.name("nl") for one in clusters()[3:]), "Materialen"],
        ),
    ],
)
def test_each_name_leads_to_the_rank_that_it_is_named_for(template, language, names):
    teller = Teller(FACTS, GRONINGEN, language)
    said = teller.say(template)
    assert [said[start:end] for start, end, _ in said.marks] == names
    of = {one.name(language): one.path for one in clusters()}
    assert [name.split("/", 1)[1] for *_, name in said.marks] == [of[name] for name in names]
    assert {name for *_, name in said.marks} <= {one.fact_id for one in teller.used}


UNKNOWN = facts(fact("co2_kt", NAN, about=GRONINGEN), fact("co2_kt", 24_170), fact("co2_kt_rank", NAN, about=GRONINGEN))


@pytest.mark.parametrize(
    "template",
    ["{co2_kt}", "{co2_kt:figure}", "{co2_kt:band}", "{co2_kt:is|zijn}", "{co2_kt_rank}", "{subject} {co2_kt}"],
)
def test_a_fact_without_a_value_is_not_printed_but_named(template):
    with pytest.raises(UnknownFact, match=r"co2_kt(_rank)?/province/groningen") as error:
        Teller(UNKNOWN, GRONINGEN, "nl").say(template)
    assert error.value.parts["found"] == template and "unknown=" in error.value.parts["remedy"]


@pytest.mark.parametrize(("language", "said"), [("nl", WORDS["nl"]), ("en", WORDS["en"])])
def test_what_is_unknown_still_has_a_name_and_is_not_comparable(language, said):
    teller = Teller(UNKNOWN, GRONINGEN, language)
    assert teller.say("{co2_kt:versus}").lower() == said["incomparable"] and teller.say("{co2_kt:name}")
    assert teller.say("{nl.co2_kt}").marks
