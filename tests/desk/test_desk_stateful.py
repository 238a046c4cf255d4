"""Whatever people try, in whatever order and at whatever time, an item stays in a state that the table of life knows.

A machine plays a desk with one item: people, strangers and programs do what may follow and what may not, with sense and
without, while time goes on.  Ten thousand steps by default; `GIT_FEEDBACK_STEPS=200000` goes on for longer.
"""

import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from hypothesis.strategies import DataObject, SearchStrategy

from git_feedback import i18n
from git_feedback.clock import parse_moment
from git_feedback.desk import (
    FINISHED,
    MACHINES,
    STATES,
    STEPS,
    Refusal,
    State,
    act,
    is_answerable,
    legal,
    ordered,
    possible,
    sla,
    state,
    states,
)
from git_feedback.desk.life import MACHINE
from git_feedback.desk.ranks import rank, second_rank
from git_feedback.model import Event, Item, Submitter
from git_feedback.model import events as ev
from git_feedback.policy import Policy, load
from git_feedback.store import append, read, write

WANTED = int(os.environ.get("GIT_FEEDBACK_STEPS", "10000"))
STEPS_A_LIFE = 25
READ_EVERY = 5
"""After so many events the file is read again, and at the end of each life: reading costs more than all the rest."""
MORNING = parse_moment("2026-03-10T09:00:00+08:00")
OTHERS = ("Q260310-000000C", "Q260310-000002G", "Q260310-0000012", "Q1")
"""Ids of other items, its own, and what is none."""
TEXT = st.sampled_from(["您好，已定位：今天 18:00 前修复。", "Sorry, it was ours", "- not: a key\n\n  # 也不是"])


def _desk() -> Policy:
    root = Path(__file__).parents[2]
    files = sorted((root / "policy").rglob("*.yml"))
    loaded = load({file.relative_to(root).as_posix(): file.read_bytes() for file in files})
    assert loaded.policy, [problem.said("en") for problem in loaded.problems]
    return loaded.policy


POLICY = _desk()
PEOPLE = st.sampled_from([*POLICY.people, *POLICY.people, *MACHINES, "nobody.known"])


def _some(*values: Any) -> SearchStrategy[Any]:
    return st.sampled_from(values)


CATEGORY = _some("product/bug", "product/payment", "service/staff-attitude", "praise/staff", "idea/feature", "none")
LINK = st.fixed_dictionaries({"kind": _some("issue", "commit", "duplicate"), "to": _some("app#12", *OTHERS[:2])})
UNTIL = _some("2026-03-10", "2026-03-20", "2026-12-01", "2027-02-01", "bald")
MOMENT = _some(None, "2026-03-10T09:00:00+08:00", "gestern")
ARGS: Mapping[str, Mapping[str, SearchStrategy[Any]]] = {
    "classify": {"category": CATEGORY, "urgency": _some(None, 1, 3, 5, 9), "impact": _some(None, 1, 3, 5)},
    "assign": {
        "department": _some(*POLICY.departments, "moon"),
        "owner": _some(None, *POLICY.people),
        "helpers": _some((), ("tang.li", "ji.nan")),
        "task_force": st.booleans(),
    },
    "return": {"reason": TEXT},
    "ask": {"question": TEXT, "missing": _some((), ("device",), ("device", "area")), "whom": _some(None, "partner")},
    "supply": {"text": TEXT, "supplied": _some((), ("device",), ("area",))},
    "message": {"text": TEXT},
    "respond": {"text": TEXT, "progress": st.booleans(), "channel": _some(None, "phone", "fax")},
    "note": {"text": TEXT},
    "resolve": {"result": TEXT | st.none(), "cause": TEXT},
    "review": {"verdict": _some("pass", "pass", "fail", "perhaps")},
    "reply": {"text": TEXT},
    "follow-up": {"verdict": _some("satisfied", "unsatisfied"), "csat": _some(None, 2, 5)},
    "reopen": {"kind": _some("unsatisfied", "unsatisfied", "recurring", "mistake")},
    "reject": {"kind": _some("spam", "invalid")},
    "duplicate": {"of": _some(*OTHERS)},
    "escalate": {"because": TEXT},
    "plan": {"what": TEXT, "due": _some(None, "2026-03-12")},
    "split": {"into": _some((), OTHERS[:1], OTHERS[1:2], OTHERS[:2], OTHERS[2:3])},
    "snooze": {"until": UNTIL, "because": TEXT},
    "exempt": {"clock": _some("resolve", "reply", "sunset"), "until": UNTIL, "because": TEXT},
    "copy": {"to": _some((), ("brand",), ("app",), ("brand", "quality"))},
    "link": {"kind": _some("issue", "commit"), "to": _some("app#12", "3f9a2b1")},
    "unlink": {"kind": _some(None, None, "issue", "commit"), "to": _some(None, None, "app#12", "3f9a2b1")},
    "reward": {"kind": _some("points", "draw"), "amount": _some(None, 200, 0)},
    "notify": {"about": _some("progress", "reminder"), "channel": _some(None, "fax")},
    "retract": {"what": _some(None, None, *STEPS), "when": MOMENT, "because": TEXT},
    "correct": {"field": _some("title", "text", "history"), "because": TEXT},
    "erase": {"request": _some("2026-11", "来信 12 号"), "because": TEXT},
    "alarm": {
        "clock": _some("respond", "resolve"),
        "cycle": _some(1, 2),
        "rungs": _some((50,), (75, 100)),
        "addressee": _some("fang.yu"),
        "channel": _some("drafts"),
        "since": _some("2026-03-10T10:00:00+08:00"),
    },
}


