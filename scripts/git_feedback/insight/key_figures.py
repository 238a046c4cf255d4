"""The key figures of a period: a month, a quarter or a year of the desk's zone.

Everything counts in the period in which it happened: an item in the one it was received in, a resolution in the one it
came in, a kept promise in the one it was kept in and a broken one in the one its time ran out in.  So a period that is
over keeps its figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback.clock import Calendar
from git_feedback.insight.confidence import Interval, wilson
from git_feedback.insight.durations import SHARE_DECIMALS
from git_feedback.insight.findings import Look
from git_feedback.insight.satisfaction import CONTENT, promoters
from git_feedback.insight.stats import reply_times, resolve_times, respond_times

FEWEST = 5
"""Of fewer no slow tenth and no NPS is told: the tenth of three lies below their median."""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The key figures of a period; None where there is nothing to count from (`n` is 0 then).

    - `received`: items received.  `resolved`: items whose first resolution came.  `backlog`: items unfinished at its
      end; imported history that nobody works on is left out.
    - `settled_share`: of the `settled_n` items received in it, those that stood at resolved, reviewed, replied or
      closed when it ended (rejected ones and duplicates are not among them).
    - A slow tenth (`_p90_h`) or an NPS of fewer than FEWEST says nothing and is None.
    - `on_time_share`: of the `on_time_n` runs of clocks that were judged, those kept; `on_time_excluded` do not count
      (cancelled, or unknown in imported history).
    - `respond_median_h`, `_p90_h`, `_wh`: from received to the first answer by a person, for the `respond_n` answers
      that came.  `resolve_...`: to the resolution, `reply_...`: to the final reply, for those that came.  `_h` is wall
      clock, `_wh` the office calendar; excluded are ends before their start, and imported history received that does
      not tell.
    - `reopened`: items opened again; `reopened_share` of `resolved` (it passes 1 where more came back than was
      resolved).  `second_handling`: items that somebody else than the first solver solved.
    - `satisfied_share`: of the `satisfied_n` items heard again, those last satisfied; `csat_share` of `csat_n` last
      answers those of 4 or 5; `nps` (-100 to 100) of `nps_n` last answers.  Each with the ends of the interval that
      holds the true value 95 times of 100.  `heard_share`: of the `heard_n` items replied to in it, those heard again
      before it ended.
    """

    period: str
    received: int
    resolved: int
    backlog: int
    settled_share: float | None
    settled_n: int
    on_time_share: float | None
    on_time_n: int
    on_time_excluded: int
    respond_median_h: float | None
    respond_p90_h: float | None
    respond_median_wh: float | None
    respond_n: int
    respond_excluded: int
    resolve_median_h: float | None
    resolve_p90_h: float | None
    resolve_median_wh: float | None
    resolve_n: int
    resolve_excluded: int
    reply_median_h: float | None
    reply_n: int
    reply_excluded: int
    reopened: int
    reopened_share: float | None
    second_handling: int
    satisfied_share: float | None
    satisfied_n: int
    satisfied_low: float | None
    satisfied_high: float | None
    csat_share: float | None
    csat_n: int
    csat_low: float | None
    csat_high: float | None
    nps: float | None
    nps_n: int
    nps_low: float | None
    nps_high: float | None
    heard_share: float | None
    heard_n: int


@dataclass(frozen=True, slots=True)
class AtEnd:
    """What stood when a period ended: `backlog` unfinished items; of the `asked` received in it `settled` ones; of those
    replied to in it, `heard` again."""

    backlog: int
    asked: int
    settled: int
    heard: int


def key_figures(look: Look, at_end: AtEnd, office: Calendar) -> KeyFigures:
    """The key figures of what happened in a period."""
    answers = respond_times(look.answered, office)
    solutions = resolve_times(look.resolved, office)
    replies = reply_times(look.replied, office)
    csats = [csat >= CONTENT for csat in look.csats]
    satisfied, content = _interval(look.satisfied), _interval(csats)
    score = promoters(look.scores)
    tells = score.n >= FEWEST
    return KeyFigures(
        period=look.period,
        received=len(look.received),
        resolved=len(look.resolved),
        backlog=at_end.backlog,
        settled_share=_share(at_end.settled, at_end.asked),
        settled_n=at_end.asked,
        on_time_share=_share(len(look.met), len(look.counted)),
        on_time_n=len(look.counted),
        on_time_excluded=len(look.judged) - len(look.counted),
        respond_median_h=answers.median_h,
        respond_p90_h=answers.p90_h if answers.n >= FEWEST else None,
        respond_median_wh=answers.median_wh,
        respond_n=answers.n,
        respond_excluded=answers.excluded + sum(one.answer_is_unknown for one in look.received),
        resolve_median_h=solutions.median_h,
        resolve_p90_h=solutions.p90_h if solutions.n >= FEWEST else None,
        resolve_median_wh=solutions.median_wh,
        resolve_n=solutions.n,
        resolve_excluded=solutions.excluded + sum(one.resolution_is_unknown for one in look.received),
        reply_median_h=replies.median_h,
        reply_n=replies.n,
        reply_excluded=replies.excluded + sum(one.reply_is_unknown for one in look.received),
        reopened=len(look.reopened),
        reopened_share=_share(len(look.reopened), len(look.resolved)),
        second_handling=len(look.solved_by_another),
        satisfied_share=_share(sum(look.satisfied), len(look.satisfied)),
        satisfied_n=len(look.satisfied),
        satisfied_low=satisfied.low if satisfied else None,
        satisfied_high=satisfied.high if satisfied else None,
        csat_share=_share(sum(csats), len(csats)),
        csat_n=len(csats),
        csat_low=content.low if content else None,
        csat_high=content.high if content else None,
        nps=score.score if tells else None,
        nps_n=score.n,
        nps_low=score.interval.low if score.interval and tells else None,
        nps_high=score.interval.high if score.interval and tells else None,
        heard_share=_share(at_end.heard, len(look.replied)),
        heard_n=len(look.replied),
    )


def _interval(answers: Sequence[bool]) -> Interval | None:
    return wilson(sum(answers), len(answers))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, SHARE_DECIMALS) if whole else None
