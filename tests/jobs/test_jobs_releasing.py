"""A release: commits of the code resolve the items they name, measures link theirs, submitters to be told are listed."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Ran, Sample, git, policy, sample

from git_feedback.clock import parse_moment
from git_feedback.desk import state
from git_feedback.model import events as ev
from git_feedback.store import read

NOW = "2026-11-20T11:05:00+08:00"
LATER = "2026-11-20T15:00:00+08:00"
FIRST, SECOND, THIRD = "Q261119-0AAJN0D", "Q261119-V9T67N3", "Q261119-BYJ524T"
TAKEN = """\
history:
  - classify: {at: 2026-11-19T09:40:00+08:00, by: ines.brandt, category: product/payment, urgency: 4, impact: 4}
  - assign: {at: 2026-11-19T09:45:00+08:00, by: ines.brandt, department: payments, owner: ji.nan}
  - accept: {at: 2026-11-19T10:00:00+08:00, by: ji.nan}
"""
ONE = PAYMENT + TAKEN
TWO = ONE.replace(FIRST, SECOND).replace("#123", "#124")
OVER = (
    ONE.replace(FIRST, THIRD).replace("#123", "#125")
    + """\
  - resolve: {at: 2026-11-19T15:00:00+08:00, by: ji.nan}
    result: 已补单。
  - review: {at: 2026-11-19T15:30:00+08:00, by: lin.wan, verdict: pass}
  - reply: {at: 2026-11-19T16:00:00+08:00, by: ji.nan, channel: web-form}
    text: 订单已补。
"""
)
MEASURE = f"""\
id: M-pay-once
title: {{en: Paid once is paid once, zh: 只扣一次}}
what: 按钮锁定。
why: 重复扣款。
owner: ji.nan
status: done
done: 2026-11-19
release: app-3.2.1
items: [{THIRD}]
"""


class Code:
    """A repository of code beside the desk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "config", "user.name", "x")
        git(root, "config", "user.email", "x@desk.example")

    def commit(self, message: str, email: str = "ji.nan@desk.example") -> str:
        """A commit by somebody; its id."""
        names = {"GIT_AUTHOR_NAME": "纪南", "GIT_AUTHOR_EMAIL": email}
        words = ["git", "commit", "--quiet", "--allow-empty", f"--message={message}"]
        subprocess.run(words, cwd=self.root, check=True, env={**os.environ, **names})
        return git(self.root, "rev-parse", "HEAD").strip()

    def tag(self, name: str) -> None:
        git(self.root, "tag", name)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path / "desk", ONE, TWO, OVER)


@pytest.fixture
def code(tmp_path: Path) -> Code:
    return Code(tmp_path / "代码")


def fix(*ids: str) -> str:
    trailers = "\n".join(f"Fixes-Feedback: {one}" for one in ids)
    return f"付款按钮锁定\n\n等银行答复。\n\n{trailers}"


def release(desk: Sample, code: Code | None, *words: str, tag: str = "app-3.2.1", now: str = NOW) -> Ran:
    where = ["--code-repo", str(code.root)] if code else []
    return desk.run("release", tag, *where, *words, now=now)


def life(desk: Sample, item_id: str) -> str:
    return state(item(desk, item_id), policy(), parse_moment(LATER)).life


def item(desk: Sample, item_id: str):  # type: ignore[no-untyped-def]
    return read(desk.root / f"feedback/2026/11/{item_id}.yml")


def test_a_commit_in_the_release_links_and_resolves_the_item_by_its_author(desk: Sample, code: Code) -> None:
    commit = code.commit(fix(FIRST))
    code.tag("app-3.2.1")
    done = release(desk, code, "--lang", "zh")
    assert done.code == 0, done.err
    link, resolve = item(desk, FIRST).history[-2:]
    assert isinstance(link, ev.Link)
    assert isinstance(resolve, ev.Resolve)
    assert (link.kind, link.to, link.by) == ("commit", commit, "ji.nan")
    assert (resolve.by, resolve.result) == ("ji.nan", "已随 app-3.2.1 发布")
    assert [life(desk, one) for one in (FIRST, SECOND)] == ["resolved", "accepted"]
    assert git(desk.root, "show", "--name-only", "--format=", "HEAD").split() == [f"feedback/2026/11/{FIRST}.yml"]
    assert desk.run("check", "--base", "HEAD~1", now=LATER).code == 0


def test_a_second_run_adds_nothing(desk: Sample, code: Code) -> None:
    code.commit(fix(FIRST))
    code.tag("app-3.2.1")
    release(desk, code)
    head = git(desk.root, "rev-parse", "HEAD")
    again = release(desk, code, "--format", "json", now=LATER)
    shown = json.loads(again.out)
    assert (again.code, shown["resolved"], shown["already"], shown["refused"]) == (0, [], 1, [])
    assert git(desk.root, "rev-parse", "HEAD") == head


def test_what_is_not_in_the_tag_is_not_released(desk: Sample, code: Code) -> None:
    code.commit("先发布")
    code.tag("app-3.2.1")
    code.commit(fix(FIRST))
    assert release(desk, code).code == 0
    assert life(desk, FIRST) == "accepted"


