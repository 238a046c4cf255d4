"""Scope: different submitters of one matter, each counted once, since the moment at which the number was full."""

from collections.abc import Iterable

from tests.triage.crowd import HOUR, IDS, MOMENT, POLICY, classified, duplicate, problem, said

from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.triage.scope import Matters, Scope


def scope(one: Item, *others: Item, copies: Iterable[tuple[int, int]] = ()) -> Scope:
    pairs = [(IDS[left], IDS[right]) for left, right in copies]
    return Matters([one, *others], POLICY, MOMENT, pairs).scope(one)


def test_an_item_of_its_own_is_single() -> None:
    assert scope(said(0, 1), said(1, 2), said(2, 3)) == Scope()


def test_three_submitters_of_one_matter_make_it_common_since_the_third_joined() -> None:
    found = scope(said(0, 1), said(1, 2, duplicate(0, hours=9)), said(2, 3, duplicate(0, hours=5)))
    assert (found.kind, found.submitters, found.items) == ("common", 3, (IDS[1], IDS[2]))
    assert found.since == MOMENT - 5 * HOUR


def test_the_same_person_three_times_is_one_submitter() -> None:
    again = [said(n, 1, duplicate(0)) for n in range(1, 5)]
    assert scope(said(0, 1), *again).kind == "single"
    assert scope(said(0, 1), *again).submitters == 1


def test_senders_whom_nobody_knows_count_once_for_each_identity() -> None:
    assert scope(said(0), said(1, None, duplicate(0)), said(2, None, duplicate(0))).submitters == 3
    relayed = said(2, None, duplicate(0), source="票据 #1")
    assert scope(said(0), said(1, None, duplicate(0)), relayed).submitters == 2


def test_ten_submitters_are_systemic_and_nine_are_common() -> None:
    nine = [said(n, n + 1, duplicate(0, hours=12 - n)) for n in range(1, 9)]
    assert scope(said(0, 1), *nine).kind == "common"
    tenth = scope(said(0, 1), *nine, said(9, 20, duplicate(0, hours=1)))
    assert (tenth.kind, tenth.submitters, tenth.since) == ("systemic", 10, MOMENT - HOUR)


def test_a_duplicate_of_a_duplicate_belongs_to_the_first_and_sees_the_same_number() -> None:
    chain = [said(0, 1), said(1, 2, duplicate(0)), said(2, 3, duplicate(1))]
    matters = Matters(chain, POLICY, MOMENT)
    assert [matters.scope(one).submitters for one in chain] == [3, 3, 3]


def test_two_items_that_name_each_other_as_the_original_are_counted_all_the_same() -> None:
    circle = [said(0, 1, duplicate(1)), said(1, 2, duplicate(0))]
    matters = Matters(circle, POLICY, MOMENT)
    assert [matters.scope(one).submitters for one in circle] == [2, 2]


def test_items_of_one_problem_are_one_matter_with_their_duplicates() -> None:
    found = scope(said(0, 1, problem("支付-报错")), said(1, 2, problem("支付-报错", hours=3)), said(2, 3, duplicate(1)))
    assert (found.kind, found.submitters) == ("common", 3)
    assert scope(said(0, 1, problem("甲")), said(1, 2, problem("乙")), said(2, 3, problem("丙"))).kind == "single"


def test_copies_of_the_first_count_for_each_of_them_and_no_chain_of_copies_does() -> None:
    five = [said(n, n + 1) for n in range(5)]
    assert scope(*five, copies=[(0, 1), (0, 2)]).submitters == 3
    assert scope(*five[1:], five[0], copies=[(0, 1), (0, 2)]).submitters == 3
    assert scope(*five, copies=[(0, 1), (1, 2), (2, 3), (3, 4)]).submitters == 3


def test_a_copy_of_a_duplicate_counts_for_the_original() -> None:
    found = scope(said(0, 1), said(1, 2, duplicate(0)), said(2, 3), copies=[(1, 2)])
    assert (found.kind, found.items) == ("common", (IDS[2], IDS[1]))


def test_what_was_unlinked_retracted_or_rejected_counts_nobody() -> None:
    first = said(0, 1)
    second = said(1, 2, duplicate(0))
    link = duplicate(0)
    apart = ev.Unlink(at=MOMENT - HOUR, by="zhou.yuan", kind="duplicate", to=IDS[0])
    back = ev.Retract(at=MOMENT - HOUR, by="zhou.yuan", what="duplicate", when=link.at, because="点错了")
    spam = ev.Reject(at=MOMENT - HOUR, by="zhou.yuan", kind="spam")
    assert scope(first, second, said(2, 3, link, apart)).submitters == 2
    assert scope(first, second, said(2, 3, link, back)).submitters == 2
    third = said(2, 3, spam)
    assert scope(first, second, third, copies=[(0, 2)]).submitters == 2


def test_what_happens_later_is_not_known_yet() -> None:
    later = said(2, 3, hours=-1)
    assert scope(said(0, 1), said(1, 2, duplicate(0, hours=-1)), later, copies=[(0, 2)]).submitters == 1


def test_an_original_that_is_not_there_still_holds_its_duplicates_together() -> None:
    both = [said(1, 2, duplicate(0)), said(2, 3, duplicate(0)), said(3, 4, duplicate(0))]
    found = Matters(both, POLICY, MOMENT).scope(both[0])
    assert (found.kind, found.items) == ("common", (IDS[2], IDS[3]))


def test_wider_is_said_of_more_than_what_was_known() -> None:
    assert Scope("common").is_wider_than(None)
    assert Scope("common").is_wider_than("single")
    assert not Scope("common").is_wider_than("common")
    assert not Scope("common").is_wider_than("systemic")
    assert classified().scope is None
