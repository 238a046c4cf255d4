"""The one query language: `state:open level:P0,P1 department:support 退款`.

Words are looked for in title, text and id; `field:a,b` holds when the field is a or b; all terms must hold.  Wide
colons and commas of a Chinese keyboard are as good as narrow ones.  The queue of the site speaks it too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from git_feedback.clock import periods
from git_feedback.desk import sla
from git_feedback.desk.life import FINISHED, OPEN, STATES, UNFINISHED
from git_feedback.desk.standing import Standing
from git_feedback.policy import Policy
from git_feedback.text import fold

_GROUPS = {"open": OPEN, "unfinished": UNFINISHED, "finished": FINISHED, "all": STATES}

SOON_SHARE = 0.25
"""From the 75 % rung of its target on a clock is nearly due ..."""
SOON_S = 1800
"""... or with less than half an hour left."""

FIELDS: Mapping[str, Callable[[Standing], str]] = {
    "id": lambda one: one.item.id,
    "state": lambda one: one.state.life,
    "level": lambda one: one.state.level or "",
    "department": lambda one: one.state.department or "",
    "owner": lambda one: one.state.owner or "",
    "category": lambda one: one.state.category or "",
    "channel": lambda one: one.item.channel,
    "area": lambda one: one.item.area or "",
    "language": lambda one: one.item.language or "",
}

Test = Callable[[Standing], bool]
"""Whether an item is as one value of a field says."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One value of a field, asked for at a moment."""

    value: str
    policy: Policy
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.policy.office.tz).date()


CLOCKS: Mapping[str, Callable[[sla.Clock], bool]] = {
    "running": lambda clock: clock.state == "running",
    "soon": lambda clock: clock.state == "running" and (clock.left <= clock.target * SOON_SHARE or clock.left < SOON_S),
    "paused": lambda clock: clock.state == "paused",
    "breached-open": lambda clock: clock.state == "breached-open",
    "breached": lambda clock: clock.state == "breached-open",
}
"""What may be asked of the clock that asks first; what is soon due runs, too."""


def _clock(asked: _Asked) -> Test:
    """`none` where no clock goes on: nothing was promised, or all of it is done."""
    if asked.value == "none":
        return lambda one: one.worst is None
    holds = CLOCKS[asked.value]
    return lambda one: one.worst is not None and holds(one.worst)


def _ref(asked: _Asked) -> Test:
    """Of the same submitter: the beginning of the reference is enough, from eight characters on."""
    if not re.fullmatch("[0-9a-f]{8,64}", asked.value):
        raise UnknownValue("ref", asked.value, ("5b1c6e0a",))
    return lambda one: bool(one.item.submitter and (one.item.submitter.ref or "").startswith(asked.value))


def _planned(asked: _Asked) -> Test:
    """yes, no, or late: the day until which it was to be done is over."""
    if asked.value != "late":
        return lambda one: (one.state.planned is not None) == (asked.value == "yes")
    today = asked.today
    return lambda one: bool(one.state.planned and one.state.planned.due and one.state.planned.due < today)


def _snoozed(asked: _Asked) -> Test:
    today = asked.today
    return lambda one: bool(one.state.snoozed_until and today < one.state.snoozed_until) == (asked.value == "yes")


def _force(asked: _Asked) -> Test:
    return lambda one: one.state.task_force == (asked.value == "yes")


def _copied(asked: _Asked) -> Test:
    return lambda one: asked.value in map(fold, one.state.copied_to)


def _returned(asked: _Asked) -> Test:
    """So many times, or more often."""
    if not re.fullmatch("[0-9]{1,3}", asked.value):
        raise UnknownValue("returned", asked.value, ("1", "2", "3"))
    times = int(asked.value)
    return lambda one: one.state.returns >= times


def _older(asked: _Asked) -> Test:
    """Received longer ago: `5wd` once the fifth working day after that day has closed, `5d` after five times 24 hours."""
    form = re.fullmatch("([1-9][0-9]{0,3})(wd|d)", asked.value)
    if form is None:
        raise UnknownValue("older", asked.value, ("5wd", "5d"))
    days, office, now = int(form[1]), asked.policy.office, asked.now
    if form[2] == "wd":
        return lambda one: now > office.close_of_day(one.item.received, days)
    return lambda one: now - one.item.received > timedelta(days=days)


def _received(asked: _Asked) -> Test:
    """On a day of the desk's zone, in a month, quarter or year, or from one to another, both included."""
    try:
        first, end = periods.span(asked.value, asked.policy.zone)
    except ValueError:
        raise UnknownValue("received", asked.value, periods.SPANS) from None
    return lambda one: first <= one.item.received < end


