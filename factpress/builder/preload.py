"""Preloaded: what every publication needs, loaded by importing this module in the process that all others are forked from.

Nothing else imports it. The edition to load the facts of comes in the environment, see `warm_start`.
"""

import atexit
import contextlib
import gc
import os
import tempfile
import warnings
from importlib import import_module
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
from factpress.provenance import Provenance
from factpress.publisher import publisher
from factpress.site import provenance_pages, template
from factpress.site.imprint import Imprint
from factpress.site.kinds import kinds


def load(edition: str, many: bool) -> None:
    """Loads the libraries, the facts of an edition and the shell; for many publications also lists, templates and a sample."""
    gc.disable()  # all that is made here stays
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of papermill's own dependencies
        import papermill  # noqa: F401 - here, because it takes long to load
    import_module(publisher().door)
    if many:
        for name in lists():
            entries(name)
        for notebook in (home() / "notebooks" / "publications").glob("*.ipynb"):
            with contextlib.suppress(InputError):  # that is said of its publications
                template.loaded(notebook)
        _sample(edition)
    else:
        Provenance.read(publisher().tables(edition))
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
    provenance = Provenance.read(publisher().tables(edition))
    for name, code in provenance.facts.table[["fact_id", "indicator"]].itertuples(index=False):
        provenance.roots(name)
        indicator(code)
    for language in LANGUAGES:
        blocks = publisher().sample(edition, language)
        for block in blocks:
            block._repr_mimebundle_()
        shown = Document(language, ("## -", *blocks))
        imprint = Imprint("-", next(iter(kinds())), "-", edition, language, "0")
        origins = provenance_pages.Origins(provenance, language)
        html.page(shown, imprint, origins.of(shown.facts))
        provenance_pages.page(shown, imprint, origins)
        facts = provenance.facts.only(shown.facts)
        xlsx.workbook(shown, imprint, facts, provenance.methods)
        with tempfile.TemporaryDirectory() as room:
            facts.write(Path(room) / imprint.file(csv.FACTS))
            csv.package(Path(room), shown, imprint)


if EDITION in os.environ:
    load(os.environ[EDITION], many=os.environ.get(MANY) != "False")
