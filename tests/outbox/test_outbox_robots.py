"""Robots of chat groups: what they are sent, what counts as sent, and that nothing of an answer or a secret is shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.outbox.conftest import CLASSIFIED, NOW, message
from tests.outbox.fake_robots import HTML, KEY, SERVICES, Raw, Robot, robot
from tests.sample_desk import policy

from git_feedback.i18n import codes
from git_feedback.outbox import SENDERS, Block, Message, NotSent, Patience, Route, dingtalk, feishu, slack, teams, wecom
from git_feedback.policy.notify_files import Way

ROBOTS = {"wecom": wecom.ROBOT, "dingtalk": dingtalk.ROBOT, "feishu": feishu.ROBOT, "slack": slack.ROBOT, "teams": teams.ROBOT}  # fmt: skip
HOSTILE = '"@all <!channel> <@U024BE7LH> <at id=all></at> [银行](https://bank.example) **急** # 题"'


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers on this computer are asked directly."""
    monkeypatch.setenv("NO_PROXY", "*")


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self, wall: float = 1_795_144_000.0) -> None:
        self.now, self.wall_from, self.slept = 0.0, wall, list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, limit_s: float = 60, crowd_s: float = 300) -> Patience:
        return Patience(limit_s, crowd_s, lambda: self.now, self.sleep, lambda: 0.5, lambda: self.wall_from + self.now)


def to(there: Robot, patience: Patience | None = None, key: str | None = KEY, patience_s: float = 5) -> Route:
    """A route to a robot."""
    secret = "DESK_KEY" if there.signed else None
    way = Way.model_validate({"by": there.service, "settings": "DESK_CHAT", "secret": secret})
    person = policy().people["ji.nan"]
    return Route("chat", way, person, there.address, Path("nowhere"), NOW, patience_s, key, patience)


def send(there: Robot, one: Message | None = None, **given: object) -> None:
    SENDERS[there.service](one or message(), to(there, **given))  # type: ignore[arg-type]


def why(there: Robot, one: Message | None = None, **given: object) -> NotSent:
    """Why it was not sent: in both languages, on one line, without a secret and without a word of the other side."""
    with pytest.raises(NotSent) as caught:
        send(there, one, **given)
    found = caught.value
    for said in (found.said("en"), found.said("zh"), repr(found), repr(found.values), repr(to(there))):
        assert said and "\n" not in said
        assert "s3cret" not in said and KEY not in said and (there.address or KEY) not in said
        assert "doctype" not in said and "127.0.0.1" not in said
    return found


def long(count: int = 60, **changes: object) -> Message:
    """A message with so many items, too long for most services."""
    one = message()
    alarms = [replace(one.alarms[0], channel=f"c{n}") for n in range(count)]
    blocks = tuple(
        Block((f"item{n:04}x", "付款到最后一步提示“系统繁忙”，已经试了三次。" * 8), (a,)) for n, a in enumerate(alarms)
    )
    return replace(one, blocks=blocks, **changes)  # type: ignore[arg-type]


# ---- what arrives -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_a_group_reads_what_is_late_and_for_whom_it_is(service: str) -> None:
    with robot(service) as there:
        send(there)
    (said,) = there.texts
    assert "反馈台：" in said and "纪南，您好" in said
    assert "Q261119-0AAJN0D" in said and "支付页面报错" in said and "git feedback show" in said
    assert there.refused == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_title_of_a_customer_calls_anybody_or_leads_anywhere(service: str) -> None:
    with robot(service) as there:
        send(there, message(CLASSIFIED.replace("支付页面报错", HOSTILE)))
    (said,) = there.texts
    assert not re.search(r"@|<!|<at\b|https?://|bank\.example", said)
    assert service == "slack" or "[银行](" not in said  # no link in mrkdwn
    assert "急" in said and "bank[.]example" in said


