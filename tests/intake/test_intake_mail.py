"""Mails as senders really write them: charsets, headers, bodies, files, and mails that no person wrote."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import ROOT, policy

from git_feedback.intake import Row
from git_feedback.intake.mail import message as mail
from git_feedback.intake.mail.headers import key
from git_feedback.intake.sources import Source

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
MAILS = ROOT / "tests/data/channels/mail"
WORDS = "付款到最后一步提示“系统繁忙”，已经试了三次。"


def row(content: bytes | str) -> Row:
    given = content.encode() if isinstance(content, str) else content
    (found,) = mail.read(Source(given, "来信.eml", policy(), NOW))
    return found


def stored(name: str) -> Row:
    return row((MAILS / f"{name}.eml").read_bytes())


def text(found: Row) -> str | None:
    assert found.submission, found.remarks
    return found.submission.text


def written(body: str = WORDS, *, head: str = "", subject: str = "付款页面报错") -> str:
    return (
        f"From: 李雷 <li.lei@example.cn>\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:31:05 +0800\n"
        f"Message-ID: <1@mail.example.cn>\n{head}\n{body}\n"
    )


@pytest.mark.parametrize(("name", "said"), [
    ("gbk-named-gb2312", "镕基路门店的刷卡机坏了，等了半小时。"), ("no-charset-gbk", "门店的刷卡机坏了。"), ("unknown-8bit", WORDS),
    ("iso-2022-jp", "返金がまだ届いていません。"), ("utf-7", "退款还没有到。"), ("big5", "退款還沒有到，請再查一下。"),
    ("latin-1-is-utf-8", WORDS), ("quoted-printable", "付款页面报错。==ZZ"), ("alternative", WORDS), ("signed", WORDS),
    ("broken-base64", f"{WORDS}{WORDS[:-1]}"), ("flowed", "付款到最后一步提示系统繁忙，已经试了三次。\n>不是引用"),
    ("answer", "订单号是 20261120-77。"), ("nothing-but-a-file", None),
])  # fmt: skip
def test_a_mail_says_what_its_sender_wrote(name: str, said: str | None) -> None:
    assert text(stored(name)) == said


def test_every_sample_mail_is_taken_or_refused_with_a_reason() -> None:
    found = {path.stem: stored(path.stem) for path in sorted(MAILS.glob("*.eml"))}
    assert {name: one.remarks[0].code for name, one in found.items() if one.submission is None} == {
        "bounce": "bounced-mail", "newsletter": "automatic-mail", "out-of-office": "automatic-mail",
    }  # fmt: skip
    assert len(found) >= 30
    assert all(
        "example" not in (text(one) or "").replace("shop.example.cn", "").replace("***@example.org", "")
        for one in found.values()
        if one.submission
    )


def test_a_page_is_read_as_a_reader_sees_it() -> None:
    assert text(stored("html-only")) == (
        "付款页面 报错，三次都这样。\n\n见这个页面 (https://shop.example.cn/pay)。\n\n- 打不开\n- 很慢\n\n订单 77"
    )


def test_quotes_of_a_page_are_cut_like_quotes_of_a_plain_mail() -> None:
    page = "<div>还是不行。</div><div>On Fri, Nov 20, 2026 at 10:31 AM 客服 &lt;s@example.com&gt; wrote:</div><blockquote>请重试<br>谢谢</blockquote>"
    assert text(row(written(page, head="Content-Type: text/html; charset=utf-8\n"))) == "还是不行。"


def test_a_subject_split_inside_a_letter_is_whole_again() -> None:
    found = stored("subject-split-in-a-letter").submission
    assert found and found.title == "支付页面报错，付了两次"


@pytest.mark.parametrize(("subject", "title"), [
    ("Re: 回复：答复: 发票", "发票"), ("RE[2]: 发票", "发票"), ("转发: FW: 发票", "发票"), ("回复", "回复"), ("Re:", WORDS),
    ("Re: [Q261119-0AAJN0D] 付款", "付款"), ("=?utf-8?q?=E5=8F=91=E7=A5=A8?= 抬头", "发票 抬头"), ("=?utf-8?b?broken", "=?utf-8?b?broken"),
    ("Regarding: 发票", "Regarding: 发票"),
])  # fmt: skip
def test_a_title_is_the_subject_without_what_programmes_put_before_it(subject: str, title: str) -> None:
    found = row(written(subject=subject)).submission
    assert found and found.title == title


def test_a_long_subject_is_cut_and_stands_whole_in_a_note() -> None:
    found = row(written(subject="很" * 200)).submission
    assert found and found.title == "很" * 119 + "…"
    assert [getattr(event, "text", "") for event in found.history] == ["很" * 200]


def test_a_long_mail_goes_on_in_notes_and_ends_with_a_mark() -> None:
    found = row(written("很慢。\n" * 20_000)).submission
    assert found and found.text and len(found.text) <= policy().desk.limits.text_max
    assert [event.verb for event in found.history] == ["note"] * 3
    assert getattr(found.history[-1], "text", "").endswith("[…]")


@pytest.mark.parametrize(("name", "received"), [
    ("alternative", "10:31:05"), ("date-of-1970", "10:32:00"), ("date-of-2099", "11:05:00"), ("date-in-chinese", "11:05:00"),
])  # fmt: skip
def test_a_date_that_cannot_be_gives_way_to_the_delivery_and_then_to_now(name: str, received: str) -> None:
    found = stored(name).submission
    assert found and found.received.isoformat() == f"2026-11-20T{received}+08:00"


def test_contacts_are_kept_apart_and_no_address_is_in_the_submission() -> None:
    found = stored("answer")
    assert found.private.contacts == {"email": "li.lei@example.cn", "name": "李雷"}
    assert found.submission and "example.cn" not in found.submission.model_dump_json()


def test_answers_that_are_to_go_elsewhere_are_told_beside_the_sender() -> None:
    found = row(written(head="Reply-To: 秘书 <office@example.cn>\n"))
    assert found.private.contacts == {
        "email": "li.lei@example.cn",
        "name": "李雷",
        "other": "Reply-To: office@example.cn",
    }


def test_behind_a_relayed_form_stands_the_person_who_is_answered() -> None:
    assert stored("relayed-form").private.contacts == {"email": "li.lei@example.cn", "name": "李雷"}


@pytest.mark.parametrize(("sender", "contacts"), [
    ('"雷, 李" <li@example.cn>', {"email": "li@example.cn", "name": "雷, 李"}), ("li@example.cn (李雷)", {"email": "li@example.cn", "name": "李雷"}),
    ("李雷 li@example.cn", {"email": "li@example.cn", "name": "李雷"}), ("<<li@example.cn>>", {"email": "li@example.cn"}),
    ("", {}), ("((((((" * 150, {}), ("没有地址", {}), ("=?gb2312?Q?=C0=EE?= <li@example.cn>", {"email": "li@example.cn", "name": "李"}),
])  # fmt: skip
def test_a_sender_is_found_however_the_header_is_written(sender: str, contacts: dict[str, str]) -> None:
    found = row(f"From: {sender}\nSubject: 慢\n\n很慢\n")
    assert {kind: words for kind, words in found.private.contacts.items() if kind in ("email", "name")} == contacts


def test_what_is_masked_in_the_words_is_kept_to_be_sealed() -> None:
    found = row(written("请打 13800138000 找我。"))
    assert text(found) == "请打 138****8000 找我。"
    assert found.private.originals == {"text": "请打 13800138000 找我。"}


def test_the_identity_is_a_hash_of_the_message_id_and_answers_name_it() -> None:
    question, answer = stored("unknown-8bit").submission, stored("answer")
    assert question and question.source == key("u8@mail.example.cn")
    assert question.source.startswith("mail:") and len(question.source) == 37
    assert answer.answers == (question.source, key("first@mail.example.cn"))


def test_a_mail_without_a_message_id_has_the_same_identity_each_time_and_another_than_its_neighbour() -> None:
    one, again = stored("no-message-id").submission, stored("no-message-id").submission
    other = row((MAILS / "no-message-id.eml").read_bytes().replace("三次".encode(), "四次".encode())).submission
    assert one and again and other
    assert one.source == again.source != other.source


def test_an_id_in_the_subject_is_a_name_and_no_answer() -> None:
    found = row(written(subject="Re: [Q261119-0AAJN0D] 付款"))
    assert (found.names, found.answers) == (("Q261119-0AAJN0D",), ())
    assert row(written(subject="[q261119-oaajnod] 付款")).names == ("Q261119-0AAJN0D",)
    assert row(written(subject="[Q261119-0AAJN0E] 付款")).names == ()


@pytest.mark.parametrize(("name", "files"), [
    ("picture-in-the-text", ["1.png"]), ("winmail", ["winmail.dat"]), ("calendar", ["1.ics"]), ("nothing-but-a-file", ["invoice.pdf"]),
    ("hostile-names", ["截图.txt", "../../etc/<script>alert(1)</script>\\r.txt", "电话13800138000.txt"]), ("signed", []),
])  # fmt: skip
def test_files_come_along_under_the_names_the_sender_gave(name: str, files: list[str]) -> None:
    found = stored(name).files
    assert [one.name for one in found] == files
    assert all(one.content for one in found)


def test_a_mail_that_is_passed_on_stays_with_the_words_of_who_passes_it_on() -> None:
    assert text(stored("forwarded-whole")) == (
        "请客服跟进。\n\n---- 一并转发的邮件 ----\nSubject: 门店空调太冷\nDate: Thu, 19 Nov 2026 09:00:00 +0800\n\n坐了一小时，冷得发抖。"
    )
    assert "坐了一小时，冷得发抖。" in (text(stored("forwarded-inline")) or "")


@pytest.mark.parametrize("head", [
    "Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "X-Autoreply: yes\n",
])  # fmt: skip
def test_what_no_person_wrote_is_refused_and_named(head: str) -> None:
    found = row(written(head=head))
    assert (found.submission, found.remarks[0].code) == (None, "automatic-mail")
    assert "付款页面报错" in found.remarks[0].said("zh")


def test_what_came_through_the_group_of_a_team_is_feedback_like_any_other() -> None:
    assert row(written(head="List-Id: 客服组 <help.example.org>\nPrecedence: list\n")).submission


def test_an_answering_machine_is_known_by_its_subject_too() -> None:
    assert row(written(subject="自动回复: 休假")).remarks[0].code == "automatic-mail"
    assert row(written(subject="自动回复太慢了")).submission
    assert row(written(head="Auto-Submitted: no\n")).submission


def test_crlf_a_byte_order_mark_and_empty_lines_before_the_head_change_nothing() -> None:
    plain = row(written()).submission
    assert row(b"\xef\xbb\xbf\r\n" + written().replace("\n", "\r\n").encode()).submission == plain


def test_the_samples_name_nobody_that_exists() -> None:
    for path in Path(MAILS).glob("*.eml"):
        hosts = {word.partition(b"@")[2].strip(b'<>;,\r\n")') for word in path.read_bytes().split() if b"@" in word}
        assert all(b"example" in host for host in hosts if b"." in host), path
