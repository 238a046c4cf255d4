"""Figures over all items: the JSON of `git feedback stats`.  Its keys are documented and stay.

- `rows`: items.  `by_channel`, `by_state` (states of life, in their order), `by_category`, `by_department`: items
  by id, the most frequent first; an item without one counts as `unclassified` or `unassigned`.
- `monthly`: a row for every month from the first to the last in which anything happened: items received in it,
  and items whose first resolution falls in it.
- `resolution_rate`: the share (0 to 1) of rows that stand at resolved, reviewed, replied or closed; None without
  rows.
- `respond`: from received to the first respond, ask or reply by a person.  `resolve`: from received to the first
  resolve (imported history's counts too; in the short lane the first reply or close).  `resolve_by_channel`: the
  same for each channel.  Each is `{n, excluded, mean_h, median_h, p90_h, mean_wh, median_wh, p90_wh}`: hours by
  the wall clock (`_h`) and of the desk's office calendar (`_wh`), p90 = sorted[int(0.9 * (n - 1))].  `excluded`
  counts ends before their start, and imported history that does not tell the end.
- `breaches`: for each clock, items whose clock was met, breached (late once is late for good), open_breached
  (late, unanswered), excluded (cancelled, or not told by imported history), or is running in time.
- `top5`: the five most frequent categories with count and share of all rows.
- `held_by_department`: how long each department held the items it had (`insight.holdings`).
- `register_by_channel`: from received to landed in the record, the same figures for each channel, and `late`: how
  many took longer than the clock `register` allows.
- `corrections`: for each month, items that rules or a model classified, and how many of them people confirmed or
  corrected (`insight.corrections`).
- `reply`: from received to the first final reply by a person.  `times`: `respond`, `resolve` and `reply` once more
  by channel, category, department and level.
- `satisfaction`: how many answered when they were asked again, how many were satisfied, csat and NPS, each with n
  and the interval that holds the true value 95 times of 100 (`insight.satisfaction`).
- `returning`: items that were settled and opened again, by reason, and those that somebody else solved then.
- `owner_load`: what each person has on the desk.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, tzinfo

from git_feedback.clock import Calendar
from git_feedback.desk import STATES, Standing
from git_feedback.desk.sla import NAMES, OPTIONAL
from git_feedback.insight.arrivals import register_by_channel
from git_feedback.insight.corrections import corrections
from git_feedback.insight.courses import UNASSIGNED, Course, courses
from git_feedback.insight.durations import DECIMALS, Durations, durations
from git_feedback.insight.groups import times_by
from git_feedback.insight.holdings import held_by_department
from git_feedback.insight.loads import owner_load
from git_feedback.insight.returning import returning
from git_feedback.insight.satisfaction import satisfaction
from git_feedback.insight.verdicts import standing_of
from git_feedback.policy import Policy

SETTLED = ("resolved", "reviewed", "replied", "closed")
"""States of an item whose matter is settled."""
TALLIES = ("met", "breached", "open_breached", "excluded", "running")
TOP = 5

Json = dict[str, object]


def stats(standings: Sequence[Standing], policy: Policy, now: datetime, zone: tzinfo) -> Json:
    """The figures of `standings` at `now`, months by the calendar of `zone`: what each means, the module says."""
    found = courses(standings, now)
    by_category = _ranked(Counter(course.category for course in found))
    return {
        "rows": len(found),
        "by_channel": _ranked(Counter(standing.item.channel for standing in standings)),
        "by_state": _by_state(standings),
        "by_category": by_category,
        "by_department": _ranked(Counter(standing.state.department or UNASSIGNED for standing in standings)),
        "monthly": monthly(found, zone),
        "resolution_rate": _share(sum(standing.state.life in SETTLED for standing in standings), len(standings)),
        "respond": asdict(respond_times(found, policy.office)),
        "resolve": asdict(resolve_times(found, policy.office)),
        "resolve_by_channel": _by_channel(found, lambda group: asdict(resolve_times(group, policy.office))),
        "breaches": _breaches(standings),
        "top5": [
            {"category": category, "count": count, "share": _share(count, len(found))}
            for category, count in list(by_category.items())[:TOP]
        ],
        "held_by_department": held_by_department(standings, policy, now),
        "register_by_channel": register_by_channel(standings, policy),
        "corrections": [one.as_json() for one in corrections(standings, policy, now, zone)],
        "reply": asdict(reply_times(found, policy.office)),
        "times": times_by(found, policy.office, _TIMES),
        "satisfaction": satisfaction(standings, now).as_json(),
        "returning": returning(standings, now).as_json(),
        "owner_load": owner_load(standings),
    }


def respond_times(found: Sequence[Course], office: Calendar) -> Durations:
    """From received to the first answer by a person."""
    spans = ((course.received, course.answered) for course in found if course.answered)
    return durations(spans, sum(course.answer_is_unknown for course in found), office)


def resolve_times(found: Sequence[Course], office: Calendar) -> Durations:
    """From received to the first resolution."""
    spans = ((course.received, course.resolved) for course in found if course.resolved)
    return durations(spans, sum(course.resolution_is_unknown for course in found), office)


def reply_times(found: Sequence[Course], office: Calendar) -> Durations:
    """From received to the first final reply by a person."""
    spans = ((course.received, course.replied) for course in found if course.replied)
    return durations(spans, sum(course.reply_is_unknown for course in found), office)


_TIMES: Mapping[str, Callable[[Sequence[Course], Calendar], Durations]] = {
    "respond": respond_times,
    "resolve": resolve_times,
    "reply": reply_times,
}


def month_of(moment: datetime, zone: tzinfo) -> str:
    """The month of a moment in a zone, such as `2026-10`."""
    there = moment.astimezone(zone)
    return f"{there.year:04}-{there.month:02}"


def later(month: str, by: int) -> str:
    """The month so many months after (before, when negative)."""
    year, index = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04}-{index + 1:02}"


def monthly(found: Iterable[Course], zone: tzinfo) -> list[Json]:
    """`{month, received, resolved}` for every month from the first to the last that has any."""
    received: Counter[str] = Counter()
    resolved: Counter[str] = Counter()
    for course in found:
        received[month_of(course.received, zone)] += 1
        if course.resolved:
            resolved[month_of(course.resolved, zone)] += 1
    seen = sorted({*received, *resolved})
    rows: list[Json] = []
    month = seen[0] if seen else ""
    while seen and month <= seen[-1]:
        rows.append({"month": month, "received": received[month], "resolved": resolved[month]})
        month = later(month, 1)
    return rows


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _by_state(standings: Sequence[Standing]) -> dict[str, int]:
    counts = Counter(standing.state.life for standing in standings)
    return {life: counts[life] for life in STATES if counts[life]}


def _by_channel(found: Sequence[Course], figure: Callable[[Sequence[Course]], Json]) -> dict[str, Json]:
    groups: dict[str, list[Course]] = {}
    for course in found:
        groups.setdefault(course.standing.item.channel, []).append(course)
    return {channel: figure(groups[channel]) for channel in sorted(groups)}


def _breaches(standings: Sequence[Standing]) -> dict[str, dict[str, int]]:
    """Clocks that are seldom needed are counted where they were."""
    running = (
        clock for standing in standings for clock in standing.clocks if clock.cycles or clock.name not in OPTIONAL
    )
    counts = Counter((clock.name, standing_of(clock)) for clock in running)
    return {name: {tally: counts[name, tally] for tally in TALLIES} for name in NAMES}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, DECIMALS) if whole else None
