"""Results: what a topic gives when an edition is built, and what it is given of the topics before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from upcm_analysis.vocabulary.figures import FIGURE
from upcm_analysis.vocabulary.findings import no_findings

#: Columns of figures: besides those of every figure the id of the method that made it.
RESULT = [*FIGURE, "method"]


@dataclass(frozen=True, eq=False)
class SoFar:
    """What the topics before this one made of an edition; `failed` where a check of theirs fails.

    `figures` have a row a figure, with its `method`, its `scenario`, and a column for each dimension.
    """

    edition: str
    scenario: str
    figures: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    failed: bool = False


@dataclass(frozen=True, eq=False)
class Made:
    """What a topic makes of an edition, each part of it only as far as there is any.

    `figures` as in `RESULT`, with a column for each further dimension that they are about, and `scenario` where they have one.
    `tables`: by name, what pages tell besides facts. `findings` of checks; those that do not hold are explained in
    `data/oddities.csv`, or `withheld` by the topic itself. `cells`: the printed cells that the figures rest on.
    """

    figures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=RESULT))
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    findings: pd.DataFrame = field(default_factory=no_findings)
    withheld: pd.DataFrame = field(default_factory=no_findings)
    cells: pd.DataFrame | None = None
