"""Telling people, against a real service on this computer: sent once, written down once, nothing lost on the way."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.outbox.hooks import NOTIFY, Hooks, listening, use
from tests.sample_desk import Sample, item, sample

from git_feedback.desk import standings
from git_feedback.jobs import alarming
from git_feedback.jobs.alarming import Post
from git_feedback.jobs.reading import whole
from git_feedback.model import Item, Problem
from git_feedback.model.events import Alarm
from git_feedback.store import read

ID = "Q260310-0000012"
FILE = f"feedback/2026/03/{ID}.yml"
WASHER = """\
id: Q260310-0000012
received: 2026-03-10T09:00:00+08:00
landed: 2026-03-10T09:00:00+08:00
channel: web-form
source: "洗衣机 1"
title: 洗衣机送错了
text: 送到隔壁去了
history:
  - classify: {at: 2026-03-10T09:00:00+08:00, by: he.miao, category: product/quality, urgency: 3, impact: 3}
"""
"""Eight hours for an answer: due on Wednesday 11 March at 09:00."""
DAY = timedelta(hours=24)


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hooks]:
    monkeypatch.setenv("NO_PROXY", "*")
    with listening() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    made.put(WASHER, FILE)
    use(made)
    return made


def moment(short: str) -> datetime:
    return datetime.fromisoformat(f"2026-{short.replace(' ', 'T')}:00+08:00")


def tell(desk: Sample, now: str, post: Post) -> tuple[list[str], list[Problem]]:
    """One run, as the night does it."""
    found = whole(desk.root, moment(now))
    return alarming.tell(desk.root, found, standings(found.items, found.policy, moment(now)), moment(now), post)


def told(desk: Sample, file: str = FILE) -> list[Alarm]:
    return [event for event in read(desk.root / file).history if isinstance(event, Alarm)]


def facts(found: list[Alarm], clock: str = "respond") -> list[tuple[str, tuple[int, ...], str, datetime]]:
    return [(one.addressee, one.rungs, one.channel, one.since) for one in found if one.clock == clock]


def test_what_went_out_is_written_down_with_its_true_instant_and_a_second_run_adds_nothing(
    desk: Sample, hooks: Hooks
) -> None:
    post = Post(hooks.secrets, DAY)
    assert tell(desk, "03-12 02:00", post) == ([FILE], [])
    assert facts(told(desk)) == [
        ("he.miao", (100,), "chat", moment("03-11 09:00")),
        ("qiu.yan", (50, 75, 100), "chat", moment("03-11 09:00")),
        ("shen.mu", (75, 100), "chat", moment("03-11 09:00")),
        ("gu.heng", (150,), "drafts", moment("03-11 14:30")),
    ]
    assert {one.at for one in told(desk)} == {moment("03-12 02:00")}
    assert (len(hooks.posted), len(post.sent), post.unsent) == (3, len(told(desk)), [])
    before = desk.text(FILE)
    for later in ("03-12 02:00", "03-12 03:00", "03-12 08:30"):
        again = Post(hooks.secrets, DAY)
        assert tell(desk, later, again) == ([], [])
        assert (again.sent, desk.text(FILE)) == ([], before)
    assert len(hooks.to("邱岩")) == 1


def test_three_lost_nights_are_caught_up_in_order_in_one_message_each(desk: Sample, hooks: Hooks) -> None:
    tell(desk, "03-13 02:00", Post(hooks.secrets, DAY))
    found = told(desk)
    assert [one.since for one in found] == sorted(one.since for one in found)
    assert len(hooks.to("邱岩")) == len(hooks.to("何淼")) == 1
    assert facts(found)[-2:] == [
        ("gu.heng", (150, 200), "drafts", moment("03-12 09:00")),
        ("he.miao", (100, 200), "chat", moment("03-12 09:00")),
    ]
    keys = [(one.clock, one.cycle, one.addressee) for one in found]
    assert len(keys) == len(set(keys))


def test_a_failed_send_is_sent_again_by_the_next_run_and_keeps_no_other_back(desk: Sample, hooks: Hooks) -> None:
    hooks.answer = lambda text: 500 if text.startswith("邱岩") else 200
    first = Post(hooks.secrets, DAY)
    tell(desk, "03-11 10:00", first)
    assert {one.addressee for one in told(desk)} == {"shen.mu", "he.miao"}
    ((unsent),) = first.unsent
    assert (unsent.addressee, unsent.channel, unsent.ids) == ("qiu.yan", "chat", (ID,))
    assert "s3cret" not in unsent.said("zh")
    assert unsent.said("zh").startswith("没有通过 chat 发给 qiu.yan：")
    hooks.answer = lambda _text: 200
    second = Post(hooks.secrets, DAY)
    tell(desk, "03-11 10:30", second)
    assert {one.alarm.addressee for one in second.sent} == {"qiu.yan"}
    assert [one.addressee for one in told(desk) if one.clock == "respond"].count("qiu.yan") == 1
    assert (len(hooks.to("邱岩")), len(hooks.to("何淼"))) == (2, 1)


def test_a_missing_secret_is_named_once_for_each_and_drafts_go_out_all_the_same(desk: Sample) -> None:
    post = Post({}, DAY)
    tell(desk, "03-13 02:00", post)
    assert {one.addressee for one in told(desk)} == {"gu.heng"}
    assert {(one.addressee, one.why.code) for one in post.unsent} == {
        (who, "send-no-secret") for who in ("qiu.yan", "shen.mu", "he.miao")
    }
    assert [file.suffix for file in (desk.root / "build/outbox").iterdir()] == [".eml"]


def test_a_way_that_did_not_answer_is_not_asked_again_in_the_same_run(desk: Sample, hooks: Hooks) -> None:
    from threading import Event

    released = Event()
    hooks.answer = lambda _text: 200 if released.wait(20) else 500
    post = Post(hooks.secrets, DAY, patience_s=0.2)
    tell(desk, "03-13 02:00", post)
    released.set()
    assert len(hooks.posted) == 1
    assert [one.why.code for one in post.unsent] == ["send-too-slow"] * 3
    assert {one.addressee for one in told(desk)} == {"gu.heng"}


def test_a_write_that_is_redone_sends_nothing_twice_and_writes_it_down_again(desk: Sample, hooks: Hooks) -> None:
    post = Post(hooks.secrets, DAY)
    tell(desk, "03-12 02:00", post)
    written = desk.text(FILE)
    (desk.root / FILE).write_text(WASHER, encoding="utf-8")
    assert tell(desk, "03-12 02:00", post) == ([FILE], [])
    assert (desk.text(FILE), len(hooks.posted)) == (written, 3)
    assert len(post.sent) == len(told(desk))


def test_what_failed_first_and_went_out_when_the_write_was_redone_has_not_failed(desk: Sample, hooks: Hooks) -> None:
    hooks.answer = lambda text: 500 if text.startswith("邱岩") else 200
    post = Post(hooks.secrets, DAY)
    tell(desk, "03-12 02:00", post)
    assert len(post.unsent) == 1
    hooks.answer = lambda _text: 200
    tell(desk, "03-12 02:00", post)
    assert post.unsent == []
    assert len(hooks.to("何淼")) == 1


def test_on_a_fresh_tip_what_somebody_wrote_down_already_is_not_written_down_twice(desk: Sample, hooks: Hooks) -> None:
    post = Post(hooks.secrets, DAY)
    tell(desk, "03-12 02:00", post)
    complete = desk.text(FILE)
    first = complete.index("  - alarm:")
    (desk.root / FILE).write_text(complete[: complete.index("\n", first) + 1], encoding="utf-8")
    tell(desk, "03-12 02:00", post)
    recorded = {(one.addressee, one.clock, one.rungs, one.since) for one in told(desk)}
    assert len(recorded) == len(told(desk)) == len(post.sent)
    assert desk.text(FILE).count("- alarm:") == complete.count("- alarm:")


def test_on_a_fresh_tip_where_it_was_answered_in_time_it_is_still_noted_that_somebody_was_told(
    desk: Sample, hooks: Hooks
) -> None:
    post = Post(hooks.secrets, DAY)
    tell(desk, "03-10 15:00", post)
    assert facts(told(desk)) == [("qiu.yan", (50,), "chat", moment("03-10 14:30"))]
    answered = WASHER + "  - respond: {at: 2026-03-10T15:01:30+08:00, by: qiu.yan}\n    text: 在查\n"
    (desk.root / FILE).write_text(answered, encoding="utf-8")
    tell(desk, "03-10 15:00", post)
    assert facts(told(desk)) == [("qiu.yan", (50,), "chat", moment("03-10 14:30"))]
    assert len(hooks.posted) == 1


def test_what_somebody_writes_while_messages_go_out_is_kept(desk: Sample, hooks: Hooks) -> None:
    note = "  - note: {at: 2026-03-12T02:00:00+08:00, by: he.miao}\n    text: 顾客来电\n"

    def meanwhile(_text: str) -> int:
        path = desk.root / FILE
        if note not in path.read_text(encoding="utf-8"):
            path.write_text(WASHER + note, encoding="utf-8")
        return 200

    hooks.answer = meanwhile
    tell(desk, "03-12 02:00", Post(hooks.secrets, DAY))
    assert desk.text(FILE).startswith(WASHER + note)
    assert told(desk)


class CutOff(Mapping[str, str]):
    """Secrets that somebody asks for until Ctrl-C."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self.secrets, self.asked = secrets, 0

    def __getitem__(self, name: str) -> str:
        self.asked += 1
        if self.asked == 2:
            raise KeyboardInterrupt
        return self.secrets[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.secrets)

    def __len__(self) -> int:
        return len(self.secrets)


