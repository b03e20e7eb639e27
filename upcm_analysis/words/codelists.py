"""The code lists in `data/codelists`: provinces, clusters, product groups, indicators and what else has a fixed name.

A code list is a CSV; reading one gives a table of strings indexed by its first column (or its first two).
"""

from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from upcm_analysis.words.editions import PUBLISHED
from upcm_analysis.words.errors import InputError, UnknownName
from upcm_analysis.words.home import home, shown
from upcm_analysis.words.languages import LANGUAGES
from upcm_analysis.words.texts import texts

WORDS = texts(__name__)
#: R-strategies and innovation functions are numbered differently by different schools: the scheme is part of the key.
KEYS = {
    "cbs_branches": 2,
    "coverage": 2,
    "form_parts": 2,
    "functions": 2,
    "parameters": 2,
    "pedigree": 2,
    "phase_functions": 3,
    "pillar_actions": 2,
    "published_columns": 3,
    "published_functions": 2,
    "published_rows": 2,
    "r_strategies": 2,
    "related": 3,
    "sheet_figures": 3,
}


@cache
def codelist(name: str) -> pd.DataFrame:
    """The code list `data/codelists/<name>.csv`. Raises InputError on a duplicate or empty code."""
    path = home() / "data" / "codelists" / f"{name}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    keys = list(table.columns[: KEYS.get(name, 1)])
    made = table.set_index(keys)
    if made.index.is_unique and not any("" in set(table[key]) for key in keys):
        return made
    wrong = table[table.duplicated(keys) | (table[keys] == "").any(axis=1)]
    raise InputError(
        f"{len(wrong)} duplicate or empty codes in a code list",
        file=shown(path),
        row=int(wrong.index[0]) + 2,
        column=", ".join(keys),
        found=tuple(wrong.iloc[0][keys]),
        expected="each code once",
    )


@cache
def entries(name: str) -> dict[str, dict[str, str]]:
    """The same code list as a dict of rows by code: a row is looked up a hundred times as fast as in a table."""
    return codelist(name).to_dict("index")


@dataclass(frozen=True)
class Indicator:
    """What a figure measures: unit, decimals in print, whether parts may be added, and its names in both languages.

    `short` is the name where there is little room and the heading says the rest; else it is the `label`.
    """

    code: str
    unit: str
    decimals: int
    additive: bool
    direction: str
    label: dict
    explained: dict
    short: dict


@cache
def indicator(code: str) -> Indicator:
    """The indicator with this code: a row of `indicators`, or one of those in a form (`co2_kt_share`)."""
    known, forms = entries("indicators"), entries("forms")
    if code in known:
        row = known[code]
        return Indicator(
            code,
            row["unit"],
            int(row["decimals"]),
            row["additive"] == "yes",
            row["direction"],
            {lang: row[f"label_{lang}"] for lang in LANGUAGES},
            {lang: row[f"explained_{lang}"] for lang in LANGUAGES},
            {lang: row[f"short_{lang}"] or row[f"label_{lang}"] for lang in LANGUAGES},
        )
    form = next((form for form in forms if code.endswith(f"_{form}")), None)
    if form is None:
        raise UnknownName("indicator", code, known, file="data/codelists/indicators.csv")
    # A form of a form, such as the rank of a share, is an indicator too.
    inner = indicator(code.removesuffix(f"_{form}"))
    row = forms[form]
    return Indicator(
        code,
        row["unit"] or inner.unit,
        int(row["decimals"]) if row["decimals"] else inner.decimals,
        inner.additive if not row["unit"] else False,
        inner.direction,
        {lang: row[f"label_{lang}"].format(label=inner.label[lang]) for lang in LANGUAGES},
        {lang: f"{inner.explained[lang]} {row[f'explained_{lang}']}" for lang in LANGUAGES},
        {lang: row[f"label_{lang}"].format(label=inner.short[lang]) for lang in LANGUAGES},
    )


@cache
def base(code: str) -> str:
    """The indicator that a form such as a share or a rank is of.

    >>> base("co2_kt_without_38_rank")
    'co2_kt'
    """
    for form in codelist("forms").index[::-1]:
        code = code.removesuffix(f"_{form}")
    return code


