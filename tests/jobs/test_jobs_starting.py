"""A new desk: complete, clean at once, and nothing is written when it cannot be."""

import os
from pathlib import Path

import pytest
from tests.sample_desk import Ran, Sample, git


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
    assert "id: li.lei, name: {en: li.lei, zh: li.lei}, email: " in Sample(home / "台").text("policy/people.yml")


def test_an_id_that_is_taken_gets_a_number(home: Path) -> None:
    (home / "gitconfig").write_text("[user]\n\tname = 何淼\n\temail = he.miao@shop.example\n", encoding="utf-8")
    assert start(home).code == 0
    assert "id: he.miao.2, " in Sample(home / "台").text("policy/people.yml")


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
    (("--person", "he.miao"), "people.yml 里已有“he.miao”"),
])  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_before_anything_is_written(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    done = start(home, *words, "--lang", "zh")
    assert done.code == 2
    assert said in done.err
    assert not (home / "台").exists() or not any((home / "台").iterdir())


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

    assert json.loads(start(home, "--format", "json").out) == {"desk": str(home / "台")}