def test_a_run_that_is_cut_off_writes_down_what_it_has_sent(desk: Sample, hooks: Hooks) -> None:
    with pytest.raises(KeyboardInterrupt):
        tell(desk, "03-12 02:00", Post(CutOff(hooks.secrets), DAY))
    assert len(hooks.posted) == 1
    assert len({one.addressee for one in told(desk)} - {"gu.heng"}) == 1


def test_what_could_not_be_written_down_is_not_sent(desk: Sample, hooks: Hooks) -> None:
    (desk.root / FILE).write_text(WASHER.rstrip("\n"), encoding="utf-8")
    paths, problems = tell(desk, "03-12 02:00", Post(hooks.secrets, DAY))
    assert (paths, [problem.code for problem in problems], hooks.posted) == ([], ["not-appendable"], [])
    ahead = "  - note: {at: 2026-03-12T02:05:00+08:00, by: he.miao}\n    text: 钟快了\n"
    (desk.root / FILE).write_text(WASHER + ahead, encoding="utf-8")
    post = Post(hooks.secrets, DAY)
    assert tell(desk, "03-12 02:00", post) == ([], [])
    assert [(one.addressee, one.ids, one.why.code) for one in post.unsent] == [(None, (ID,), "before-last-event")]
    assert post.unsent[0].said("zh").startswith(f"{ID} 的提醒没有发出，因为无法记录：")
    assert hooks.posted == []
    tell(desk, "03-12 02:10", Post(hooks.secrets, DAY))
    assert told(desk)


