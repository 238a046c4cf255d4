"""The night on the command line: who was told, what was not sent, what comes before the next run; once, and pushed."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from tests.outbox.hooks import Hooks, listening, use
from tests.sample_desk import PAYMENT, Ran, Sample, git, sample

from git_feedback.cli.commands import nightly
from git_feedback.cli.session import Session
from git_feedback.cli.trouble import Stop
from git_feedback.jobs.alarming import Post
from git_feedback.jobs.pushing import Patience
from git_feedback.store import read

ID, OTHER = "Q261119-0AAJN0D", "Q261119-5DVCFC5"
FILE = f"feedback/2026/11/{ID}.yml"
SECOND = PAYMENT.replace(ID, OTHER).replace("#123", "#124").replace("支付页面报错", "退款没到账")
WEDNESDAY, THURSDAY, FRIDAY = (f"2026-11-{day}T02:00:00+08:00" for day in (18, 19, 20))
ASSIGNED = PAYMENT.replace("2026-11-19T09:31", "2026-11-17T09:31") + (
    "history:\n"
    "  - classify: {at: 2026-11-17T09:31:00+08:00, by: he.miao, category: product/payment, urgency: 4, impact: 4}\n"
    "  - respond: {at: 2026-11-17T09:40:00+08:00, by: ji.nan, channel: web-form}\n"
    "    text: 在查\n"
    "  - assign: {at: 2026-11-17T17:40:00+08:00, by: he.miao, department: payments, owner: lin.wan}\n"
)
"""To be accepted within an hour of Tuesday 17:40: by Wednesday 09:10."""


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hooks]:
    monkeypatch.setenv("NO_PROXY", "*")
    with listening() as found:
        monkeypatch.setenv("DESK_CHAT", found.address)
        yield found


def night(desk: Sample, *words: str, now: str = FRIDAY) -> Ran:
    return desk.run("nightly", "--no-build", *words, now=now)


def shown(desk: Sample, *words: str, now: str = FRIDAY) -> dict[str, Any]:
    """What it says as JSON."""
    return cast("dict[str, Any]", json.loads(night(desk, *words, "--format", "json", now=now).out))


def alarms(desk: Sample | Path, file: str = FILE) -> int:
    """How many of them an item's history records."""
    root = desk if isinstance(desk, Path) else desk.root
    return [event.verb for event in read(root / file).history].count("alarm")


def test_it_says_in_json_who_was_told_of_what(desk: Sample) -> None:
    found = shown(desk)
    assert list(found) == [
        "problems", "triaged", "alarms", "unsent", "late", "before_next_run", "rises", "copies", "measures_overdue",
    ]  # fmt: skip
    assert found["alarms"][0] == {
        "id": ID, "clock": "respond", "cycle": 1, "rungs": [150, 200], "addressee": "gu.heng", "channel": "drafts",
        "since": "2026-11-19T15:01:00+08:00",
    }  # fmt: skip
    assert (found["triaged"], found["unsent"], len(found["alarms"])) == ([FILE], [], alarms(desk))


def test_it_says_so_in_words_and_leaves_drafts(desk: Sample) -> None:
    done = night(desk)
    assert done.code == 0, done.err
    said = f"已通过 drafts 提醒 ji.nan：{ID} 首次答复，50%、75%、90%、100%，2026-11-19 11:31 起"
    assert said in done.out.splitlines()
    assert any("-ji.nan-" in file.name for file in (desk.root / "build/outbox").iterdir())
    assert git(desk.root, "status", "--porcelain") == ""
    english = night(desk, "--dry-run", "--lang", "en", now="2026-11-21T12:00:00+08:00")
    assert "would tell ji.nan by drafts: " in english.out


def test_triage_is_committed_before_anybody_is_told_and_a_second_run_makes_no_commit(desk: Sample) -> None:
    before = desk.git.head()
    night(desk)
    assert git(desk.root, "log", "--reverse", "--format=%s", "--name-only", f"{before}..HEAD").split("\n") == [
        "nightly: triage of 1 items", "", FILE, "nightly: alarms of 1 items", "", FILE, "",
    ]  # fmt: skip
    head, drafts = desk.git.head(), sorted((desk.root / "build/outbox").iterdir())
    for now in (FRIDAY, "2026-11-20T02:30:00+08:00", "2026-11-20T03:30:00+08:00"):
        assert shown(desk, now=now)["alarms"] == []
    assert desk.git.head() == head
    assert sorted((desk.root / "build/outbox").iterdir()) == drafts
    assert desk.run("check", now="2026-11-20T08:45:00+08:00").code == 0


