"""A new desk: complete, clean at once, and nothing is written when it cannot be."""

import os
from pathlib import Path
from typing import Literal

import pytest
from tests.sample_desk import Ran, Sample, git
from tests.sample_desk import policy as sample_policy

from git_feedback.jobs import starting
from git_feedback.jobs.fitting import Wishes, address
from git_feedback.jobs.reading import load_policy
from git_feedback.store import Desk


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own Git settings."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = 李雷\n\temail = li.lei@shop.example\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    return tmp_path


def start(home: Path, *words: str) -> Ran:
    return Sample(home).run("init", str(home / "台"), *words, now=None)


def test_init_then_new_then_list_then_check_is_clean(home: Path) -> None:
    done = start(home, "--name", "小店 “反馈”: #1", "--lang", "zh")
    assert done.code == 0, done.err
    assert "反馈台已建在" in done.out
    desk = Sample(home / "台")
    new = desk.run(
        "new", "--channel", "store-counter", "--title", "灯坏了", "--text", "门口的灯不亮", "--area", "上海", now=None
    )
    assert new.code == 0, new.err
    listed = desk.run("list", now=None)
    assert "灯坏了" in listed.out
    checked = desk.run("check", now=None)
    assert (checked.code, checked.out) == (0, "")
    assert git(desk.root, "status", "--porcelain") == ""
    assert git(desk.root, "log", "--format=%s").splitlines()[1] == "Start a feedback desk"
    assert 'en: "小店 “反馈”: #1"' in desk.text("policy/desk.yml")


def test_whoever_starts_a_desk_is_in_its_people_and_may_act(home: Path) -> None:
    start(home)
    desk = Sample(home / "台")
    assert "id: li.lei, name: {en: 李雷, zh: 李雷}, email: " in desk.text("policy/people.yml")
    new = desk.run(
        "new", "--channel", "phone", "--kind", "new", "--title", "灯坏了", "--text", "门口的灯不亮", now=None
    )
    assert new.code == 0, new.err


def test_nobody_of_the_sample_is_in_a_new_desk_and_every_department_is_yours(home: Path) -> None:
    assert start(home).code == 0
    desk = Sample(home / "台")
    policy = load_policy(Desk(desk.root).policy())
    assert set(policy.people) == {"li.lei"}
    assert {one.lead for one in policy.departments.values()} == {"li.lei"}
    assert {one.coordinator for one in policy.departments.values()} == {"li.lei"}
    names = set(sample_policy().people)
    for path in sorted((desk.root / "policy").glob("*.yml")):
        assert not [name for name in names if name in path.read_text(encoding="utf-8")], path.name
    assert policy.desk.submit.mail is None


@pytest.mark.parametrize("name", ["{en: 甲, zh: 乙}", "'", '"', "# 井", "- 减", "李: 雷", "null", "{", "%s \\1 \\g<0>"])
def test_whatever_git_calls_a_person_is_their_name_and_nothing_else(home: Path, name: str) -> None:
    git(home, "config", "--file", str(home / "gitconfig"), "user.name", name)
    assert start(home, "--name", name).code == 0
    policy = load_policy(Desk(home / "台").policy())
    assert (policy.people["li.lei"].name.zh, policy.desk.name.en) == (name, name)


def test_wishes_are_kept(home: Path) -> None:
    done = start(home, "--zone", "Europe/Berlin", "--prefix", "FB", "--person", "han.meimei", "--lang", "en")
    assert done.code == 0, done.err
    desk = Sample(home / "台")
    text = desk.text("policy/desk.yml")
    assert "\nzone: Europe/Berlin\n" in text
    assert "\nprefix: FB\n" in text
    assert "\nlanguage: en\n" in text
    assert "id: han.meimei," in desk.text("policy/people.yml")
    assert desk.run("check").code == 0


@pytest.mark.parametrize(("locale", "language", "said"), [
    ("en_GB.UTF-8", "en", "its language is English"), ("zh_CN.UTF-8", "zh", "语言为中文"),
])  # fmt: skip
def test_without_a_wish_the_desk_speaks_the_language_of_the_terminal_and_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch, locale: str, language: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    done = start(home)
    assert said in done.out
    assert f"\nlanguage: {language}\n" in Sample(home / "台").text("policy/desk.yml")


