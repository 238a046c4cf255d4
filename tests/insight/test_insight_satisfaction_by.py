"""Who answered in a period, group by group, what became of those who were not content, and the stars."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from tests.insight.test_insight_stats import Stand, event, made

from git_feedback.insight import Ledger, Period
from git_feedback.insight.confidence import wilson
from git_feedback.insight.satisfaction_by import answers, band, by_groups, discontent, ratings, unanswered
from git_feedback.model import Item
from git_feedback.model.measures import Measure
from git_feedback.policy import Policy

UNTIL = "2026-10-31T23:59:59+08:00"
NOW = datetime.fromisoformat(UNTIL)
OCTOBER = Period.parse("2026-10")
AT = "2026-10-{:02}T1{}:00:00+08:00"


def ledger(stand: Stand, policy: Policy, items: Sequence[Item]) -> Ledger:
    return Ledger(stand(items, UNTIL), policy, NOW)


def heard(
    day: int, verdict: str, *later: dict[str, object], category: str = "product/payment", **fields: object
) -> Item:
    return made(
        AT.format(day, 0),
        event("classify", AT.format(day, 0), category=category, urgency=3, impact=3),
        event("resolve", AT.format(day, 1), result="好了"),
        event("reply", AT.format(day, 2), channel="phone", text="好了"),
        event("follow-up", AT.format(day, 3), verdict=verdict),
        *later,
        **fields,
    )


def test_an_item_is_heard_once_in_a_period_by_its_last_answer(stand: Stand, policy: Policy) -> None:
    changed = heard(1, "unsatisfied", event("follow-up", AT.format(2, 0), verdict="satisfied"))
    silent = made(AT.format(3, 0), event("reply", AT.format(3, 1), channel="phone", text="谢谢"))
    before = made(
        "2026-09-20T10:00:00+08:00",
        event("reply", "2026-09-20T11:00:00+08:00", channel="phone", text="谢谢"),
        event("follow-up", "2026-09-21T10:00:00+08:00", verdict="satisfied"),
    )
    book = ledger(stand, policy, [changed, silent, before])
    assert [(one.standing.item.id, last.verdict) for one, last in answers(book, OCTOBER)] == [(changed.id, "satisfied")]
    assert unanswered(book, OCTOBER) == (silent.id,)


def test_groups_of_five_stand_alone_and_smaller_ones_together(stand: Stand, policy: Policy) -> None:
    phone = [heard(day, "satisfied" if day < 5 else "neutral") for day in range(1, 6)]
    others = [heard(6, "satisfied", channel="web-form"), heard(7, "unsatisfied", channel="email")]
    found = by_groups(answers(ledger(stand, policy, [*phone, *others]), OCTOBER))
    large, rest = found["channel"]
    assert (large.name, large.together, large.answers.n, large.answers.satisfied) == ("phone", 0, 5, 4)
    assert (large.answers.share, large.answers.interval) == (0.8, wilson(4, 5))
    assert large.answers.items == tuple(sorted(one.id for one in phone))
    assert (rest.name, rest.together, rest.answers.n, rest.answers.share) == ("", 2, 2, None)
    assert found["category"] == ()


def test_where_no_group_has_five_there_is_nothing_to_compare(stand: Stand, policy: Policy) -> None:
    items = [heard(day, "satisfied", channel="phone" if day % 2 else "email") for day in range(1, 9)]
    assert set(by_groups(answers(ledger(stand, policy, items), OCTOBER)).values()) == {()}


REOPEN = event("reopen", AT.format(2, 0), kind="unsatisfied")
AGAIN = event("resolve", AT.format(3, 0), result="换了")
GLAD = event("follow-up", "2026-11-04T10:00:00+08:00", verdict="satisfied")
LINK = event("link", AT.format(2, 0), kind="measure", to="M-kettle")


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        ((), "nothing"),
        ((LINK,), "measure"),
        ((event("close", AT.format(2, 0)),), "closed"),
        ((REOPEN,), "reopened"),
        ((REOPEN, LINK), "reopened"),
        ((REOPEN, AGAIN), "solved-again"),
        ((REOPEN, AGAIN, GLAD), "solved-again"),
    ],
)
def test_what_became_of_discontent_is_how_far_it_came_by_the_end_of_the_period(
    stand: Stand, policy: Policy, later: tuple[dict[str, object], ...], outcome: str
) -> None:
    item = heard(1, "unsatisfied", *later)
    book = ledger(stand, policy, [item, heard(2, "satisfied"), heard(3, "neutral")])
    [one] = discontent(answers(book, OCTOBER), [], NOW)
    assert (one.category, one.unsatisfied, one.outcomes) == ("product/payment", (item.id,), ((outcome, (item.id,)),))


def test_who_is_content_later_is_told_so_when_it_is_known(stand: Stand, policy: Policy) -> None:
    item = heard(1, "unsatisfied", REOPEN, AGAIN, GLAD)
    later = datetime.fromisoformat("2026-11-30T09:00:00+08:00")
    book = ledger(stand, policy, [item])
    assert discontent(answers(book, OCTOBER), [], later)[0].outcomes == (("content-later", (item.id,)),)


def test_a_measure_that_names_the_item_is_something_done_unless_it_was_dropped(stand: Stand, policy: Policy) -> None:
    item = heard(1, "unsatisfied")
    facts = {"id": "M-kettle", "title": "换密封圈", "what": "换", "why": "漏", "owner": "ji.nan", "items": [item.id]}
    found = answers(ledger(stand, policy, [item]), OCTOBER)
    for status, outcome in (("planned", "measure"), ("dropped", "nothing")):
        measure = Measure.model_validate({**facts, "status": status})
        assert discontent(found, [measure], NOW)[0].outcomes[0][0] == outcome


def test_the_most_frequent_discontent_comes_first(stand: Stand, policy: Policy) -> None:
    items = [heard(day, "unsatisfied", category="service/refund") for day in (1, 2)]
    found = discontent(answers(ledger(stand, policy, [heard(3, "unsatisfied"), *items]), OCTOBER), [], NOW)
    assert [(one.category, len(one.unsatisfied)) for one in found] == [("service/refund", 2), ("product/payment", 1)]


def test_stars_are_counted_and_averaged_from_five_on(stand: Stand, policy: Policy) -> None:
    items = [made(AT.format(day, 0), rating=stars) for day, stars in enumerate((5, 4, 2, 2), 1)]
    spam = made(AT.format(9, 0), event("reject", AT.format(9, 1), kind="spam"), rating=1)
    few = ratings(ledger(stand, policy, [*items, spam, made(AT.format(8, 0))]).look(OCTOBER).received)
    assert (few.n, few.mean) == (4, None)
    assert [(stars, len(ids)) for stars, ids in few.counts] == [(5, 1), (4, 1), (3, 0), (2, 2), (1, 0)]
    more = ratings(ledger(stand, policy, [*items, made(AT.format(7, 0), rating=1)]).look(OCTOBER).received)
    assert (more.n, more.mean) == (5, 2.8)


def test_the_band_of_a_period_has_its_last_answers(stand: Stand, policy: Policy) -> None:
    items = [made(AT.format(day, 0), nps=nps) for day, nps in enumerate((10, 9, 8, 3), 1)]
    found = band(ledger(stand, policy, items), OCTOBER)
    assert (found.n, found.promoters, found.detractors, found.score) == (4, 2, 1, 25.0)
    assert band(ledger(stand, policy, items), OCTOBER.previous).n == 0