def test_worked_example_22_first_it_is_coming_then_it_is_reported_with_its_instant(tmp_path: Path) -> None:
    desk = sample(tmp_path, ASSIGNED)
    first = shown(desk, now=WEDNESDAY)
    coming = {row["clock"]: row["due"] for row in first["before_next_run"]}
    assert coming["accept"] == "2026-11-18T09:10:00+08:00"
    assert [one for one in first["alarms"] if one["clock"] == "accept"] == []
    second = shown(desk, now=THURSDAY)
    (told,) = [one for one in second["alarms"] if one["clock"] == "accept" and one["addressee"] == "he.miao"]
    assert (told["rungs"], second["late"][0]["clock"]) == ([100, 200], "accept")
    (owner,) = [one for one in second["alarms"] if one["clock"] == "accept" and one["addressee"] == "lin.wan"]
    assert (owner["rungs"], owner["since"]) == ([50, 75, 90, 100], "2026-11-18T09:10:00+08:00")


def test_it_looks_as_far_ahead_as_the_next_run(tmp_path: Path) -> None:
    desk = sample(tmp_path, ASSIGNED)
    for now, length, listed in (
        (WEDNESDAY, "24h", True), (WEDNESDAY, "30m", False), ("2026-11-18T08:45:00+08:00", "30m", True),
        ("2026-11-18T08:30:00+08:00", "30m", False),
    ):  # fmt: skip
        coming = shown(desk, "--dry-run", "--next-run", length, now=now)["before_next_run"]
        assert ("accept" in {row["clock"] for row in coming}) == listed, (now, length)


@pytest.mark.parametrize("given", ["明天", "0h", "24", "3wd", "30m@office", "-1h"])
def test_a_next_run_that_is_no_length_of_time_is_wrong_usage(desk: Sample, given: str) -> None:
    done = night(desk, f"--next-run={given}")
    assert done.code == 2
    assert done.err == f"git-feedback: --next-run：“{given}”不是时长；请写成 30m 或 24h 这样\n"


def test_a_dry_run_names_everybody_and_sends_and_writes_nothing(desk: Sample, hooks: Hooks) -> None:
    use(desk)
    desk.run("triage", now="2026-11-19T12:00:00+08:00")
    head = desk.git.head()
    found = shown(desk, "--dry-run")
    assert {one["addressee"] for one in found["alarms"]} == {"gu.heng", "he.miao", "ji.nan", "lin.wan"}
    assert (hooks.posted, alarms(desk), desk.git.head()) == ([], 0, head)
    assert not (desk.root / "build").exists()


def test_without_alarms_nobody_is_told_and_the_next_run_makes_up_for_it(desk: Sample) -> None:
    assert shown(desk, "--no-alarms")["alarms"] == []
    assert alarms(desk) == 0
    assert shown(desk, now="2026-11-20T03:00:00+08:00")["alarms"]


def test_a_desk_without_notify_yml_tells_nobody(desk: Sample) -> None:
    (desk.root / "policy/notify.yml").unlink()
    desk.commit()
    done = night(desk)
    assert done.code == 0, done.err
    assert alarms(desk) == 0


def test_what_was_not_sent_is_named_without_the_secret_ends_with_1_and_is_sent_by_the_next_run(
    desk: Sample, hooks: Hooks
) -> None:
    use(desk)
    hooks.answer = lambda text: 403 if text.startswith("纪南") else 200
    done = night(desk)
    assert done.code == 1
    assert "没有通过 chat 发给 ji.nan：发送方式“chat”的回答是 403；请检查账户或网址" in done.out.splitlines()
    assert "s3cret" not in done.out + done.err
    found = shown(desk)
    assert found["unsent"] == [{
        "addressee": "ji.nan", "channel": "chat", "ids": [ID], "code": "send-answered",
        "message": "没有通过 chat 发给 ji.nan：发送方式“chat”的回答是 403；请检查账户或网址",
    }]  # fmt: skip
    hooks.answer = lambda _text: 200
    assert {one["addressee"] for one in shown(desk)["alarms"]} == {"ji.nan"}
    assert night(desk).code == 0


def test_a_secret_that_is_not_set_is_named_by_its_variable(desk: Sample) -> None:
    use(desk)
    done = night(desk, "--lang", "en")
    assert done.code == 1
    assert "not sent to ji.nan by chat: the environment variable DESK_CHAT of way 'chat' is not set;" in done.out


def test_on_a_holiday_it_says_how_much_waits(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT)
    night(desk, "--no-alarms")
    done = night(desk, now="2026-11-21T12:00:00+08:00")
    assert "条提醒等到免打扰时间结束后发出" in done.err
    assert "首次答复，" not in done.out.split("已超时")[0]
    assert "评估" in done.out.split("已超时")[0]


