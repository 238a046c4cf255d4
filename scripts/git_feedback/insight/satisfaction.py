"""How content people are: of those who were asked again, how many answered, and what they said.

Few answers say little: every figure comes with how many it rests on and with its interval.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from git_feedback.desk import Standing
from git_feedback.desk.untold import counted
from git_feedback.insight.confidence import Interval, resampled, wilson
from git_feedback.insight.durations import DECIMALS, SHARE_DECIMALS
from git_feedback.model.events import FollowUp

CONTENT = 4
"""A csat of 4 or 5 is content."""
PROMOTER, DETRACTOR = 9, 6
"""An NPS answer from 9 on promotes, one up to 6 detracts (F. Reichheld, Harvard Business Review, December 2003)."""
_NEVER_ASKED = ("rejected", "duplicate")


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `n` answers; `share` 0 to 1 and its interval are None without answers."""

    n: int
    part: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Promoters:
    """The net promoter score, -100 to 100, of `n` answers from 0 to 10; None without answers."""

    n: int
    promoters: int
    detractors: int
    score: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`answered`: items heard again, of those that were replied to.  `verdict`: whose last word was satisfied.

    `csat`: last csat of 4 or 5.  `nps`: the last answer to "would you recommend us", from a follow-up or from the
    feedback itself.
    """

    answered: Share
    verdict: Share
    csat: Share
    nps: Promoters

    def as_json(self) -> dict[str, object]:
        """For JSON: the same names, an interval as {low, high}."""
        return asdict(self)


def satisfaction(standings: Sequence[Standing], now: datetime) -> Satisfaction:
    """What was heard from the submitters of these items by `now`; duplicates and rejected ones are asked nothing."""
    asked = [one for one in standings if one.state.life not in _NEVER_ASKED]
    heard = [(one, _heard(one, now)) for one in asked]
    replied = sum(bool(words) or _was_replied(one, now) for one, words in heard)
    spoke = [words for _, words in heard if words]
    csats = [last for words in spoke if (last := _last([one.csat for one in words])) is not None]
    return Satisfaction(
        answered=_share(len(spoke), replied),
        verdict=_share(sum(words[-1].verdict == "satisfied" for words in spoke), len(spoke)),
        csat=_share(sum(csat >= CONTENT for csat in csats), len(csats)),
        nps=promoters(
            [last for one, words in heard if (last := _last([one.item.nps, *(word.nps for word in words)])) is not None]
        ),
    )


def promoters(answers: Sequence[int]) -> Promoters:
    """The score of answers from 0 to 10: the share of promoters less that of detractors, times 100."""
    marks = [100 * ((answer >= PROMOTER) - (answer <= DETRACTOR)) for answer in answers]
    score = round(sum(marks) / len(marks), DECIMALS) if marks else None
    return Promoters(len(marks), marks.count(100), marks.count(-100), score, resampled(marks))


def _heard(one: Standing, now: datetime) -> list[FollowUp]:
    return [event for event in counted(one.item, now) if isinstance(event, FollowUp)]


def _was_replied(one: Standing, now: datetime) -> bool:
    return any(event.verb == "reply" for event in counted(one.item, now))


def _last(values: Sequence[int | None]) -> int | None:
    return next((value for value in reversed(values) if value is not None), None)


def _share(part: int, whole: int) -> Share:
    return Share(whole, part, round(part / whole, SHARE_DECIMALS) if whole else None, wilson(part, whole))
