"""How the running month goes: what came in, how much of it is done, what is late now; each beside what it compares to."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight import later, month_name, month_of, percent
from git_feedback.insight.verdicts import BREACHED, promises
from git_feedback.model import events as ev
from git_feedback.pages.cells import LEAST_POINTS
from git_feedback.pages.page import Record
from git_feedback.pages.views.once import once
from git_feedback.pages.views.words import Words


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the running month: `than` is what it stands beside and `change` by how much it differs, `turn` better,
    worse or neither; `path` leads to the items behind it."""

    label: str
    value: int
    unit: str
    than: str
    change: str = ""
    turn: str = ""
    path: str = ""
    spark: Mapping[str, str] | None = None
    is_late: bool = False


def so_far(record: Record, words: Words) -> dict[str, Any]:
    """The running month by name, and its figures."""
    month = month_of(record.now, words.zone)
    before = later(month, -1)
    until = _same_moment(words.now, before)
    now = _Stretch(month, record.now, tuple(_came(record, month, record.now)))
    then = _Stretch(before, until, tuple(_came(record, before, until)))
    figures = [_received(now, then, record, words), _finished(now, then, record, words), _late(record, words)]
    return {"name": month_name(month, words.language), "figures": figures}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A month up to a moment, and what was received in it."""

    month: str
    until: datetime
    came: tuple[Standing, ...]

    @property
    def finished(self) -> list[datetime]:
        """When those were finished that stood finished at the moment."""
        ends = (_end(one, self.until) for one in self.came)
        return [end for end in ends if end]

    @property
    def share(self) -> float | None:
        """How much of it was finished at the moment; None of nothing."""
        return len(self.finished) / len(self.came) if self.came else None


def _came(record: Record, month: str, until: datetime) -> Iterator[Standing]:
    return (one for one in _by_month(record).get(month, ()) if one.item.received <= until)


@once
def _by_month(record: Record) -> Mapping[str, list[Standing]]:
    """Items by the month in which they were received."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for one in record.standings:
        found[month_of(one.item.received, record.policy.zone)].append(one)
    return found


@once
def _broken(record: Record) -> list[datetime]:
    """When promises were broken."""
    return [one.at for standing in record.standings for one in promises(standing) if one.outcome == BREACHED]


def _end(one: Standing, until: datetime) -> datetime | None:
    """When an item was finished, as it stood at a moment; None while something was to be done."""
    end: datetime | None = None
    for event in counted(one.item, until):
        if isinstance(event, ev.Close | ev.Reject | ev.Duplicate):
            end = event.at
        elif isinstance(event, ev.Reopen | ev.Unlink):
            end = None
    return end


def received_in(month: str, prefix: str) -> str:
    """The queue of everything received in a month (`2026-10`): an id begins with the date it was received on."""
    return "queue.html?" + urlencode({"state": "all", "q": _ids(month, prefix)})


def _ids(month: str, prefix: str) -> str:
    """How ids of a month begin."""
    return f"{prefix}{month[2:4]}{month[5:7]}"


def _received(now: _Stretch, then: _Stretch, record: Record, words: Words) -> Figure:
    """Beside what had come in by the same day and hour of the month before."""
    return Figure(
        words.say("home-received"),
        len(now.came),
        words.say("home-items", len(now.came)),
        words.say("home-by-then", month=month_name(then.month, words.language), n=len(then.came)),
        _change(len(now.came), len(then.came), words),
        path=received_in(now.month, record.policy.desk.prefix),
        spark=_days([one.item.received for one in now.came], "received", words),
    )


def _finished(now: _Stretch, then: _Stretch, record: Record, words: Words) -> Figure:
    """Of what came in this month, beside the share at the same day and hour of the month before."""
    done, share, before = len(now.finished), now.share, then.share
    said = words.say("home-share", share=percent(share)) if share is not None else ""
    change, turn = ("", "")
    if share is not None and before is not None:
        change, turn = _shift(share, before, words)
        said = words.say("home-share-then", said=said, month=month_name(then.month, words.language))
    query = {"state": "all", "q": f"state:finished {_ids(now.month, record.policy.desk.prefix)}"}
    return Figure(
        words.say("home-finished"),
        done,
        words.say("home-items", done),
        said,
        change,
        turn=turn,
        path="queue.html?" + urlencode(query),
        spark=_days(now.finished, "finished", words),
    )


def _late(record: Record, words: Words) -> Figure:
    """Beside everything that is still to be done; the line shows the days of this month on which promises were broken."""
    late = sum(bool(one.worst and one.worst.state == "breached-open") for one in record.standings)
    unfinished = sum(one.state.is_unfinished for one in record.standings)
    return Figure(
        words.say("home-late-now"),
        late,
        words.say("home-items", late),
        words.say("home-of-open", n=unfinished),
        path="queue.html?clock=breached",
        spark=_days(_broken(record), "late", words),
        is_late=bool(late),
    )


def _same_moment(now: datetime, month: str) -> datetime:
    """The same day and hour of another month; its last day where it is shorter."""
    year, number = int(month[:4]), int(month[5:7])
    return now.replace(year=year, month=number, day=min(now.day, monthrange(year, number)[1]))


def _change(number: int, before: int, words: Words) -> str:
    """`↑ 3`; counts are neither better nor worse."""
    if number == before:
        return words.say("report-level")
    return f"{'↑' if number > before else '↓'} {abs(number - before)}"


def _shift(share: float, before: float, words: Words) -> tuple[str, str]:
    """By how many points a share moved, and whether that is better: of what came in, more is done."""
    points = 100 * (share - before)
    if abs(points) < LEAST_POINTS:
        return words.say("report-level"), ""
    turn = "better" if points > 0 else "worse"
    amount = words.say("report-points", points=f"{abs(points):.1f}")
    return words.say(f"report-turn-{turn}", arrow="↑" if points > 0 else "↓", amount=amount), turn


def _days(moments: Iterable[datetime], kind: str, words: Words) -> Mapping[str, str] | None:
    """What happened on each day of the month until today, as a path in 100 by 30; None before the second day."""
    today = words.now.date()
    counts = Counter(moment.astimezone(words.zone).date() for moment in moments)
    first: date = today.replace(day=1)
    numbers = [counts[first + timedelta(days=n)] for n in range(today.day)]
    if len(numbers) < 2:
        return None
    most = max(numbers)
    points = [
        f"{100 * place / (len(numbers) - 1):.1f} {26 - 22 * n / (most or 1):.1f}" for place, n in enumerate(numbers)
    ]
    said = words.say("home-by-day", what=words.say(f"home-day-{kind}"), today=numbers[-1], most=most)
    return {"path": "M" + " L".join(points), "end": f"M{points[-1]}h.01", "said": said}
