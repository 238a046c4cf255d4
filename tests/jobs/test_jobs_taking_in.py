"""One way in for every channel: what is private is sealed, what is answered joins its item, and twice is once."""

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import Sample, sample

from git_feedback.desk import act
from git_feedback.intake import File, Private, Row
from git_feedback.jobs import taking_in
from git_feedback.jobs.reading import load_policy
from git_feedback.jobs.taking_in import Outcome, TakingIn
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Event, Item, Submission, ids
from git_feedback.privacy import erased_source
from git_feedback.privacy.sealing import new_identity, unsealed
from git_feedback.store import Desk, Keys, append, read, write, write_file

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
SECRET, PUBLIC = new_identity()
PHONE = "13800138000"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    (made.root / "policy/recipients.txt").write_text(f"# 何淼\n{PUBLIC}\n", encoding="utf-8")
    return made


def taking(desk: Sample, **more: Any) -> TakingIn:
    policy = load_policy(Desk(desk.root).policy())
    bits = count(7)
    return TakingIn(desk.root, policy, Vault.of(policy, desk.git, b"k" * 32), NOW, lambda: next(bits), **more)


def row(source: str | None = "mail:1", title: str = "付款页面报错", **more: Any) -> Row:
    said = Submission(
        received=NOW - timedelta(hours=1), channel="e-mail", source=source, title=title, text="试了三次。"
    )
    return Row(1, said, **more)


def taken(desk: Sample, *rows: Row, **more: Any) -> list[Outcome]:
    door = taking(desk, **more)
    outcomes = [door.take(one) for one in rows]
    door.finish()
    return outcomes


def item(desk: Sample, outcome: Outcome) -> Item:
    assert outcome.id
    return Desk(desk.root).item(outcome.id)[1]


