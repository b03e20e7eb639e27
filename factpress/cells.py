"""Cells: the printed numbers that facts rest on in the end, by row, column and source."""


def cell_name(row: str, column: str, part: int, source: str) -> str:
    """Return how a source cell is named among the inputs of a fact.

    >>> cell_name("Here", "Books", 2, "folder/table")
    'folder/table[Here | Books | 2]'
    """
    return f"{source}[{row} | {column}" + (f" | {part}]" if part > 1 else "]")
