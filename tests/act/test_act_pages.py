"""Publishing through the real workflow: started by hand, and by the intake once it wrote something."""

from tests.act.happenings import of_hand, opens, tells_issue
from tests.act.stand_in import StandIn
from tests.sample_desk import NOW, PAYMENT, git

WORKFLOW = "pages.yml"


def test_the_site_is_published_and_the_head_stays(hub: StandIn) -> None:
    clone = hub.clone()
    clone.put(PAYMENT)
    git(clone.root, "push", "--quiet")
    before = hub.head

    ran = hub.happens("workflow_dispatch", of_hand(), WORKFLOW)

    assert (ran.code, ran.jobs) == (0, {"build": "success", "publish": "success"}), ran.printed()
    assert (hub.published / "index.html").is_file()
    assert "支付页面报错" in (hub.published / "zh/items/2026/Q261119-0AAJN0D.html").read_text(encoding="utf-8")
    assert hub.head == before


def test_an_issue_is_on_the_site_at_once_and_what_writes_nothing_publishes_nothing(hub: StandIn) -> None:
    first = opens(hub, job=None)
    again = tells_issue(hub, 1, "labeled", at=NOW, job=None)

    assert first.jobs == {"intake": "success", "build": "success", "publish": "success"}, first.printed()
    assert again.jobs == {"intake": "success"}, again.printed()
    assert (hub.published / f"zh/items/2026/{hub.item().id}.html").is_file()


def test_a_site_that_cannot_be_built_is_not_published(hub: StandIn) -> None:
    clone = hub.clone()
    (clone.root / "mkdocs.yml").unlink()
    clone.commit()
    git(clone.root, "push", "--quiet")

    ran = hub.happens("workflow_dispatch", of_hand(), WORKFLOW)

    assert (ran.code, ran.jobs["build"]) == (1, "failure"), ran.printed()
    assert not hub.published.exists()
