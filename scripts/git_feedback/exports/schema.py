"""The tables of an export and their columns: the one description that every target and the documentation follow.

A column's words are in the catalogues under `export-<table>-<column>`; columns of the same name mean the same thing.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "real", "flag", "moment", "date"]
"""`moment` is an instant (UTC where a target keeps zones), `date` a day in the desk's zone, `flag` true or false."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `key` marks those that together name a row, `to` the table whose rows its values name."""

    name: str
    kind: Kind = "text"
    key: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name, with its columns in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


_WHOSE = (Column("department", to="names"), Column("owner", to="names"))

ITEMS = Table(
    "items",
    (
        Column("id", key=True),
        Column("received", "moment"),
        Column("received_date", "date", to="calendar"),
        Column("landed", "moment"),
        Column("channel", to="names"),
        Column("source"),
        Column("record"),
        Column("language"),
        Column("title"),
        Column("text"),
        Column("product"),
        Column("area"),
        Column("device"),
        Column("latitude", "real"),
        Column("longitude", "real"),
        Column("rating", "whole"),
        Column("expected", "date"),
        Column("submitter_kind"),
        Column("submitter_ref"),
        Column("state"),
        Column("since", "moment"),
        Column("category", to="names"),
        Column("category_group"),
        Column("tags"),
        Column("level"),
        Column("urgency", "whole"),
        Column("impact", "whole"),
        *_WHOSE,
        Column("answered", "moment"),
        Column("resolved", "moment"),
        Column("replied", "moment"),
        Column("finished", "moment"),
        Column("verdict"),
        Column("csat", "whole"),
        Column("nps", "whole"),
        Column("reopened", "whole"),
        Column("returned", "whole"),
        Column("duplicate_of", to="items"),
        Column("is_late", "flag"),
    ),
)

EVENTS = Table(
    "events",
    (
        Column("item_id", key=True, to="items"),
        Column("position", "whole", key=True),
        Column("verb"),
        Column("at", "moment"),
        Column("at_date", "date", to="calendar"),
        Column("by", to="names"),
        Column("by_machine", "flag"),
        Column("category", to="names"),
        *_WHOSE,
        Column("channel"),
        Column("verdict"),
        Column("words"),
    ),
)

CLOCKS = Table(
    "clocks",
    (
        Column("item_id", key=True, to="items"),
        Column("clock", key=True),
        Column("cycle", "whole", key=True),
        Column("outcome"),
        Column("level"),
        Column("department", to="names"),
        Column("channel", to="names"),
        Column("started", "moment"),
        Column("started_date", "date", to="calendar"),
        Column("due", "moment"),
        Column("stopped", "moment"),
        Column("elapsed_s", "whole"),
        Column("target_s", "whole"),
        Column("late_s", "whole"),
        Column("calendar"),
    ),
)

CALENDAR = Table(
    "calendar",
    (
        Column("date", "date", key=True),
        Column("year", "whole"),
        Column("quarter"),
        Column("month"),
        Column("iso_week"),
        Column("weekday", "whole"),
        Column("is_working_day", "flag"),
        Column("working_s", "whole"),
    ),
)

NAMES = Table("names", (Column("kind", key=True), Column("id", key=True), Column("en"), Column("zh")))

TABLES = (ITEMS, EVENTS, CLOCKS, CALENDAR, NAMES)
"""Every table, those that others point to not before them: targets set no foreign keys."""
