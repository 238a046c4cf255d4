"""The verbs: each says what would be written when somebody does it now, or why not and what may be done instead.

A verb never writes; whoever asked for it does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from git_feedback import i18n
from git_feedback.clock import parse_day, parse_moment
from git_feedback.desk import sla
from git_feedback.desk.fold import ordered, state
from git_feedback.desk.life import FINISHED, MACHINE, STATES, STEPS, legal
from git_feedback.desk.majors import may_weigh
from git_feedback.desk.ranks import RANKS, rank, second_rank
from git_feedback.desk.tale import MACHINES
from git_feedback.desk.twins import why_not_apart
from git_feedback.desk.whereabouts import State
from git_feedback.model import VERBS, Event, Item, translated
from git_feedback.model import events as ev
from git_feedback.policy import Policy

SLACK = timedelta(minutes=1)
"""How far the newest event may lie ahead of `now`: clocks of two computers differ, and one second holds one event."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a verb cannot be done; where the state is the reason, also the verbs that this person can do."""

    code: str
    legal: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """One line: the reason, then what may be done."""
        values = dict(self.values)
        if "state" in values:
            values["state"] = i18n.text(f"life-{values['state']}", language)
        fact, way_out = i18n.halves(self.code, language, **values)
        between, end = ("；", "。") if language == "zh" else ("; ", ".")
        moving = tuple(verb for verb in self.legal if verb not in ALWAYS)
        options = i18n.text("legal-now", language, legal=moving) if moving else ""
        return between.join(part for part in (fact, way_out, options) if part) + end


FOR_GOOD = ("retract", "erase")
"""What cannot be taken back."""
ALWAYS = frozenset(verb for verb, step in STEPS.items() if step.states == STATES) - {"note", "message"}
"""What may be done in every state and moves nothing: nobody has to be told."""

Asked = Mapping[str, Any]
When = TypeVar("When", date, datetime)
Reason = tuple[str, dict[str, object]]
"""The code of a refusal and the values of its words."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Somebody wants to do something to an item that stands somewhere, at a moment."""

    verb: str
    item: Item
    state: State
    policy: Policy
    at: datetime
    by: str
    args: Asked


def act(verb: str, item: Item, policy: Policy, now: datetime, by: str, args: Asked) -> Event | Refusal:
    """The event of a verb done by `by` at `now`, or a Refusal.

    Where the newest event has the same second or lies a little ahead, the new one comes a second after it.
    """
    at = _moment(item, now)
    standing = state(item, policy, at)
    answerable = is_answerable(item, policy)
    options = legal(standing.life, short=standing.short, answerable=answerable)
    attempt = _completed(_Attempt(verb, item, standing, policy, at, by, args))
    reason = _too_early(item, now) or _reason(attempt)
    if reason:
        return Refusal(reason[0], (), {"id": item.id, **reason[1]})
    if verb not in options:
        code = "nobody-to-reply-to" if verb == "reply" and not answerable else "not-now"
        return Refusal(code, _allowed(attempt, options), {"id": item.id, "verb": verb, "state": standing.life})
    try:
        return VERBS[verb].model_validate({**attempt.args, "verb": verb, "at": at, "by": by})
    except ValidationError as error:
        problem = translated(error, "", {})[0]
        return Refusal(problem.code, (), problem.values)


def is_answerable(item: Item, policy: Policy) -> bool:
    """Whether there is somebody to answer: the channel carries answers, and the submitter is not anonymous."""
    channel = policy.channels.get(item.channel)
    anonymous = item.submitter is not None and item.submitter.kind == "anonymous"
    return bool(channel and channel.answerable) and not anonymous


def _newest(item: Item) -> datetime | None:
    return ordered(item.history)[-1].at if item.history else None


def _moment(item: Item, now: datetime) -> datetime:
    """`now`, or the first second after the newest event: at one instant rank decides, and not who came last."""
    now, newest = now.replace(microsecond=0), _newest(item)
    return now if newest is None or newest < now else newest.astimezone(now.tzinfo) + timedelta(seconds=1)


