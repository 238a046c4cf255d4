"""notify.yml: what is wrong in it is one line with place, fact and way out; a desk may do without the file."""

import pytest
from tests.sample_desk import policy_files

from git_feedback.policy import load

FILE = "policy/notify.yml"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{at: 75,", "{at: 40,", "ladder-not-rising"),
        ("to: [director]", "to: [boss]", "not-allowed"),
        ("drafts: {by: folder}", "drafts: {by: mail}", "way-incomplete"),
        ("drafts: {by: folder}", "drafts: {by: wecom}", "way-incomplete"),
        ("drafts: {by: folder}", "drafts: {by: slack, settings: CHAT, secret: KEY}", "way-unsigned"),
        ("drafts: {by: folder}", "drafts: {by: feishu, settings: chat}", "bad-form"),
        ("drafts: {by: folder}", "drafts: {by: pigeon}", "not-allowed"),
        ("managers: [he.miao, gu.heng]", "managers: [he.miao, 老板]", "bad-form"),
        ("managers: [he.miao, gu.heng]", "managers: [he.miao, boss]", "no-such-person"),
        ("at_once: [P0]", "at_once: [P9]", "no-such-level"),
        ("quiet: {calendar: office,", "quiet: {calendar: 办公室,", "bad-form"),
        ("quiet: {calendar: office,", "quiet: {calendar: ofice,", "no-such-calendar"),
        ("{who: xu.bei,", "{who: nobody,", "no-such-person"),
        ("hours: [08:30-18:30]", "hours: [18:30-08:30]", "hours-backwards"),
        ("hours: 13:30-18:00}", "hours: 13:30-25:00}", "no-time-of-day"),
    ],
)
def test_a_mistake_is_named_at_its_line(old: str, new: str, code: str) -> None:
    files = policy_files()
    text = files[FILE].decode()
    assert text.count(old) == 1
    found = load({**files, FILE: text.replace(old, new).encode()})
    assert found.policy is None
    line = text[: text.index("ladder:" if code == "ladder-not-rising" else old)].count("\n") + 1
    assert [(one.file, one.line, one.code) for one in found.problems] == [(FILE, line, code)]
    for language in ("en", "zh"):
        assert "{given}" not in found.problems[0].said(language)


def test_a_desk_without_it_tells_nobody() -> None:
    files = {path: content for path, content in policy_files().items() if path != FILE}
    found = load(files)
    assert found.policy and found.policy.notify is None


def ways(written: str) -> dict[str, tuple[str, ...]]:
    """Who is told by which ways, where notify.yml says so."""
    files = policy_files()
    text = (
        files[FILE]
        .decode()
        .replace("drafts: {by: folder}", "drafts: {by: folder}\n  chat: {by: wecom, settings: CHAT}")
    )
    found = load({**files, FILE: f"by_person: {written}\n{text}".encode()})
    assert found.policy and found.policy.notify, [one.said("zh") for one in found.problems]
    return {person: found.policy.notify.ways_of(person) for person in ("he.miao", "gu.heng")}


def test_somebody_has_one_way_or_several_and_everybody_else_the_first() -> None:
    assert ways("{he.miao: chat}") == {"he.miao": ("chat",), "gu.heng": ("drafts",)}
    assert ways("{he.miao: [chat, drafts]}") == {"he.miao": ("chat", "drafts"), "gu.heng": ("drafts",)}
    assert ways("{he.miao: [chat, chat]}")["he.miao"] == ("chat",)


@pytest.mark.parametrize(("written", "code"), [
    ("{he.miao: [chat, pigeon]}", "no-such-way"), ("{nobody: [drafts]}", "no-such-person"), ("{he.miao: []}", None),
])  # fmt: skip
def test_a_way_or_a_person_that_there_is_not_is_named(written: str, code: str | None) -> None:
    files = policy_files()
    found = load({**files, FILE: f"by_person: {written}\n".encode() + files[FILE]})
    assert found.policy is None
    assert code is None or code in {one.code for one in found.problems}
    assert {(one.file, one.line) for one in found.problems} == {(FILE, 1)}


@pytest.mark.parametrize(("language", "said"), [("zh", "zh"), ("en", "en"), (None, None)])
def test_a_person_may_have_a_language_of_their_own(language: str | None, said: str | None) -> None:
    files = policy_files()
    text = files["policy/people.yml"].decode()
    assert "{id: he.miao," in text
    written = text.replace("{id: he.miao,", f"{{id: he.miao, language: {language},") if language else text
    found = load({**files, "policy/people.yml": written.encode()})
    assert found.policy and found.policy.people["he.miao"].language == said
