"""Origins: every figure leads to where it was printed, or to its row on the page of origins, and says what it is in a line."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from factpress.blocks import Mark, Note, Sentence
from factpress.formats import html as as_html
from factpress.formats.document import Document
from factpress.provenance import Provenance
from factpress.site import provenance_pages
from factpress.site.imprint import Imprint
from factpress.site.provenance_pages import Origins
from upcm_analysis.registers import sources, tables
from upcm_analysis.registers.assumptions import oddities
from upcm_analysis.registers.corrections import corrections
from upcm_analysis.registers.tables import printed

FRAME = Imprint("Zeeland", "province", "zeeland", "2020", "nl", "0" * 64)
DERIVED = ["jobs_k_share/province/zeeland", "value_added_per_job_keur/province/zeeland", "co2_reduction_pct/nl"]


class Marked(HTMLParser):
    """The texts of elements that have an id, and the attributes of links."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.lines, self.inside, self.lang = [], [], {}, None, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "a":
            self.links.append(named)
        if "id" in named:
            self.ids.append(named["id"])
            self.inside, self.lines[named["id"]] = (tag, named["id"]), ""

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[0]:
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.lines[self.inside[1]] += data


@pytest.fixture(scope="module")
def provenance(edition):
    return Provenance(edition.facts, edition.cells, sources.register(), edition.tables["methods"])


def source_page(name, language="nl", seeded=None):
    register = sources.register()
    imprint = replace(FRAME, kind="source", subject=provenance_pages.source_slug(name), language=language)
    source = register.loc[name]
    cells = tables.read(name).to_dict("records") if source.role == "facts" else []
    return provenance_pages.source_page(source, printed(name), cells, seeded or corrections(name), imprint)


@pytest.fixture(scope="module")
def pages():
    """The page of every source that has figures, by its folder."""
    register = sources.register()
    return {provenance_pages.source_slug(name): Marked(source_page(name)) for name in register.index}


def test_every_printed_fact_leads_to_the_cell_that_prints_it(edition, provenance, pages):
    """Also where it is allocated: that is how it came about, and it was printed."""
    origins, printed = (
        Origins(provenance, "nl"),
        [f for f in map(edition.facts.__getitem__, edition.facts.table.fact_id) if f.printed],
    )
    assert len(printed) > 400 and {fact.status for fact in printed} == {"published", "allocated"}
    for name in (fact.fact_id for fact in printed):
        folder, anchor = re.fullmatch(r"\.\./\.\./source/([^/]+)/index\.html#(.+)", origins.href(name)).groups()
        assert plain(pages[folder].lines[anchor]) == provenance.printed(name)[0]["printed"], name


def test_every_other_printed_number_behind_a_fact_can_be_followed_too(edition, provenance, pages):
    cells = [cell for name in edition.facts.table.fact_id for cell in provenance.printed(name)]
    for folder, anchor, text in {
        (*provenance_pages.cell_address(cell).split("/index.html"), cell["printed"]) for cell in cells
    }:
        if not anchor:  # of a table as a whole
            assert text == "." and folder.removeprefix("../../source/") in pages
            continue
        anchor = anchor.removeprefix("#")
        assert plain(pages[folder.removeprefix("../../source/")].lines[anchor]) == text


def plain(text):
    """What is printed in a cell, without the signs that were put behind it."""
    return text.removesuffix(" †").removesuffix(" ‡")


def test_a_cell_that_a_check_found_is_marked_with_its_reason(edition, provenance, pages):
    known = oddities("2020").reset_index()
    marked = set()
    for row in known.itertuples():
        cell = provenance.printed(f"{row.indicator}/{row.subject}")[0]
        folder, anchor = provenance_pages.cell_address(cell).removeprefix("../../source/").split("/index.html#")
        assert pages[folder].lines[anchor].endswith(" †"), row
        assert row.reason_en in as_plain(source_page(cell["source"], "en")), row
        marked.add((folder, anchor))
    everywhere = {
        (folder, name)
        for folder, page in pages.items()
        for name, text in page.lines.items()
        if name != "content" and "†" in text
    }
    assert everywhere == marked


