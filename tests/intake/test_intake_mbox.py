"""Mailboxes: each mail a row of its own, a broken one included, and no more in memory than one at a time."""

import tracemalloc
from datetime import datetime

import pytest
from tests.sample_desk import ROOT, policy

from git_feedback.intake import Row
from git_feedback.intake.mail import mbox
from git_feedback.intake.sources import Source
from git_feedback.model import Bad

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
MARK = b"From li@example.cn Fri Nov 20 02:31:05 2026\n"


def rows(content: bytes) -> list[Row]:
    return list(mbox.read(Source(content, "收件箱.mbox", policy(), NOW)))


def one(number: int, body: str = "付款页面报错。") -> bytes:
    return f"From: 李雷 <li@example.cn>\nSubject: 第{number}封\nMessage-ID: <{number}@mail.example.cn>\n\n{body}\n\n".encode()


def titles(found: list[Row]) -> list[str | None]:
    return [row.submission.title if row.submission else None for row in found]


def test_mails_come_in_order_and_are_counted() -> None:
    found = rows(MARK + one(1) + MARK + one(2) + MARK + one(3))
    assert titles(found) == ["第1封", "第2封", "第3封"]
    assert [row.number for row in found] == [1, 2, 3]


def test_a_broken_mail_stops_no_other() -> None:
    broken = b'Subject: \xff\xfe\nContent-Type: multipart/mixed; boundary="\x00"\nDate: x\n\n--\x00\n\xff'
    refused = b"Auto-Submitted: auto-replied\n" + one(2)
    found = rows(MARK + one(1) + MARK + broken + b"\n\n" + MARK + refused + MARK + one(4))
    assert [title for title in titles(found) if title and "封" in title] == ["第1封", "第4封"]
    assert len(found) == 4
    assert found[2].remarks[0].row == 3


def test_words_that_begin_like_a_new_mail_stay_words() -> None:
    (found,) = rows(MARK + one(1, "早上好\n\nFrom here on nothing works at 10:31\n>From 我\n>>From 你"))
    assert found.submission
    assert found.submission.text == "早上好\n\nFrom here on nothing works at 10:31\nFrom 我\n>From 你"


@pytest.mark.parametrize("mark", [
    b"From 1780000000000@xxx Fri Nov 20 02:31:05 +0000 2026\r\n", b"From - Fri Nov 20 02:31:05 2026\n", b"From MAILER_X Fri, 20 Nov 2026 02:31:05\n",
])  # fmt: skip
def test_other_programmes_write_the_line_before_a_mail_in_other_ways(mark: bytes) -> None:
    assert titles(rows(mark + one(1) + mark + one(2))) == ["第1封", "第2封"]


def test_a_mail_without_a_date_was_received_when_the_mailbox_took_it_in() -> None:
    (found,) = rows(MARK + one(1))
    assert found.submission and found.submission.received.isoformat() == "2026-11-20T10:31:05+08:00"


def test_a_file_that_is_no_mailbox_is_refused_as_a_whole() -> None:
    with pytest.raises(Bad, match="no-mailbox"):
        rows((ROOT / "tests/data/channels/mail/answer.eml").read_bytes())
    with pytest.raises(Bad, match="no-mailbox"):
        rows(b"\x00" * 1000)
    assert rows(b"") == rows(b"\n\n") == []


def test_memory_does_not_grow_with_the_mailbox() -> None:
    content = b"".join(MARK + one(number, "很慢。" * 2_000) for number in range(400))
    tracemalloc.start()
    for _ in mbox.read(Source(content, "收件箱.mbox", policy(), NOW)):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 2**20 < len(content)
