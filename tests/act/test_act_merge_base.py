"""Open branches get what landed on the base, through the real workflow: by events, where Git alone sees a conflict."""

from tests.act.happenings import of_hand, of_push
from tests.act.stand_in import StandIn
from tests.sample_desk import PAYMENT, git

WORKFLOW = "merge-base.yml"
ID = "Q261119-0AAJN0D"
FILE = f"feedback/2026/11/{ID}.yml"
CLASSIFY = ("classify", ID, "--category", "product/bug", "--urgency", "4", "--impact", "4")


def two_who_worked_on_one_item(hub: StandIn) -> str:
    """A branch and the base, each with an event of its own at the end of one file; the base as it was before."""
    clone = hub.clone()
    clone.put(PAYMENT)
    assert clone.run(*CLASSIFY, now="2026-11-19T10:00:00+08:00").code == 0
    git(clone.root, "push", "--quiet")
    before = hub.head
    git(clone.root, "checkout", "--quiet", "-b", "topic")
    assert clone.run("note", ID, "--text", "已联系银行。", now="2026-11-19T11:00:00+08:00").code == 0
    git(clone.root, "push", "--quiet", "origin", "topic")
    git(clone.root, "checkout", "--quiet", "main")
    assert clone.run("note", ID, "--text", "客户又来电。", now="2026-11-19T11:30:00+08:00").code == 0
    git(clone.root, "push", "--quiet")
    return before


def test_an_open_branch_gets_the_base_merged_by_events(hub: StandIn) -> None:
    before = two_who_worked_on_one_item(hub)

    ran = hub.happens("push", of_push(before, hub.head), WORKFLOW)

    assert (ran.code, ran.jobs) == (0, {"merge": "success"}), ran.printed()
    merged = hub.text(FILE, "topic")
    assert "已联系银行。" in merged
    assert "客户又来电。" in merged
    assert git(hub.bare, "merge-base", "--is-ancestor", "main", "topic") == ""
    assert "已联系银行。" not in hub.text(FILE)


def test_a_second_run_pushes_nothing(hub: StandIn) -> None:
    before = two_who_worked_on_one_item(hub)
    hub.happens("push", of_push(before, hub.head), WORKFLOW)
    heads = git(hub.bare, "for-each-ref", "refs/heads")

    ran = hub.happens("workflow_dispatch", of_hand(), WORKFLOW)

    assert (ran.code, git(hub.bare, "for-each-ref", "refs/heads")) == (0, heads), ran.printed()
