"""The table of commands: described everywhere, cheap to look at, and wrong usage is told in one line."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.sample_desk import PAYMENT, ROOT, Sample, environment, run, sample

from git_feedback.cli.main import COMMANDS, VERBS, program

HEAVY = ("pydantic", "yaml", "babel", "git", "matplotlib", "opencc", "rich", "markdown_it", "nh3")


@pytest.mark.parametrize("words", [["-h"], ["--help"], ["--version"], []])
def test_help_reads_no_heavy_library(words: list[str]) -> None:
    code = (
        "import sys; from git_feedback.cli.main import program\n"
        "try: program(sys.argv[1:], standalone_mode=False)\n"
        "except Exception: pass\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True, env=environment({}))
    loaded = done.stdout.decode().partition("LOADED")[2].split()
    assert "click" in loaded
    assert not set(HEAVY) & set(loaded)


WRITES_ELSEWHERE = frozenset({"backup", "keys"})
"""Commands that write, but not into the working tree: there is nothing to commit."""


@pytest.mark.parametrize("name", [*COMMANDS, *VERBS])
def test_every_command_has_its_own_help(name: str) -> None:
    command = program.get_command(click.Context(program), name)
    assert command
    assert command.help
    for one in command.commands.values() if isinstance(command, click.Group) else [command]:
        options = {option for parameter in one.params for option in parameter.opts}
        assert one.help
        assert {"--repo", "--format", "--now", "--lang"} <= options
        assert ("--dry-run" in options) == ("--no-commit" in options) or name in WRITES_ELSEWHERE


@pytest.mark.parametrize("name", [*COMMANDS, *VERBS])
def test_every_command_stands_in_the_manual_page(name: str) -> None:
    manual = (ROOT / "man/git-feedback.1").read_text(encoding="utf-8").replace("\\-", "-")
    assert f" {name} " in manual.replace("\n", " ").replace("\\", " ")


def test_the_short_help_lists_every_command_with_its_words(tmp_path: Path) -> None:
    done = run("-h", cwd=tmp_path)
    assert done.code == 0
    for name in (*COMMANDS, *VERBS):
        assert f"\n  {name} " in done.out


@pytest.mark.parametrize(("words", "code"), [
    (["没有这个"], 2), (["check", "--没有"], 2), (["show"], 2), (["list", "--limit", "零"], 2), (["list", "--format", "xml"], 2),
    (["show", "Q261119-5DVCFC5"], 2), (["check", "没有.yml"], 2), (["check", "/etc/hostname"], 2), (["list", "颜色:红"], 2),
    (["list", "--as-of", "没有"], 2), (["check", "--base", "没有"], 2), (["stats", "--tz", "火星"], 2), (["accept"], 2),
    (["new", "--channel", "传真", "--title", "甲"], 2), (["new", "--channel", "phone", "--title", "甲"], 2),
    (["note", "Q261119-0AAJN0D"], 2), (["note", "Q261119-0AAJN0D", "--where", "state:new", "--text", "甲"], 2),
    (["triage", "--by", "li.lei"], 2), (["report", "十月"], 2), (["report", "2026-11"], 2),
    (["resolve", "Q261119-0AAJN0D", "--result", "好了"], 1), (["list"], 0), (["sla"], 0), (["sla", "--fail-on", "breach"], 1), (["check"], 0),
])  # fmt: skip
def test_the_exit_code_says_of_which_kind_it_was(shared: Path, words: list[str], code: int) -> None:
    done = Sample(shared).run(*words, "--repo", str(shared))
    assert done.code == code, done
    assert "Traceback" not in done.err


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One desk for all that only look."""
    patch = pytest.MonkeyPatch()
    for role in ("AUTHOR", "COMMITTER"):
        patch.setenv(f"GIT_{role}_NAME", "He Miao")
        patch.setenv(f"GIT_{role}_EMAIL", "he.miao@desk.example")
    root = sample(tmp_path_factory.mktemp("desk"), PAYMENT).root
    patch.undo()
    return root


