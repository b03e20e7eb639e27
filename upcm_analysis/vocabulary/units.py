"""One unit registry, in which people, money and carbon dioxide are dimensions of their own."""

from functools import cache
from typing import TYPE_CHECKING

from factpress import codelists
from factpress.indicators import indicator

if TYPE_CHECKING:
    import pint


def registry() -> "pint.UnitRegistry":
    """The registry of `units.txt`, among the code lists, on top of Pint's own units; a topic may have units of its own."""
    return _registry(codelists.content("units.txt").decode())


@cache
def _registry(definitions: str) -> "pint.UnitRegistry":
    import pint  # here, because who only tells facts need not pay for the import

    units: pint.UnitRegistry = pint.UnitRegistry(autoconvert_offset_to_baseunit=False)
    units.load_definitions(definitions.splitlines())
    return units


def factor(unit: str, into: str) -> float:
    """What a figure in `unit` is multiplied with to be in `into`.

    Raises pint.DimensionalityError where the two do not measure the same thing, as in kt CO2 and kt of material.

    >>> factor("ktCO2/MEUR", "kgCO2/EUR")
    1.0
    """
    # Pint's float arithmetic leaves a digit of noise on a power of ten: 0.9999999999999999.
    return float(f"{registry()(unit).to(into).magnitude:.12g}")


def conversion(into: str, indicator_: str, per: str = "") -> float:
    """Return what one indicator, or the quotient of two, is multiplied with to be in the unit of another.

    >>> conversion("co2_per_value_added_kg_eur", "co2_kt", "value_added_meur")
    1.0
    """
    unit = indicator(indicator_).unit
    return factor(f"({unit}) / ({indicator(per).unit})" if per else unit, indicator(into).unit)


def known(unit: str) -> bool:
    """Whether there is such a unit.

    >>> known("ktCO2"), known("ktonne of CO2")
    (True, False)
    """
    import pint  # here, because it takes long to load

    try:
        registry().parse_units(unit)
    except (pint.errors.PintError, ValueError, SyntaxError, TypeError, AttributeError):
        return False
    return True


def converts(unit: str, into: str) -> bool:
    """Whether the two measure the same thing.

    >>> converts("MtCO2", "ktCO2"), converts("Mt", "ktCO2")
    (True, False)
    """
    return registry()(unit).is_compatible_with(into)


def add(value: float, unit: str, other: float, other_unit: str) -> float:
    """`value` plus `other`, in `unit`. Raises pint.DimensionalityError where they may not be added."""
    return value + other * factor(other_unit, unit)