def _too_early(item: Item, now: datetime) -> Reason | None:
    last = _newest(item) or item.received
    if now >= last - SLACK:
        return None
    return "before-last-event", {"last": last.isoformat(), "now": now.isoformat()}


def _completed(attempt: _Attempt) -> _Attempt:
    """What goes without saying is said: what a category weighs, the coordinator as owner, the item's own channel."""
    fill = _FILLED.get(attempt.verb)
    said = {name: value for name, value in attempt.args.items() if value is not None}
    return replace(attempt, args={**(fill(attempt) if fill else {}), **said})


def _weight(attempt: _Attempt) -> Asked:
    category = attempt.policy.categories.get(attempt.args.get("category") or "")
    return {"urgency": category.urgency, "impact": category.impact} if category else {}


def _coordinator(attempt: _Attempt) -> Asked:
    """A person who names a department alone means its coordinator, or the deputy on days of leave."""
    department = attempt.policy.departments.get(attempt.args.get("department") or "")
    if department is None or attempt.by in MACHINES:
        return {}
    return {"owner": attempt.policy.on_duty(department.coordinator, _day(attempt))}


def _own_channel(attempt: _Attempt) -> Asked:
    return {} if attempt.args.get("whom") == "partner" else {"channel": attempt.item.channel}


def _day(attempt: _Attempt) -> date:
    return attempt.at.astimezone(attempt.policy.office.tz).date()


def _newest_of(attempt: _Attempt) -> Asked:
    """Without a moment the newest event of that verb is meant; without a verb the newest of all but reminders."""
    what = attempt.args.get("what")
    taken_back = {(one.what, one.when) for one in attempt.item.history if isinstance(one, ev.Retract)}
    for event in reversed(ordered(attempt.item.history)):
        meant = event.verb == what if what else event.verb not in _NOT_MEANT
        if meant and (event.verb, event.at) not in taken_back:
            return {"what": event.verb, "when": event.at}
    return {}


_NOT_MEANT = ("retract", "erase", "alarm")


def _only_twin(attempt: _Attempt) -> Asked:
    """What a duplicate is unlinked from goes without saying."""
    of = attempt.state.duplicate_of
    return {"kind": "duplicate", "to": of} if of and attempt.args.get("kind") in (None, "duplicate") else {}


_FILLED: Mapping[str, Callable[[_Attempt], Asked]] = {
    "classify": _weight,
    "assign": _coordinator,
    "ask": _own_channel,
    "respond": _own_channel,
    "reply": _own_channel,
    "notify": _own_channel,
    "retract": _newest_of,
    "unlink": _only_twin,
}
"""What each verb fills in where the person says nothing."""


# ---- why not --------------------------------------------------------------------------------------------------------


def _reason(attempt: _Attempt) -> Reason | None:
    for guard in (_known, _may, *_GUARDS.get(attempt.verb, ())):
        reason = guard(attempt)
        if reason:
            return reason
    return None


def _known(attempt: _Attempt) -> Reason | None:
    """Everybody and everything that is named is in the policy."""
    policy, args = attempt.policy, attempt.args
    named: list[tuple[str, str | None, Mapping[str, object]]] = [
        ("no-such-person", None if attempt.by in MACHINES else attempt.by, policy.people),
        ("no-such-category", args.get("category"), policy.categories),
        ("no-such-department", args.get("department"), policy.departments),
        ("no-such-channel", None if attempt.verb == "alarm" else args.get("channel"), policy.channels),
        *(("no-such-person", person, policy.people) for person in (args.get("owner"), *(args.get("helpers") or ()))),
        *(("no-such-department", name, policy.departments) for name in _departments(attempt)),
    ]
    for code, given, known in named:
        if given is not None and given not in known:
            return code, {"given": given, "known": tuple(known)}
    return None


def _departments(attempt: _Attempt) -> tuple[str, ...]:
    return tuple(attempt.args.get("to") or ()) if attempt.verb == "copy" else ()


