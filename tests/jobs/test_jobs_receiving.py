"""Receipts against a real history: proven, changed, never there, and what a clone cannot know."""

import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.jobs.dated_desk import ITEM, Dated, dated, moment, note
from tests.sample_desk import git, policy

from git_feedback.desk import Refusal
from git_feedback.jobs.losses import losses
from git_feedback.jobs.receiving import Proof, content_hash, first_commit, handed_over, proof, receipt
from git_feedback.model import Item, receipts
from git_feedback.model.receipts import Receipt
from git_feedback.store import Git, read

TOKEN = receipts.token(0x1122_3344_5566_7788_99AA_BBCC_DDEE_FF00)
NOW = datetime.fromisoformat(moment("11-19T10:00"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    (tmp_path / "台").mkdir()
    return dated(tmp_path / "台", monkeypatch)


def item(desk: Dated) -> Item:
    return read(desk.desk.text(ITEM).encode())


def given(desk: Dated, token: str = TOKEN) -> bytes | Refusal:
    source = desk.desk.text(ITEM).encode()
    return handed_over(item(desk), source, policy(), NOW, "he.miao", token, "已向顾客发出回执", file=ITEM)


def hand_over(desk: Dated) -> Receipt:
    made = given(desk)
    assert isinstance(made, bytes)
    desk.put(made.decode())
    desk.commit("11-19T10:00")
    return receipt(item(desk), TOKEN)


def proven(desk: Dated, shown: Receipt) -> Proof:
    return proof(desk.desk.git, shown)


def said(desk: Dated, **more: str) -> Receipt:
    return replace(receipt(item(desk)), **more)  # type: ignore[arg-type]


# ---- giving one -----------------------------------------------------------------------------------------------------


def test_the_file_holds_the_digest_and_who_gave_it_and_never_the_number(desk: Dated) -> None:
    before = item(desk)
    hand_over(desk)
    after = item(desk)
    assert after.receipt == receipts.digest(TOKEN)
    assert [(event.verb, event.by) for event in after.history] == [("correct", "he.miao")]
    assert TOKEN not in desk.desk.text(ITEM)
    assert TOKEN.replace("-", "") not in desk.desk.text(ITEM)
    assert not losses(before, after), "a check against the base finds nothing lost"


def test_an_item_gets_one_number_and_no_other(desk: Dated) -> None:
    hand_over(desk)
    again = given(desk, receipts.token(7))
    assert isinstance(again, Refusal)
    assert again.code == "receipt-there"


@pytest.mark.parametrize("channel", ["issue-form", "pull-request"])
def test_what_came_by_a_public_channel_gets_none(desk: Dated, channel: str) -> None:
    desk.put(desk.desk.text(ITEM).replace("web-form", channel))
    refused = given(desk)
    assert isinstance(refused, Refusal)
    assert refused.code == "receipt-public"
    assert channel in refused.said("zh")


def test_whoever_may_not_correct_may_not_give_one(desk: Dated) -> None:
    source = desk.desk.text(ITEM).encode()
    refused = handed_over(item(desk), source, policy(), NOW, "wen.jing", TOKEN, "回执", file=ITEM)
    assert isinstance(refused, Refusal)


def test_events_and_the_receipt_itself_do_not_change_what_was_said_but_every_word_does(desk: Dated) -> None:
    before = content_hash(item(desk))
    hand_over(desk)
    desk.append(note("11-19T11:00"), "11-19T11:00")
    assert content_hash(item(desk)) == before
    for old, new in (
        ("支付页面报错", "支付页面报错。"),
        ("returning", "new"),
        ("09:31:00", "09:31:01"),
        ("App", "app"),
    ):
        text = desk.desk.text(ITEM)
        assert old in text
        assert content_hash(read(text.replace(old, new, 1).encode())) != before


# ---- holding one against the record ---------------------------------------------------------------------------------


def test_it_is_proven_since_the_first_commit_whatever_happened_to_the_item_since(desk: Dated) -> None:
    landed = desk.head
    desk.append(note("11-19T09:50"), "11-19T09:50")
    shown = hand_over(desk)
    desk.append(note("11-19T11:00"), "11-19T11:00")
    found = proven(desk, shown)
    assert (found.code, found.commit, found.changed) == ("receipt-proven", landed, "")
    assert found.holds
    assert found.at == datetime.fromisoformat("2026-11-19T09:35:00+08:00")


def test_a_moved_file_is_still_the_item(desk: Dated) -> None:
    landed, shown = desk.head, said(desk)
    (desk.root / "feedback/旧").mkdir()
    git(desk.root, "mv", ITEM, "feedback/旧/Q261119-0AAJN0D.yml")
    desk.commit("11-19T11:00")
    assert proven(desk, shown).commit == landed
    assert proven(desk, shown).holds


def test_a_word_that_was_changed_is_seen_with_the_commit_that_changed_it(desk: Dated) -> None:
    landed, shown = desk.head, said(desk)
    desk.put(desk.desk.text(ITEM).replace("三次", "两次"))
    changed = desk.commit("11-20T10:00")
    desk.append(note("11-20T11:00"), "11-20T11:00")
    found = proven(desk, shown)
    assert (found.code, found.commit, found.changed, found.holds) == ("receipt-changed", landed, changed, False)


def test_a_word_changed_and_changed_back_is_the_same_again(desk: Dated) -> None:
    shown, before = said(desk), desk.desk.text(ITEM)
    desk.put(before.replace("三次", "两次"))
    desk.commit("11-20T10:00")
    desk.put(before)
    desk.commit("11-20T11:00")
    assert proven(desk, shown).holds


def test_an_item_that_was_deleted_is_no_longer_the_same(desk: Dated) -> None:
    shown = said(desk)
    (desk.root / ITEM).unlink()
    gone = desk.commit("11-20T10:00")
    found = proven(desk, shown)
    assert (found.code, found.changed) == ("receipt-changed", gone)


def test_a_change_in_a_branch_that_was_merged_is_seen(desk: Dated) -> None:
    shown = said(desk)
    desk.git("checkout", "--quiet", "-b", "支线")
    desk.put(desk.desk.text(ITEM).replace("三次", "两次"))
    changed = desk.commit("11-20T10:00")
    desk.git("checkout", "--quiet", "main")
    desk.put("说明", "说明.md")
    desk.commit("11-20T10:30")
    desk.git("merge", "--quiet", "--no-edit", "支线", at="11-20T11:00")
    found = proven(desk, shown)
    assert (found.code, found.changed) == ("receipt-changed", changed)


@pytest.mark.parametrize(("more", "code"), [
    ({"id": "Q261119-BYJ524T"}, "receipt-no-item"),
    ({"content": "00" * 32}, "receipt-other-content"),
    ({"time": datetime.fromisoformat("2026-11-19T09:31:01+08:00")}, "receipt-other-time"),
    ({"token": TOKEN}, "receipt-other-token"),
    ({"commit": "12" * 20}, "receipt-commit-gone"),
])  # fmt: skip
def test_what_the_record_never_held_is_named(desk: Dated, more: dict[str, str], code: str) -> None:
    found = proven(desk, said(desk, **more))
    assert (found.code, found.holds) == (code, False)


def test_the_number_on_the_receipt_must_be_the_one_that_was_given(desk: Dated) -> None:
    shown = hand_over(desk)
    assert proven(desk, shown).holds
    assert proven(desk, replace(shown, token=receipts.token(7))).code == "receipt-other-token"


def test_a_commit_on_the_receipt_must_hold_the_item(desk: Dated) -> None:
    first = desk.head
    other = "Q261119-BYJ524T"
    path = f"feedback/2026/11/{other}.yml"
    desk.put(desk.desk.text(ITEM).replace("Q261119-0AAJN0D", other).replace("#123", "#124"), path)
    second = desk.commit("11-19T11:00")
    shown = receipt(read(desk.desk.text(path).encode()))
    assert proven(desk, replace(shown, commit=second)).holds
    assert proven(desk, replace(shown, commit=first)).code == "receipt-commit-before"


def test_rewritten_history_no_longer_has_the_commit_of_the_receipt(desk: Dated) -> None:
    shown = said(desk, commit=desk.head)
    assert proven(desk, shown).holds
    desk.git("commit", "--amend", "--quiet", "--message=改写", at="11-21T10:00")
    assert proven(desk, shown).code == "receipt-commit-gone"


def test_a_shallow_clone_proves_nothing(desk: Dated, tmp_path: Path) -> None:
    shown = said(desk)
    desk.append(note("11-19T11:00"), "11-19T11:00")
    words = ["git", "clone", "--quiet", "--depth=1", desk.root.as_uri(), str(tmp_path / "浅")]
    subprocess.run(words, check=True, capture_output=True)
    assert proof(Git(tmp_path / "浅"), shown).code == "receipt-shallow"


def test_a_receipt_names_only_a_commit_that_is_on_the_other_side(desk: Dated, tmp_path: Path) -> None:
    shown = said(desk)
    assert first_commit(desk.desk.git, shown) == "", "no other side: the commit may get another id yet"
    words = ["git", "clone", "--quiet", desk.root.as_uri(), str(tmp_path / "克隆")]
    subprocess.run(words, check=True, capture_output=True)
    assert first_commit(Git(tmp_path / "克隆"), shown) == desk.head


def test_a_repository_without_a_commit_holds_nothing(tmp_path: Path, desk: Dated) -> None:
    git(tmp_path, "init", "--quiet")
    assert proof(Git(tmp_path), said(desk)).code == "receipt-no-item"
