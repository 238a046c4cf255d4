"""`send-test`: whoever sets a way up sees whether it works, and where it does not, why; the record says nothing of it."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.outbox.fake_robots import HTML, KEY, Robot, robot
from tests.sample_desk import Sample, git, sample

NOTIFY = """\
ways:
  drafts: {by: folder}
  chat: {by: feishu, settings: DESK_FEISHU, secret: DESK_KEY}
by_person: {gu.heng: [chat, drafts]}
ladder:
  - {at: 50, to: [owner]}
"""


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Robot]:
    monkeypatch.setenv("NO_PROXY", "*")
    with robot("feishu") as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    made.put(NOTIFY, "policy/notify.yml")
    return made


def env(there: Robot) -> dict[str, str]:
    return {"DESK_FEISHU": there.address, "DESK_KEY": KEY}


def test_a_message_goes_out_and_nothing_is_written(desk: Sample, there: Robot) -> None:
    there.signed = True
    there.now = time.time()
    head = git(desk.root, "rev-parse", "HEAD")
    ran = desk.run("send-test", "chat", "--to", "gu.heng", env=env(there))
    assert (ran.code, ran.out) == (0, "已通过 chat 给 gu.heng 发出测试消息；请看一下是否收到。\n")
    (said,) = there.texts
    assert "顾衡，您好" in said and "发送方式“chat”" in said
    assert (git(desk.root, "rev-parse", "HEAD"), git(desk.root, "status", "--short")) == (head, "")


def test_without_a_name_it_goes_to_whoever_sits_here_else_to_the_first_whom_the_way_tells(
    desk: Sample, there: Robot
) -> None:
    git(desk.root, "config", "user.email", "he.miao@desk.example")
    assert "he.miao" in desk.run("send-test", "chat", env=env(there)).out
    git(desk.root, "config", "user.email", "stranger@desk.example")
    assert "gu.heng" in desk.run("send-test", "chat", env=env(there)).out


def test_it_speaks_the_language_of_the_person(desk: Sample, there: Robot) -> None:
    people = desk.text("policy/people.yml").replace("{id: gu.heng,", "{id: gu.heng, language: en,")
    desk.put(people, "policy/people.yml")
    desk.run("send-test", "chat", "--to", "gu.heng", env=env(there))
    assert "Hello Gu Heng," in there.texts[0] and "There is nothing to do." in there.texts[0]


@pytest.mark.parametrize(("answer", "code", "way_out"), [
    ((200, b'{"code":19021,"msg":"s3cret"}', {}), "send-bad-signature", "密钥"), ((200, HTML, {}), "send-strange-answer", "by"),
    ((200, b'{"code":19024}', {}), "send-bad-keyword", "加签"), ((404, HTML, {}), "send-answered", "网址"), ("gone", "send-broke-off", "可能已经送达"),
])  # fmt: skip
def test_what_does_not_work_ends_with_1_and_the_reason_in_words_and_as_json(
    desk: Sample, there: Robot, answer: object, code: str, way_out: str
) -> None:
    there.answer = lambda _text: answer  # type: ignore[assignment,return-value]
    ran = desk.run("send-test", "chat", "--to", "gu.heng", env=env(there))
    assert ran.code == 1
    assert ran.out.startswith("没有通过 chat 发给 gu.heng：") and way_out in ran.out and ran.out.count("\n") == 1
    ran = desk.run("send-test", "chat", "--to", "gu.heng", "--format", "json", env=env(there))
    shown = json.loads(ran.out)
    assert (shown["way"], shown["addressee"], shown["sent"], shown["code"]) == ("chat", "gu.heng", False, code)
    assert "s3cret" not in ran.out + ran.err and KEY not in ran.out + ran.err


@pytest.mark.parametrize(("missing", "named"), [("DESK_FEISHU", "DESK_FEISHU"), ("DESK_KEY", "DESK_KEY")])
def test_a_variable_that_is_not_set_is_named(desk: Sample, there: Robot, missing: str, named: str) -> None:
    ran = desk.run("send-test", "chat", "--to", "gu.heng", env={**env(there), missing: ""})
    assert ran.code == 1 and named in ran.out and there.asked == 0


def test_wrong_usage_is_told_in_one_line(desk: Sample, there: Robot) -> None:
    ran = desk.run("send-test", "pigeon", env=env(there))
    assert ran.code == 2 and "drafts" in ran.err and ran.err.count("\n") == 1
    ran = desk.run("send-test", "chat", "--to", "nobody", env=env(there))
    assert ran.code == 2 and "nobody" in ran.err
    (desk.root / "policy/notify.yml").unlink()
    ran = desk.run("send-test", "chat", env=env(there))
    assert ran.code == 3 and "notify.yml" in ran.err
    assert there.asked == 0


def test_a_way_that_nobody_has_needs_a_name(desk: Sample, there: Robot) -> None:
    desk.put(NOTIFY.replace("by_person: {gu.heng: [chat, drafts]}\n", ""), "policy/notify.yml")
    git(desk.root, "config", "user.email", "stranger@desk.example")
    ran = desk.run("send-test", "chat", env=env(there))
    assert ran.code == 2 and "--to" in ran.err


def test_a_folder_of_drafts_holds_the_message(desk: Sample) -> None:
    ran = desk.run("send-test", "drafts", "--to", "gu.heng")
    assert ran.code == 0
    assert len(list((desk.root / "build/outbox").glob("*.eml"))) == 1
