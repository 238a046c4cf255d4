"""What somebody chose in a form stays what it is; words of an alarm raise it all the same, once, and over no person."""

from datetime import datetime, timedelta

import pytest
from tests.sample_desk import NOW, item, policy

from git_feedback.desk import state
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.triage import Rules

MOMENT = datetime.fromisoformat(NOW)
RULES = Rules(policy())


def chosen(title: str, *more: ev.Classify, by: str = "intake") -> Item:
    said = ev.Classify(
        at=MOMENT - timedelta(hours=1), by=by, category="product/instructions", urgency=2, impact=2, tags=("paper",)
    )
    return item().model_copy(update={"title": title, "text": None, "history": (said, *more)})


def test_the_chosen_category_stays_and_the_alarm_raises_it_with_its_reason() -> None:
    one = chosen("按说明书接线，插座起火了")
    found = RULES.raised(one, MOMENT)
    assert found
    assert found.event
    assert (found.event.by, found.event.category) == ("rules", "product/instructions")
    assert (found.event.urgency, found.event.impact, found.event.tags) == (5, 5, ("paper",))
    assert found.event.because
    assert "keyword 起火; rule danger-zh: urgency 5, impact 5" in found.event.because
    assert found.level == "P0"
    assert state(one.model_copy(update={"history": (*one.history, found.event)}), policy(), MOMENT).level == "P0"


def test_it_is_raised_once() -> None:
    one = chosen("按说明书接线，插座起火了")
    found = RULES.raised(one, MOMENT)
    assert found
    assert found.event
    assert RULES.raised(one.model_copy(update={"history": (*one.history, found.event)}), MOMENT) is None


@pytest.mark.parametrize("by", ["he.miao", "rules", "model", "import"])
def test_what_a_person_or_another_machine_said_is_left_alone(by: str) -> None:
    assert RULES.raised(chosen("插座起火了", by=by), MOMENT) is None
    later = ev.Classify(at=MOMENT, by=by, category="product/instructions", urgency=1, impact=1)
    assert RULES.raised(chosen("插座起火了", later), MOMENT) is None


@pytest.mark.parametrize("title", ["说明书看不懂", "没有起火，只是问问", "很好", ""])
def test_without_a_word_of_an_alarm_nothing_is_raised(title: str) -> None:
    assert RULES.raised(chosen(title or "。"), MOMENT) is None


def test_what_lies_as_high_already_needs_no_event() -> None:
    high = ev.Classify(at=MOMENT, by="intake", category="product/instructions", urgency=5, impact=5)
    assert RULES.raised(chosen("插座起火了", high), MOMENT) is None


def test_the_event_comes_after_the_choice_even_within_the_same_second() -> None:
    said = ev.Classify(at=MOMENT, by="intake", category="product/instructions", urgency=2, impact=2)
    found = RULES.raised(item().model_copy(update={"title": "插座起火了", "text": None, "history": (said,)}), MOMENT)
    assert found
    assert found.event
    assert found.event.at == MOMENT + timedelta(seconds=1)


def test_what_nobody_classified_is_no_matter_of_raising() -> None:
    assert RULES.raised(item().model_copy(update={"title": "插座起火了", "history": ()}), MOMENT) is None
