"""The form for passes: what a host would take, and the lines of a certificate out of whatever an issue says."""

import pytest
from tests.sample_desk import policy

from git_feedback.intake.issue_form import forms, linting
from git_feedback.intake.issue_form.training_form import FIELD, FILE, LABEL, handed_in, training_form
from git_feedback.notation import read

LINES = "id: T-261103-ji.nan-handlers\nperson: ji.nan\n"
HEADING = "### 证书里的几行 / The lines of the certificate"


def test_the_form_is_made_with_the_others_and_a_host_finds_nothing_wrong_with_it() -> None:
    made = forms(policy(), "git feedback generate")[FILE]
    assert linting.problems(made.encode(), f".github/ISSUE_TEMPLATE/{FILE}") == []
    assert made.splitlines()[0].startswith("# Made by `git feedback generate`")


def test_the_form_asks_one_thing_and_its_issues_are_no_feedback() -> None:
    loaded = read(training_form("x").encode())
    assert isinstance(loaded, dict)
    assert loaded["labels"] == [LABEL]
    assert LABEL != "feedback"
    body = loaded["body"]
    assert isinstance(body, list)
    assert [one["id"] for one in body if isinstance(one, dict) and "id" in one] == [FIELD]


@pytest.mark.parametrize(
    "body",
    [
        f"{HEADING}\n\n```yaml\n{LINES}```",
        f"{HEADING}\n\n```yaml\n{LINES}```\n".replace("\n", "\r\n"),
        f"大家好：\n\n```\n{LINES}```\n\n谢谢",
        f"~~~~yaml\n{LINES}~~~~\n",
    ],
)
def test_the_lines_are_found_in_the_form_and_between_fences(body: str) -> None:
    assert handed_in(body).replace("\r\n", "\n") == LINES


@pytest.mark.parametrize("body", [None, "", "我通过了", f"{HEADING}\n\n_No response_", f"```yaml\n{LINES}", LINES])
def test_without_them_there_is_nothing(body: str | None) -> None:
    assert handed_in(body) == ""
