"""The name of an edition, and of an edition under a scenario: `2020`, `2020.central`."""

#: The scenario of the tables as they were published, which no name says.
PUBLISHED = "published"


def named(edition: str, scenario: str | None = None) -> str:
    """The name of an edition under a scenario.

    >>> named("2020", "central"), named("2020", "published")
    ('2020.central', '2020')
    """
    return f"{edition}.{scenario}" if scenario not in (None, "", PUBLISHED) else edition


def parts(name: str) -> tuple[str, str]:
    """The edition and the scenario in a name.

    >>> parts("2020.central"), parts("2020")
    (('2020', 'central'), ('2020', 'published'))
    """
    edition, _, scenario = name.partition(".")
    return edition, scenario or PUBLISHED


def file(name: str, edition: str) -> str:
    """The name of a file of an edition, which says its scenario.

    >>> file("here.pdf", "2020.central"), file("here.pdf", "2020")
    ('here.central.pdf', 'here.pdf')
    """
    stem, _, kind = name.rpartition(".")
    return f"{named(stem, parts(edition)[1])}.{kind}"
