"""The templates of a policy: optional, named so that each is used, and what is wrong with one has its place."""

import pytest
from tests.sample_desk import policy_files

from git_feedback.model import Problem
from git_feedback.policy import load
from git_feedback.policy.template_reading import ABOUTS, FOLDER, LANGUAGES, LONGEST, Template

WORDS = "您好，{{ owner }}正在处理。\n".encode()


def without_templates() -> dict[str, bytes]:
    return {path: content for path, content in policy_files().items() if not path.startswith(FOLDER)}


def problems(name: str, content: bytes = WORDS) -> tuple[Problem, ...]:
    return load({**without_templates(), f"{FOLDER}{name}": content}).problems


def test_a_desk_without_templates_is_as_good_as_any_other() -> None:
    loaded = load(without_templates())
    assert loaded.problems == ()
    assert loaded.policy
    assert loaded.policy.templates == {}


def test_the_default_policy_has_words_for_every_matter_in_both_languages() -> None:
    loaded = load(policy_files())
    assert loaded.policy
    for about in ABOUTS:
        for language in LANGUAGES:
            assert (about, "", language) in loaded.policy.templates


@pytest.mark.parametrize(("name", "key"), [
    ("reply.zh.txt", ("reply", "", "zh")), ("reply.wechat.zh.txt", ("reply", "wechat", "zh")),
    ("second.e-mail.en.txt", ("second", "e-mail", "en")),
])  # fmt: skip
def test_the_name_of_a_file_says_matter_channel_and_language(name: str, key: tuple[str, str, str]) -> None:
    loaded = load({**without_templates(), f"{FOLDER}{name}": WORDS})
    assert loaded.policy
    assert loaded.policy.templates == {key: Template(f"{FOLDER}{name}", WORDS.decode())}


def test_other_files_in_the_folder_are_none_of_its_business() -> None:
    assert problems("说明.md") == ()


@pytest.mark.parametrize(("name", "content", "code"), [
    ("greeting.zh.txt", WORDS, "template-about"), ("reply.txt", WORDS, "template-name"),
    ("reply.fr.txt", WORDS, "template-name"), ("reply..zh.txt", WORDS, "template-name"),
    ("reply.fax.zh.txt", WORDS, "no-such-channel"), ("reply.zh.txt", b" \n\t\n", "template-empty"),
    ("reply.zh.txt", "长".encode() * (LONGEST + 1), "template-long"), ("reply.zh.txt", b"\xff", "not-utf8"),
    ("reply.zh.txt", "一\u2028二".encode(), "forbidden-character"),
])  # fmt: skip
def test_a_template_that_nobody_could_use_is_named_in_both_languages(name: str, content: bytes, code: str) -> None:
    (problem,) = problems(name, content)
    assert (problem.file, problem.line, problem.code) == (f"{FOLDER}{name}", 1, code)
    for language in ("en", "zh"):
        assert problem.fact(language)
        assert problem.way_out(language)


def test_line_ends_of_another_system_are_read_as_ours() -> None:
    loaded = load({**without_templates(), f"{FOLDER}reply.zh.txt": b"a\r\nb\r\n"})
    assert loaded.policy
    assert loaded.policy.templates["reply", "", "zh"].text == "a\nb\n"
