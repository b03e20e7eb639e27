"""The outlines of the provinces, from the registered map."""

import csv
import io
import re
from functools import cache

from upcm_analysis.evidence import sources
from upcm_analysis.words.errors import InputError
from upcm_analysis.words.home import shown

SOURCE = "geo/provinces"


#: Finer than this many map units (of 613 across the country) cannot be seen.
GRAIN = 2

#: The points that a line goes through, from the first back to the first.
Ring = tuple[tuple[int, int], ...]


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """The rings of each province (by its abbreviation, `ZE`) in steps of `GRAIN` map units, y downward.

    The file holds SVG paths of relative lines, as published. Neighbours share their points, so rounding leaves no
    gaps between them. Raises InputError for a path that holds anything else.
    """
    table = csv.DictReader(io.StringIO(sources.read_raw(SOURCE).decode("utf-8")))
    return {row["id"].upper(): _rings(row["path"], row["id"]) for row in table}


def _rings(path: str, name: str) -> tuple[Ring, ...]:
    commands = set(re.findall("[a-zA-Z]", path))
    if commands - {"m", "z"}:
        raise InputError(
            "an outline is not made of relative lines",
            file=shown(sources.raw_path(SOURCE)),
            row=name,
            found=", ".join(sorted(commands)),
            expected="m and z",
        )
    rings = []
    x = y = 0.0
    for ring in path.split("m")[1:]:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            point = (round(x / GRAIN), round(y / GRAIN))
            if not points or points[-1] != point:
                points.append(point)
        if "z" in ring:  # the pen goes back to where the ring began
            x, y = x - sum(numbers[2::2]), y - sum(numbers[3::2])
        if len(points) > 3:
            rings.append(tuple(points))
    return tuple(rings)
