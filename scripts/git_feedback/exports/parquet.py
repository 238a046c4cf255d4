"""A folder of Parquet files, one a table, for DuckDB, Spark, pandas and their kin: typed columns, moments in UTC."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from git_feedback.exports.new_files import new_files
from git_feedback.exports.rows import Row
from git_feedback.exports.schema import TABLES, Table
from git_feedback.exports.writing import Part, Put


@dataclass(frozen=True)
class ParquetFolder:
    """`<table>.parquet` for every table in a folder."""

    folder: Path

    def prepare(self) -> None:
        """Raises ImportError without pyarrow."""
        import pyarrow.parquet  # noqa: F401

    def told(self, table: Table, rows: Sequence[Row]) -> bytes:
        """A stream of Arrow."""
        import pyarrow as pa

        shape, sink = _shape(table), pa.BufferOutputStream()
        columns = zip(*rows, strict=True)
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, shape, strict=True)]
        with pa.ipc.new_stream(sink, shape) as stream:
            stream.write_batch(pa.record_batch(arrays, schema=shape))
        told: bytes = sink.getvalue().to_pybytes()
        return told

    @contextmanager
    def open(self) -> Iterator[Put]:
        """Files that grow side by side, a group of rows for each part."""
        import pyarrow as pa
        from pyarrow import parquet

        names = {table.name: f"{table.name}.parquet" for table in TABLES}
        with new_files(self.folder, list(names.values())) as there, ExitStack() as opened:
            files = {
                table.name: opened.enter_context(
                    parquet.ParquetWriter(str(there / names[table.name]), _shape(table), compression="zstd")
                )
                for table in TABLES
            }

            def put(part: Part) -> None:
                with pa.ipc.open_stream(part.told) as stream:
                    files[part.table.name].write_table(stream.read_all())

            yield put
            opened.close()


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
