"""The concordance: what figures of SBI classes are of product groups and of their parts in clusters."""

import numpy as np
import pandas as pd

from upcm_analysis.topics.regions import concordance

CLASSES = pd.Series({"281": "28", "282": "28", "289": "28", "251": "25"}, name="product_group")
DIVIDED = pd.DataFrame(
    [
        ("281", "28", "high-tech", 100.0),
        ("282", "28", "high-tech", 25.0),
        ("282", "28", "bouw-en-constructie", 75.0),
        ("289", "28", "bouw-en-constructie", 100.0),
        ("251", "25", "bouw-en-constructie", 100.0),
    ],
    columns=["sbi", "product_group", "cluster", "share_pct"],
)


def known(*rows):
    """Known jobs: place, cluster, product group, class, low and high of each."""
    made = [("jobs_k", *row, f"known.csv row {line}") for line, row in enumerate(rows, start=2)]
    return pd.DataFrame(made, columns=["indicator", "place", "cluster", "product_group", "sbi", "low", "high", "where"])


def found(table, place, cluster, group):
    (row,) = table[(table.place == place) & (table.cluster == cluster) & (table.product_group == group)].itertuples()
    return row.low, row.high


ALL = known(
    ("PV20", "", "28", "281", 10, 12), ("PV20", "", "28", "282", 4, 8), ("PV20", "", "28", "289", 1, 1),
)  # fmt: skip


def test_classes_add_to_product_groups_and_to_their_parts_in_clusters():
    table = concordance.rolled_up(ALL, CLASSES, DIVIDED)
    assert found(table, "PV20", "", "28") == (15, 21)
    assert found(table, "PV20", "high-tech", "28") == (10 + 1, 12 + 2)
    assert found(table, "PV20", "bouw-en-constructie", "28") == (3 + 1, 6 + 1)
    assert set(table["where"]) == {
        "known.csv row 2, known.csv row 3 and 1 more", "known.csv row 2, known.csv row 3", "known.csv row 3, known.csv row 4",
    }  # fmt: skip


def test_a_class_that_is_not_known_is_not_zero():
    """Without 289 there is a lower end of the product group and of Building, and nothing new of High Tech."""
    table = concordance.rolled_up(ALL.head(2), CLASSES, DIVIDED)
    assert found(table, "PV20", "", "28") == (14, np.inf)
    assert found(table, "PV20", "bouw-en-constructie", "28") == (3, np.inf)
    assert found(table, "PV20", "high-tech", "28") == (11, 14)


def test_without_a_concordance_classes_tell_of_their_product_group_alone():
    table = concordance.rolled_up(ALL, CLASSES)
    assert len(table) == 1 and found(table, "PV20", "", "28") == (15, 21)


def test_a_national_figure_of_a_class_tells_of_clusters_alone():
    table = concordance.rolled_up(ALL.assign(place="NL"), CLASSES, DIVIDED)
    assert set(table.cluster) == {"high-tech", "bouw-en-constructie"}


def test_figures_of_product_groups_and_clusters_stay_as_they_are():
    rows = known(("PV21", "", "25", "", 3, 4), ("PV22", "high-tech", "", "", 7, 9))
    table = concordance.rolled_up(rows, CLASSES, DIVIDED)
    assert list(table.low) == [3, 7] and list(table["where"]) == ["known.csv row 2", "known.csv row 3"]
    assert list(table.columns) == concordance.KNOWN


def test_a_cluster_has_part_of_the_product_groups_whose_classes_it_has():
    assert concordance.parts(DIVIDED) == {"high-tech": ["28"], "bouw-en-constructie": ["25", "28"]}
