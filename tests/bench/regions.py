"""What the regions cost: all bounds of an edition, the gate, and growth.

Part of `make bench`.
"""

import sys
import time
from itertools import islice, product
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))

from upcm_analysis import pipeline
from upcm_analysis.registers.assumptions import assumptions
from upcm_analysis.topics.regions import bounds, concordance, crossing, estimate, solving
from upcm_analysis.topics.regions.allocation import Allocation, allocation
from upcm_analysis.vocabulary.published import PUBLISHED, SIZE_CLASSES
from upcm_analysis.vocabulary.subjects import clusters, groups_of

#: Regions and product groups: those that there are, up to the 40 COROP regions and the 60 divisions of the economy, or so.
SIZES = [(12, 13), (20, 25), (30, 40), (40, 60)]
#: How many bounds of each size are calculated.
BOUNDS = 60
SHARE = solving.SHARE


def timed(work):
    """What some work gives, and how many seconds of a processor it took: of the same work the same, however busy others are."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def edition(name: str) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """The published figures of an edition, and the clusters that consist of whole product groups."""
    text = dict.fromkeys(["place", "cluster", "product_group"], str)
    facts = pd.read_csv(
        pipeline.refresh(name) / "facts.csv", dtype=text, keep_default_na=False, na_values={"value": [""]}
    )
    published = facts[(facts.method == "as-printed") & facts.indicator.isin(PUBLISHED)]
    return published.assign(scope=""), {one.cluster: groups_of(one) for one in clusters() if groups_of(one)}


def register(made: crossing.Crossing) -> pd.DataFrame:
    """Made-up jobs of every product group in every province that fit the published tables, to a thousandth."""
    search, random = crossing.joint(made, ["jobs_k"]), np.random.default_rng(1)
    points = [search.lp.minimise(random.standard_normal(search.size)).point for _ in range(20)]
    amounts, (groups, _, places) = np.mean(points, axis=0)[made.program.floor.size :], search.about
    rows = []
    for (g, group), (p, place) in product(enumerate(made.program.groups), enumerate(made.program.places)):
        jobs = amounts[(groups == g) & (places == p)].sum()
        rows.append(("jobs_k", place, "", group, "", 0.999 * jobs, 1.001 * jobs, "made up"))
    return pd.DataFrame(rows, columns=concordance.KNOWN)


def gate(published: pd.DataFrame, program: Allocation, unions: dict) -> dict[str, float]:
    """Seconds of the disclosure gate with such a register, and how many figures it withholds."""
    known, choices = register(crossing.crossing(published, program, unions)), assumptions().value
    rule = {"largest_pct": choices["disclosure_largest"], "protection_pct": choices["disclosure_protection"]}
    rule["least"] = dict.fromkeys(SIZE_CLASSES, choices["disclosure_least"])
    states, took = timed(lambda: solving.gated(published, PUBLISHED, unions, known, None, rule).state)
    found = {"gate seconds": round(took, 1), "withheld": int((states != solving.RELEASED).sum())}
    print(f"{took:7.1f} s  the gate with jobs of every product group in every province; {found['withheld']:,} withheld")
    return found


def synthetic(places: int, groups: int, columns: int = 11) -> Allocation:
    """A program of made-up figures that fit: for time alone, not for anything it says."""
    random = np.random.default_rng(1)
    x = np.round(random.lognormal(6, 1, (groups, columns)))
    y = np.round(random.dirichlet(np.ones(places), groups).T @ x)
    full = np.zeros((groups, places))
    names = [tuple(map(str, range(count))) for count in (columns, groups, places)]
    return Allocation("province", *names, x - 0.5, x + 0.5, np.maximum(y - 0.5, 0), y + 0.5, full, full + 1)


def growth(places: int, groups: int) -> tuple[float, float, float]:
    """Of a program of this size: seconds for the first bound, milliseconds for each that follows, seconds for an estimate."""
    program = synthetic(places, groups)
    asked = list(islice(product(range(groups), range(len(program.indicators))), BOUNDS))

    def extremes(some):
        for g, k in some:
            members = np.arange(groups) == g
            for largest in (False, True):
                search.figure(members, 0, k, largest)

    search, made = timed(lambda: bounds.Search(program))
    _, first = timed(lambda: extremes(asked[:1]))
    _, rest = timed(lambda: extremes(asked[1:]))
    _, even = timed(lambda: estimate.most_even(program, np.full(places, 1 / places)))
    return round(made + first, 2), round(1000 * rest / (2 * len(asked) - 2), 1), round(even, 2)


def main(name: str) -> dict:
    """Prints all of it, and gives it."""
    published, unions = edition(name)
    program = allocation(published, PUBLISHED)
    limits, took = timed(lambda: bounds.bounds(program, unions, SHARE))
    cut, both = timed(lambda: solving.cut_finer(published, PUBLISHED, unions))
    found = {
        "bounds": 2 * len(limits),
        "seconds": round(took, 1),
        "joint bounds": 2 * len(cut),
        "joint seconds": round(both, 1),
    }
    print(f"{took:7.1f} s  {2 * len(limits):,} bounds of product groups and whole clusters in provinces")
    print(f"{both:7.1f} s  {2 * len(cut):,} bounds of the other clusters, by the joint program")
    found |= gate(published, program, unions)
    for size in SIZES:
        what = "{} regions x {} product groups".format(*size)
        first, each, even = found[what] = growth(*size)
        print(f"{what}: {first} s to the first bound, {each} ms for each that follows, {even} s for an estimate")
    return found


if __name__ == "__main__":
    main(pipeline.sources.editions()[-1])
