"""What is said of a pair of items, and of a problem that comes again: reasons in words, and the commands that decide.

Only a person decides: every command here is one to be looked at and given by hand.
"""

from typing import NamedTuple

from git_feedback import i18n
from git_feedback.policy import Policy
from git_feedback.text import visible
from git_feedback.triage.pairing import Pair
from git_feedback.triage.recurring import Recurring


class Commands(NamedTuple):
    """How to decide on a pair: one matter, the other way round (empty where that cannot be), or two matters."""

    duplicate: str
    swapped: str
    apart: str


def commands(pair: Pair, language: str) -> Commands:
    """The commands of a pair, ready to be copied."""
    why = i18n.text("pairs-apart-because", language)
    return Commands(
        f"git feedback duplicate {pair.id} --of {pair.original}",
        f"git feedback duplicate {pair.original} --of {pair.id}" if pair.swappable else "",
        f'git feedback unlink {pair.id} --kind duplicate --to {pair.original} --because "{why}"',
    )


def reasons(pair: Pair, policy: Policy, language: str) -> list[str]:
    """Why the two may be one matter; categories by name.  Words of submitters stand among them."""
    found = []
    for reason in pair.reason:
        if reason.code == "alike-days" and reason.n == 0:
            found.append(i18n.text("pairs-same-day", language))
            continue
        category = policy.categories.get(str(reason.values.get("category", "")))
        values = {**reason.values, "category": category.name.said(language)} if category else reason.values
        found.append(i18n.text(reason.code, language, reason.n, **values))
    return found


def problem_name(one: Recurring, language: str) -> str:
    """What a problem is called, on one line; words of submitters, nothing hidden in them."""
    return visible(one.name(language)) or one.middle


def spike_said(one: Recurring, language: str) -> str:
    """How much more it is than before."""
    assert one.spike
    before = f"{one.spike.before:.1f}".rstrip("0").rstrip(".")
    return i18n.text("recurring-spike", language, one.spike.now, before=before)


def problem_id(one: Recurring) -> str:
    """A name for the problem record of a group: its own problem, else made from its first item, so that it stays."""
    return one.problem or f"P-{one.ids[0].lower().removeprefix('q')}"


def link_commands(one: Recurring, linked: frozenset[str] = frozenset()) -> list[str]:
    """The commands that link the items of a group to its problem record, those of `linked` aside."""
    problem = problem_id(one)
    return [f"git feedback link {name} --kind problem --to {problem}" for name in one.ids if name not in linked]
