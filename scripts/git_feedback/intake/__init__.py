"""Ways in: raw input becomes submissions, one format a file; forms are rendered here too.

`FORMATS` is the list of what `git feedback import` reads: bytes and a mapping in, rows out.
"""

from collections.abc import Callable, Iterator, Mapping

from git_feedback.intake import csv_rows
from git_feedback.intake.landing import Taken, land
from git_feedback.intake.mapping import Mapping as ColumnMapping
from git_feedback.intake.mapping import load as load_mapping
from git_feedback.intake.mapping import preset
from git_feedback.intake.rows import Remark, Row
from git_feedback.intake.table import ENDED_TOO_EARLY

FORMATS: Mapping[str, Callable[[bytes, ColumnMapping], Iterator[Row]]] = {"csv": csv_rows.read}

__all__ = ["ENDED_TOO_EARLY", "FORMATS", "ColumnMapping", "Remark", "Row", "Taken", "land", "load_mapping", "preset"]
