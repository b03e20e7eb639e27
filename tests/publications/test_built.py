"""Publications of every kind, built in a copy of the repository as a user would build them, and looked at.

Every one of the matrix but most clusters in provinces, of which `test_whole` sees that there are sixty.
"""

import base64
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import accessible
import formats
import language as languages
import openpyxl
import pandas as pd
import pikepdf
import pypdf
import pytest
from support import copy, without_programme

from upcm_analysis.evidence import sources
from upcm_analysis.publish import plan
from upcm_analysis.telling.facts import Facts
from upcm_analysis.words.codelists import Subject

LANGUAGES = {"nl", "en"}
#: With estimates and without, and where a point source stands.
CROSSED = [
    "materialen-noord-holland",
    "materialen-zeeland",
    "verbruiksartikelen-fryslan",
    "high-tech-noord-brabant",
]
#: The programme as a whole, a team without projects and one with them.
PORTFOLIOS = ["nederland", "regieteam", "kennisintegratie"]
#: Without figures, with those of what it is a part of, and with its own.
FOCUS = ["windparken", "batterijen", "basismetalen"]
#: The kinds of which only these are built.
SOME = {"cluster-province": CROSSED, "portfolio": PORTFOLIOS, "focus-group": FOCUS}
COUNT = 38 + sum(map(len, SOME.values())) * len(LANGUAGES)


