"""How rules differ from those of another time, by value: what a file looks like does not matter, what it says does.

Editions are compared as they were in force: an edition that begins later changes nothing yet, and one that was written
long ago changes the rules on the day it begins.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from git_feedback.clock import Duration
from git_feedback.insight.calendar_changes import calendar_differences
from git_feedback.insight.rule_values import Difference, Kind
from git_feedback.policy import Edition, Keyword, Policy, Screen
from git_feedback.policy.files import Rule

_CATEGORY = ("department", "urgency", "impact", "short")
_DEPARTMENT = ("coordinator", "lead")
_CHANNEL = ("required", "answerable", "told_by", "by_hand", "reply_max")
_WHOLE = ("desk", "notify", "triage", "intake", "recipients", "boxes")
"""What is only said to be other: its values are many and small."""
_CONDITIONS = ("level", "category", "channel", "department", "submitter")
NO_TARGET = "none"


def policy_changes(before: Policy, after: Policy, first: date, last: date) -> tuple[Difference, ...]:
    """What is otherwise in `after`, as in force on the day `last`, than in `before` as in force before the day `first`."""
    day_before = date.fromordinal(first.toordinal() - 1)
    return (
        *_editions(before, after),
        *_in_force(before.edition(day_before), after.edition(last)),
        *_kinds("category", before.categories, after.categories, after.category_ids, _CATEGORY),
        *_kinds("department", before.departments, after.departments, after.department_ids, _DEPARTMENT),
        *_kinds("channel", before.channels, after.channels, {}, _CHANNEL),
        *_people(before, after),
        *_words(before, after),
        *calendar_differences(before.calendars.plans, after.calendars.plans),
        *_templates(before, after),
        *(Difference(one, "changed") for one in _WHOLE if getattr(before, one) != getattr(after, one)),
    )


def _editions(before: Policy, after: Policy) -> Iterator[Difference]:
    """Editions that were written; whether they are in force yet says their day."""
    known = {one.effective for one in before.editions}
    for one in after.editions:
        if one.effective not in known:
            yield Difference("edition", "added", one.effective.isoformat())


# ---- what an edition says -------------------------------------------------------------------------------------------


def _in_force(before: Edition, after: Edition) -> Iterator[Difference]:
    if before == after:
        return
    yield from _kinds("level", before.levels, after.levels, {}, ("calendar",))
    yield from _matrix(before, after)
    yield from _targets(_targets_of(before), _targets_of(after))
    if before.reopen_within != after.reopen_within:
        yield Difference("reopen", "changed", before=str(before.reopen_within), after=str(after.reopen_within))
    if before.pauses_for_partner != after.pauses_for_partner:
        yield Difference("partner", "added" if after.pauses_for_partner else "removed")


def _matrix(before: Edition, after: Edition) -> Iterator[Difference]:
    for urgency, impact in product(range(1, 6), repeat=2):
        was, now = before.level(urgency, impact), after.level(urgency, impact)
        if was != now:
            about = {"urgency": str(urgency), "impact": str(impact)}
            yield Difference("matrix", "changed", before=was, after=now, about=about)


Condition = tuple[str, ...]


def _targets_of(edition: Edition) -> dict[Condition, Duration | None]:
    """The targets of an edition (None: there is no clock) by clock, whether they only shorten, and conditions; a rule
    for two levels is two."""
    found: dict[Condition, Duration | None] = {}
    for rule in edition.rules:
        for condition in _conditions(rule):
            found.setdefault(condition, rule.target)
    return found


def _conditions(rule: Rule) -> Iterator[Condition]:
    values: list[Sequence[str]] = [getattr(rule, name) or ("",) for name in _CONDITIONS]
    for combined in product(*values):
        yield rule.clock, "cap" if rule.cap else "", *combined


def _targets(
    before: Mapping[Condition, Duration | None], after: Mapping[Condition, Duration | None]
) -> Iterator[Difference]:
    for condition in sorted({*before, *after}):
        sides = [_said_target(one[condition]) if condition in one else "" for one in (before, after)]
        if all(sides) and before[condition] == after[condition]:
            continue
        about = {name: value for name, value in zip(("clock", "cap", *_CONDITIONS), condition, strict=True) if value}
        kind: Kind = "changed" if all(sides) else "added" if sides[1] else "removed"
        yield Difference("target", kind, before=sides[0], after=sides[1], about=about)


def _said_target(target: Duration | None) -> str:
    return str(target) if target else NO_TARGET


# ---- lists of things ------------------------------------------------------------------------------------------------


def _kinds(
    subject: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    former: Mapping[str, str],
    fields: Sequence[str],
) -> Iterator[Difference]:
    """Things by id: new, gone, called otherwise, and other in some field."""
    now_called = {name: former.get(name, name) for name in before}
    for name, thing in after.items():
        was = next((old for old, new in now_called.items() if new == name), None)
        if was is None:
            yield Difference(subject, "added", name)
            continue
        yield from _renamed(subject, before[was], thing, was, name)
        for one in fields:
            earlier, later = _value(getattr(before[was], one)), _value(getattr(thing, one))
            if earlier != later:
                yield Difference(f"{subject}-{one}".replace("_", "-"), "changed", name, earlier, later)
    for name in before:
        if now_called[name] not in after:
            yield Difference(subject, "removed", name)


def _renamed(subject: str, before: object, after: object, was: str, name: str) -> Iterator[Difference]:
    """A name is other where its words are, or its id."""
    if getattr(before, "name", None) != getattr(after, "name", None) or was != name:
        yield Difference(f"{subject}-name", "changed", name, was, name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _people(before: Policy, after: Policy) -> Iterator[Difference]:
    """Only how many they are: who came and went is no business of a report."""
    came, went = after.people.keys() - before.people.keys(), before.people.keys() - after.people.keys()
    if came or went:
        about = {"came": str(len(came)), "went": str(len(went))}
        yield Difference("people", "changed", before=str(len(before.people)), after=str(len(after.people)), about=about)


# ---- words and templates --------------------------------------------------------------------------------------------


def _words(before: Policy, after: Policy) -> Iterator[Difference]:
    """Words that alarm, sort or hold back: those that are new, and those that are gone.

    Of those that hold back only the number is told: many are insults, which a report does not repeat.
    """
    for subject, name in (("alarm-words", "alarms"), ("rule-words", "rules"), ("screen-words", "screens")):
        was, now = _said(getattr(before, name)), _said(getattr(after, name))
        sides: tuple[tuple[Kind, set[str]], ...] = (("added", now - was), ("removed", was - now))
        for kind, words in sides:
            if words and subject == "screen-words":
                yield Difference(subject, kind, after=str(len(words)))
            elif words:
                yield Difference(subject, kind, words=tuple(sorted(words)))


def _said(rules: Iterable[Keyword | Screen]) -> set[str]:
    return {word for rule in rules for word in rule.words}


def _templates(before: Policy, after: Policy) -> Iterator[Difference]:
    """How many texts for submitters are new, gone or other."""
    was, now = before.templates, after.templates
    counts: dict[Kind, int] = {
        "added": len(now.keys() - was.keys()),
        "removed": len(was.keys() - now.keys()),
        "changed": sum(now[key] != was[key] for key in now.keys() & was.keys()),
    }
    yield from (Difference("templates", kind, after=str(n)) for kind, n in counts.items() if n)
