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
