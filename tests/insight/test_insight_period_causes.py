"""Why what was resolved in a period had come in."""

from tests.insight.improving_desk import UNTIL, at, item, known, problem, solved

from git_feedback.insight.period_causes import PeriodCauses, period_causes
from git_feedback.model import Item
from git_feedback.model.problems import BRANCHES, Cause, ProblemRecord


def found(items: list[Item], *records: ProblemRecord) -> PeriodCauses:
    return period_causes(known(items).standings, records, UNTIL)


def test_causes_of_solutions_are_counted_over_items() -> None:
    items = [item(n, at(f"10-1{n}"), *solved(at(f"10-1{n}"), "回调超时没有重试。" if n < 2 else "")) for n in range(3)]
    told = found(items)
    assert (told.resolved, len(told.told), [one.count for one in told.reasons]) == (3, 2, [2])
    assert told.branches == ()
    assert told.loose == told.told


def test_a_record_puts_its_items_on_branches_and_all_six_are_told() -> None:
    items = [item(n, at(f"10-1{n}"), *solved(at(f"10-1{n}"))) for n in range(2)]
    causes = {"machine": (Cause(cause="等待时还能再点"),), "method": (Cause(cause="没有评审", items=(items[1].id,)),)}
    told = found(items, problem(items=tuple(one.id for one in items), causes=causes))
    assert [one.branch for one in told.branches] == list(BRANCHES)
    assert {one.branch: len(one.items) for one in told.branches if one.items} == {"machine": 2, "method": 1}
    assert told.loose == ()


def test_imported_history_and_praise_are_named_and_not_counted() -> None:
    day = at("10-12")
    imported = item(1, day, *solved(day), record="history")
    thanks = item(2, day, category="praise/staff")
    told = found([imported, thanks, item(3, day, *solved(day, "漏扫会员码"))])
    assert (told.resolved, told.imported, told.short, len(told.told)) == (1, 1, 1, 1)


def test_nothing_resolved_has_no_causes() -> None:
    told = found([])
    assert (told.resolved, told.told, told.reasons) == (0, (), ())