def everything(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git/" not in path.as_posix())


def test_contacts_are_sealed_and_a_hint_and_a_reference_stay(desk: Sample) -> None:
    private = Private({"mobile": PHONE, "name": "王小花"}, {"text": f"请打 {PHONE}"})
    (outcome,) = taken(desk, row(private=private))
    there = item(desk, outcome).submitter
    assert there and there.hint == "138****8000" and there.ref and there.sealed
    assert unsealed(there.sealed, Keys(desk.git).of(str(outcome.id)), [SECRET]) == {
        "mobile": PHONE, "name": "王小花", "original.text": f"请打 {PHONE}",
    }  # fmt: skip
    assert PHONE.encode() not in everything(desk.root) and "王小花".encode() not in everything(desk.root)


def test_the_same_person_is_known_again_by_another_spelling(desk: Sample) -> None:
    first, second = (Private({"mobile": number}) for number in (PHONE, "+86 138-0013-8000"))
    outcomes = taken(desk, row(private=first), row("mail:2", private=second))
    one, other = (item(desk, outcome).submitter for outcome in outcomes)
    assert one and other and one.ref == other.ref


def test_where_nobody_can_be_sealed_to_a_row_with_contacts_waits_outside(desk: Sample) -> None:
    (desk.root / "policy/recipients.txt").write_text("", encoding="utf-8")
    before = everything(desk.root)
    (outcome,) = taken(desk, row(private=Private({"mobile": PHONE})))
    assert (outcome.what, [one.code for one in outcome.remarks]) == ("refused", ["no-recipients"])
    assert everything(desk.root) == before
    (without,) = taken(desk, row(private=Private({"mobile": PHONE})), without_contacts=True)
    there = item(desk, without).submitter
    assert there and there.hint == "138****8000" and there.sealed is None


def test_an_answer_is_a_message_of_its_item_and_of_no_other(desk: Sample) -> None:
    outcomes = taken(desk, row(), row("mail:2", "另一件事"), row("mail:3", answers=("mail:unknown", "mail:1")))
    assert [one.what for one in outcomes] == ["new", "new", "message"]
    assert outcomes[2].id == outcomes[0].id
    (event,) = item(desk, outcomes[0]).history
    assert (event.verb, event.by, getattr(event, "source", "")) == ("message", "intake", "mail:3")
    assert not item(desk, outcomes[1]).history


def test_an_answer_to_an_answer_finds_the_item_too_and_nothing_is_taken_twice(desk: Sample) -> None:
    rows = row(), row("mail:3", answers=("mail:1",)), row("mail:4", answers=("mail:3",))
    assert [one.what for one in taken(desk, *rows)] == ["new", "message", "message"]
    before = everything(desk.root)
    assert [one.what for one in taken(desk, *rows)] == ["already"] * 3
    assert everything(desk.root) == before


def test_what_was_asked_for_is_supplied_and_the_wait_ends(desk: Sample) -> None:
    (first,) = taken(desk, row())
    there = item(desk, first)
    asked = act("ask", there, load_policy(Desk(desk.root).policy()), NOW, "he.miao", {"question": "是哪台手机？"})
    assert isinstance(asked, Event)
    path = desk.root / ids.path(there.id)
    write_file(path, append(path.read_bytes(), asked))
    (outcome,) = taken(desk, row("mail:5", answers=("mail:1",)))
    assert [event.verb for event in item(desk, outcome).history] == ["ask", "supply"]


def test_a_refused_file_is_named_with_the_reason_and_the_others_are_kept(desk: Sample) -> None:
    files = (
        File("说明.txt", "第三步就退出了".encode()),
        File("病毒.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    )
    (outcome,) = taken(desk, row(files=files))
    there = item(desk, outcome)
    assert [one.name for one in there.attachments] == ["说明.txt"]
    (note,) = there.history
    assert note.verb == "note" and "病毒.svg" in getattr(note, "text", "")
    assert all((desk.root / path).is_file() for path in outcome.paths)


def test_a_message_keeps_its_files_and_its_words_as_they_came(desk: Sample) -> None:
    private = Private({"email": "wang@example.com"}, {"text": f"新号码 {PHONE}"})
    taken(desk, row(private=private))
    later = Private({"email": "wang@example.com"}, {"text": f"又换了 {PHONE}"})
    (outcome,) = taken(desk, row("mail:6", answers=("mail:1",), files=(File("a.txt", b"log"),), private=later))
    (event,) = item(desk, outcome).history
    assert len(getattr(event, "files", ())) == 1
    sealed = getattr(event, "sealed", "")
    assert unsealed(sealed, Keys(desk.git).of(str(outcome.id)), [SECRET]) == {"original.text": f"又换了 {PHONE}"}


def test_keys_are_put_away_before_the_files_that_need_them_are_written(
    desk: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 2)
    door = taking(desk)
    first = door.take(row(private=Private({"mobile": PHONE})))
    assert not (desk.root / ids.path(str(first.id))).exists()
    second = door.take(row("mail:2", private=Private({"mobile": PHONE})))
    for outcome in (first, second):
        assert read(desk.root / ids.path(str(outcome.id))).submitter
        assert Keys(desk.git).of(str(outcome.id))


def test_what_a_crash_left_uncommitted_the_next_one_hands_over(desk: Sample) -> None:
    (left,) = taken(desk, row())
    door = taking(desk)
    assert door.take(row()).what == "already"
    assert door.finish() == left.paths
    door.journal.close()
    assert taking(desk).finish() == ()


def test_a_dry_run_writes_nothing_at_all(desk: Sample) -> None:
    before = everything(desk.root)
    rows = row(private=Private({"mobile": PHONE}), files=(File("a.txt", b"log"),)), row("mail:2", answers=("mail:1",))
    assert [one.what for one in taken(desk, *rows, dry_run=True)] == ["new", "message"]
    assert everything(desk.root) == before
    assert not desk.git.run("for-each-ref", "refs/feedback").strip()


def test_what_was_erased_does_not_come_back_with_a_second_import(desk: Sample) -> None:
    (outcome,) = taken(desk, row(), row("mail:2", "另一件事"))[:1]
    there = item(desk, outcome)
    gone = there.model_copy(
        update={"source": erased_source("e-mail", "mail:1"), "title": "(已按请求删除)", "text": None}
    )
    write_file(desk.root / ids.path(there.id), write(gone))
    assert [one.what for one in taken(desk, row())] == ["already"]
    assert taken(desk, row("mail:9", answers=("mail:1",)))[0].id == there.id
