"""Problems that rise steeply: told to whoever leads the department, once a week, and written down where it was told."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.outbox.fake_robots import robot
from tests.sample_desk import Sample, git, sample

from git_feedback.cli.commands import nightly
from git_feedback.cli.session import Session
from git_feedback.cli.trouble import Stop
from git_feedback.desk import alarms, standings
from git_feedback.desk.alarms import RISE
from git_feedback.jobs import pairing, spiking
from git_feedback.jobs.alarming import FOLDER, Post
from git_feedback.jobs.pushing import Patience
from git_feedback.jobs.reading import whole
from git_feedback.jobs.spiking import Rise
from git_feedback.model import Problem, ids
from git_feedback.model import events as ev
from git_feedback.store import read

FRIDAY = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
DAY = timedelta(hours=24)


def parcel(number: int) -> str:
    """One of many who get no pick-up code, all in the same week."""
    at = datetime.fromisoformat(f"2026-11-{16 + number % 4}T0{number}:00:00+08:00")
    name = ids.make("Q", at.date(), "web-form", f"取件 {number}", lambda _: False)
    return (
        f'id: {name}\nreceived: {at.isoformat()}\nchannel: web-form\nsource: "取件 {number}"\nlanguage: zh\n'
        f"title: 收不到快递柜取件码\ntext: 短信一直没来，快递柜在小区 {number} 号楼，取件码收不到，包裹拿不出来\n"
        f"submitter:\n  kind: new\n  ref: {10_000_000 + number}\nhistory:\n"
        f"  - classify: {{at: {at.isoformat()}, by: rules, category: service/logistics, urgency: 3, impact: 3}}\n"
    )


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, *(parcel(number) for number in range(8)))


def tell(desk: Sample, now: datetime, post: Post | None = None) -> tuple[list[Rise], list[str], list[Problem]]:
    found = whole(desk.root, now)
    there = standings(found.items, found.policy, now)
    problems = pairing.problems(there, found.policy, now)
    return spiking.tell(desk.root, found, there, problems, now, post or Post({}, DAY))


def told(desk: Sample) -> list[tuple[str, ev.Alarm]]:
    items = (read(path.read_bytes()) for path in sorted((desk.root / "feedback").rglob("*.yml")))
    return [(item.id, event) for item in items for event in item.history if isinstance(event, ev.Alarm)]


def letters(desk: Sample) -> list[str]:
    from email import message_from_bytes
    from email.policy import default

    found = (
        message_from_bytes(path.read_bytes(), policy=default) for path in sorted((desk.root / FOLDER).glob("*.eml"))
    )
    return [f"{letter['Subject']}\n{body.get_content()}" for letter in found if (body := letter.get_body(("plain",)))]


def test_a_steep_rise_is_told_and_stands_in_the_history_of_the_item_in_the_middle(desk: Sample) -> None:
    (rise,), (path,), problems = tell(desk, FRIDAY)
    ((name, event),) = told(desk)
    assert problems == []
    assert (name, path) == (rise.problem.middle, f"feedback/2026/11/{name}.yml")
    assert (event.clock, event.cycle, event.rungs, event.channel) == (RISE, 202647, (), "drafts")
    assert event.addressee == rise.addressee
    assert event.since == rise.problem.last
    (letter,) = letters(desk)
    for words in ("突增", "7 天内 8 件", "收不到快递柜取件码", "git feedback recurring", name):
        assert words in letter


def test_the_lead_of_the_department_is_told(desk: Sample) -> None:
    (rise,), _, _ = tell(desk, FRIDAY)
    assert rise.addressee == whole(desk.root, FRIDAY).policy.departments["logistics"].lead


def test_a_second_night_of_the_same_week_says_nothing(desk: Sample) -> None:
    tell(desk, FRIDAY)
    before = told(desk)
    for later in (FRIDAY, FRIDAY + timedelta(hours=3)):
        assert tell(desk, later) == ([], [], [])
    desk.put(parcel(9))
    assert tell(desk, FRIDAY + timedelta(hours=4)) == ([], [], []), "the group has grown, the week is the same"
    assert (told(desk), len(letters(desk))) == (before, 1)


def test_in_the_next_week_it_is_told_again_while_it_still_rises(desk: Sample) -> None:
    tell(desk, FRIDAY)
    monday = FRIDAY + timedelta(days=2, hours=22)
    assert len(tell(desk, monday)[0]) == 1
    assert [event.cycle for _, event in told(desk)] == [202647, 202648]
    assert tell(desk, monday + timedelta(days=10)) == ([], [], []), "it does not rise any more"


def test_quiet_days_wait_for_a_working_day(desk: Sample) -> None:
    saturday = FRIDAY + timedelta(days=1)
    assert tell(desk, saturday) == ([], [], [])
    assert letters(desk) == []


def test_what_cannot_be_sent_is_not_written_down(desk: Sample) -> None:
    (desk.root / "build").write_text("不是文件夹", encoding="utf-8")
    post = Post({}, DAY)
    assert tell(desk, FRIDAY, post) == ([], [], [])
    assert told(desk) == []
    assert [one.why.code for one in post.unsent] == ["send-no-folder"]


def test_a_run_that_is_redone_sends_nothing_twice_and_writes_it_down_all_the_same(desk: Sample) -> None:
    post = Post({}, DAY)
    (rise,), (path,), _ = tell(desk, FRIDAY, post)
    desk.root.joinpath(path).write_bytes(parcel_of(rise.problem.middle))
    assert len(tell(desk, FRIDAY + timedelta(minutes=1), post)[0]) == 1
    assert (len(told(desk)), len(letters(desk))) == (1, 1)


def test_what_went_out_is_written_again_where_its_commit_was_dropped_and_nothing_is_sent(desk: Sample) -> None:
    post = Post({}, DAY)
    (rise,), (path,), _ = tell(desk, FRIDAY, post)
    before = told(desk)
    desk.root.joinpath(path).write_bytes(parcel_of(rise.problem.middle))
    assert spiking.write_down(desk.root, whole(desk.root, FRIDAY), post) == ([path], [])
    assert (told(desk), len(letters(desk))) == (before, 1)
    assert spiking.write_down(desk.root, whole(desk.root, FRIDAY), post) == ([], [])


def test_where_no_push_comes_through_a_rise_stays_noted_and_is_not_told_again(desk: Sample, tmp_path: Path) -> None:
    bare = tmp_path.with_name("remote.git")
    git(desk.root, "clone", "--quiet", "--bare", ".", str(bare))
    (bare / "hooks").mkdir(exist_ok=True)
    (bare / "hooks/pre-receive").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (bare / "hooks/pre-receive").chmod(0o755)
    git(desk.root, "remote", "add", "origin", str(bare))
    git(desk.root, "fetch", "--quiet", "origin")
    git(desk.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    for _ in range(2):
        session = Session(desk.root, "text", FRIDAY.isoformat(), None)
        with pytest.raises(Stop):
            nightly._pushed(session, Post({}, DAY), Patience(0, lambda: 0, lambda _: None, lambda: 0))
        assert [event.clock for _, event in told(desk)].count(RISE) == 1
        assert sum("突增" in text for text in letters(desk)) == 1
        assert git(desk.root, "status", "--porcelain") == ""


def test_of_two_ways_each_is_written_down_and_the_next_run_sends_by_the_one_that_failed(
    desk: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    notify = desk.text("policy/notify.yml").replace(
        "drafts: {by: folder}", "drafts: {by: folder}\n  chat: {by: slack, settings: CHAT}"
    )
    people = ", ".join(f"{one}: [drafts, chat]" for one in whole(desk.root, FRIDAY).policy.people)
    desk.put(f"by_person: {{{people}}}\n{notify}", "policy/notify.yml")
    post = Post({}, DAY)
    (rise,), (path,), _ = tell(desk, FRIDAY, post)
    assert (rise.channel, [one.channel for one in post.unsent]) == ("drafts", ["chat"])
    assert [(one.channel, one.missed) for _, one in told(desk)] == [("drafts", ("chat",))]
    with robot("slack") as there:
        again = tell(desk, FRIDAY + timedelta(minutes=30), Post({"CHAT": there.address}, DAY))
        assert ([one.channel for one in again[0]], again[1]) == (["chat"], [path])
        assert tell(desk, FRIDAY + timedelta(minutes=45), Post({"CHAT": there.address}, DAY)) == ([], [], [])
    assert (len(there.texts), len(letters(desk))) == (1, 1)
    assert "收不到快递柜取件码" in there.texts[0]
    assert [one.channel for _, one in told(desk)] == ["drafts", "chat"]


def parcel_of(name: str) -> bytes:
    return next(text for text in map(parcel, range(8)) if name in text).encode()


def test_a_desk_that_tells_nobody_stays_silent(desk: Sample) -> None:
    (desk.root / "policy/notify.yml").unlink()
    assert tell(desk, FRIDAY) == ([], [], [])
    assert told(desk) == []


def test_whoever_was_told_of_a_rise_still_hears_the_lines_of_the_day(desk: Sample) -> None:
    tell(desk, FRIDAY)
    found = whole(desk.root, FRIDAY)
    there = standings(found.items, found.policy, FRIDAY)
    assert alarms.heard(there, found.policy, FRIDAY.date(), FRIDAY, DAY) == frozenset()


def test_the_night_tells_of_it_once_and_shows_it_in_words_and_as_json(desk: Sample) -> None:
    import json

    words = ("nightly", "--no-build", "--no-sweep")
    planned = desk.run(*words, "--dry-run", "--lang", "zh")
    assert "突增" in planned.out
    assert told(desk) == []
    first = json.loads(desk.run(*words, "--format", "json").out)
    assert [(one["now"], one["before"], one["channel"]) for one in first["rises"]] == [(8, 0.0, "drafts")]
    again = json.loads(desk.run(*words, "--format", "json", now="2026-11-20T13:05:00+08:00").out)
    assert again["rises"] == []
    assert len([1 for _, event in told(desk) if event.clock == RISE]) == 1
    assert desk.run("check").code == 0


def test_its_page_and_its_explanation_say_so_in_words(desk: Sample) -> None:
    (rise,), _, _ = tell(desk, FRIDAY)
    desk.commit()
    assert "这个问题突然增多" in desk.run("explain", rise.problem.middle, "--lang", "zh").out
    assert "rises steeply" in desk.run("explain", rise.problem.middle, "--lang", "en").out
