"""A query as SQL over the rows of the index.  The words of the language are those that `desk.query` took: the index
holds them, and a term that is not among them is left to it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from git_feedback.clock.periods import span
from git_feedback.text import fold

Vocabulary = Mapping[str, Mapping[str, Sequence[str]] | None]
"""For each field the values that may be given, and what each means; None where any value may be given."""

FIELDS = ("id", "state", "level", "department", "owner", "category", "channel", "area", "language")
"""Fields that are a column each."""


class Asked(NamedTuple):
    """A condition and the values for its places."""

    where: str
    values: tuple[object, ...] = ()


class _Moment(NamedTuple):
    """When it is asked, in the zone of the office, and the zone of the desk, whose days are asked for."""

    now: datetime
    zone: str
    desk: str

    @property
    def second(self) -> int:
        return int(self.now.timestamp())

    @property
    def today(self) -> str:
        return self.now.astimezone(ZoneInfo(self.zone)).date().isoformat()


def _planned(value: str, at: _Moment) -> Asked:
    if value == "late":
        return Asked("planned_due < ?", (at.today,))
    return Asked("planned = ?", (value == "yes",))


def _snoozed(value: str, at: _Moment) -> Asked:
    return Asked(
        "coalesce(snoozed_until, '') > ?" if value == "yes" else "coalesce(snoozed_until, '') <= ?", (at.today,)
    )


def _force(value: str, _: _Moment) -> Asked:
    return Asked("force = ?", (value == "yes",))


def _copied(value: str, _: _Moment) -> Asked:
    return Asked("instr(copied, ?) > 0", (f"\n{value}\n",))


def _clock(value: str, at: _Moment) -> Asked:
    by_value = {
        "none": Asked("clock = ''"),
        "paused": Asked("clock = 'paused'"),
        "running": Asked("clock = 'running' AND late_from > ?", (at.second,)),
        "breached-open": Asked("clock = 'running' AND late_from <= ?", (at.second,)),
        "breached": Asked("clock = 'running' AND late_from <= ?", (at.second,)),
    }
    return by_value[value]


def _returned(value: str, _: _Moment) -> Asked:
    return Asked("returned >= ?", (int(value),))


def _older(value: str, at: _Moment) -> Asked:
    return Asked("received < ?", (at.second - int(value[:-1]) * 86_400,))


def _received(value: str, at: _Moment) -> Asked | None:
    try:
        first, end = (int(moment.timestamp()) for moment in span(value, ZoneInfo(at.desk)))
    except ValueError:
        return None
    return Asked("received >= ? AND received < ?", (first, end))


def _ref(value: str, _: _Moment) -> Asked:
    return Asked("substr(ref, 1, ?) = ?", (len(value), value))


TESTS: Mapping[str, tuple[str, Callable[[str, _Moment], Asked | None]]] = {
    "planned": ("yes|no|late", _planned),
    "snoozed": ("yes|no", _snoozed),
    "force": ("yes|no", _force),
    "copied": ("[^\n]+", _copied),
    "clock": ("none|paused|running|breached-open|breached", _clock),
    "returned": ("[0-9]{1,3}", _returned),
    "older": ("[1-9][0-9]{0,3}d", _older),
    "received": ("[0-9q.-]+", _received),
    "ref": ("[0-9a-f]{8,64}", _ref),
}
"""Fields that are no single word of an item: the values that are understood here, and what they ask."""


def asked(text: str, vocabulary: Vocabulary, now: datetime, zone: str, desk: str) -> Asked | None:
    """What a query asks of a row; None where that is not surely known.  `zone` is the office's, `desk` the desk's."""
    at = _Moment(now, zone, desk)
    found = [_term(term, vocabulary, at) for term in fold(text).split()]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    return Asked(" AND ".join(f"({one.where})" for one in known) or "1", tuple(v for one in known for v in one.values))


def _term(term: str, vocabulary: Vocabulary, at: _Moment) -> Asked | None:
    name, colon, rest = term.partition(":")
    if not colon:
        return Asked("path IN (SELECT path FROM said WHERE instr(words, ?) > 0)", (term,))
    if name not in vocabulary:
        return None
    values, known = [value for value in rest.split(",") if value], vocabulary[name]
    if known is not None and any(value not in known for value in values):
        return None
    if name in TESTS:
        form, test = TESTS[name]
        tests = [test(value, at) if re.fullmatch(form, value) else None for value in values]
        understood = [one for one in tests if one is not None]
        return _any(understood) if len(understood) == len(tests) else None
    wanted = [meant for value in values for meant in (known[value] if known is not None else (value,))]
    return _one_of(name, wanted) if name in FIELDS else None


def _any(tests: Sequence[Asked]) -> Asked:
    """One of them holds; of none, none."""
    return Asked(" OR ".join(f"({one.where})" for one in tests) or "0", tuple(v for one in tests for v in one.values))


def _one_of(name: str, wanted: Sequence[str]) -> Asked:
    """A field is one of the wanted; a category also as its group."""
    columns = (name, "category_group") if name == "category" else (name,)
    places = ", ".join("?" * len(wanted))
    return Asked(" OR ".join(f"{column} IN ({places})" for column in columns), tuple(wanted) * len(columns))
