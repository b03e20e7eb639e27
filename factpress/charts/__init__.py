"""Charts: numbers with their printed texts in, SVG out. Each is as wide as a phone; text is text, labels are direct.

All that is drawn is rectangles, lines, circles, outlines and text at places in pixels, so the SVG is written as such: a
plotting library would take fifty times as long to lay out axes that no chart here has (docs/decisions).
"""

from factpress.charts.bars import bars, changes, columns, pieces, stack, waterfall
from factpress.charts.canvas import stamped
from factpress.charts.maps import DERIVED, STATED, UNTOLD, places, places_height, tiles
from factpress.charts.matrix import FULL, LITTLE, NONE, UNSURE, heat, matrix, matrix_height
from factpress.charts.ranges import dots, ranges, tornado
from factpress.charts.scales import levels, radar, scores, stages
from factpress.charts.time import gantt, steps, timeline

__all__ = [
    "DERIVED",
    "FULL",
    "LITTLE",
    "NONE",
    "STATED",
    "UNSURE",
    "UNTOLD",
    "bars",
    "changes",
    "columns",
    "dots",
    "gantt",
    "heat",
    "levels",
    "matrix",
    "matrix_height",
    "pieces",
    "places",
    "places_height",
    "radar",
    "ranges",
    "scores",
    "stack",
    "stages",
    "stamped",
    "steps",
    "tiles",
    "timeline",
    "tornado",
    "waterfall",
]
