"""Policy as one frozen value, with the look-ups that everything above asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from git_feedback.clock import Calendar, Duration
from git_feedback.policy.calendar_files import CalendarFile
from git_feedback.policy.files import (
    Box,
    Category,
    Channel,
    Department,
    DeskFile,
    FieldName,
    Keyword,
    Level,
    Name,
    Person,
    Rule,
    Screen,
)
from git_feedback.policy.intake_files import IntakeFile
from git_feedback.policy.notify_files import NotifyFile
from git_feedback.policy.shelf import former
from git_feedback.policy.template_reading import Key, Template
from git_feedback.policy.triage_files import TriageFile

__all__ = [
    "Box",
    "Calendars",
    "Category",
    "Channel",
    "Department",
    "Edition",
    "FieldName",
    "Keyword",
    "Level",
    "Name",
    "Person",
    "Policy",
    "Screen",
    "Target",
]

ALWAYS = "24x7"


@dataclass(frozen=True)
class Calendars:
    """Working calendars by name, and the years each has official data for."""

    by_name: Mapping[str, Calendar]
    years: Mapping[str, frozenset[int]]
    plans: Mapping[str, CalendarFile] = field(default_factory=dict)
    """What the calendars were made from."""

    def __getitem__(self, name: str) -> Calendar:
        return self.by_name[name]

    def is_provisional(self, name: str, first: int, last: int) -> bool:
        """Whether the calendar lists holidays by year, yet not those of every year from `first` to `last`."""
        known = self.years.get(name, frozenset())
        return self.lists_years(name) and not known.issuperset(range(first, last + 1))

    def lists_years(self, name: str) -> bool:
        """Whether the calendar lists holidays by year, be they official or provisional."""
        return bool(self.years.get(name)) or (name in self.plans and bool(self.plans[name].years))


@dataclass(frozen=True, slots=True)
class Target:
    """How long a clock may take: a duration and the calendar its hours run by; `rule` is its place in the edition."""

    duration: Duration
    calendar: str
    rule: int


@dataclass(frozen=True)
class Edition:
    """The rules of one period: levels, matrix, targets."""

    effective: date
    reviewed: date | None
    levels: Mapping[str, Level]
    matrix: tuple[tuple[str, ...], ...]
    rules: tuple[Rule, ...]
    pauses_for_partner: bool
    reopen_within: Duration

    def level(self, urgency: int, impact: int) -> str:
        """The level of an urgency and an impact, each 1 to 5."""
        return self.matrix[urgency - 1][impact - 1]

    def raised(self, level: str, by: int) -> str:
        """The level `by` steps above; the top one stays."""
        order = sorted(self.levels)
        return order[max(0, order.index(level) - by)]

    def targets(self, clock: str, facts: "Facts") -> tuple[Target, ...]:
        """The target of a clock for an item of such a kind, then its caps; empty where no clock runs."""
        return self.all_targets(facts).get(clock, ())

    def all_targets(self, facts: "Facts") -> dict[str, tuple[Target, ...]]:
        """`targets` of every clock that runs for an item of such a kind."""
        first: dict[str, Target | None] = {}
        caps: dict[str, list[Target]] = {}
        for place, rule in enumerate(self.rules):
            if (not rule.cap and rule.clock in first) or not facts.fit(rule):
                continue
            target = self._target(place, rule, facts)
            if not rule.cap:
                first[rule.clock] = target
            elif target:
                caps.setdefault(rule.clock, []).append(target)
        return {clock: (target, *caps.get(clock, ())) for clock, target in first.items() if target}

    def _target(self, place: int, rule: Rule, facts: "Facts") -> Target | None:
        if rule.target is None:
            return None
        return Target(rule.target, rule.target.calendar or self.levels[facts.level].calendar, place)


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules of targets look at."""

    level: str
    category: str
    channel: str
    department: str
    submitter: str = ""
    category_was: tuple[str, ...] = ()
    """What its category was called before: rules of that time mean it, and so do those of the group it stood in."""
    department_was: tuple[str, ...] = ()

    def fit(self, rule: Rule) -> bool:
        """Whether a rule is about such an item; a category rule holds for the kinds below it too."""
        return (
            (not rule.level or self.level in rule.level)
            and (not rule.category or self._is_about(rule.category))
            and (not rule.channel or self.channel in rule.channel)
            and (not rule.department or any(one in rule.department for one in (self.department, *self.department_was)))
            and (not rule.submitter or self.submitter in rule.submitter)
        )

    def _is_about(self, categories: tuple[str, ...]) -> bool:
        names = (self.category, *self.category_was)
        return any(one in categories or one.split("/")[0] in categories for one in names)


@dataclass(frozen=True)
class Policy:
    """All rules of a desk.  Mappings keep the order of the files."""

    desk: DeskFile
    departments: Mapping[str, Department]
    people: Mapping[str, Person]
    categories: Mapping[str, Category]
    channels: Mapping[str, Channel]
    editions: tuple[Edition, ...]
    negations: Mapping[str, tuple[str, ...]]
    alarms: tuple[Keyword, ...]
    rules: tuple[Keyword, ...]
    calendars: Calendars
    notify: NotifyFile | None = None
    """Who is told of clocks that run out; None where the desk tells nobody."""
    screens: tuple[Screen, ...] = ()
    """Words by which a submission may be none."""
    boxes: Mapping[str, Box] = field(default_factory=dict)
    """Boxes for paper notes by id; empty where the desk lists none, and takes sheets of any."""
    recipients: tuple[str, ...] = ()
    """Public keys (age) of those who may read how to reach somebody; empty: nothing of the kind is kept."""
    intake: IntakeFile = field(default_factory=IntakeFile)
    """Where feedback arrives by itself; empty where it is only brought."""
    triage: TriageFile = field(default_factory=TriageFile)
    """What raises urgency and impact, and who may give the top level."""
    templates: Mapping[Key, Template] = field(default_factory=dict)
    """Words to submitters by what they are about, channel (empty: every one) and language; empty where there are none."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The desk's zone: its dates, months and ids."""
        return ZoneInfo(self.desk.zone)

    @cached_property
    def office(self) -> Calendar:
        """The calendar of working days."""
        return self.calendars[self.desk.office]

    @cached_property
    def category_ids(self) -> Mapping[str, str]:
        """Ids that categories had before, and what each is called now."""
        return former(self.categories)

    @cached_property
    def department_ids(self) -> Mapping[str, str]:
        """Ids that departments had before, and what each is called now."""
        return former(self.departments)

    def edition(self, day: date) -> Edition:
        """The edition in force on a day; before the first one, the first."""
        found = self.editions[0]
        for edition in self.editions:
            if edition.effective <= day:
                found = edition
        return found

    def person_by_email(self, email: str) -> Person | None:
        """Whose Git address that is."""
        wanted = email.casefold()
        return next((p for p in self.people.values() if p.email and p.email.casefold() == wanted), None)

    def on_duty(self, person: str, day: date) -> str:
        """The person, or the deputy while the person is on leave (once: a deputy on leave stays)."""
        found = self.people.get(person)
        if found and found.deputy and any(leave.first <= day <= leave.last for leave in found.leave):
            return found.deputy
        return person
