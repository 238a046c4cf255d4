"""What comes next: at most three verbs that are legal now, in the order in which they are likely, with their command;
then every other one, with who may do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from git_feedback.desk import STEPS, Standing, is_answerable, legal, possible
from git_feedback.pages.views.words import Words

MOST = 3

LIKELY: Mapping[str, tuple[str, ...]] = {
    "new": ("classify", "assign", "reject"),
    "triaged": ("reply", "close", "assign", "accept", "return"),
    "assigned": ("accept", "return", "ask"),
    "accepted": ("reply", "close", "resolve", "respond", "return"),
    "waiting": ("supply", "respond", "resolve"),
    "returned": ("assign", "classify", "reject"),
    "reopened": ("accept", "respond", "resolve"),
    "resolved": ("review", "reopen", "note"),
    "reviewed": ("reply", "close", "reopen"),
    "replied": ("follow-up", "close", "reopen"),
    "closed": ("reopen", "note"),
    "rejected": ("reopen", "note"),
    "duplicate": ("reopen", "note"),
}
"""For each state the verbs by likelihood; those that are not legal for the item at hand fall out."""


@dataclass(frozen=True, slots=True)
class Next:
    """One next step: the verb, a sentence for people, the exact command, and who may do it (empty: everybody)."""

    verb: str
    sentence: str
    command: str
    who: str = ""


def likely(one: Standing, words: Words) -> list[Next]:
    """At most three next steps for an item."""
    allowed = legal(one.state.life, short=one.state.short, answerable=is_answerable(one.item, words.policy))
    verbs = [verb for verb in _in_order(one) if verb in allowed][:MOST]
    return [Next(verb, _sentence(verb, one, words), command(verb, one)) for verb in verbs]


def others(one: Standing, words: Words) -> list[Next]:
    """Every step that is legal now and not among the likely ones, in the order of life."""
    shown = {step.verb for step in likely(one, words)}
    verbs = possible(one.state.life, short=one.state.short, answerable=is_answerable(one.item, words.policy))
    return [
        Next(verb, words.say(f"page-next-{verb}"), command(verb, one), _who(verb, words))
        for verb in verbs
        if verb not in shown
    ]


def _who(verb: str, words: Words) -> str:
    """The roles that may do it; the ranks above the lowest of the leaders may all the same, so one name stands for them."""
    step = STEPS[verb]
    if not step.roles:
        return ""
    lowest = next((place for place, role in enumerate(step.roles) if role in _LEADERS), len(step.roles))
    named = [words.say(f"handbook-role-{role}") for role in step.roles[: lowest + 1]]
    if lowest + 1 < len(step.roles):
        named[-1] = words.say("item-role-up", role=named[-1])
    owner = [words.say("item-role-owner")] if step.owner else []
    return words.say("item-who", who=(*owner, *named))


_LEADERS = ("coordinator", "lead", "head", "manager", "director")


def _in_order(one: Standing) -> tuple[str, ...]:
    """The likely verbs; nobody has answered yet and the clock asks for it: answer first."""
    verbs = LIKELY[one.state.life]
    worst = one.worst
    if (
        worst
        and worst.name in ("respond", "reply")
        and one.state.life in ("accepted", "reopened")
        and not one.state.short
    ):
        return ("respond", *(verb for verb in verbs if verb != "respond"))
    return verbs


def _sentence(verb: str, one: Standing, words: Words) -> str:
    answered = one.clock("respond")
    first = verb == "respond" and answered is not None and answered.goes_on
    return words.say("page-next-respond-first" if first else f"page-next-{verb}")


def command(verb: str, one: Standing) -> str:
    """The command of a verb for an item, with what it needs; texts are asked for by the command itself."""
    options = _OPTIONS.get(verb)
    return " ".join(filter(None, ("git feedback", verb, one.item.id, options(one) if options else "")))


def _assign(one: Standing) -> str:
    return f"--department {one.state.department or 'DEPARTMENT'} --owner {one.state.owner or 'PERSON'}"


_OPTIONS: Mapping[str, Callable[[Standing], str]] = {
    "classify": lambda _one: "--category CATEGORY --urgency N --impact N",
    "assign": _assign,
    "review": lambda _one: "--verdict pass",
    "follow-up": lambda _one: "--verdict satisfied",
    "reopen": lambda one: (
        "--kind unsatisfied" if one.state.life in ("reviewed", "replied", "closed") else "--kind mistake"
    ),
    "reject": lambda _one: "--kind invalid",
    "duplicate": lambda _one: "--of ID",
    "escalate": lambda _one: "--to PERSON",
    "plan": lambda _one: "--due DATE",
    "split": lambda _one: "--into ID",
    "snooze": lambda _one: "--until DATE",
    "exempt": lambda one: f"--clock {one.worst.name if one.worst else 'CLOCK'} --until DATE",
    "copy": lambda _one: "--to DEPARTMENT",
    "link": lambda _one: "--kind article --to ID",
    "unlink": lambda _one: "--kind article --to ID",
    "reward": lambda _one: "--kind points",
    "notify": lambda one: f"--channel {one.item.channel} --about progress",
    "retract": lambda _one: "--what VERB --when TIME",
    "correct": lambda _one: "--field FIELD",
    "erase": lambda _one: "--request N",
}
