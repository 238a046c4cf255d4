"""The tables as databases know them: types that hold what columns say, in each kind of database."""

from typing import Any

from git_feedback.exports.schema import TABLES, Column, Table

PREFIX = "feedback_"
"""Before the name of each table: a warehouse has an `items` of its own."""
_KEY = 191
"""Characters of a text that names a row: what MySQL indexes in every character set."""
_MYSQL = {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}
"""Tables that change as a whole or not at all, hold every sign there is, and tell `a` from `A` in ids."""


def shapes(metadata: Any) -> dict[str, Any]:
    """SQLAlchemy's tables by the names of ours."""
    return {table.name: _shape(table, metadata) for table in TABLES}


def _shape(table: Table, metadata: Any) -> Any:
    from sqlalchemy import Table as Shape

    options: dict[str, Any] = {
        f"{kind}_{name}": value for kind in ("mysql", "mariadb") for name, value in _MYSQL.items()
    }
    return Shape(PREFIX + table.name, metadata, *(_column(column) for column in table.columns), **options)


def _column(column: Column) -> Any:
    import sqlalchemy as sa
    from sqlalchemy.dialects.mysql import MEDIUMTEXT

    text = sa.Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb")
    types: dict[str, Any] = {
        "text": sa.String(_KEY) if column.key or column.to else text,
        "whole": sa.BigInteger(),
        "real": sa.Double(),
        "flag": sa.Boolean(),
        "moment": sa.DateTime(timezone=True),
        "date": sa.Date(),
    }
    return sa.Column(column.name, types[column.kind], primary_key=column.key, autoincrement=False)
