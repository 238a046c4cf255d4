"""What the table of life says to a step somebody would take: whether it may be, and if not, why.

No case says so itself, so no case can teach what the desk would refuse.
"""

from dataclasses import dataclass

from git_feedback.desk.life import MACHINE, STEPS, legal

OWNER = "owner"
"""The role of whoever an item belongs to; a handler in a case works on an item of their own."""
_OWNING = (OWNER, "handler")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a verb may follow; `code` says why not, with the states it may come in, or the roles that may do it."""

    verb: str
    code: str = ""
    states: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def is_legal(self) -> bool:
        """Whether the table allows it."""
        return not self.code


def verdict(verb: str, state: str, role: str, *, short: bool = False) -> Verdict:
    """What the table says to a verb in a state by somebody of a role; the verb is one of the table's."""
    step = STEPS[verb]
    if state not in step.states:
        return Verdict(verb, "training-not-in-state", step.states)
    if verb not in legal(state, short=short):
        code = "training-close-after-reply" if verb == "close" else "training-reply-after-review"
        return Verdict(verb, code)
    if step.roles == (MACHINE,):
        return Verdict(verb, "training-machine")
    if (not step.roles and not step.owner) or role in step.roles or (step.owner and role in _OWNING):
        return Verdict(verb)
    return Verdict(verb, "training-not-this-role", roles=(*step.roles, *((OWNER,) if step.owner else ())))
