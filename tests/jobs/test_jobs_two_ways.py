"""Somebody with two ways, one of which fails: told by the other, written down, and later told by the first alone."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.outbox.fake_robots import KEY, Raw, Robot, robot
from tests.outbox.hooks import use
from tests.sample_desk import Sample, git, sample

from git_feedback.desk import standings
from git_feedback.jobs import alarming
from git_feedback.jobs.alarming import FOLDER, Post
from git_feedback.jobs.reading import whole
from git_feedback.model.events import Alarm
from git_feedback.store import read

NUMBERS = ("Q260310-0000012", "Q260310-000002B", "Q260310-000003M")
DAY = timedelta(hours=24)
BROKEN: Raw = (200, b'{"errcode":93000,"errmsg":"invalid webhook url s3cret"}', {})
NOTIFY = """\
ways:
  group: {by: wecom, settings: DESK_WECOM}
  ding: {by: dingtalk, settings: DESK_DING, secret: DESK_KEY}
  drafts: {by: folder}
by_person: {gu.heng: drafts, qiu.yan: [group, ding], shen.mu: [ding, drafts]}
ladder:
  - {at: 50, to: [owner]}
  - {at: 75, to: [owner, lead]}
  - {at: 100, to: [owner, lead, manager]}
  - {at: 200, to: [managers]}
