"""What one policy file says about another: every id that is named must exist."""

from collections.abc import Callable, Collection, Iterator, Sequence

from git_feedback.clock import Calendar
from git_feedback.model import Place, Problem
from git_feedback.policy.files import Rule
from git_feedback.policy.model import Edition, Policy

Find = Callable[[str, Place], tuple[int, int]]
Claim = tuple[str, Place, str, str, Collection[str]]
"""File, place, code, the id that is named, the ids there are."""


def crossings(policy: Policy, order: Sequence[int], find: Find) -> Iterator[Problem]:
    """Every id that nothing has; `order` says which edition of the file each edition of the policy is."""
    for file, place, code, given, known in _claims(policy, order):
        if given not in known:
            line, column = find(file, place)
            yield Problem(file, line, column, code, {"given": given, "known": tuple(known)})


WEEKS = 40 * 52
"""Calendars search a hundred years ahead; of no year more than half is holidays."""


def endless(policy: Policy, order: Sequence[int], find: Find) -> Iterator[Problem]:
    """Targets that are never used up: too long, or on a calendar that opens on some dates only."""
    for index, edition in zip(order, policy.editions, strict=True):
        for n, rule in enumerate(edition.rules):
            for name in _calendars(policy, edition, rule):
                if not _ends(rule, policy.calendars[name]):
                    line, column = find("policy/sla.yml", ("editions", index, "rules", n, "target"))
                    values = {"given": str(rule.target), "calendar": name}
                    yield Problem("policy/sla.yml", line, column, "endless-target", values)
                    break


def _calendars(policy: Policy, edition: Edition, rule: Rule) -> list[str]:
    """The calendars by which a rule's target may run."""
    if rule.target is None:
        return []
    if rule.target.working_days:
        return [policy.desk.office]
    if rule.target.calendar:
        return [rule.target.calendar]
    levels = [edition.levels[level] for level in rule.level] if rule.level else list(edition.levels.values())
    return list(dict.fromkeys(level.calendar for level in levels))


def _ends(rule: Rule, calendar: Calendar) -> bool:
    """Whether a target is used up within some decades of ordinary weeks, holidays and all."""
    target = rule.target
    if target and target.working_days:
        return target.working_days <= WEEKS * len(calendar.week_s)
    return target is None or (target.seconds or 0) <= WEEKS * sum(calendar.week_s)


def _claims(policy: Policy, order: Sequence[int]) -> Iterator[Claim]:
    yield from _desk(policy)
    yield from _people(policy)
    yield from _categories(policy)
    yield from _boxes(policy)
    yield from _keywords(policy)
    yield from _notify(policy)
    yield from _triage(policy)
    for index, edition in zip(order, policy.editions, strict=True):
        yield from _edition(policy, index, edition)


def _desk(policy: Policy) -> Iterator[Claim]:
    file = "policy/desk.yml"
    yield file, ("office",), "no-such-calendar", policy.desk.office, policy.calendars.by_name
    yield file, ("coordinator",), "no-such-person", policy.desk.coordinator, policy.people


def _people(policy: Policy) -> Iterator[Claim]:
    file = "policy/people.yml"
    for n, department in enumerate(policy.departments.values()):
        yield file, ("departments", n, "coordinator"), "no-such-person", department.coordinator, policy.people
        yield file, ("departments", n, "lead"), "no-such-person", department.lead, policy.people
    for n, person in enumerate(policy.people.values()):
        yield file, ("people", n, "department"), "no-such-department", person.department, policy.departments
        if person.deputy:
            yield file, ("people", n, "deputy"), "no-such-person", person.deputy, policy.people


def _categories(policy: Policy) -> Iterator[Claim]:
    for n, category in enumerate(policy.categories.values()):
        place = ("categories", n, "department")
        yield "policy/categories.yml", place, "no-such-department", category.department, policy.departments


def _keywords(policy: Policy) -> Iterator[Claim]:
    for shelf, keywords in (("alarms", policy.alarms), ("rules", policy.rules)):
        for n, keyword in enumerate(keywords):
            if keyword.category:
                place = (shelf, n, "category")
                yield "policy/keywords.yml", place, "no-such-category", keyword.category, policy.categories


