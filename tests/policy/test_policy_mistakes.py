"""Mistakes in the policy: one line each, with file, line and column."""

from collections.abc import Mapping

import pytest
from tests.sample_desk import policy_files

from git_feedback.policy import load

DESK, PEOPLE, CATEGORIES, CHANNELS, SLA, KEYWORDS = (
    f"policy/{name}.yml" for name in ("desk", "people", "categories", "channels", "sla", "keywords")
)
PLAIN = "policy/calendars/plain.yml"


def place_of(source: bytes, words: str) -> int:
    """The line on which words stand."""
    return source.decode().split(words)[0].count("\n") + 1


def found(files: Mapping[str, bytes]) -> list[tuple[str, int, str]]:
    loaded = load(files)
    assert (loaded.policy is None) == bool(loaded.problems)
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        for language in ("en", "zh"):
            assert problem.said(language).startswith(
                f"{problem.file}:{problem.line}:{problem.column}: {problem.code}: "
            )
            assert problem.said(language).isprintable()
    return [(problem.file, problem.line, problem.code) for problem in loaded.problems]


def test_the_committed_policy_has_no_mistake() -> None:
    assert found(policy_files()) == []


@pytest.mark.parametrize("file", [DESK, PEOPLE, CATEGORIES, CHANNELS, SLA, KEYWORDS])
def test_a_missing_file_is_named(file: str) -> None:
    files = policy_files()
    del files[file]
    assert (file, 1, "missing-policy-file") in found(files)


@pytest.mark.parametrize(("file", "old", "new", "code"), [
    (DESK, "language: zh", "语言: zh", "unknown-field"),
    (DESK, "language: zh", "language: 中文", "not-allowed"),
    (DESK, "zone: Asia/Shanghai", "zone: 亚洲/上海", "unknown-zone"),
    (DESK, "zone: Asia/Shanghai", "zone: ../../etc/passwd", "unknown-zone"),
    (DESK, "office: office", "office: 工作日", "bad-form"),
    (DESK, "office: office", "office: nowhere", "no-such-calendar"),
    (DESK, "coordinator: he.miao", "coordinator: li.lei", "no-such-person"),
    (DESK, "title_max: 120", "title_max: 一百", "bad-integer"),
    (DESK, "title_max: 120", "title_max: 9", "out-of-range"),
    (DESK, r'source_pattern: "^\\S.{0,199}$"', 'source_pattern: "(单号"', "bad-pattern"),
    (DESK, "prefix: Q", "prefix: 反馈", "bad-form"),
    (PEOPLE, "coordinator: ji.nan", "coordinator: li.lei", "no-such-person"),
    (PEOPLE, "lead: lin.wan", "lead: li.lei", "no-such-person"),
    (PEOPLE, "{id: gu.heng,", "{id: he.miao,", "id-twice"),
    (PEOPLE, "{id: app,", "{id: support,", "id-twice"),
    (PEOPLE, "department: quality, roles: [lead", "department: 质量部, roles: [lead", "bad-form"),
    (PEOPLE, "department: quality, roles: [lead", "department: nowhere, roles: [lead", "no-such-department"),
    (PEOPLE, "deputy: qiu.yan", "deputy: li.lei", "no-such-person"),
    (PEOPLE, "roles: [director]", "roles: [老板]", "not-allowed"),
    (PEOPLE, "roles: [director]", "roles: []", "empty-field"),
    (PEOPLE, "email: gu.heng@desk.example", "email: 顾衡", "bad-form"),
    (PEOPLE, "{first: 2026-11-23, last: 2026-11-27}", "{first: 2026-11-27, last: 2026-11-23}", "leave-backwards"),
    (PEOPLE, "{first: 2026-11-23,", "{first: 下周一,", "bad-day"),
    (CATEGORIES, "department: payments", "department: nowhere", "no-such-department"),
    (CATEGORIES, "id: product/bug", "id: product/payment", "id-twice"),
    (CATEGORIES, "urgency: 4", "urgency: 6", "out-of-range"),
    (CHANNELS, "id: app,", "id: web-form,", "id-twice"),
    (CHANNELS, "required: [text, device, submitter]", "required: [电话]", "not-allowed"),
    (SLA, "target: 8h}", "target: 八小时}", "bad-duration"),
    (SLA, "target: 8h}", "target: 8h@nowhere}", "no-such-calendar"),
    (SLA, "target: 8h}", "target: 8h, none: true}", "target-or-none"),
    (SLA, "{clock: accept, level: [P1], target: 1h}", "{clock: accept, level: [P9], target: 1h}", "no-such-level"),
    (SLA, "{clock: accept, level: [P1], target: 1h}", "{clock: accept, category: [nothing], target: 1h}", "no-such-category"),
    (SLA, "{clock: accept, level: [P1], target: 1h}", "{clock: accept, channel: [fax], target: 1h}", "no-such-channel"),
    (SLA, "{clock: accept, level: [P1], target: 1h}", "{clock: accept, department: [nowhere], target: 1h}", "no-such-department"),
    (SLA, "{clock: accept, level: [P1], target: 1h}", "{clock: 受理, level: [P1], target: 1h}", "not-allowed"),
    (SLA, "      5: [P3, P3, P2, P1, P0]\n", "", "incomplete-matrix"),
    (SLA, "5: [P3, P3, P2, P1, P0]", "5: [P3, P3, P2, P1]", "missing-field"),
    (SLA, "5: [P3, P3, P2, P1, P0]", "5: [P3, P3, P2, P1, P7]", "no-such-level"),
    (SLA, "{id: P1, name", "{id: P0, name", "id-twice"),
    (SLA, "reopen_within: 10wd", "reopen_within: 24h@nowhere", "no-such-calendar"),
    (SLA, "{id: P3, name: {en: Low, zh: 低}, calendar: office}", "{id: P3, name: {en: Low, zh: 低}, calendar: nowhere}", "no-such-calendar"),
    (KEYWORDS, "category: service/refund}", "category: service/nothing}", "no-such-category"),
    (KEYWORDS, "{id: danger-en,", "{id: danger-zh,", "id-twice"),
    (PLAIN, "zone: ", "zone: 火星/", "unknown-zone"),
    (SLA, "rules:", "rules: &r", "yaml-anchor"),
    (DESK, "prefix: Q", "prefix: Q\nprefix: Q", "duplicate-key"),
    (CHANNELS, "channels:", "channels: !!seq", "yaml-tag"),
    (PEOPLE, "departments:", "departments:\n\t", "yaml-tab"),
    (DESK, "prefix: Q", "prefix: Q\u2028zone: UTC", "forbidden-character"),
])  # fmt: skip
def test_a_mistake_is_told_at_its_line(file: str, old: str, new: str, code: str) -> None:
    files = policy_files()
    source = files[file].decode()
    assert old in source
    files[file] = source.replace(old, new, 1).encode()
    told = found(files)
    assert code in [one for _, _, one in told], told
    line = place_of(source.encode(), old) if new else next(at for _, at, one in told if one == code)
    assert any(path == file and one == code and line <= at <= line + 3 for path, at, one in told), (line, told)


