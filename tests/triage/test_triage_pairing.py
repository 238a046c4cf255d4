"""Pairs of items that may be one matter: what is proposed, in which direction, why, and what never is."""

from datetime import datetime, timedelta

import pytest
from tests.sample_desk import item, policy

from git_feedback.i18n import LANGUAGES
from git_feedback.model import Event, Item, Submitter, ids
from git_feedback.model import events as ev
from git_feedback.triage.pairing import OF_ONE, Facts, Pair, Pairing, candidates, dismissals, nudged, said

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
FIRST = datetime.fromisoformat("2026-11-16T09:00:00+08:00")
PAYING = "支付页面报错，付款到最后一步提示系统繁忙"
PAYING_TOO = "付款的最后一步报错，页面说系统繁忙，支付不了"
PARCEL = "快递到了三天还没有派送，客服一直说在路上"


def says(n: int, text: str, *history: Event, after: float = 0, **changed: object) -> Item:
    """The n-th item: what it says, received so many days after the first."""
    received = FIRST + timedelta(days=after, minutes=n)
    name = ids.make("Q", received.date(), "web-form", str(n), lambda _: False)
    plain = {"id": name, "received": received, "title": text[:40], "text": text, "source": str(n), "submitter": None}
    return item().model_copy(update={**plain, "product": None, "history": history, **changed})


def classified(category: str = "product/bug", **more: object) -> Event:
    return ev.Classify.model_validate({
        "at": FIRST + timedelta(hours=3), "by": "he.miao", "category": category, "urgency": 3, "impact": 3, **more
    })  # fmt: skip


def apart(other: Item, after_h: float = 5) -> Event:
    return ev.Unlink(at=FIRST + timedelta(hours=after_h), by="he.miao", kind="duplicate", to=other.id)


def duplicate(of: Item, after_h: float = 4) -> Event:
    return ev.Duplicate(at=FIRST + timedelta(hours=after_h), by="he.miao", of=of.id)


def found(*items: Item, **more: object) -> list[tuple[str, str]]:
    return [(pair.id, pair.original) for pair in candidates(items, policy(), NOW, **more)]  # type: ignore[arg-type]


def codes(pair: Pair) -> list[str]:
    return [reason.code for reason in pair.reason]


def test_the_newer_item_is_the_duplicate_of_the_older_one() -> None:
    older, newer, other = says(1, PAYING), says(2, PAYING_TOO, after=1), says(3, PARCEL)
    assert found(newer, other, older) == [(newer.id, older.id)]


def test_the_direction_can_be_swapped_and_back() -> None:
    older, newer = says(1, PAYING), says(2, PAYING_TOO)
    pair = candidates([older, newer], policy(), NOW)[0]
    assert pair.swappable
    assert (pair.swapped.id, pair.swapped.original) == (older.id, newer.id)
    assert pair.swapped.swapped == pair


def test_same_and_nearly_same_texts_are_exact_and_come_first() -> None:
    items = [says(1, PAYING), says(2, PAYING_TOO), says(3, PARCEL), says(4, PARCEL), says(5, PARCEL + "呢")]
    pairs = candidates(items, policy(), NOW)
    assert [pair.exact for pair in pairs] == sorted((pair.exact for pair in pairs), reverse=True)
    exact = {(pair.id, pair.original): codes(pair)[0] for pair in pairs if pair.exact}
    assert exact[items[3].id, items[2].id] == "alike-same-text"
    assert exact[items[4].id, items[2].id] == "alike-nearly-same-text"


def test_other_numbers_in_the_same_words_are_told_and_are_no_copy() -> None:
    text = "订单 {} 一直没有发货，请尽快处理，已经等了很久了，谢谢"
    pair = candidates([says(1, text.format(20261101)), says(2, text.format(20261102))], policy(), NOW)[0]
    assert codes(pair)[0] == "alike-other-numbers"
    assert not pair.exact