def _boxes(policy: Policy) -> Iterator[Claim]:
    for n, box in enumerate(policy.boxes.values()):
        yield "policy/channels.yml", ("boxes", n), "no-such-channel", box.channel, policy.channels


def _notify(policy: Policy) -> Iterator[Claim]:
    file, notify = "policy/notify.yml", policy.notify
    if notify is None:
        return
    for person, ways in notify.by_person.items():
        yield file, ("by_person", person), "no-such-person", person, policy.people
        yield from ((file, ("by_person", person), "no-such-way", way, notify.ways) for way in ways)
    for n, person in enumerate(notify.managers):
        yield file, ("managers", n), "no-such-person", person, policy.people
    levels = {level for edition in policy.editions for level in edition.levels}
    for n, level in enumerate(notify.at_once):
        yield file, ("at_once", n), "no-such-level", level, levels
    for n, level in enumerate(notify.alarmed.levels if notify.alarmed else ()):
        yield file, ("alarmed", "levels", n), "no-such-level", level, levels
    if notify.quiet:
        yield file, ("quiet", "calendar"), "no-such-calendar", notify.quiet.calendar, policy.calendars.by_name
    if notify.watch:
        yield file, ("watch", "calendar"), "no-such-calendar", notify.watch.calendar, policy.calendars.by_name
        for n, shift in enumerate(notify.watch.shifts):
            yield file, ("watch", "shifts", n, "who"), "no-such-person", shift.who, policy.people


def _triage(policy: Policy) -> Iterator[Claim]:
    file, found = "policy/triage.yml", policy.triage
    alarms = {one.id for one in policy.alarms}
    levels = {level for edition in policy.editions for level in edition.levels}
    categories = {*policy.categories, *policy.category_ids}
    categories |= {category.split("/")[0] for category in categories}
    for n, alarm in enumerate(found.systemic_alarms):
        yield file, ("systemic_alarms", n), "no-such-alarm", alarm, alarms
    for n, condition in enumerate(found.conditions):
        place: Place = ("conditions", n)
        yield file, (*place, "level"), "no-such-level", condition.level, levels
        yield from ((file, (*place, "when", "alarm"), "no-such-alarm", one, alarms) for one in condition.when.alarm)
        yield from (
            (file, (*place, "when", "category"), "no-such-category", one, categories) for one in condition.when.category
        )
        yield from (
            (file, (*place, "when", "channel"), "no-such-channel", one, policy.channels)
            for one in condition.when.channel
        )
    for n, level in enumerate(found.major.levels if found.major else ()):
        yield file, ("major", "levels", n), "no-such-level", level, levels


def _edition(policy: Policy, index: int, edition: Edition) -> Iterator[Claim]:
    file, top = "policy/sla.yml", ("editions", index)
    for n, level in enumerate(edition.levels.values()):
        yield file, (*top, "levels", n, "calendar"), "no-such-calendar", level.calendar, policy.calendars.by_name
    for urgency, row in enumerate(edition.matrix, 1):
        for level_id in row:
            yield file, (*top, "matrix", str(urgency)), "no-such-level", level_id, edition.levels
    if edition.reopen_within.calendar:
        yield (
            file,
            (*top, "reopen_within"),
            "no-such-calendar",
            edition.reopen_within.calendar,
            policy.calendars.by_name,
        )
    categories = {*policy.categories, *policy.category_ids}
    groups = {category.split("/")[0] for category in categories}
    for n, rule in enumerate(edition.rules):
        place = (*top, "rules", n)
        yield from ((file, place, "no-such-level", one, edition.levels) for one in rule.level)
        yield from ((file, place, "no-such-category", one, groups | categories) for one in rule.category)
        yield from ((file, place, "no-such-channel", one, policy.channels) for one in rule.channel)
        yield from ((file, place, "no-such-department", one, policy.departments) for one in rule.department)
        if rule.target and rule.target.calendar:
            yield file, place, "no-such-calendar", rule.target.calendar, policy.calendars.by_name