@pytest.mark.parametrize("service", ["dingtalk", "feishu"])
def test_a_robot_that_wants_a_signature_gets_one_of_the_real_time(service: str) -> None:
    with robot(service, signed=True) as there:
        send(there, patience=Clock().patience())
        assert len(there.taken) == 1
        assert why(there, key="SEC-of-another").code == "send-bad-signature"
        assert why(there, patience=Clock(wall=there.now - 7200).patience()).code == "send-bad-signature"
        assert why(there, key=None).values["settings"] == "DESK_KEY"
    assert there.refused == ["sign", "timestamp"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_long_message_arrives_in_parts_that_the_service_takes(service: str) -> None:
    one = long(300)
    with robot(service) as there:
        send(there, one, patience=Clock().patience())
    assert there.refused == []
    assert len(there.taken) > 2
    listed = re.findall(r"item(\d{4})x", "\n".join(there.texts))
    assert listed == [f"{n:04}" for n in range(300)]
    total = len(there.taken)
    assert [f"({n}/{total})" in said for n, said in enumerate(there.texts, 1)] == [True] * total


# ---- what does not ----------------------------------------------------------------------------------------------------

REFUSALS = [
    ("wecom", "errcode", 93000, "send-unknown-robot", False), ("wecom", "errcode", 40058, "send-refused", False),
    ("wecom", "errcode", 45009, "send-too-many", True), ("wecom", "errcode", -1, "send-busy", True),
    ("dingtalk", "errcode", 300001, "send-unknown-robot", False), ("dingtalk", "errcode", 130101, "send-too-many", True),
    ("dingtalk", "errcode", 410100, "send-too-many", True), ("dingtalk", "errcode", -1, "send-busy", True),
    ("feishu", "code", 19001, "send-unknown-robot", False), ("feishu", "code", 19022, "send-bad-ip", False),
    ("feishu", "code", 19024, "send-bad-keyword", False), ("feishu", "code", 11232, "send-too-many", True),
    ("feishu", "StatusCode", 19021, "send-bad-signature", False), ("feishu", "code", 9499, "send-refused", False),
]  # fmt: skip


@pytest.mark.parametrize(("service", "key", "number", "code", "passes"), REFUSALS)
@pytest.mark.parametrize("status", [200, 400])
def test_a_number_in_the_body_is_a_failed_send_whatever_the_status_says(
    service: str, key: str, number: int, code: str, passes: bool, status: int
) -> None:
    with robot(service) as there:
        there.answers = [(status, f'{{"{key}": {number}, "errmsg": "s3cret", "msg": "s3cret"}}'.encode(), {})]
        found = why(there)
    assert (found.code, found.values["answer"], found.passes) == (code, number, passes)


@pytest.mark.parametrize(("words", "code"), [
    ("keywords not in content", "send-bad-keyword"), ("sign not match, more", "send-bad-signature"),
    ("invalid timestamp", "send-bad-signature"), ("ip 1.2.3.4 not in whitelist", "send-bad-ip"),
    ("description:机器人发送签名不匹配", "send-bad-signature"), ("关键词不匹配", "send-bad-keyword"), ("s3cret", "send-refused"),
])  # fmt: skip
def test_what_dingtalk_says_by_one_number_is_told_apart(words: str, code: str) -> None:
    with robot("dingtalk") as there:
        there.answers = [(200, f'{{"errcode":310000,"errmsg":"{words}"}}'.encode(), {})]
        found = why(there)
    assert (found.code, found.passes) == (code, False)


def test_what_feishu_says_by_one_number_is_told_apart() -> None:
    with robot("feishu") as there:
        there.answers = [(200, b'{"code":9499,"msg":"too many request"}', {})]
        assert why(there).code == "send-too-many"


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "body", [HTML, b"", b"{", b"[0]", b'{"errcode":"0"}', b'{"errcode":false,"code":false}', b"\xff\xfe", b"[" * 30_000]
)
def test_a_200_that_no_robot_gives_is_a_failed_send(service: str, body: bytes) -> None:
    with robot(service) as there:
        there.answers = [(200, body, {})]
        if service == "teams" and body == b"":
            send(there)  # a connector of old
        else:
            assert why(there).code == "send-strange-answer"
    assert there.taken == []


@pytest.mark.parametrize(("answer", "code", "passes"), [
    ((301, b"", {"Location": "/elsewhere"}), "send-answered", False), ((307, b"", {"Location": "/elsewhere"}), "send-answered", False),
    ((400, HTML, {}), "send-answered", False), ((413, HTML, {}), "send-answered", False),
    ((500, HTML, {}), "send-answered", True), ((503, b"", {}), "send-answered", True),
    ((429, HTML, {"Retry-After": "7"}), "send-too-many", True),
    ("slow", "send-too-slow", False), ("gone", "send-broke-off", False), ("cut", "send-broke-off", False),
    ("endless", "send-strange-answer", False),
])  # fmt: skip
@pytest.mark.parametrize("service", SERVICES)
def test_trouble_is_told_apart_by_whether_it_passes(service: str, answer: Raw | str, code: str, passes: bool) -> None:
    with robot(service) as there:
        there.answers = [answer]
        found = why(there, patience_s=0.3)
    assert (found.code, found.passes) == (code, passes)
    assert (there.asked, there.refused) == (1, [])


@pytest.mark.parametrize(
    ("service", "status"), [("slack", 403), ("slack", 404), ("slack", 410), ("teams", 401), ("teams", 404)]
)
def test_a_webhook_that_was_taken_away_is_said_to_be_one(service: str, status: int) -> None:
    with robot(service) as there:
        there.answers = [(status, b"no_service", {})]
        assert why(there).code == "send-unknown-robot"


@pytest.mark.parametrize("service", SERVICES)
def test_a_robot_on_another_computer_is_asked_by_https_only(service: str) -> None:
    there = Robot(service, address="http://chat.example/s3cret")
    assert why(there).code == "send-bad-webhook-secret"
    assert why(replace(there, address="")).code == "send-no-secret"


