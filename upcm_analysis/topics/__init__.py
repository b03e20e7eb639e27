"""The topics, a folder each: sources, methods, how they are joined, and blocks."""

#: The topics by name, in the order in which a later one may use the tables of an earlier one.
TOPICS = ("figures", "regions", "scenarios", "functions", "programme", "editions")
