"""What the regions cost: all bounds of an edition, the sampler beside an established one, and growth. Part of `make bench`."""

import sys
import time
from itertools import islice, product
from pathlib import Path

import numpy as np
import pandas as pd
from polytopewalk import dense

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from upcm_analysis import pipeline, regional
from upcm_analysis.method import bounds, spread
from upcm_analysis.method.allocation import Allocation, allocation
from upcm_analysis.words.codelists import clusters, groups_of

#: Regions and product groups: those that there are, up to the 40 COROP regions and the 60 divisions of the economy, or so.
SIZES = [(12, 13), (20, 25), (30, 40), (40, 60)]
#: How many bounds of each size are calculated, and how long either sampler draws about, in seconds.
BOUNDS, DRAWING = 60, 20
SHARE = regional.SHARE


def timed(work):
    """What some work gives, and how many seconds it took."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def edition(name: str) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """The published figures of an edition, and the clusters that consist of whole product groups."""
    text = dict.fromkeys(["place", "cluster", "product_group"], str)
    facts = pd.read_csv(
        pipeline.refresh(name) / "facts.csv", dtype=text, keep_default_na=False, na_values={"value": [""]}
    )
    published = facts[(facts.status == "published") & facts.indicator.isin(pipeline.PUBLISHED)]
    return published.assign(scope=""), {one.cluster: groups_of(one) for one in clusters() if groups_of(one)}


def ours(program: Allocation) -> tuple[float, float]:
    """The fewest effective draws of any share that our sampler gave, and its seconds."""
    drawn, took = timed(lambda: spread.sample(program, draws=100, chains=16, seed=1, sweeps=150))
    return float(spread.effective_draws(drawn.shares.reshape(16, 100, -1)).min()), took


def theirs(program: Allocation) -> tuple[float, float]:
    """The same of polytopewalk's hit-and-run on the same set, in coordinates in which it is about round."""
    body = spread.polytope(program)
    barrier = body.matrix / body.room[:, None]
    to_round = np.linalg.cholesky(np.linalg.inv(barrier.T @ barrier))
    walk, rows = dense.HitAndRun(r=1.0, err=1e-6), body.matrix @ to_round

    def draw(count):
        return walk.generateCompleteWalk(count, np.zeros(len(to_round)), rows, body.room, burnin=0, thin=1, seed=1)

    count = int(2000 * DRAWING / timed(lambda: draw(2000))[1])
    drawn, took = timed(lambda: draw(count)[count // 3 :])
    shares = (body.centre.ravel() + drawn @ (body.basis @ to_round).T)[None, :: max(1, count // 30_000)]
    return float(spread.effective_draws(shares).min()), took


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
    _, estimate = timed(lambda: spread.most_even(program, np.full(places, 1 / places)))
    return round(made + first, 2), round(1000 * rest / (2 * len(asked) - 2), 1), round(estimate, 2)


def main(name: str) -> dict:
    """Prints all of it, and gives it."""
    published, unions = edition(name)
    program = allocation(published, pipeline.PUBLISHED)
    limits, took = timed(lambda: bounds.bounds(program, unions, SHARE))
    cut, both = timed(lambda: regional.cut_finer(published, pipeline.PUBLISHED, unions))
    found = {
        "bounds": 2 * len(limits),
        "seconds": round(took, 1),
        "joint bounds": 2 * len(cut),
        "joint seconds": round(both, 1),
    }
    print(f"{took:7.1f} s  {2 * len(limits):,} bounds of product groups and whole clusters in provinces")
    print(f"{both:7.1f} s  {2 * len(cut):,} bounds of the other clusters, by the joint program")
    for label, sampler in (("our sampler", ours), ("polytopewalk", theirs)):
        effective, seconds = sampler(program)
        found[label] = round(effective / seconds, 1)
        print(f"{effective / seconds:7.1f} effective draws a second of the slowest share: {label}")
    for size in SIZES:
        what = "{} regions x {} product groups".format(*size)
        first, each, estimate = found[what] = growth(*size)
        print(f"{what}: {first} s to the first bound, {each} ms for each that follows, {estimate} s for an estimate")
    return found


if __name__ == "__main__":
    main(pipeline.editions()[-1])
