"""Concentration: how much of the world's production of a material comes from few countries.

The Herfindahl-Hirschman index is HHI = sum of s^2, s the share of each country. What is published leaves it open: shares are
whole percentages, so each lies half a point to either side, and at most ten countries are named.
"""

from collections.abc import Sequence

from factpress.methods import method

#: The most countries that the published table names of a material: what its own index is normalised with.
PLACES = 10
HALF = 0.5


@method("largest-share", status="derived", nl="aandeel van het grootste land", en="share of the largest country")
def largest(shares: Sequence[float]) -> tuple[float, float, float]:
    """Return the largest of shares in whole percents, with the interval of its rounding."""
    most = max(shares)
    return most, most - HALF, min(100.0, most + HALF)


@method("as-compiled", status="published", nl="zoals overgenomen", en="as compiled")
def recycled(part: float) -> tuple[float, float, float]:
    """Return a part with two decimals in percent, with the interval of its rounding."""
    return 100 * part, max(0.0, 100 * part - HALF), min(100.0, 100 * part + HALF)


@method("hhi", status="derived", nl="som van gekwadrateerde aandelen", en="sum of squared shares")
def hhi(shares: Sequence[float], others: float = 0.0) -> tuple[float, float, float]:
    """Return HHI = sum s^2 of shares in whole percents, and between what it lies.

    At least: each share half a point less, and all else over so many countries that they add nothing. At most: what half a
    point less leaves goes to the largest shares, up to half a point more, and the rest to one country that is not named.
    `others` is a share that the table gives to several countries: it counts as one of them, at least as nothing.
    """
    low = sorted((max(0.0, one - HALF) / 100 for one in shares), reverse=True)
    high = [min(100.0, one + HALF) / 100 for one in sorted(shares, reverse=True)]
    found = []
    for raised in range(len(low) + 1):
        rest, taken = 1.0 - sum(low), []
        for at, (least, most) in enumerate(zip(low, high, strict=True)):
            more = min(most - least, rest) if at < raised else 0.0
            taken.append(least + more)
            rest -= more
        found.append(sum(one**2 for one in taken) + max(0.0, rest) ** 2)
    return sum((one / 100) ** 2 for one in [*shares, others]), sum(one**2 for one in low), max(found)


@method(
    "hhi-normalised",
    status="derived",
    nl="genormaliseerd over de genoemde landen",
    en="normalised over the named countries",
)
def normalised(shares: Sequence[float], places: int = PLACES) -> tuple[float, float, float]:
    """Return (HHI - 1/n) / (1 - 1/n) over the named shares, rescaled to one; n = `places`.

    n is how many countries the table can name, not how many it does: with its six countries magnesium would be 0.7542, with
    ten it is 0.7724, as the published analysis has it. The ends: the largest shares half a point more and the others less, and
    the other way round.
    """
    order = sorted(shares, reverse=True)

    def index(parts: Sequence[float]) -> float:
        """Return the index of parts of any whole."""
        return (sum((one / sum(parts)) ** 2 for one in parts) - 1 / places) / (1 - 1 / places)

    ends = [
        index([one + (HALF if at < raised else -HALF) * side for at, one in enumerate(order)])
        for raised in range(len(order) + 1)
        for side in (1, -1)
    ]
    return index(order), min(ends), max(ends)