def test_every_proposal_has_its_score_the_shared_terms_and_a_reason_in_both_languages() -> None:
    who = Submitter(ref="5b1c6e0a")
    items = [
        says(1, PAYING, classified(), product="App", submitter=who),
        says(2, PAYING_TOO, classified(), product="app", submitter=who),
    ]
    pair = candidates(items, policy(), NOW)[0]
    assert 0.5 <= pair.score < 1
    assert {"付款", "报错"} <= set(pair.shared_terms)
    assert codes(pair) == ["alike-words", "alike-sender", "alike-product", "alike-category", "alike-days"]
    for language in LANGUAGES:
        assert all(reason.said(language) for reason in pair.reason)
    assert "付款" in pair.reason[0].said("zh")


def test_what_was_dismissed_is_never_proposed_again_whoever_of_the_two_says_so() -> None:
    older, newer = says(1, PAYING), says(2, PAYING)
    assert found(older, newer)
    assert found(older, newer.model_copy(update={"history": (apart(older),)})) == []
    assert found(older.model_copy(update={"history": (apart(newer),)}), newer) == []
    assert found(older, newer, dismissed=[frozenset((older.id, newer.id))]) == []


def test_a_dismissal_that_was_taken_back_or_lies_ahead_does_not_count() -> None:
    older, newer = says(1, PAYING), says(2, PAYING)
    no = apart(older)
    back = ev.Retract(at=FIRST + timedelta(hours=6), by="he.miao", what="unlink", when=no.at, because="看错了")
    assert found(older, newer.model_copy(update={"history": (no, back)}))
    assert found(older, newer.model_copy(update={"history": (apart(older, after_h=24 * 30),)}))
    assert dismissals([newer.model_copy(update={"history": (no,)})], NOW) == {frozenset((older.id, newer.id))}


def test_an_unlinked_problem_is_no_dismissal() -> None:
    older = says(1, PAYING)
    other = ev.Unlink(at=FIRST + timedelta(hours=5), by="he.miao", kind="problem", to="P-1")
    assert found(older, says(2, PAYING, other))


def test_what_is_linked_already_is_not_proposed() -> None:
    older = says(1, PAYING)
    assert found(older, says(2, PAYING, duplicate(older))) == []
    problem = ev.Link(at=FIRST + timedelta(hours=4), by="he.miao", kind="problem", to="P-pay")
    assert found(says(1, PAYING, problem), says(2, PAYING, problem)) == []
    second = says(2, PAYING)
    split = ev.Split(at=FIRST + timedelta(hours=4), by="he.miao", into=(second.id,))
    assert found(says(1, PAYING, split), second) == []


def test_a_duplicate_that_was_none_and_was_unlinked_is_not_proposed_again() -> None:
    older = says(1, PAYING)
    assert found(older, says(2, PAYING, duplicate(older), apart(older))) == []


def reject() -> Event:
    return ev.Reject(at=FIRST + timedelta(hours=4), by="he.miao", kind="spam")


def closed(after_h: float = 4) -> Event:
    return ev.Close(at=FIRST + timedelta(hours=after_h), by="he.miao")


def test_what_was_set_aside_and_another_systems_past_are_left_alone() -> None:
    assert found(says(1, PAYING), says(2, PAYING, reject())) == []
    assert found(says(1, PAYING), says(2, PAYING, record="history")) == []


def test_of_what_is_over_only_the_recent_is_an_original() -> None:
    recent = says(1, PAYING, classified(), closed())
    long_ago = says(2, PAYING, classified(), closed(), after=-90)
    new = says(3, PAYING_TOO, after=2)
    assert found(recent, new) == [(new.id, recent.id)]
    assert not candidates([recent, new], policy(), NOW)[0].swappable
    assert found(long_ago, new) == []


def test_an_open_item_is_found_however_old_it_is() -> None:
    assert len(found(says(1, PAYING, after=-300), says(2, PAYING_TOO))) == 1


def test_where_the_newer_item_is_over_the_older_one_is_the_duplicate() -> None:
    older, newer = says(1, PAYING), says(2, PAYING, classified(), closed())
    assert found(older, newer) == [(older.id, newer.id)]


def test_two_that_are_both_over_are_left_alone() -> None:
    assert found(says(1, PAYING, classified(), closed()), says(2, PAYING, classified(), closed())) == []


def test_what_comes_later_than_now_is_not_there_yet() -> None:
    assert found(says(1, PAYING), says(2, PAYING, after=30)) == []


