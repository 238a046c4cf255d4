"""The verbs: each says what would be written when somebody does it now, or why not and what may be done instead.

A verb never writes; whoever asked for it does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import ValidationError

from git_feedback import i18n
from git_feedback.desk.fold import MACHINES, State, ordered, state
from git_feedback.desk.life import STEPS, legal
from git_feedback.desk.sla import reopening_is_too_late
from git_feedback.model import VERBS, Event, Item, translated
from git_feedback.policy import Policy


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a verb cannot be done, and the verbs that can."""

    code: str
    legal: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """One line: the reason, then what may be done."""
        fact, way_out = i18n.halves(self.code, language, **self.values)
        between, end = ("；", "。") if language == "zh" else ("; ", ".")
        options = i18n.text("legal-now", language, legal=self.legal) if self.legal else ""
        return between.join(part for part in (fact, way_out, options) if part) + end


Asked = Mapping[str, Any]
Guard = Callable[[Item, State, Policy, str, Asked], tuple[str, dict[str, object]] | None]


def act(verb: str, item: Item, policy: Policy, now: datetime, by: str, args: Asked) -> Event | Refusal:
    """The event of a verb done by `by` at `now`, or a Refusal."""
    standing = state(item, policy, now)
    answerable = is_answerable(item, policy)
    options = legal(standing.life, short=standing.short, answerable=answerable)
    args = _completed(verb, item, policy, args)
    reason = _reason(verb, item, standing, policy, now, by, args)
    if reason is None and verb not in options:
        values = {"verb": verb, "state": standing.life}
        reason = ("nobody-to-reply-to" if verb == "reply" and not answerable else "not-now", values)
    if reason:
        return Refusal(reason[0], options, {"id": item.id, **reason[1]})
    try:
        return VERBS[verb].model_validate({"verb": verb, "at": now, "by": by, **args})
    except ValidationError as error:
        problem = translated(error, "", {})[0]
        return Refusal(problem.code, (), problem.values)


def _completed(verb: str, item: Item, policy: Policy, args: Asked) -> Asked:
    """What goes without saying: a category weighs what the policy says, and an answer goes by the item's own channel."""
    category = policy.categories.get(args.get("category") or "")
    if verb == "classify" and category:
        return {"urgency": category.urgency, "impact": category.impact, **args}
    return {"channel": item.channel, **args} if verb in ("ask", "respond", "reply") else args


def is_answerable(item: Item, policy: Policy) -> bool:
    """Whether there is somebody to answer: the channel carries answers, and the submitter is not anonymous."""
    channel = policy.channels.get(item.channel)
    anonymous = item.submitter is not None and item.submitter.kind == "anonymous"
    return bool(channel and channel.answerable) and not anonymous


def _reason(
    verb: str, item: Item, standing: State, policy: Policy, now: datetime, by: str, args: Asked
) -> tuple[str, dict[str, object]] | None:
    last = ordered(item.history)[-1].at if item.history else item.received
    if now < last:
        return "before-last-event", {"last": last.isoformat(), "now": now.isoformat()}
    guards: tuple[Guard, ...] = (_known, _may, *_GUARDS.get(verb, ()))
    for guard in guards:
        reason = guard(item, standing, policy, by, {**args, "verb": verb, "now": now})
        if reason:
            return reason
    return None


def _known(_item: Item, _state: State, policy: Policy, by: str, args: Asked) -> tuple[str, dict[str, object]] | None:
    """Everybody and everything that is named is in the policy."""
    if by not in policy.people and by not in MACHINES:
        return "no-such-person", {"given": by, "known": tuple(policy.people)}
    shelves: dict[str, tuple[str, Mapping[str, object]]] = {
        "category": ("no-such-category", policy.categories),
        "department": ("no-such-department", policy.departments),
        "owner": ("no-such-person", policy.people),
        "channel": ("no-such-channel", policy.channels),
    }
    for name, (code, known) in shelves.items():
        if args.get(name) and args[name] not in known:
            return code, {"given": args[name], "known": tuple(known)}
    strangers = [one for one in args.get("helpers") or () if one not in policy.people]
    return ("no-such-person", {"given": strangers[0], "known": tuple(policy.people)}) if strangers else None


def _may(_item: Item, standing: State, policy: Policy, by: str, args: Asked) -> tuple[str, dict[str, object]] | None:
    """Somebody whose role, or whose item, allows the verb; a deputy stands in for the owner on leave."""
    step = STEPS[args["verb"]]
    if by in MACHINES or not (step.roles or step.owner):
        return None
    on_duty = policy.on_duty(standing.owner or "", args["now"].astimezone(policy.office.tz).date())
    if step.owner and by in (standing.owner, on_duty):
        return None
    if set(step.roles) & set(policy.people[by].roles):
        return None
    return "not-allowed-to", {"by": by, "verb": args["verb"], "owner": standing.owner or "-", "roles": step.roles}


def _another_person(
    _item: Item, standing: State, _policy: Policy, by: str, _args: Asked
) -> tuple[str, dict[str, object]] | None:
    return ("review-by-another", {"by": by}) if standing.life == "resolved" and standing.resolved_by == by else None


def _not_itself(item: Item, _state: State, _policy: Policy, _by: str, args: Asked) -> tuple[str, dict[str, object]] | None:
    return ("duplicate-of-itself", {}) if args.get("of") == item.id else None


def _with_result(_item: Item, _state: State, _policy: Policy, _by: str, args: Asked) -> tuple[str, dict[str, object]] | None:
    return None if args.get("result") else ("no-result", {})


def _in_time(item: Item, standing: State, policy: Policy, _by: str, args: Asked) -> tuple[str, dict[str, object]] | None:
    """A reopening long after the end is a new matter."""
    if standing.life in ("resolved", "reviewed") or not reopening_is_too_late(item, policy, standing.since, args["now"]):
        return None
    return "reopened-too-late", {"since": standing.since.date().isoformat()}


_GUARDS: Mapping[str, tuple[Guard, ...]] = {
    "review": (_another_person,),
    "duplicate": (_not_itself,),
    "resolve": (_with_result,),
    "reopen": (_in_time,),
}

Verb = Callable[[Item, Policy, datetime, str, Asked], Event | Refusal]
ALL: Mapping[str, Verb] = {verb: partial(act, verb) for verb in STEPS}
"""Every verb as a function of (item, policy, now, by, args)."""
