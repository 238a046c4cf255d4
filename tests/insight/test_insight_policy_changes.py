"""What rules say otherwise than before, by value."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from tests.sample_desk import policy_files

from git_feedback.insight.policy_changes import policy_changes
from git_feedback.insight.rule_values import Difference
from git_feedback.policy import Policy, load

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@cache
def sources() -> Mapping[str, bytes]:
    return policy_files()


def rules(*edits: tuple[str, str, str]) -> Policy:
    """This repository's own policy with pieces of files replaced."""
    files = dict(sources())
    for file, old, new in edits:
        said = files[f"policy/{file}"].decode()
        assert old in said, old
        files[f"policy/{file}"] = said.replace(old, new, 1).encode()
    loaded = load(files)
    assert loaded.policy, [problem.said("en") for problem in loaded.problems]
    return loaded.policy


def changes(*edits: tuple[str, str, str]) -> list[Difference]:
    return list(policy_changes(rules(), rules(*edits), FIRST, LAST))


def only(*edits: tuple[str, str, str]) -> Difference:
    (found,) = changes(*edits)
    return found


def test_the_same_rules_are_the_same_however_they_are_written() -> None:
    assert changes() == []
    same = (
        "sla.yml",
        "{clock: respond, level: [P0], target: 1h@24x7}",
        "{clock: respond, level: [P0], target: 60m@24x7}",
    )
    assert changes(same, ("categories.yml", "# What", "# 什么")) == []


def test_a_target_is_told_with_its_clock_and_level() -> None:
    found = only(("sla.yml", "clock: respond, level: [P1], target: 2h", "clock: respond, level: [P1], target: 90m"))
    assert found == Difference("target", "changed", before="2h", after="90m", about={"clock": "respond", "level": "P1"})


def test_a_target_that_goes_and_one_that_comes() -> None:
    gone = only(("sla.yml", "      - {clock: info, target: 1wd}\n", ""))
    assert (gone.kind, gone.before, gone.after, gone.about) == ("removed", "1wd", "", {"clock": "info"})
    stopped = only(("sla.yml", "{clock: info, target: 1wd}", "{clock: info, none: true}"))
    assert (stopped.kind, stopped.before, stopped.after) == ("changed", "1wd", "none")


def test_rules_that_are_only_grouped_otherwise_say_the_same() -> None:
    split = "{clock: assess, level: [P0], target: 24h@24x7}\n      - {clock: assess, level: [P1], target: 24h@24x7}"
    assert changes(("sla.yml", "{clock: assess, level: [P0, P1], target: 24h@24x7}", split)) == []


def test_a_place_of_the_matrix_has_another_level() -> None:
    found = only(("sla.yml", "2: [P3, P3, P3, P3, P3]", "2: [P3, P3, P3, P3, P2]"))
    assert found == Difference("matrix", "changed", before="P3", after="P2", about={"urgency": "2", "impact": "5"})


def test_an_edition_counts_from_its_day() -> None:
    edition = sources()["policy/sla.yml"].decode().partition("editions:\n")[2].replace("target: 2h}", "target: 3h}")
    for day, in_force in (("2026-09-30", True), ("2026-10-01", False)):
        later = edition.replace("effective: 2024-01-01", f"effective: {day}")
        found = changes(("sla.yml", edition_end(), edition_end() + later))
        assert found[0] == Difference("edition", "added", day)
        assert any(one.subject == "target" for one in found) is in_force


def edition_end() -> str:
    """The last line of the file: what follows is another edition."""
    return sources()["policy/sla.yml"].decode().rstrip("\n").rsplit("\n", 1)[1] + "\n"


def test_an_edition_written_long_ago_changes_the_rules_on_its_day() -> None:
    edition = sources()["policy/sla.yml"].decode().partition("editions:\n")[2].replace("target: 2h}", "target: 3h}")
    both = rules(("sla.yml", edition_end(), edition_end() + edition.replace("2024-01-01", "2026-08-01")))
    assert {one.subject for one in policy_changes(both, both, FIRST, LAST)} == {"target"}
    assert list(policy_changes(both, both, date(2026, 9, 1), LAST)) == []


def test_categories_come_go_and_change() -> None:
    new = "categories:\n  - id: product/watch\n    name: {en: Watch, zh: 手表}\n    department: app\n    urgency: 3\n    impact: 3\n"
    assert only(("categories.yml", "categories:\n", new)) == Difference("category", "added", "product/watch")
    back = policy_changes(rules(("categories.yml", "categories:\n", new)), rules(), FIRST, LAST)
    assert list(back) == [Difference("category", "removed", "product/watch")]
    found = only(("categories.yml", "    department: payments\n    urgency: 4", "    department: app\n    urgency: 4"))
    assert found == Difference("category-department", "changed", "product/payment", "payments", "app")


def test_words_that_alarm_are_told_by_themselves() -> None:
    found = changes(("keywords.yml", "[起火, 着火", "[起火了, 着火"))
    assert found == [
        Difference("alarm-words", "added", words=("起火了",)),
        Difference("alarm-words", "removed", words=("起火",)),
    ]


def test_of_words_that_hold_back_only_the_number_is_told() -> None:
    assert only(("keywords.yml", "傻逼, 傻b, ", "")) == Difference("screen-words", "removed", after="2")


def test_of_people_only_the_number_is_told() -> None:
    person = "people:\n  - {id: mei.lan, name: {en: Mei Lan, zh: 梅兰}, department: app, roles: [agent]}\n"
    count = len(rules().people)
    found = only(("people.yml", "people:\n", person))
    assert found == Difference(
        "people", "changed", before=str(count), after=str(count + 1), about={"came": "1", "went": "0"}
    )


def test_days_of_a_calendar_are_told_as_runs() -> None:
    year = '  "2028":\n    status: provisional\n    notice: 暂定\n    off: [2028-10-01, 2028-10-02, 2028-10-03, 2028-12-25]\n    work: [2028-10-07]\n'
    found = changes(("calendars/office.yml", "years:\n", f"years:\n{year}"))
    assert found == [
        Difference("calendar-year", "changed", "office", "missing", "provisional", about={"year": "2028"}),
        Difference("calendar-closed", "added", "office", words=("2028-10-01..2028-10-03", "2028-12-25")),
        Difference("calendar-open", "added", "office", words=("2028-10-07",)),
    ]


def test_templates_are_counted() -> None:
    found = only(("templates/accepted.zh.txt", "您", "贵客"))
    assert found == Difference("templates", "changed", after="1")