def test_no_two_cells_of_a_source_have_the_same_anchor(pages):
    for name, page in pages.items():
        assert len(set(page.ids)) == len(page.ids), name


def test_a_cell_that_was_corrected_is_marked_with_its_reason():
    for name in sources.register().index[:3]:
        html, page = source_page(name), Marked(source_page(name))
        mended = [one for one in corrections(name) if one.change == "cell"]
        assert [text for text in page.lines.values() if text.endswith(" ‡")] == [f"{one.expect} ‡" for one in mended]
        for one in corrections(name):
            assert one.reason_nl in as_plain(html) and f"{one.expect} ‡" in as_plain(html), one.id
            assert one.reason_en in as_plain(source_page(name, "en")), one.id


def test_a_table_without_corrections_has_no_mark():
    assert "‡" not in source_page("werkwijze-upcm-20201016/provinces")


def as_plain(html):
    return re.sub(r"\s+", " ", html.replace("&gt;", ">").replace("&#39;", "'"))


@pytest.mark.parametrize(
    ("name", "language", "parts"),
    [
        (
            "jobs_k/province/zeeland",
            "nl",
            [
                "Banen, Zeeland: 17.000\u00a0banen",
                "toegerekend",
                "Werkwijze UPCM",
                "rij ‘Zeeland’, kolom ‘Banen (x 1.000)’",
            ],
        ),
        ("jobs_k/province/zeeland", "en", ["Jobs, Zeeland: 17,000\u00a0jobs", "allocated", "row ‘Zeeland’, column"]),
        ("jobs_k/cluster/materialen", "nl", ["gepubliceerd", "rij ‘Materialen’, kolom"]),
        (
            "jobs_k_share/province/zeeland",
            "nl",
            ["2,8%", "toegerekend (deel van het landelijke totaal)", "uit Werkwijze UPCM", "geen waarneming"],
        ),
        ("jobs_k_share/province/zeeland", "en", ["allocated (part of the national total)", "from Werkwijze"]),
        (
            "jobs_k_share/cluster/materialen",
            "en",
            ["derived (part of the national total)", "from Werkwijze", "because of rounding"],
        ),
        ("value_added_per_job_keur/cluster/materialen", "nl", ["94.000", "door afronding"]),
        ("jobs_k_rank/product-group/30", "en", ["Jobs: rank", ": 9", "because of rounding 9 to 11"]),
        ("co2_kt/cluster-province/materialen-zeeland", "en", ["estimated", "Allocated, not an observation"]),
        ("co2_kt/province/zeeland", "nl", ["geen waarneming in de provincie"]),
    ],
)
def test_a_line_names_status_method_and_source(provenance, name, language, parts):
    line = Origins(provenance, language).line(name)
    assert all(part in line for part in parts), line


def test_of_an_allocated_figure_no_interval_of_rounding_is_told(provenance):
    for name in ("jobs_k_share/province/zeeland", "value_added_per_job_keur/province/zeeland"):
        assert "afronding" not in Origins(provenance, "nl").line(name)
        assert "rounding" not in Origins(provenance, "en").line(name)


def test_every_fact_has_a_line_in_both_languages(edition, provenance):
    for name in edition.facts.table.fact_id:
        dutch, english = (Origins(provenance, language).line(name) for language in ("nl", "en"))
        assert dutch != english and "nan" not in (dutch + english).split() and dutch.count(" · ") >= 2, name


def test_a_derived_figure_leads_to_its_row_with_every_printed_figure_behind_it(provenance):
    said = Document("nl", (Sentence(language="nl", text="Zin.", facts=DERIVED),))
    page = Marked(provenance_pages.page(said, FRAME, Origins(provenance, "nl")))
    for name in DERIVED:
        assert Origins(provenance, "nl").href(name) == f"origin.html#{name}" and name in page.ids
        assert all(cell["printed"] in page.lines[name] for cell in provenance.printed(name)), name
    addresses = {link.get("href") for link in page.links}
    assert {provenance_pages.cell_address(cell) for name in DERIVED for cell in provenance.printed(name)} <= addresses


