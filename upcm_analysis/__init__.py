"""Facts and figures of the Dutch programme for a circular manufacturing industry (UPCM), from source to publication.

    from upcm_analysis import figures, impact
    impact.share(figures.table({"jobs_k": {"nl": 608, "province/zeeland": 17}}), "jobs_k")

Public are the names below: the table of figures, the methods, the facts of an edition, the door of a notebook. A name is loaded
when it is first used, so that who adds two numbers need not load a solver.
"""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factpress.home import LISTS

if TYPE_CHECKING:
    from factpress.facts import Facts
    from upcm_analysis.publication import open as open_publication
    from upcm_analysis.topics.figures import impact, potential
    from upcm_analysis.topics.functions import motor, reliability, severity
    from upcm_analysis.topics.functions import scores as functions
    from upcm_analysis.topics.regions import allocation, bounds, crossing, estimate
    from upcm_analysis.topics.scenarios import strategy, uncertainty
    from upcm_analysis.vocabulary import figures

_PACKAGE = Path(__file__).parent
LISTS += [*sorted(_PACKAGE.glob("*/codelists")), *sorted(_PACKAGE.glob("topics/*/codelists"))]
__all__ = [
    "Facts",
    "allocation",
    "bounds",
    "crossing",
    "estimate",
    "figures",
    "functions",
    "impact",
    "motor",
    "open_publication",
    "potential",
    "reliability",
    "severity",
    "strategy",
    "uncertainty",
]
#: Where each public name is: a module, or a name in one after a colon.
_WHERE = {
    "Facts": "factpress.facts:Facts",
    "allocation": "upcm_analysis.topics.regions.allocation",
    "bounds": "upcm_analysis.topics.regions.bounds",
    "crossing": "upcm_analysis.topics.regions.crossing",
    "estimate": "upcm_analysis.topics.regions.estimate",
    "figures": "upcm_analysis.vocabulary.figures",
    "functions": "upcm_analysis.topics.functions.scores",
    "impact": "upcm_analysis.topics.figures.impact",
    "motor": "upcm_analysis.topics.functions.motor",
    "open_publication": "upcm_analysis.publication:open",
    "potential": "upcm_analysis.topics.figures.potential",
    "reliability": "upcm_analysis.topics.functions.reliability",
    "severity": "upcm_analysis.topics.functions.severity",
    "strategy": "upcm_analysis.topics.scenarios.strategy",
    "uncertainty": "upcm_analysis.topics.scenarios.uncertainty",
}


def __getattr__(name: str) -> Any:
    """Load a public name. Raises AttributeError for any other."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, own = _WHERE[name].partition(":")
    loaded = importlib.import_module(module)
    return getattr(loaded, own) if own else loaded


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
