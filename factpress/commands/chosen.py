"""The edition that a command is about."""

from factpress.editions import named
from factpress.site import plan


def edition(name: str | None, scenario: str | None = None) -> str:
    """Return the name of an edition under a scenario; without one that of publications.yml."""
    return named(name or plan.matrix().edition, scenario)
