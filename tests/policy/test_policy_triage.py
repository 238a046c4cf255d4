"""triage.yml: what is wrong in it is one line with place, fact and way out; a desk may do without the file."""

from dataclasses import replace

import pytest
from tests.sample_desk import policy, policy_files

from git_feedback.policy import load

FILE = "policy/triage.yml"
GOOD = """\
common_from: 4
systemic_from: 12
common: {impact: +1}
systemic: {urgency: 1, impact: +2}
systemic_alarms: [outage-zh]
submitter:
  high-value: {urgency: +1}
conditions:
  - {id: money, name: {en: Money, zh: 资金}, when: {category: [product], words: [盗刷, 重复扣款], channel: [phone]}, level: P0}
  - {id: press, name: {en: Press, zh: 媒体}, when: {alarm: [law-zh], submitter: [anonymous], scope: [common, systemic]}, level: P1}
major: {levels: [P0, P1], needs: coordinator}
"""


def test_the_file_is_read_as_it_is_written() -> None:
    found = load({**policy_files(), FILE: GOOD.encode()})
    assert found.policy, found.problems
    triage = found.policy.triage
    assert (triage.common_from, triage.systemic_from, triage.systemic_alarms) == (4, 12, ("outage-zh",))
    assert (triage.raise_of("single").impact, triage.raise_of("common").impact) == (0, 1)
    assert (triage.raise_of("systemic").urgency, triage.raise_of("systemic").impact) == (1, 2)
    assert triage.submitter["high-value"].urgency == 1
    assert [(one.id, one.level, one.name.zh) for one in triage.conditions] == [
        ("money", "P0", "资金"),
        ("press", "P1", "媒体"),
    ]
    assert triage.conditions[0].when.words == ("盗刷", "重复扣款")
    assert triage.major
    assert (triage.major.levels, triage.major.needs) == (("P0", "P1"), "coordinator")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("common_from: 4", "common_from: 1", "out-of-range"),
        ("systemic_from: 12", "systemic_from: +12", "bad-integer"),
        ("common: {impact: +1}", "common: {impact: -1}", "out-of-range"),
        ("common: {impact: +1}", "common: {impact: 5}", "out-of-range"),
        ("common: {impact: +1}", "common: {weight: 1}", "unknown-field"),
        ("[outage-zh]", "[停电]", "bad-form"),
        ("[outage-zh]", "[outage-fr]", "no-such-alarm"),
        ("high-value: {urgency", "vip: {urgency", "not-allowed"),
        ("alarm: [law-zh]", "alarm: [safety-zh]", "no-such-alarm"),
        ("category: [product]", "category: [产品]", "bad-form"),
        ("category: [product]", "category: [product/none]", "no-such-category"),
        ("channel: [phone]", "channel: [fax]", "no-such-channel"),
        ("level: P1", "level: P7", "no-such-level"),
        ("id: press", "id: money", "id-twice"),
        ("levels: [P0, P1]", "levels: [P0, P8]", "no-such-level"),
        ("levels: [P0, P1]", "levels: []", "empty-field"),
        ("needs: coordinator", "needs: trainer", "not-allowed"),
        ("{alarm: [law-zh], submitter: [anonymous], scope: [common, systemic]}", "{}", "condition-always"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_at_its_line(old: str, new: str, code: str) -> None:
    assert GOOD.count(old) == 1
    found = load({**policy_files(), FILE: GOOD.replace(old, new).encode()})
    assert found.policy is None
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    assert [(one.file, one.line, one.code) for one in found.problems] == [(FILE, line, code)]
    for language in ("en", "zh"):
        assert "{given}" not in found.problems[0].said(language)


def test_systemic_begins_with_more_submitters_than_common() -> None:
    found = load({**policy_files(), FILE: GOOD.replace("systemic_from: 12", "systemic_from: 4").encode()})
    assert [one.code for one in found.problems] == ["systemic-below-common"]
    assert "系统性从 4 位提交者算起，普遍从 4 位算起" in found.problems[0].said("zh")


def test_a_desk_without_it_counts_three_and_ten_and_lets_everybody_give_any_level() -> None:
    found = load({path: content for path, content in policy_files().items() if path != FILE})
    assert found.policy
    triage = found.policy.triage
    assert (triage.common_from, triage.systemic_from) == (3, 10)
    assert (triage.raise_of("common").impact, triage.raise_of("systemic").impact) == (1, 2)
    assert (triage.submitter, triage.conditions, triage.major) == ({}, (), None)
    assert replace(found.policy, triage=policy().triage) == policy()


def test_the_file_that_ships_names_conditions_of_safety_money_mass_and_reputation() -> None:
    triage = policy().triage
    assert {one.id for one in triage.conditions} == {
        "safety", "stolen-money", "money-of-many", "all-branches", "in-public",
    }  # fmt: skip
    assert {one.level for one in triage.conditions} == {"P0"}
    assert triage.major
    assert (triage.major.levels, triage.major.needs) == (("P0",), "lead")
