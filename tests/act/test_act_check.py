"""The check of pull requests through the real workflow: what is good passes, what is bad is shown on its line."""

import pytest
from tests.act.acted import Acted
from tests.act.happenings import of_pull_request
from tests.act.stand_in import StandIn
from tests.sample_desk import PAYMENT, git

WORKFLOW = "check.yml"
PATH = "feedback/2026/11/Q261119-0AAJN0D.yml"


def judged(hub: StandIn, text: str, path: str = PATH, association: str = "MEMBER", branch: str = "topic") -> Acted:
    """What the workflow says of a branch with one more file."""
    clone = hub.clone()
    git(clone.root, "checkout", "--quiet", "-b", branch)
    clone.put(text, path)
    git(clone.root, "push", "--quiet", "origin", branch)
    hub.pull_request(7, branch)
    base, head = hub.head, git(hub.bare, "rev-parse", branch).strip()
    return hub.happens("pull_request", of_pull_request(7, base, head, association), WORKFLOW)


def test_a_good_item_passes(hub: StandIn) -> None:
    ran = judged(hub, PAYMENT)

    assert (ran.code, ran.annotations) == (0, []), ran.printed()
    assert ran.jobs == {"check": "success"}


def test_a_bad_item_fails_and_is_shown_on_its_line(hub: StandIn) -> None:
    ran = judged(hub, PAYMENT.replace("channel: web-form", "channel: fax"))

    assert (ran.code, ran.steps["Check against the base"]) == (1, "failure")
    (shown,) = ran.annotations
    assert shown.startswith(f"::error file={PATH},line=3,col=1,title=unknown-channel::"), shown
    assert ran.commands == ["error"]


def test_whoever_the_host_does_not_know_may_not_touch_the_rules(hub: StandIn) -> None:
    rules = hub.text("policy/desk.yml").replace("prefix: Q", "prefix: R")

    ran = judged(hub, rules, "policy/desk.yml", "NONE")

    assert ran.code == 1
    assert any("file=policy/desk.yml" in one for one in ran.annotations), ran.printed()


@pytest.mark.parametrize("name", ["a$(touch {0}).yml", "a`touch {0}`.yml", "a\n::add-path::{0}.yml", "a##[error]x.yml"])
def test_a_file_name_full_of_tricks_is_only_a_name(hub: StandIn, name: str) -> None:
    witness = hub.folder / "ran"
    path = f"feedback/2026/11/{name.format(str(witness).replace('/', '_'))}"

    ran = judged(hub, PAYMENT, path)

    assert ran.code == 1
    assert set(ran.commands) == {"error"}, ran.printed()
    assert not witness.exists()
