"""Exhibits: facts put together as key figures, charts and tables. Each function gives one block, without its source line.

To add a chart: draw it in `charts`, put facts into it here.
"""

from factpress.exhibits.by_subject import maps, multiples, part_of_whole, ranking
from factpress.exhibits.cells import cell
from factpress.exhibits.keyfigures import key_figures, tiles
from factpress.exhibits.shares import against, parts, profile, share_bars
from factpress.exhibits.tables import comparison, overview

__all__ = [
    "against",
    "cell",
    "comparison",
    "key_figures",
    "maps",
    "multiples",
    "overview",
    "part_of_whole",
    "parts",
    "profile",
    "ranking",
    "share_bars",
    "tiles",
]