def _may(attempt: _Attempt) -> Reason | None:
    """Somebody whose role, or whose item, allows the verb; a deputy stands in for the owner on leave."""
    step, policy, owner, by = STEPS[attempt.verb], attempt.policy, attempt.state.owner, attempt.by
    if by in MACHINES or not (step.roles or step.owner):
        return None
    on_duty = policy.on_duty(owner or "", _day(attempt))
    if step.owner and by in (owner, on_duty):
        return None
    if set(step.roles) & set(policy.people[by].roles):
        return None
    code = "not-allowed-to" if step.owner or MACHINE in step.roles else "not-your-role"
    return code, {"by": by, "verb": attempt.verb, "owner": owner or "-", "roles": step.roles}


def _allowed(attempt: _Attempt, options: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the legal verbs that this person may do."""
    tries = (replace(attempt, verb=verb) for verb in options)
    return tuple(one.verb for one in tries if not any(guard(one) for guard in (_may, *_PERSONAL.get(one.verb, ()))))


def _another_person(attempt: _Attempt) -> Reason | None:
    """Who solved it does not judge the solution, nor does a machine."""
    if attempt.by in MACHINES or attempt.by == attempt.state.resolved_by:
        return "review-by-another", {"by": attempt.by}
    return None


def _not_overruling(attempt: _Attempt) -> Reason | None:
    """A person's word is never overwritten by rules or a model."""
    overrules = attempt.by in MACHINES and attempt.state.confirmed
    return ("person-has-decided", {"category": attempt.state.category}) if overrules else None


def _not_itself(attempt: _Attempt) -> Reason | None:
    return ("duplicate-of-itself", {}) if attempt.args.get("of") == attempt.item.id else None


def _with_result(attempt: _Attempt) -> Reason | None:
    return None if attempt.args.get("result") else ("no-result", {})


def _higher(attempt: _Attempt) -> Reason | None:
    """What did not satisfy is taken over by somebody who stands above whoever solved it first; the top is high enough."""
    first, by = attempt.state.first_solver, attempt.by
    if first is None or by in MACHINES:
        return None
    if by != first and rank(attempt.policy, by) >= second_rank(attempt.policy, first):
        return None
    return "second-by-higher", {"by": by, "first": first, "owner": attempt.state.owner or "-"}


def _higher_owner(attempt: _Attempt) -> Reason | None:
    """Nobody is given what they could not take on."""
    owner = attempt.args.get("owner")
    return _higher(replace(attempt, by=owner)) if owner else None


def _may_close(attempt: _Attempt) -> Reason | None:
    """The top level is closed by those who answer for it."""
    top = min(attempt.policy.edition(_day(attempt)).levels)
    if attempt.state.level != top or attempt.by in MACHINES or rank(attempt.policy, attempt.by) >= RANKS["lead"]:
        return None
    return "close-by-lead", {"by": attempt.by, "level": top}


def _of_the_author(attempt: _Attempt) -> Reason | None:
    """There is such an event, it still counts, and whoever takes it back wrote it or leads."""
    what, when = attempt.args.get("what"), _read(parse_moment, attempt.args.get("when"))
    found = [event for event in ordered(attempt.item.history) if (event.verb, event.at) == (what, when)]
    listed = [f"{event.verb} {event.at.isoformat()}" for event in attempt.item.history if event.verb not in FOR_GOOD]
    if not listed or what is None:
        return "nothing-to-retract", {}
    if not found or what in FOR_GOOD:
        return "no-such-event", {"given": f"{what} {attempt.args.get('when', '')}".strip(), "known": tuple(listed)}
    if any(isinstance(one, ev.Retract) and (one.what, one.when) == (what, when) for one in attempt.item.history):
        return "retracted-already", {}
    author = found[0].by
    if attempt.by == author or rank(attempt.policy, attempt.by) >= RANKS["lead"]:
        return None
    return "retract-by-lead" if author in MACHINES else "retract-by-author", {"author": author, "by": attempt.by}


def _read(reader: Callable[[str], When], given: object) -> object:
    """What a text means; a text that means nothing stays, and so does what is no text."""
    if not isinstance(given, str):
        return given
    try:
        return reader(given)
    except ValueError:
        return given


def _there_to_unlink(attempt: _Attempt) -> Reason | None:
    kind, to, linked = attempt.args.get("kind"), attempt.args.get("to"), (*attempt.state.links, *_twin(attempt.state))
    if kind == "duplicate" and to and not attempt.state.duplicate_of:
        return why_not_apart(attempt.item, to, attempt.at)
    if not linked:
        return "nothing-linked", {}
    if kind is None or to is None or (kind, to) in linked:
        return None
    return "no-such-link", {"given": f"{kind} {to}", "known": tuple(" ".join(one) for one in linked)}


def _twin(state: State) -> tuple[tuple[str, str], ...]:
    return (("duplicate", state.duplicate_of),) if state.duplicate_of else ()


def _other_items(attempt: _Attempt) -> Reason | None:
    into = attempt.args.get("into") or ()
    if not into:
        return "split-into-nothing", {}
    return ("split-into-itself", {}) if attempt.item.id in into else None


def _to_others(attempt: _Attempt) -> Reason | None:
    to, own = attempt.args.get("to") or (), attempt.state.department
    if not to:
        return "copy-to-none", {}
    return ("copy-to-nobody", {"department": own}) if set(to) == {own} else None


def _ahead(attempt: _Attempt) -> Reason | None:
    until = _read(parse_day, attempt.args.get("until"))
    return ("not-ahead", {"given": until}) if isinstance(until, date) and until <= _day(attempt) else None


def _known_clock(attempt: _Attempt) -> Reason | None:
    given = attempt.args.get("clock")
    return None if given is None or given in sla.NAMES else ("no-such-clock", {"given": given, "known": sla.NAMES})


def _of_the_submission(attempt: _Attempt) -> Reason | None:
    given, known = attempt.args.get("field"), tuple(name for name in Item.model_fields if name not in ("id", "history"))
    return None if given is None or given in known else ("no-such-field", {"given": given, "known": known})


def _in_time(attempt: _Attempt) -> Reason | None:
    """A reopening long after the end is a new matter; work that was never answered has no end yet."""
    ended = attempt.state.since
    if attempt.state.life not in (*FINISHED, "replied") or not _is_too_late(attempt, ended):
        return None
    return "reopened-too-late", {"since": ended.astimezone(attempt.policy.office.tz).date().isoformat()}


def _is_too_late(attempt: _Attempt, ended: datetime) -> bool:
    """Whether more time has passed since the end than the policy allows for a reopening."""
    office = attempt.policy.office
    within = attempt.policy.edition(attempt.item.received.astimezone(office.tz).date()).reopen_within
    if within.seconds is not None:
        return (
            attempt.policy.calendars[within.calendar or attempt.policy.desk.office].elapsed(ended, attempt.at)
            > within.seconds
        )
    return attempt.at > office.close_of_day(ended, within.working_days or 1)


_GUARDS: Mapping[str, tuple[Callable[[_Attempt], Reason | None], ...]] = {
    "classify": (_not_overruling, may_weigh),
    "assign": (_higher_owner,),
    "accept": (_higher,),
    "resolve": (_with_result, _higher),
    "close": (_may_close,),
    "retract": (_of_the_author,),
    "unlink": (_there_to_unlink,),
    "split": (_other_items,),
    "copy": (_to_others,),
    "snooze": (_ahead,),
    "exempt": (_ahead, _known_clock),
    "correct": (_of_the_submission,),
    "review": (_another_person,),
    "reopen": (_in_time,),
    "duplicate": (_not_itself,),
}

_PERSONAL: Mapping[str, tuple[Callable[[_Attempt], Reason | None], ...]] = {
    "accept": (_higher,),
    "resolve": (_higher,),
    "review": (_another_person,),
    "close": (_may_close,),
}
"""Those of them that look at who asks, beside roles."""

Verb = Callable[[Item, Policy, datetime, str, Asked], Event | Refusal]
ALL: Mapping[str, Verb] = {verb: partial(act, verb) for verb in STEPS}
"""Every verb as a function of (item, policy, now, by, args)."""