AHEAD: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "new": ("classify", {"category": "product/bug"}),
    "triaged": ("assign", {"department": "app", "owner": "fang.yu"}),
    "assigned": ("accept", {}),
    "accepted": ("resolve", {"result": "已发布 3.2.1"}),
    "waiting": ("supply", {"text": "iPhone 15"}),
    "returned": ("assign", {"department": "logistics", "owner": "sam.okafor"}),
    "reopened": ("resolve", {"result": "已发布 3.2.2"}),
    "resolved": ("review", {"verdict": "pass"}),
    "reviewed": ("reply", {"text": "您好，请更新到 3.2.1。"}),
    "replied": ("close", {}),
    "closed": ("reopen", {"kind": "unsatisfied"}),
    "rejected": ("reopen", {"kind": "mistake"}),
    "duplicate": ("unlink", {}),
}
"""From each state the step that leads on."""


BESIDE: Mapping[str, Mapping[str, Any]] = {
    "follow-up": {"verdict": "unsatisfied", "csat": 1},
    "alarm": {"clock": "resolve", "cycle": 1, "addressee": "fang.yu", "channel": "drafts", "since": MORNING},
    "snooze": {"until": "2032-12-01", "because": "配件那天到"},
    "exempt": {"clock": "resolve", "until": "2032-12-01", "because": "等待新规"},
    "plan": {"what": "更换固件"},
    "link": {"kind": "measure", "to": "M26-1"},
    "reward": {"kind": "coupon"},
    "correct": {"field": "title", "because": "打错字"},
    "erase": {"request": "2026-11"},
    "escalate": {"because": "第三次来电"},
}


