"""Versions of an item, one of which erased something: the others lose it too before they are compared."""

from datetime import UTC, datetime

import pytest
from tests.sample_desk import PAYMENT
from tests.store.test_store_merging import ordered

from git_feedback.model import events as ev
from git_feedback.privacy.blanking import blanked
from git_feedback.store import append, read, write
from git_feedback.store.erased import alike
from git_feedback.store.merging import merge

NOTE = "history:\n  - note: {at: 2026-11-19T10:00:00+08:00, by: he.miao}\n    text: 李雷来电\n"
BASE = f"{PAYMENT}{NOTE}".encode()


def at(hour: int) -> datetime:
    return datetime(2026, 11, 19, hour, tzinfo=UTC)


def erased(source: bytes, hour: int = 4) -> bytes:
    item = blanked(read(source), at(hour))
    return append(write(item), ev.Erase(at=at(hour), by="he.miao", request="7"))


def noted(source: bytes, hour: int, words: str = "李雷又来电") -> bytes:
    return append(source, ev.Note(at=at(hour), by="lin.wan", text=words))


def merged(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    found = merge(base, ours, theirs, ordered)
    assert not found.problems, [problem.said("zh") for problem in found.problems]
    assert found.content is not None
    return found.content


def test_where_nothing_was_erased_all_stay_to_the_byte() -> None:
    sources = (BASE, noted(BASE, 5), None)
    assert alike(*sources) == sources


def test_a_version_that_cannot_be_read_is_left_to_whoever_merges() -> None:
    sources = (BASE, erased(BASE), b"\n  - erase: {")
    assert alike(*sources) == sources


def test_the_version_that_erased_stays_to_the_byte_with_the_remarks_in_it() -> None:
    mine = erased(BASE).replace(b"  - note:", "  # 备忘\n  - note:".encode(), 1)
    _, ours, theirs = alike(BASE, mine, noted(BASE, 3))
    assert ours == mine
    assert theirs is not None
    assert "李雷" not in theirs.decode()


@pytest.mark.parametrize("exchanged", [False, True])
def test_words_written_before_the_erasure_by_somebody_who_did_not_know_of_it_go_too(exchanged: bool) -> None:
    sides = (noted(BASE, 3), erased(BASE)) if exchanged else (erased(BASE), noted(BASE, 3))
    found = merged(BASE, *sides)
    assert "李雷" not in found.decode()
    assert [event.verb for event in read(found).history] == ["note", "note", "erase"]


def test_words_written_after_the_erasure_stay() -> None:
    found = merged(BASE, erased(BASE), noted(BASE, 6, "已电话回复"))
    assert "已电话回复" in found.decode()
    assert "李雷" not in found.decode()


def test_two_erasures_are_both_told() -> None:
    found = merged(BASE, erased(BASE, 4), erased(noted(BASE, 3), 5))
    assert [event.verb for event in read(found).history] == ["note", "note", "erase", "erase"]
    assert "李雷" not in found.decode()
