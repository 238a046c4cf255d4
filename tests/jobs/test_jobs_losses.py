"""What is lost between two versions of an item, and what an event may let go."""

from datetime import timedelta
from typing import Literal

import pytest
from tests.sample_desk import PAYMENT, item

from git_feedback.jobs.losses import ALLOWED, KEPT_ALWAYS, Losses, added, losses
from git_feedback.model import VERBS, Event, Item
from git_feedback.model.events import Erase, Note
from git_feedback.privacy.blanking import blanked

NOTE = "  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n    text: 顾客姓王\n"
BEFORE = item(PAYMENT + "history:\n" + NOTE)
AT = BEFORE.history[0].at


class Correction(Event):
    """What a correction says, whatever else the model may give it."""

    verb: Literal["correct"] = "correct"
    field: str


def after(*events: Event, **changes: object) -> Item:
    """The item with more events and other values."""
    return BEFORE.model_copy(update={"history": (*BEFORE.history, *events), **changes})


def correction(field: str) -> Correction:
    return Correction(at=AT, by="he.miao", field=field)


def hint(text: str) -> object:
    assert BEFORE.submitter
    return BEFORE.submitter.model_copy(update={"hint": text})


def test_nothing_is_lost_where_history_grew() -> None:
    assert losses(BEFORE, after(Note(at=AT, by="he.miao", text="又来电"))) == Losses()


def test_without_an_event_every_changed_field_is_a_loss() -> None:
    changed = after(title="没什么", submitter=hint("138****"), rating=1)
    assert set(losses(BEFORE, changed).fields) == {"title", "submitter.hint", "rating"}


@pytest.mark.parametrize(("field", "lost"), [
    ("title", ("submitter.hint",)), ("submitter.hint", ("title",)), ("submitter", ("title",)), ("text", ("title", "submitter.hint")),
])  # fmt: skip
def test_a_correction_lets_its_own_field_change_and_no_other(field: str, lost: tuple[str, ...]) -> None:
    assert losses(BEFORE, after(correction(field), title="改正", submitter=hint("139****"))).fields == lost


def test_a_correction_that_was_there_before_lets_nothing_change_again() -> None:
    corrected = after(correction("title"), title="改正")
    assert losses(corrected, corrected.model_copy(update={"title": "再改"})).fields == ("title",)


@pytest.mark.parametrize("field", sorted(KEPT_ALWAYS))
def test_which_item_it_is_no_event_can_change(field: str) -> None:
    value = {"id": "Q261119-5DVCFC5", "landed": AT, "record": "history"}[field]
    assert losses(BEFORE, after(correction(field), **{field: value})).fields == (field,)


def test_a_correction_lets_no_event_be_reworded() -> None:
    reworded = BEFORE.history[0].model_copy(update={"text": "顾客姓李"})
    changed = BEFORE.model_copy(update={"history": (reworded, correction("history"))})
    assert losses(BEFORE, changed).events == BEFORE.history


def erasure(request: str = "7") -> Erase:
    return Erase(at=AT, by="he.miao", request=request)


def erased(*events: Event) -> Item:
    """What an erasure leaves, with its event and more."""
    less = blanked(BEFORE, AT)
    return less.model_copy(update={"history": (*less.history, erasure(), *events)})


def test_an_erasure_takes_words_and_leaves_every_figure() -> None:
    assert losses(BEFORE, erased()) == Losses()
    for name, value in (("channel", "phone"), ("product", "别的"), ("rating", 1), ("received", AT), ("tags", ("新",))):
        assert losses(BEFORE, erased().model_copy(update={name: value})).fields == (name,)


def test_an_erasure_puts_no_other_words_in_the_place_of_those_it_takes() -> None:
    for name, value in (("title", "没什么"), ("text", "都好"), ("source", "票据 #9"), ("device", "iOS 18")):
        assert losses(BEFORE, erased().model_copy(update={name: value})).fields == (name,)
    assert losses(BEFORE, erased().model_copy(update={"submitter": hint("139****1111")})).fields == ("submitter.hint",)
    reworded = BEFORE.history[0].model_copy(update={"text": "顾客姓李"})
    said = erased().model_copy(update={"history": (reworded, erasure())})
    assert losses(BEFORE, said).events == BEFORE.history


def test_without_its_event_nothing_may_be_erased() -> None:
    found = losses(BEFORE, blanked(BEFORE, AT))
    assert set(found.fields) == {"source", "title", "text"}
    assert found.events == BEFORE.history


def test_an_erasure_that_was_there_before_lets_nothing_new_go() -> None:
    later = Note(at=AT + timedelta(hours=1), by="he.miao", text="又来电")
    blank = later.model_copy(update={"text": blanked(BEFORE, AT).title})
    assert losses(erased(later), erased(blank)).events == (later,)
    assert losses(erased(later), erased(blank, Erase(at=later.at, by="he.miao", request="8"))) == Losses()


def test_an_erasure_may_leave_a_field_as_it_was() -> None:
    assert losses(BEFORE, erased().model_copy(update={"title": BEFORE.title})) == Losses()


def test_an_erasure_removes_no_event_and_changes_not_who_did_it_or_when() -> None:
    assert losses(BEFORE, BEFORE.model_copy(update={"history": (erasure(),)})).events
    other = BEFORE.history[0].model_copy(update={"by": "lin.wan"})
    assert losses(BEFORE, BEFORE.model_copy(update={"history": (other, erasure())})).events


def test_of_equal_events_as_many_are_new_as_there_are_more() -> None:
    one = BEFORE.history[0]
    assert added([one], [one, one, one]) == [one, one]
    assert added([one, one], [one]) == []


def test_the_fields_that_nothing_may_change_exist_and_the_table_fits_the_verbs_there_are() -> None:
    assert set(Item.model_fields) >= KEPT_ALWAYS
    assert VERBS.keys() >= ALLOWED.keys()
    assert "field" in VERBS["correct"].model_fields
