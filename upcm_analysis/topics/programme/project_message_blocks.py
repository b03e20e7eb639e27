"""Messages of projects: what a page about one opens with, by rules, as `figures.message_blocks` has them for figures.

The first rule that is true speaks, and the last is true of every project:

- beyond: the project claims more CO2 than the table has as potential of its whole cluster, beyond rounding. The two are never
  divided or netted, because it is not published what a project counts; the lead says how far the project is
- begun: a progress report says in which phase the project is or how much is ready
- claimed: an impact sheet says what it yields
- partners: documents name organisations; lone: they name none
"""

import pandas as pd

from factpress.codelists import entries
from factpress.dimensions import Subject
from factpress.facts import Fact, Facts
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import amount, in_words, inside
from upcm_analysis.topics.programme.form_blocks import POTENTIAL, READY, TOTAL, name_of, organisations, text_of

WORDS = texts(__name__)
#: How many steps of the R-ladder a headline names; of more it says how many. How long what it says of a state may be.
NAMED, STATE = 2, 40
#: How many words of a lead the description of a project may take beside another message.
ABOUT = 20
#: What stands in a template for the figure of the cluster of the project.
CLUSTER = "{cluster_"


def beyond(facts: Facts, project: str, cluster: str, claim: str = TOTAL, potential: str = POTENTIAL) -> bool:
    """Whether a project claims more than the potential of its whole cluster, whatever rounding did."""
    own, whole = both(facts, project, cluster, claim, potential)
    return bool(own and whole) and own.low > whole.high


def both(facts: Facts, project: str, cluster: str, claim: str, potential: str) -> tuple[Fact | None, Fact | None]:
    """The claim of a project and the potential of its cluster; None for what is not known."""
    whole = facts.known(potential, Subject(cluster=cluster)) if cluster else None
    return facts.known(claim, Subject(project=project)), whole


def message(facts: Facts, project: dict, progress: pd.DataFrame) -> tuple[str, dict[str, dict[str, str]]]:
    """Return the rule that speaks, and its words in each language."""
    name, cluster = project["project"], project["cluster"]
    names = {language: _names(facts, project, progress, language) for language in LANGUAGES}
    begun = bool(names[LANGUAGES[0]]["state"])
    if beyond(facts, name, cluster):
        return "beyond", names
    if begun:
        return "begun", names
    if facts.known(TOTAL, Subject(project=name)):
        return "claimed", names
    if project["organisations"]:
        return "partners" if project["r_steps"] else "partners alone", names
    return "lone" if project["r_steps"] else "plain", names


def template(text: str, cluster: str) -> str:
    """Return a template with the placeholders of the cluster of the project: `{cluster_co2_kt}` is that of its cluster."""
    return text.replace(CLUSTER, f"{{cluster.{cluster}.")


def headline(rule: str, cluster: str) -> dict[str, str]:
    """Return the template of the headline of a rule in each language."""
    return {language: template(WORDS[language]["rules"][rule], cluster) for language in LANGUAGES}


def lead(rule: str, project: dict, begun: bool) -> dict[str, str]:
    """Return the template of the lead: what the project is; where it claims more than its cluster, how to read that."""
    if rule != "beyond":
        return dict.fromkeys(LANGUAGES, "{about}")
    short = all(len(text_of(project, language, "about").split()) <= ABOUT for language in LANGUAGES)
    return {
        language: " ".join(["{about}"] * short + [words["lead"]] + [words["stands"]] * begun)
        for language, words in ((language, WORDS[language]) for language in LANGUAGES)
    }


def _names(facts: Facts, project: dict, progress: pd.DataFrame, language: str) -> dict[str, str]:
    """The words that only a project has: its state, its partners, its steps on the R-ladder and what it is about."""
    words = WORDS[language]
    return {
        "about": text_of(project, language, "about"),
        "state": _state(facts, project, progress, language),
        "partners": partners(project, words, language),
        "ladder": _ladder(project, words, language),
    }


def _state(facts: Facts, project: dict, progress: pd.DataFrame, language: str) -> str:
    """The phase of a project and how much is ready; the latter alone where both are too long for a headline."""
    phase = next(iter(progress["value"][progress.part == "phase"]), "")
    ready = facts.known(READY, Subject(project=project["project"]))
    done = WORDS[language]["ready"].format(amount(ready, language)) if ready else ""
    said = [one for one in (inside(name_of("guide_phases", phase, language)), done) if one]
    joined = ", ".join(said)
    return joined if len(joined) <= STATE else said[-1]


def partners(project: dict, words: dict, language: str) -> str:
    """How many organisations there are, or the name of the one that there is."""
    named = organisations(project)
    if len(named) == 1:
        return named[0]
    return words["organisations"].format(in_words(len(named), language))


def _ladder(project: dict, words: dict, language: str) -> str:
    """The steps of the R-ladder in a sentence, or how many they are."""
    named = {code: row[f"name_{language}"] for (_, code), row in entries("r_strategies").items()}
    steps = [f"{code} {named[code]}" for code in named if code in project["r_steps"].split()]
    if len(steps) > NAMED:
        return words["steps"].format(in_words(len(steps), language))
    return words["and"].join(steps)
