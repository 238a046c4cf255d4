"""The monthly report through the real workflow: on its day, once; a run on another day writes nothing."""

import json

from tests.act.happenings import month_ends
from tests.act.stand_in import StandIn
from tests.sample_desk import PAYMENT, git

DAY = "2026-12-01T08:37:00+08:00"


def with_one_item(hub: StandIn) -> str:
    """Something to report on; the head."""
    clone = hub.clone()
    clone.put(PAYMENT)
    git(clone.root, "push", "--quiet")
    return hub.head


def test_the_report_is_issued_on_the_first_working_day_and_only_once(hub: StandIn) -> None:
    with_one_item(hub)

    ran = month_ends(hub, DAY)

    assert (ran.code, ran.jobs) == (0, {"report": "success"}), ran.printed()
    assert json.loads(hub.text("reports/2026/2026-11/figures.json"))["edition"] == 1
    assert "| 收到 | 1 件 |" in hub.text("reports/2026/2026-11/report.md")
    before = hub.head
    assert month_ends(hub, "2026-12-02T08:37:00+08:00").code == 0
    assert hub.head == before


def test_before_its_day_nothing_is_issued(hub: StandIn) -> None:
    before = with_one_item(hub)

    ran = month_ends(hub, "2026-11-01T08:37:00+08:00", job=None)

    assert (ran.code, ran.jobs, hub.head) == (0, {"report": "success"}, before), ran.printed()
