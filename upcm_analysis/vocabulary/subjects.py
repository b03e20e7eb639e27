"""The subjects of the programme: the Netherlands, provinces, clusters and product groups, projects and teams."""

import pandas as pd

from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, subjects

NL = Subject()
#: The kinds of subject that are a part of the industry in a place.
CROSSINGS = ("cluster-province", "product-group-province")


def provinces() -> list[Subject]:
    """Return the twelve provinces in CBS order, north to south."""
    return subjects("province")


def clusters() -> list[Subject]:
    """Return the five clusters in the order of the source."""
    return subjects("cluster")


def groups_of(cluster: Subject) -> list[str]:
    """Return the product groups that a cluster is known to consist of; none where that is not published."""
    return entries("clusters")[cluster.cluster]["sbi"].split()


def unions() -> dict[str, list[str]]:
    """Return the clusters that consist of whole product groups, and which these are."""
    return {one.cluster: groups_of(one) for one in clusters() if groups_of(one)}


def product_groups() -> list[Subject]:
    """Return the thirteen product groups in SBI order."""
    return subjects("product-group")


def projects() -> list[Subject]:
    """Return the projects of the programme, in the order of its documents."""
    return subjects("project")


def teams() -> list[Subject]:
    """Return the six teams of the programme."""
    return subjects("team")


def grounds_of(sources: str) -> pd.DataFrame:
    """Return the national figures that point sources are compared with, by product group; empty where none is."""
    table = codelist("coverage")
    return table[table.index.get_level_values(0) == sources].droplevel(0)