def test_a_plan_names_who_would_be_told_and_how_and_sends_nothing(desk: Sample, hooks: Hooks) -> None:
    found = whole(desk.root, moment("03-12 02:00"))
    listed = standings(found.items, found.policy, moment("03-12 02:00"))
    post = Post(hooks.secrets, DAY)
    planned = alarming.planned(listed, found.policy, moment("03-12 02:00"), post)
    assert {(one.alarm.addressee, one.channel) for one in planned} == {
        ("qiu.yan", "chat"), ("shen.mu", "chat"), ("he.miao", "chat"), ("gu.heng", "drafts"),
    }  # fmt: skip
    assert (hooks.posted, post.sent, told(desk)) == ([], [], [])


def test_on_a_holiday_everything_waits_but_what_never_rests(desk: Sample, hooks: Hooks) -> None:
    """National holidays last from 1 to 7 October 2026."""
    for number, share in (("Q260930-000001S", 4), ("Q260930-000002B", 5)):
        text = WASHER.replace(ID, number).replace("2026-03-10T09:00", "2026-09-30T16:00").replace("洗衣机 1", number)
        text = text.replace("by: he.miao", "by: rules")
        desk.put(
            text.replace("urgency: 3, impact: 3", f"urgency: {share}, impact: {share}"),
            f"feedback/2026/09/{number}.yml",
        )
    (desk.root / FILE).unlink()
    post = Post(hooks.secrets, DAY)
    tell(desk, "10-03 02:00", post)
    assert {(one.alarm.level, one.alarm.clock.name) for one in post.sent} >= {
        ("P0", "respond"),
        ("P0", "resolve"),
        ("P1", "assess"),
    }
    assert ("P1", "respond") not in {(one.alarm.level, one.alarm.clock.name) for one in post.sent}
    assert post.waiting > 0
    after = Post(hooks.secrets, DAY)
    tell(desk, "10-08 02:00", after)
    assert ("P1", "respond") in {(one.alarm.level, one.alarm.clock.name) for one in after.sent}
    assert after.waiting == 0


