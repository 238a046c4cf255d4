"""What is asked of a policy: which edition, which target, who is on duty, who owns which file."""

from dataclasses import replace
from datetime import date

import pytest
from tests.sample_desk import policy, policy_files

from git_feedback.clock import Duration
from git_feedback.policy import Edition, Policy, load
from git_feedback.policy.codeowners import codeowners
from git_feedback.policy.files import Rule
from git_feedback.policy.model import Facts


def rule(**facts: object) -> Rule:
    return Rule.model_validate({"clock": "respond", **facts})


def targets(*rules: Rule, facts: Facts) -> list[tuple[str, str, int]]:
    edition = replace(policy().editions[0], rules=rules)
    return [(str(one.duration), one.calendar, one.rule) for one in edition.targets("respond", facts)]


P1 = Facts("P1", "service/refund", "wechat", "support")


def test_the_committed_policy_speaks_of_every_channel_department_and_level_in_both_languages() -> None:
    for shelf in (policy().channels, policy().departments, policy().categories, policy().people):
        for one in shelf.values():
            assert one.name.said("zh")
            assert one.name.said("en")
    assert [level.name.said("zh") for level in policy().editions[0].levels.values()] == ["紧急", "高", "普通", "低"]


def test_the_default_matrix_is_that_of_the_design() -> None:
    edition = policy().editions[0]
    for urgency in range(1, 6):
        for impact in range(1, 6):
            least = min(urgency, impact)
            expected = "P0" if least == 5 else "P1" if least >= 4 else "P2" if least >= 3 else "P3"
            assert edition.level(urgency, impact) == expected


def test_the_edition_in_force_is_the_last_one_that_has_begun() -> None:
    files = policy_files()
    sla = files["policy/sla.yml"].decode()
    head, _, edition = sla.partition("editions:\n")
    later = edition.replace("effective: 2024-01-01", "effective: 2026-06-01")
    files["policy/sla.yml"] = f"{head}editions:\n{later}{edition}".encode()
    loaded = load(files).policy
    assert loaded
    days = {
        date(2023, 1, 1): 2024,
        date(2024, 1, 1): 2024,
        date(2026, 5, 31): 2024,
        date(2026, 6, 1): 2026,
        date(2030, 1, 1): 2026,
    }
    assert {day: loaded.edition(day).effective.year for day in days} == days


def test_a_level_is_raised_step_by_step_and_no_further_than_the_top() -> None:
    edition: Edition = policy().editions[0]
    assert [edition.raised("P2", by) for by in (0, 1, 2, 9)] == ["P2", "P1", "P0", "P0"]


def test_the_first_rule_that_fits_gives_the_target() -> None:
    rules = (rule(level=["P0"], target="1h"), rule(level=["P1"], target="2h"), rule(target="3wd"))
    assert targets(*rules, facts=P1) == [("2h", "office", 1)]
    assert targets(*rules, facts=replace(P1, level="P3")) == [("3wd", "office", 2)]


def test_a_cap_shortens_what_another_rule_gave_and_gives_nothing_alone() -> None:
    cap = rule(category=["service"], target="24h@24x7", cap="true")
    assert targets(cap, rule(target="2h"), facts=P1) == [("2h", "office", 1), ("24h@24x7", "24x7", 0)]
    assert targets(cap, facts=P1) == []
    assert targets(cap, rule(target="2h"), facts=replace(P1, category="product/bug")) == [("2h", "office", 1)]


def test_none_means_no_clock_even_with_a_cap() -> None:
    rules = (rule(channel=["wechat"], none="true"), rule(target="2h"), rule(target="24h@24x7", cap="true"))
    assert targets(*rules, facts=P1) == []
    assert targets(*rules, facts=replace(P1, channel="phone")) == [("2h", "office", 1), ("24h@24x7", "24x7", 2)]


@pytest.mark.parametrize(("facts", "fits"), [
    ({"category": ["service"]}, True), ({"category": ["service/refund"]}, True), ({"category": ["service/logistics"]}, False),
    ({"department": ["support"]}, True), ({"department": ["app"]}, False), ({"submitter": ["anonymous"]}, False),
    ({"level": ["P1"], "channel": ["wechat", "phone"]}, True), ({"level": ["P1"], "channel": ["phone"]}, False),
])  # fmt: skip
def test_a_rule_is_about_an_item_when_everything_it_names_fits(facts: dict[str, object], fits: bool) -> None:
    assert P1.fit(rule(target="1h", **facts)) == fits


def test_a_duration_keeps_the_words_it_was_written_with() -> None:
    assert str(policy().editions[0].reopen_within) == "10wd"
    assert policy().editions[0].reopen_within == Duration.parse("10wd")


@pytest.mark.parametrize(("day", "who"), [
    (date(2026, 11, 22), "xu.bei"), (date(2026, 11, 23), "ines.brandt"), (date(2026, 11, 27), "ines.brandt"), (date(2026, 11, 28), "xu.bei"),
])  # fmt: skip
def test_a_deputy_stands_in_on_the_days_of_leave_both_included(day: date, who: str) -> None:
    assert policy().on_duty("xu.bei", day) == who


def test_a_stranger_is_on_duty_for_nobody() -> None:
    assert policy().on_duty("李雷", date(2026, 11, 24)) == "李雷"


def test_a_person_is_known_by_the_address_that_git_has_whatever_its_case() -> None:
    person = policy().person_by_email("He.Miao@Desk.Example")
    assert person
    assert person.name.said("zh") == "何淼"
    assert policy().person_by_email("") is None
    assert policy().person_by_email("没有@desk.example") is None


def test_the_working_days_of_the_desk_are_those_of_the_mainland() -> None:
    office = policy().office
    assert not office.is_working_day(date(2026, 10, 1))
    assert office.is_working_day(date(2026, 10, 10))
    assert not office.is_working_day(date(2026, 11, 22))


def with_logins(logins: dict[str, str]) -> Policy:
    people = {one.id: one.model_copy(update={"login": logins.get(one.id)}) for one in policy().people.values()}
    return replace(policy(), people=people)


def test_codeowners_names_managers_for_the_rules_and_writers_for_the_pages() -> None:
    text = codeowners(
        with_logins({"he.miao": "hemiao", "lin.wan": "linwan", "ji.nan": "jinan"}), "git feedback generate"
    )
    assert text.splitlines() == [
        "# Made from policy/people.yml by `git feedback generate`: change it there.",
        "/policy/ @hemiao",
        "/.github/ @hemiao",
        "/reports/ @hemiao",
        "/site/pages/ @hemiao @linwan",
    ]


def test_codeowners_without_logins_names_nobody() -> None:
    assert codeowners(with_logins({}), "git feedback generate").count("\n") == 1
