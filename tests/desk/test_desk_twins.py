"""Two items that look like one matter and are none: said once, kept, taken back; and which of several carries on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from tests.sample_desk import PAYMENT, item

from git_feedback.desk import Refusal, Standing, act, standing, state
from git_feedback.desk.twins import apart_from, original_of
from git_feedback.i18n import LANGUAGES
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.store import append, read, write

ID, OTHER, THIRD = "Q261119-0AAJN0D", "Q261119-5DVCFC5", "Q261119-XTQ4TQW"
NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
APART = {"kind": "duplicate", "to": OTHER, "because": "一个在付款，一个在退款"}
CLASSIFY = "classify: {at: 2026-11-19T10:00:00+08:00, by: he.miao, category: product/payment, urgency: 3, impact: 3}"
TWIN = "duplicate: {at: 2026-11-19T11:00:00+08:00, by: he.miao, of: %s}"
UNLINK = "unlink: {at: 2026-11-19T12:00:00+08:00, by: he.miao, kind: duplicate, to: %s}"


def told(*events: str, name: str = ID) -> Item:
    return item(PAYMENT.replace(ID, name) + "history:\n" + "".join(f"  - {event}\n" for event in events))


def after(found: Item, policy: Policy, verb: str, args: Mapping[str, object], minutes: int = 0) -> Item:
    event = act(verb, found, policy, NOW + timedelta(minutes=minutes), "he.miao", args)
    assert not isinstance(event, Refusal), event.said("zh")
    return read(append(write(found), event, file="item.yml"), file="item.yml")


def refused(found: Item, policy: Policy, args: Mapping[str, object]) -> Refusal:
    event = act("unlink", found, policy, NOW + timedelta(hours=1), "he.miao", args)
    assert isinstance(event, Refusal)
    return event


def test_two_items_that_were_never_linked_can_be_said_to_be_two_matters(policy: Policy) -> None:
    found = after(told(CLASSIFY), policy, "unlink", APART)
    assert apart_from(found, NOW) == {OTHER}
    assert state(found, policy, NOW)._replace(since=NOW) == state(told(CLASSIFY), policy, NOW)._replace(since=NOW)


@pytest.mark.parametrize(
    ("to", "code"), [(ID, "apart-from-itself"), ("退款那一件", "bad-id"), ("Q261119-5DVCFC6", "bad-id")]
)
def test_what_is_no_other_item_is_refused(policy: Policy, to: str, code: str) -> None:
    refusal = refused(told(CLASSIFY), policy, {**APART, "to": to})
    assert refusal.code == code
    for language in LANGUAGES:
        assert "{" not in refusal.said(language)


def test_it_is_written_once(policy: Policy) -> None:
    found = after(told(CLASSIFY), policy, "unlink", APART)
    refusal = refused(found, policy, APART)
    assert refusal.code == "apart-already"
    assert OTHER in refusal.said("zh")
    assert refused(after(found, policy, "unlink", {**APART, "to": THIRD}, 1), policy, APART).code == "apart-already"


def test_taken_back_it_may_be_said_again(policy: Policy) -> None:
    found = after(told(CLASSIFY), policy, "unlink", APART)
    found = after(found, policy, "retract", {"what": "unlink", "when": found.history[-1].at, "because": "看错了"}, 5)
    later = NOW + timedelta(minutes=10)
    assert apart_from(found, later) == frozenset()
    assert apart_from(after(found, policy, "unlink", APART, 20), NOW + timedelta(minutes=30)) == {OTHER}


def test_a_duplicate_is_only_taken_apart_from_what_it_is_a_duplicate_of(policy: Policy) -> None:
    assert refused(told(CLASSIFY, TWIN % THIRD), policy, APART).code == "no-such-link"


def test_said_on_another_clone_it_takes_no_duplicate_apart(policy: Policy) -> None:
    """One clone links to one item, another says that a second one is none: merged, both hold."""
    found = told(CLASSIFY, TWIN % THIRD, UNLINK % OTHER)
    at = state(found, policy, NOW)
    assert (at.life, at.duplicate_of) == ("duplicate", THIRD)
    assert apart_from(found, NOW) == {OTHER}
    assert state(told(CLASSIFY, TWIN % THIRD, UNLINK % THIRD), policy, NOW).duplicate_of is None


def test_what_was_a_duplicate_and_is_none_any_more_counts_as_taken_apart(policy: Policy) -> None:
    found = after(told(CLASSIFY, TWIN % OTHER), policy, "unlink", {})
    assert apart_from(found, NOW) == {OTHER}


def standings(policy: Policy, *items: Item) -> dict[str, Standing]:
    return {found.id: standing(found, policy, NOW) for found in items}


def test_the_item_that_carries_on_is_found_over_duplicates_of_duplicates(policy: Policy) -> None:
    by_id = standings(policy, told(CLASSIFY, TWIN % OTHER), told(TWIN % THIRD, name=OTHER), told(CLASSIFY, name=THIRD))
    assert original_of(by_id[ID], by_id) is by_id[THIRD]
    assert original_of(by_id[THIRD], by_id) is None


def test_a_ring_of_duplicates_and_a_missing_one_have_no_original(policy: Policy) -> None:
    ring = standings(policy, told(TWIN % OTHER), told(TWIN % ID, name=OTHER))
    assert original_of(ring[ID], ring) is None
    lost = standings(policy, told(TWIN % OTHER))
    assert original_of(lost[ID], lost) is None
