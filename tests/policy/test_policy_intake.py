"""intake.yml: what is wrong in it is one line with place, fact and way out; a desk may do without the file."""

import pytest
from tests.sample_desk import policy, policy_files

from git_feedback.policy import load

FILE = "policy/intake.yml"
GOOD = """\
sources:
  - {id: issues, kind: issues, host: github, label: 反馈}
  - {id: mailbox, kind: mail-folder, path: /var/mail/feedback}
  - {id: shops, kind: drop-folder, path: 收件/门店, format: csv, map: 收件/图.yml, done: move}
"""


def test_sources_are_read_as_they_are_written() -> None:
    found = load({**policy_files(), FILE: GOOD.encode()})
    assert found.policy, found.problems
    issues, mail, drop = found.policy.intake.sources
    assert (issues.kind, issues.label, issues.repository, issues.done) == ("issues", "反馈", None, "keep")
    assert (mail.path, mail.done) == ("/var/mail/feedback", "keep")
    assert (drop.path, drop.format, drop.map, drop.done) == ("收件/门店", "csv", "收件/图.yml", "move")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: issues,", "kind: fax,", "not-allowed"),
        ("host: github", "host: forge", "not-allowed"),
        ("host: github", "path: 收件", "source-field"),
        ("host: github", "repository: 'https://x/y/z'", "bad-form"),
        (", path: /var/mail/feedback", "", "source-incomplete"),
        (", format: csv", "", "source-incomplete"),
        ("path: /var/mail/feedback", "path: Feedback/mail", "source-inside"),
        ("path: /var/mail/feedback", "path: inbox/../feedback", "source-inside"),
        ("path: /var/mail/feedback", "path: ./policy", "source-inside"),
        ("path: /var/mail/feedback", "path: .", "source-inside"),
        ("done: move", "done: delete", "not-allowed"),
        ("id: mailbox", "id: issues", "id-twice"),
    ],
)
def test_a_mistake_is_named_at_its_line(old: str, new: str, code: str) -> None:
    assert GOOD.count(old) == 1
    found = load({**policy_files(), FILE: GOOD.replace(old, new).encode()})
    assert found.policy is None
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    assert [(one.file, one.line, one.code) for one in found.problems] == [(FILE, line, code)]
    for language in ("en", "zh"):
        assert "{given}" not in found.problems[0].said(language)


def test_a_path_that_leaves_the_desk_may_be_a_source() -> None:
    found = load({**policy_files(), FILE: GOOD.replace("/var/mail/feedback", "../feedback").encode()})
    assert found.policy


def test_a_desk_without_it_sweeps_nothing_up() -> None:
    files = {path: content for path, content in policy_files().items() if path != FILE}
    found = load(files)
    assert found.policy
    assert found.policy.intake.sources == policy().intake.sources == ()


def test_the_example_in_the_file_that_ships_is_read() -> None:
    lines = policy_files()[FILE].decode().splitlines()
    start = lines.index("# sources:")
    example = "\n".join(line.removeprefix("# ") for line in lines[start:] if line.startswith("# "))
    found = load({**policy_files(), FILE: f"{example}\n".encode()})
    assert found.policy, found.problems
    assert [one.kind for one in found.policy.intake.sources] == ["issues", "mail-folder", "drop-folder"]
