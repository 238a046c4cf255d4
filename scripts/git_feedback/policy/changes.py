"""Edits of the policy that would change the past: what has judged clocks goes on judging them as it did.

A verdict follows from events, the edition in force and the calendar.  An edition that has begun, hours of days that
are past, the desk's zone and its office calendar are therefore closed books; new rules come as an edition that begins
later, new hours as a calendar of a new name.  Each file is compared by itself: of one that cannot be read, before or
now, nothing is said here, the policy's reader speaks of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from git_feedback import notation
from git_feedback.clock import Calendar, Duration
from git_feedback.model import Place, Problem
from git_feedback.model.problem import nearest
from git_feedback.policy.calendar_files import CalendarFile
from git_feedback.policy.calendar_reading import FOLDER, calendar, calendars_in
from git_feedback.policy.files import DeskFile, EditionPart, Part, SlaFile
from git_feedback.policy.model import Calendars

Sources = Mapping[str, bytes]
"""Path from the top of the repository -> bytes."""

_DESK, _SLA = "policy/desk.yml", "policy/sla.yml"
_JUDGES_NOTHING = frozenset({"reviewed", "name", "notice"})
"""Keys that no clock looks at, wherever they stand."""

_AnyPart = TypeVar("_AnyPart", bound=Part)


def today(base: Sources, now: datetime) -> date | None:
    """The date it is at the desk, None where its desk.yml cannot be read.

    Where the office lies in another zone, the later date of the two: an edition begins with the day of the office.
    """
    rules = _Rules.read(base)
    if rules.desk is None:
        return None
    office = rules.calendars.plans.get(rules.desk.office)
    zones = {rules.desk.zone, office.zone if office else rules.desk.zone}
    return max(now.astimezone(ZoneInfo(zone)).date() for zone in zones)


def past_changes(base: Sources, head: Sources, day: date) -> Iterator[Problem]:
    """What the policy `head` would judge otherwise than `base` did, at its place in `head`.

    `day` is the day it is at the desk: editions that begin on it or before have judged, the hours of days before it
    are settled.  Only calendars that have judged count: the office, and those that an edition in force has named.
    """
    before, after = _Rules.read(base), _Rules.read(head)
    if before.desk and after.desk:
        yield from _desk_changes(before.desk, after.desk, head)
    if before.sla and after.sla:
        yield from _edition_changes(before.sla, after.sla, head, day)
    for name in before.calendars_in_use(day):
        yield from _calendar_changes(name, before, after, day)


@dataclass(frozen=True)
class _Rules:
    """What the files say that judges; None, or not there, is what cannot be read."""

    sources: Sources
    desk: DeskFile | None
    sla: SlaFile | None
    calendars: Calendars

    @classmethod
    def read(cls, sources: Sources) -> Self:
        """The files of one side."""
        desk, sla = _read(DeskFile, sources.get(_DESK)), _read(SlaFile, sources.get(_SLA))
        paths = (path for path in sources if path.startswith(FOLDER) and path.endswith(".yml"))
        plans = {path: _read(CalendarFile, sources[path]) for path in paths}
        return cls(sources, desk, sla, calendars_in(plans, desk.zone if desk else "UTC", sources, []))

    def calendars_in_use(self, day: date) -> list[str]:
        """The calendars by which clocks may have run up to a day, in the order of their names."""
        editions = self.sla.editions if self.sla else ()
        judging = tuple(one for one in editions if one.effective <= _settled(editions, day))
        named = {level.calendar for edition in judging for level in edition.levels}
        named |= {length.calendar for length in _durations(judging) if length.calendar}
        return sorted(named | ({self.desk.office} if self.desk else set()))


def _read(form: type[_AnyPart], source: bytes | None) -> _AnyPart | None:
    if source is None:
        return None
    try:
        return form.model_validate(notation.read(source))
    except (notation.Bad, ValidationError):
        return None


def _durations(value: object) -> Iterator[Duration]:
    """Every duration that a piece of policy holds, however deep."""
    if isinstance(value, Duration):
        yield value
    elif isinstance(value, Part):
        for _, inner in value:
            yield from _durations(inner)
    elif isinstance(value, tuple | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _durations(inner)


def _problem(file: str, place: Place, head: Sources, code: str, **values: object) -> Problem:
    line, column = nearest(place, notation.places(head[file])) if file in head else (1, 1)
    return Problem(file, line, column, code, values)


# ---- what differs ---------------------------------------------------------------------------------------------------


def _differences(before: object, after: object) -> Iterator[Place]:
    """The places, in the later of two pieces of policy, of what clocks see differently.  `60m` is `1h`."""
    if isinstance(before, Part) and isinstance(after, Part):
        for name in type(before).model_fields:
            if name not in _JUDGES_NOTHING:
                yield from _below(name, getattr(before, name), getattr(after, name))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from _below(str(key), before.get(key), after.get(key))
    elif isinstance(before, tuple) and isinstance(after, tuple):
        for index, (old, new) in enumerate(zip_longest(before, after)):
            yield from _below(index, old, new)
    elif before != after:
        yield ()


def _below(key: str | int, before: object, after: object) -> Iterator[Place]:
    for place in _differences(before, after):
        yield (key, *place)


# ---- the desk -------------------------------------------------------------------------------------------------------


def _desk_changes(before: DeskFile, after: DeskFile, head: Sources) -> Iterator[Problem]:
    """The zone says when days and editions begin, the office what a working day is."""
    if before.zone != after.zone:
        yield _problem(_DESK, ("zone",), head, "zone-changed", before=before.zone, given=after.zone)
    if before.office != after.office:
        yield _problem(_DESK, ("office",), head, "office-changed", before=before.office, given=after.office)


# ---- editions -------------------------------------------------------------------------------------------------------


def _settled(editions: tuple[EditionPart, ...], day: date) -> date:
    """The last first day of an edition that may have judged: the first edition judges what came before it, too."""
    return max(day, min((one.effective for one in editions), default=day))


def _edition_changes(before: SlaFile, after: SlaFile, head: Sources, day: date) -> Iterator[Problem]:
    settled = _settled(before.editions, day)
    were = {one.effective: one for one in before.editions}
    places = {one.effective: n for n, one in enumerate(after.editions)}
    for effective in sorted(were.keys() - places.keys()):
        if effective <= settled:
            yield _problem(_SLA, ("editions",), head, "edition-gone", effective=effective.isoformat())
    for effective, n in places.items():
        if effective > settled:
            continue
        if effective not in were:
            place: Place = ("editions", n, "effective")
            days = {"effective": effective.isoformat(), "day": settled.isoformat()}
            yield _problem(_SLA, place, head, "edition-back-dated", **days)
        elif changes := list(_differences(were[effective], after.editions[n])):
            keys = tuple(dict.fromkeys(str(place[0]) for place in changes))
            place = ("editions", n, *changes[0])
            yield _problem(_SLA, place, head, "edition-changed", effective=effective.isoformat(), changed=keys)


# ---- calendars ------------------------------------------------------------------------------------------------------


def _calendar_changes(name: str, before: _Rules, after: _Rules, day: date) -> Iterator[Problem]:
    file = f"{FOLDER}{name}.yml"
    if file not in after.sources:
        if file in before.sources:
            yield Problem(file, 1, 1, "calendar-gone", {"name": name})
        return
    was, now = before.calendars.plans.get(name), after.calendars.plans.get(name)
    if was is None or now is None:
        return
    years = _past_years(was, now, before.sla, day)
    announced = {year for year in years if before.calendars.is_provisional(name, year, year)}
    changed = list(_changed_days(_without(was, announced), _without(now, announced), years, day))
    lost = [year for year in years if year not in announced and after.calendars.is_provisional(name, year, year)]
    if changed:
        values = {"first": changed[0].isoformat(), "days": len(changed)}
        yield _problem(file, _place_of(changed[0], was, now), after.sources, "past-hours-changed", **values)
    elif lost:
        yield _problem(file, ("years", str(lost[0])), after.sources, "year-not-official", years=tuple(lost))


def _past_years(before: CalendarFile, after: CalendarFile, sla: SlaFile | None, day: date) -> range:
    """The years up to yesterday in which clocks may have run, last year at least; calendars know none before 2000."""
    named = {int(year) for plan in (before, after) for year in plan.years}
    begun = {edition.effective.year for edition in sla.editions} if sla else set()
    return range(max(2000, min(named | begun | {day.year - 1})), (day - timedelta(1)).year + 1)


def _without(plan: CalendarFile, years: set[int]) -> Calendar:
    """The calendar without what it says of some years: their verdicts were announced as provisional."""
    kept = {name: year for name, year in plan.years.items() if int(name) not in years}
    return calendar(plan.model_copy(update={"years": kept}))


def _changed_days(before: Calendar, after: Calendar, years: range, day: date) -> Iterator[date]:
    """The dates before `day` that open or close at other moments."""
    if before == after:
        return
    for ordinal in range(date(years.start, 1, 1).toordinal(), day.toordinal()):
        one = date.fromordinal(ordinal)
        if _hours(before, one) != _hours(after, one):
            yield one


def _hours(hours: Calendar, day: date) -> list[tuple[int, int]]:
    """When a date is open, in seconds since 1970."""
    start, end = (datetime.combine(one, time(), hours.tz) for one in (day, day + timedelta(1)))
    return hours.intervals_s(int(start.timestamp()), int(end.timestamp()))


def _place_of(day: date, before: CalendarFile, after: CalendarFile) -> Place:
    """Where the file says what is new about a date: its year, or what holds for every year."""
    places = _differences(before, after)
    return next((place for place in places if place[0] != "years" or place[1:2] == (str(day.year),)), ())
