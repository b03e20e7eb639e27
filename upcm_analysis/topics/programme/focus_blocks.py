"""The product groups of the programme's second phase: a second classification beside that of the published figures.

It does not cover the industry and its groups may overlap, so nothing of it is ever added up: no table here has a total, and
each figure is that of one product group, cluster or project of the first classification.
"""

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject
from factpress.exhibits import cell
from factpress.facts import ids
from factpress.texts import texts
from factpress.wording import Teller, header, inside, label
from upcm_analysis.vocabulary.subjects import clusters

NOT_STATED = "not stated"
#: What can be told of a product group of the second phase: figures of what it is, of what it is a part of, or none.
WHOLE, PART, NONE = "whole", "part", "none"

WORDS = texts(__name__)


def extent(group: str) -> tuple[str, list[Subject]]:
    """What there are figures of for a product group of the second phase: what it is, or what it is a part of."""
    row = entries("focus_groups")[group]
    known, codes = entries("product_groups"), _codes(row["sbi"])
    own = [code for code in codes if code in known]
    if own:
        return WHOLE, [Subject(product_group=code) for code in own]
    around = dict.fromkeys(code.partition(".")[0] for code in codes)
    if found := [Subject(product_group=code) for code in around if code in known]:
        return PART, found
    if not codes and row["cluster"] != NOT_STATED:
        return WHOLE, [Subject(cluster=row["cluster"])]
    return NONE, []


def projects(group: str) -> list[str]:
    """The projects that are about a product group of the second phase."""
    return _codes(entries("focus_groups")[group]["projects"])


def classifications(teller: Teller, title: str) -> Table:
    """The two classifications side by side: a row a product group of the second phase, with SBI, cluster, project and basis."""
    language, words = teller.language, WORDS[teller.language]
    listed, rows = codelist("focus_groups"), []
    for group, row in listed.iterrows():
        named = [Subject(project=name).name(language) for name in projects(group)]
        cluster = row["cluster"] if row["cluster"] != NOT_STATED else ""
        said = [
            ", ".join(_codes(row["sbi"])) or words["not stated"],
            _cluster(cluster, language) if cluster else words["not stated"],
            "; ".join(named) or words["no project"],
            row[f"basis_{language}"],
        ]
        role = "own" if group == teller.about.focus else ""
        rows.append(Row(label=row[f"name_{language}"], cells=[Cell(text=text) for text in said], role=role))
    stub, *names = words["columns"]
    left = [_cluster(one.cluster, language) for one in clusters() if one.cluster not in set(listed.cluster)]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[Column(label=name, number=False) for name in names], rows=rows),
        notes=[words["no sum"], *([words["without"].format(", ".join(left))] if left else [])],
    )


def figures(teller: Teller, title: str, codes: list[str]) -> Table:
    """The published figures that a product group of the second phase may be read beside: a column each, and never a sum."""
    language, words = teller.language, WORDS[teller.language]
    kind, among = extent(teller.about.focus)
    listed = _codes(entries("focus_groups")[teller.about.focus]["sbi"])
    found = [[teller.facts.get(code, about) for about in among] for code in codes]
    heads = [_head(about, kind, listed, language) for about in among]
    known = [about.product_group for about in among]
    within = [code for code in listed if code.partition(".")[0] in known]
    outside = [code for code in listed if code not in within]
    names = ", ".join(_running(about, language) for about in among)
    notes = [
        words["name only"].format(names=names)
        if kind == WHOLE
        else words["surrounding"].format(names=names, parts=", ".join(within))
    ]
    notes += [words["outside"].format(parts=", ".join(outside))] if outside else []
    rows = [
        Row(label=f"{label(code, language)}, {header(code, language)}", cells=[cell(fact, language) for fact in row])
        for code, row in zip(codes, found, strict=True)
    ]
    return Table(
        language=language,
        title=title,
        data=Data(stub=words["indicator"], columns=[Column(label=head) for head in heads], rows=rows),
        facts=ids([*teller.used, *(fact for row in found for fact in row)]),
        notes=notes,
    )


def _head(about: Subject, kind: str, listed: list[str], language: str) -> str:
    """What the figures of a column are of, and that it is more than the product group where it is."""
    words = WORDS[language]
    if about.cluster:
        return words["cluster"].format(_cluster(about.cluster, language))
    parts = [code for code in listed if code.partition(".")[0] == about.product_group]
    name = f"{about.product_group} {entries('product_groups')[about.product_group][f'short_{language}']}"
    return name if kind == WHOLE else words["contains"].format(name=name, part=", ".join(parts))


def _running(about: Subject, language: str) -> str:
    """What the figures of a column are of, in a sentence."""
    if about.cluster:
        return inside(WORDS[language]["cluster"].format(_cluster(about.cluster, language)))
    return f"{about.name(language, running=True)} (SBI {about.product_group})"


def _cluster(slug: str, language: str) -> str:
    return Subject(cluster=slug).name(language).partition(" (")[0]


def _codes(text: str) -> list[str]:
    """The codes in a cell, apart by semicolons; none where nothing is stated."""
    return [] if text == NOT_STATED else [code.strip() for code in text.split(";") if code.strip()]