def test_a_few_words_are_one_matter_only_from_one_person_or_in_one_category() -> None:
    short = "太慢了"
    who = Submitter(ref="5b1c6e0a")
    assert found(says(1, short), says(2, short)) == []
    assert found(says(1, short, submitter=who), says(2, short, submitter=Submitter(ref="99999999"))) == []
    assert len(found(says(1, short, submitter=who), says(2, short, submitter=who))) == 1
    assert len(found(says(1, short, classified()), says(2, short, classified()))) == 1


def test_two_praises_are_two() -> None:
    short = next(name for name, category in policy().categories.items() if category.short)
    text = "店员很热情，帮我找到了最后一件，谢谢"
    assert found(says(1, text, classified(short)), says(2, text, classified(short))) == []


def test_five_hundred_of_one_text_make_few_proposals_each() -> None:
    items = [says(n, PAYING) for n in range(120)]
    pairs = candidates(items, policy(), NOW)
    each = [pair.id for pair in pairs]
    assert max(map(each.count, set(each))) <= OF_ONE
    assert set(each) == {one.id for one in items[1:]}


def test_what_many_say_in_the_words_of_a_form_is_one_matter_only_in_one_place() -> None:
    text = "墙面涂鸦，公共建筑，非冒犯性内容"
    items = [says(n, text, area="城北" if n in (3, 9) else f"片区 {n}") for n in range(30)]
    assert found(*items) == [(items[9].id, items[3].id)]


def test_the_order_of_items_makes_no_difference() -> None:
    items = [says(n, text) for n, text in enumerate([PAYING, PAYING_TOO, PARCEL, PARCEL + "啊", PAYING])]
    assert candidates(items, policy(), NOW) == candidates(items[::-1], policy(), NOW)


def test_a_new_item_meets_those_that_it_is_like() -> None:
    older, other, new = says(1, PAYING), says(2, PARCEL), says(3, PAYING_TOO)
    pairing = Pairing([older, other], policy(), NOW)
    assert [(pair.id, pair.original) for pair in pairing.of(new)] == [(new.id, older.id)]
    assert pairing.of(says(4, "！！！")) == []
    assert Pairing([older, new], policy(), NOW, [frozenset((older.id, new.id))]).of(new) == []


def test_a_title_that_begins_the_text_is_said_once() -> None:
    assert said(says(1, PAYING)) == PAYING
    assert said(says(1, PAYING).model_copy(update={"title": "付不了款"})) == f"付不了款\n{PAYING}"
    assert said(says(1, PAYING).model_copy(update={"text": None})) == f"{PAYING[:40]}\n"


DAY = FIRST.date()


@pytest.mark.parametrize(("one", "other", "moves"), [
    (Facts(), Facts(), 0), (Facts("App"), Facts("app"), 1), (Facts("App"), Facts("POS"), -1), (Facts("App"), Facts(), 0),
    (Facts(category="a/b"), Facts(category="a/b"), 1), (Facts(category="a/b"), Facts(category="a/c"), -1),
    (Facts(day=DAY), Facts(day=DAY + timedelta(7)), 1), (Facts(day=DAY), Facts(day=DAY + timedelta(30)), 0),
    (Facts(day=DAY), Facts(day=DAY - timedelta(61)), -1),
])  # fmt: skip
def test_what_is_known_beside_the_words_moves_a_little(one: Facts, other: Facts, moves: int) -> None:
    moved = nudged(0.6, one, other) - 0.6
    assert (moved > 0) - (moved < 0) == moves
    assert abs(moved) < 0.1
    assert nudged(0.6, other, one) == nudged(0.6, one, other)
    assert 0 <= nudged(0.001, one, other) <= nudged(0.999, one, other) < 1


def test_another_product_lowers_and_never_rules_out() -> None:
    assert len(found(says(1, PAYING, product="App"), says(2, PAYING, product="POS"))) == 1
    near = says(1, PAYING, product="App"), says(2, PAYING_TOO, product="App")
    far = near[0], near[1].model_copy(update={"product": "POS"})
    assert candidates(near, policy(), NOW)[0].score > candidates(far, policy(), NOW)[0].score