managers: [gu.heng]
"""


def washer(number: str, title: str = "洗衣机送错了") -> str:
    return (
        f"id: {number}\nreceived: 2026-03-10T09:00:00+08:00\nlanded: 2026-03-10T09:00:00+08:00\nchannel: web-form\n"
        f'source: "洗衣机 {number}"\ntitle: {title}\ntext: 送到隔壁去了\nhistory:\n'
        "  - classify: {at: 2026-03-10T09:00:00+08:00, by: he.miao, category: product/quality, urgency: 3, impact: 3}\n"
    )


@pytest.fixture
def robots(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Robot]]:
    monkeypatch.setenv("NO_PROXY", "*")
    with ExitStack() as stack:
        yield {name: stack.enter_context(robot(name)) for name in ("wecom", "dingtalk")}


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    made.put(washer(NUMBERS[0]), f"feedback/2026/03/{NUMBERS[0]}.yml")
    use(made, NOTIFY)
    return made


def secrets(robots: dict[str, Robot]) -> dict[str, str]:
    return {"DESK_WECOM": robots["wecom"].address, "DESK_DING": robots["dingtalk"].address, "DESK_KEY": KEY}


def moment(short: str) -> datetime:
    return datetime.fromisoformat(f"2026-{short.replace(' ', 'T')}:00+08:00")


def tell(desk: Sample, now: str, robots: dict[str, Robot], post: Post | None = None) -> Post:
    """One run, as the night does it."""
    made = post or Post(secrets(robots), DAY)
    found = whole(desk.root, moment(now))
    alarming.tell(desk.root, found, standings(found.items, found.policy, moment(now)), moment(now), made)
    return made


def told(desk: Sample, number: str = NUMBERS[0]) -> list[tuple[str, str, tuple[int, ...], tuple[str, ...]]]:
    events = read(desk.root / f"feedback/2026/03/{number}.yml").history
    found = (one for one in events if isinstance(one, Alarm) and one.clock == "respond")
    return [(one.addressee, one.channel, one.rungs, one.missed) for one in found]


def greetings(there: Robot, name: str) -> int:
    return sum(f"{name}，您好" in text for text in there.texts)


def test_both_ways_work_and_each_is_written_down(desk: Sample, robots: dict[str, Robot]) -> None:
    post = tell(desk, "03-10 15:00", robots)
    assert told(desk) == [("qiu.yan", "ding", (50,), ()), ("qiu.yan", "group", (50,), ())]
    assert post.unsent == []
    assert [greetings(there, "邱岩") for there in robots.values()] == [1, 1]
    written = desk.text(f"feedback/2026/03/{NUMBERS[0]}.yml")
    assert tell(desk, "03-10 15:10", robots).sent == []
    assert desk.text(f"feedback/2026/03/{NUMBERS[0]}.yml") == written
    assert [there.asked for there in robots.values()] == [1, 1]


def test_whoever_was_told_by_two_ways_was_told_once(desk: Sample, robots: dict[str, Robot]) -> None:
    tell(desk, "03-10 15:00", robots)
    explained = desk.run("explain", NUMBERS[0], now="2026-03-10T15:10:00+08:00").out
    assert explained.count("通知邱岩") == 1


def test_where_one_way_fails_the_next_run_sends_by_that_way_alone(desk: Sample, robots: dict[str, Robot]) -> None:
    robots["dingtalk"].answers = [BROKEN]
    post = tell(desk, "03-10 15:00", robots)
    assert told(desk) == [("qiu.yan", "group", (50,), ("ding",))]
    assert [(one.addressee, one.channel) for one in post.unsent] == [("qiu.yan", "ding")]
    again = tell(desk, "03-10 15:10", robots)
    assert told(desk)[1:] == [("qiu.yan", "ding", (50,), ())]
    assert [one.channel for one in again.sent] == ["ding"]
    assert (again.unsent, robots["wecom"].asked) == ([], 1)
    assert tell(desk, "03-10 15:20", robots).sent == []


def test_a_way_that_goes_on_failing_is_tried_by_every_run_and_has_all_in_one_at_the_end(
    desk: Sample, robots: dict[str, Robot]
) -> None:
    robots["dingtalk"].answer = lambda _text: BROKEN
    for now in ("03-10 15:00", "03-10 15:10", "03-10 17:00"):
        tell(desk, now, robots)
    mine = [one for one in told(desk) if one[0] == "qiu.yan"]
    assert mine == [("qiu.yan", "group", (50,), ("ding",)), ("qiu.yan", "group", (75,), ("ding",))]
    robots["dingtalk"].answer = lambda _text: None
    tell(desk, "03-10 17:10", robots)
    assert [one for one in told(desk) if one[1] == "ding" and one[0] == "qiu.yan"] == [
        ("qiu.yan", "ding", (50, 75), ())
    ]
    assert greetings(robots["dingtalk"], "邱岩") == 1
    assert greetings(robots["wecom"], "邱岩") == 2


def test_where_both_ways_fail_nothing_is_written_down_and_both_are_tried_again(
    desk: Sample, robots: dict[str, Robot]
) -> None:
    for there in robots.values():
        there.answers = [BROKEN]
    assert len(tell(desk, "03-10 15:00", robots).unsent) == 2
    assert told(desk) == []
    tell(desk, "03-10 15:10", robots)
    assert [one[1] for one in told(desk)] == ["ding", "group"]


def test_a_write_that_is_redone_tries_only_what_failed_and_says_what_is_still_missing(
    desk: Sample, robots: dict[str, Robot]
) -> None:
    file = desk.root / f"feedback/2026/03/{NUMBERS[0]}.yml"
    before = file.read_bytes()
    robots["dingtalk"].answer = lambda _text: BROKEN
    post = tell(desk, "03-10 15:00", robots)
    written = file.read_bytes()
    file.write_bytes(before)
    tell(desk, "03-10 15:00", robots, post)
    assert file.read_bytes() == written
    assert (robots["wecom"].asked, robots["dingtalk"].asked) == (1, 2)
    file.write_bytes(before)
    robots["dingtalk"].answer = lambda _text: None
    tell(desk, "03-10 15:00", robots, post)
    assert sorted(one[1:] for one in told(desk)) == [("ding", (50,), ()), ("group", (50,), ())]


def test_a_run_that_is_cut_off_between_two_ways_says_which_is_missing(desk: Sample, robots: dict[str, Robot]) -> None:
    def cut(_text: str) -> Raw | None:
        raise_in_run.append(True)
        return None

    raise_in_run: list[bool] = []
    robots["dingtalk"].answer = cut

    class Secrets(Mapping[str, str]):
        given = secrets(robots)

        def __getitem__(self, name: str) -> str:
            if raise_in_run:
                raise KeyboardInterrupt
            return self.given[name]

        def __iter__(self) -> Iterator[str]:
            return iter(self.given)

        def __len__(self) -> int:
            return len(self.given)

    with pytest.raises(KeyboardInterrupt):
        tell(desk, "03-10 15:00", robots, Post(Secrets(), DAY))
    assert told(desk) == [("qiu.yan", "ding", (50,), ("group",))]
    robots["dingtalk"].answer = lambda _text: None
    tell(desk, "03-10 15:10", robots)
    assert [one[1] for one in told(desk)] == ["ding", "group"]
    assert robots["dingtalk"].asked == 1


def test_of_a_message_in_parts_those_that_arrived_are_written_down_and_the_rest_follows(
    desk: Sample, robots: dict[str, Robot]
) -> None:
    from git_feedback.model import ids

    names = [ids.make("Q", moment("03-10 09:00").date(), "web-form", f"洗衣机 {n}", lambda _: False) for n in range(30)]
    for name in names:
        text = washer(name, "洗衣机送错了，师傅说是隔壁的，" * 5)
        (desk.root / f"feedback/2026/03/{name}.yml").write_text(text, encoding="utf-8")
    desk.commit()
    robots["wecom"].answer = lambda text: BROKEN if "(2/" in text else None
    post = tell(desk, "03-10 15:00", robots)
    arrived = set(re.findall(r"Q260310-\w{7}", "\n".join(robots["wecom"].texts)))
    recorded = {name for name in names if any(one[1] == "group" for one in told(desk, name))}
    assert recorded == arrived & set(names)
    assert 0 < len(recorded) < 30
    (failed,) = [one for one in post.unsent if one.channel == "group"]
    assert set(failed.ids) & set(names) == set(names) - recorded
    robots["wecom"].answer = lambda _text: None
    tell(desk, "03-10 15:10", robots)
    assert all([one[1] for one in told(desk, name)].count("group") == 1 for name in names)
    shown = re.findall(r"\*\*(Q260310-\w{7})", "\n".join(robots["wecom"].texts))
    assert sorted(shown) == sorted(set(shown))


def test_everybody_is_told_in_their_language(desk: Sample, robots: dict[str, Robot]) -> None:
    people = desk.text("policy/people.yml").replace("{id: shen.mu,", "{id: shen.mu, language: en,")
    desk.put(people, "policy/people.yml")
    tell(desk, "03-10 17:00", robots)
    mixed = "\n".join(robots["dingtalk"].texts)
    assert "邱岩，您好" in mixed
    assert "Hello Shen Mu," in mixed and "Reached: 75 % at 2026-03-10 16:30" in mixed
    (draft,) = (desk.root / FOLDER).iterdir()
    assert b"shen.mu@" in draft.read_bytes()


def test_no_secret_stands_in_what_is_said_written_or_committed(desk: Sample, robots: dict[str, Robot]) -> None:
    for there in robots.values():
        there.answers = [BROKEN]
    env = {**secrets(robots), "NO_PROXY": "*", "DESK_KEY": KEY}
    for style in ("text", "json"):
        ran = desk.run(
            "nightly", "--no-build", "--no-sweep", "--format", style, now="2026-03-10T15:00:00+08:00", env=env
        )
        assert "s3cret" not in ran.out + ran.err and KEY not in ran.out + ran.err
        assert (ran.code, "qiu.yan" in ran.out) == (1 if style == "text" else ran.code, True)
    assert "s3cret" not in git(desk.root, "log", "--patch", "--all") + git(desk.root, "status", "--short")
