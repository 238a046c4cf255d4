"""What becomes common later is raised once by the rules; where a person spoke it is a suggestion."""

from collections.abc import Sequence

from tests.triage.crowd import HOUR, IDS, MOMENT, POLICY, classified, duplicate, said

from git_feedback.desk import standings
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.triage.widening import Widened, widened

TWINS = (said(1, 2, duplicate(0, hours=9)), said(2, 3, duplicate(0, hours=5)))


def found(*items: Item, copies: Sequence[tuple[str, str]] = ()) -> list[Widened]:
    return widened(standings(items, POLICY, MOMENT), POLICY, MOMENT, copies)


def test_the_original_is_raised_by_the_rules_once_a_third_submitter_is_linked() -> None:
    (one,) = found(said(0, 1, classified(tags=["checkout"])), *TWINS)
    event = one.event
    assert event
    assert (event.by, event.category, event.urgency, event.impact, event.scope) == (
        "rules",
        "product/bug",
        3,
        4,
        "common",
    )
    assert (event.at, event.tags) == (MOMENT, ("checkout",))
    assert event.because == (
        f"keyword 闪退; rule bug-zh; scope common, 3 submitters, {IDS[1]} {IDS[2]}: urgency 3, impact 4"
    )


def test_once_raised_it_is_not_raised_again_until_it_is_systemic() -> None:
    raised = classified(hours=4, impact=4, scope="common")
    assert found(said(0, 1, classified(), raised), *TWINS) == []
    more = [said(n, n + 1, duplicate(0, hours=3)) for n in range(3, 11)]
    (one,) = found(said(0, 1, classified(), raised), *TWINS, *more)
    assert one.event
    assert (one.event.impact, one.event.scope) == (5, "systemic")


def test_two_submitters_raise_nothing() -> None:
    assert found(said(0, 1, classified()), TWINS[0]) == []
    assert found(said(0, 1, classified()), TWINS[0], said(2, 2, duplicate(0))) == []


def test_a_persons_word_is_not_overwritten_and_the_raise_is_suggested() -> None:
    (one,) = found(said(0, 1, classified("zhou.yuan")), *TWINS)
    assert one.event is None
    assert (one.score.urgency, one.score.impact, one.score.level) == (3, 4, "P2")
    assert one.command == (
        f"git feedback classify {IDS[0]} --category product/bug --urgency 3 --impact 4 --scope common"
    )


def test_a_person_who_spoke_when_so_many_were_known_is_not_asked_again() -> None:
    assert found(said(0, 1, classified("zhou.yuan", hours=4)), *TWINS) == []
    assert found(said(0, 1, classified("zhou.yuan", hours=5)), *TWINS) == []
    assert len(found(said(0, 1, classified("zhou.yuan", hours=6)), *TWINS)) == 1


def test_a_machines_word_before_the_persons_changes_nothing_about_that() -> None:
    assert found(said(0, 1, classified(), classified("zhou.yuan", hours=4)), *TWINS) == []


def test_copies_make_each_open_item_common() -> None:
    three = [said(n, n + 1, classified()) for n in range(3)]
    listed = found(*three, copies=[(IDS[0], IDS[1]), (IDS[0], IDS[2]), (IDS[1], IDS[2])])
    assert [one.standing.item.id for one in listed] == [IDS[0], IDS[1], IDS[2]]
    assert {one.scope.submitters for one in listed} == {3}


def test_what_is_over_new_or_another_systems_past_is_left_alone() -> None:
    reject = ev.Reject(at=MOMENT - HOUR, by="zhou.yuan", kind="invalid")
    assert found(said(0, 1, classified(), reject), *TWINS) == []
    assert found(said(0, 1), *TWINS) == []
    assert found(said(0, 1, classified(), record="history"), *TWINS) == []


def test_an_event_of_this_very_second_is_followed_by_the_raise() -> None:
    note = ev.Note(at=MOMENT, by="zhou.yuan", text="又来了两位")
    (one,) = found(said(0, 1, classified(), note), *TWINS)
    assert one.event
    assert one.event.at > MOMENT


def test_a_condition_on_the_scope_lifts_what_became_systemic() -> None:
    paid = classified(category="product/payment", urgency=4, impact=4)
    (one,) = found(said(0, 1, paid), *(said(n, n + 1, duplicate(0)) for n in range(1, 10)))
    assert one.event
    assert one.score.level == "P0"
    assert "condition money-of-many, level P0: urgency 5, impact 5" in (one.event.because or "")