def test_of_very_many_figures_the_tables_are_named_and_one_alone_by_itself(provenance):
    name = "co2_kt/cluster-province/materialen-noord-holland"
    point_source, *others = Origins(provenance, "nl").behind(name)
    assert (point_source["name"], point_source["printed"]) == ("Tata Steel IJmuiden, Uitstoot (Mt CO₂)", "5,8")
    assert [(one["name"][:5], one["printed"]) for one in others] == [("1.2.1", "143 cijfers"), ("1.2.2", "132 cijfers")]


def test_the_line_of_a_crossing_says_by_what_its_bounds_are_and_that_of_a_refuted_one_has_none(provenance):
    told = Origins(provenance, "nl").line("co2_kt/cluster-province/materialen-zeeland")
    assert "volgens de verdeelsleutel van het programma 384 tot 725" in told
    refuted = Origins(provenance, "nl").line("co2_kt/cluster-province/materialen-noord-holland")
    assert "weerlegd (een geregistreerde bron spreekt het tegen)" in refuted and " tot " not in refuted.split(" · ")[1]
    assert "3.177" not in refuted and "1.478" not in refuted


def test_on_a_page_exactly_the_figures_are_linked(provenance):
    text = "Zeeland: 2,8% van 100% & 17.000 banen."
    marks = [Mark(fact=DERIVED[0], start=9, end=13), Mark(fact="jobs_k/province/zeeland", start=25, end=37)]
    note = Note(
        language="nl", title="Let op", text=["Geen.", "2,8% dus"], marks=[Mark(fact=DERIVED[0], start=0, end=4, line=1)]
    )
    blocks = (Sentence(language="nl", text=text, facts=[one.fact for one in marks], marks=marks), note)
    names = [one.fact for one in marks]
    html = as_html.page(Document("nl", blocks), FRAME, Origins(provenance, "nl").of(names))
    linked = re.findall(
        r'<a class="fact" href="([^"]*)">([^<]*)</a><button class="origin" type="button" popovertarget', html
    )
    assert [said for _, said in linked] == ["2,8%", "17.000 banen", "2,8%"]
    assert [href.rpartition("#")[2] for href, _ in linked] == [DERIVED[0], "r11-banen-x-1-000", DERIVED[0]]
    asked = re.findall(r'popovertarget="(o\d+)" aria-label="Herkomst van ([^"]+)"', html)
    assert [said for _, said in asked] == ["2,8%", "17.000 banen", "2,8%"]
    windows = dict(re.findall(r'<div class="window" id="(o\d+)" popover><p>([^<]+)</p>', html))
    assert {one for one, _ in asked} == set(windows) and all(len(text) > 30 for text in windows.values())
    assert " van 100% &amp; " in html and "<p>Geen.</p>" in html


def test_a_table_that_was_made_of_a_text_says_so_and_only_a_printed_one_is_called_printed():
    printed_as = {"werkwijze-upcm-20201016/provinces", "feiten-en-cijfers/product-groups"}
    for name in sources.register().index:
        page = as_plain(source_page(name))
        assert ("De tabel zoals die gedrukt is" in page) == (
            name in printed_as | {"werkwijze-upcm-20201016/product-groups", "werkwijze-upcm-20201016/clusters"}
        ), name


@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", "nl")])
def test_a_summary_has_headings_and_text_of_its_language_alone(language, other):
    for name in ("werkwijze-upcm-20201016/projects", "werkwijze-upcm-20201016/roadmap"):
        header, body = printed(name)
        page = as_plain(source_page(name, language))
        assert not {f"about_{language}", "r_steps", "part_of", "horizon"} & set(page.split())
        column = header.index(f"about_{other}" if f"about_{other}" in header else other)
        own = header.index(f"about_{language}" if f"about_{language}" in header else language)
        assert all(row[own] in page for row in body if row[own])
        assert not any(len(row[column]) > 30 and row[column] != row[own] and row[column] in page for row in body)
    team = {"nl": "Team Realisatie", "en": "Realisation team"}[language]
    assert team in as_plain(source_page("werkwijze-upcm-20201016/projects", language))
