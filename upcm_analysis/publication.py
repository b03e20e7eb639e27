"""The one door for notebooks: open a publication, and make its blocks from facts.

    from upcm_analysis import publication
    page = publication.open("province", edition, language, province)
    page.sentence(nl="In {subject} zijn {jobs_k}.", en="There are {jobs_k} in {subject}.")

Every method returns a block, which a notebook shows as its readers will see it. Text is a template in each language;
see `factpress.wording` for what goes between the braces. Source lines and warnings are added from the facts shown.
"""

from functools import cached_property, partial

import pandas as pd
from babel.lists import format_list

from factpress import exhibits, markup
from factpress.blocks import Block, Board, Cell, Item, KeyFigure, KeyFigures, Mark, Note, Sentence, Table
from factpress.builder import read_log
from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id, subject, subjects
from factpress.editions import PUBLISHED, parts
from factpress.errors import InputError, UnknownName, nearest
from factpress.facts import Fact, Facts, ids
from factpress.indicators import base, indicator
from factpress.languages import LANGUAGES
from factpress.provenance import Provenance
from factpress.texts import texts
from factpress.wording import ODD, Said, Teller, UnknownFact, inside, label
from factpress.wording import WORDS as SAID
from upcm_analysis.pipeline import COVERAGE, POINT_SOURCES, processed
from upcm_analysis.registers import sources
from upcm_analysis.registers.assumptions import assumptions, chosen_indicator, numbers, odd_facts, oddities
from upcm_analysis.topics.editions import blocks as edition_blocks
from upcm_analysis.topics.editions import released
from upcm_analysis.topics.figures import blocks as figure_blocks
from upcm_analysis.topics.functions import blocks as function_blocks
from upcm_analysis.topics.scenarios import blocks as scenario_blocks
from upcm_analysis.vocabulary.subjects import NL, grounds_of, groups_of

#: The kinds of publication that are about the programme itself.
PROGRAMME = ("project", "portfolio", "dashboard", "roadmap", "focus-group")
WORDS = texts(__name__)
#: The check that finds what is refuted.
SOURCES_AND_KEY = "sources-and-key"
#: The processed tables of a scenario.
TABLES = ("drivers", "path", "difference", "parameters")
#: The tables that stand beside scores of innovation functions.
BESIDE = ("function_reliability", "function_model", "function_diagnostics", "function_groups")
#: Columns of tables that hold numbers, which may be missing.
NUMBERS = [
    *("found", "expected", "tolerance", "pct", "unrounded", "value", "low", "high"),
    *figure_blocks.CLAIMS,
    *function_blocks.NUMBERS,
    *("before", "after", "difference", "mean_pct", "mean_absolute_pct", "largest_pct"),
]


def open(kind: str, edition: str, language: str, *names: str) -> "Page":
    """A publication to make blocks for: `names` are that of its subject, of a cluster in a province those of both.

    Of a revision it is the released edition that this one is compared with. Raises InputError for a kind, language, subject
    or release that there is none of.
    """
    name = "-".join(names) or "nederland"
    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    read_log.note("page", f"{kind} {edition} {language} {name}")
    if kind == "revision":
        known = [one for one in released.names() if one <= edition]
        if name not in known:
            raise UnknownName("released edition", name, known, file=released.FOLDER)
        return Page(kind, edition, language, NL, against=name)
    if kind in PROGRAMME:
        return _programme(kind)(kind, edition, language, subject(kind, name))
    return Page(kind, edition, language, NL if kind == "method" else subject(kind, name))


def _programme(kind: str) -> type["Page"]:
    """The pages of a kind that is about the programme itself; imported here, because they are pages like any other."""
    if kind in ("dashboard", "roadmap"):
        from upcm_analysis.topics.programme.goal_pages import DashboardPage, RoadmapPage

        return DashboardPage if kind == "dashboard" else RoadmapPage
    if kind == "project":
        from upcm_analysis.topics.programme.project_pages import ProjectPage

        return ProjectPage
    from upcm_analysis.topics.programme.portfolio_pages import PortfolioPage

    return PortfolioPage