def test_outside_a_desk_it_cannot_go_on_and_says_how_to_start_one(tmp_path: Path) -> None:
    done = run("list", "--lang", "zh", cwd=tmp_path)
    assert done.code == 3
    assert (
        done.err
        == f"git-feedback: {tmp_path} 里没有反馈台；请进入反馈台、用 --repo 指定，或新建：git feedback init DIR\n"
    )


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert run("list", "--repo", str(tmp_path / "没有"), cwd=tmp_path).code == 2


def test_a_policy_with_mistakes_is_listed_and_nothing_is_judged(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    desk.put(desk.text("policy/desk.yml").replace("prefix: Q", "prefix: 反馈"), "policy/desk.yml")
    channels = desk.text("policy/channels.yml").replace(
        "required: [text, area], answerable: false", "required: [text, area], answerable: 否"
    )
    desk.put(channels, "policy/channels.yml")
    for words in (
        ["list"],
        ["triage"],
        ["nightly", "--no-build"],
        ["new", "--channel", "phone"],
        ["import", "csv", "policy/desk.yml", "--map", "sf311"],
    ):
        done = desk.run(*words, "--lang", "zh")
        assert done.code == 3, done
        assert "Traceback" not in done.err
        assert "policy/desk.yml:3:1: bad-form: " in done.err
        assert ": bad-flag: “否”既不是 true 也不是 false" in done.err


def test_a_closed_pipe_is_not_worth_a_word(shared: Path) -> None:
    line = f"{sys.executable} -m git_feedback stats --format json | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=shared, capture_output=True, check=False, env=environment({})
    )
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.parametrize(("words", "zh", "en"), [
    (["followup"], "没有命令“followup”；是不是 follow-up？", "there is no command 'followup'; did you mean follow-up?"),
    (["没有这个"], "没有命令“没有这个”；请看 git feedback -h", "there is no command '没有这个'; see git feedback -h"),
    (["intake", "isue"], "没有命令“isue”；是不是 issue？", "there is no command 'isue'; did you mean issue?"),
    (["list", "--limt", "3"], "list 没有选项 --limt；是不是 --limit？", "list has no option --limt; did you mean --limit?"),
    (["simulate"], "simulate 需要 --policy；请看 git feedback simulate -h", "simulate needs --policy; see git feedback simulate -h"),
    (["sla", "--fail-on", "x"], "--fail-on：没有“x”；可以用 breach", "--fail-on: 'x' cannot be chosen; use one of breach"),
    (["classify", "甲", "--urgency", "9"], "--urgency：“9”不行；请给出 1 到 5 的整数", "--urgency: '9' does not fit; give a whole number from 1 to 5"),
    (["list", "--limit", "零"], "--limit：“零”不行；请给出不小于 1 的整数", "--limit: '零' does not fit; give a whole number, 1 or more"),
    (["check", "没有.yml"], "PATHS：没有.yml 不存在；请指定已有的文件", "PATHS: there is no 没有.yml; name what exists"),
    (["show", "甲", "乙"], "show：多了“乙”；请看 git feedback show -h", "show: '乙' is too much; see git feedback show -h"),
])  # fmt: skip
def test_wrong_usage_is_one_line_in_the_language_asked_for(tmp_path: Path, words: list[str], zh: str, en: str) -> None:
    desk = Sample(tmp_path)
    for language, line in (("zh", zh), ("en", en)):
        done = desk.run(*words, "--lang", language, now=None)
        assert (done.code, done.err) == (2, f"git-feedback: {line}\n")


def test_an_option_without_its_value_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    done = Sample(tmp_path).run("list", "--lang=zh", "--limit", now=None)
    assert (done.code, done.err) == (2, "git-feedback: --limit 后面要有值；请看 git feedback list -h\n")


def test_wrong_usage_without_a_language_is_told_in_that_of_the_terminal(tmp_path: Path) -> None:
    for locale, said in (("zh_CN.UTF-8", "没有选项"), ("C.UTF-8", "has no option")):
        done = Sample(tmp_path).run("list", "--没有", now=None, env={"LC_ALL": locale})
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert said in done.err


def test_a_group_without_a_command_shows_its_help(tmp_path: Path) -> None:
    done = Sample(tmp_path).run("intake", now=None)
    assert done.code == 2
    assert "issue" in done.err
