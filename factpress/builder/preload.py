"""Preloaded: what every publication needs, loaded by importing this module in the process that all others are forked from.

Nothing else imports it. The edition to load the facts of comes in the environment, see `warm_start`.
"""

import atexit
import contextlib
import gc
import os
import tempfile
import warnings
from pathlib import Path

from factpress import markup
from factpress.builder.shell import Shell
from factpress.builder.warm_start import EDITION, MANY
from factpress.codelists import entries, lists
from factpress.errors import InputError
from factpress.formats import csv, html, pdf, xlsx
from factpress.formats.document import Document
from factpress.home import home
from factpress.indicators import indicator
from factpress.languages import LANGUAGES
from factpress.site import provenance_pages, template
from factpress.site.imprint import Imprint
from upcm_analysis import publication
from upcm_analysis.registers.assumptions import assumptions
from upcm_analysis.vocabulary.subjects import clusters, provinces


def load(edition: str, many: bool) -> None:
    """Loads the libraries, the facts of an edition and the shell; for many publications also lists, templates and a sample."""
    gc.disable()  # all that is made here stays
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of papermill's own dependencies
        import papermill  # noqa: F401
    if many:
        assumptions()
        for name in lists():
            entries(name)
        for notebook in (home() / "notebooks" / "publications").glob("*.ipynb"):
            with contextlib.suppress(InputError):  # that is said of its publications
                template.loaded(notebook)
        _sample(edition)
    else:
        publication.open("national", edition, LANGUAGES[0])
    pdf.compiler()
    markup.macros()
    Shell.instance()
    gc.collect()
    gc.freeze()  # looking whether it is still needed would copy it into every fork
    atexit.register(gc.unfreeze)  # else libraries complain at the end that something is left
    gc.enable()


def _sample(edition: str) -> None:
    """Makes a small publication, all but its PDF, which would start threads: what is loaded at first use then is.

    Also where each fact is from, and what each indicator is.
    """
    some, other = provinces()[0], clusters()[0]
    for language in LANGUAGES:
        page = publication.open("province", edition, language, some.slug)
        ranked = publication.open("cluster", edition, language, other.slug)
        for name, code in page.provenance.facts.table[["fact_id", "indicator"]].itertuples(index=False):
            page.provenance.roots(name)
            indicator(code)
        said = dict.fromkeys(LANGUAGES, "{subject}: {jobs_k}, {jobs_k_share}")
        more = dict.fromkeys(LANGUAGES, "{subject}: {jobs_k}, {jobs_k_rank}, {organisations_0_50_pct:band}")
        blocks = [
            page.lead(**said),
            page.key_figures("jobs_k", "co2_kt"),
            page.note(title=dict.fromkeys(LANGUAGES, "-"), text=said),
            page.share_bars("jobs_k", "co2_kt", **said),
            page.map("co2_kt", **said),
            page.comparison("jobs_k", **said),
            ranked.sentence(**more),
            ranked.parts("organisations_0_50_pct", "organisations_51_100_pct", "organisations_over_100_pct", **more),
            ranked.multiples("value_added_meur", "co2_kt", **more),
            ranked.ranking("jobs_k", **more),
            ranked.profile("jobs_k", "co2_kt", **more),
            ranked.part_of_whole("co2_kt", "co2_reduction_kt", "co2_reduction_pct", **more),
            page.anchored("co2_anchored_kt", "co2_kt", **said),
            page.ranges("group_share_pct", **said),
            page.estimates("jobs_k", "co2_kt", cluster="materialen", **said),
            page.overview("jobs_k", "co2_per_value_added_kg_eur", **said),
        ]
        blocks = [block for block in blocks if block]  # of some there is nothing in this edition
        for block in blocks:
            block._repr_mimebundle_()
        shown = Document(language, ("## -", *blocks))
        imprint = Imprint(some.slug, "province", some.slug, edition, language, "0")
        origins = provenance_pages.Origins(page.provenance, language)
        html.page(shown, imprint, origins.of(shown.facts))
        provenance_pages.page(shown, imprint, origins)
        facts = page.facts.only(shown.facts)
        xlsx.workbook(shown, imprint, facts, page.provenance.methods)
        with tempfile.TemporaryDirectory() as room:
            facts.write(Path(room) / imprint.file(csv.FACTS))
            csv.package(Path(room), shown, imprint)


if EDITION in os.environ:
    load(os.environ[EDITION], many=os.environ.get(MANY) != "False")