def test_the_daily_line_goes_to_the_managers_once_a_working_day_and_is_written_down_nowhere(
    desk: Sample, hooks: Hooks
) -> None:
    tell(desk, "03-20 02:00", Post(hooks.secrets, DAY))
    written = desk.text(FILE)
    posts = []
    for now in ("03-21 02:00", "03-22 02:00", "03-23 02:00", "03-23 10:00", "03-23 14:00"):
        before = len(hooks.posted)
        post = Post(hooks.secrets, DAY)
        tell(desk, now, post)
        assert [one for one in post.sent if not one.alarm.repeat] == []
        posts.append(len(hooks.posted) - before)
    assert posts == [0, 0, 1, 0, 0]
    assert "已超过最后一档提醒" in hooks.posted[-1]
    assert desk.text(FILE) == written


def test_the_daily_line_that_went_with_the_news_of_a_night_is_not_sent_by_the_next_run_of_that_night(
    desk: Sample, hooks: Hooks
) -> None:
    for now, sent, line in (("03-13 02:00", 1, False), ("03-18 02:00", 2, True), ("03-18 02:30", 2, True)):
        tell(desk, now, Post(hooks.secrets, DAY))
        listed = hooks.to("何淼")
        assert (len(listed), "已超过最后一档提醒" in listed[-1]) == (sent, line), now


def test_a_daily_line_that_was_sent_is_not_sent_again_when_the_write_is_redone(desk: Sample, hooks: Hooks) -> None:
    tell(desk, "03-20 02:00", Post(hooks.secrets, DAY))
    before, post = len(hooks.posted), Post(hooks.secrets, DAY)
    for _ in range(2):
        tell(desk, "03-23 02:00", post)
    assert len(hooks.posted) == before + 1


def test_history_of_another_system_tells_nobody_anything(desk: Sample, hooks: Hooks) -> None:
    desk.put(WASHER.replace("channel:", "record: history\nchannel:"), FILE)
    post = Post(hooks.secrets, DAY)
    assert tell(desk, "03-20 02:00", post) == ([], [])
    assert (post.sent, hooks.posted) == ([], [])


def test_a_broken_item_keeps_the_alarms_of_others_from_nobody(desk: Sample, hooks: Hooks) -> None:
    desk.put("id: [", "feedback/2026/03/坏.yml")
    tell(desk, "03-12 02:00", Post(hooks.secrets, DAY))
    assert told(desk)


def test_the_notify_file_of_these_tests_is_one_that_the_desk_takes(desk: Sample) -> None:
    assert NOTIFY == desk.text("policy/notify.yml")
    assert isinstance(item(WASHER), Item)
    found = whole(desk.root, moment("03-12 02:00"))
    assert found.policy.notify
    assert set(found.policy.notify.ways) == {"chat", "drafts"}