def test_one_commit_may_settle_several_and_ids_are_read_as_people_write_them(desk: Sample, code: Code) -> None:
    code.commit(fix(f"{FIRST.lower()}, {SECOND}"))
    code.tag("app-3.2.1")
    shown = json.loads(release(desk, code, "--format", "json").out)
    assert len(shown["resolved"]) == 2
    assert [life(desk, one) for one in (FIRST, SECOND)] == ["resolved", "resolved"]


def test_an_id_in_the_text_that_is_no_trailer_settles_nothing(desk: Sample, code: Code) -> None:
    code.commit(f"付款\n\nFixes-Feedback: {FIRST}\n是上次的事，这次不是。\n\n正文结束。")
    code.tag("app-3.2.1")
    assert json.loads(release(desk, code, "--format", "json").out)["resolved"] == []


@pytest.mark.parametrize(
    ("named", "email", "words"),
    [
        ("Q261119-KTAFF8G", "ji.nan@desk.example", "提到的条目不存在"),
        ("下次", "ji.nan@desk.example", "提到的条目不存在"),
        (FIRST, "nobody@elsewhere.example", "没有人用提交"),
        (FIRST, "owen.vale@desk.example", "ji.nan"),
    ],
)
def test_what_cannot_be_settled_is_named_with_the_way_out_and_the_rest_goes_on(
    desk: Sample, code: Code, named: str, email: str, words: str
) -> None:
    code.commit(fix(SECOND))
    code.commit(fix(named), email)
    code.tag("app-3.2.1")
    done = release(desk, code, "--lang", "zh")
    assert done.code == 1
    assert words in done.err
    assert [life(desk, one) for one in (FIRST, SECOND)] == ["accepted", "resolved"]


def test_an_item_that_is_resolved_already_stays_as_it_is(desk: Sample, code: Code) -> None:
    before = desk.text(f"feedback/2026/11/{THIRD}.yml")
    code.commit(fix(THIRD))
    code.tag("app-3.2.1")
    assert json.loads(release(desk, code, "--format", "json").out)["already"] == 1
    assert desk.text(f"feedback/2026/11/{THIRD}.yml") == before


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(desk: Sample, code: Code) -> None:
    code.commit(fix(FIRST))
    code.tag("app-3.2.1")
    tried = release(desk, code, "--dry-run")
    assert "- resolve: " in tried.out
    assert git(desk.root, "status", "--short") == ""


def test_a_tag_that_is_not_there_is_wrong_usage_and_a_branch_is_no_tag(desk: Sample, code: Code) -> None:
    code.commit(fix(FIRST))
    for name in ("v9", "main"):
        done = release(desk, code, "--lang", "en", tag=name)
        assert done.code == 2
        assert f"there is no tag '{name}'" in done.err


# ---- measures and who is to be told ---------------------------------------------------------------------------------


def test_items_behind_a_measure_of_the_release_are_linked_once_and_their_submitters_listed(desk: Sample) -> None:
    desk.put(MEASURE, "feedback/measures/M-pay-once.yml")
    done = release(desk, None, "--format", "json")
    shown = json.loads(done.out)
    assert shown["linked"] == [f"feedback/2026/11/{THIRD}.yml"]
    assert [(one["id"], one["measures"]) for one in shown["to_tell"]] == [(THIRD, ["M-pay-once"])]
    link = item(desk, THIRD).history[-1]
    assert (link.verb, link.kind, link.to, link.by) == ("link", "measure", "M-pay-once", "he.miao")
    again = json.loads(release(desk, None, "--format", "json", now=LATER).out)
    assert (again["linked"], len(again["to_tell"])) == ([], 1)


def test_whoever_was_told_since_is_not_listed_again(desk: Sample) -> None:
    desk.put(MEASURE, "feedback/measures/M-pay-once.yml")
    release(desk, None)
    told = desk.run("notify", THIRD, "--about", "released", "--text", "新版已上线。", now="2026-11-20T11:30:00+08:00")
    assert told.code == 0, told.err
    assert json.loads(release(desk, None, "--format", "json", now=LATER).out)["to_tell"] == []


def test_nobody_is_listed_where_nobody_can_be_answered(desk: Sample, code: Code) -> None:
    path = f"feedback/2026/11/{FIRST}.yml"
    desk.put(desk.text(path).replace("kind: returning", "kind: anonymous"), path)
    code.commit(fix(FIRST, SECOND))
    code.tag("app-3.2.1")
    shown = json.loads(release(desk, code, "--format", "json").out)
    assert [one["id"] for one in shown["to_tell"]] == [SECOND]


def test_a_measure_of_another_release_or_one_that_is_planned_links_nothing(desk: Sample) -> None:
    desk.put(MEASURE.replace("app-3.2.1", "app-4"), "feedback/measures/M-pay-once.yml")
    planned = MEASURE.replace("M-pay-once", "M-later").replace("done: 2026-11-19\n", "").replace("done\n", "planned\n")
    desk.put(planned, "feedback/measures/M-later.yml")
    shown = json.loads(release(desk, None, "--format", "json").out)
    assert (shown["linked"], shown["to_tell"]) == ([], [])
