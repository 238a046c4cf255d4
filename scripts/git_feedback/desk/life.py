"""The one table of an item's life: which event may follow in which state, what it leads to, and who may do it.

States: new -> triaged -> assigned -> accepted -> (waiting) -> resolved -> reviewed -> replied -> closed; returned,
rejected, duplicate and reopened stand beside them.  Categories marked `short` go triaged -> replied -> closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

OPEN = ("new", "triaged", "assigned", "accepted", "waiting", "returned", "reopened")
"""States in which work on the matter itself is still to be done."""
UNFINISHED = (*OPEN, "resolved", "reviewed", "replied")
"""States in which something is still to be done."""
FINISHED = ("closed", "rejected", "duplicate")
STATES = (*UNFINISHED, *FINISHED)

_AT_WORK = ("accepted", "waiting", "reopened")
_TAKEN = ("triaged", "assigned", "accepted", "waiting", "returned", "reopened")
_SHORT = ("triaged", "assigned", "accepted")
"""States in which an item of the short lane is answered, or closed, without a solution and a review."""


@dataclass(frozen=True, slots=True)
class Step:
    """One verb: the states it may come in, the state it leads to (None: it stays), and who may do it.

    `roles` empty: everybody in people.yml.  The owner of the item may do what says `owner`.  `otherwise`: passages from
    a state to another that depend on what is said, or on where it stood before.
    """

    verb: str
    states: tuple[str, ...]
    leads_to: str | None
    roles: tuple[str, ...] = ()
    owner: bool = False
    otherwise: tuple[tuple[str, str], ...] = ()

    @property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """Every pair of states between which it leads; none where the state stays."""
        plain = ((state, self.leads_to) for state in self.states if self.leads_to not in (None, state))
        return (*((state, to) for state, to in plain if to), *self.otherwise)


_UNNAMED = (("new", "triaged"), ("returned", "triaged"))
"""Assigned to a department and to nobody by name."""
MACHINE = "machine"
"""The role of what no person does."""
_LEADERS = ("coordinator", "lead", "head", "manager", "director")

STEPS: Mapping[str, Step] = {
    step.verb: step
    for step in (
        Step("classify", UNFINISHED, None, otherwise=(("new", "triaged"),)),
        Step("assign", (*OPEN, "resolved"), "assigned", ("agent", *_LEADERS), otherwise=_UNNAMED),
        Step("accept", ("triaged", "assigned", "waiting", "reopened"), "accepted", _LEADERS, owner=True),
        Step("return", ("triaged", "assigned", "accepted", "waiting", "reopened"), "returned", _LEADERS, owner=True),
        Step("ask", OPEN, "waiting"),
        Step("supply", ("waiting",), None, otherwise=tuple(("waiting", one) for one in OPEN if one != "waiting")),
        Step("message", STATES, None),
        Step("respond", (*UNFINISHED, "closed"), None),
        Step("note", STATES, None),
        Step("resolve", _AT_WORK, "resolved", _LEADERS, owner=True),
        Step("review", ("resolved",), "reviewed", ("reviewer", *_LEADERS), otherwise=(("resolved", "accepted"),)),
        Step("reply", ("reviewed", *_SHORT), "replied"),
        Step("follow-up", ("replied", "closed"), None),
        Step("reopen", ("resolved", "reviewed", "replied", "closed", "rejected", "duplicate"), "reopened"),
        Step("close", ("replied", "reviewed", *_SHORT), "closed"),
        Step("reject", OPEN, "rejected", ("agent", "reviewer", *_LEADERS)),
        Step("duplicate", OPEN, "duplicate", ("agent", "handler", "reviewer", *_LEADERS)),
        Step("escalate", UNFINISHED, None, ("handler", *_LEADERS)),
        Step("plan", _TAKEN, None, _LEADERS, owner=True),
        Step("split", OPEN, None, ("agent", "handler", *_LEADERS)),
        Step("snooze", UNFINISHED, None, _LEADERS, owner=True),
        Step("exempt", UNFINISHED, None, ("head", "manager", "director")),
        Step("copy", (*UNFINISHED, "closed"), None),
        Step("link", STATES, None),
        Step("unlink", STATES, None, otherwise=tuple(("duplicate", one) for one in OPEN)),
        Step("reward", (*UNFINISHED, "closed"), None, ("agent", *_LEADERS)),
        Step("notify", STATES, None),
        Step("retract", STATES, None),
        Step("correct", STATES, None, ("agent", *_LEADERS)),
        Step("erase", STATES, None, ("lead", "head", "manager", "director")),
        Step("alarm", STATES, None, (MACHINE,)),
    )
}
"""What it leads to is the state that lies under waiting: an item that waits goes on waiting until the answer is there."""


def legal(state: str, *, short: bool = False, answerable: bool = True) -> tuple[str, ...]:
    """The verbs that may follow in a state, in the order of life.

    Only the short lane is replied to and closed before a solution; without a way to answer there is no reply, and
    without a reply only what cannot be answered is closed.
    """
    return tuple(verb for verb, step in STEPS.items() if state in step.states and _fits(verb, state, short, answerable))


def possible(state: str, *, short: bool = False, answerable: bool = True) -> tuple[str, ...]:
    """`legal`, without what only the desk itself does."""
    verbs = legal(state, short=short, answerable=answerable)
    return tuple(verb for verb in verbs if STEPS[verb].roles != (MACHINE,))


def _fits(verb: str, state: str, short: bool, answerable: bool) -> bool:
    if verb == "reply":
        return answerable and (state == "reviewed" or short)
    if verb == "close":
        return state == "replied" or (not answerable and (state == "reviewed" or short))
    return True
