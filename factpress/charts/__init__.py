"""Charts: numbers with their printed texts in, SVG out. Each is as wide as a phone; text is text, labels are direct.

All that is drawn is rectangles, lines, circles, outlines and text at places in pixels, so the SVG is written as such: a
plotting library would take fifty times as long to lay out axes that no chart here has (docs/decisions).
"""

from factpress.charts.bars import bars, changes, columns, pieces, stack, waterfall
from factpress.charts.canvas import stamped
from factpress.charts.maps import tiles
from factpress.charts.matrix import heat
from factpress.charts.ranges import dots, ranges, tornado
from factpress.charts.scales import levels, radar, scores, stages
from factpress.charts.time import gantt, steps, timeline

__all__ = [
    "bars",
    "changes",
    "columns",
    "dots",
    "gantt",
    "heat",
    "levels",
    "pieces",
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
