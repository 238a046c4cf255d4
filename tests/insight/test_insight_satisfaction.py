"""What people say when they are asked again, what comes back, and what each person has on the desk."""

from datetime import datetime
from typing import Any

from tests.insight.test_insight_stats import LATER, Stand, event, made

from git_feedback.insight.groups import BY
from git_feedback.insight.loads import owner_load
from git_feedback.insight.returning import returning
from git_feedback.insight.satisfaction import promoters, satisfaction
from git_feedback.model import Item

NOW = datetime.fromisoformat(LATER)
DAY = "2026-11-0{}T10:00:00+08:00"


def heard(day: int, verdict: str, *later: dict[str, object], csat: int | None = None, **fields: object) -> Item:
    """An item that was replied to on a day and heard again the day after."""
    return made(
        DAY.format(day),
        event("classify", DAY.format(day), category="product/payment", urgency=3, impact=3),
        event("resolve", DAY.format(day + 1), result="fixed"),
        event("reply", DAY.format(day + 1), channel="phone", text="已补单，请查看"),
        event("follow-up", DAY.format(day + 2), verdict=verdict, csat=csat),
        *later,
        **fields,
    )


def unheard(day: int) -> Item:
    """An item that was replied to and of which nothing was heard."""
    return made(DAY.format(day), event("reply", DAY.format(day + 1), channel="phone", text="谢谢您的表扬"))


def test_who_did_not_answer_counts_among_those_asked(stand: Stand) -> None:
    found = satisfaction(
        stand([heard(1, "satisfied", csat=5), heard(2, "unsatisfied", csat=2), unheard(3)], LATER), NOW
    )
    assert (found.answered.part, found.answered.n) == (2, 3)
    assert (found.verdict.part, found.verdict.n, found.verdict.share) == (1, 2, 0.5)
    assert (found.csat.part, found.csat.n) == (1, 2)
    assert found.verdict.interval and found.verdict.interval.low < 0.5 < found.verdict.interval.high


def test_the_last_word_counts(stand: Stand) -> None:
    changed = heard(1, "unsatisfied", event("follow-up", DAY.format(6), verdict="satisfied", csat=4), csat=1)
    found = satisfaction(stand([changed], LATER), NOW)
    assert (found.verdict.part, found.csat.part) == (1, 1)


def test_without_answers_nothing_is_claimed(stand: Stand) -> None:
    found = satisfaction(stand([], LATER), NOW).as_json()
    assert found["verdict"] == {"n": 0, "part": 0, "share": None, "interval": None}
    assert found["nps"] == {"n": 0, "promoters": 0, "detractors": 0, "score": None, "interval": None}


def test_promoters_less_detractors_is_the_score() -> None:
    found = promoters([10, 9, 8, 7, 6, 0])
    assert (found.promoters, found.detractors, found.score) == (2, 2, 0.0)
    assert promoters([9, 9, 9, 6, 8]).score == 40.0


def test_an_answer_with_the_feedback_itself_is_one_too(stand: Stand) -> None:
    found = satisfaction(stand([made(DAY.format(1), nps="9"), made(DAY.format(2), nps="3")], LATER), NOW)
    assert (found.nps.n, found.nps.promoters, found.nps.detractors) == (2, 1, 1)


def test_what_comes_back_is_counted_with_its_reason_and_who_solved_it_then(stand: Stand) -> None:
    again = heard(
        1,
        "unsatisfied",
        event("reopen", DAY.format(4), kind="unsatisfied", reason="还是扣了两次"),
        event("resolve", DAY.format(5), by="he.miao", result="fixed"),
    )
    found = returning(stand([again, heard(2, "satisfied"), unheard(3), made(DAY.format(4))], LATER), NOW)
    assert (found.settled, found.reopened, found.rate) == (3, 1, 0.3333)
    assert (found.by_kind, found.second_handling) == ({"unsatisfied": 1}, 1)


def test_where_nothing_was_settled_no_rate_is_claimed(stand: Stand) -> None:
    found = returning(stand([made(DAY.format(1))], LATER), NOW)
    assert (found.rate, found.interval) == (None, None)


def test_the_load_of_a_person_is_what_is_unfinished(stand: Stand) -> None:
    mine = made(
        DAY.format(1),
        event("classify", DAY.format(1), category="product/payment", urgency=3, impact=3),
        event("assign", DAY.format(1), department="payments", owner="ji.nan"),
    )
    found: dict[str, Any] = owner_load(stand([mine, heard(2, "satisfied", event("close", DAY.format(5)))], LATER))
    assert found["ji.nan"]["open"] == 1
    assert sum(one["open"] for one in found.values()) == 1


def test_items_are_grouped_four_ways() -> None:
    assert list(BY) == ["channel", "category", "department", "level"]