@pytest.mark.parametrize(("words", "said"), [
    (("--prefix", "反馈"), "“反馈”不能作前缀"),
    (("--zone", "火星"), "没有时区“火星”"),
    (("--person", "李雷"), "“李雷”不能作人员 id"),
    (("--host", "gitea", "--repository", "店/台"), "“店/台”"),
    (("--repository", "shop/desk"), "请加上 --host github"),
    (("--host", "github", "--repository", "https://github.com/shop"), "不是仓库"),
    (("--host", "gitea", "--repository", "shop/desk"), "请写完整网址"),
])  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_before_anything_is_written(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    done = start(home, *words, "--lang", "zh")
    assert done.code == 2
    assert said in done.err
    assert not (home / "台").exists() or not any((home / "台").iterdir())


@pytest.mark.parametrize(("host", "given", "found"), [
    ("github", "shop/desk", "https://github.com/shop/desk"),
    ("github", " https://github.com/shop/desk.git/ ", "https://github.com/shop/desk"),
    ("github", "git@github.com:shop/desk.git", "https://github.com/shop/desk"),
    ("github", "shop/desk/more", None),
    ("gitlab", "shop/east/desk", "https://gitlab.com/shop/east/desk"),
    ("gitlab", "https://git.shop.example:8443/shop/east/desk", "https://git.shop.example:8443/shop/east/desk"),
    ("gitlab", "ssh://git@git.shop.example:2222/shop/desk.git", "https://git.shop.example/shop/desk"),
    ("gitea", "https://codeberg.org/shop/desk", "https://codeberg.org/shop/desk"),
    ("gitea", "shop/desk", None),
    ("github", "shop", None),
    ("github", "https://github.com/shop/desk?x=`id`", None),
    ("github", "--upload-pack=x/y", None),
    ("github", "", None),
])  # fmt: skip
def test_a_repository_is_known_by_its_name_or_any_of_its_addresses(
    host: Literal["github", "gitlab", "gitea"], given: str, found: str | None
) -> None:
    assert address(host, given) == found


def test_an_empty_clone_becomes_a_desk_and_keeps_where_it_comes_from(home: Path) -> None:
    git(home, "init", "--quiet", "--bare", "host.git")
    git(home, "clone", "--quiet", "host.git", "台")
    assert starting.is_free(home / "台")
    assert start(home, "--host", "github", "--repository", "shop/desk").code == 0
    assert git(home / "台", "remote", "get-url", "origin").strip() == str(home / "host.git")
    assert not starting.is_free(home / "台")


def test_what_stops_half_way_leaves_nothing_behind(home: Path) -> None:
    hook = home / "hooks" / "pre-commit"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho 不行 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    git(home, "config", "--file", str(home / "gitconfig"), "core.hooksPath", str(hook.parent))
    assert start(home).code == 3
    assert not (home / "台").exists()
    git(home, "init", "--quiet", "台")
    assert start(home).code == 3
    assert [path.name for path in (home / "台").iterdir()] == [".git"]


def test_an_address_that_git_was_given_for_once_is_kept_for_the_desk(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "gitconfig").write_text("", encoding="utf-8")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "韩梅")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "han.mei@shop.example")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "韩梅")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "han.mei@shop.example")
    you = starting.lay_out(home / "台", Wishes())
    assert (you.id, you.name) == ("han.mei", "韩梅")
    assert git(home / "台", "config", "user.email").strip() == "han.mei@shop.example"


def test_a_folder_with_something_in_it_is_left_alone(home: Path) -> None:
    (home / "台").mkdir()
    (home / "台/笔记.txt").write_text("别动", encoding="utf-8")
    done = start(home)
    assert done.code == 2
    assert [path.name for path in (home / "台").iterdir()] == ["笔记.txt"]


def test_without_a_name_for_git_it_says_so_and_a_second_try_works(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))]:
        monkeypatch.delenv(name)
    (home / "gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
    done = start(home)
    assert done.code == 3
    assert "user.name" in done.err
    (home / "gitconfig").write_text("[user]\n\tname = 李雷\n\temail = li.lei@shop.example\n", encoding="utf-8")
    assert start(home).code == 0


def test_as_json_only_json_is_printed(home: Path) -> None:
    import json

    told = json.loads(start(home, "--format", "json", "--host", "github", "--repository", "shop/desk").out)
    assert told["desk"] == str(home / "台")
    assert (told["host"], told["repository"]) == ("github", "https://github.com/shop/desk")
    assert len(told["next"]) > 5
