"""The whole matrix, built as a user would build it, and looked at.

Of every publication it is seen that it is there, and about its own subject; the rest is looked at in those of `CLOSELY`.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import accessible
import confidential
import formats
import language as languages
import openpyxl
import pandas as pd
import pikepdf
import pypdf
import pytest
import worth
from support import ROOT, copy

from factpress.blocks import MIME
from factpress.builder import freshness
from factpress.codelists import entries
from factpress.dimensions import Subject
from factpress.facts import Facts
from factpress.site import plan
from upcm_analysis.registers import sources

LANGUAGES = {"nl", "en"}
#: The kinds of publication that are about the programme itself.
PROGRAMME = ("project", "portfolio", "measurement-plan", "brochure")
#: Of a kind with many subjects, those that are looked at closely: with estimates and without, and where a point source stands.
CLOSELY = {
    # With a point source, the least and the most of many things, and where the tables leave most open.
    "province": {"noord-holland", "zeeland", "flevoland", "noord-brabant"},
    "cluster-province": {
        "materialen-zeeland",
        "materialen-limburg",
    },
    # With both forms, with figures of its own, and with little.
    "project": {"batterijen", "warmte-as-a-service", "zonnepanelen"},
}


def upcm(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command line in a process of its own, on a copy of the repository."""
    environment = os.environ | environment | {"FACTPRESS_HOME": str(root)}
    command = [sys.executable, "-m", "upcm_analysis.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The reports of a build of everything: those that stand where they are whole and current, else of a copy."""
    if freshness.unchanged("2020", freshness.inputs()):
        return ROOT / "reports" / "2020"
    root = tmp_path_factory.mktemp("built") / "copy"
    copy(root)
    count = len(plan.publications())
    ended = upcm(root, "report")
    assert ended.returncode == 0, ended.stderr
    assert f"{count} publications: {count} built" in ended.stdout
    return root / "reports" / "2020"


class Page(HTMLParser):
    """What the tests look at in a page."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.text, self.stack, self.ids = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"style", "script", "svg"} & set(self.stack):
            self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@cache
def parsed(html: str) -> Page:
    """A page, read once, whoever looks at it."""
    return Page(html)


def page_of(path: Path) -> Page:
    """The page of a file."""
    return parsed(path.read_text(encoding="utf-8"))


def publications() -> list[plan.Publication]:
    """Those that are looked at closely."""
    return [p for p in plan.publications() if p.subject in CLOSELY.get(p.kind, {p.subject})]


def pages(reports: Path) -> dict[str, Path]:
    return {p.folder: reports / p.folder / "index.html" for p in publications()}


def site(reports: Path) -> dict[str, Path]:
    """The pages of the site by their names: publications and their origins, sources, and the index in both languages.

    Without those of publications that are not looked at closely.
    """
    skipped = {reports / p.folder for p in plan.publications()} - {reports / p.folder for p in publications()}
    found = [path for path in sorted(reports.rglob("*.html")) if path.parent not in skipped]
    return {path.relative_to(reports).as_posix(): path for path in found}


def spoken(name: str) -> str:
    """The language of a page of the site; the index at its root is Dutch."""
    return name[:2] if "/" in name else "nl"


def test_everything_that_belongs_to_a_publication_is_there(built):
    everything = plan.publications()
    crossed = {p.subject for p in everything if p.kind == "cluster-province"}
    assert len(crossed) == 9 and all(name.startswith("materialen-") for name in crossed)
    for p in everything:
        formats = {"index.html", f"{p.subject}.pdf", f"{p.subject}.xlsx", "datapackage.json", "tables", "facts.csv"}
        there = {path.name for path in (built / p.folder).iterdir()}
        assert there == formats | {"notebook.ipynb", "origin.html", "made-of.json"}, p.folder
    register = sources.register()
    tabled = {name.replace("/", "-") for name in register.index}
    assert all({p.name for p in (built / one / "source").iterdir()} == tabled for one in LANGUAGES)
    gone = plan.gone(plan.possible("2020"), plan.publications("2020"))
    assert len(list(built.rglob("*.html"))) == len(everything) * 2 + len(tabled) * 2 + len(gone) + 4
    for one in gone:
        page = (built / one.folder / "index.html").read_text(encoding="utf-8")
        assert one.reason in page and f'href="../../{one.instead}/index.html"' in page, one.folder
    manifest = json.loads((built / "manifest.json").read_text())
    assert sorted(manifest["publications"]) == sorted(p.folder for p in everything)
    assert {entry["state"] for entry in manifest["publications"].values()} == {"built"}


def test_pages_are_self_contained_and_accessible(built):
    for name, path in site(built).items():
        html = path.read_text(encoding="utf-8")
        page = parsed(html)
        assert page.all("html")[0]["lang"] == spoken(name), name
        assert len(page.all("h1")) == 1
        assert len(page.all("script")) == name.endswith("all.html"), name
        assert not page.all("link") and not page.all("iframe")
        # The only address in a page is the name of the SVG namespace, which nothing fetches.
        assert set(re.findall(r"https?://[^\"' )<]+", html)) <= {"http://www.w3.org/2000/svg"}, name
        pictures = [div for div in page.all("div") if div.get("role") == "img"]
        assert all(len(picture["aria-label"]) > 30 for picture in pictures), name
        folded = [one for one in page.all("details") if one.get("class") == "folded"]
        assert len(page.all("details")) == len(pictures) + len(folded), name
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), name


#: The index in each language, and the way from each to the other.
INDEXES = {"index.html": "en/index.html", "en/index.html": "../index.html"}


def policy(html: str) -> dict[str, str]:
    """The security policy of a page, by directive."""
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    return dict(directive.split(" ", 1) for directive in found.split("; "))


def test_no_page_may_fetch_or_run_anything_but_the_script_of_the_index(built):
    for name, path in site(built).items():
        html = path.read_text(encoding="utf-8")
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", html, re.S)
        hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
        allowed = policy(html)
        assert allowed.pop("script-src", "") == " ".join(f"'sha256-{one}'" for one in hashes), name
        assert allowed == {
            "default-src": "'none'", "style-src": "'unsafe-inline'", "font-src": "data:", "img-src": "data:",
        }, name  # fmt: skip
        assert not re.search(
            r"\son[a-z]+\s*=\s*[\"']|javascript:", re.sub(r"<script.*?</script>", "", html, flags=re.S)
        )


def test_no_page_shows_what_is_not_meant_for_readers(built):
    for name, path in site(built).items():
        text = " ".join(page_of(path).text)
        found = re.findall(r"\bnan\b|\bNone\b(?! of)|[{}]|\binf\b|Traceback|\bTrue\b|\bFalse\b", text)
        assert not found, f"{name}: {found}"


def test_numbers_on_a_page_are_facts(built):
    facts = Facts.read(built / "facts.csv")
    for name, path in pages(built).items():
        shown = [attributes["data-fact"] for _, attributes in page_of(path).tags if "data-fact" in attributes]
        assert all(fact in facts for fact in shown), name
        own = Facts.read(path.parent / "facts.csv")
        assert set(shown) <= set(own.table.fact_id), name
        assert name.split("/")[1] in ("method", "critical-materials", *PROGRAMME) or len(shown) > 20, name


#: How what the programme's key allows is headed, and what would tell it as if it were of the place.
KEY = {"nl": "verdeelsleutel van het programma", "en": "programme's distribution key"}
UNHEADED = {
    "nl": r"\bkan (?:het )?[\d.,]+ tot|\bmogelijk (?:is )?[\d.,]+|gaat om [\d.,]+ tot|waarde die volgens de tabellen kan"
    r"|die de tabellen per provincie toelaten",
    "en": r"\bmay be [\d.,]+ to|\bpossible:? [\d.,]+|that the tables allow",
}


def everywhere(reports: Path) -> dict[str, str]:
    """The text of every publication about the industry, and of its page of origins, as it is read and as it is heard."""
    told = [p.folder for p in plan.publications() if p.kind not in PROGRAMME]
    found = [reports / folder / name for folder in told for name in ("index.html", "origin.html")]
    return {path.relative_to(reports).as_posix(): _heard(Page(path.read_text(encoding="utf-8"))) for path in found}


def _heard(page: Page) -> str:
    """The text of a page, and what is said of its pictures to who does not see them."""
    labels = [attributes["aria-label"] for _, attributes in page.tags if "aria-label" in attributes]
    return " ".join(f"{''.join(page.text)} {' '.join(labels)}".split())


def test_bounds_are_told_as_those_of_the_key_on_every_page(built):
    """Where the industry is they do not say: nowhere is told that a place may have so much."""
    for name, text in everywhere(built).items():
        language, kind, _, file = name.split("/")
        assert not (found := re.findall(UNHEADED[language], text)), f"{name}: {found}"
        if file == "index.html" and kind in ("cluster-province", "method"):
            assert KEY[language] in text, name


REFUTED_WORD = {"nl": "weerlegd", "en": "refuted"}


def test_what_a_source_refutes_is_a_word_with_the_source_and_nowhere_a_number(built):
    table = Facts.read(built / "facts.csv").table
    refuted = set(table.fact_id[table.status == "refuted"])
    assert len(refuted) == 13 and confidential.numbers_of(built, refuted) == []
    for p in plan.publications():
        cells = [cell for table in formats.html(built / p.folder)[0] for row in table for cell in row]
        said = {text for text, fact in cells if fact in refuted}
        assert said <= {REFUTED_WORD[p.language]}, p.folder
        if said:
            assert "Tata Steel IJmuiden" in " ".join(page_of(built / p.folder / "index.html").text), p.folder
    shown = page_of(built / "nl/matrix/nederland/index.html").text
    assert "weerlegd" in " ".join(shown) and "1.478" not in " ".join(shown) and "3.178" not in " ".join(shown)


def test_no_place_is_given_an_estimate_because_a_source_elsewhere_is_registered(built):
    """Only what is known: the source in its province, and that none is registered in the eleven others."""
    assert "co2_anchored_kt" not in (built / "facts.csv").read_text()
    lacking = {"nl": "zijn hier nog niet opgenomen", "en": "are not included here yet"}
    bound = {"nl": "Het getelde is een ondergrens", "en": "What was counted is a lower bound"}
    for p in plan.publications():
        path = built / p.folder / "index.html"
        assert "co2_anchored_kt" not in path.read_text(), p.folder
        if p.kind == "province":
            text, here = " ".join(page_of(path).text), p.subject == "noord-holland"
            assert (bound[p.language] in text) == here and (lacking[p.language] in text) == (not here), p.folder


def lost(reports: Path) -> list[str]:
    """The links of a site that lead to no file, or to no place in it."""
    anchors, found = {}, []
    for name, path in site(reports).items():
        links = [attributes["href"] for attributes in page_of(path).all("a")]
        assert len(links) > 2, name
        for link in dict.fromkeys(links):
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path.resolve()
            if anchor and target not in anchors:
                there = page_of(target).tags if target.is_file() and target.suffix == ".html" else []
                anchors[target] = {attributes.get("id") for _, attributes in there}
            if not target.is_file() or (anchor and anchor not in anchors[target]):
                found.append(f"{name}: {link}")
    return found


def test_every_link_leads_somewhere(built):
    """Links into a page lead to a place that it has: a printed cell, or the row of a fact."""
    assert lost(built) == []


def leads_to(page: Path) -> set[str]:
    """The publications of other kinds than the method that a page leads to, and that are not of its own kind."""
    footer = page.read_text(encoding="utf-8").partition("<footer")[2]
    links = [attributes["href"] for attributes in parsed(footer).all("a")]
    found = {match[1] for link in links if (match := re.fullmatch(r"\.\./\.\./([a-z-]+/[a-z-]+)/index\.html", link))}
    return found - {"method/methode"}


def test_a_cluster_in_a_province_and_the_whole_cluster_and_province_lead_to_each_other(built):
    crossed = {p.subject: p.about for p in plan.publications() if p.kind == "cluster-province"}
    for p in publications():
        about = p.about
        expected = {
            "province": {f"cluster-province/{name}" for name, part in crossed.items() if part.place == about.place},
            "cluster": {f"cluster-province/{name}" for name, part in crossed.items() if part.cluster == about.cluster},
            "cluster-province": {f"cluster/{about.cluster}", f"province/{Subject(about.place).slug}"},
        }
        expected = {kind: {*names, "matrix/nederland"} for kind, names in expected.items()}
        expected |= {"national": {"critical-materials/nederland"}, "critical-materials": {"national/nederland"}}
        found = {one for one in leads_to(built / p.folder / "index.html") if not one.startswith("project/")}
        assert p.kind == "project" or found == expected.get(p.kind, set()), p.folder
    assert leads_to(built / "nl/project/batterijen/index.html") == {
        "cluster/consumentenproducten",
        "portfolio/nederland",
    }
    assert "project/batterijen" in leads_to(built / "nl/cluster/consumentenproducten/index.html")
    assert leads_to(built / "nl/cluster-province/materialen-zeeland/index.html") == {
        "cluster/materialen",
        "matrix/nederland",
        "province/zeeland",
    }


@pytest.mark.parametrize("damage", ["origin.html", "#jobs_k_share/province/zeeland", "zeeland.pdf"])
def test_a_lost_link_is_caught(built, tmp_path, damage):
    folder = Path("nl/province/zeeland")
    for part in (folder, "nl/source"):
        shutil.copytree(built / part, tmp_path / part)
    before = lost(tmp_path)
    if damage.startswith("#"):
        replace_in(tmp_path / folder / "origin.html", f'id="{damage[1:]}"', "")
    else:
        (tmp_path / folder / damage).unlink()
    found = set(lost(tmp_path)) - set(before)
    assert found and all(damage in one for one in found)


#: A window that says where a figure comes from: its name, what it says, and where that can be followed.
WINDOW = re.compile(r'<div class="window" id="(o\d+)" popover><p>(.*?)</p><p><a href="([^"]+)"')


def test_every_figure_of_a_fact_says_where_it_comes_from(built):
    """In a window and on a page, in its language; a printed figure leads to a source, any other to the page of origins."""
    facts = Facts.read(built / "facts.csv")
    for name, path in pages(built).items():
        html, page = path.read_text(encoding="utf-8"), page_of(path)
        windows = {one: (text, href) for one, text, href in WINDOW.findall(html)}
        asked = {attributes["popovertarget"] for attributes in page.all("button")}
        assert asked <= set(windows) and all(len(text) > 30 for text, _ in windows.values()), name
        own = list(Facts.read(path.parent / "facts.csv").table.fact_id)
        assert len(windows) == len(own), name
        to_origins = {
            href.removeprefix("origin.html#") for _, href in windows.values() if href.startswith("origin.html#")
        }
        assert to_origins == {fact for fact in own if not facts[fact].printed}, name
        there = {attributes.get("id") for _, attributes in page_of(path.parent / "origin.html").tags}
        assert set(own) <= there, name


def plain(html: str) -> str:
    """The text of a piece of a page."""
    return " ".join("".join(parsed(html).text).split())


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_leads_to_every_publication_in_its_language_and_to_the_other_index(built, name):
    """From its map to the provinces with their figures, and by the page of all publications to the rest."""
    html, own = (
        (built / name).read_text(encoding="utf-8"),
        [p for p in plan.publications() if p.language == spoken(name)],
    )
    up = "../" if "/" in name else ""
    tiles = re.findall(
        r'<li style="grid-row:(\d+);grid-column:(\d+)"><a href="([^"]*)">.*?<span class="hidden">(.*?) </span>', html
    )
    assert [(href, title) for *_, href, title in tiles] == [
        (f"{up}{p.folder}/index.html", p.title) for p in own if p.kind == "province"
    ]
    assert len({(row, column) for row, column, *_ in tiles}) == 12
    every = (built / name).with_name("all.html").read_text(encoding="utf-8")
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]*)">(.*?)</a></th><td>', every)
    assert rows == [(f"{up}{p.folder}/index.html", p.title) for p in own]
    (other,) = LANGUAGES - {spoken(name)}
    for page, address in ((html, INDEXES[name]), (every, INDEXES[name].replace("index", "all"))):
        switches = [a for a in parsed(page).all("a") if "hreflang" in a]
        assert [(a["href"], a["hreflang"], a["lang"]) for a in switches] == [(address, other, other)]


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_opens_with_the_message_of_the_whole_and_those_of_the_clusters(built, name):
    html, language = (built / name).read_text(encoding="utf-8"), spoken(name)
    whole = (built / language / "national/nederland/index.html").read_text(encoding="utf-8")
    heading = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
    assert plain(heading.search(html)[1]) == plain(heading.search(whole)[1])
    for p in plan.publications(only="cluster", language=language):
        page = (built / p.folder / "index.html").read_text(encoding="utf-8")
        said = plain(
            re.sub(r'<span class="kind">.*?</span>|<button.*?</button>', "", heading.search(page)[1], flags=re.S)
        )
        assert " ".join(said.split()) in " ".join(plain(html).split()), p.folder


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_says_how_large_files_are_and_what_the_checks_found(built, name):
    html = (built / name).with_name("all.html").read_text(encoding="utf-8")
    files = re.findall(r'<a href="([^"]*)" aria-label="[^"]*, ([\d.,]+) kB">([\d.,]+) kB</a>', html)
    assert len(files) == len(plan.publications()) // 2 * 3
    for href, label, text in files:
        size = (built / name).parent.joinpath(href).stat().st_size
        assert label == text and abs(int(re.sub(r"\D", "", text)) * 1000 - max(size, 1000)) <= 500, href
    found = pd.read_csv(built.parents[1] / "data/processed/2020/findings.csv").state.value_counts()
    counts = [found.sum(), *(found.get(state, 0) for state in ("pass", "warn", "fail"))]
    said = plain(re.search(r"<h2>(?:Controles|Checks)</h2>\s*<p>(.*?)<a", html)[1])
    assert [int(number) for number in re.findall(r"\d+", said)] == counts
    assert 'class="note"' not in (built / name).read_text(encoding="utf-8")  # nothing failed


def test_both_languages_show_the_same_facts(built):
    for folder in {name[3:] for name in pages(built)}:
        shown = [
            [a["data-fact"] for _, a in page_of(built / language / folder / "index.html").tags if "data-fact" in a]
            for language in sorted(LANGUAGES)
        ]
        assert shown[0] == shown[1], folder


@pytest.fixture(scope="module")
def values(built):
    """The value of every fact."""
    return {fact["fact_id"]: fact["value"] for fact in Facts.read(built / "facts.csv").table.to_dict("records")}


def test_every_format_has_the_numbers_of_the_facts(built, values):
    """Read back from page, CSV, workbook and PDF, in both languages, and compared with each other and with the facts."""
    for name, path in pages(built).items():
        assert formats.disagreements(path.parent, values) == [], name


def wrong_number_on_the_page(folder, other):
    replace_in(folder / "index.html", ">4.713<button", ">4.714<button")


def wrong_number_in_csv(folder, other):
    path = next((folder / "tables").glob("*zeeland-in-cijfers.csv"))
    replace_in(path, ",4713,", ",4714,")


def wrong_number_in_the_workbook(folder, other):
    path = folder / "zeeland.xlsx"
    book = openpyxl.load_workbook(path)
    cell = next(c for sheet in book.worksheets[2:-1] for row in sheet.iter_rows() for c in row if c.value == 4713)
    cell.value = 4714
    book.save(path)


def pdf_of_another_subject(folder, other):
    shutil.copy(other / "limburg.pdf", folder / "zeeland.pdf")


def tables_of_another_subject(folder, other):
    shutil.rmtree(folder / "tables")
    shutil.copytree(other / "tables", folder / "tables")
    shutil.copy(other / "datapackage.json", folder / "datapackage.json")


def table_without_its_last_row(folder, other):
    html = (folder / "index.html").read_text(encoding="utf-8")
    start = html.rindex("<tr")
    (folder / "index.html").write_text(html[:start] + html[html.index("</tr>", start) + 5 :], encoding="utf-8")


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        wrong_number_on_the_page,
        wrong_number_in_csv,
        wrong_number_in_the_workbook,
        pdf_of_another_subject,
        tables_of_another_subject,
        table_without_its_last_row,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_difference_between_formats_is_caught(built, values, tmp_path, damage):
    folder = tmp_path / "zeeland"
    shutil.copytree(built / "nl/province/zeeland", folder)
    assert formats.disagreements(folder, values) == []
    damage(folder, built / "nl/province/limburg")
    try:
        found = formats.disagreements(folder, values)
    except ValueError as error:  # a file that is not as long as its data package says is caught as it is read
        found = [str(error)]
    assert found != []


def test_every_publication_is_about_its_own_subject(built):
    for p in plan.publications():
        assert set(formats.titles(built / p.folder).values()) == {p.title}, p.folder


def test_two_publications_that_changed_places_are_caught(built, tmp_path):
    """Whole and consistent in themselves, so that only their place tells."""
    shutil.copytree(built / "nl/province/limburg", tmp_path / "zeeland")
    assert set(formats.titles(tmp_path / "zeeland").values()) == {"Limburg"}


def test_pages_and_pdfs_are_accessible_as_far_as_that_can_be_seen_without_a_browser(built):
    for name, path in site(built).items():
        assert accessible.html_faults(path, spoken(name)) == [], name
    for p in publications():
        assert accessible.pdf_faults(built / p.folder / f"{p.subject}.pdf", p.language) == [], p.folder


def test_pdfs_are_tagged_and_say_their_language_and_title(built):
    for p in publications():
        with pikepdf.open(built / p.folder / f"{p.subject}.pdf") as pdf:
            root = pdf.Root
            assert root.MarkInfo.Marked and root.StructTreeRoot is not None
            assert str(root.Lang) == p.language
            assert root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert p.title in metadata["dc:title"]
                assert metadata["pdfuaid:part"] == "1" and metadata["pdfaid:part"] == "2"
            kinds = structure(root.StructTreeRoot)
            assert kinds["H1"] == 1 and kinds["H2"] >= 2
            least = 2 if p.kind in PROGRAMME else 3  # where a table only says what is known, it has two columns
            assert kinds["TH"] >= least * kinds["Table"] > 0
            assert p.kind in ("method", "matrix", *PROGRAMME) or kinds["Figure"] >= 1


def structure(node, found=None) -> Counter:
    """How often each kind of element stands in the structure tree of a PDF."""
    found = Counter() if found is None else found
    for child in node.K if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found[str(child.S).strip("/")] += 1
            structure(child, found)
    return found


def test_everything_is_in_its_own_language(built):
    """In every format: nothing is left over in Dutch on an English page, or the other way round."""
    assert languages.left_over(languages.of_edition(built)) == []
    folders = [(folder, folder.parts[-3]) for folder in sorted({path.parent for path in site(built).values()})]
    folders = [(folder, one) for folder, one in folders if one in LANGUAGES]
    assert {one for _, one in folders} == LANGUAGES and len(folders) > len(publications())
    for folder, one in folders:
        assert languages.left_over(languages.of_publication(folder, one)) == [], folder.relative_to(built)


def sentence_on_the_page(folder):
    replace_in(folder / "index.html", "</main>", "<p>The figures are not from this year.</p></main>")


def origin_of_another_language(folder):
    shutil.copy(folder.parents[2] / "en/province/zeeland/origin.html", folder / "origin.html")
    replace_in(folder / "origin.html", '<html lang="en">', '<html lang="nl">')


def pdf_of_another_language(folder):
    shutil.copy(folder.parents[2] / "en/province/zeeland/zeeland.pdf", folder / "zeeland.pdf")


def workbook_of_another_language(folder):
    shutil.copy(folder.parents[2] / "en/province/zeeland/zeeland.xlsx", folder / "zeeland.xlsx")


@pytest.mark.parametrize(
    "damage",
    [sentence_on_the_page, origin_of_another_language, pdf_of_another_language, workbook_of_another_language],
    ids=lambda damage: damage.__name__,
)
def test_what_is_left_over_of_another_language_is_caught(built, tmp_path, damage):
    for one in LANGUAGES:
        shutil.copytree(built / one / "province/zeeland", tmp_path / one / "province/zeeland")
    damage(tmp_path / "nl/province/zeeland")
    found = languages.left_over(languages.of_publication(tmp_path / "nl/province/zeeland", "nl"))
    assert found and not any(one.startswith("datapackage.json") for one in found)


def test_number_notation_follows_the_language(built):
    texts = {
        language: " ".join(page_of(built / language / "national/nederland/index.html").text) for language in LANGUAGES
    }
    assert "608.000\u00a0banen" in texts["nl"] and "608,000\u00a0jobs" in texts["en"]
    assert "277.366" in texts["nl"] and "277,366" in texts["en"]
    assert "1.103" in " ".join(re.findall(r">([^<]*)</text>", (built / "nl/national/nederland/index.html").read_text()))


#: Words that would compare provinces, by language; bounds go from the lowest to the highest value that fits, and may.
COMPARING = {
    "nl": r"plaats \d|(?<!geen )rangorde|hoger dan|lager dan|het (?:hoogst|laagst)\b|de (?:meeste|minste)\b|donkerder"
    r"|landelijk(?:e gemiddelde\b|:)|naast de andere provincies",
    "en": r"\brank \d|ranking|higher than|lower than|the (?:most|fewest)\b|(?:has|is) the (?:highest|lowest)|darker"
    r"|national average\b|nationally:|with the other provinces",
}
ALLOCATED = {"nl": "oegerekend, geen waarneming in de provincie", "en": "llocated, not an observation in the province"}


def about_provinces(path: Path, language: str) -> str:
    """What a page says of provinces, to who sees it, hears it or points at a figure: all of it, or that section of it."""
    html = path.read_text(encoding="utf-8")
    html = html[html.index("<main") : html.index("</main>")]
    spoken = re.findall(r'(?:aria-label|data-origin)="([^"]*)"', html)
    return " ".join(f"{' '.join(spoken)} {plain(html)}".replace("\u00a0", " ").split())


def compared(folder: Path, language: str) -> list[str]:
    """What of a publication about provinces ranks, colours or compares them: facts, words and pictures."""
    html = (folder / "index.html").read_text(encoding="utf-8")
    found = [name for name in Facts.read(folder / "facts.csv").table.fact_id if "_rank/province/" in name]
    found += re.findall(COMPARING[language], about_provinces(folder / "index.html", language))
    for svg in (one for one in re.findall(r"<svg.*?</svg>", html, re.S) if ">GR</text>" in one):
        tiles = re.findall(r'<rect [^>]*width="64" height="54" fill="([^"]+)"', svg)
        found += ["colours"] * (len(tiles) != 12 or len(set(tiles)) > 1) + ["outlines"] * ("<path" in svg)
    return found


def of_provinces(every: list[plan.Publication]) -> list[plan.Publication]:
    """The publications that tell of provinces."""
    return [p for p in every if p.kind in ("province", "cluster-province")]


def test_no_page_ranks_colours_or_compares_provinces(built):
    for p in of_provinces(plan.publications()):
        assert compared(built / p.folder, p.language) == [], p.folder
    assert not Facts.read(built / "facts.csv").table.fact_id.str.contains("_rank/province/").any()


def sentence_that_compares(folder):
    replace_in(folder / "index.html", "</main>", "<p>De toegevoegde waarde is er hoger dan elders.</p></main>")


def rank_in_the_facts(folder):
    replace_in(folder / "facts.csv", "jobs_k_share/province/zeeland,", "jobs_k_rank/province/zeeland,")


@pytest.mark.parametrize("damage", [sentence_that_compares, rank_in_the_facts])
def test_a_province_that_is_compared_is_caught(built, tmp_path, damage):
    folder = tmp_path / "province" / "zeeland"
    shutil.copytree(built / "nl/province/zeeland", folder)
    assert compared(folder, "nl") == []
    damage(folder)
    assert len(compared(folder, "nl")) == 1


def test_every_figure_of_a_province_says_that_it_is_allocated(built):
    """In the strip before any chart, on paper too, where a figure says its origin, and in the list of facts of the workbook."""
    facts = Facts.read(built / "facts.csv")
    key = {"nl": "verdeelsleutel", "en": "distribution key"}
    for p in of_provinces(plan.publications()):
        html = (built / p.folder / "index.html").read_text(encoding="utf-8")
        strip = html.index('<aside class="certainty"')
        assert strip < html.index("<figure"), p.folder
        if p.kind == "province":
            assert key[p.language] in html[strip : html.index("</aside>", strip)], p.folder
            paper = formats.squeezed("".join(formats.paper(built / p.folder / f"{p.subject}.pdf")[:1]))
            assert formats.squeezed(key[p.language]) in paper, p.folder
        for _, origin, href in WINDOW.findall(html):
            if fact := href.partition("origin.html#")[2]:
                assert facts[fact].allocated == (ALLOCATED[p.language] in origin), fact
        book = openpyxl.load_workbook(built / p.folder / f"{p.subject}.xlsx", read_only=True)
        listed = {row[0]: row[7] for row in book.worksheets[-1].iter_rows(values_only=True)}
        status = {"nl": "toegerekend", "en": "allocated"}[p.language]
        assert {facts[name].status == "allocated" for name, said in listed.items() if said == status} <= {True}
        assert all(listed[name] == status for name in listed if name in facts and facts[name].status == "allocated")


#: That the key cannot be tested for CO2 and material.
UNTESTABLE = {
    "nl": "voor CO₂ en materiaal is die niet te toetsen.",
    "en": "for CO₂ and material it cannot be tested.",
}


def test_what_rests_on_the_key_says_that_it_cannot_be_tested_for_co2_and_material(built):
    """Every chart and table of bounds and estimates, in both languages; the method page says what the test can see."""
    seen = Counter()
    for path in [*built.glob("*/province/*/*.ipynb"), *built.glob("*/cluster-province/*/*.ipynb")]:
        language = path.relative_to(built).parts[0]
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [one.get("data", {}) for cell in cells for one in cell.get("outputs", [])]
        for block in [one[MIME] for one in outputs if MIME in one]:
            shown = [name for name in block["facts"] if re.match(r"[^/]+/(cluster|product-group)-province/", name)]
            told = [name for name in shown if not name.startswith("co2_point_source")]
            if told and block["kind"] in ("chart", "table"):
                assert any(UNTESTABLE[language] in note for note in block["notes"]), f"{path}: {block['title']}"
                seen[language] += 1
    assert seen["nl"] == seen["en"] >= 9 * 4
    for language, said in (
        ("nl", "kan de toets een verdeling dus niet van een waarneming onderscheiden"),
        ("en", "the test cannot tell an allocation from an observation"),
    ):
        page = (built / language / "method/methode/index.html").read_text(encoding="utf-8")
        assert said in page and "single_key_passed_co2_pct/nl" in page


#: What no source says, or what cannot be set off: by language, as patterns.
UNSAID = {
    "nl": [r"[Dd]eskundigen?\b", r"[Dd]oor afronding kan", r"[Aa]chter elk potentieel", r"\d% van het (\w+ )?potentieel"],
    "en": [r"[Ee]xpert judge", r"\b[Ee]xperts\b", r"[Rr]ounding leaves \d", r"[Bb]ehind each potential",
           r"\d% of the (\w+ )?potential"],
}  # fmt: skip


def test_nothing_is_said_that_no_source_says(built):
    for path in sorted(built.rglob("*.html")):
        text = " ".join(page_of(path).text).replace("\u00a0", " ")
        language = spoken(path.relative_to(built).as_posix())
        assert [found for found in UNSAID[language] if re.search(found, text)] == [], path
    for subject in ("national/nederland", "cluster/materialen", "province/zeeland", "project/batterijen"):
        for language in LANGUAGES:
            paper = built / language / subject / f"{Path(subject).name}.pdf"
            text = " ".join(" ".join(formats.paper(paper)).replace("\u00a0", " ").split())
            assert [found for found in UNSAID[language] if re.search(found, text)] == [], paper


@pytest.mark.parametrize(
    ("language", "sources", "unpublished"),
    [
        ("nl", ["bestaande databronnen en eigen analyses", "publieke data en de fingerprintmethode van TNO"],
         r"[Ww]aar (elk|de) percentages? [\w ]*vandaan kom(t|en), is niet gepubliceerd"),
        ("en", ["existing data sources and its own analyses", "public data and the fingerprint method of TNO"],
         r"[Ww]here (each|the) percentages? [\w ]*comes? from is not published"),
    ],
)  # fmt: skip
def test_a_potential_says_what_sources_say_of_it_and_what_they_do_not(built, language, sources, unpublished):
    for p in plan.publications(language=language):
        if p.kind in ("national", "method"):
            text = " ".join(" ".join(page_of(built / p.folder / "index.html").text).split())
            assert all(part in text for part in sources) and re.search(unpublished, text), p.folder


def test_facts_have_the_names_of_what_they_are(built):
    facts = Facts.read(built / "facts.csv").table
    warnings = {warning for row in facts.warnings for warning in row.split(" ; ")}
    assert "programme-estimate" in warnings and "expert-judgement" not in warnings
    assert not facts.indicator.str.contains(r"_lq\b|of_potential").any()
    assert (facts.indicator.str.endswith("_per_job_relative")).sum() == 6 * (12 + 5 + 13)


@pytest.mark.parametrize(
    ("language", "digits", "year"),
    [
        ("nl", ["3,1 mld euro", "3,157 mld euro"], "over 2020"),
        ("en", ["3.1 billion euro", "3.157 billion euro"], "2020"),
    ],
)
def test_what_is_compared_is_seen_to_differ_and_is_of_one_year(built, language, digits, year):
    method, national = (
        " ".join(" ".join(page_of(built / language / name / "index.html").text).replace("\u00a0", " ").split())
        for name in ("method/methode", "national/nederland")
    )
    assert all(one in method for one in digits)
    comma = {"nl": ".", "en": ","}[language]
    assert f"18{comma}706" in method and f"6{comma}096" in method and f"6{comma}096" in national
    point = {"nl": ",", "en": "."}[language]
    assert f"18{point}7 mega" in national and f"6{point}1 mega" in national
    for text in (method, national):
        assert f"15{comma}843" not in text and year in text


@pytest.mark.parametrize(("language", "said"), [("nl", "trek de twee niet van elkaar af"), ("en", "do not subtract")])
def test_a_claim_stands_beside_the_potential_and_is_no_part_of_it(built, language, said):
    for name in ("project/batterijen", "cluster/consumentenproducten", "portfolio/nederland"):
        text = " ".join(page_of(built / language / name / "index.html").text).replace("\u00a0", " ")
        assert not re.search(r"\b185[.,]7", text) and re.search(r"\b26\b", text) and re.search(r"\b14\b", text), name
        assert name != "project/batterijen" or said in text


#: Two numbers with something between them that makes an interval of them.
INTERVAL = re.compile(r"([\d.,]+)(?:–|\u00a0?%? (?:tot|to) )([\d.,]+)")


def told(html: str) -> list[tuple[str, str]]:
    """Of each place on a page that leads to an origin the fact and the text."""
    links = re.findall(r'<a class="fact" href="origin\.html#([^"]+)"[^>]*>([^<]*)</a>', html)
    links += re.findall(r'<td[^>]* data-fact="([^"]+)"[^>]*>([^<]*)<button', html)
    return links + re.findall(r'<tr id="([^"]+)">.*?<td data-label="(?:Van – tot|From – to)">([^<]*)</td>', html)


def wide(folder: Path, facts: Facts, language: str) -> tuple[list[str], dict[str, set]]:
    """The intervals of a publication that are told wider than they are; and of each fact the ends that are told."""
    point = {"nl": str.maketrans({".": "", ",": "."}), "en": str.maketrans({",": ""})}[language]
    found, seen = [], {}
    for page in ("index.html", "origin.html"):
        for name, text in told((folder / page).read_text(encoding="utf-8")):
            if ends := INTERVAL.fullmatch(re.split(r"\u00a0[^\d]", text)[0].rstrip("%")):
                fact = facts[name]
                factor = float(entries("units")[fact.unit]["prose_factor"])
                low, high = (float(end.translate(point)) for end in ends.groups())
                if high > fact.high * (1 + 1e-9) and factor > 1:  # in the unit of running text
                    low, high = low / factor, high / factor
                seen.setdefault(name, set()).add((round(low, 9), round(high, 9)))
                if not fact.low * (1 - 1e-9) <= low <= high <= fact.high * (1 + 1e-9):
                    found.append(f"{page} {name}: {text}")
    return found, seen


def test_no_interval_is_told_wider_than_it_is_and_everywhere_with_the_same_digits(built):
    facts, count = Facts.read(built / "facts.csv"), 0
    for p in plan.publications():
        found, seen = wide(built / p.folder, facts, p.language)
        assert found == [], p.folder
        assert {name: ends for name, ends in seen.items() if len(ends) > 1} == {}, p.folder
        count += len(seen)
    assert count > 3_000


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_percentage_that_rounding_leaves_open_is_told_so_beside_those_that_are_exact(built, language):
    """Of product groups, in the table with both on the page of the Netherlands."""
    facts, seen = Facts.read(built / "facts.csv"), Counter()
    for table in formats.html(built / language / "national/nederland")[0]:
        for column in zip(*table, strict=True):
            told = [(text, facts[name]) for text, name in column if "_pct/product-group/" in name]
            exact = [text for text, fact in told if fact.low == fact.high]
            left = [text for text, fact in told if fact.low != fact.high]
            assert all(text.isdigit() for text in exact) and all("–" in text for text in left)
            seen.update({"exact": len(exact), "left": len(left)})
    assert seen["left"] == 3 and seen["exact"] == 13 + 10


def test_an_interval_that_is_told_too_wide_is_caught(built, tmp_path):
    folder = tmp_path / "zeeland"
    shutil.copytree(built / "nl/cluster-province/materialen-zeeland", folder)
    facts = Facts.read(built / "facts.csv")
    assert wide(folder, facts, "nl")[0] == []
    ends = re.search(r">(\d+)(–[\d.]+)<button", (folder / "index.html").read_text(encoding="utf-8"))
    page = folder / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace(ends[0], f">{int(ends[1]) - 1}{ends[2]}<button"))
    assert len(wide(folder, facts, "nl")[0]) > 0


def test_a_second_build_has_nothing_to_do(built):
    count = len(plan.publications())
    before = {path: path.stat().st_mtime_ns for path in built.rglob("index.html")}
    ended = upcm(built.parents[1], "report")
    assert f"{count} publications: {count} current" in ended.stdout, ended.stderr
    assert {path: path.stat().st_mtime_ns for path in built.rglob("index.html")} == before


def test_the_measurement_plan_has_every_indicator_once_and_is_no_longer_than_it_must_be(built):
    for language in LANGUAGES:
        folder = built / language / "measurement-plan/nederland"
        html = (folder / "index.html").read_text(encoding="utf-8")
        listed = re.findall(r"<td [^>]*>(?:dashboard|routekaart|roadmap)</td>", html)
        assert len(listed) == 82
        assert html.count("<a ") < 60
        with pikepdf.open(folder / "nederland.pdf") as pdf:
            assert len(pdf.pages) <= 4


def test_the_brochure_leads_to_publications_that_are_there(built):
    for language in LANGUAGES:
        folder = built / language / "brochure/nederland"
        html = (folder / "index.html").read_text(encoding="utf-8")
        found = re.findall(r'<td [^>]*><a href="([^"]+)">', html)
        assert found and all((folder / address).is_file() for address in found)
        assert "website_visitors/nl" in html


@pytest.mark.parametrize(
    ("language", "unknown", "attributed"),
    [("nl", "onbekend", "Niet toegedeeld 6"), ("en", "unknown", "Not attributed 6")],
)
def test_the_page_of_a_project_has_its_claim_with_what_is_not_known(built, language, unknown, attributed):
    page = page_of(built / language / "project/batterijen/index.html")
    said = " ".join(" ".join(page.text).replace("\u00a0", " ").split())
    assert attributed in said
    assert re.search(
        rf"R0–R2, [a-z ]+? {unknown} R3–R7, [a-z ]+? 17 R8–R9, [a-z]+ 3 [A-Za-z ]+? 6 [A-Za-z ,]+? 26 ", said
    )
    functions = re.search(r"F1 .*? F8 \w+ \w+", said)[0]
    assert len(re.findall(rf"F\d [^F]*? {unknown}\b", functions)) == 3, functions


# A page is worth opening: it has something to say, says it once, and does not stand in its reader's way.

#: Kinds that tell of figures by place or part; the method and what tells in words have no key figures.
FIGURED = ("national", "cluster", "province", "cluster-province")


def test_no_page_has_key_figures_that_are_all_unknown(built):
    table = pd.read_csv(built / "facts.csv").set_index("fact_id").value
    for p in plan.publications():
        told = worth.key_figures((built / p.folder / "index.html").read_text(encoding="utf-8"))
        known = [name for name in told if name in table.index and pd.notna(table[name])]
        assert known or not told, p.folder
        assert told or p.kind not in FIGURED, p.folder


def test_a_page_says_how_certain_it_is_once_and_no_sentence_twice(built):
    for p in plan.publications():
        page = (built / p.folder / "index.html").read_text(encoding="utf-8")
        if p.kind not in ("method", "revision"):
            assert page.count('<aside class="certainty"') == 1 and worth.caveats(page) == 0, p.folder
            assert worth.twice(page) == [], p.folder


def test_a_page_does_not_stand_in_the_way_of_the_keyboard(built):
    for p in plan.publications():
        page = (built / p.folder / "index.html").read_text(encoding="utf-8")
        assert worth.first_stops(page) < 25 and (p.kind in LONG or worth.links(page) < 60), p.folder
    for name in ("index.html", "en/index.html"):
        page = (built / name).read_text(encoding="utf-8")
        assert worth.first_stops(page) < 25 and worth.links(page) < 150, name


def test_provinces_and_clusters_print_on_at_most_four_pages(built):
    for p in plan.publications():
        if p.kind in ("national", "cluster", "province", "cluster-province", "matrix", "measurement-plan", "brochure"):
            assert len(pypdf.PdfReader(built / p.folder / f"{p.subject}.pdf").pages) <= 4, p.folder


#: The method keeps everything, and leads to it.
LONG = ("method",)