@dataclass(frozen=True)
class Subject:
    """What a figure is about: a place, and possibly a cluster or a product group; `scope` names what was left out.

    What the programme steers by is about one of its projects or teams, or about a product group of its second phase (`focus`).
    """

    place: str = "NL"
    cluster: str = ""
    product_group: str = ""
    scope: str = ""
    project: str = ""
    team: str = ""
    focus: str = ""

    @cached_property
    def kind(self) -> str:
        """The kind of publication that this subject would have."""
        if steered := next((kind for kind, name in STEERED.items() if getattr(self, name)), ""):
            return steered
        if self.place != "NL":
            part = "cluster-" if self.cluster else "product-group-" if self.product_group else ""
            return f"{part}province"
        return "cluster" if self.cluster else "product-group" if self.product_group else "national"

    @cached_property
    def slug(self) -> str:
        """Its stable name in addresses and commands."""
        if self.kind == "national":
            return "nederland"
        if self.kind in STEERED:
            return getattr(self, STEERED[self.kind])
        parts = (self.cluster, self.product_group, entries("provinces").get(self.place, {}).get("slug", ""))
        return "-".join(part for part in parts if part)

    @cached_property
    def path(self) -> str:
        """Its part of a fact id: `nl`, `province/zeeland`, `cluster/materialen`, `product-group/24`."""
        return "nl" if self.kind == "national" else f"{self.kind}/{self.slug}"

    def name(self, language: str, running: bool = False) -> str:
        """Its name as heading and on an axis, or in running text, where a product group has an article."""
        column = f"name_{language}"
        if self.kind in CROSSINGS:
            part = Subject(cluster=self.cluster, product_group=self.product_group)
            return f"{part.name(language, running).partition(' (')[0]} in {Subject(self.place).name(language)}"
        if self.kind in STEERED:
            return entries(f"{self.kind.replace('-', '_')}s")[self.slug][column]
        if self.kind == "province":
            return entries("provinces")[self.place][column]
        if self.kind == "cluster":
            return entries("clusters")[self.cluster][column]
        if self.kind == "product-group":
            column = f"running_{language}" if running else column
            return entries("product_groups")[self.product_group][column]
        return WORDS[language]["country"]


NL = Subject()
#: The kinds of subject that are a part of the industry in a place.
CROSSINGS = ("cluster-province", "product-group-province")
#: The kinds of subject that the programme steers by, each with the part of a subject that names it.
STEERED = {"project": "project", "team": "team", "focus-group": "focus"}


def provinces() -> list[Subject]:
    """The twelve provinces in CBS order, north to south."""
    return [Subject(place=code) for code in codelist("provinces").index]


def clusters() -> list[Subject]:
    """The five clusters in the order of the source."""
    return [Subject(cluster=slug) for slug in codelist("clusters").index]


def groups_of(cluster: Subject) -> list[str]:
    """The product groups that a cluster is known to consist of; none where that is not published."""
    return entries("clusters")[cluster.cluster]["sbi"].split()


def grounds_of(sources: str) -> pd.DataFrame:
    """The national figures that point sources of an indicator are compared with, by product group; empty where none is."""
    table = codelist("coverage")
    return table[table.index.get_level_values("sources") == sources].droplevel("sources")


def product_groups() -> list[Subject]:
    """The thirteen product groups in SBI order."""
    return [Subject(product_group=code) for code in codelist("product_groups").index]


def projects() -> list[Subject]:
    """The projects of the programme, in the order of its documents."""
    return [Subject(project=code) for code in codelist("projects").index]


def teams() -> list[Subject]:
    """The six teams of the programme."""
    return [Subject(team=code) for code in codelist("teams").index]


def subjects(kind: str) -> list[Subject]:
    """All subjects of a kind of subject, or of a kind of publication, in their order."""
    return list(_by_slug(kind).values())


@cache
def _by_slug(kind: str) -> dict[str, Subject]:
    """The same by slug; made once, because what a subject is called is worked out for each anew."""
    known = {
        "national": lambda: [NL],
        "project": projects,
        "team": teams,
        "focus-group": lambda: [Subject(focus=code) for code in codelist("focus_groups").index],
        "portfolio": lambda: [NL, *teams()],
        "dashboard": lambda: [NL, *clusters()],
        "roadmap": lambda: [NL],
        "province": provinces,
        "cluster": clusters,
        "product-group": product_groups,
        "cluster-province": lambda: [Subject(p.place, c.cluster) for c in clusters() for p in provinces()],
        "product-group-province": lambda: [
            Subject(p.place, product_group=g.product_group) for g in product_groups() for p in provinces()
        ],
    }
    if kind not in known:
        raise UnknownName("kind of subject", kind, known)
    return {one.slug: one for one in known[kind]()}


def subject(kind: str, slug: str) -> Subject:
    """The subject with this slug. Raises UnknownName with the nearest slugs."""
    by_slug = _by_slug(kind)
    if slug not in by_slug:
        raise UnknownName(kind, slug, by_slug, file=", ".join(f"data/codelists/{name}.csv" for name in _lists(kind)))
    return by_slug[slug]


def _lists(kind: str) -> list[str]:
    """The code lists that the subjects of a kind are in."""
    several = {"cluster-province": ["clusters", "provinces"], "portfolio": ["teams"], "dashboard": ["clusters"]}
    return several.get(kind, [f"{kind.replace('-', '_')}s"])


def fact_id(code: str, about: Subject, scenario: str = PUBLISHED) -> str:
    """The stable, readable name of a fact: `co2_kt/province/zeeland`; under a scenario `co2_reduction_nl_kt/nl@central`."""
    under = "" if scenario == PUBLISHED else f"@{scenario}"
    return f"{code}{'_' + about.scope if about.scope else ''}/{about.path}{under}"
