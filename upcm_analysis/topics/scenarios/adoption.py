"""Adoption: which part of what is reached at the end of the term is reached in each year before it.

Every curve is 0 in year 0 and 1 at the end of the term, and stays 1 after it: no assumption reaches further than that.
"""

import math
from collections.abc import Callable, Mapping


def linear(year: float, term: float) -> float:
    """The same part each year: t / T."""
    return year / term


def logistic(year: float, term: float, rate: float, midpoint: float) -> float:
    """Slow, fast, slow: (s(t) - s(0)) / (s(T) - s(0)) with s(t) = 1 / (1 + exp(-rate (t - midpoint T))).

    `rate` is per year, `midpoint` the part of the term at which it goes fastest.
    """

    def raw(at: float) -> float:
        """The curve before it is brought to 0 and 1 at the ends."""
        return 1 / (1 + math.exp(-rate * (at - midpoint * term)))

    return (raw(year) - raw(0)) / (raw(term) - raw(0))


def bass(year: float, term: float, innovation: float, imitation: float) -> float:
    """Who begins by themselves and who follows others (Bass 1969): B(t) / B(T).

    B(t) = (1 - e) / (1 + imitation / innovation e), with e = exp(-(innovation + imitation) t); both per year.
    """

    def raw(at: float) -> float:
        """The part of all who ever will that have begun."""
        gone = math.exp(-(innovation + imitation) * at)
        return (1 - gone) / (1 + imitation / innovation * gone)

    return raw(year) / raw(term)


#: The curves by name, and the parameters that each takes.
CURVES: dict[str, tuple[Callable[..., float], tuple[str, ...]]] = {
    "linear": (linear, ()),
    "logistic": (logistic, ("logistic_rate", "logistic_midpoint")),
    "bass": (bass, ("bass_innovation", "bass_imitation")),
}


def adopted(curve: str, year: float, term: float, parameters: Mapping[str, float]) -> float:
    """The part of what is reached at the end of the term that is reached in a year."""
    function, names = CURVES[curve]
    return 0.0 if year <= 0 else 1.0 if year >= term else function(year, term, *(parameters[name] for name in names))