class Page:
    """A publication being written: its subject, its language and the facts of its edition.

    `against` is the release that a revision compares the edition with.
    """

    def __init__(self, kind: str, edition: str, language: str, about: Subject, against: str = ""):
        self.kind, self.edition, self.language, self.about, self.against = kind, edition, language, about, against
        self.scenario = parts(edition)[1]
        folder = processed(edition)
        self.provenance = Provenance.read(folder)
        self.facts = self.provenance.facts.telling(partial(read_log.note, "fact"))
        self._folder = folder
        self._odd = odd_facts(parts(edition)[0])
        read_log.note_topic(type(self).__module__)

    def _repr_html_(self) -> str:
        """In a notebook: the style of the publications, and what is being written."""
        return markup.notebook_style() + f"<p>{self.kind} · {self.edition} · {self.language}</p>"

    def __getattr__(self, name: str):
        """Only where there is no such thing: says what may have been meant."""
        if hasattr(type(self), name):  # a property, in which something went wrong: that is said
            return object.__getattribute__(self, name)
        known = [] if name.startswith("_") else [one for one in dir(type(self)) if not one.startswith("_")]
        near = nearest(name, known, cutoff=0.6)
        hint = f" - did you mean {' or '.join(f'page.{one}' for one in near)}?" if near else ""
        raise AttributeError(f"the page has no {name!r}{hint}")

    def __repr__(self) -> str:
        return f"<{self.kind} {self.about.slug}, edition {self.edition}, {self.language}>"

    # Words

    def lead(self, unknown: dict | None = None, refuted: dict | None = None, **text: str) -> Sentence:
        """The sentence that a hurried reader reads."""
        return self._sentence(text, unknown, refuted, lead=True)

    def sentence(self, unknown: dict | None = None, refuted: dict | None = None, **text: str) -> Sentence:
        """A sentence or paragraph, as a template in each language.

        Where a fact in it has no value, `unknown` is said instead; without that the cell fails and names the fact. Where a
        source refutes a fact in it, `refuted` is said instead, or what refutes it.
        """
        return self._sentence(text, unknown, refuted, lead=False)

    def note(
        self,
        title: dict,
        text: dict,
        needs: str | None = None,
        lacks: str | None = None,
        unknown: dict | None = None,
        refuted: dict | None = None,
    ) -> Note | None:
        """A remark that the reader must not miss: a title and a template, each a dict by language.

        With `needs`, only for subjects of which there is that fact: `needs="co2_kt_without_38"`; with `lacks`, only for those
        of which there is none. `unknown` and `refuted` as in `sentence`.
        """
        heading = self._plain(title)
        if needs and not self.facts.find(fact_id(needs, self.about)):
            return None
        if lacks and self.facts.find(fact_id(lacks, self.about)):
            return None
        said, teller = self._say(text, unknown, refuted)
        block = Note(language=self.language, title=heading, text=[said], marks=_marks(said))
        return self._credited(block, teller, warn=False)

    def remarkable(self, title: dict) -> Note | None:
        """What the checks found about this very subject and stands unmended; nothing where they found nothing."""
        heading = self._plain(title)
        found = {name: why for name, why in self._odd.items() if name.endswith("/" + self.about.path)}
        if not found:
            return None
        reasons = [reason[f"reason_{self.language}"] for reason in found.values()]
        facts = ids(self.facts[name] for name in found)
        block = Note(language=self.language, title=heading, text=reasons, facts=facts)
        return self._credited(block, None, warn=False)

    # Exhibits

    def key_figures(self, *codes: str):
        """A strip of key figures of this subject."""
        return self._exhibit(exhibits.key_figures, None, list(codes))

    def ranking(self, code: str, kind: str | None = None, **title: str):
        """Bars of one indicator for all subjects of a kind (that of this subject), high to low."""
        return self._exhibit(exhibits.ranking, title, code, subjects(kind or self.about.kind))

    def part_of_whole(self, whole: str, part: str, percentage: str, kind: str | None = None, **title: str):
        """Bars of a whole with the part of it that is the potential."""
        among = subjects(kind or self.about.kind)
        return self._exhibit(exhibits.part_of_whole, title, whole, part, percentage, among)

    def composition(self, code: str, unknown: dict, **title: str):
        """Bars of one indicator for the product groups that this cluster consists of, or why that is not known."""
        groups = groups_of(self.about)
        if not groups:
            said = {language: words["not published"].format(label(code, language)) for language, words in WORDS.items()}
            return self.note(title=said, text=unknown)
        return self._exhibit(exhibits.ranking, title, code, [Subject(product_group=group) for group in groups])

    def multiples(self, *codes: str, **title: str):
        """Small multiples of several indicators, with this subject marked in each."""
        return self._exhibit(exhibits.multiples, title, list(codes), self.about.kind)

    def share_bars(self, *codes: str, **title: str):
        """Shares of this subject in the Netherlands, one bar an indicator, in the order given."""
        return self._exhibit(exhibits.share_bars, title, list(codes))

    def profile(self, *codes: str, **title: str):
        """Shares of this subject in the Netherlands beside its share of jobs, one dot an indicator."""
        return self._exhibit(exhibits.profile, title, list(codes))

    def ranges(self, code: str, cluster: str = "", pro_rata: bool = False, **title: str):
        """What is possible of one indicator: of all product groups in this province, or of a cluster in all provinces.

        Of a cluster in a province it is that cluster; nothing where there is nothing of it, such as a rate of a cluster that is
        cut finer than product groups.
        """
        if cluster := cluster or self.about.cluster:
            among = [Subject(province.place, cluster) for province in subjects("province")]
            if not any(self.facts.find(fact_id(code, about)) for about in among):
                return None
        else:
            among = [Subject(self.about.place, product_group=one.product_group) for one in subjects("product-group")]
        return self._exhibit(exhibits.ranges, title, code, among, pro_rata)

    def anchored(self, code: str, published: str, **title: str):
        """An indicator of all provinces with point sources in place, beside the `published` one; nothing without sources."""
        if not any(self.facts.find(fact_id(code, about)) for about in subjects("province")):
            return None
        return self._exhibit(exhibits.ranges, title, code, subjects("province"), published=published)

    def positions(self, form: str, *codes: str, **title: str):
        """Which part of its province (`of_province`) or cluster (`of_cluster`) this cluster in a province may be."""
        return self._exhibit(exhibits.positions, title, list(codes), form)

    def estimates(self, *codes: str, cluster: str = "", **title: str):
        """A table of a cluster in this province (this one): of each indicator the estimate and what is possible."""
        about = Subject(self.about.place, cluster or self.about.cluster)
        return self._exhibit(exhibits.estimates, title, list(codes), about)

    def rates(self, *codes: str, **title: str):
        """The same of ratios, of this cluster in a province; nothing where there is none of them."""
        known = [code for code in codes if self.facts.find(fact_id(code, self.about))]
        return self._exhibit(exhibits.estimates, title, known, self.about) if known else None

    def parts(self, *codes: str, **title: str):
        """How this subject and the Netherlands are made up: percentages that add to 100, a bar each."""
        return self._exhibit(exhibits.parts, title, list(codes))

    def map(self, code: str, **title: str):
        """An indicator by province: a tile a province where it lies, with its value and a bar."""
        return self._exhibit(exhibits.maps, title, code)

    def comparison(self, *codes: str, kind: str | None = None, without: bool = False, **title: str):
        """A table of several indicators for all subjects of a kind, with totals."""
        return self._exhibit(exhibits.comparison, title, list(codes), kind or self.about.kind, without)

    def overview(self, *codes: str, **title: str):
        """A table of this subject: value, unit, share and, where it has one, place of each indicator."""
        return self._exhibit(exhibits.overview, title, list(codes))

    # Under a scenario: each says nothing in an edition as published, and the scenario in its title otherwise

    def outlook(self, *codes: str, **title: str):
        """A table of this subject under the scenario: of each indicator the middle, low and high."""
        block = self._under(scenario_blocks.outlook, title, list(codes))
        if block:
            block.notes = [*block.notes, scenario_blocks.drawn(self.language, self._read("outlook"), numbers())]
        return block

    def spread(self, code: str, published: str, kind: str | None = None, **title: str):
        """What the scenario leaves open of an indicator for all subjects of a kind, beside the figure that was published."""
        return self._under(scenario_blocks.spread, title, code, published, subjects(kind or self.about.kind))

    def drivers(self, **title: str):
        """What each assumption does to the reduction, and which part of its spread it explains."""
        return self._under(scenario_blocks.tornado, title, "drivers")

    def timeline(self, **title: str):
        """The way to the potential of this subject in time; nothing where its mix of product groups would be needed."""
        own = None if self.scenario == PUBLISHED else self._read("path")
        if own is None or not (own.subject == self.about.path).any():
            return None
        own = own[own.subject == self.about.path].reset_index(drop=True)
        return self._under(
            scenario_blocks.timeline, title, own, float(self._read("parameters").set_index("parameter").value["term"])
        )

    def steps(self, by: str = "strategies", **title: str):
        """The steps to this scenario from the one that it is compared with: by strategies, or by `product_group`."""
        return self._under(scenario_blocks.waterfall, title, "difference", self.scenario, by)

    def assumed(self, **title: str):
        """A table of every assumption of the scenario."""
        block = self._under(scenario_blocks.parameters, title, "parameters")
        if block:
            block.notes = [*block.notes, scenario_blocks.grades(self.language)]
        return block

    def projects(self, **title: str):
        """A table of what projects of this cluster claim, by group of strategies; nothing where there is none."""
        own = self._own("project_claims")
        return self._exhibit(figure_blocks.projects, title, own) if len(own) else None

    # Innovation functions: what respondents say of this cluster, or what is published where nobody was asked

    def functions(self, **title: str):
        """How strong each innovation function is according to respondents; nothing where nobody was asked."""
        scores = self._own("function_scores")
        if scores.empty:
            return None
        beside = {name: self._read(name) for name in BESIDE}
        interval = assumptions().value["function_interval"]
        return self._exhibit(function_blocks.profile, title, scores, beside, interval)

    def function_heat(self, **title: str):
        """All clusters and innovation functions beside each other; nothing where nobody was asked."""
        scores = self._read("function_scores")
        return self._exhibit(function_blocks.heat, title, scores) if len(scores) else None

    def function_dialogue(self, **title: str):
        """What respondents wrote of functions that are weak or undecided, and what to ask; nothing where there are none."""
        scores = self._own("function_scores")
        read_log.note_topic(function_blocks.__name__)
        weak = scores.judgement.isin([function_blocks.BARRIER, function_blocks.UNDECIDED]).any()
        return self._exhibit(function_blocks.dialogue, title, scores, self._read("function_notes")) if weak else None

    def function_motor(self, **title: str):
        """The phases of this cluster, how mature their functions are, and which are stimulated; nothing without a phase."""
        phases = self._own("function_motor")
        if phases.empty:
            return None
        return self._sourced(self._exhibit(function_blocks.motor, title, phases), self._registered("phases"))

    def function_events(self, **title: str):
        """Events of this cluster added up by function; nothing where none are registered."""
        events = self._own("function_events")
        if events.empty:
            return None
        block = self._exhibit(function_blocks.events, title, events, self._read("function_coding"))
        return self._sourced(block, self._registered("events"))

    def function_motors(self, **title: str):
        """Whether events of this cluster follow one another as in a motor; nothing where there are too few to tell."""
        found = self._own("function_motors")
        if found.empty:
            return None
        return self._sourced(self._exhibit(function_blocks.motors, title, found), self._registered("events"))

    def function_cited(self, **title: str) -> Table:
        """A table of what is published of innovation functions: for each its contribution by projects, and the barriers."""
        cited = self._read("function_cited")
        block = self._exhibit(function_blocks.cited, title, cited)
        shown = cited[cited.cluster.isin(["", self.about.cluster])]
        return self._sourced(block, set(shown.source))

    def not_asked(self, title: dict, text: dict) -> Note | None:
        """What is missing where nobody was asked about this cluster; nothing where somebody was."""
        return None if len(self._own("function_scores")) else self.note(title, text)

    def _registered(self, role: str) -> set[str]:
        """The sources of this edition with a role."""
        return set(sources.registered(self.edition, role))

    def _sourced(self, block: Block, named: set[str]) -> Block:
        """The block with the source line of what is no fact: these registered sources, beside those of its facts."""
        block.sources = [one for one in self.provenance.sources.index if one in named | set(block.sources)]
        for source in named:
            read_log.note("source", source)
        block.source = "; ".join(self.provenance.documents(block.sources, self.language))
        return block

    def _own(self, name: str) -> pd.DataFrame:
        """The rows of a table about this cluster."""
        table = self._read(name)
        return table[table.cluster == self.about.cluster].reset_index(drop=True)

    # Accounts: the edition about itself

    def checks(self, **title: str) -> Table:
        """A table of all checks: how many comparisons, and how many hold, are known, fail."""
        return self._exhibit(figure_blocks.checks, title, self._read("findings"), assumptions().value)

    def known_oddities(self, **title: str) -> Table:
        """A table of what the checks found and is known: found, expected, and why it stands as it is."""
        return self._exhibit(
            figure_blocks.known_oddities, title, self._read("findings"), oddities(parts(self.edition)[0])
        )

    def replication(self, potential: str, **title: str) -> Table:
        """A table of the whole percentage that fits each published potential, and the potential that follows from it."""
        return self._exhibit(figure_blocks.replication, title, self._read("replication"), potential)

    def single_key(self, **title: str) -> Table:
        """A table of the single-key test of the province table and the cluster table, by set of columns."""
        return self._exhibit(figure_blocks.single_key, title, self._read("single_key"))

    def power(self, **title: str) -> Table:
        """A table of how often the single-key test passes for tables that are nearly an allocation."""
        return self._exhibit(figure_blocks.power, title, self._read("power"))

    def families(self, **title: str) -> Table:
        """A table of how often that test passes when one family of columns alone is changed."""
        return self._exhibit(figure_blocks.families, title, self._read("power"))

    def disclosure(self, **title: str) -> Table:
        """A table of the rule for figures that few organisations stand behind, and of what it does in this edition."""
        return self._exhibit(figure_blocks.disclosure, title, self._read("disclosure"), assumptions().value)

    def limits(self, **title: str) -> Table:
        """A table of the limits that decide where a crossing has an estimate."""
        return self._exhibit(figure_blocks.limits, title, assumptions().value)

    def refutations(self, **title: str) -> Table | None:
        """A table of the figures that registered sources refute, and by what; nothing where they refute none."""
        found = self._read("findings")
        wrong = found[(found.check == SOURCES_AND_KEY) & (found.state != "pass")]
        if wrong.empty:
            return None
        return self._exhibit(figure_blocks.refutations, title, wrong, lambda fact: self._refuting([fact]))

    def covered_by_sources(self, **title: str) -> Table | None:
        """A table of how much of each product group the registered point sources are, by an independent figure.

        Nothing where no product group has a figure to compare such sources with.
        """
        own = grounds_of(chosen_indicator("anchored_sources"))
        return self._exhibit(figure_blocks.covered_by_sources, title, own, COVERAGE) if len(own) else None

    def sources(self, **title: str) -> Table:
        """A table of all registered sources."""
        read_log.note("table", "sources")
        return self._exhibit(figure_blocks.sources, title, self.provenance.sources)

    def indicators(self, **title: str) -> Table:
        """A table of what each indicator means."""
        return self._exhibit(figure_blocks.indicators, title)

    # Revision: this edition beside one that was released before; each says nothing where nothing changed

    def revised(self) -> Sentence:
        """How many facts changed since an edition that was released, and for which kinds of cause, or that none did."""
        read_log.note_topic(edition_blocks.__name__)
        block = edition_blocks.lead(self._teller(), self._revision("changes"), self.against)
        return self._credited(block, None, warn=False)

    def revision_sizes(self, estimated: bool = False, **title: str) -> Table | None:
        """A table of the size of the revisions by indicator: of figures, or of estimates of parts of the industry in places."""
        own = self._sizes(estimated)
        return self._exhibit(edition_blocks.sizes, title, own) if len(own) else None

    def revision_chart(self, **title: str):
        """Bars of the mean absolute relative revision by indicator, without estimates."""
        own = self._sizes(estimated=False)
        return self._exhibit(edition_blocks.chart, title, own) if len(own) else None

    def largest_revisions(self, **title: str) -> Table | None:
        """A table of the figures with the largest relative revisions, and why."""
        changes = self._revision("changes")
        block = self._exhibit(edition_blocks.largest, title, changes, self.against, self.edition)
        return block if block.data.rows else None

    def revision_causes(self, **title: str) -> Table | None:
        """A table of what differs between the two editions, and how many figures rest on it."""
        own, changes = self._revision("causes"), self._revision("changes")
        shown = [name for name in changes.fact_id if name in self.facts]
        return self._unwarned(edition_blocks.causes, title, own, self.provenance.sources, shown) if len(own) else None

    def new_and_gone(self, **title: str) -> Table | None:
        """A table of how many facts are new and gone, by indicator."""
        changes = self._revision("changes")
        block = self._unwarned(edition_blocks.moves, title, changes)
        return block if block.data.rows else None

    def _unwarned(self, make, title: dict, *arguments) -> Table:
        """A table about causes or numbers of facts, of which the warnings of those facts say nothing."""
        block = self._exhibit(make, title, *arguments)
        block.notes = []
        return block

    def _sizes(self, estimated: bool) -> pd.DataFrame:
        """The sizes of revisions of indicators that have any, of figures or of estimates."""
        table = self._revision("sizes")
        return table[(table.revised > 0) & (table.estimated == estimated)].reset_index(drop=True)

    def _revision(self, name: str) -> pd.DataFrame:
        """The rows of a table of revisions that are about the release that this edition is compared with."""
        table = self._read(name)
        return table[table.against == self.against].reset_index(drop=True)

    # How blocks are finished

    def _teller(self) -> Teller:
        return Teller(self.facts, self.about, self.language, partial(self._point_sources, self.facts))

    def _point_sources(self, facts: Facts) -> str:
        """The known point sources of this subject, by the names that their source gives them; nothing where there is none."""
        known = facts.find(fact_id(POINT_SOURCES, self.about))
        named = [cell["row"] for cell in self.provenance.printed(known.fact_id)] if known else []
        return format_list(list(dict.fromkeys(named)), locale=self.language)

    def _say(self, text: dict, unknown: dict | None, refuted: dict | None = None) -> tuple[Said, Teller]:
        """A template, or the other words for it where a fact that it needs has no value."""
        self._checked(text, needed=True)
        for other in (unknown, refuted):
            if other is not None:
                self._checked(other, needed=False)
        teller = self._teller()
        try:
            return teller.say(text[self.language]), teller
        except UnknownFact as lacking:
            if lacking.fact.suppressed:
                return self._confidential(lacking.fact)
            if lacking.fact.refuted:
                return self._refuted(lacking.fact, refuted)
            if unknown is None:  # told alike in each language, so that it is told once
                raise UnknownFact(lacking.fact, " / ".join(text[one] for one in LANGUAGES)) from None
        teller = self._teller()
        return teller.say(unknown[self.language]), teller

    def _confidential(self, fact: Fact) -> tuple[Said, Teller]:
        """That a figure is confidential, and nothing else: what a text says around it could be wrong without it."""
        teller = self._teller()
        teller.used.append(fact)
        named = label(fact.indicator, self.language)
        return teller.say(
            WORDS[self.language]["confidential"], name=named, about=fact.subject.name(self.language)
        ), teller

    def _refuted(self, fact: Fact, text: dict | None) -> tuple[Said, Teller]:
        """That a source refutes a figure, in other words or by the name of the source."""
        teller = self._teller()
        teller.used.append(fact)
        if text is not None:
            return teller.say(text[self.language]), teller
        said = {"name": label(fact.indicator, self.language), "about": fact.subject.name(self.language)}
        return teller.say(WORDS[self.language]["refuted"], **said, why=inside(self._refuted_by([fact]))), teller

    def _refuted_by(self, facts: list[Fact]) -> str:
        """By what these figures are refuted."""
        return WORDS[self.language]["refuted by"].format(sources=self._refuting(facts))

    def _refuting(self, facts: list[Fact]) -> str:
        """The sources that refute these figures, by the names that their register gives them."""
        chosen = chosen_indicator("anchored_sources")
        found = [name for fact in facts for name in fact.inputs if name.partition("/")[0] == chosen]
        named = [cell["row"] for name in found for cell in self.provenance.printed(name)]
        return format_list(list(dict.fromkeys(named)), locale=self.language)

    def _sentence(self, text: dict, unknown: dict | None, refuted: dict | None, lead: bool) -> Sentence:
        said, teller = self._say(text, unknown, refuted)
        block = Sentence(language=self.language, text=said, lead=lead, facts=ids(teller.used), marks=_marks(said))
        block.sources = self._sources(block.facts)
        return block

    def _exhibit(self, make, title: dict | None, *arguments, **named) -> Block:
        read_log.note_topic(make.__module__)
        teller, said = self._teller(), None
        if title is not None:
            said, teller = self._say(title, None)
            arguments = (said, *arguments)
        block = make(teller, *arguments, **named)
        block.marks = _marks(said) if said else []
        return self._credited(block, teller)

    def _under(self, make, title: dict, *arguments) -> Block | None:
        """An exhibit of the scenario, which its title says; a name among the arguments is that of a processed table."""
        if self.scenario == PUBLISHED:
            return None
        if arguments and isinstance(arguments[0], str) and arguments[0] in TABLES:
            arguments = (self._read(arguments[0]), *arguments[1:])
        said = {language: f"Scenario {self.scenario}: {text}" for language, text in title.items()}
        block = self._exhibit(make, said, *arguments)
        if block.facts and not block.source:  # years and assumptions are no facts; those that they are about are
            block.source = self.provenance.credit(block.facts, self.language)
            block.sources = self._sources(block.facts)
        return block

    def _both(self, text: dict) -> None:
        """Each text comes in every language, so that no publication is half translated."""
        if sorted(text) != sorted(LANGUAGES):
            raise InputError(
                "a text is not in every language",
                found="; ".join(f"{name}={said!r}" for name, said in text.items()) or "none",
                expected=", ".join(LANGUAGES),
                remedy="give it in each: " + ", ".join(f'{one}="..."' for one in LANGUAGES),
            )

    def _checked(self, text: dict, needed: bool) -> None:
        """That a text is in every language and right in each, so that a run in one says what is wrong in the other."""
        self._both(text)
        for teller in self._silent:
            teller.check(text[teller.language], needed)

    @cached_property
    def _silent(self) -> list[Teller]:
        """A teller of each language that asks for no fact in the name of the page.

        What the other language alone names is no part of what this publication is made of.
        """
        facts = self.provenance.facts
        return [Teller(facts, self.about, language, partial(self._point_sources, facts)) for language in LANGUAGES]

    def _plain(self, text: dict) -> str:
        """A text that holds no facts, in the language of the page."""
        self._both(text)
        for one in text.values():
            if "{" in one or "}" in one:
                raise InputError(
                    "a title that holds no figures has a placeholder",
                    found=one,
                    expected="words alone",
                    remedy="say the figure in the text",
                )
        return text[self.language]

    def _credited(self, block: Block, teller: Teller | None, warn: bool = True) -> Block:
        """The block with its source line, and with the warnings of the facts that it shows."""
        if teller and not block.facts:
            block.facts = ids(teller.used)
        shown = self._shown(block)
        if shown:
            block.source = self.provenance.credit(shown, self.language)
            block.sources = self._sources(shown)
        if warn:
            block.notes = [*block.notes, *self._warnings(block.facts)]
        block.notes = [*block.notes, *self._marked(block)]
        return block

    def _sources(self, names: list[str]) -> list[str]:
        """The registered sources that facts rest on, in the order of the register."""
        found = {root for name in names for root in self.provenance.roots(name)}
        return [source for source in self.provenance.sources.index if source in found]

    def _shown(self, block: Block) -> list[str]:
        """The facts that the source line is about: those in the data where there are any, else all."""
        data = getattr(block, "data", None)
        return [c.fact for row in data.rows for c in row.cells if c.fact] or block.facts if data else block.facts

    def _marked(self, block: Block) -> list[str]:
        """Marks the figures of a block that stand unmended, and says what the mark means: where it is one figure, why."""
        odd = [one for one in _printed(block) if one.fact in self._odd]
        for one in odd:
            if isinstance(one, KeyFigure):
                one.figure += f" {ODD}"
            else:
                one.text += f" {ODD}"
        if not odd:
            return []
        words, reasons = SAID[self.language], {self._odd[one.fact][f"reason_{self.language}"] for one in odd}
        said = words["odd because"].format(*reasons) if len(reasons) == 1 else words["odd"]
        return [said, words["see checks"]]

    def _warnings(self, names: list[str]) -> list[str]:
        """The warnings of facts in words, each once; with what it is about where it is not about all of them."""
        facts = [self.facts[name] for name in names]
        found = []
        for code, row in codelist("warnings").iterrows():
            about = [fact for fact in facts if code in fact.warnings]
            if not about:
                continue
            bases = list(dict.fromkeys(self._short(fact) for fact in about))
            others = {self._short(fact) for fact in facts} - set(bases)
            text = self._refuted_by(about) if code == "refuted" else row[f"text_{self.language}"]
            found.append(f"{', '.join(bases)}: {inside(text)}" if others and row.names == "yes" else text)
        return found

    def _short(self, fact) -> str:
        """The short name of the indicator that a fact is of, whatever its form."""
        return indicator(base(fact.indicator)).short[self.language]

    def _read(self, name: str) -> pd.DataFrame:
        read_log.note("table", name)
        texts = dict.fromkeys(["product_group", "against", "then", "now"], str)
        table = pd.read_csv(self._folder / f"{name}.csv", dtype=texts, keep_default_na=False)
        numbers = [c for c in NUMBERS if c in table]  # may be missing
        return table.assign(**{c: pd.to_numeric(table[c]) for c in numbers})


def _printed(block: Block) -> list[Cell | Item | KeyFigure]:
    """What a table, a board or key figures print."""
    if isinstance(block, Table):
        return [cell for row in block.data.rows for cell in row.cells]
    if isinstance(block, Board):
        return [item for lane in block.lanes for spot in lane.spots for item in spot.items]
    if isinstance(block, KeyFigures):
        return [*block.items, *(line for item in block.items for line in item.context)]
    return []


def _marks(said: Said) -> list[Mark]:
    """Where a text prints which fact, as a block keeps it."""
    return [Mark(start=start, end=end, fact=fact) for start, end, fact in said.marks]
