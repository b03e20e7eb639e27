"""Preloaded: what every publication needs, loaded by importing this module in the process that all others are forked from.

Nothing else imports it. The edition to load the facts of comes in the environment, see `warm`.
"""

import gc
import os
import tempfile
import warnings
from pathlib import Path

from upcm_analysis.publish.warm import EDITION


def load(edition: str) -> None:
    """Loads the libraries, the facts of an edition, the templates and the shell, and makes a small publication of them.

    All but the PDF, which would start threads; what is loaded at first use is then loaded for all that come after.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of papermill's own dependencies
        import papermill  # noqa: F401

    from upcm_analysis import publication
    from upcm_analysis.evidence.assumptions import assumptions
    from upcm_analysis.publish import as_csv, as_html, as_pdf, as_xlsx, origin
    from upcm_analysis.publish.document import Document
    from upcm_analysis.publish.imprint import Imprint
    from upcm_analysis.publish.shell import Shell
    from upcm_analysis.words.codelists import LANGUAGES, entries, indicator, provinces
    from upcm_analysis.words.home import home

    assumptions()
    for file in (home() / "data" / "codelists").glob("*.csv"):
        entries(file.stem)
    some = provinces()[0]
    for language in LANGUAGES:
        page = publication.open("province", edition, language, some.slug)
        for name, code in page.provenance.facts.table[["fact_id", "indicator"]].itertuples(index=False):
            page.provenance.digest(name)
            page.provenance.roots(name)
            indicator(code)
        blocks = [
            page.lead(nl="{jobs_k}", en="{jobs_k}"),
            page.key_figures("jobs_k"),
            page.ranking("jobs_k", nl="{jobs_k_rank}", en="{jobs_k_rank}"),
            page.map("co2_reduction_pct", nl="{subject}", en="{subject}"),
            page.comparison("jobs_k", nl="{subject}", en="{subject}"),
        ]
        for block in blocks:
            block._repr_mimebundle_()
        said = Document(language, ("## -", *blocks))
        imprint = Imprint(some.slug, "province", some.slug, edition, language, "0")
        origins = origin.Origins(page.provenance, language)
        as_html.page(said, imprint, origins.of(said.facts))
        origin.page(said, imprint, origins)
        facts = page.facts.only(said.facts)
        as_xlsx.workbook(said, imprint, facts)
        with tempfile.TemporaryDirectory() as room:
            facts.write(Path(room) / as_csv.FACTS)
            as_csv.package(Path(room), said, imprint)
    as_pdf.compiler()
    Shell.instance()
    gc.collect()
    gc.freeze()  # what is here stays: looking whether it is still needed would copy it into every fork


if EDITION in os.environ:
    load(os.environ[EDITION])
