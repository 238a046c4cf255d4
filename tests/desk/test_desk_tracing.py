"""Traces of deadlines: what of the time counts and why the rest does not, to the second, and in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.test_desk_clocks import CASES, _item, _moment, _policy

from git_feedback.clock import Calendar
from git_feedback.clock.timeline import merged
from git_feedback.desk import sla
from git_feedback.desk.fold import told
from git_feedback.desk.rulebook import rulebook, seconds_of
from git_feedback.desk.sla import Clock, Cycle
from git_feedback.desk.trace_words import Telling, account, lines, outcome, telling_steps
from git_feedback.desk.tracing import MOST, Basis, basis, trace, trace_of
from git_feedback.i18n import text
from git_feedback.policy import Policy
from git_feedback.policy.files import Rule

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = ("mon", "tue", "wed", "thu", "fri")
CALENDARS = {
    "office": Calendar(
        "Asia/Shanghai",
        {day: [("08:30", "12:00"), ("13:30", "18:00")] for day in WEEK},
        off=["2026-03-12", "2026-03-13"],
        override={"2026-03-15": [("09:00", "11:00")]},
    ),
    "always": Calendar.always("Asia/Shanghai"),
    "nights": Calendar("Asia/Shanghai", {day: [("00:00", "06:00"), ("22:00", "24:00")] for day in WEEK}),
    "weekdays": Calendar("Asia/Shanghai", {day: [("00:00", "24:00")] for day in WEEK}),
    "elsewhere": Calendar("America/New_York", {day: [("09:00", "12:00"), ("13:00", "17:00")] for day in WEEK}),
    "shops": Calendar("Asia/Shanghai", {"sat": [("10:00", "10:30"), ("11:30", "12:00"), ("15:00", "15:01")]}),
}


def told_lines(steps: Sequence[Any], due: int, language: str = "en") -> list[str]:
    return lines(steps, telling(language), due=due)


def telling(language: str) -> Telling:
    def on(day: date) -> str:
        weekday = text("page-weekdays", language).split("|")[day.weekday()]
        return f"{day.month}-{day.day} {weekday}"

    return Telling(lambda code, n=None, **values: text(code, language, n, **values), on, SHANGHAI)


def cycle(start: str, target: int, pauses: Sequence[tuple[str, str]] = (), calendar: str = "office") -> Cycle:
    """A cycle that was never stopped, with its deadline."""
    begin = seconds_of(_moment(start))
    spans = [(seconds_of(_moment(since)), seconds_of(_moment(until))) for since, until in pauses]
    due = CALENDARS[calendar].add_s(begin, target, spans)
    return Cycle(begin, None, due, 0, target, None, False, SHANGHAI, spans)


def said(start: str, target: int, pauses: Sequence[tuple[str, str]] = (), calendar: str = "office") -> list[str]:
    one = cycle(start, target, pauses, calendar)
    return told_lines(trace(one, CALENDARS[calendar]), one.end)


# ---- laws -----------------------------------------------------------------------------------------------------------


def clocks_with_basis(case: dict[str, Any], policy: Policy, now: datetime) -> list[tuple[Clock, Basis | None, Policy]]:
    rules = _policy(case, policy)
    book = rulebook(rules)
    tale = told(_item(case), book, seconds_of(now))
    return [(clock, basis(clock, tale, book), rules) for clock in sla.clocks_of(tale, book, seconds_of(now))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["example"])
def test_what_a_trace_counts_is_the_target_of_each_cycle(case: dict[str, Any], policy: Policy) -> None:
    seen = 0
    for then in case["then"]:
        for clock, based, rules in clocks_with_basis(case, policy, _moment(then["now"])):
            for one in clock.cycles if clock.shown else ():
                if one.target == clock.target:
                    steps = trace(one, rules.calendars[clock.calendar])
                    assert sum(step.seconds for step in steps) == one.target
                    assert len(steps) <= MOST
                    seen += 1
            assert (based is None) == (clock.shown is None)
    assert seen


moments = st.integers(seconds_of(_moment("03-02 00:00")), seconds_of(_moment("04-20 00:00")))
spans = st.lists(st.tuples(moments, st.integers(0, 10 * 86_400)), max_size=4)


@given(
    name=st.sampled_from(sorted(CALENDARS)),
    start=moments,
    target=st.integers(1, 60 * 3600),
    pauses=spans,
    most=st.sampled_from([5, 8, 400]),
)
def test_a_trace_has_no_hole_and_counts_the_target_to_the_second(
    name: str, start: int, target: int, pauses: list[tuple[int, int]], most: int
) -> None:
    calendar = CALENDARS[name]
    breaks = [(since, since + length) for since, length in pauses]
    due = calendar.add_s(start, target, breaks)
    steps = trace(Cycle(start, None, due, 0, target, None, False, SHANGHAI, breaks), calendar, most)
    assert sum(step.seconds for step in steps) == target
    assert (steps[0].start, steps[-1].end) == (start, due)
    assert all(one.end == other.start for one, other in pairwise(steps))
    assert len(steps) <= most
    if all(step.kind != "many" for step in steps):
        pieces = [piece for step in steps for piece in step.pieces]
        counted = [(piece.start, piece.end) for piece in pieces if piece.kind == "open"]
        assert merged(counted) == calendar.counted_s(start, due, breaks)


@given(start=moments, target=st.integers(1, 400 * 3600), pauses=spans)
def test_a_folded_trace_says_how_many_working_days_it_leaves_out(
    start: int, target: int, pauses: list[tuple[int, int]]
) -> None:
    calendar = CALENDARS["office"]
    breaks = [(since, since + length) for since, length in pauses]
    due = calendar.add_s(start, target, breaks)
    one = Cycle(start, None, due, 0, target, None, False, SHANGHAI, breaks)
    short, whole = trace(one, calendar, 5), trace(one, calendar, 1000)
    for step in short:
        if step.kind == "many":
            inside = [other for other in whole if step.start <= other.start and other.end <= step.end]
            assert step.days == sum(other.seconds > 0 for other in inside)
            assert step.seconds == sum(other.seconds for other in inside)


# ---- words ----------------------------------------------------------------------------------------------------------


def test_a_trace_reads_like_the_way_one_would_count_by_hand() -> None:
    one = cycle("03-10 11:30", 7200)
    steps = trace(one, CALENDARS["office"])
    assert told_lines(steps, one.end) == ["3-10 Tue 11:30–12:00 30 min, lunch, 13:30–15:00 90 min → due 15:00"]
    chinese = "3-10 周二 11:30–12:00 30 分钟，午休，13:30–15:00 90 分钟 → 15:00 到期"
    assert told_lines(steps, one.end, "zh") == [chinese]


def test_nights_weekends_and_days_off_are_named() -> None:
    assert said("03-11 17:00", 8 * 3600) == [
        "3-11 Wed 17:00–18:00 1 h",
        "3-12 Thu – 3-14 Sat: holiday or day off",
        "3-15 Sun 09:00–11:00 2 h, night",
        "3-16 Mon 08:30–12:00 3 h 30 min, lunch, 13:30–15:00 90 min → due 15:00",
    ]
    assert said("03-20 17:00", 2 * 3600)[1] == "3-21 Sat – 3-22 Sun: weekend"
    assert said("03-09 17:00", 2 * 3600)[0] == "3-9 Mon 17:00–18:00 1 h, night"


def test_time_before_opening_and_after_closing_is_named() -> None:
    assert said("03-10 07:00", 3600) == ["3-10 Tue closed until 08:30, 08:30–09:30 1 h → due 09:30"]
    assert said("03-09 20:15", 3600)[0] == "3-9 Mon: 20:15 is after closing time"


def test_a_pause_over_lunch_is_one_pause_and_whole_days_of_it_are_one_line() -> None:
    assert said("03-10 09:00", 8 * 3600, [("03-10 10:00", "03-10 16:00")])[0] == (
        "3-10 Tue 09:00–10:00 1 h, paused 10:00–16:00, 16:00–18:00 2 h, night"
    )
    assert said("03-16 17:00", 7200, [("03-16 17:30", "03-19 09:00")]) == [
        "3-16 Mon 17:00–17:30 30 min, paused 17:30–18:00",
        "3-17 Tue – 3-18 Wed: paused",
        "3-19 Thu paused 08:30–09:00, 09:00–10:30 90 min → due 10:30",
    ]


def test_round_the_clock_is_one_line_over_midnight_with_its_pauses() -> None:
    assert said("03-14 23:20", 3600, calendar="always") == ["3-14 Sat 23:20 – 3-15 Sun 00:20 1 h → due 00:20"]
    (whole,) = said("03-14 22:00", 7200, [("03-14 23:00", "03-14 23:30")], "always")
    assert whole.split(", ") == [
        "3-14 Sat 22:00 – 3-14 Sat 23:00 1 h",
        "paused 3-14 Sat 23:00 – 3-14 Sat 23:30",
        "3-14 Sat 23:30 – 3-15 Sun 00:30 1 h → due 00:30",
    ]


def test_a_deadline_at_midnight_is_twenty_four_o_clock_of_the_day_that_ends() -> None:
    assert said("03-16 23:00", 3600, calendar="nights") == ["3-16 Mon 23:00–24:00 1 h → due 24:00"]


def test_seconds_are_told_so_that_the_parts_add_up() -> None:
    one = cycle("03-10 11:30", 7200)
    later = one._replace(start=one.start + 15, end=one.end + 15)
    assert told_lines(trace(later, CALENDARS["office"]), later.end) == [
        "3-10 Tue 11:30:15–12:00 29 min 45 s, lunch, 13:30–15:00:15 90 min 15 s → due 15:00:15"
    ]


def test_a_break_that_is_no_lunch_is_called_a_break() -> None:
    assert said("03-14 10:00", 3660, calendar="shops") == [
        "3-14 Sat 10:00–10:30 30 min, break, 11:30–12:00 30 min, lunch, 15:00–15:01 1 min → due 15:01"
    ]


def test_a_long_trace_shows_its_first_days_and_its_last_one() -> None:
    found = said("03-16 09:00", 80 * 3600, [("03-24 09:00", "03-25 09:00")])
    assert len(found) == 5
    assert found[3] == "… 8 working days, 56 h, 8 h of working time paused"
    assert found[4] == "3-31 Tue 08:30–09:00 30 min → due 09:00"


# ---- where the time comes from --------------------------------------------------------------------------------------


def explained(policy: Policy, now: str, name: str, **case: Any) -> tuple[Clock, Basis, list[str]]:
    """A clock of a life at a moment, where its time comes from, and what is said of that."""
    found = clocks_with_basis(case, policy, _moment(now))
    clock, based, rules = next(one for one in found if one[0].name == name)
    assert based
    steps = telling_steps(clock, based, rules.calendars[clock.calendar], MOST)
    return clock, based, account(clock, based, steps, telling("en"))


def test_working_days_are_named_with_the_close_of_business(policy: Policy) -> None:
    _, based, said = explained(policy, "03-14 10:00", "reply", received="03-13 17:50", level="P2")
    assert based.days == (date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 18))
    assert said == ["working days counted: 3-16 Mon, 3-17 Tue, 3-18 Wed → close of business 18:00"]


def test_a_pause_prolongs_working_days_and_is_shown_day_by_day(policy: Policy) -> None:
    events = [{"at": "03-16 09:00", "verb": "ask"}, {"at": "03-17 09:00", "verb": "supply"}]
    _, _, said = explained(policy, "03-17 10:00", "reply", received="03-13 17:50", level="P2", events=events)
    assert said[0].endswith("close of business 18:00")
    assert "3-17 Tue paused 08:30–09:00, 09:00–12:00 3 h, lunch, 13:30–18:00 4 h 30 min, night" in said
    assert said[-1].endswith("→ due 18:00")
    assert said[-1].startswith("3-19 Thu")


def test_a_level_that_rose_late_is_told_with_the_time_it_adds(policy: Policy) -> None:
    events = [{"at": "03-12 10:00", "verb": "classify", "level": "P0"}]
    clock, based, said = explained(policy, "03-12 10:30", "resolve", received="03-10 09:00", level="P2", events=events)
    assert [level for _, level in based.levels] == ["P2", "P0"]
    assert based.grace == clock.target - 24 * 3600
    assert said[:2] == [
        "level P2 until 3-12 Thu 10:00, then P0",
        "the level rose late: 26 h on top, so that it is not late at once",
    ]
    assert said[-1].endswith("→ due 11:00")


def test_a_deadline_that_was_missed_before_the_level_fell_is_told(policy: Policy) -> None:
    events = [{"at": "03-12 11:00", "verb": "classify", "level": "P2"}]
    clock, based, said = explained(policy, "03-12 12:00", "resolve", received="03-10 09:00", level="P1", events=events)
    assert (clock.state, based.kept) == ("breached-open", "P1")
    assert "the deadline of P1 was missed before the level fell, and stays missed" in said


def test_a_fall_in_time_keeps_nothing(policy: Policy) -> None:
    events = [{"at": "03-11 11:00", "verb": "classify", "level": "P2"}]
    _, based, _ = explained(policy, "03-12 12:00", "resolve", received="03-10 09:00", level="P1", events=events)
    assert (based.kept, based.grace) == ("", 0)


def test_a_cap_is_told(policy: Policy) -> None:
    _, based, said = explained(
        policy, "03-13 18:00", "respond", received="03-13 17:00", level="P3", category="service/logistics"
    )
    assert based.capped
    assert said[0] == "a cap: sooner than the rule of the level"
    assert said[-1] == "3-13 Fri 17:00 – 3-14 Sat 17:00 24 h → due 17:00"


def test_a_rule_belongs_to_the_edition_in_force_when_the_clock_started(policy: Policy) -> None:
    stricter = Rule.model_validate({"clock": "respond", "target": "1h"})
    first = policy.editions[0]
    second = replace(first, effective=date(2026, 3, 11), rules=(stricter, *first.rules))
    rules = replace(policy, editions=(first, second))
    _, old, _ = explained(rules, "03-12 09:00", "respond", received="03-10 12:00", level="P2")
    _, new, _ = explained(rules, "03-12 09:00", "respond", received="03-11 12:00", level="P2")
    assert (old.edition, new.edition, new.rule) == (0, 1, 0)
    assert old.rule > 0


def test_what_is_assumed_and_what_is_provisional_is_said(policy: Policy) -> None:
    _, _, assumed = explained(policy, "03-10 10:00", "respond", received="03-10 09:00", level="none")
    assert assumed[0] == "not classified yet: counted as urgency 3, impact 3"
    _, _, provisional = explained(policy, "2027-03-02 10:00", "respond", received="2027-03-02 09:00", level="P2")
    assert provisional[0] == "provisional: it passes through a year whose holidays are not published"


def test_a_clock_that_stands_still_is_traced_up_to_there_and_has_no_deadline(policy: Policy) -> None:
    events = [{"at": "03-10 11:00", "verb": "ask"}]
    clock, _, said = explained(policy, "03-11 16:00", "resolve", received="03-10 09:00", level="P2", events=events)
    assert said == ["3-10 Tue 09:00–11:00 2 h"]
    assert sum(step.seconds for step in trace_of(clock, policy.calendars["office"])) == clock.elapsed
    assert outcome(clock, telling("en"), None) == "since 3-10 Tue 11:00, 2 h used, 38 h left"


@pytest.mark.parametrize(
    ("now", "events", "said", "without_now"),
    [
        ("03-10 10:00", [], "60 min used by 3-10 Tue 10:00, 60 min left", ""),
        ("03-10 12:00", [], "since 3-10 Tue 11:00, 60 min by now", "since 3-10 Tue 11:00"),
        ("03-10 12:00", [{"at": "03-10 10:30", "verb": "respond"}], "3-10 Tue 10:30, 90 min used", None),
        ("03-10 14:30", [{"at": "03-10 12:00", "verb": "respond"}], "3-10 Tue 12:00, 3 h used, 60 min too late", None),
        ("03-10 12:00", [{"at": "03-10 10:00", "verb": "reject", "kind": "spam"}],
         "3-10 Tue 10:00, no verdict, 60 min used", None),
    ],
)  # fmt: skip
def test_how_far_a_clock_is_or_how_it_ended(
    now: str, events: list[dict[str, Any]], said: str, without_now: str | None, policy: Policy
) -> None:
    clock, _, _ = explained(policy, now, "respond", received="03-10 09:00", level="P1", events=events)
    told = telling("en")
    expected = said.replace("60 min", "1 h")
    assert outcome(clock, told, seconds_of(_moment(now))) == expected
    assert outcome(clock, told, None) == (expected if without_now is None else without_now)


def test_what_a_finished_clock_says_does_not_depend_on_the_day_it_is_asked(policy: Policy) -> None:
    events = [{"at": "03-10 10:30", "verb": "respond"}]
    first, later = (
        explained(policy, now, "respond", received="03-10 09:00", level="P1", events=events)
        for now in ("03-10 12:00", "05-10 12:00")
    )
    assert first[1:] == later[1:]


def test_the_zone_of_a_trace_is_that_of_the_desk() -> None:
    one = cycle("03-09 20:00", 7200, calendar="elsewhere")
    steps = trace(one, CALENDARS["elsewhere"])
    assert steps[0].start == one.start
    assert told_lines(steps, one.end) == ["3-9 Mon closed until 21:00, 21:00–23:00 2 h → due 23:00"]
    assert one.due - one.started == timedelta(hours=3)