TESTS: Mapping[str, Callable[[_Asked], Test]] = {
    "clock": _clock,
    "ref": _ref,
    "planned": _planned,
    "snoozed": _snoozed,
    "force": _force,
    "copied": _copied,
    "returned": _returned,
    "older": _older,
    "received": _received,
}
"""Fields that are no single word of an item."""
NAMES = (*FIELDS, *TESTS)
"""Every field that a query may name."""


class UnknownField(ValueError):
    """A query asks for a field that items do not have: its name."""


CLOSED: Mapping[str, Callable[[Policy], Iterable[str]]] = {
    "state": lambda _: (*_GROUPS, *STATES),
    "level": lambda policy: sorted({level for edition in policy.editions for level in edition.levels}),
    "department": lambda policy: policy.departments,
    "owner": lambda policy: policy.people,
    "category": lambda policy: dict.fromkeys(part for one in policy.categories for part in (one.split("/")[0], one)),
    "channel": lambda policy: policy.channels,
    "clock": lambda _: (*CLOCKS, "none"),
    "planned": lambda _: ("yes", "no", "late"),
    "snoozed": lambda _: ("yes", "no"),
    "force": lambda _: ("yes", "no"),
    "copied": lambda policy: policy.departments,
}
"""Fields whose values are known, and their values."""


FORMER: Mapping[str, Callable[[Policy], Mapping[str, str]]] = {
    "department": lambda policy: policy.department_ids,
    "category": lambda policy: policy.category_ids,
}
"""Fields whose values may have been called otherwise: former names, and those of now."""


class UnknownValue(ValueError):
    """A query asks for a value that a field never has."""

    def __init__(self, field: str, given: str, known: tuple[str, ...]) -> None:
        super().__init__(given)
        self.field, self.given, self.known = field, given, known


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; an empty one fits everything."""

    fields: tuple[tuple[str, frozenset[str]], ...]
    words: tuple[str, ...]
    tests: tuple[tuple[Test, ...], ...] = ()
    """For each field of TESTS what its values mean: one of them must hold."""

    def fits(self, one: Standing) -> bool:
        """Whether an item is asked for."""
        return self.fits_fields(one) and self._says(f"{one.item.id} {one.item.title} {one.item.text or ''}")

    def fits_by_title(self, one: Standing) -> bool:
        """Whether an item is asked for when words are looked for in id and title alone."""
        return self.fits_fields(one) and self._says(f"{one.item.id} {one.item.title}")

    def fits_fields(self, one: Standing) -> bool:
        """Whether the fields of an item are as asked for, whatever its words are."""
        plain = all(_holds(name, wanted, one) for name, wanted in self.fields)
        return plain and all(any(test(one) for test in tests) for tests in self.tests)

    def _says(self, said: str) -> bool:
        if not self.words:
            return True
        text = fold(said)
        return all(word in text for word in self.words)


def parse(text: str, policy: Policy, now: datetime, me: str | None = None) -> Query:
    """The query that `text` writes, asked at `now`; `owner:me` is `me`, where somebody is known to ask.

    Raises UnknownField, UnknownValue.
    """
    fields, words, tests = [], [], []
    for term in fold(text).split():
        name, colon, values = term.partition(":")
        if not colon:
            words.append(term)
        elif name in FIELDS:
            fields.append((name, _values(name, _mine(name, values, me), policy)))
        elif name in TESTS:
            given = sorted(_values(name, values, policy))
            tests.append(tuple(TESTS[name](_Asked(value, policy, now)) for value in given))
        else:
            raise UnknownField(name)
    return Query(tuple(fields), tuple(words), tuple(tests))


def _mine(name: str, values: str, me: str | None) -> str:
    """The values of a field with the one who asks in the place of `me`."""
    if name != "owner" or me is None:
        return values
    return ",".join(fold(me) if value == "me" else value for value in values.split(","))


def _values(name: str, values: str, policy: Policy) -> frozenset[str]:
    former = FORMER[name](policy) if name in FORMER else {}
    given = [former.get(value, value) for value in values.split(",") if value]
    known = tuple(CLOSED[name](policy)) if name in CLOSED else None
    for value in given:
        if known is not None and value not in map(fold, known):
            raise UnknownValue(name, value, known)
    if name != "state":
        return frozenset(given)
    return frozenset(state for value in given for state in _GROUPS.get(value, (value,)))


def _holds(name: str, wanted: frozenset[str], one: Standing) -> bool:
    """Whether a field is one of the wanted; a category also as its group."""
    value = fold(FIELDS[name](one))
    return value in wanted or (name == "category" and value.split("/")[0] in wanted)
