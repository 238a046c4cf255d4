"""Pairs of a whole desk: each proposed once, turned to the older item, and never against what a person said."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from tests.sample_desk import policy as sample_policy

from git_feedback.desk import Standing, standings
from git_feedback.jobs import pairing
from git_feedback.jobs.pairing import FAST, PLAIN, Bounds
from git_feedback.model import Item, ids
from git_feedback.store import read, write

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
LOCKER = "快递柜取件码的短信没有来，昨晚的包裹在小区 5 号柜，取件码短信一直没来，今晚就要收超时费了。"
AGAIN = "收不到快递柜取件码，短信一直没来，包裹在小区 3 号柜，显示今晚就要收超时费了。"
THIRD = "快递柜没有发取件码，短信一直没来，包裹放在小区快递柜一天了，会不会收超时费？"
INVOICE = "发票抬头开错了，页面上的修改按钮是灰的，公司月底要报销。"
CARDS = "The card reader at counter 2 declines every foreign card since this morning."
CLASSIFY = "classify: {at: %s, by: rules, category: service/logistics, urgency: 3, impact: 3}"
TEXTS = (LOCKER, AGAIN, INVOICE, CARDS)


def made(number: int, text: str, *events: str, days: int = 1, ref: str | None = None) -> Item:
    """An item that came so many days ago."""
    at = NOW - timedelta(days=days, minutes=60 - number)
    name = ids.make("Q", at.date(), "web-form", f"件 {number}", lambda _: False)
    history = "".join(f"  - {event}\n" for event in events)
    sender = f'submitter:\n  kind: new\n  ref: "{ref or 10_000_000 + number}"\n'
    source = f'id: {name}\nreceived: {at.isoformat()}\nchannel: web-form\nsource: "件 {number}"\ntitle: {text[:12]}\ntext: {text}\n'
    return read((source + sender + (f"history:\n{history}" if history else "")).encode(), file="item.yml")


def found(*items: Item) -> list[Standing]:
    return standings(items, sample_policy(), NOW)


def twins(listed: Sequence[Standing], within: Bounds | None = None) -> list[tuple[str, str]]:
    return [(pair.id, pair.original) for pair in pairing.pairs(listed, sample_policy(), NOW, within)]


def moment(minutes: int) -> str:
    return (NOW - timedelta(minutes=minutes)).isoformat()


@pytest.fixture(scope="module")
def desk() -> list[Item]:
    return [made(number, text, days=10 - number) for number, text in enumerate(TEXTS)]


ONLY_QUERIES = Bounds(compared=100, thorough=0, asked=50)


@pytest.mark.parametrize("within", [None, ONLY_QUERIES])
def test_the_later_of_two_that_are_alike_may_be_a_duplicate_of_the_earlier(
    desk: list[Item], within: Bounds | None
) -> None:
    assert twins(found(*desk), within) == [(desk[1].id, desk[0].id)]
    assert twins(found(*reversed(desk)), within) == [(desk[1].id, desk[0].id)]


@pytest.mark.parametrize("within", [None, ONLY_QUERIES])
@pytest.mark.parametrize("on", [0, 1])
def test_a_pair_that_somebody_took_apart_is_never_proposed_again_whichever_item_says_so(
    on: int, within: Bounds | None
) -> None:
    other = made(1 - on, TEXTS[1 - on], days=9 + on)
    apart = f"unlink: {{at: {moment(60)}, by: he.miao, kind: duplicate, to: {other.id}}}"
    one = made(on, TEXTS[on], apart, days=10 - on)
    assert twins(found(one, other), within) == []


@pytest.mark.parametrize("within", [None, ONLY_QUERIES])
def test_what_is_linked_is_not_proposed(within: Bounds | None) -> None:
    first = made(0, LOCKER)
    linked = made(1, AGAIN, CLASSIFY % moment(90), f"duplicate: {{at: {moment(60)}, by: he.miao, of: {first.id}}}")
    assert twins(found(first, linked), within) == []
    problem = f"link: {{at: {moment(60)}, by: he.miao, kind: problem, to: P-locker}}"
    assert twins(found(made(0, LOCKER, problem), made(1, AGAIN, problem)), within) == []


def test_a_large_desk_asks_for_its_newest_open_items_among_the_newest(desk: list[Item]) -> None:
    newest = made(9, THIRD, days=0)
    listed = found(*desk, newest)
    assert {one for one, _ in twins(listed, Bounds(compared=100, thorough=0, asked=1))} == {newest.id}
    assert twins(listed, Bounds(compared=2, thorough=0, asked=5)) == [], "the others came too long ago"


def test_as_many_are_compared_as_can_be_here() -> None:
    assert pairing.bounds() in (FAST, PLAIN)
    assert FAST.thorough > PLAIN.thorough
    assert pairing.pairs([], sample_policy(), NOW) == []


def test_what_is_over_for_long_is_not_compared() -> None:
    over = f"close: {{at: {moment(60)}, by: he.miao}}"
    reply = f"reply: {{at: {moment(70)}, by: he.miao, channel: web-form}}\n    text: 好了。"
    praise = "classify: {at: 2026-08-01T09:00:00+08:00, by: he.miao, category: praise/staff, urgency: 1, impact: 1}"
    old = made(0, LOCKER, praise, reply, over, days=120)
    assert [one.item.id for one in pairing.compared(found(old, made(1, AGAIN)), NOW, 10)] == [made(1, AGAIN).id]
    assert date(2026, 7, 23) == old.received.date()


def test_copies_are_those_that_read_the_same() -> None:
    listed = found(
        made(0, INVOICE, days=3), made(1, INVOICE.replace("，", ","), days=2), made(2, LOCKER), made(3, AGAIN)
    )
    pairs = pairing.pairs(listed, sample_policy(), NOW)
    assert [(pair.id, pair.original) for pair in pairing.copies(pairs)] == [(listed[1].item.id, listed[0].item.id)]
    assert len(pairs) == 2


def test_asked_for_one_item_the_older_of_each_pair_is_still_the_original() -> None:
    first, second = made(0, LOCKER, days=3), made(1, AGAIN, days=2)
    listed = found(first, second)
    for item in (first, second):
        (pair,) = pairing.pairs_of(item, listed, sample_policy(), NOW)
        assert (pair.id, pair.original) == (second.id, first.id)


def test_asked_for_an_item_that_is_over_only_the_open_one_can_be_the_duplicate() -> None:
    spam = f"reject: {{at: {moment(60)}, by: he.miao, kind: invalid}}"
    over, still = made(0, LOCKER, spam, days=100), made(1, AGAIN, days=2)
    (pair,) = pairing.pairs_of(over, found(over, still), sample_policy(), NOW)
    assert (pair.id, pair.original, pair.swappable) == (still.id, over.id, False)


def test_problems_that_come_again_are_those_of_half_a_year() -> None:
    items = [
        made(number, text, days=days)
        for number, (text, days) in enumerate(((LOCKER, 1), (AGAIN, 2), (THIRD, 3), (INVOICE, 4), (INVOICE, 300)))
    ]
    (one,) = pairing.problems(found(*items), sample_policy(), NOW)
    assert set(one.ids) == {item.id for item in items[:3]}
    assert (one.submitters, one.proposes_problem) == (3, True)


# ---- once a run ------------------------------------------------------------------------------------------------------

ALARM_SENT = (
    "alarm: {at: %s, by: nightly, clock: respond, cycle: 1, rungs: [50], addressee: he.miao, "
    "channel: drafts, since: 2026-11-19T10:00:00+08:00}"
)


def test_the_same_question_about_items_read_anew_is_answered_once(desk: list[Item]) -> None:
    first = pairing.pairs(found(*desk), sample_policy(), NOW)
    again = pairing.pairs(found(*[read(write(item), file="item.yml") for item in desk]), sample_policy(), NOW)
    assert first
    assert [id(pair) for pair in again] == [id(pair) for pair in first]


def test_what_changed_is_compared_again(desk: list[Item]) -> None:
    first = twins(found(*desk))
    other = desk[1].model_copy(update={"title": "发票", "text": INVOICE[::-1]})
    assert twins(found(desk[0], other, *desk[2:])) != first
    told = desk[1].model_copy(update={"history": made(1, AGAIN, CLASSIFY % moment(30)).history})
    listed = found(desk[0], told, *desk[2:])
    assert pairing.pairs(listed, sample_policy(), NOW)[0] is not pairing.pairs(found(*desk), sample_policy(), NOW)[0]


def test_an_answer_of_another_moment_does_not_count(desk: list[Item]) -> None:
    first = pairing.pairs(found(*desk), sample_policy(), NOW)
    later = pairing.pairs(found(*desk), sample_policy(), NOW + timedelta(minutes=1))
    assert (later == first, later[0] is first[0]) == (True, False)


def test_an_alarm_that_was_sent_meanwhile_makes_no_difference(desk: list[Item]) -> None:
    first = pairing.pairs(found(*desk), sample_policy(), NOW)
    reminded = desk[1].model_copy(update={"history": made(1, AGAIN, ALARM_SENT % moment(30)).history})
    assert pairing.pairs(found(desk[0], reminded, *desk[2:]), sample_policy(), NOW)[0] is first[0]
