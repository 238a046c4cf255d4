"""How often people correct machines: by month, by category, and only what machines judged."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.sample_desk import item, policy

from git_feedback.desk import standing
from git_feedback.insight.corrections import Corrections, corrections
from git_feedback.model import events as ev

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 1, 9, tzinfo=ZONE)


def said(by: str, category: str, day: str) -> ev.Classify:
    at = datetime.fromisoformat(f"2026-{day}T10:00:00+08:00")
    return ev.Classify(at=at, by=by, category=category, urgency=3, impact=3)


def found(*histories: tuple[ev.Classify, ...], **facts: object) -> list[Corrections]:
    items = [item().model_copy(update={"history": history, **facts}) for history in histories]
    return corrections([standing(one, policy(), NOW) for one in items], policy(), NOW, ZONE)


def test_a_month_counts_what_was_confirmed_and_what_was_corrected() -> None:
    bug, refund = "product/bug", "service/refund"
    (october, november) = found(
        (said("rules", bug, "10-20"), said("he.miao", refund, "11-02")),
        (said("rules", bug, "11-20"), said("he.miao", bug, "11-21")),
        (said("model", bug, "11-21"),),
        (said("rules", bug, "11-22"), said("rules", refund, "11-23"), said("he.miao", refund, "11-24")),
    )
    assert (october.month, october.classified, october.confirmed, october.corrected) == ("2026-10", 1, 0, 1)
    assert (november.month, november.classified, november.confirmed, november.corrected) == ("2026-11", 3, 2, 0)
    assert (october.share, november.share) == (1.0, 0.0)
    assert november.as_json() == {
        "month": "2026-11", "classified": 3, "confirmed": 2, "corrected": 0, "share": 0.0,
    }  # fmt: skip


def test_a_persons_last_word_counts() -> None:
    (month,) = found((
        said("rules", "product/bug", "11-20"), said("he.miao", "service/refund", "11-21"),
        said("he.miao", "product/bug", "11-22"),
    ))  # fmt: skip
    assert (month.confirmed, month.corrected) == (1, 0)


@pytest.mark.parametrize("by", ["he.miao", "intake", "import", "nightly"])
def test_what_no_machine_judged_is_no_matter_of_correcting(by: str) -> None:
    assert found((said(by, "product/bug", "11-20"), said("he.miao", "service/refund", "11-21"))) == []


def test_imported_history_does_not_count() -> None:
    assert found((said("rules", "product/bug", "11-20"),), record="history") == []


def test_a_month_is_one_of_the_zone() -> None:
    late = ev.Classify(
        at=datetime.fromisoformat("2026-10-31T17:00:00+00:00"), by="rules", category="product/bug", urgency=3, impact=3
    )
    (month,) = found((late,))
    assert month.month == "2026-11"
