"""Times group by group: the same as those of the key figures, and silent about groups that are too small."""

from tests.insight.late_items import MARCH, classified, happened, item, ledger

from git_feedback.insight.times_by import Taken, measured, solved_in_s

ITEMS = [
    item("10 09:00", classified("10 09:01"), happened("respond", f"10 {hour}:00", text="您好。"), source=f"电话 {hour}")
    for hour in (10, 11, 15)
]
LONE = item(
    "10 09:00",
    classified("10 09:01"),
    happened("respond", "10 09:30", text="您好。"),
    source="网页",
    channel="web-form",
)
UNTOLD = item("10 09:00", classified("10 09:00", by="import"), source="旧", record="history")
BACKWARDS = item("10 09:00", classified("10 09:01"), happened("respond", "09 09:00", text="您好。"), source="倒流")


def test_a_group_of_three_is_measured_and_a_lone_item_is_only_counted() -> None:
    known = ledger([*ITEMS, LONE, UNTOLD, BACKWARDS])
    respond = measured(known.look(MARCH), known.policy.office)[0]
    assert respond.whole == Taken("", 4, 2, 1.5, 2.0, 2.375)
    assert respond.groups["channel"] == (Taken("phone", 3, 2, 2.0, 2.0, 3.0),)
    assert (respond.few["channel"], respond.few["level"]) == (1, 0)


def test_the_whole_is_what_the_key_figures_say() -> None:
    known = ledger([*ITEMS, LONE, UNTOLD, BACKWARDS])
    figures, taken = known.key_figures(MARCH), measured(known.look(MARCH), known.policy.office)
    for one in taken:
        said = [getattr(figures, f"{one.name}_{part}") for part in ("n", "excluded", "median_h")]
        assert said == [one.whole.n, one.whole.excluded, one.whole.median_h]


def test_solutions_are_told_in_seconds_and_impossible_ones_are_out() -> None:
    quick = item("10 09:00", classified("10 09:01"), happened("resolve", "10 10:00", result="好了"), source="快")
    odd = item("10 09:00", classified("10 09:01"), happened("resolve", "10 08:00", result="好了"), source="倒")
    assert solved_in_s(ledger([quick, odd]).look(MARCH)) == (3600,)
