"""Edits of the policy that would judge the past again, and those that cannot."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample_desk import policy_files

from git_feedback.clock import parse_moment
from git_feedback.desk import sla
from git_feedback.desk.sla import Clock
from git_feedback.model import VERBS, Item, Problem
from git_feedback.policy import Policy, load
from git_feedback.policy.changes import past_changes, today

DAY = date(2026, 11, 20)
DESK, SLA = "policy/desk.yml", "policy/sla.yml"
OFFICE, PLAIN, ALWAYS = (f"policy/calendars/{name}.yml" for name in ("office", "plain", "24x7"))
Files = Mapping[str, bytes]
Edit = Callable[[Files], Files]


def edited(files: Files, file: str, old: str, new: str) -> Files:
    text = files[file].decode()
    assert old in text
    return {**files, file: text.replace(old, new, 1).encode()}


def slip(file: str, old: str, new: str) -> Edit:
    return lambda files: edited(files, file, old, new)


def without(file: str) -> Edit:
    return lambda files: {path: content for path, content in files.items() if path != file}


def with_edition(effective: str, old: str = "", new: str = "") -> Edit:
    """One more edition, like the first but for what is replaced in it."""

    def edit(files: Files) -> Files:
        text = files[SLA].decode()
        _, _, first = text.partition("editions:\n")
        later = first.replace("effective: 2024-01-01", f"effective: {effective}")
        assert old in later
        return {**files, SLA: (text + later.replace(old, new)).encode()}

    return edit


def found(edit: Edit, base: Files | None = None, day: date = DAY) -> list[Problem]:
    base = base or policy_files()
    problems = list(past_changes(base, edit(base), day))
    for problem in problems:
        for language in ("en", "zh"):
            assert problem.fact(language)
            assert problem.way_out(language)
            assert problem.said(language).isprintable()
    return problems


def codes(edit: Edit, base: Files | None = None, day: date = DAY) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in found(edit, base, day)]


def line_of(files: Files, file: str, words: str) -> int:
    return files[file].decode().split(words)[0].count("\n") + 1


RESOLVE = "{clock: resolve, level: [P1], target: 16h}"


# ---- editions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "at", "changed"), [
    (RESOLVE, RESOLVE.replace("16h", "17h"), "resolve, level: [P1]", "rules"),
    ("5: [P3, P3, P2, P1, P0]", "5: [P3, P3, P2, P1, P1]", "5: [P3, P3", "matrix"),
    ("zh: 高}, calendar: office", "zh: 高}, calendar: plain", "{id: P1", "levels"),
    ("pauses_for_partner: false", "pauses_for_partner: true", "pauses_for_partner", "pauses_for_partner"),
    ("reopen_within: 10wd", "reopen_within: 11wd", "reopen_within", "reopen_within"),
    (f"      - {RESOLVE}\n", "", "{clock: resolve, level: [P2]", "rules"),
])  # fmt: skip
def test_what_judges_in_an_edition_that_has_begun_stays(old: str, new: str, at: str, changed: str) -> None:
    head = edited(policy_files(), SLA, old, new)
    (problem,) = found(lambda _: head)
    assert (problem.file, problem.line, problem.code) == (SLA, line_of(head, SLA, at), "edition-changed")
    assert problem.fact("zh") == f"2024-01-01 起的规则已经判定过计时，改动 {changed} 会重新判定"
    assert problem.way_out("zh") == "请恢复原样，另加一版 effective 更晚的规则"


def test_the_line_and_the_column_are_those_of_the_target_itself() -> None:
    head = edited(policy_files(), SLA, RESOLVE, RESOLVE.replace("16h", "17h"))
    (problem,) = found(lambda _: head)
    assert head[SLA].decode().splitlines()[problem.line - 1][problem.column - 1 :].startswith("target: 17h")


def test_several_changes_of_one_edition_are_one_problem_that_names_them_all() -> None:
    base = policy_files()
    head = edited(
        edited(base, SLA, "reopen_within: 10wd", "reopen_within: 5wd"),
        SLA,
        RESOLVE,
        "{clock: resolve, level: [P1], none: true}",
    )
    (problem,) = found(lambda _: head)
    assert "reopen_within、rules" in problem.said("zh")


def test_an_edition_that_has_begun_is_not_taken_out() -> None:
    base = with_edition("2026-11-20")(policy_files())
    (problem,) = past_changes(base, policy_files(), DAY)
    assert (problem.file, problem.line, problem.code) == (SLA, line_of(base, SLA, "editions:"), "edition-gone")
    assert "2026-11-20" in problem.fact("zh")


@pytest.mark.parametrize(("effective", "expected"), [
    ("2026-11-19", ["edition-back-dated"]), ("2026-11-20", ["edition-back-dated"]), ("2026-11-21", []),
    ("2019-01-01", ["edition-back-dated"]),
])  # fmt: skip
def test_a_new_edition_begins_after_today(effective: str, expected: list[str]) -> None:
    assert [problem.code for problem in found(with_edition(effective))] == expected


def test_a_back_dated_edition_is_shown_at_its_first_day_and_told_when_it_may_begin() -> None:
    head = with_edition("2026-11-01")(policy_files())
    (problem,) = found(lambda _: head)
    assert problem.line == line_of(head, SLA, "effective: 2026-11-01")
    assert problem.way_out("zh") == "请让它在 2026-11-20 之后开始"


def test_an_edition_yet_to_come_may_be_changed_put_off_and_taken_out_but_not_brought_back_to_today() -> None:
    base = with_edition("2026-12-01")(policy_files())
    assert found(lambda _: with_edition("2026-12-01", "target: 2h}", "target: 3h}")(policy_files()), base) == []
    assert found(slip(SLA, "effective: 2026-12-01", "effective: 2027-01-01"), base) == []
    assert found(lambda _: policy_files(), base) == []
    assert codes(slip(SLA, "effective: 2026-12-01", "effective: 2026-11-20"), base) == [(SLA, "edition-back-dated")]


def test_the_first_edition_judges_what_came_before_it_too_so_it_is_settled_before_its_first_day() -> None:
    base = edited(policy_files(), SLA, "effective: 2024-01-01", "effective: 2027-01-01")
    assert codes(slip(SLA, RESOLVE, RESOLVE.replace("16h", "17h")), base) == [(SLA, "edition-changed")]
    earlier = with_edition("2026-12-01")(policy_files())
    head = edited(earlier, SLA, "effective: 2024-01-01", "effective: 2027-01-01")
    (problem,) = found(lambda _: head, base)
    assert (problem.code, problem.values["day"]) == ("edition-back-dated", "2027-01-01")


# ---- desk -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "code", "words"), [
    ("zone: Asia/Shanghai", "zone: Asia/Tokyo", "zone-changed", "原为 Asia/Shanghai，这里是 Asia/Tokyo"),
    ("office: office", "office: plain", "office-changed", "原为“office”，这里是“plain”"),
])  # fmt: skip
def test_zone_and_office_stay(old: str, new: str, code: str, words: str) -> None:
    head = edited(policy_files(), DESK, old, new)
    (problem,) = found(lambda _: head)
    assert (problem.file, problem.line, problem.code) == (DESK, line_of(head, DESK, new), code)
    assert words in problem.fact("zh")


# ---- calendars ------------------------------------------------------------------------------------------------------

FRIDAY, SHORT_FRIDAY = "fri: [08:30-12:00, 13:30-18:00]", "fri: [08:30-12:00, 13:30-17:00]"
LAST_OF_YEAR = "      - 2026-10-10  # 周六，国庆节\n"


def year(number: int, status: str = "official", *off: str) -> str:
    """What is written at the end of the office calendar for one more year."""
    days = "".join(f"      - {day}  # 放假\n" for day in off)
    return f'  "{number}":\n    status: {status}\n    notice: 通知\n' + (f"    off:\n{days}" if days else "")


@pytest.mark.parametrize(("old", "new", "at", "first", "days"), [
    ("      - 2026-10-07\n", "", "off:\n      - 2026-01-01", "2026-10-07", 1),
    ("      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-19  # 店庆\n", "- 2026-11-19", "2026-11-19", 1),
    ("    work:\n      - 2026-01-04", "    hours:\n      2026-11-19: [08:30-12:00]\n    work:\n      - 2026-01-04", "2026-11-19: [08", "2026-11-19", 1),
    ("    work:\n      - 2026-01-04", "    work:\n      - 2026-10-31\n      - 2026-01-04", "- 2026-10-31", "2026-10-31", 1),
    # 48 working Fridays in 2024, 48 in 2025, 40 in 2026 so far; 251 + 248 + 218 working days
    (FRIDAY, SHORT_FRIDAY, "fri:", "2024-01-05", 136),
    ("zone: Asia/Shanghai", "zone: Asia/Tokyo", "zone:", "2024-01-02", 717),
])  # fmt: skip
def test_hours_of_days_that_are_past_stay(old: str, new: str, at: str, first: str, days: int) -> None:
    head = edited(policy_files(), OFFICE, old, new)
    (problem,) = found(lambda _: head)
    assert (problem.file, problem.code, problem.line) == (OFFICE, "past-hours-changed", line_of(head, OFFICE, at))
    assert f"共 {days} 天，第一天是 {first}" in problem.fact("zh")
    assert "新的工时请写成另一个名字的日历" in problem.way_out("zh")


def test_the_hours_of_make_up_days_that_are_past_stay() -> None:
    base = edited(policy_files(), OFFICE, FRIDAY, SHORT_FRIDAY)
    (problem,) = found(slip(OFFICE, "makeup: mon", "makeup: fri"), base)
    assert (problem.line, problem.values) == (line_of(base, OFFICE, "makeup: "), {"first": "2024-02-04", "days": 19})


def test_another_name_of_the_same_zone_or_the_same_hours_changes_nothing() -> None:
    assert found(slip(OFFICE, "zone: Asia/Shanghai", "zone: Asia/Chongqing")) == []
    assert found(slip(OFFICE, "makeup: mon", "makeup: tue")) == []


def test_round_the_clock_in_another_zone_has_other_days_though_it_never_closes() -> None:
    base = {**policy_files(), OFFICE: b"zone: Asia/Shanghai\nweekly: {" + ", ".join(
        f"{day}: [00:00-24:00]" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ).encode() + b"}\n"}  # fmt: skip
    assert codes(slip(OFFICE, "Asia/Shanghai", "Asia/Tokyo"), base) == [(OFFICE, "past-hours-changed")]


@pytest.mark.parametrize(("day", "expected"), [("2026-11-19", 1), ("2026-11-20", 0), ("2026-12-25", 0)])
def test_today_and_later_days_may_change(day: str, expected: int) -> None:
    assert len(found(slip(OFFICE, "      - 2026-10-07\n", f"      - 2026-10-07\n      - {day}\n"))) == expected


def test_a_weekly_change_is_past_even_when_it_is_meant_for_tomorrow() -> None:
    assert codes(slip(OFFICE, FRIDAY, SHORT_FRIDAY), day=date(2024, 1, 6)) == [(OFFICE, "past-hours-changed")]


def test_a_year_that_was_announced_as_provisional_may_be_filled_in_late() -> None:
    text = policy_files()[OFFICE].decode()
    late = date(2027, 3, 1)
    for before in ("", year(2027, "provisional", "2027-01-04")):
        base = {**policy_files(), OFFICE: (text + before).encode()}
        head = {**base, OFFICE: (text + year(2027, "official", "2027-01-01", "2027-02-08")).encode()}
        assert list(past_changes(base, head, late)) == []


def test_a_year_that_nobody_has_published_yet_is_no_finding() -> None:
    assert found(slip(OFFICE, "notice: 国务院办公厅关于2026年", "notice: 国办关于2026年"), day=date(2027, 3, 1)) == []


def test_a_desk_that_begins_this_year_has_days_of_last_year_behind_it() -> None:
    plain = edited(policy_files(), SLA, "effective: 2024-01-01", "effective: 2027-06-01")
    base = {**plain, OFFICE: plain[PLAIN]}
    (problem,) = found(slip(OFFICE, "mon: [09:00-17:00]", "mon: [09:00-16:00]"), base, date(2027, 1, 1))
    assert problem.values == {"first": "2026-01-05", "days": 52}


def test_a_year_filled_in_late_does_not_cover_a_change_of_the_week() -> None:
    text = policy_files()[OFFICE].decode()
    filled = text.replace(FRIDAY, SHORT_FRIDAY) + year(2027, "official", "2027-01-01")
    (problem,) = found(lambda files: {**files, OFFICE: filled.encode()}, day=date(2027, 3, 1))
    assert problem.values["first"] == "2024-01-05"


def test_a_year_that_was_official_does_not_become_open_again() -> None:
    """Else its days could be changed afterwards."""
    text = policy_files()[OFFICE].decode() + year(2027)
    base = {**policy_files(), OFFICE: text.encode()}
    head = {**base, OFFICE: text.replace('"2027":\n    status: official', '"2027":\n    status: provisional').encode()}
    (problem,) = found(lambda _: head, base, date(2027, 3, 1))
    assert (problem.file, problem.line, problem.code) == (OFFICE, line_of(head, OFFICE, '"2027"'), "year-not-official")
    assert problem.fact("zh").startswith("2027 年的日子")
    assert found(lambda _: head, base, DAY) == []


def test_a_calendar_that_needed_no_years_does_not_get_one_that_opens_the_others() -> None:
    base = edited(policy_files(), SLA, "zh: 普通}, calendar: office", "zh: 普通}, calendar: plain")
    head = {**base, PLAIN: base[PLAIN] + b"years:\n" + year(2027).encode()}
    (problem,) = found(lambda _: head, base)
    assert (problem.file, problem.code) == (PLAIN, "year-not-official")
    assert "2024、2025、2026 年" in problem.fact("zh")
    listed = b"years:\n" + "".join(year(number) for number in range(2024, 2028)).encode()
    assert found(lambda _: {**base, PLAIN: base[PLAIN] + listed}, base) == []


def test_a_calendar_by_which_clocks_have_run_is_not_taken_away() -> None:
    base = edited(policy_files(), SLA, "zh: 普通}, calendar: office", "zh: 普通}, calendar: plain")
    assert codes(without(PLAIN), base) == [(PLAIN, "calendar-gone")]
    base = edited(policy_files(), SLA, RESOLVE, RESOLVE.replace("16h", "16h@plain"))
    assert codes(without(PLAIN), base) == [(PLAIN, "calendar-gone")]
    assert codes(without(OFFICE)) == [(OFFICE, "calendar-gone")]


def test_a_calendar_that_no_edition_in_force_has_named_is_free() -> None:
    assert found(without(PLAIN)) == []
    assert found(slip(PLAIN, "mon: [09:00-17:00]", "mon: [09:00-16:00]")) == []
    base = with_edition("2026-12-01", "calendar: office", "calendar: plain")(policy_files())
    change = slip(PLAIN, "mon: [09:00-17:00]", "mon: [09:00-16:00]")
    assert found(change, base) == []
    assert codes(change, base, date(2026, 12, 2)) == [(PLAIN, "past-hours-changed")]


def test_round_the_clock_stays_round_the_clock() -> None:
    nights = b"zone: Asia/Shanghai\nweekly: {mon: [00:00-24:00], tue: [00:00-23:00]}\n"
    assert codes(lambda files: {**files, ALWAYS: nights}) == [(ALWAYS, "past-hours-changed")]


# ---- files that cannot be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [DESK, SLA, OFFICE])
@pytest.mark.parametrize("content", [b"\xff", "没有: [".encode(), "名字: 值\n".encode()])
def test_of_a_file_that_cannot_be_read_before_or_now_nothing_is_said(file: str, content: bytes) -> None:
    base = policy_files()
    broken = {**base, file: content}
    assert list(past_changes(broken, base, DAY)) == []
    assert list(past_changes(base, broken, DAY)) == []


def test_the_other_files_are_compared_all_the_same() -> None:
    base = {**policy_files(), "policy/keywords.yml": b"["}
    assert codes(slip(SLA, "reopen_within: 10wd", "reopen_within: 5wd"), base) == [(SLA, "edition-changed")]
    bad = edited(policy_files(), OFFICE, "mon: [08:30-12:00, 13:30-18:00]", "mon: [08:30-12:00, 11:00-18:00]")
    assert found(lambda _: bad) == []


def test_no_policy_at_all_has_no_past() -> None:
    assert list(past_changes({}, policy_files(), DAY)) == []
    assert today({}, parse_moment("2026-11-20T11:05:00+08:00")) is None


@pytest.mark.parametrize(("now", "office", "expected"), [
    ("2026-11-19T23:59:59+08:00", "Asia/Shanghai", date(2026, 11, 19)),
    ("2026-11-19T16:00:00+00:00", "Asia/Shanghai", date(2026, 11, 20)),
    ("2026-11-19T23:30:00+08:00", "Asia/Tokyo", date(2026, 11, 20)),
    ("2026-11-20T00:30:00+08:00", "America/New_York", date(2026, 11, 20)),
])  # fmt: skip
def test_today_is_the_day_at_the_desk_or_at_its_office_where_that_is_ahead(
    now: str, office: str, expected: date
) -> None:
    files = edited(policy_files(), OFFICE, "zone: Asia/Shanghai", f"zone: {office}")
    assert today(files, parse_moment(now)) == expected


# ---- the law: what is allowed changes no verdict --------------------------------------------------------------------

WITHOUT_2026 = {
    **policy_files(),
    OFFICE: policy_files()[OFFICE].decode().partition('  "2026":\n')[0].encode(),
}
ALLOWED: Mapping[str, Edit] = {
    "a comment and other spacing": slip(SLA, "    reopen_within: 10wd", "    # 说明\n    reopen_within:   10wd"),
    "keys in another order": slip(SLA, RESOLVE, "{target: 16h, level: [P1], clock: resolve}"),
    "a duration in other words": slip(SLA, RESOLVE, RESOLVE.replace("16h", "960m")),
    "reviewed": slip(SLA, "reviewed: 2026-09-01", "reviewed: 2026-11-20"),
    "the name of a level": slip(SLA, "zh: 普通", "zh: 一般"),
    "an edition to come": with_edition("2026-11-21", "target: 16h", "target: 2h"),
    "an edition to come with another calendar": with_edition("2026-11-23", "calendar: office", "calendar: plain"),
    "a holiday to come": slip(
        OFFICE, "      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-23\n      - 2026-11-24\n"
    ),
    "a working weekend to come": slip(OFFICE, LAST_OF_YEAR, LAST_OF_YEAR + "      - 2026-11-21\n"),
    "a holiday from today on": slip(OFFICE, "      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-20\n"),
    "the notice of a year": slip(OFFICE, "notice: 国务院办公厅关于2026年", "notice: 国办关于2026年"),
    "a year to come": lambda files: {**files, OFFICE: files[OFFICE] + year(2027, "official", "2027-01-01").encode()},
    "an unused calendar gone": without(PLAIN),
    "an unused calendar of other hours": slip(PLAIN, "mon: [09:00-17:00]", "mon: [10:00-11:00]"),
    "a new calendar": lambda files: {**files, "policy/calendars/夜.yml": files[PLAIN]},
    "a channel more": slip(
        "policy/channels.yml", "channels:\n", "channels:\n  - {id: fax, name: {en: Fax, zh: 传真}}\n"
    ),
}
REFUSED: Mapping[str, Edit] = {
    "a shorter target": slip(SLA, RESOLVE, RESOLVE.replace("16h", "1h")),
    "an edition of yesterday": with_edition("2026-11-03", "target: 16h", "target: 1h"),
    "a level less urgent": slip(SLA, "4: [P3, P3, P2, P1, P1]", "4: [P3, P3, P2, P3, P3]"),
    "another calendar of a level": slip(SLA, "zh: 高}, calendar: office", "zh: 高}, calendar: plain"),
    "a holiday that was none": slip(OFFICE, "      - 2026-10-07\n", "      - 2026-10-07\n      - 2026-11-05\n"),
    "other hours of the week": slip(OFFICE, "thu: [08:30-12:00, 13:30-18:00]", "thu: [08:30-12:00]"),
    "another office": slip(DESK, "office: office", "office: plain"),
}
START, END = parse_moment("2026-11-02T00:00:00+08:00"), parse_moment("2026-11-20T00:00:00+08:00")
MINUTES = int((END - START) / timedelta(minutes=1))


def policy_of(files: Files) -> Policy:
    loaded = load(files)
    assert loaded.policy, [problem.said("zh") for problem in loaded.problems]
    return loaded.policy


WORDS = {
    "respond": {"text": "您好，已经在查。"},
    "resolve": {"result": "已退款"},
    "ask": {"question": "请问订单号？"},
    "supply": {"text": "订单号 20261103"},
}


def life(share: int, received: datetime, *steps: tuple[str, int], category: str = "service/refund") -> Item:
    """A submission whose urgency and impact are `share`, and what was done after so many minutes."""
    weight = {"category": category, "urgency": share, "impact": share}
    rows = [("classify", received, {"by": "rules", **weight})]
    rows += [(verb, received + timedelta(minutes=minutes), {"by": "xu.bei", **WORDS[verb]}) for verb, minutes in steps]
    history = tuple(VERBS[verb].model_validate({"verb": verb, "at": at, **fields}) for verb, at, fields in rows)
    title = "退款还没有到账 No refund yet"
    return Item(id="Q260310-0000012", received=received, channel="web-form", title=title, history=history)


def verdicts(policy: Policy, one: Item, now: datetime) -> list[tuple[object, ...]]:
    """What is settled of an item's clocks."""
    return [settled_of(clock) for clock in sla.clocks(one, policy, now)]


