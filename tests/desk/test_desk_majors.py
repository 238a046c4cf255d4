"""The top level needs a permission: who may give it and take it away, who is asked, and what nobody has confirmed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.sample_desk import NOW, item, policy

from git_feedback.desk import Refusal, act, standings
from git_feedback.desk.majors import to_confirm, whom_to_ask
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy.triage_files import Major, TriageFile

MOMENT = datetime.fromisoformat(NOW)
HOUR = timedelta(hours=1)
POLICY = policy()
MAJOR = Major(levels=("P0",), needs="lead")
TOP = {"category": "product/payment", "urgency": "5", "impact": "5"}
LOWER = {"category": "product/payment", "urgency": "4", "impact": "4"}
AGENT, HANDLER, COORDINATOR, LEAD, DIRECTOR = "xu.bei", "tang.li", "ji.nan", "lin.wan", "gu.heng"


def told(*events: Event, **changed: object) -> Item:
    return item().model_copy(update={"history": events, **changed})


def said(by: str, urgency: int = 5, impact: int = 5, hours: int = 2) -> ev.Classify:
    return ev.Classify(at=MOMENT - hours * HOUR, by=by, category="product/payment", urgency=urgency, impact=impact)


def refused(one: Item, by: str, args: dict[str, str]) -> Refusal:
    found = act("classify", one, POLICY, MOMENT, by, args)
    assert isinstance(found, Refusal), found
    return found


def test_the_people_of_these_tests_have_the_roles_they_stand_for() -> None:
    roles = {person: POLICY.people[person].roles for person in (AGENT, HANDLER, COORDINATOR, LEAD, DIRECTOR)}
    assert "lead" in roles[LEAD]
    assert "director" in roles[DIRECTOR]
    assert not {"lead", "head", "manager", "director"} & {*roles[AGENT], *roles[HANDLER], *roles[COORDINATOR]}
    assert "handler" in roles[HANDLER]


@pytest.mark.parametrize("by", [AGENT, HANDLER, COORDINATOR])
def test_who_does_not_lead_cannot_give_the_top_level(by: str) -> None:
    assert refused(told(), by, TOP).code in ("major-up", "major-up-ask")


@pytest.mark.parametrize("by", [LEAD, DIRECTOR, "rules", "model", "intake"])
def test_who_leads_and_machines_may_give_it(by: str) -> None:
    assert isinstance(act("classify", told(), POLICY, MOMENT, by, TOP), ev.Classify)


def test_the_way_out_is_to_escalate_or_to_ask_the_departments_lead() -> None:
    found = refused(told(), HANDLER, TOP)
    assert found.said("zh") == (
        f"tang.li 不能定为 P0，这需要 lead 或更高的角色；请先定低一级再升级（git feedback escalate {told().id} --because ...），"
        f"或请 {'、'.join(found.values['who'])} 来定。"  # type: ignore[arg-type]
    )
    assert found.values["who"][0] == LEAD  # type: ignore[index]
    assert "git feedback escalate" in found.said("en")
    lower = act("classify", told(), POLICY, MOMENT, HANDLER, LOWER)
    assert isinstance(lower, Event)
    assert isinstance(
        act("escalate", told(lower), POLICY, MOMENT + HOUR, HANDLER, {"because": "有人受伤"}), ev.Escalate
    )


def test_nobody_is_sent_to_a_command_that_they_may_not_give() -> None:
    roles = POLICY.people[AGENT].model_copy(update={"roles": ("agent",)})
    alone = replace(POLICY, people={**POLICY.people, AGENT: roles})
    found = act("classify", told(), alone, MOMENT, AGENT, TOP)
    assert isinstance(found, Refusal)
    assert found.code == "major-up-ask"
    assert "escalate" not in found.said("en")


@pytest.mark.parametrize("by", [AGENT, HANDLER])
def test_who_does_not_lead_cannot_take_the_top_level_away_either(by: str) -> None:
    found = refused(told(said("rules")), by, LOWER)
    assert found.code == "major-down"
    assert found.said("zh").startswith(f"{by} 不能取消 {told().id} 的 P0")
    assert isinstance(act("classify", told(said("rules")), POLICY, MOMENT, LEAD, LOWER), ev.Classify)


def test_another_category_at_the_same_level_is_everybodys() -> None:
    other = {"category": "complaint/safety", "urgency": "5", "impact": "5"}
    assert isinstance(act("classify", told(said("rules")), POLICY, MOMENT, AGENT, other), ev.Classify)


def test_a_level_that_was_escalated_is_not_lost_by_a_new_classification() -> None:
    high = (said("rules", 4, 4), ev.Escalate(at=MOMENT - HOUR, by=HANDLER, because="客户住院"))
    assert refused(told(*high), AGENT, LOWER).code == "major-down"


def test_what_is_no_urgency_is_refused_for_that() -> None:
    assert refused(told(), AGENT, {**TOP, "urgency": "很高"}).code == "bad-integer"


def test_without_a_rule_in_the_policy_everybody_may() -> None:
    free = replace(POLICY, triage=TriageFile())
    assert isinstance(act("classify", told(), free, MOMENT, AGENT, TOP), ev.Classify)
    assert to_confirm(standings([told(said("rules"))], free, MOMENT), free, MOMENT) == []


def test_who_is_asked_leads_the_department_first_and_deputies_stand_in() -> None:
    assert whom_to_ask(MAJOR, POLICY, "payments", MOMENT.date())[0] == LEAD
    away = POLICY.people[LEAD].model_copy(update={"leave": (_leave(MOMENT.date()),), "deputy": "he.miao"})
    absent = replace(POLICY, people={**POLICY.people, LEAD: away})
    assert whom_to_ask(MAJOR, absent, "payments", MOMENT.date())[0] == "he.miao"
    away = away.model_copy(update={"deputy": AGENT})
    absent = replace(POLICY, people={**POLICY.people, LEAD: away})
    assert whom_to_ask(MAJOR, absent, "payments", MOMENT.date())[0] == LEAD
    assert DIRECTOR in whom_to_ask(MAJOR, POLICY, None, MOMENT.date())
    assert COORDINATOR not in whom_to_ask(MAJOR, POLICY, "payments", MOMENT.date())


def _leave(day: date) -> object:
    return next(leave for person in POLICY.people.values() for leave in person.leave).model_copy(
        update={"first": day, "last": day}
    )


# ---- what waits to be confirmed ----------------------------------------------------------------------------------------


def waiting(*events: Event, **changed: object) -> list[str]:
    found = standings([told(*events, **changed)], POLICY, MOMENT)
    return [one.item.id for one in to_confirm(found, POLICY, MOMENT)]


@pytest.mark.parametrize("by", ["rules", "model", "intake", AGENT])
def test_a_top_level_that_nobody_gave_who_may_waits_to_be_confirmed(by: str) -> None:
    assert waiting(said(by)) == [told().id]


def test_once_a_lead_said_so_it_waits_no_longer() -> None:
    assert waiting(said("rules"), said(LEAD, hours=1)) == []
    assert waiting(said("rules"), said(AGENT, hours=1)) == [told().id]
    assert waiting(said(LEAD), said("rules", hours=1)) == []


def test_lower_levels_escalations_finished_and_old_items_do_not_wait() -> None:
    assert waiting(said("rules", 4, 4)) == []
    assert waiting(said("rules", 4, 4), ev.Escalate(at=MOMENT - HOUR, by=HANDLER, because="媒体来电")) == []
    assert waiting(said("rules"), ev.Reject(at=MOMENT - HOUR, by=LEAD, kind="spam")) == []
    assert waiting(said("rules"), record="history") == []
    assert waiting() == []