def upcm(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command line in a process of its own, on a copy of the repository."""
    environment = os.environ | environment | {"UPCM_HOME": str(root)}
    command = [sys.executable, "-m", "upcm_analysis.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The reports of a build."""
    root = tmp_path_factory.mktemp("built") / "copy"
    copy(root)
    path = root / "publications.yml"
    text = path.read_text()
    for kind, names in SOME.items():
        text, found = re.subn(
            rf"(kind: {kind}\n.*?subjects: )all", rf"\g<1>[{', '.join(names)}]", text, count=1, flags=re.S
        )
        assert found == 1
    path.write_text(text)
    ended = upcm(root, "report")
    assert ended.returncode == 0, ended.stderr
    assert f"{COUNT} publications: {COUNT} built" in ended.stdout
    return root / "reports" / "2020"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A copy of the repository whose matrix holds one cluster and the method page, built."""
    root = tmp_path_factory.mktemp("small") / "copy"
    copy(root)
    path = root / "publications.yml"
    text = re.sub(r"  - kind: (national|province|cluster-province).*?(?=  - kind|\Z)", "", path.read_text(), flags=re.S)
    text = without_programme(text)
    path.write_text(text.replace("subjects: all", "subjects: [materialen]").replace("[nl, en]", "[nl]"))
    ended = upcm(root, "report")
    assert "2 publications: 2 built" in ended.stdout, ended.stderr
    return root


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


def publications() -> list[plan.Publication]:
    """Those that were built."""
    return [p for p in plan.publications() if p.subject in SOME.get(p.kind, [p.subject])]


def pages(reports: Path) -> dict[str, Path]:
    return {p.folder: reports / p.folder / "index.html" for p in publications()}


def site(reports: Path) -> dict[str, Path]:
    """Every page of the site by its name: publications, origins, sources, and the index in both languages."""
    return {path.relative_to(reports).as_posix(): path for path in sorted(reports.rglob("*.html"))}


def spoken(name: str) -> str:
    """The language of a page of the site; the index at its root is Dutch."""
    return name[:2] if "/" in name else "nl"


def test_everything_that_belongs_to_a_publication_is_there(built):
    assert len(pages(built)) == COUNT
    for name, path in pages(built).items():
        subject = name.rpartition("/")[2]
        formats = {"index.html", f"{subject}.pdf", f"{subject}.xlsx", "datapackage.json", "tables", "facts.csv"}
        assert {p.name for p in path.parent.iterdir()} == formats | {"notebook.ipynb", "origin.html", "made-of.json"}, (
            name
        )
    register = sources.register()
    tabled = {name.replace("/", "-") for name in register.index[register.role != "map"]}
    assert all({p.name for p in (built / one / "source").iterdir()} == tabled for one in LANGUAGES)
    assert len(site(built)) == COUNT * 2 + len(tabled) * 2 + 2
    manifest = json.loads((built / "manifest.json").read_text())
    assert sorted(manifest["publications"]) == sorted(pages(built))
    assert {entry["state"] for entry in manifest["publications"].values()} == {"built"}


def test_pages_are_self_contained_and_accessible(built):
    for name, path in site(built).items():
        html = path.read_text(encoding="utf-8")
        page = Page(html)
        assert page.all("html")[0]["lang"] == spoken(name), name
        assert len(page.all("h1")) == 1
        assert len(page.all("script")) == (name in INDEXES), name
        assert not page.all("link") and not page.all("iframe")
        # The only address in a page is the name of the SVG namespace, which nothing fetches.
        assert set(re.findall(r"https?://[^\"' )<]+", html)) <= {"http://www.w3.org/2000/svg"}, name
        pictures = [div for div in page.all("div") if div.get("role") == "img"]
        assert all(len(picture["aria-label"]) > 30 for picture in pictures), name
        assert len(page.all("details")) == len(pictures), name
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
        text = " ".join(Page(path.read_text(encoding="utf-8")).text)
        found = re.findall(r"\bnan\b|\bNone\b|[{}]|\binf\b|Traceback|\bTrue\b|\bFalse\b", text)
        assert not found, f"{name}: {found}"


def test_numbers_on_a_page_are_facts(built):
    facts = Facts.read(built / "facts.csv")
    for name, path in pages(built).items():
        shown = [attributes["data-fact"] for _, attributes in Page(path.read_text()).tags if "data-fact" in attributes]
        assert all(fact in facts for fact in shown), name
        own = Facts.read(path.parent / "facts.csv")
        assert set(shown) <= set(own.table.fact_id), name
        assert name.split("/")[1] in ("method", "portfolio", "focus-group") or len(shown) > 40, name


def lost(reports: Path) -> list[str]:
    """The links of a site that lead to no file, or to no place in it."""
    anchors, found = {}, []
    for name, path in site(reports).items():
        links = [attributes["href"] for attributes in Page(path.read_text(encoding="utf-8")).all("a")]
        assert len(links) > 2, name
        for link in dict.fromkeys(links):
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path.resolve()
            if target not in anchors:
                text = target.read_text(encoding="utf-8") if target.is_file() and target.suffix == ".html" else ""
                anchors[target] = {attributes.get("id") for _, attributes in Page(text).tags}
            if not target.is_file() or (anchor and anchor not in anchors[target]):
                found.append(f"{name}: {link}")
    return found


def test_every_link_leads_somewhere(built, small):
    """Links into a page lead to a place that it has: a printed cell, or the row of a fact."""
    assert lost(built) == []
    assert lost(small / "reports/2020") == []  # where only some publications are, in one language


def leads_to(page: Path) -> set[str]:
    """The publications of other kinds than the method that a page leads to, and that are not of its own kind."""
    links = [attributes["href"] for attributes in Page(page.read_text(encoding="utf-8")).all("a")]
    found = {match[1] for link in links if (match := re.fullmatch(r"\.\./\.\./([a-z-]+/[a-z-]+)/index\.html", link))}
    return found - {"method/methode"}


def test_a_cluster_in_a_province_and_the_whole_cluster_and_province_lead_to_each_other(built, small):
    everything = publications()
    crossed = {p.subject: p.about for p in everything if p.kind == "cluster-province"}
    for p in everything:
        about = p.about
        expected = {
            "province": {f"cluster-province/{name}" for name, part in crossed.items() if part.place == about.place},
            "cluster": {f"cluster-province/{name}" for name, part in crossed.items() if part.cluster == about.cluster},
            "cluster-province": {f"cluster/{about.cluster}", f"province/{Subject(about.place).slug}"},
        }
        assert leads_to(built / p.folder / "index.html") == expected.get(p.kind, set()), p.folder
    assert leads_to(built / "nl/cluster-province/materialen-zeeland/index.html") == {
        "cluster/materialen",
        "province/zeeland",
    }
    # In a matrix without clusters in provinces there is none to lead to.
    assert leads_to(small / "reports/2020/nl/cluster/materialen/index.html") == set()


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


def test_every_figure_of_a_fact_says_where_it_comes_from(built):
    """On the page in the language of the page; a published figure leads to a source, any other to the page of origins."""
    status = Facts.read(built / "facts.csv").table.set_index("fact_id").status
    for name, path in pages(built).items():
        page = Page(path.read_text(encoding="utf-8"))
        links = [attributes for attributes in page.all("a") if attributes.get("class") == "fact"]
        cells = [attributes["data-fact"] for attributes in page.all("td") if "data-fact" in attributes]
        assert len(links) >= len(cells) and all(len(link["data-origin"]) > 30 for link in links), name
        own = Facts.read(path.parent / "facts.csv").table.fact_id
        to_sources = {link["href"] for link in links if link["href"].startswith("../../source/")}
        to_origins = {link["href"].removeprefix("origin.html#") for link in links} - to_sources
        assert to_origins <= set(own) and not any(status[fact] == "published" for fact in to_origins), name
        assert {fact for fact in cells if status[fact] != "published"} <= to_origins, name
        there = {attributes.get("id") for _, attributes in Page((path.parent / "origin.html").read_text()).tags}
        assert set(own) <= there, name


def off_sheet(folder: Path) -> list[str]:
    """What of the sheet of a publication is not on the first page of its PDF, or what is there and is none of it."""
    html = (folder / "index.html").read_text(encoding="utf-8")
    start = html.index('<section class="sheet"')
    end = html.index("</section>", start)
    first, second = (formats.squeezed(text) for text in formats.paper(folder / f"{folder.name}.pdf")[:2])
    colophon = re.findall(r"<d[td]>(.*?)</d[td]>", html[start:end])  # sources, citation and version
    lines = [*colophon, *re.findall(r"<(?:h2|li)>(.*?)</(?:h2|li)>", html[start:end])]
    found = [line for line in map(plain, lines) if formats.squeezed(line) not in first]
    seen = re.sub(r"<details>.*?</details>", "", html[start:end], flags=re.S)
    texts = re.findall(r'<(?:h3|p|span class="(?:label|figure|context)")[^>]*>(.*?)</(?:h3|p|span)>', seen)
    found += [word for text in texts for word in plain(text).split() if word not in first]
    details = plain(re.search(r"<h2>(.*?)</h2>", html[end:])[1])
    assert len(colophon) == 6 and len(lines) > 10 and len(texts) > 20
    return found + [details] * (formats.squeezed(details) in first or formats.squeezed(details) not in second)


def test_the_first_page_of_a_province_or_cluster_is_its_whole_sheet(built):
    for p in (p for p in publications() if p.kind in ("province", "cluster", "cluster-province")):
        assert off_sheet(built / p.folder) == [], p.folder


def test_a_sheet_that_runs_on_to_a_second_page_is_caught(built, tmp_path):
    folder = tmp_path / "zeeland"
    shutil.copytree(built / "nl/province/zeeland", folder)
    pages = pypdf.PdfReader(folder / "zeeland.pdf").pages
    with pypdf.PdfWriter() as writer:
        for page in (pages[1], pages[0], *pages[2:]):
            writer.add_page(page)
        writer.write(folder / "zeeland.pdf")
    found = off_sheet(folder)
    assert any("gegevensversie" in one for one in found) and "Bij deze cijfers" in found


def plain(html: str) -> str:
    """The text of a piece of a page."""
    return " ".join("".join(Page(html).text).split())


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_leads_to_every_publication_in_its_language_and_to_the_other_index(built, name):
    html, own = (
        (built / name).read_text(encoding="utf-8"),
        [p for p in publications() if p.language == spoken(name)],
    )
    up = "../" if "/" in name else ""
    tiles = re.findall(r'<li style="grid-row:(\d+);grid-column:(\d+)"><a href="([^"]*)">.*?<span>(.*?)</span>', html)
    assert [(href, title) for *_, href, title in tiles] == [
        (f"{up}{p.folder}/index.html", p.title) for p in own if p.kind == "province"
    ]
    assert len({(row, column) for row, column, *_ in tiles}) == 12
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]*)">(.*?)</a></th><td>', html)
    listed = [(f"{up}{p.folder}/index.html", p.title) for p in own]
    assert rows[-COUNT // 2 :] == listed
    (other,) = LANGUAGES - {spoken(name)}
    switches = [a for a in Page(html).all("a") if "hreflang" in a]
    assert [(a["href"], a["hreflang"], a["lang"]) for a in switches] == [(INDEXES[name], other, other)]


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_says_how_large_files_are_and_what_the_checks_found(built, name):
    html = (built / name).read_text(encoding="utf-8")
    files = re.findall(r'<a href="([^"]*)" aria-label="[^"]*, ([\d.,]+) kB">([\d.,]+) kB</a>', html)
    assert len(files) == COUNT // 2 * 3
    for href, label, text in files:
        size = (built / name).parent.joinpath(href).stat().st_size
        assert label == text and abs(int(re.sub(r"\D", "", text)) * 1000 - max(size, 1000)) <= 500, href
    found = pd.read_csv(built.parents[1] / "data/processed/2020/findings.csv").state.value_counts()
    counts = [found.sum(), *(found.get(state, 0) for state in ("pass", "warn", "fail"))]
    said = plain(re.search(r"<h2>(?:Controles|Checks)</h2>\s*<p>(.*?)<a", html)[1])
    assert [int(number) for number in re.findall(r"\d+", said)] == counts
    assert 'class="note"' not in html  # nothing failed


def test_both_languages_show_the_same_facts(built):
    for folder in {name[3:] for name in pages(built)}:
        shown = [
            [
                a["data-fact"]
                for _, a in Page((built / language / folder / "index.html").read_text()).tags
                if "data-fact" in a
            ]
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
    replace_in(folder / "index.html", ">4.713</a></td>", ">4.714</a></td>")


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
    for p in publications():
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
            assert kinds["H1"] == 1 and kinds["H2"] >= 3
            assert kinds["TH"] >= 3 * kinds["Table"] > 0
            assert p.kind in ("method", "portfolio", "focus-group") or kinds["Figure"] >= 4


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
    folders = [(folder, folder.parts[-3]) for folder in sorted(built.glob("*/*/*")) if folder.is_dir()]
    assert {one for _, one in folders} == LANGUAGES and len(folders) > COUNT
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
        language: " ".join(Page((built / language / "national/nederland/index.html").read_text()).text)
        for language in LANGUAGES
    }
    assert "608.000\u00a0banen" in texts["nl"] and "608,000\u00a0jobs" in texts["en"]
    assert "277.366" in texts["nl"] and "277,366" in texts["en"]
    assert "(−1.103)" in " ".join(
        re.findall(r">([^<]*)</text>", (built / "nl/national/nederland/index.html").read_text())
    )


def test_a_province_page_says_that_co2_and_material_are_allocated(built):
    for p in plan.publications(only="province"):
        text = " ".join(Page((built / p.folder / "index.html").read_text()).text)
        said = {
            "nl": ["toegerekend, niet gemeten", "geen waarneming in de provincie"],
            "en": ["allocated, not measured", "not observations in the province"],
        }[p.language]
        assert all(part in text for part in said), p.folder


def test_a_second_build_has_nothing_to_do(built):
    before = {path: path.stat().st_mtime_ns for path in pages(built).values()}
    ended = upcm(built.parents[1], "report")
    assert f"{COUNT} publications: {COUNT} current" in ended.stdout, ended.stderr
    assert {path: path.stat().st_mtime_ns for path in pages(built).values()} == before


def test_a_build_gives_the_same_bytes_again(small):
    reports = small / "reports"
    before = {p: p.read_bytes() for p in (reports / "2020").rglob("*") if p.is_file()}
    shutil.rmtree(reports)
    shutil.rmtree(small / "data/processed")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "86400"}
    assert upcm(small, "report", "--workers", "1", **elsewhere).returncode == 0
    assert {p: p.read_bytes() for p in (reports / "2020").rglob("*") if p.is_file()} == before


def test_a_changed_page_is_built_again(small):
    page = small / "reports/2020/nl/cluster/materialen/index.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:100])
    ended = upcm(small, "report")
    assert "1 built, 1 current" in ended.stdout
    assert page.read_bytes() == whole


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"publications": []}', '{"publications": {"nl/cluster/materialen": 1}}']
)
def test_a_manifest_that_is_none_of_ours_is_made_anew(small, content):
    manifest = small / "reports/2020/manifest.json"
    whole = manifest.read_bytes()
    manifest.write_text(content)
    assert "2 publications: 2 current" in upcm(small, "report").stdout
    assert manifest.read_bytes() == whole


def test_a_second_build_at_the_same_time_says_so_and_touches_nothing(small):
    before = {p: p.read_bytes() for p in (small / "reports/2020").rglob("*") if p.is_file()}
    with (small / "reports/.2020.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = upcm(small, "report", "--force")
    assert ended.returncode == 1 and "another build of this edition is running" in ended.stderr
    assert {p: p.read_bytes() for p in (small / "reports/2020").rglob("*") if p.is_file()} == before


def test_a_notebook_that_raises_fails_alone(small):
    template = small / "notebooks/publications/cluster.ipynb"
    whole, page = template.read_text(), small / "reports/2020/nl/cluster/materialen/index.html"
    before = page.read_bytes()
    template.write_text(whole.replace('"page.lead(\\n"', '"page.led(\\n"'))
    assert template.read_text() != whole
    (small / "reports/2020/nl/method/methode/index.html").unlink()
    try:
        ended = upcm(small, "report")
    finally:
        template.write_text(whole)
    assert ended.returncode == 1
    assert "failed: nl/cluster/materialen: cluster.ipynb, cell [" in ended.stderr
    assert "'page.led(': AttributeError" in ended.stderr
    assert "1 built, 1 failed" in ended.stdout
    assert page.read_bytes() == before
    assert (small / "reports/2020/nl/method/methode/index.html").is_file()
    index = (small / "reports/2020/index.html").read_text(encoding="utf-8")
    assert (
        "Materialen: <span" in index
        and "AttributeError" in index
        and 'href="nl/cluster/materialen/index.html"' in index
    )
    assert (
        json.loads((small / "reports/2020/manifest.json").read_text())["publications"]["nl/cluster/materialen"]["state"]
        == "failed"
    )
    assert "2 current" in upcm(small, "report").stdout
    assert "mislukt" not in (small / "reports/2020/index.html").read_text(encoding="utf-8")


def test_a_build_that_is_killed_leaves_no_half_page_and_can_be_retried(small):
    reports = small / "reports" / "2020"
    before = {p.relative_to(reports): p.read_bytes() for p in reports.rglob("*") if p.is_file()}
    environment = os.environ | {"UPCM_HOME": str(small)}
    command = [sys.executable, "-m", "upcm_analysis.cli", "report", "--force"]
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list(reports.glob("*/*/.*-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    left = list(reports.glob("*/*/.*-*"))
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert left, "the build was not caught at work"
    after = {
        p.relative_to(reports): p.read_bytes()
        for p in reports.rglob("*")
        if p.is_file() and p.relative_to(reports) in before
    }
    assert after == before
    assert upcm(small, "report").returncode == 0
    assert {p.relative_to(reports): p.read_bytes() for p in reports.rglob("*") if p.is_file()} == before
    assert not list(reports.glob("*/*/.*"))
