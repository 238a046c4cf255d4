"""The backlog of a report: how old, with whom, and what does not belong to it."""

from tests.insight.late_items import MARCH, assigned, classified, happened, item, ledger

from git_feedback.insight.backlog import Backlog, Load, backlog

WAITS = item("02 09:00", classified("02 09:01"), assigned("02 09:02"), happened("accept", "02 09:03"),
             happened("ask", "02 09:30", question="哪一单？"), source="等")  # fmt: skip
LATE = item("10 09:00", classified("10 09:01", 5, 5), assigned("10 09:02"), source="急")
FRESH = item("13 09:00", source="新来")
DONE = item("03 09:00", classified("03 09:01"), happened("reject", "03 09:10", kind="invalid"), source="完")
OLD = item("02 09:00", classified("02 09:00", by="import"), happened("resolve", "02 10:00", "import"), source="旧", record="history")  # fmt: skip


def _known() -> Backlog:
    return backlog(ledger([WAITS, LATE, FRESH, DONE, OLD], now="13 18:00"))


def test_what_is_finished_and_imported_history_that_is_over_are_not_left() -> None:
    found = _known()
    assert (found.total, found.late, found.waiting, found.unowned) == (3, 1, 1, 1)
    assert found.total == ledger([WAITS, LATE, FRESH, DONE, OLD], now="31 23:59").key_figures(MARCH).backlog


def test_every_item_stands_in_one_age_and_one_level() -> None:
    found = _known()
    assert found.levels == ("P0", "P2", "")
    assert [(age.first, age.counts) for age in found.ages if any(age.counts)] == [
        (0, (0, 0, 1)),
        (2, (1, 0, 0)),
        (6, (0, 1, 0)),
    ]


def test_the_oldest_stands_first_with_its_working_days() -> None:
    assert [(one.item, one.days, one.state, one.late) for one in _known().oldest] == [
        (WAITS.id, 9, "waiting", False),
        (LATE.id, 3, "assigned", True),
        (FRESH.id, 0, "new", False),
    ]


def test_what_somebody_has_is_counted_once_and_nobodys_work_is_no_load() -> None:
    assert _known().loads == (Load("lin.wan", 2, 1, 1, (WAITS.id, LATE.id)),)


def test_nothing_left_is_a_backlog_of_nothing() -> None:
    found = backlog(ledger([DONE]))
    assert (found.total, found.levels, found.loads, found.oldest) == (0, (), (), ())
    assert all(age.counts == () for age in found.ages)