def test_rules_that_nobody_looked_at_for_a_year_are_named(desk: Sample) -> None:
    sla = desk.text("policy/sla.yml")
    for reviewed, now, named in (
        ("2026-09-01", "2027-08-31T02:00:00+08:00", False), ("2026-09-01", "2027-09-01T02:00:00+08:00", True),
        ("2025-11-20", FRIDAY, True), ("2025-11-21", FRIDAY, False),
    ):  # fmt: skip
        desk.put(sla.replace("reviewed: 2026-09-01", f"reviewed: {reviewed}"), "policy/sla.yml")
        done = night(desk, "--dry-run", now=now)
        assert (f"现行规则上次审阅是 {reviewed}，已超过一年" in done.err) == named, (reviewed, now)
        assert done.code == 0
    desk.put(sla.replace("    reviewed: 2026-09-01\n", ""), "policy/sla.yml")
    assert "现行规则上次审阅是 2024-01-01" in night(desk, "--dry-run").err


def test_from_november_on_the_year_that_a_calendar_lacks_is_named(desk: Sample) -> None:
    assert "日历“office”没有 2027 年的节假日" in night(desk, "--dry-run").err
    assert "2027" not in night(desk, "--dry-run", now="2026-10-31T02:00:00+08:00").err


# ---- pushing --------------------------------------------------------------------------------------------------------


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Sample, Path]:
    """A desk with a remote, and a colleague's clone of it."""
    (tmp_path / "desk").mkdir()
    desk = sample(tmp_path / "desk", PAYMENT, SECOND)
    use(desk)
    git(tmp_path, "clone", "--quiet", "--bare", "desk", "remote.git")
    git(desk.root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(desk.root, "fetch", "--quiet", "origin")
    git(desk.root, "branch", "--quiet", "--set-upstream-to=origin/main")
    git(tmp_path, "clone", "--quiet", "remote.git", "colleague")
    return desk, tmp_path / "colleague"


def test_a_push_that_comes_too_late_is_redone_and_nobody_is_told_twice(
    shared: tuple[Sample, Path], hooks: Hooks
) -> None:
    desk, colleague = shared
    pushed: list[str] = []

    def meanwhile(text: str) -> int:
        """A colleague pushes while the first message goes out."""
        if not pushed:
            pushed.append(text)
            with (colleague / FILE).open("a", encoding="utf-8") as file:
                file.write("history:\n  - note: {at: 2026-11-19T12:00:00+08:00, by: he.miao}\n    text: 顾客来电\n")
            git(colleague, "commit", "--quiet", "--all", "--message=来电")
            git(colleague, "push", "--quiet")
        return 200

    hooks.answer = meanwhile
    done = night(desk, "--push")
    assert done.code == 0, done.err
    assert {name: len(hooks.to(name)) for name in ("纪南", "林晚", "何淼")} == {"纪南": 1, "林晚": 1, "何淼": 1}
    git(colleague, "pull", "--quiet")
    verbs = [event.verb for event in read(colleague / FILE).history]
    assert verbs[0] == "note"
    told = [line for line in done.out.splitlines() if line.startswith("已通过")]
    assert len(told) == alarms(colleague) + alarms(colleague, f"feedback/2026/11/{OTHER}.yml")
    assert shown(desk, "--push")["alarms"] == []


def test_where_no_push_comes_through_what_went_out_stays_noted_here(shared: tuple[Sample, Path], hooks: Hooks) -> None:
    desk, _ = shared
    hook = desk.root.parent / "remote.git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    session = Session(desk.root, "text", FRIDAY, None)
    post = Post(hooks.secrets, timedelta(hours=24))
    with pytest.raises(Stop):
        nightly._pushed(session, post, Patience(0, lambda: 0, lambda _: None, lambda: 0))
    assert alarms(desk) > 0
    assert git(desk.root, "log", "-1", "--format=%s").strip() == "nightly: alarms of 2 items"
    assert git(desk.root, "status", "--porcelain") == ""
    hook.unlink()
    before = len(hooks.posted)
    assert night(desk, "--push").code == 0
    assert len(hooks.posted) == before
    assert git(desk.root, "rev-list", "--count", "@{upstream}..HEAD").strip() == "0"


def test_on_the_first_of_the_month_the_night_asks_for_the_report_until_it_is_there(desk: Sample) -> None:
    said = "2026-11 的报告还没有签发；git feedback report 2026-11"
    assert said not in night(desk).err
    assert said in night(desk, now="2026-12-01T02:00:00+08:00").err
    desk.put("{}\n", "reports/2026/2026-11/figures.json")
    assert said not in night(desk, now="2026-12-02T02:00:00+08:00").err
