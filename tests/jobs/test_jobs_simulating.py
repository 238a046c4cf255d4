"""A history under another policy: which policy is meant, which edition judges, and what the rules would have said."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, item, policy, sample

from git_feedback.clock import Duration
from git_feedback.jobs.reading import NoPolicy
from git_feedback.jobs.simulating import (
    NoSuchPolicy,
    Simulation,
    from_the_start,
    judged_under,
    named_policy,
    simulated,
)
from git_feedback.model import Item
from git_feedback.policy import Edition, Keyword, Policy

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
RULES = "  - classify: {at: 2026-11-19T09:32:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}\n"
PERSON = "  - classify: {at: 2026-11-19T09:40:00+08:00, by: lin.wan, category: product/bug, urgency: 3, impact: 4}\n"


def edition(effective: str, answer: str = "8h") -> Edition:
    """The sample policy's edition with its first day and the target of first answers to P2."""
    found = policy().editions[-1]
    rules = tuple(
        rule.model_copy(update={"target": Duration.parse(answer)})
        if rule.clock == "respond" and "P2" in rule.level
        else rule
        for rule in found.rules
    )
    return replace(found, effective=date.fromisoformat(effective), rules=rules)


def with_editions(*editions: Edition) -> Policy:
    return replace(policy(), editions=editions)


def run(other: Policy, *items: Item, since: str | None = None, as_dated: bool = False) -> Simulation:
    first = date.fromisoformat(since) if since else None
    return simulated(items, policy(), other, NOW, since=first, as_dated=as_dated)


# ---- which policy is meant ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path / "反馈台", PAYMENT)


def test_a_policy_is_a_folder_one_that_holds_it_or_a_commit(desk: Sample) -> None:
    git(desk.root, "branch", "旧规则")
    for name in (f"{desk.root}/policy", f"{desk.root}/", str(desk.root), "旧规则", "HEAD"):
        assert named_policy(name, desk.git) == named_policy("HEAD", desk.git), name


def test_a_policy_folder_may_be_called_otherwise_and_be_a_link(desk: Sample, tmp_path: Path) -> None:
    (desk.root / "policy").rename(tmp_path / "草案")
    (tmp_path / "链接").symlink_to(tmp_path / "草案")
    assert named_policy(str(tmp_path / "草案"), desk.git) == named_policy(str(tmp_path / "链接"), desk.git)


@pytest.mark.parametrize("name", ["没有", "origin/没有", "--all", "HEAD:policy"])
def test_what_is_neither_is_said_to_be_none(desk: Sample, name: str) -> None:
    with pytest.raises(NoSuchPolicy):
        named_policy(name, desk.git)


