"""A pass that somebody hands in by an issue, through the real workflow: known people only, once, and nothing runs."""

import pytest
from tests.act.acted import Acted
from tests.act.happenings import tells_issue
from tests.act.stand_in import StandIn
from tests.learning.taught_course import passed, teach
from tests.sample_desk import git

from git_feedback.store.passes import path_of, read_pass, write_pass

WORKFLOW = "training.yml"
FILE = path_of("T-261119-ji.nan-handling")


@pytest.fixture
def school(hub: StandIn) -> StandIn:
    """The desk with a course."""
    clone = hub.clone()
    teach(clone)
    git(clone.root, "push", "--quiet")
    return hub


def hands_in(hub: StandIn, login: str, before: str = "") -> Acted:
    """Somebody makes an issue of the form with the certificate of Ji Nan; `before` are other words in it."""
    lines = write_pass(passed("ji.nan", "2026-11-19", articles={"refund": 3})).decode()
    body = f"{before}### 证书里的几行 / The lines of the certificate\n\n```yaml\n{lines}```\n"
    number = hub.host.add_issue("培训通过", body, login, ("training",))
    return tells_issue(hub, number, "opened", job="training", workflow=WORKFLOW)


def test_a_pass_is_written_down_and_its_issue_thanked_and_closed(school: StandIn) -> None:
    ran = hands_in(school, "ji-nan")

    assert (ran.code, ran.jobs) == (0, {"training": "success"}), ran.printed()
    one = read_pass(school.text(FILE).encode(), FILE)
    assert (one.person, one.course) == ("ji.nan", "handling")
    issue = school.host.issues[1]
    assert (len(issue.comments), issue.closed) == (1, True)


def test_the_same_issue_again_writes_nothing_and_thanks_nobody_twice(school: StandIn) -> None:
    hands_in(school, "ji-nan")
    before = school.head

    ran = tells_issue(school, 1, "edited", job="training", workflow=WORKFLOW)

    assert (ran.code, school.head) == (0, before), ran.printed()
    assert len(school.host.issues[1].comments) == 1


def test_a_stranger_s_issue_writes_nothing_and_none_of_its_words_is_a_command(school: StandIn) -> None:
    before, witness = school.head, school.folder / "ran"

    ran = hands_in(school, "passer-by", f"$(touch {witness})\n::error::x\n##[add-path]/tmp/evil\n")

    assert (school.head, ran.commands) == (before, []), ran.printed()
    assert not witness.exists()