def test_every_reason_has_words_and_says_what_to_do() -> None:
    tables = (wecom.CODES, dingtalk.CODES, feishu.CODES)
    known = {code for table in tables for code in table.known.values()}
    known |= {code for table in tables for hints in table.hinted.values() for _, code in hints}
    for code in known:
        assert code in codes("en") and "；" in NotSent(code, name="w", answer=1).said("zh")


# ---- trying again -----------------------------------------------------------------------------------------------------


@contextmanager
def waiting(service: str, *answers: Raw | str) -> Iterator[tuple[Robot, Clock]]:
    with robot(service) as there:
        there.answers = list(answers)
        yield there, Clock()


BROKEN: Raw = (503, b"", {})
Later: Raw = (429, b"", {"Retry-After": "7"})


@pytest.mark.parametrize("service", SERVICES)
def test_trouble_that_passes_is_tried_again_with_growing_pauses(service: str) -> None:
    with waiting(service, BROKEN, BROKEN, BROKEN) as (there, clock):
        send(there, patience=clock.patience())
    pauses = [one for one in clock.slept if one != 1.1]
    assert [one for one in (0.75, 1.5, 3.0) if one in pauses] == [0.75, 1.5, 3.0]
    assert len(there.taken) == 1


@pytest.mark.parametrize("service", SERVICES)
def test_who_asks_for_peace_gets_it(service: str) -> None:
    with waiting(service, Later) as (there, clock):
        send(there, patience=clock.patience())
    assert sum(clock.slept) >= 7.75
    assert len(there.taken) == 1


def test_patience_ends_and_is_spent_once_a_run_and_way() -> None:
    with waiting("wecom", *[BROKEN] * 200) as (there, clock):
        patience = clock.patience(limit_s=30)
        assert why(there, patience=patience).code == "send-answered"
        asked, slept = there.asked, sum(clock.slept)
        assert asked > 3 and 10 < slept <= 30
        why(there, patience=patience)
        assert (there.asked, sum(clock.slept)) == (asked + 1, slept)


@pytest.mark.parametrize("answer", ["gone", "slow", "cut"])
def test_what_may_have_arrived_is_not_tried_again_and_the_reason_says_so(answer: str) -> None:
    with waiting("wecom", answer) as (there, clock):
        found = why(there, patience=clock.patience(), patience_s=0.3)
    assert there.asked == 1
    assert "可能已经送达" in found.said("zh") and "may have arrived" in found.said("en")


def test_a_final_refusal_is_not_tried_again() -> None:
    with waiting("feishu", (200, b'{"code":19001}', {})) as (there, clock):
        why(there, patience=clock.patience())
    assert (there.asked, clock.slept) == (1, [])


@pytest.mark.parametrize(("service", "most"), [("wecom", 20), ("dingtalk", 20)])
def test_no_more_than_twenty_messages_a_minute_go_to_a_robot(service: str, most: int) -> None:
    clock = Clock()
    patience = clock.patience()
    moments = []
    with robot(service) as there:
        for _ in range(45):
            send(there, patience=patience)
            moments.append(clock.now)
    assert all(later - earlier >= 60 for earlier, later in zip(moments, moments[most:], strict=False))
    assert clock.now == 120


def test_a_run_does_not_wait_for_ever_for_its_turn() -> None:
    clock = Clock()
    patience = clock.patience(crowd_s=60)
    with robot("wecom") as there:
        for _ in range(40):
            send(there, patience=patience)
        found = why(there, patience=patience)
    assert (found.code, found.ends_run, len(there.taken)) == ("send-too-many", True, 40)


# ---- in parts ---------------------------------------------------------------------------------------------------------


def numbers(alarms: object) -> list[str]:
    return [alarm.channel for alarm in alarms]  # type: ignore[attr-defined]


def test_of_a_part_that_failed_the_others_have_arrived() -> None:
    one = long(40)
    with robot("wecom") as there:
        there.answer = lambda said: (200, b'{"errcode":40058}', {}) if "(2/" in said else None
        found = why(there, one)
    assert len(there.taken) == there.asked - 1 > 1
    listed = re.findall(r"item(\d{4})x", "\n".join(there.texts))
    assert numbers(found.arrived) == [f"c{int(n)}" for n in listed]
    assert 0 < len(listed) < 40


@pytest.mark.parametrize("answer", ["slow", BROKEN])
def test_after_a_part_that_may_pass_the_rest_waits(answer: Raw | str) -> None:
    with robot("wecom") as there:
        there.answer = lambda said: answer if "(2/" in said else None
        found = why(there, long(40), patience_s=0.3)
    assert (there.asked, len(there.taken)) == (2, 1)
    assert numbers(found.arrived) == [f"c{int(n)}" for n in re.findall(r"item(\d{4})x", there.texts[0])]