def test_a_folder_and_a_commit_without_a_policy_are_none(desk: Sample, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    git(desk.root, "switch", "--quiet", "--orphan", "白板")
    git(desk.root, "commit", "--quiet", "--allow-empty", "--message=空")
    for name in (str(tmp_path / "空"), "白板"):
        with pytest.raises(NoSuchPolicy):
            named_policy(name, desk.git)


def test_what_is_wrong_with_it_is_placed_where_it_lies(desk: Sample, tmp_path: Path) -> None:
    desk.put(desk.text("policy/channels.yml") + "  - {id: fax}\n", "policy/channels.yml")
    for name, file in (("HEAD", "HEAD:policy/channels.yml"), (str(desk.root), f"{desk.root}/policy/channels.yml")):
        with pytest.raises(NoPolicy) as none:
            named_policy(name, desk.git)
        assert {problem.file for problem in none.value.problems} == {file}


# ---- which edition judges -------------------------------------------------------------------------------------------


def test_the_same_policy_on_both_sides_changes_nothing() -> None:
    found = run(policy(), item(), item(PAYMENT + "history:\n" + RULES))
    assert (found.replay.changes, found.always, found.rules_run) == ((), None, False)


def test_a_new_edition_judges_from_the_start_though_its_first_day_is_to_come() -> None:
    found = run(with_editions(*policy().editions, edition("2027-01-01", "30m")), item())
    assert found.always == date(2027, 1, 1)
    assert [change.after.clock("respond").state for change in found.replay.changes] == ["breached-open"]  # type: ignore[union-attr]


def test_as_dated_it_judges_nothing_before_its_day() -> None:
    found = run(with_editions(*policy().editions, edition("2027-01-01", "30m")), item(), as_dated=True)
    assert (found.replay.changes, found.always) == ((), None)


def test_of_several_new_editions_the_newest_judges() -> None:
    judging, always = from_the_start(
        policy(), with_editions(edition("2024-01-01", "1h"), edition("2025-01-01", "2h"), edition("2027-01-01", "3h"))
    )
    assert (judging.editions, always) == ((edition("2027-01-01", "3h"),), date(2027, 1, 1))


def test_editions_that_both_have_keep_their_dates_above_a_changed_older_one() -> None:
    old, now = edition("2024-01-01"), edition("2026-01-01", "6h")
    changed = edition("2024-01-01", "1h")
    judging, _ = from_the_start(with_editions(old, now), with_editions(changed, now))
    assert judging.editions == (changed, now)


def test_an_edition_that_is_left_out_leaves_the_others_with_their_dates() -> None:
    old, now = edition("2024-01-01"), edition("2026-01-01", "6h")
    assert from_the_start(with_editions(old, now), with_editions(old)) == (with_editions(old), None)


def test_a_review_and_another_name_of_a_level_make_no_new_edition() -> None:
    (found,) = policy().editions
    level = found.levels["P1"].model_copy(update={"name": found.levels["P0"].name})
    same = replace(found, reviewed=date(2026, 11, 1), levels={**found.levels, "P1": level})
    assert from_the_start(policy(), with_editions(edition("2023-01-01"), same))[1] == date(2023, 1, 1)
    assert from_the_start(policy(), with_editions(same))[1] is None


def test_since_counts_the_day_in_the_desks_zone() -> None:
    night = item(PAYMENT.replace("2026-11-19T09:31:00+08:00", "2026-11-18T16:30:00+00:00"))
    assert [run(policy(), night, since=day).replay.replayed for day in ("2026-11-19", "2026-11-20")] == [1, 0]


def test_what_comes_after_the_moment_is_not_replayed() -> None:
    assert (
        simulated([item()], policy(), policy(), datetime.fromisoformat("2026-11-19T09:00:00+08:00")).replay.replayed
        == 0
    )


def test_judged_under_says_of_an_item_what_the_simulation_says() -> None:
    other = with_editions(*policy().editions, edition("2027-01-01", "30m"))
    (change,) = run(other, item()).replay.changes
    assert judged_under([item()], policy(), other, NOW) == {item().id: change.after}


# ---- what the rules would have said ---------------------------------------------------------------------------------


def with_rule(category: str | None, *words: str) -> Policy:
    """A first rule of its own, or (None) no rules at all."""
    if category is None:
        return replace(policy(), rules=(), alarms=())
    rule = Keyword(id="new-rule", language="zh", words=words, category=category)
    return replace(policy(), rules=(rule, *policy().rules))


def classified(*history: str) -> Item:
    return item(PAYMENT + "history:\n" + "".join(history))


def test_a_new_rule_takes_the_place_of_what_the_rules_said_then() -> None:
    found = run(with_rule("complaint/safety", "系统繁忙"), classified(RULES))
    (change,) = found.replay.changes
    assert found.rules_run
    assert change.category == ("product/payment", "complaint/safety")
    assert change.level == ("P1", "P0")
    assert change.department == ("payments", "quality")
    assert change.owner == ("ji.nan", "qiu.yan")


def test_a_persons_word_stays() -> None:
    assert run(with_rule("complaint/safety", "系统繁忙"), classified(RULES, PERSON)).replay.changes == ()


def test_a_rule_that_no_text_fits_changes_nothing() -> None:
    assert run(with_rule("complaint/safety", "火星"), classified(RULES)).replay.changes == ()


def test_without_any_rule_what_they_classified_is_new_again() -> None:
    (change,) = run(with_rule(None), classified(RULES)).replay.changes
    assert (change.category, change.after.state.life) == (("product/payment", ""), "new")


def test_what_no_rule_decided_is_decided_on_landing_by_one_that_fits() -> None:
    plain = item(
        PAYMENT.replace("支付页面报错", "上次那件事").replace(
            "付款到最后一步提示“系统繁忙”,已经试了三次。", "还是老样子"
        )
    )
    (change,) = run(with_rule("other/suggestion", "老样子"), plain).replay.changes
    assert change.level == ("", "P3")
    assert change.after.item.history[0].at == plain.received


def test_what_triage_has_not_come_to_yet_is_no_change() -> None:
    assert run(with_rule("complaint/safety", "系统繁忙"), item()).replay.changes == ()


def test_another_urgency_of_the_category_reclassifies_without_any_new_word() -> None:
    milder = policy().categories["product/payment"].model_copy(update={"urgency": 3, "impact": 3})
    other = replace(policy(), categories={**policy().categories, "product/payment": milder})
    (change,) = run(other, classified(RULES)).replay.changes
    assert change.level == ("P1", "P2")


def test_another_order_of_rules_and_other_negations_are_looked_through_too() -> None:
    for other in (
        replace(with_rule("complaint/safety", "系统繁忙"), negations={"zh": ("提示",), "en": ()}),
        replace(policy(), rules=tuple(reversed(policy().rules)), negations=policy().negations),
    ):
        assert run(other, classified(RULES)).rules_run


def test_a_category_that_only_moves_asks_no_rule_and_takes_the_item_along() -> None:
    there = policy().categories["product/payment"].model_copy(update={"department": "support"})
    found = run(replace(policy(), categories={**policy().categories, "product/payment": there}), classified(RULES))
    assert not found.rules_run
    assert [change.department for change in found.replay.changes] == [("payments", "support")]


def test_the_replayed_item_keeps_every_other_event_in_its_place() -> None:
    note = "  - note: {at: 2026-11-19T09:31:30+08:00, by: he.miao}\n    text: 顾客来电\n"
    (change,) = run(with_rule("complaint/safety", "系统繁忙"), classified(note, RULES)).replay.changes
    before, after = change.before.item.history, change.after.item.history
    assert [(event.verb, event.at) for event in after] == [(event.verb, event.at) for event in before]
    assert after[0] == before[0]


def test_another_negation_alone_may_change_what_the_rules_say() -> None:
    ours = with_rule("complaint/safety", "系统繁忙")
    other = replace(ours, negations={**ours.negations, "zh": (*ours.negations["zh"], "提示")})
    danger = RULES.replace("product/payment, urgency: 4, impact: 4", "complaint/safety, urgency: 5, impact: 5")
    (change,) = simulated([classified(danger)], ours, other, NOW).replay.changes
    assert change.category == ("complaint/safety", "product/payment")


def test_a_persons_word_counts_from_when_it_was_given() -> None:
    found = simulated(
        [classified(RULES, PERSON)],
        policy(),
        with_rule("complaint/safety", "系统繁忙"),
        datetime.fromisoformat("2026-11-19T09:35:00+08:00"),
    )
    assert [change.category for change in found.replay.changes] == [("product/payment", "complaint/safety")]


def test_what_a_form_chose_stays_chosen_when_the_words_of_alarms_are_taken_away() -> None:
    history = (
        "history:\n"
        "  - classify: {at: 2026-11-19T09:31:05+08:00, by: intake, category: product/instructions, urgency: 2, impact: 2}\n"
        "  - classify: {at: 2026-11-19T09:32:00+08:00, by: rules, category: product/instructions, urgency: 5, impact: 5}\n"
        '    because: "keyword 起火; rule danger-zh: urgency 5, impact 5"\n'
    )
    one = item(PAYMENT.replace("支付页面报错", "照说明书接线起火了") + history)
    without = replace(policy(), alarms=tuple(rule for rule in policy().alarms if rule.id != "danger-zh"))
    (change,) = run(without, one).replay.changes
    assert (change.category, change.level) == (("product/instructions",) * 2, ("P0", "P3"))
