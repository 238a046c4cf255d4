"""Ways in: raw input becomes submissions, one format a file; forms are rendered and read here too.

`FORMATS` is the list of what `git feedback import` reads.
"""

from collections.abc import Mapping

from git_feedback.intake import paper_box
from git_feedback.intake.chat import transcripts as chat
from git_feedback.intake.landing import Taken, land
from git_feedback.intake.mail import mbox
from git_feedback.intake.mail import message as mail
from git_feedback.intake.paper_box import ENTERED_LATE
from git_feedback.intake.rows import File, Private, Remark, Row
from git_feedback.intake.sources import Format, Source
from git_feedback.intake.tables import csv_rows, json_rows, xlsx_rows
from git_feedback.intake.tables.mapping import Mapping as ColumnMapping
from git_feedback.intake.tables.mapping import load as load_mapping
from git_feedback.intake.tables.mapping import preset
from git_feedback.intake.tables.opening import Opener
from git_feedback.intake.tables.table import ENDED_TOO_EARLY

FORMATS: Mapping[str, Format] = {
    "csv": Format(csv_rows.read, maps=True, suffixes=(".csv", ".tsv")),
    "xlsx": Format(xlsx_rows.read, maps=True, suffixes=(".xlsx", ".xlsm")),
    "json": Format(json_rows.read, maps=True, suffixes=(".json",)),
    "jsonl": Format(json_rows.read_lines, maps=True, suffixes=(".jsonl", ".ndjson")),
    "eml": Format(mail.read, suffixes=(".eml",)),
    "chat": Format(chat.read, suffixes=(".chat",)),
    "mbox": Format(mbox.read, suffixes=(".mbox", ".mbx")),
    "paper-box": Format(paper_box.read),
}

TABLES: Mapping[str, Opener] = {
    "csv": csv_rows.opened,
    "xlsx": xlsx_rows.opened,
    "json": json_rows.opened,
    "jsonl": json_rows.lines_opened,
}
"""How the formats with mappings are opened before anything is known of their columns."""

__all__ = [
    "ENDED_TOO_EARLY",
    "ENTERED_LATE",
    "FORMATS",
    "TABLES",
    "ColumnMapping",
    "File",
    "Format",
    "Private",
    "Remark",
    "Row",
    "Source",
    "Taken",
    "land",
    "load_mapping",
    "preset",
]
