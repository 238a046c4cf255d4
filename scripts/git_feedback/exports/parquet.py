"""A folder of Parquet files, one a table, for DuckDB, Spark, pandas and their kin: typed columns, moments in UTC."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from git_feedback.exports.schema import TABLES, Table
from git_feedback.exports.star import Cell, Star

BATCH = 20_000


def write(star: Star, folder: Path) -> dict[str, int]:
    """Write `<table>.parquet` for every table.  Gives the rows by table."""
    folder.mkdir(parents=True, exist_ok=True)
    return {table.name: _table(table, star, folder / f"{table.name}.parquet") for table in TABLES}


def _table(table: Table, star: Star, path: Path) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    shape = _shape(table)
    count = 0
    with parquet.ParquetWriter(str(path), shape, compression="zstd") as file:
        for batch in _batches(star.rows(table.name)):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(values, type=field.type) for values, field in zip(columns, shape, strict=True)]
            file.write_table(pa.Table.from_arrays(arrays, schema=shape))
            count += len(batch)
    return count


def _batches(rows: Iterator[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _shape(table: Table) -> Any:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "moment": pa.timestamp("us", tz="UTC"),
        "date": pa.date32(),
    }
    return pa.schema([pa.field(column.name, types[column.kind]) for column in table.columns])
