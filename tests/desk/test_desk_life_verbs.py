"""Planning, parting, setting aside, linking, thanking, taking back and second handling: what each verb does and refuses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from git_feedback import i18n
from git_feedback.clock import parse_moment
from git_feedback.desk import Refusal, act, ordered, sla, state, states
from git_feedback.model import Event, Item, Submitter
from git_feedback.model import events as ev
from git_feedback.policy import Policy

MORNING = parse_moment("2026-03-10T09:00:00+08:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SELF, TWIN, PART = "Q260310-0000012", "Q260310-000000C", "Q260310-000002G"
DIRECTOR, OWNER, LEAD, AGENT, READER = "gu.heng", "fang.yu", "mara.lind", "xu.bei", "wen.jing"
Step = tuple[str, str, dict[str, Any]]
"""A verb, who does it, and with what."""

CLASSIFY: Step = ("classify", DIRECTOR, {"category": "product/bug"})
HEAVY: Step = ("classify", DIRECTOR, {"category": "product/bug", "urgency": 5, "impact": 5})
ASSIGN: Step = ("assign", DIRECTOR, {"department": "app", "owner": OWNER})
ACCEPT: Step = ("accept", OWNER, {})
ASK: Step = ("ask", OWNER, {"question": "请问手机型号？", "missing": ("device",)})
MESSAGE: Step = ("message", OWNER, {"text": "怎么还没好？"})
RESOLVE: Step = ("resolve", OWNER, {"result": "已发布 3.2.1"})
REVIEW: Step = ("review", LEAD, {"verdict": "pass"})
REPLY: Step = ("reply", LEAD, {"text": "您好，请更新到 3.2.1。"})
CLOSE: Step = ("close", LEAD, {})
DUPLICATE: Step = ("duplicate", LEAD, {"of": TWIN})
UNSATISFIED: Step = ("reopen", AGENT, {"kind": "unsatisfied", "reason": "还是闪退"})
TAKEN = (CLASSIFY, ASSIGN, ACCEPT)
ANSWERED = (*TAKEN, RESOLVE, REVIEW, REPLY)


def _item(**facts: Any) -> Item:
    told = {"channel": "app", "title": "付款时闪退 Crash at checkout", "text": "系统繁忙", "received": MORNING, **facts}
    return Item(id=SELF, **told)


def _later(item: Item) -> datetime:
    return ordered(item.history)[-1].at + HOUR if item.history else item.received + HOUR


def _event(step: Step, item: Item, policy: Policy, now: datetime | None = None) -> Event:
    verb, by, args = step
    found = act(verb, item, policy, now or _later(item), by, args)
    assert not isinstance(found, Refusal), found.said("zh")
    return found


def _can(step: Step, item: Item, policy: Policy, now: datetime | None = None) -> bool:
    return _event(step, item, policy, now).by == step[1]


def _after(item: Item, policy: Policy, *steps: Step) -> Item:
    """The item after these steps, one an hour."""
    for step in steps:
        item = item.model_copy(update={"history": (*item.history, _event(step, item, policy))})
    return item


def _refused(step: Step, item: Item, policy: Policy, code: str, *named: str, now: datetime | None = None) -> Refusal:
    """The refusal, which gives its reason and these words in both languages."""
    verb, by, args = step
    found = act(verb, item, policy, now or _later(item), by, args)
    assert isinstance(found, Refusal), found
    assert found.code == code
    for language in i18n.LANGUAGES:
        said = found.said(language)
        assert all(word in said for word in named), said
        assert not any(gap in said for gap in ("{", "None", "()", " .", "；。", " 。")), said
    return found


def _retract(by: str, **what: Any) -> Step:
    return "retract", by, {"because": "写错了反馈", **what}


def _looks(item: Item, policy: Policy, now: datetime) -> Any:
    """Its state and all of its clocks."""
    return state(item, policy, now), list(sla.clocks(item, policy, now))


def _stand(item: Item, policy: Policy) -> Any:
    return state(item, policy, _later(item))


# ---- plan, split, snooze, exempt ---------------------------------------------------------------------------------------


def test_a_plan_says_what_by_when_and_by_whom_and_a_later_one_replaces_it(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN, ("plan", OWNER, {"what": "更换固件", "due": "2026-03-12"}))
    assert _stand(item, policy).planned == ("更换固件", date(2026, 3, 12), OWNER)
    assert _stand(item, policy).life == "accepted"
    item = _after(item, policy, ("plan", LEAD, {"what": "换收银机"}))
    assert _stand(item, policy).planned == ("换收银机", None, LEAD)


def test_a_plan_after_a_rules_word_is_an_assessment(policy: Policy) -> None:
    item = _after(_item(), policy, ("classify", "rules", {"category": "product/bug", "urgency": 5, "impact": 5}))
    assert _clock(item, policy, "assess").state == "running"
    item = _after(item, policy, ("plan", OWNER, {"what": "更换固件"}))
    assert _clock(item, policy, "assess").state == "met"


def test_a_plan_says_what_and_is_made_by_the_owner_or_a_leader_once_it_is_triaged(policy: Policy) -> None:
    taken = _after(_item(), policy, *TAKEN)
    _refused(("plan", OWNER, {"due": "2026-03-12"}), taken, policy, "missing-field", "what")
    _refused(("plan", AGENT, {"what": "更换固件"}), taken, policy, "not-allowed-to", AGENT, OWNER)
    refusal = _refused(("plan", DIRECTOR, {"what": "更换固件"}), _item(), policy, "not-now", "plan", "classify")
    assert "plan" not in refusal.legal


def test_a_split_names_the_items_that_carry_on_each_once(policy: Policy) -> None:
    item = _after(_item(), policy, CLASSIFY, ("split", AGENT, {"into": (PART,)}))
    item = _after(item, policy, ("split", AGENT, {"into": (PART, TWIN)}))
    assert _stand(item, policy).split_into == (PART, TWIN)
    assert _stand(item, policy).life == "triaged"


def test_a_split_is_into_other_items_while_work_goes_on(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    _refused(("split", AGENT, {}), item, policy, "split-into-nothing", "--into")
    _refused(("split", AGENT, {"into": (PART, SELF)}), item, policy, "split-into-itself")
    _refused(("split", AGENT, {"into": ("Q1",)}), item, policy, "bad-id", "Q1")
    _refused(("split", READER, {"into": (PART,)}), item, policy, "not-your-role", READER, "handler")
    _refused(("split", AGENT, {"into": (PART,)}), _after(item, policy, RESOLVE), policy, "not-now", "split")


def test_snoozed_until_a_day_the_clocks_run_on(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    moment = _later(item) + DAY
    before = sla.clocks(item, policy, moment)
    item = _after(item, policy, ("snooze", OWNER, {"until": "2026-03-20", "because": "配件那天到"}))
    assert _stand(item, policy).snoozed_until == date(2026, 3, 20)
    assert list(sla.clocks(item, policy, moment)) == list(before)


@pytest.mark.parametrize("verb", ["snooze", "exempt"])
def test_setting_aside_ends_on_a_later_day_of_the_desk_and_says_why(verb: str, policy: Policy) -> None:
    item = _after(_item(), policy, CLASSIFY)
    args = {"clock": "resolve"} if verb == "exempt" else {}
    because = {"because": "等待新规"}
    today = datetime.fromisoformat("2026-03-10T23:30:00+00:00")  # the eleventh in Shanghai
    _refused(
        (verb, DIRECTOR, {**args, **because, "until": "2026-03-11"}), item, policy, "not-ahead", "2026-03-11", now=today
    )
    assert _can((verb, DIRECTOR, {**args, **because, "until": "2026-03-12"}), item, policy, today)
    _refused((verb, DIRECTOR, {**args, "until": "2026-03-12"}), item, policy, "missing-field", "because")
    _refused((verb, DIRECTOR, {**args, **because}), item, policy, "missing-field", "until")
    _refused((verb, DIRECTOR, {**args, **because, "until": "下周"}), item, policy, "bad-day", "下周")


def test_an_exception_is_for_one_clock_and_the_verdict_stays(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    moment = MORNING + 30 * DAY
    before = sla.clocks(item, policy, moment)
    steps = [
        ("exempt", DIRECTOR, {"clock": clock, "until": "2026-05-01", "because": "新规"})
        for clock in ("resolve", "reply")
    ]
    item = _after(item, policy, *steps)
    assert dict(_stand(item, policy).exempt) == dict.fromkeys(("resolve", "reply"), date(2026, 5, 1))
    assert list(sla.clocks(item, policy, moment)) == list(before)
    assert _clock(item, policy, "resolve", moment).state == "breached-open"


def test_an_exception_is_a_managers_and_for_a_clock_that_there_is(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    wish = {"clock": "resolve", "until": "2026-05-01", "because": "新规"}
    _refused(("exempt", OWNER, wish), item, policy, "not-your-role", OWNER, "manager")
    _refused(("exempt", LEAD, wish), item, policy, "not-your-role", LEAD)
    _refused(("exempt", DIRECTOR, {**wish, "clock": "sunset"}), item, policy, "no-such-clock", "sunset", "resolve")
    _refused(("exempt", DIRECTOR, {**wish, "clock": None}), item, policy, "missing-field", "clock")


# ---- copy, link, unlink ------------------------------------------------------------------------------------------------


def test_a_copy_goes_to_other_departments_each_once_and_the_item_stays_where_it_is(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN, ("copy", READER, {"to": ("brand",)}))
    item = _after(item, policy, ("copy", READER, {"to": ("quality", "brand")}))
    found = _stand(item, policy)
    assert (found.copied_to, found.department, found.owner) == (("brand", "quality"), "app", OWNER)


def test_a_copy_goes_to_some_other_department_that_there_is(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    _refused(("copy", READER, {}), item, policy, "copy-to-none", "--to")
    _refused(("copy", READER, {"to": ("app",)}), item, policy, "copy-to-nobody", "app")
    _refused(("copy", READER, {"to": ("moon",)}), item, policy, "no-such-department", "moon")


def test_what_is_linked_is_there_until_it_is_unlinked(policy: Policy) -> None:
    item = _after(_item(), policy, ("link", READER, {"kind": "commit", "to": "3f9a2b1"}))
    item = _after(item, policy, *2 * (("link", READER, {"kind": "issue", "to": "app#12"}),))
    assert _stand(item, policy).links == (("commit", "3f9a2b1"), ("issue", "app#12"))
    item = _after(item, policy, ("unlink", READER, {"kind": "commit", "to": "3f9a2b1"}))
    assert _stand(item, policy).links == (("issue", "app#12"),)


def test_what_is_not_linked_cannot_be_unlinked(policy: Policy) -> None:
    wish = {"kind": "issue", "to": "app#13"}
    _refused(("unlink", READER, wish), _item(), policy, "nothing-linked", SELF)
    _refused(("unlink", READER, {}), _item(), policy, "nothing-linked", SELF)
    linked = _after(_item(), policy, ("link", READER, {"kind": "issue", "to": "app#12"}))
    _refused(("unlink", READER, wish), linked, policy, "no-such-link", "issue app#13", "issue app#12")
    _refused(("unlink", READER, {}), linked, policy, "missing-field", "kind")
    merged = _after(linked, policy, CLASSIFY, DUPLICATE)
    other = ("unlink", READER, {"kind": "duplicate", "to": PART})
    _refused(other, merged, policy, "no-such-link", f"duplicate {TWIN}")


@pytest.mark.parametrize(
    "steps",
    [
        (CLASSIFY,),
        (CLASSIFY, ASSIGN),
        TAKEN,
        (*TAKEN, ASK),
        (CLASSIFY, ASSIGN, ("return", OWNER, {"reason": "不归移动端"})),
        (*ANSWERED, ("reopen", AGENT, {"kind": "recurring"})),
    ],
    ids=lambda steps: steps[-1][0],
)
def test_a_duplicate_that_was_none_stands_where_it_stood_before(steps: Sequence[Step], policy: Policy) -> None:
    before = _after(_item(), policy, *steps)
    merged = _after(before, policy, DUPLICATE)
    assert _stand(merged, policy).duplicate_of == TWIN
    again = _after(merged, policy, ("unlink", READER, {}))
    unlinked = again.history[-1]
    assert isinstance(unlinked, ev.Unlink) and (unlinked.kind, unlinked.to) == ("duplicate", TWIN)
    assert _stand(again, policy) == _stand(before, policy)._replace(since=unlinked.at)


def test_clocks_of_a_duplicate_that_was_none_go_on_without_the_time_in_between(policy: Policy) -> None:
    """Answers that were awaited are awaited again: merged on Tuesday at 13:00 and apart on Thursday at 13:00."""
    before = _after(_item(), policy, *TAKEN, ASK, MESSAGE)
    merged = _after(before, policy, DUPLICATE)
    two_days = merged.history[-1].at + 2 * DAY
    step: Step = ("unlink", READER, {})
    again = merged.model_copy(update={"history": (*merged.history, _event(step, merged, policy, two_days))})
    for name in ("resolve", "reply", "info", "update"):
        assert _clock(merged, policy, name).state == "cancelled"
        old, new = _clock(before, policy, name, merged.history[-1].at), _clock(again, policy, name, two_days)
        assert (new.elapsed, new.state) == (old.elapsed, old.state), name
    answered = _after(again, policy, ("supply", OWNER, {"text": "iPhone 15"}), ("respond", OWNER, {"text": "您好。"}))
    assert _clock(answered, policy, "resolve").state == "running"
    assert _clock(answered, policy, "update").state == _clock(answered, policy, "info").state == "met"


def test_merged_parted_and_merged_again_it_stands_where_it_stood_last(policy: Policy) -> None:
    unlink: Step = ("unlink", READER, {})
    item = _after(_item(), policy, CLASSIFY, DUPLICATE, unlink, ASSIGN, DUPLICATE, unlink)
    assert _stand(item, policy).life == "assigned"
    second_undone = _after(item, policy, _retract(DIRECTOR, what="unlink"))
    assert _stand(second_undone, policy).life == "duplicate"


# ---- reward, notify, correct -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        ("reward", AGENT, {"kind": "points", "amount": 200}),
        ("reward", DIRECTOR, {"kind": "prize", "draw": "2026-03"}),
        ("notify", READER, {"about": "progress"}),
        ("correct", AGENT, {"field": "title", "because": "打错字"}),
        ("link", READER, {"kind": "measure", "to": "M26-1"}),
    ],
    ids=lambda step: step[0],
)
def test_what_only_tells_changes_neither_state_nor_clocks(step: Step, policy: Policy) -> None:
    before = _after(_item(), policy, *TAKEN, RESOLVE)
    after = _after(before, policy, step)
    moment = _later(after)
    assert state(after, policy, moment)._replace(links=()) == state(before, policy, moment)
    assert list(sla.clocks(after, policy, moment)) == list(sla.clocks(before, policy, moment))


def test_a_message_goes_by_the_channel_of_the_item_unless_another_is_named(policy: Policy) -> None:
    own = _event(("notify", READER, {"about": "reminder"}), _item(), policy)
    named = _event(("notify", READER, {"about": "reminder", "channel": "phone"}), _item(), policy)
    assert [one.model_dump()["channel"] for one in (own, named)] == ["app", "phone"]
    _refused(("notify", READER, {"about": "reminder", "channel": "fax"}), _item(), policy, "no-such-channel", "fax")
    _refused(("notify", READER, {"about": "weather"}), _item(), policy, "not-allowed", "weather", "reminder")


def test_thanks_are_given_by_some_and_while_they_mean_something(policy: Policy) -> None:
    points: Step = ("reward", AGENT, {"kind": "points", "amount": 200})
    _refused(("reward", READER, points[2]), _item(), policy, "not-your-role", READER)
    _refused(("reward", AGENT, {"kind": "points", "amount": 0}), _item(), policy, "out-of-range", "amount")
    _refused(points, _after(_item(), policy, ("reject", AGENT, {"kind": "spam"})), policy, "not-now", "reward")


def test_only_a_field_of_the_submission_is_corrected_and_only_by_some(policy: Policy) -> None:
    because = {"because": "打错字"}
    for field in ("history", "id", "owner"):
        _refused(("correct", AGENT, {"field": field, **because}), _item(), policy, "no-such-field", field, "title")
    _refused(("correct", AGENT, because), _item(), policy, "missing-field", "field")
    _refused(("correct", "tang.li", {"field": "title", **because}), _item(), policy, "not-your-role", "tang.li")


# ---- retract -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "wrong", "after"),
    [
        ((CLASSIFY, ASSIGN), ACCEPT, ()),
        (TAKEN, ("respond", OWNER, {"text": "您好。", "progress": True}), ()),
        ((CLASSIFY, ASSIGN), ("respond", OWNER, {"text": "您好。"}), (ACCEPT,)),
        (TAKEN, RESOLVE, ()),
        ((), CLASSIFY, ()),
        ((("classify", "rules", {"category": "praise/staff"}),), CLASSIFY, (ASSIGN, ACCEPT)),
        ((CLASSIFY,), ASSIGN, (MESSAGE,)),
        ((*TAKEN, MESSAGE), ASK, (("plan", OWNER, {"what": "x"}),)),
        ((*TAKEN, ASK), ("supply", OWNER, {"text": "iPhone 15"}), ()),
        ((*TAKEN, ASK, MESSAGE), DUPLICATE, ()),
        ((*TAKEN, ASK, MESSAGE, DUPLICATE), ("unlink", LEAD, {}), ()),
        (TAKEN, ("escalate", LEAD, {"because": "第三次来电"}), (RESOLVE,)),
        (ANSWERED, UNSATISFIED, ()),
        (ANSWERED, CLOSE, (("follow-up", AGENT, {"verdict": "satisfied", "csat": 5}),)),
        (TAKEN, ("link", LEAD, {"kind": "issue", "to": "app#12"}), (RESOLVE, REVIEW)),
    ],
    ids=lambda given: given[0] if given and isinstance(given[0], str) else "",
)
def test_retracted_it_is_as_if_it_had_never_been(
    before: Sequence[Step], wrong: Step, after: Sequence[Step], policy: Policy
) -> None:
    """State, since when, every clock: those of an item that lived through the rest at the same moments."""
    item = _after(_item(), policy, *before, wrong, *after)
    mistake = item.history[len(before)]
    told = _after(item, policy, _retract(DIRECTOR, what=mistake.verb, when=mistake.at))
    rest = item.model_copy(update={"history": tuple(one for one in item.history if one is not mistake)})
    moment = _later(told) + DAY
    assert _looks(told, policy, moment) == _looks(rest, policy, moment) != _looks(item, policy, moment)
    assert mistake in told.history and len(told.history) == len(item.history) + 1


def test_of_two_mistakes_both_are_taken_back(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN, RESOLVE)
    told = _after(item, policy, _retract(OWNER), _retract(OWNER))
    assert [one.what for one in told.history if isinstance(one, ev.Retract)] == ["resolve", "accept"]
    start = _after(_item(), policy, CLASSIFY, ASSIGN)
    moment = _later(told)
    assert _looks(told, policy, moment) == _looks(start, policy, moment)


def test_forty_mistakes_one_after_the_other_are_taken_back(policy: Policy) -> None:
    """Telling anew what was told anew already would take longer than anybody waits."""
    item = _after(_item(), policy, CLASSIFY, ASSIGN)
    start = item
    for _ in range(40):
        item = _after(item, policy, ACCEPT, _retract(OWNER))
    moment = _later(item)
    assert _looks(item, policy, moment) == _looks(start, policy, moment)


def test_after_a_retraction_life_goes_on_from_where_it_stood(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN, _retract(OWNER), ACCEPT, RESOLVE)
    assert _stand(item, policy).life == "resolved"
    found = states(item, policy, ordered(item.history))
    assert [one.life for one in found] == ["new", "triaged", "assigned", "accepted", "assigned", "accepted", "resolved"]


def test_without_saying_which_the_newest_that_still_counts_is_meant_and_never_a_reminder(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    told = {"clock": "resolve", "cycle": 1, "rungs": (50,), "addressee": OWNER, "channel": "drafts", "since": MORNING}
    item = _after(item, policy, ("alarm", "nightly", told))
    newest = _event(_retract(OWNER), item, policy)
    accepted = item.history[2]
    assert isinstance(newest, ev.Retract) and (newest.what, newest.when) == ("accept", accepted.at)
    of_verb = _event(_retract(DIRECTOR, what="classify"), item, policy)
    assert isinstance(of_verb, ev.Retract) and of_verb.when == item.history[0].at


@pytest.mark.parametrize("by", [OWNER, LEAD, "he.miao", DIRECTOR])
def test_an_event_is_taken_back_by_whoever_wrote_it_or_leads(by: str, policy: Policy) -> None:
    assert _can(_retract(by), _after(_item(), policy, *TAKEN), policy)


def test_others_take_nothing_back_and_hear_whom_to_ask(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    for by in (AGENT, READER, "ji.nan"):
        _refused(_retract(by), item, policy, "retract-by-author", by, OWNER)
    by_rules = _after(_item(), policy, ("classify", "rules", {"category": "product/bug"}))
    _refused(_retract(AGENT), by_rules, policy, "retract-by-lead", AGENT, "rules")


def test_what_is_not_there_or_was_taken_back_before_is_not_taken_back(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    accepted = item.history[-1].at
    _refused(_retract(DIRECTOR), _item(), policy, "nothing-to-retract", SELF)
    _refused(_retract(DIRECTOR, what="close"), item, policy, "no-such-event", "close", accepted.isoformat())
    elsewhen = _retract(DIRECTOR, what="accept", when="2026-03-10T09:00:00+08:00")
    _refused(elsewhen, item, policy, "no-such-event", "accept 2026-03-10T09:00:00+08:00")
    _refused(_retract(DIRECTOR, what="accept", when="gestern"), item, policy, "no-such-event", "gestern")
    told = _after(item, policy, _retract(OWNER))
    _refused(_retract(OWNER, what="accept", when=accepted.isoformat()), told, policy, "retracted-already")
    _refused(_retract(OWNER, what="retract"), told, policy, "no-such-event")
    _refused(("retract", OWNER, {}), item, policy, "missing-field", "because")


# ---- second handling ---------------------------------------------------------------------------------------------------


def test_not_satisfied_it_is_the_next_rungs_and_one_level_up(policy: Policy) -> None:
    first = _after(_item(), policy, *ANSWERED)
    again = _after(first, policy, UNSATISFIED)
    before, after = _stand(first, policy), _stand(again, policy)
    assert (after.owner, after.first_solver, after.unsatisfied) == (LEAD, OWNER, 1)
    assert (before.level, after.level, after.life) == ("P2", "P1", "reopened")
    assert _clock(again, policy, "second").state == "running"


@pytest.mark.parametrize("by", [OWNER, "lin.wan", "he.miao"])
@pytest.mark.parametrize("verb", ["accept", "resolve"])
def test_only_who_stands_above_the_first_solver_takes_over_and_solves(verb: str, by: str, policy: Policy) -> None:
    again = _after(_item(), policy, *ANSWERED, UNSATISFIED)
    args = {"result": "已修复"} if verb == "resolve" else {}
    if by == OWNER:
        refusal = _refused((verb, by, args), again, policy, "second-by-higher", OWNER, LEAD)
        assert "legal" not in refusal.said("en")
    else:
        assert _can((verb, by, args), again, policy)


def test_an_equal_in_rank_does_not_take_over(policy: Policy) -> None:
    again = _after(_item(), policy, *ANSWERED, UNSATISFIED)
    _refused(("accept", "qiu.yan", {}), again, policy, "second-by-higher", "qiu.yan", OWNER, LEAD)


def test_nobody_is_given_a_second_handling_that_they_could_not_take_on(policy: Policy) -> None:
    again = _after(_item(), policy, *ANSWERED, UNSATISFIED)
    for owner in (OWNER, "tang.li"):
        to = {"department": "app", "owner": owner}
        _refused(("assign", DIRECTOR, to), again, policy, "second-by-higher", owner, LEAD)
    assert _can(("assign", DIRECTOR, {"department": "app", "owner": "shen.mu"}), again, policy)


def test_what_can_be_done_names_no_step_that_is_somebody_elses(policy: Policy) -> None:
    again = _after(_item(), policy, *ANSWERED, UNSATISFIED)
    hers = _refused(("supply", LEAD, {"text": "x"}), again, policy, "not-now")
    his = _refused(("supply", OWNER, {"text": "x"}), again, policy, "not-now")
    assert {"accept", "resolve"} <= set(hers.legal)
    assert not {"accept", "resolve"} & set(his.legal)
    urgent = _after(_item(), policy, HEAVY, *ANSWERED[1:])
    assert "close" in _refused(("supply", LEAD, {"text": "x"}), urgent, policy, "not-now").legal
    assert "close" not in _refused(("supply", OWNER, {"text": "x"}), urgent, policy, "not-now").legal


def test_the_second_solution_is_reviewed_like_the_first_and_by_somebody_else(policy: Policy) -> None:
    again = _after(_item(), policy, *ANSWERED, UNSATISFIED, ("resolve", LEAD, {"result": "已修复"}))
    assert "review" in _refused(("reply", DIRECTOR, REPLY[2]), again, policy, "not-now", "reply").legal
    _refused(REVIEW, again, policy, "review-by-another", LEAD)
    done = _after(again, policy, ("review", DIRECTOR, {"verdict": "pass"}), REPLY)
    assert _clock(done, policy, "second").state in ("met", "breached")
    assert _stand(done, policy).life == "replied"


def test_not_satisfied_again_it_is_the_top_rungs(policy: Policy) -> None:
    second = (("resolve", LEAD, {"result": "已修复"}), ("review", "shen.mu", {"verdict": "pass"}), REPLY)
    again = _after(_item(), policy, *ANSWERED, UNSATISFIED, *second, UNSATISFIED)
    found = _stand(again, policy)
    assert (found.owner, found.first_solver, found.unsatisfied, found.raised) == (DIRECTOR, LEAD, 2, 2)
    _refused(("accept", LEAD, {}), again, policy, "second-by-higher", LEAD, DIRECTOR)
    solved = _after(again, policy, ("accept", DIRECTOR, {}), ("resolve", DIRECTOR, {"result": "已赔偿"}))
    assert _stand(solved, policy).life == "resolved"


def test_what_the_director_solved_first_somebody_else_at_the_top_can_still_take_over(policy: Policy) -> None:
    solved: Sequence[Step] = (
        CLASSIFY,
        ASSIGN,
        ("accept", DIRECTOR, {}),
        ("resolve", DIRECTOR, {"result": "已修复"}),
        REVIEW,
        REPLY,
    )
    again = _after(_item(), policy, *solved, UNSATISFIED)
    assert _stand(again, policy).owner == "he.miao"
    _refused(("accept", LEAD, {}), again, policy, "second-by-higher", DIRECTOR, "he.miao")
    _refused(("accept", DIRECTOR, {}), again, policy, "second-by-higher", DIRECTOR)
    assert _stand(_after(again, policy, ("accept", "he.miao", {})), policy).life == "accepted"


def test_what_was_answered_by_the_short_lane_goes_above_its_owner_too(policy: Policy) -> None:
    praise = ("classify", DIRECTOR, {"category": "praise/staff"})
    item = _after(_item(), policy, praise, ASSIGN, ACCEPT, ("reply", OWNER, {"text": "谢谢！"}), UNSATISFIED)
    assert (_stand(item, policy).owner, _stand(item, policy).first_solver) == (LEAD, OWNER)
    _refused(ACCEPT, item, policy, "second-by-higher", OWNER, LEAD)


def test_reopened_for_another_reason_it_stays_with_its_owner(policy: Policy) -> None:
    for kind in ("recurring", "mistake"):
        item = _after(_item(), policy, *ANSWERED, CLOSE, ("reopen", AGENT, {"kind": kind}), ACCEPT)
        assert (_stand(item, policy).owner, _stand(item, policy).first_solver) == (OWNER, None)


# ---- who ---------------------------------------------------------------------------------------------------------------


def test_what_is_most_urgent_is_closed_by_a_lead_or_above_and_the_rest_by_anybody(policy: Policy) -> None:
    urgent, plain = (_after(_item(), policy, first, *ANSWERED[1:]) for first in (HEAVY, CLASSIFY))
    for by in (OWNER, AGENT, READER):
        _refused(("close", by, {}), urgent, policy, "close-by-lead", by, "P0")
        assert _can(("close", by, {}), plain, policy)
    for by in (LEAD, "shen.mu", "he.miao", DIRECTOR):
        assert _can(("close", by, {}), urgent, policy)


def test_what_is_most_urgent_and_anonymous_is_closed_without_a_reply_but_by_a_lead(policy: Policy) -> None:
    item = _after(_item(submitter=Submitter(kind="anonymous")), policy, HEAVY, ASSIGN, ACCEPT, RESOLVE, REVIEW)
    _refused(("close", OWNER, {}), item, policy, "close-by-lead", OWNER)
    assert _can(CLOSE, item, policy)


@pytest.mark.parametrize(
    "step", [("plan", "x", {"what": "更换固件"}), ("snooze", "x", {"until": "2026-12-01", "because": "配件"})]
)
def test_a_deputy_plans_and_sets_aside_for_an_owner_on_leave_and_on_no_other_day(step: Step, policy: Policy) -> None:
    """tang.li is away from 18 to 20 November 2026; the deputy is made a handler who leads nobody."""
    deputy = policy.people["tang.li"].deputy or ""
    plain = policy.people[deputy].model_copy(update={"roles": ("handler",)})
    rules = replace(policy, people={**policy.people, deputy: plain})
    item = _item(received=parse_moment("2026-11-17T09:00:00+08:00"))
    item = _after(item, rules, CLASSIFY, ("assign", DIRECTOR, {"department": "logistics", "owner": "tang.li"}))
    verb, _, args = step
    _refused((verb, deputy, args), item, rules, "not-allowed-to", deputy, "tang.li")
    leave = [parse_moment(f"2026-11-{day}T09:00:00+08:00") for day in (18, 20)]
    assert all(_event((verb, deputy, args), item, rules, moment).by == deputy for moment in leave)
    back = parse_moment("2026-11-21T09:00:00+08:00")
    _refused((verb, deputy, args), item, rules, "not-allowed-to", now=back)


def test_roles_are_those_of_the_people_file(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    wish: Step = ("exempt", READER, {"clock": "resolve", "until": "2026-05-01", "because": "新规"})
    _refused(wish, item, policy, "not-your-role")
    promoted = policy.people[READER].model_copy(update={"roles": ("head",)})
    assert _can(wish, item, replace(policy, people={**policy.people, READER: promoted}))


def test_what_was_never_over_is_not_reopened_too_late_but_not_at_all(policy: Policy) -> None:
    item = _after(_item(), policy, *TAKEN)
    refusal = _refused(
        ("reopen", AGENT, {"kind": "recurring"}), item, policy, "not-now", "reopen", now=MORNING + 60 * DAY
    )
    assert "note" in refusal.legal


def _clock(item: Item, policy: Policy, name: str, now: datetime | None = None) -> Any:
    """The newest cycle of a clock, now or an hour after the last event."""
    found = [one for one in sla.clocks(item, policy, now or _later(item)) if one.name == name]
    assert found, f"no clock {name}"
    return found[-1]
