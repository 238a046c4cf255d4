"""Mails meant to break a reader: each ends in a submission or a refusal with its reason, in under a second."""

import os
import time
from base64 import b64encode
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sample_desk import ROOT, policy

from git_feedback.intake import Row
from git_feedback.intake.mail import mbox
from git_feedback.intake.mail import message as mail
from git_feedback.intake.mail.charsets import decoded
from git_feedback.intake.mail.headers import words
from git_feedback.intake.mail.html import words_of
from git_feedback.intake.mail.parts import MOST
from git_feedback.intake.sources import Source
from git_feedback.model import Bad, Item
from git_feedback.notation.characters import first_forbidden
from git_feedback.store import write

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
SAMPLES = [path.read_bytes() for path in sorted((ROOT / "tests/data/channels/mail").glob("*.eml"))]
DOSE = int(os.environ.get("GIT_FEEDBACK_FUZZ", "150"))
"""Cases of the fuzz test; a hundred thousand and more on request."""
TOKENS = (
    b"\r\n", b"\n\n", b"--=_b\n", b"--m--", b"\x00", b"\xff\xfe", b"\x1b$B", b"Content-Type: multipart/mixed; boundary=m\n", b"=?utf-8?B?",
    b"?=", b"=?gb2312?Q?=C4", b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/html; charset=idna\n", b"charset=utf-16",
    b"From ", b"Content-Type: message/rfc822\n\n", "李雷".encode("gbk"), b"\xf0\x9f\x98", b"<div style='display:none'>", b"\xe2\x80\xa8", b"> ",
    b"Date: Fri, 99 Nov 99999 25:61 +9999\n", b"filename*0*=x''%", b"13800138000", b"begin 644 a\n", b"format=flowed; delsp=yes",
)  # fmt: skip


def row(content: bytes) -> Row:
    (found,) = mail.read(Source(content, "信.eml", policy(), NOW))
    return found


