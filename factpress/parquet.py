"""Parquet: tables written and read with their types, by DuckDB."""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from factpress.errors import PartFailed


def write(table: pd.DataFrame, path: Path, notes: Mapping[str, str] | None = None) -> None:
    """Write a table, with `notes` as metadata. The same table makes the same bytes."""
    import duckdb  # here, because who only reads pages needs none

    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")  # one row group after another: the same bytes each time
        connection.register("written", table)
        said = ", ".join(f"{name}: {_quoted(text)}" for name, text in (notes or {}).items())
        form = f"FORMAT parquet, KV_METADATA {{{said}}}" if said else "FORMAT parquet"
        try:
            connection.execute(f"COPY written TO {_quoted(os.fspath(path))} ({form})")
        except duckdb.Error as error:  # as of a full disk
            raise PartFailed(f"{path} cannot be written: {str(error).splitlines()[0]}") from None


def read(path: Path) -> pd.DataFrame:
    """Read a table as it was written; a missing text is None."""
    import duckdb  # here, because who only reads pages needs none

    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        return connection.execute(f"SELECT * FROM read_parquet({_quoted(os.fspath(path))})").df()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