class Life(RuleBasedStateMachine):
    """One item in its file, and everybody who does something to it."""

    steps: ClassVar[int] = 0
    seen: ClassVar[set[str]] = set()
    done: ClassVar[set[str]] = set()
    refused: ClassVar[set[str]] = set()

    @initialize(
        channel=_some("app", "app", "paper-box"), kind=_some("returning", "anonymous"), record=_some(None, "history")
    )
    def arrives(self, channel: str, kind: Any, record: Any) -> None:
        self.now = MORNING
        told = {"channel": channel, "title": "付款时闪退 Crash", "text": "系统繁忙", "record": record}
        item = Item(id="Q260310-0000012", received=MORNING, submitter=Submitter(kind=kind), **told)
        self.source = write(item)
        self.item = read(self.source)
        assert self.item == item
        self.stands = state(item, POLICY, self.now)

    @rule(minutes=_some(1, 30, 200, 24 * 60, 30 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self._looked_at(state(self.item, POLICY, self.now))
        Life.steps += 1

    @rule(verb=_some(*STEPS), by=PEOPLE, behind_s=_some(0, 0, 30, 7200), data=st.data())
    def anybody_tries_anything(self, verb: str, by: str, behind_s: int, data: DataObject) -> None:
        self._tries(verb, by, self.now - timedelta(seconds=behind_s), data)

    @rule(boss=st.booleans(), data=st.data())
    def somebody_goes_on(self, boss: bool, data: DataObject) -> None:
        """What may follow, by the owner or the director: so that lives get far."""
        before = self.stands
        options = possible(before.life, short=before.short, answerable=is_answerable(self.item, POLICY))
        moving = [verb for verb in options if STEPS[verb].leads_to or verb in ("classify", "supply")]
        by = "gu.heng" if boss or not before.owner else before.owner
        self._tries(data.draw(st.sampled_from(moving or list(options))), by, self.now, data)

    @rule(times=_some(1, 3, 5))
    def the_matter_goes_ahead(self, times: int) -> None:
        """The shortest way to the end and over again, by people who may: so that every state is lived through."""
        for _ in range(times):
            before = self.stands
            verb, args = AHEAD[before.life]
            if before.short and before.life == "accepted":
                verb, args = "reply", {"text": "谢谢！"}
            if not is_answerable(self.item, POLICY) and verb == "reply":
                verb, args = "close", {}
            by = "he.miao" if before.resolved_by == "gu.heng" and verb == "review" else before.owner or "gu.heng"
            self._does(verb, by if verb in ("accept", "resolve") or by == "he.miao" else "gu.heng", self.now, args)

    @rule(
        verb=_some("follow-up", "alarm", "snooze", "exempt", "plan", "link", "reward", "correct", "erase", "escalate")
    )
    def something_happens_beside(self, verb: str) -> None:
        """What moves nothing, by whoever may."""
        self._does(verb, "nightly" if verb == "alarm" else "gu.heng", self.now, BESIDE[verb])

    @precondition(lambda self: bool(self.item.history))
    @rule(data=st.data())
    def somebody_takes_back(self, data: DataObject) -> None:
        """Any event, whatever became of it since."""
        wrong = data.draw(st.sampled_from(self.item.history))
        args = {"what": wrong.verb, "when": wrong.at, "because": "写错了反馈"}
        self._does("retract", data.draw(st.sampled_from(["gu.heng", wrong.by])), self.now, args)

    @precondition(lambda self: self.stands.life == "duplicate")
    @rule(by=PEOPLE)
    def somebody_parts_it_from_its_twin(self, by: str) -> None:
        self._does("unlink", by, self.now, {})

    def _tries(self, verb: str, by: str, now: datetime, data: DataObject) -> None:
        self._does(verb, by, now, data.draw(st.fixed_dictionaries(dict(ARGS.get(verb, {})))))

    def _does(self, verb: str, by: str, now: datetime, args: Mapping[str, Any]) -> None:
        """The event goes into the file, which is read again; a refusal says why and leaves it as it is."""
        Life.steps += 1
        before = self.stands
        found = act(verb, self.item, POLICY, now, by, args)
        if isinstance(found, Refusal):
            self._says_why(found, before)
            return
        Life.done.add(verb)
        old, self.source = self.item, append(self.source, found)
        self.item = old.model_copy(update={"history": (*old.history, found)})
        if len(old.history) % READ_EVERY == 0:
            assert read(self.source) == self.item
        self.now = max(self.now, found.at)
        self.stands = state(self.item, POLICY, self.now)
        self._may_follow(before, found, self.stands)
        self._looked_at(self.stands)
        if found.verb == "retract":
            self._is_as_if_never()

    def _says_why(self, refusal: Refusal, before: State) -> None:
        Life.refused.add(refusal.code)
        for language in i18n.LANGUAGES:
            said = refusal.said(language)
            assert said.endswith("。" if language == "zh" else ".")
            assert "{" not in said and "None" not in said
        assert all(before.life in STEPS[verb].states for verb in refusal.legal)

    def _may_follow(self, before: State, event: Event, after: State) -> None:
        """The table allowed it in that state to that person, and it led where the table says."""
        answerable = is_answerable(self.item, POLICY)
        assert event.verb in legal(before.life, short=before.short, answerable=answerable)
        step = STEPS[event.verb]
        if event.by not in MACHINES:
            roles = {*POLICY.people[event.by].roles, *(["owner"] if _stands_in(event, before) else [])}
            wanted = {*step.roles, *(["owner"] if step.owner else [])}
            assert not wanted or roles & wanted
            assert wanted != {MACHINE}
        assert event.verb == "retract" or _beneath(before) == _beneath(after) or self._has_passage(before, event, after)
        LEADS.get(event.verb, _by_the_table)(before, event, after)
        if event.verb in ("accept", "resolve") and before.first_solver and event.by not in MACHINES:
            assert event.by != before.first_solver
            assert rank(POLICY, event.by) >= second_rank(POLICY, before.first_solver)

    def _has_passage(self, before: State, event: Event, after: State) -> bool:
        """Whether the picture in the handbook, which is drawn from these, shows the step."""
        begun = (before.life, _beneath(before))
        if event.verb == "unlink" and any(one.verb == "retract" for one in self.item.history):
            return True  # what was taken back while it was a duplicate shows only now: closed, say, and not reopened
        return any((one, _beneath(after)) in STEPS[event.verb].passages for one in begun)

    def _looked_at(self, after: State) -> None:
        """What holds at any moment."""
        Life.seen.add(after.life)
        assert after.life in STATES
        assert after.life == "new" or after.owner in POLICY.people
        events = ordered(self.item.history)
        assert events == list(self.item.history)
        assert states(self.item, POLICY, events)[-1] == after
        for clock in sla.clocks(self.item, POLICY, self.now):
            assert clock.elapsed >= 0 and clock.target > 0
            assert clock.late_by is None or clock.late_by > 0
            assert after.life not in FINISHED or clock.state != "paused"

    def _is_as_if_never(self) -> None:
        """What was taken back has left no trace in state and clocks."""
        history = self.item.history
        gone = {(one.what, one.when) for one in history if isinstance(one, ev.Retract)}
        rest = tuple(one for one in history if one.verb != "retract" and (one.verb, one.at) not in gone)
        other = self.item.model_copy(update={"history": rest})
        assert state(other, POLICY, self.now) == state(self.item, POLICY, self.now)
        assert list(sla.clocks(other, POLICY, self.now)) == list(sla.clocks(self.item, POLICY, self.now))

    def teardown(self) -> None:
        """At the end: every moment of the past is still told as it was."""
        if not hasattr(self, "item"):
            return
        assert read(self.source) == read(write(self.item)) == self.item
        self._is_as_if_never()
        events = ordered(self.item.history)
        told = states(self.item, POLICY, events)
        assert told[0].life == "new"
        assert all(state(self.item, POLICY, event.at) == one for event, one in zip(events, told[1:], strict=True))


def _stands_in(event: Event, before: State) -> bool:
    day = event.at.astimezone(POLICY.office.tz).date()
    return event.by in (before.owner, POLICY.on_duty(before.owner or "", day))


def _beneath(one: State) -> str:
    return one.before_waiting or one.life


def _by_the_table(before: State, event: Event, after: State) -> None:
    assert _beneath(after) == (STEPS[event.verb].leads_to or _beneath(before))


def _classified(before: State, _event: Event, after: State) -> None:
    assert _beneath(after) == ("triaged" if _beneath(before) == "new" else _beneath(before))


def _assigned(before: State, event: Event, after: State) -> None:
    assert isinstance(event, ev.Assign)
    if event.owner:
        assert (_beneath(after), after.owner) == ("assigned", event.owner)
    else:
        assert event.by in MACHINES
        assert _beneath(after) in ("triaged", _beneath(before))


def _asked(before: State, event: Event, after: State) -> None:
    assert (after.life, _beneath(after)) == ("waiting", _beneath(before))


def _reviewed(_before: State, event: Event, after: State) -> None:
    assert isinstance(event, ev.Review)
    assert _beneath(after) == ("reviewed" if event.verdict == "pass" else "accepted")


def _reopened(before: State, event: Event, after: State) -> None:
    assert isinstance(event, ev.Reopen)
    assert after.life == "reopened"
    if event.kind == "unsatisfied":
        assert (after.raised, after.unsatisfied) == (before.raised + 1, before.unsatisfied + 1)
        assert after.first_solver is None or after.owner != after.first_solver
        assert after.first_solver is None or rank(POLICY, after.owner) >= second_rank(POLICY, after.first_solver)


def _parted(before: State, event: Event, after: State) -> None:
    assert isinstance(event, ev.Unlink)
    if event.kind == "duplicate":
        assert before.life == "duplicate" and after.life in STEPS["duplicate"].states
    else:
        assert after == before._replace(links=after.links)


def _anything(_before: State, _event: Event, _after: State) -> None:
    """A retraction leads wherever life would be without it: `_is_as_if_never` says so."""


LEADS: Mapping[str, Callable[[State, Event, State], None]] = {
    "classify": _classified,
    "assign": _assigned,
    "ask": _asked,
    "review": _reviewed,
    "reopen": _reopened,
    "unlink": _parted,
    "retract": _anything,
}
"""Where verbs lead that do not always lead where the table says; all others do."""


def test_no_sequence_of_steps_breaks_the_record_or_leaves_the_table_of_life() -> None:
    Life.steps, Life.seen, Life.done, Life.refused = 0, set(), set(), set()
    lives = 4 * WANTED // (3 * STEPS_A_LIFE) + 1
    ways = settings(
        max_examples=lives,
        stateful_step_count=STEPS_A_LIFE,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=ways)
    assert Life.steps >= WANTED
    assert set(STATES) == Life.seen
    assert set(STEPS) == Life.done
    assert {"second-by-higher", "not-now", "not-allowed-to", "no-such-person"} <= Life.refused