@pytest.mark.parametrize(("hours", "code", "words"), [
    ("[18:00-09:00]", "hours-backwards", "“tue”的 18:00-09:00 结束早于开始"),
    ("[09:00-12:00, 11:30-18:00]", "hours-overlap", "“tue”的时段在 11:30 处重叠"),
    ("[09:00-25:00]", "no-time-of-day", "“tue”里的“25:00”不是一天中的时间"),
    ("[09:60-10:00]", "no-time-of-day", "“tue”里的“09:60”不是一天中的时间"),
])  # fmt: skip
def test_hours_that_make_no_calendar_are_told_at_their_day_in_the_language_of_the_desk(
    hours: str, code: str, words: str
) -> None:
    files = policy_files()
    weekly = f"zone: Asia/Shanghai\nweekly:\n  mon: [09:00-18:00]\n  tue: {hours}\n"
    files["policy/calendars/night.yml"] = weekly.encode()
    (problem,) = load(files).problems
    assert (problem.file, problem.line, problem.code) == ("policy/calendars/night.yml", 4, code)
    assert problem.fact("zh") == words
    assert "tue" in problem.fact("en")


def test_a_calendar_that_never_opens_is_told_at_its_week() -> None:
    files = policy_files()
    files["policy/calendars/night.yml"] = b"zone: Asia/Shanghai\nweekly: {}\n"
    assert found(files) == [("policy/calendars/night.yml", 2, "never-open")]


@pytest.mark.parametrize(("file", "old", "new", "code"), [
    (PEOPLE, "roles: [director]", "roles: [boss]", "not-allowed"),
    (SLA, "target: 8h}", "target: 16 hours}", "bad-duration"),
])  # fmt: skip
def test_one_slip_gives_one_line(file: str, old: str, new: str, code: str) -> None:
    files = policy_files()
    files[file] = files[file].decode().replace(old, new, 1).encode()
    assert [one for _, _, one in found(files)] == [code]


def test_hours_of_another_form_are_refused() -> None:
    files = policy_files()
    files["policy/calendars/night.yml"] = "zone: Asia/Shanghai\nweekly:\n  mon: [早九点到晚六点]\n".encode()
    assert found(files) == [("policy/calendars/night.yml", 3, "bad-form")]


def test_every_mistake_of_every_file_is_told_at_once() -> None:
    files = policy_files()
    files[DESK] = files[DESK].replace(b"language: zh", b"language: fr")
    files[CHANNELS] = files[CHANNELS].replace(b"answerable: false", "answerable: 否".encode())
    del files[KEYWORDS]
    assert {code for _, _, code in found(files)} == {"not-allowed", "bad-flag", "missing-policy-file"}


def test_a_later_edition_that_stands_first_in_its_file_is_named_at_its_own_line() -> None:
    files = policy_files()
    head, _, edition = files[SLA].decode().partition("editions:\n")
    later = edition.replace("effective: 2024-01-01", "effective: 2026-06-01").replace(
        "[P3, P3, P2, P1, P0]", "[P3, P3, P2, P1, P5]"
    )
    files[SLA] = f"{head}editions:\n{later}{edition}".encode()
    assert found(files) == [(SLA, place_of(files[SLA], "5: [P3, P3, P2, P1, P5]"), "no-such-level")]


def test_two_editions_with_one_first_day_are_refused() -> None:
    files = policy_files()
    head, _, edition = files[SLA].decode().partition("editions:\n")
    files[SLA] = f"{head}editions:\n{edition}{edition}".encode()
    assert [code for _, _, code in found(files)] == ["id-twice"]
