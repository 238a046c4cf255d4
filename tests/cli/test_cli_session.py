"""What every command shares: the moment, the actor, the language, the record of another day, JSON and nothing else."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, environment, git, run, sample

ID = "Q261119-0AAJN0D"
FILE = f"feedback/2026/11/{ID}.yml"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


@pytest.mark.parametrize(("given", "read"), [
    ("2026-11-20T11:05+08:00", "2026-11-20T11:05:00+08:00"), ("2026-11-20T11:05:30+08:00", "2026-11-20T11:05:30+08:00"),
    ("2026-11-20T03:05Z", "2026-11-20T03:05:00+00:00"), ("2026-11-20T03:05:30Z", "2026-11-20T03:05:30+00:00"),
])  # fmt: skip
def test_the_moment_may_be_given_with_or_without_seconds(desk: Sample, given: str, read: str) -> None:
    done = desk.run("note", ID, "--text", "顾客来电", "--dry-run", now=given)
    assert done.code == 0, done.err
    written = done.out.partition("at: ")[2].partition(",")[0]
    assert abs(datetime.fromisoformat(written) - datetime.fromisoformat(read)).total_seconds() <= 1


@pytest.mark.parametrize(
    "given", ["昨天", "2026-11-20", "2026-11-20T11:05", "11:05", "1700000000", "2026-13-45T00:00Z"]
)
def test_any_other_moment_is_wrong_usage(desk: Sample, given: str) -> None:
    for more in ((), ("--as-of", "HEAD")):
        done = desk.run("list", *more, now=given)
        assert done.code == 2
        assert done.err == f"git-feedback: --now：“{given}”不是时间；请写成 2026-11-03T18:00+08:00 这样\n"


def test_whoever_git_knows_acts_and_by_says_it_otherwise(desk: Sample) -> None:
    assert "by: he.miao}" in desk.run("note", ID, "--text", "一", "--dry-run").out
    assert "by: lin.wan}" in desk.run("note", ID, "--text", "一", "--dry-run", "--by", "lin.wan").out


def test_an_unknown_actor_is_wrong_usage_with_the_way_out(desk: Sample) -> None:
    git(desk.root, "config", "user.email", "li.lei@elsewhere.example")
    for words in (
        ["note", ID, "--text", "一"],
        ["new", "--channel", "store-counter", "--title", "甲", "--text", "乙", "--area", "丙"],
    ):
        done = desk.run(*words)
        assert done.code == 2
        assert "li.lei@elsewhere.example" in done.err
        assert "--by ID" in done.err
    assert desk.run("note", ID, "--text", "一", "--by", "li.lei").code == 2
    assert desk.text(FILE).count("note") == 0


@pytest.mark.parametrize(("words", "env", "said"), [
    ((), {}, "1 件"), (("--lang", "en"), {}, "1 item"), ((), {"LANG": "en_US.UTF-8"}, "1 件"),
])  # fmt: skip
def test_the_language_is_the_option_then_the_desks_own(
    desk: Sample, words: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    assert desk.run("list", *words, env=env).err == f"{said}\n"


def test_outside_a_desk_the_language_is_that_of_the_terminal(tmp_path: Path) -> None:
    assert "没有反馈台" in run("list", cwd=tmp_path, env={"LC_ALL": "zh_CN.UTF-8"}).err
    assert "there is no desk" in run("list", cwd=tmp_path, env={"LC_ALL": "de_DE.UTF-8"}).err


def test_as_of_shows_the_record_as_it_stood(desk: Sample) -> None:
    desk.run("classify", ID, "--category", "product/payment")
    done = {
        commit: json.loads(desk.run("list", "--as-of", commit, "--format", "json", now="2026-11-20T11:30:00+08:00").out)
        for commit in ("HEAD", "HEAD~1")
    }
    assert [one[0]["state"] for one in done.values()] == ["triaged", "new"]


def test_as_of_judges_by_the_policy_of_that_day(desk: Sample) -> None:
    desk.put(desk.text("policy/people.yml") + "坏的: 一行\n", "policy/people.yml")
    assert desk.run("list").code == 3
    assert desk.run("list", "--as-of", "HEAD~1").code == 0


@pytest.mark.parametrize("words", [
    ["check"], ["list"], ["show", ID], ["sla"], ["sla", "--all"], ["stats"], ["triage"], ["triage", "--dry-run"], ["generate"],
    ["note", ID, "--text", "电话 13812345678"], ["resolve", ID, "--result", "好了"], ["nightly", "--no-build"],
    ["new", "--channel", "store-counter", "--title", "灯坏了", "--text", "不亮", "--area", "上海"],
])  # fmt: skip
def test_as_json_only_json_is_printed(desk: Sample, words: list[str]) -> None:
    (desk.root / "feedback/2026/11/坏.yml").write_text("id: [", encoding="utf-8")
    done = desk.run(*words, "--format", "json")
    assert done.code in (0, 1), done.err
    json.loads(done.out)


def test_the_rows_of_json_have_the_names_that_are_promised(desk: Sample) -> None:
    rows = json.loads(desk.run("list", "--format", "json").out)
    assert list(rows[0]) == ["id", "state", "level", "department", "owner", "due", "title"]
    clocks = json.loads(desk.run("sla", "--all", "--format", "json").out)["clocks"]
    assert {tuple(clock) for clock in clocks} == {
        ("id", "clock", "state", "due", "elapsed_s", "target_s", "late_s", "flags")
    }
    (desk.root / FILE).write_text("id: [", encoding="utf-8")
    problems = json.loads(desk.run("check", "--format", "json").out)["problems"]
    assert list(problems[0]) == ["file", "line", "column", "code", "message", "hint"]


def test_the_same_files_and_the_same_moment_give_the_same_bytes(desk: Sample) -> None:
    for words in (["list"], ["stats", "--format", "json"], ["sla", "--all"], ["show", ID]):
        assert desk.run(*words).out == desk.run(*words).out


def test_a_desk_is_found_from_any_folder_inside_it(desk: Sample) -> None:
    assert desk.run("list", cwd=desk.root / "feedback/2026").out == desk.run("list").out


def test_variables_of_a_hook_do_not_lead_a_command_to_another_repository(desk: Sample, tmp_path: Path) -> None:
    other = tmp_path / "其他"
    other.mkdir()
    git(other, "init", "--quiet")
    done = desk.run(
        "note", ID, "--text", "钩子里", env={"GIT_DIR": str(other / ".git"), "GIT_INDEX_FILE": str(other / "index")}
    )
    assert done.code == 0, done.err
    assert git(desk.root, "log", "-1", "--format=%s") == f"note {ID}, by he.miao\n"


def test_a_commit_that_git_refuses_leaves_the_files_and_says_so(desk: Sample) -> None:
    hook = desk.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho 不许提交 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    done = desk.run("note", ID, "--text", "一")
    assert done.code == 3
    assert "不许提交" in done.err
    assert "note" in desk.text(FILE)


def test_a_title_with_hidden_characters_is_shown_visibly(desk: Sample) -> None:
    desk.put(PAYMENT.replace("支付页面报错", '"支付\u202e错报"'))
    assert "[U+202E]" in desk.run("list").out
    assert "\u202e" not in desk.run("show", ID).out


def test_bytes_that_are_no_utf8_on_standard_input_do_not_end_in_a_traceback(desk: Sample) -> None:
    done = run("note", ID, "--text", "-", "--dry-run", cwd=desk.root, stdin="顾客来电".encode("gbk"))
    assert done.code == 0
    assert "Traceback" not in done.err


def test_the_program_runs_as_a_module_and_by_its_entry() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "git_feedback", "--version"], capture_output=True, check=True, env=environment({})
    )
    assert done.stdout.startswith(b"git-feedback")
    assert NOW.endswith("+08:00")
