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


_WHOSE = (
    Column("department", to="names"),
    Column("department_name"),
    Column("owner", to="names"),
    Column("owner_name"),
)
_WHAT = (Column("category", to="names"), Column("category_name"))
_LEVEL = (Column("level", to="names"), Column("level_name"))
_BY_WHICH_WAY = (Column("channel", to="names"), Column("channel_name"))

ITEMS = Table(
    "items",
    (
        Column("id", key=True),
        Column("received", "moment"),
        Column("received_date", "date", to="calendar"),
        Column("received_month"),
        Column("landed", "moment"),
        *_BY_WHICH_WAY,
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
        Column("state_name"),
        Column("since", "moment"),
        *_WHAT,
        Column("category_group"),
        Column("tags"),
        *_LEVEL,
        Column("urgency", "whole"),
        Column("impact", "whole"),
        *_WHOSE,
        Column("answered", "moment"),
        Column("answer_h", "real"),
        Column("resolved", "moment"),
        Column("resolved_date", "date", to="calendar"),
        Column("resolved_month"),
        Column("resolve_h", "real"),
        Column("replied", "moment"),
        Column("finished", "moment"),
        Column("finished_date", "date", to="calendar"),
        Column("verdict"),
        Column("csat", "whole"),
        Column("nps", "whole"),
        Column("reopened", "whole"),
        Column("returned", "whole"),
        Column("duplicate_of", to="items"),
        Column("in_backlog", "flag"),
        Column("is_late", "flag"),
        Column("was_late", "flag"),
    ),
)

EVENTS = Table(
    "events",
    (
        Column("item_id", key=True, to="items"),
        Column("position", "whole", key=True),
        Column("verb"),
        Column("verb_name"),
        Column("at", "moment"),
        Column("at_date", "date", to="calendar"),
        Column("by", to="names"),
        Column("by_name"),
        Column("by_machine", "flag"),
        *_WHAT,
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
        Column("clock_name"),
        Column("cycle", "whole", key=True),
        Column("outcome"),
        Column("outcome_name"),
        Column("is_promise", "flag"),
        *_LEVEL,
        *_WHAT,
        Column("department", to="names"),
        Column("department_name"),
        *_BY_WHICH_WAY,
        Column("started", "moment"),
        Column("started_date", "date", to="calendar"),
        Column("due", "moment"),
        Column("stopped", "moment"),
        Column("judged_date", "date", to="calendar"),
        Column("judged_month"),
        Column("elapsed_s", "whole"),
        Column("target_s", "whole"),
        Column("late_s", "whole"),
        Column("calendar"),
    ),
)

HOLDINGS = Table(
    "holdings",
    (
        Column("item_id", key=True, to="items"),
        Column("position", "whole", key=True),
        Column("department", to="names"),
        Column("department_name"),
        Column("since", "moment"),
        Column("since_date", "date", to="calendar"),
        Column("until", "moment"),
        Column("worked_s", "whole"),
        Column("waited_s", "whole"),
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

OF_ITEMS = (ITEMS, EVENTS, CLOCKS, HOLDINGS)
"""Tables whose rows belong to an item: they can be made for some items at a time."""
TABLES = (*OF_ITEMS, CALENDAR, NAMES)
"""Every table, those that others point to not before them: targets set no foreign keys."""