def sound(found: Row) -> None:
    """Taken, as an item that a file can hold, or refused with a reason in both languages."""
    if found.submission is None:
        assert all(remark.said(language) for remark in found.remarks for language in ("en", "zh"))
        return
    item = Item(
        id="Q261119-0AAJN0D", **{name: getattr(found.submission, name) for name in type(found.submission).model_fields}
    )
    assert len(write(item)) < 256 * 1024
    assert first_forbidden(found.submission.title) is None
    assert all(one.name and one.content for one in found.files)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A sample mail in which pieces were cut, doubled, or put in."""
    content = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        piece = draw(
            st.one_of(st.sampled_from(TOKENS), st.binary(max_size=12), st.just(content[at:end] * 2), st.just(b""))
        )
        content = content[:at] + piece + (content[end:] if draw(st.booleans()) else content[at:])
    return content[:200_000]


@settings(max_examples=DOSE, deadline=1000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(broken())
def test_a_broken_mail_is_taken_or_refused_and_never_raises(content: bytes) -> None:
    sound(row(content))


@settings(max_examples=DOSE // 3, deadline=1000)
@given(st.lists(broken(), max_size=4), st.binary(max_size=200))
def test_a_broken_mailbox_gives_rows_or_is_refused_as_a_whole(mails: list[bytes], rest: bytes) -> None:
    content = b"".join(b"From li@example.cn Fri Nov 20 02:31:05 2026\n" + one + b"\n\n" for one in mails) + rest
    try:
        found = list(mbox.read(Source(content, "信箱.mbox", policy(), NOW)))
    except Bad as bad:
        assert [problem.code for problem in bad.problems] == ["no-mailbox"]
    else:
        assert [one.number for one in found] == list(range(1, len(found) + 1))


@settings(max_examples=DOSE)
@given(
    st.binary(max_size=300),
    st.one_of(
        st.none(),
        st.text(max_size=30),
        st.sampled_from(["utf-7", "idna", "hz", "gb2312", "utf-16", "rot13", "unicode_escape"]),
    ),
)
def test_bytes_become_words_under_any_name_of_a_charset(content: bytes, charset: str | None) -> None:
    assert isinstance(decoded(content, charset), str)


@settings(max_examples=DOSE)
@given(st.text(max_size=60), st.sampled_from(["utf-8", "gb18030", "big5hkscs"]), st.integers(1, 7))
def test_encoded_words_are_read_wherever_a_sender_splits_them(text: str, charset: str, width: int) -> None:
    content = text.encode(charset, "ignore")
    pieces = [content[at : at + width] for at in range(0, len(content), width)]
    folded = "\n ".join(f"=?{charset}?B?{b64encode(piece).decode()}?=" for piece in pieces)
    assert words(folded) == " ".join(content.decode(charset).split())


HEAD = b"From: li@example.cn\nSubject: =?utf-8?B?5oWi?=\nMessage-ID: <1@example.cn>\n"


def nest(depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (one, one) for one in range(depth))
    return HEAD + opened + "\n\n很慢\n".encode()


@pytest.mark.parametrize(("content", "code"), [
    (nest(10_000), "mail-too-many-parts"), (nest(50), None), (HEAD + b"Content-Type: message/rfc822\n\n" * 5_000, "mail-too-many-parts"),
    (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000, "mail-too-many-parts"),
    (HEAD + b"Content-Type: multipart/mixed; boundary=b\r\r" + b"--b\r\rx\r" * 100_000, "mail-too-many-parts"),
    (HEAD + b"Content-Type: multipart/mixed\n\n" + b"--b\n\nx\n" * 100_000, None),
    (HEAD + b"X-A: " + b"a" * 50_000_000 + "\n\n很慢".encode(), None), (HEAD + b"X-A: a\n" * 5_000_000 + "\n很慢".encode(), None),
    (HEAD + b" a\n" * 5_000_000, None), (HEAD + b"References: " + b"<a@b>" * 100_000 + b"\n\nx", None),
    (b"Subject: " + b"=?utf-8?B?" * 20_000 + b"\n\nx", None), (b"From: " + b"(" * 100_000 + b"\n\nx", None), (b"From: " + b"\"\\" * 100_000 + b"\n\nx", None),
    (HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 200_000, None), (HEAD + b"Content-Type: text/html\n\n" + b"<" * 1_000_000, None),
    (HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 300_000, None), (HEAD + b"Content-Type: text/html\n\n" + b"<a " + b"x=1 " * 300_000, None),
    (HEAD + b"Content-Type: text/html\n\n" + b"<blockquote>" * 19_000 + b"x", None), (HEAD + b"Content-Type: text/html\n\n" + b"&" * 900_000, None),
    (HEAD + b"Content-Type: text/html\n\n" + b"<table><tr><td>" * 6_000, None), (HEAD + b"Content-Type: text/html\n\n" + b"<b><p>" * 9_000, None),
    (HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=" * 3_000_000, None), (HEAD + b"Content-Type: text/plain" + b"; a=b" * 40_000 + b"\n\nx", None),
    (HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 1_500_000, None), (HEAD + b"\n" + b"> " * 1_000_000, None),
    (HEAD + b"\n" + b"1" * 2_000_000, None), (HEAD + b"\n" + b"a@" * 500_000, None), (HEAD + b"\n" + b"\x00" * 2_000_000, None),
    (HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000, None), (b"\x00" * 3_000_000, "no-mail"), (b"", "no-mail"),
], ids=lambda value: value.decode("ascii", "replace")[-20:] if isinstance(value, bytes) else str(value))  # fmt: skip
def test_no_mail_takes_longer_than_a_second(content: bytes, code: str | None) -> None:
    start = time.process_time()
    found = row(content)
    assert time.process_time() - start < 1
    assert (found.remarks[0].code if found.submission is None else None) == code
    sound(found)


def test_a_mail_beyond_the_limit_is_refused_unread() -> None:
    assert row(HEAD + b"\n" + bytes(MOST)).remarks[0].code == "mail-too-large"


@settings(max_examples=DOSE)
@given(st.text(alphabet="<>/abdivscript\"'=! -&;lt#x0好", max_size=200))
def test_no_page_leaves_a_script_or_raises(page: str) -> None:
    assert isinstance(words_of(page), str)
    assert "坏" not in words_of(
        f"好<script>坏</script><style>坏</style><p hidden>坏</p><!-- 坏 -->{page.replace('坏', '')}"
    )
