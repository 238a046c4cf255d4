"""Key figures that rest on little: no slow tenth below the median, no score of two people, no share rounded twice."""

from datetime import datetime, timedelta

import pytest
from tests.insight.test_insight_stats import LATER, Stand, event, made

from git_feedback.clock.periods import Period
from git_feedback.desk import state
from git_feedback.insight.key_figures import KeyFigures
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.wording import percent
from git_feedback.model import Item
from git_feedback.policy import Policy

OCTOBER = Period.parse("2026-10")
START = datetime.fromisoformat("2026-10-12T09:00:00+08:00")


def answered(minutes: int) -> Item:
    """An item whose submitter is answered after so many minutes, and afterwards would recommend us."""
    reply, end, heard = (START + timedelta(minutes=minutes, hours=hours) for hours in (0, 1, 30))
    return made(
        START.isoformat(),
        event("classify", START.isoformat(), "rules", category="product/payment", urgency=3, impact=3),
        event("respond", reply.isoformat(), channel="phone", text="收到"),
        event("resolve", end.isoformat(), result="已更正"),
        event("follow-up", heard.isoformat(), verdict="satisfied", nps=9),
    )


def of(stand: Stand, policy: Policy, minutes: tuple[int, ...]) -> KeyFigures:
    return Ledger(stand([answered(one) for one in minutes], LATER), policy, datetime.fromisoformat(LATER)).key_figures(
        OCTOBER
    )


def test_the_slow_tenth_of_two_answers_is_not_told_for_it_would_lie_below_their_median(
    stand: Stand, policy: Policy
) -> None:
    few = of(stand, policy, (43, 53))
    assert (few.respond_median_h, few.respond_p90_h, few.resolve_p90_h) == (0.8, None, None)
    enough = of(stand, policy, (43, 53, 54, 55, 56))
    assert (enough.respond_n, enough.respond_p90_h) == (5, 0.9167)


def test_a_score_needs_five_answers(stand: Stand, policy: Policy) -> None:
    few = of(stand, policy, (43, 53))
    assert (few.nps, few.nps_n, few.nps_low, few.nps_high) == (None, 2, None, None)
    assert of(stand, policy, (1, 2, 3, 4, 5)).nps == 100


@pytest.mark.parametrize("whole", [7, 17, 97, 613, 1999])
def test_a_share_reads_the_same_whether_it_was_kept_or_is_fresh(whole: int) -> None:
    for part in range(whole + 1):
        assert percent(round(part / whole, 6)) == percent(part / whole)
    assert percent(14 / 17) == "82.4 %"


def test_how_items_stood_is_what_a_fold_of_that_moment_says(stand: Stand, policy: Policy) -> None:
    known = Ledger(stand([answered(one) for one in (5, 600, 3000)], LATER), policy, datetime.fromisoformat(LATER))
    for hours in (1, 11, 40, 60, 900):
        until = START + timedelta(hours=hours)
        folded = [(one.item, state(one.item, policy, until - timedelta(seconds=1))) for one in known.standings]
        assert known.stood(until) == folded
