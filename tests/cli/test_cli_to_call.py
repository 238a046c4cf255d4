"""`to-call`: who is to be told by a person, what to say, and the command that notes it."""

import json
from pathlib import Path

import pytest
from tests.cli.test_cli_draft import ACCEPTED, ID, ISSUE, ISSUE_ID, REVIEWED
from tests.sample_desk import PAYMENT, Sample, sample

HINTED = PAYMENT.replace("kind: returning", 'kind: returning\n  hint: "138****5678"')


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, HINTED + ACCEPTED, ISSUE + ACCEPTED)


def test_a_call_says_who_by_which_channel_what_since_when_and_whose_it_is(desk: Sample) -> None:
    done = desk.run("to-call")
    assert done.code == 0, done.err
    head, *rest = done.out.splitlines()
    assert head == f"{ID}  web-form（138****5678）：告知已受理，自 2026-11-19 09:45，负责人 林晚"
    assert rest[0].startswith("  | 您好，您的反馈“支付页面报错”")
    assert rest[-1] == f"  之后：git feedback notify {ID} --about accepted"
    assert ISSUE_ID not in done.out
    assert "共 1 位" in done.err


def test_after_the_call_the_command_that_was_shown_takes_it_off_the_list(desk: Sample) -> None:
    (call,) = json.loads(desk.run("to-call", "--format", "json").out)["calls"]
    assert desk.run(*call["then"].split()[2:]).code == 0
    done = desk.run("to-call", "--lang", "en")
    assert (done.out, "0 submitters" in done.err) == ("", True)


def test_json_holds_every_fact_of_a_call(desk: Sample) -> None:
    (call,) = json.loads(desk.run("to-call", "--format", "json").out)["calls"]
    assert call.pop("say").startswith("您好")
    assert call == {
        "id": ID, "hint": "138****5678", "channel": "web-form", "source": "票据 #123", "about": "accepted",
        "since": "2026-11-19T09:45:00+08:00", "owner": "lin.wan",
        "then": f"git feedback notify {ID} --about accepted", "wordless": None,
    }  # fmt: skip


def test_drafting_leaves_comments_under_build_and_says_how_many(desk: Sample) -> None:
    done = desk.run("to-call", "--draft", "--lang", "en")
    assert "1 comment or mail drafted" in done.err
    assert (desk.root / f"build/outbox/comments/{ISSUE_ID}-accepted.json").is_file()
    assert "0 comments and mails" in desk.run("to-call", "--draft", "--lang", "en").err
    assert desk.git.run("status", "--porcelain") == ""


def test_a_desk_without_templates_lists_the_calls_with_the_reason(tmp_path: Path) -> None:
    desk = sample(tmp_path, HINTED + REVIEWED, ISSUE + ACCEPTED)
    for path in (tmp_path / "policy/templates").iterdir():
        path.unlink()
    done = desk.run("to-call", "--draft")
    assert done.code == 0
    assert "没有话术：没有模板 policy/templates/reply.zh.txt" in done.out
    assert f"{ISSUE_ID}：没有起草" in done.err
