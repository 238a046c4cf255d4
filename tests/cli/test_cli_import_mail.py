"""Mails by `import eml` and `import mbox`, end to end: new items, answers in a thread, twice is once, strangers."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import Sample, git, sample

from git_feedback.model import Item
from git_feedback.privacy.sealing import new_identity, unsealed
from git_feedback.store import Desk, Keys

SECRET, PUBLIC = new_identity()
KEY = {"GIT_FEEDBACK_REF_KEY": "5a" * 32}
LATER = "2026-11-21T09:00:00+08:00"
MARK = "From li@example.cn Fri Nov 20 02:31:05 2026\n"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    root = tmp_path / "desk"
    root.mkdir()
    made = sample(root)
    (root / "policy/recipients.txt").write_text(f"# 何淼\n{PUBLIC}\n", encoding="utf-8")
    made.commit()
    return made


def mail(
    key: str, words: str, *, sender: str = "李雷 <li.lei@example.cn>", subject: str = "付款页面报错", answers: str = ""
) -> str:
    reply = f"In-Reply-To: <{answers}@mail.example.cn>\n" if answers else ""
    return (
        f"From: {sender}\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:31:05 +0800\n"
        f"Message-ID: <{key}@mail.example.cn>\n{reply}\n{words}\n\n"
    )


def imported(desk: Sample, *mails: str, now: str = "2026-11-20T11:05:00+08:00") -> dict[str, object]:
    """What `import mbox` says of a mailbox with these mails."""
    file = desk.root.parent / "信箱.mbox"
    file.write_text("".join(MARK + one for one in mails), encoding="utf-8")
    ran = desk.run("import", "mbox", str(file), "--format", "json", now=now, env=KEY)
    assert ran.code in (0, 1), ran.err
    said = json.loads(ran.out)
    assert isinstance(said, dict)
    return said


def items(desk: Sample) -> list[Item]:
    found = [item for _, item in Desk(desk.root).items(Desk(desk.root).item_files())]
    assert all(isinstance(item, Item) for item in found)
    return sorted((item for item in found if isinstance(item, Item)), key=lambda item: item.title)


def test_a_mail_becomes_an_item_whose_contacts_only_a_holder_of_a_key_reads(desk: Sample, tmp_path: Path) -> None:
    file = tmp_path / "来信.eml"
    file.write_text(mail("1", "试了三次，请打 13800138000。\n\n发自我的iPhone"), encoding="utf-8")
    ran = desk.run("import", "eml", str(file), env=KEY)
    assert ran.code == 0, ran.out
    (item,) = items(desk)
    assert (item.channel, item.title, item.text) == ("e-mail", "付款页面报错", "试了三次，请打 138****8000。")
    assert item.submitter and item.submitter.hint == "l***@example.cn" and item.submitter.sealed
    assert unsealed(item.submitter.sealed, Keys(desk.git).of(item.id), [SECRET]) == {
        "email": "li.lei@example.cn", "name": "李雷", "original.text": "试了三次，请打 13800138000。",
    }  # fmt: skip
    assert git(desk.root, "status", "--porcelain") == ""
    assert desk.run("check").code == 0
    record = git(desk.root, "log", "-p", "HEAD")
    assert "li.lei@example" not in record and "13800138000" not in record and "mail.example.cn" not in record


def test_the_same_mailbox_twice_adds_nothing(desk: Sample) -> None:
    box = [mail("1", "报错"), mail("2", "还是报错", answers="1"), mail("3", "别的事", subject="发票")]
    assert imported(desk, *box) == {"imported": 2, "already": 0, "refused": [], "messages": 1}
    before = git(desk.root, "rev-parse", "HEAD")
    assert imported(desk, *box, now=LATER) == {"imported": 0, "already": 3, "refused": []}
    assert git(desk.root, "rev-parse", "HEAD") == before


def test_an_answer_in_a_thread_is_a_message_and_supplies_what_was_asked(desk: Sample) -> None:
    imported(desk, mail("1", "报错"))
    (item,) = items(desk)
    imported(desk, mail("2", "补充：用的是 iOS。", answers="1"))
    for verb in (["classify", item.id, "--category", "product/bug", "--urgency", "3", "--impact", "3"],
                 ["assign", item.id, "--department", "app", "--owner", "fang.yu"],
                 ["accept", item.id, "--by", "fang.yu"], ["ask", item.id, "--question", "订单号是多少？", "--by", "fang.yu"]):  # fmt: skip
        ran = desk.run(*verb, now="2026-11-20T13:30:00+08:00")
        assert ran.code == 0, ran.err
    imported(
        desk,
        mail("3", "订单号 77\n\n在 2026-11-20 10:31:05，客服 <s@example.com> 写道：\n> 订单号是多少？", answers="2"),
        now=LATER,
    )
    (item,) = items(desk)
    said = [(event.verb, getattr(event, "text", None)) for event in item.history if event.verb in ("message", "supply")]
    assert said == [("message", "补充：用的是 iOS。"), ("supply", "订单号 77")]


def test_an_answering_machine_ends_no_wait_and_is_reported(desk: Sample) -> None:
    imported(desk, mail("1", "报错"))
    away = mail("2", "我在休假", answers="1").replace("Subject", "Auto-Submitted: auto-replied\nSubject")
    said = imported(desk, away)
    assert [one["code"] for one in said["refused"] if isinstance(one, dict)] == ["automatic-mail"]  # type: ignore[attr-defined]
    assert [event.verb for item in items(desk) for event in item.history] == []


def test_a_stranger_who_names_an_id_gets_an_item_of_his_own_with_a_note(desk: Sample) -> None:
    imported(desk, mail("1", "报错"))
    (first,) = items(desk)
    said = imported(desk, mail("2", "别理他", sender="x@example.org", subject=f"Re: [{first.id}] 另一件事"))
    assert said["imported"] == 1
    mine, other = items(desk)
    assert mine.history + other.history == tuple(
        event for event in mine.history + other.history if event.verb == "note"
    )
    (note,) = mine.history + other.history
    assert first.id in getattr(note, "text", "")


def test_the_submitter_who_names_the_id_without_the_thread_is_known_again(desk: Sample) -> None:
    imported(desk, mail("1", "报错"))
    (first,) = items(desk)
    said = imported(desk, mail("2", "换了手机，还是报错", sender="Li.Lei@Example.cn", subject=f"[{first.id.lower()}]"))
    assert (said["imported"], said["messages"]) == (0, 1)
    assert [event.verb for event in items(desk)[0].history] == ["message"]


def test_a_long_answer_goes_on_in_notes_of_its_item(desk: Sample) -> None:
    imported(desk, mail("1", "报错"))
    imported(desk, mail("2", "很慢。\n" * 2_000, answers="1"))
    (item,) = items(desk)
    assert [event.verb for event in item.history] == ["message", "note"]
    assert sum(len(getattr(event, "text", "")) for event in item.history) > 7_900
    assert desk.run("check").code == 0


def test_without_recipients_a_mail_is_refused_rather_than_kept_in_clear(desk: Sample) -> None:
    (desk.root / "policy/recipients.txt").unlink()
    desk.commit()
    said = imported(desk, mail("1", "报错"))
    assert [one["code"] for one in said["refused"] if isinstance(one, dict)] == ["no-recipients"]  # type: ignore[attr-defined]
    assert items(desk) == []
