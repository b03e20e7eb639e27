"""The method: tables in, tables out. Knows neither where figures came from nor how they are told.

All functions work on *figures*: a table with one row a figure, its `indicator`, subject (`place`, `cluster`,
`product_group`, `scope`), `value` with the interval `low` to `high` that rounding in the source leaves, and `inputs`,
the fact ids that it was calculated from.
"""
