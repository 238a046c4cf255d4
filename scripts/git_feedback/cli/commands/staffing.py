"""`staffing`: how many people it takes to take up what arrives in time."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import click

from git_feedback.charts import amounts
from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session, reading
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.desk import Standing, standings
from git_feedback.insight import duration, percent
from git_feedback.insight.courses import Course, courses
from git_feedback.insight.demand import Demand, Hour, demand, lying
from git_feedback.insight.durations import HOUR_S
from git_feedback.insight.staffing import Staffing, staffing
from git_feedback.text import display_width

_SPAN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(s|m|h)?")
_OFTEN = 0.5
"""Fewer an hour are easier to grasp as one in so many hours."""
_SECONDS = {"s": 1, "m": 60, "h": HOUR_S}
Needed = Callable[[float], Staffing | None]


@click.command("staffing")
@click.option("--handling", metavar="TIME", help="How long one item keeps one person busy: 12 (minutes), 90s, 1.5h.")
@click.option("--within", default="20m", show_default=True, metavar="TIME", help="So soon somebody takes it up ...")
@click.option("--share", type=click.FloatRange(0, 0.999), default=0.8, show_default=True, help="... in this share.")
@reading
def command(session: Session, handling: str | None, within: str, share: float) -> None:
    """How many people it takes to take up what arrives, by weekday and hour: a hint from the last eight weeks (Erlang C).

    The record does not tell how long anybody worked on an item, so --handling does; without it arrivals alone are shown.
    """
    busy_s = _seconds(session, handling) if handling else None
    within_s = _seconds(session, within)
    placed = standings(session.desk.items, session.policy, session.now)
    found = courses(placed, session.now)
    seen = demand(found, session.policy.office, session.now, session.policy.zone)
    need: Needed | None = (lambda per_hour: staffing(per_hour, busy_s, within_s, share)) if busy_s else None
    if session.style == "json":
        session.show_json({**_as_json(seen, need), "handling_s": busy_s, "within_s": within_s, "share": share})
        return
    promise = {"share": percent(share), "within": duration(within_s / HOUR_S, session.language)}
    for line in _said(session, seen, need, promise):
        click.echo(line)
    if seen.arrivals and seen.open_s:
        remarks = _work(session, seen, busy_s) if busy_s else _ask(session, placed, found)
        click.echo("\n".join(remarks))


def _seconds(session: Session, given: str) -> float:
    """The seconds of `12`, `20m`, `90s`, `1.5h`, more than none and at most a week of them."""
    form = _SPAN.fullmatch(given.strip())
    seconds = float(form[1]) * _SECONDS[form[2] or "m"] if form else 0.0
    if not 0 < seconds <= 168 * HOUR_S:
        raise Stop("staffing-span", USAGE, session.language, given=given)
    return seconds


def _said(session: Session, seen: Demand, need: Needed | None, promise: dict[str, str]) -> Iterator[str]:
    """What arrived, then people by hour, or why single hours say nothing."""
    span = {"first": seen.first.isoformat(), "last": (seen.end - timedelta(days=1)).isoformat()}
    if not seen.arrivals or not seen.open_s:
        yield from wrapped(
            session.words("staffing-never-open" if seen.arrivals else "staffing-none", None, **span), 0, 0
        )
        return
    parts = {
        "count": amounts.count(seen.arrivals),
        "inside": amounts.count(seen.inside),
        "outside": amounts.count(seen.closed),
    }
    arrived = session.words("staffing-arrivals", seen.arrivals, **span, **parts)
    yield from wrapped(arrived + _mean(session, seen), 0, 0)
    if seen.is_few:
        yield from wrapped(session.words("staffing-few", seen.inside), 0, 0)
    else:
        yield from wrapped(_busiest(session, seen), 0, 0)
        yield from wrapped(
            session.words("staffing-table" if need else "staffing-table-arrivals", None, **promise), 0, 0
        )
        yield from _table(session, seen, need)
    if need:
        yield from wrapped(_people(session, seen, need, promise), 0, 0)


def _mean(session: Session, seen: Demand) -> str:
    """So many an open hour, or one in so many."""
    if not seen.inside:
        return ""
    if seen.per_hour >= _OFTEN:
        return session.words("staffing-per-hour", mean=_rate(seen.per_hour))
    return session.words("staffing-one-in", hours=amounts.count(round(seen.open_s / HOUR_S / seen.inside)))


def _busiest(session: Session, seen: Demand) -> str:
    one = seen.busiest
    assert one is not None
    day = amounts.weekdays(session.language)[one.weekday]
    return session.words("staffing-busiest", day=day, hour=f"{one.hour}:00", rate=_rate(one.per_hour))


def _people(session: Session, seen: Demand, need: Needed, promise: dict[str, str]) -> str:
    """How many in an hour like the mean, and in the busiest one where that says anything."""
    mean, busiest = need(seen.per_hour), seen.busiest
    most = need(busiest.per_hour) if busiest and not seen.is_few else mean
    if mean is None or most is None:
        return session.words("staffing-too-many")
    code = "staffing-people" if seen.is_few else "staffing-people-and-most"
    return session.words(code, mean.people, most=most.people, busy=percent(round(mean.busy, 2)), **promise)


def _table(session: Session, seen: Demand, need: Needed | None) -> Iterator[str]:
    """Hours down, weekdays across: people and, in brackets, arrivals an open hour; a dash where the office is closed."""
    cells = {(one.weekday, one.hour): _cell(one, need) for one in seen.regular}
    days = sorted({day for day, _ in cells})
    names = amounts.weekdays(session.language)
    rows = [["", *(names[day] for day in days)]]
    rows += [[f"{hour}:00", *(cells.get((day, hour), "–") for day in days)] for hour in sorted({h for _, h in cells})]
    wide = [max(display_width(row[column]) for row in rows) for column in range(len(days) + 1)]
    for row in rows:
        yield "  " + "  ".join(" " * (room - display_width(c)) + c for c, room in zip(row, wide, strict=True))


def _cell(one: Hour, need: Needed | None) -> str:
    if need is None:
        return _rate(one.per_hour)
    found = need(one.per_hour)
    return f"{found.people if found else '>500'} ({_rate(one.per_hour)})"


def _rate(per_hour: float) -> str:
    return amounts.decimal(per_hour) if per_hour >= 1 else f"{per_hour:.2f}".removesuffix(".00")


def _work(session: Session, seen: Demand, busy_s: float) -> Iterator[str]:
    """The work of a week beside the hours the office is open, and what a hint is not."""
    work = amounts.decimal(seen.work_s(busy_s) / HOUR_S)
    opened = amounts.decimal(seen.weekly_open_s / HOUR_S)
    yield from wrapped(session.words("staffing-work", seen.people(busy_s), work=work, open=opened), 0, 0)
    yield from wrapped(session.words("staffing-hint"), 0, 0)


def _ask(session: Session, placed: list[Standing], found: list[Course]) -> Iterator[str]:
    """What the record does not tell, and what it tells that could be taken for it."""
    lay = lying(placed, found, session.policy.office, session.now)
    yield from wrapped(session.words("staffing-ask"), 0, 0)
    if lay.median_wh is not None:
        took = duration(lay.median_wh, session.language)
        yield from wrapped(session.words("staffing-lay", lay.n, took=took), 0, 0)


def _as_json(seen: Demand, need: Needed | None) -> dict[str, object]:
    return {
        "first": seen.first.isoformat(),
        "end": seen.end.isoformat(),
        "arrivals": seen.arrivals,
        "closed": seen.closed,
        "per_open_hour": seen.per_hour,
        "open_h_a_week": round(seen.weekly_open_s / HOUR_S, 2),
        "people": _count(need, seen.per_hour),
        "hours": [] if seen.is_few else [_hour(one, need) for one in seen.hours],
    }


def _hour(one: Hour, need: Needed | None) -> dict[str, object]:
    return {
        "weekday": one.weekday + 1,
        "hour": one.hour,
        "arrivals": one.arrivals,
        "open_h": round(one.open_s / HOUR_S, 2),
        "per_open_hour": one.per_hour,
        "people": _count(need, one.per_hour),
    }


def _count(need: Needed | None, per_hour: float) -> int | None:
    found = need(per_hour) if need else None
    return found.people if found else None
