"""What comes next: at most three verbs that are legal now, in the order in which they are likely, with their command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from git_feedback.desk import Standing, is_answerable, legal
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
    """One next step: the verb, a sentence for people, the exact command."""

    verb: str
    sentence: str
    command: str


def likely(one: Standing, words: Words) -> list[Next]:
    """At most three next steps for an item."""
    allowed = legal(one.state.life, short=one.state.short, answerable=is_answerable(one.item, words.policy))
    verbs = [verb for verb in _in_order(one) if verb in allowed][:MOST]
    return [Next(verb, _sentence(verb, one, words), command(verb, one)) for verb in verbs]


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
}
