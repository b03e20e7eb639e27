"""The indicators of the published tables, and those that several topics take from them."""

#: The eleven figures of the three tables.
PUBLISHED = [
    "jobs_k",
    "labour_volume_k",
    "organisations_0_50",
    "organisations_51_100",
    "organisations_over_100",
    "turnover_meur",
    "value_added_meur",
    "value_added_potential_meur",
    "co2_kt",
    "co2_reduction_kt",
    "material_mkg",
]
SIZE_CLASSES = ["organisations_0_50", "organisations_51_100", "organisations_over_100"]
#: Each ratio: what it is called, what is divided, by what. The factor follows from the units.
RATIOS = [
    ("organisations_0_50_pct", "organisations_0_50", "organisations"),
    ("organisations_51_100_pct", "organisations_51_100", "organisations"),
    ("organisations_over_100_pct", "organisations_over_100", "organisations"),
    ("jobs_per_organisation", "jobs_k", "organisations"),
    ("value_added_per_job_keur", "value_added_meur", "jobs_k"),
    ("value_added_per_organisation_meur", "value_added_meur", "organisations"),
    ("co2_per_value_added_kg_eur", "co2_kt", "value_added_meur"),
    ("material_per_value_added_kg_eur", "material_mkg", "value_added_meur"),
]
#: Of a product group the whole percentage that fits; of all others, and where one always fits, the quotient.
PERCENTAGES = [
    ("value_added_potential_pct", "value_added_potential_meur", "value_added_meur"),
    ("co2_reduction_pct", "co2_reduction_kt", "co2_kt"),
]
#: The CO2 of the known point sources in a place, or of a cluster.
POINT_SOURCES = "co2_point_sources_kt"
#: Which part of an independent national figure the known point sources of a product group are.
COVERAGE = "co2_point_sources_coverage_pct"