def settled_of(clock: Clock) -> tuple[object, ...]:
    """The verdict; and what led to it where the due moment is past: one to come may move, even to another rule's."""
    cycles = tuple((cycle.started, cycle.stopped, cycle.late_by) for cycle in clock.cycles)
    is_due = clock.due is not None and clock.due < END
    return clock.name, clock.state, clock.late_by, cycles, (clock.due, clock.elapsed, clock.rule) if is_due else None


@st.composite
def lives(draw: st.DrawFn) -> Item:
    """A life of the last three weeks: asked, supplied, answered, resolved."""
    received = START + timedelta(minutes=draw(st.integers(0, MINUTES - 1)))
    after = sorted(draw(st.lists(st.integers(1, 10_000), min_size=4, max_size=4, unique=True)))
    steps = zip(("ask", "supply", "respond", "resolve"), after, strict=True)
    return life(draw(st.integers(2, 5)), received, *steps)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_an_edit_and_is_not_spoken_of(name: str) -> None:
    head = ALLOWED[name](policy_files())
    assert head != policy_files()
    assert found(lambda _: head) == []


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_changes_no_verdict_of_the_past(name: str) -> None:
    base, head = policy_of(policy_files()), policy_of(ALLOWED[name](policy_files()))

    @settings(max_examples=25)
    @given(one=lives(), minutes=st.integers(0, MINUTES))
    def law(one: Item, minutes: int) -> None:
        now = min(one.received + timedelta(minutes=minutes), END)
        assert verdicts(base, one, now) == verdicts(head, one, now)

    law()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_would_have_changed_a_verdict(name: str) -> None:
    assert found(REFUSED[name])
    base, head = policy_of(policy_files()), policy_of(REFUSED[name](policy_files()))
    received = (parse_moment(f"2026-11-{day:02}T{hour:02}:10:00+08:00") for day in range(3, 9) for hour in (9, 17))
    some = [life(4, one, ("respond", 90), ("resolve", 2000)) for one in received]
    assert any(verdicts(base, one, END) != verdicts(head, one, END) for one in some)


def test_a_year_filled_in_late_changes_only_what_was_announced_as_provisional() -> None:
    assert found(lambda _: policy_files(), WITHOUT_2026) == []
    before, after = policy_of(WITHOUT_2026), policy_of(policy_files())
    for received in ("2025-12-22T09:10:00+08:00", "2026-09-30T16:30:00+08:00", "2026-02-13T17:00:00+08:00"):
        one = life(4, parse_moment(received), ("respond", 60), category="product/quality")
        for was, now in zip(sla.clocks(one, before, END), sla.clocks(one, after, END), strict=True):
            assert "provisional" in was.flags or (was.state, was.due) == (now.state, now.due)
