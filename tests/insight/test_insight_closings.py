"""You said, we did: which measures are told, in which month, and how many items are behind each."""

from datetime import date, datetime

from tests.sample_desk import PAYMENT, policy

from git_feedback.desk import standings
from git_feedback.insight.closings import closings
from git_feedback.model.measures import Measure
from git_feedback.store import read

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
DAY = date(2026, 11, 20)
FIRST, SECOND, THIRD, FOURTH = "Q261119-0AAJN0D", "Q261119-V9T67N3", "Q261119-BYJ524T", "Q261119-KTAFF8G"
EVENT = "  - {verb}: {{at: 2026-11-19T10:00:00+08:00, by: he.miao, {rest}}}\n"


def measure(name: str, done: str | None = "2026-11-09", **more: object) -> Measure:
    told = {"en": "x", "zh": "字"}
    fields = {"title": told, "said": told, "did": told, "what": "字", "why": "字", "owner": "ji.nan", "items": (FIRST,)}
    status = "done" if done else "doing"
    return Measure.model_validate({"id": name, "status": status, "done": done, "public": "true", **fields, **more})


def found(*measures: Measure, **events: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """Month -> (measure, items), with four items of which some have had an event."""
    listed = []
    for n, item_id in enumerate((FIRST, SECOND, THIRD, FOURTH)):
        text = PAYMENT.replace(FIRST, item_id).replace("#123", f"#{n}")
        event = events.get(item_id.replace("-", "_"), "")
        listed.append(read((text + (f"history:\n{event}" if event else "")).encode()))
    months = closings(measures, standings(listed, policy(), NOW), DAY)
    return [(f"{one.first:%Y-%m}", [(told.measure.id, told.items) for told in one.told]) for one in months]


def test_newest_months_and_days_come_first() -> None:
    given = [measure("M-a", "2026-09-30"), measure("M-b", "2026-11-02"), measure("M-c", "2026-11-09")]
    assert found(*given) == [("2026-11", [("M-c", 1), ("M-b", 1)]), ("2026-09", [("M-a", 1)])]


def test_only_what_is_done_by_today_and_public_and_in_words_is_told() -> None:
    assert found(measure("M-a", None), measure("M-b", public="false"), measure("M-c", did=None)) == []
    assert found(measure("M-d", "2026-11-21")) == []
    assert found(measure("M-e", "2026-11-20")) == [("2026-11", [("M-e", 1)])]


def test_items_count_once_whether_named_linked_or_duplicates_and_rejected_ones_do_not() -> None:
    link = EVENT.format(verb="link", rest="kind: measure, to: M-a")
    events = {
        FIRST.replace("-", "_"): link,
        SECOND.replace("-", "_"): link,
        THIRD.replace("-", "_"): EVENT.format(verb="duplicate", rest=f"of: {FIRST}"),
        FOURTH.replace("-", "_"): EVENT.format(verb="reject", rest="kind: spam"),
    }
    assert found(measure("M-a", items=(FIRST, FOURTH)), **events) == [("2026-11", [("M-a", 3)])]
