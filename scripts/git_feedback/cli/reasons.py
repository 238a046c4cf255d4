"""The reasons of an item in the words of a language, line by line."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from git_feedback.desk import MACHINES
from git_feedback.desk.alarms import RISE
from git_feedback.desk.explaining import Explanation
from git_feedback.desk.majors import to_confirm
from git_feedback.desk.rulebook import seconds_of
from git_feedback.desk.sla import NAMES, Clock
from git_feedback.desk.trace_words import Telling, account, outcome, telling_steps
from git_feedback.desk.tracing import MOST, Basis
from git_feedback.model import Event
from git_feedback.pages.page import Origin, Part
from git_feedback.triage.weights import reasons_of

Origins = Mapping[Part, Origin]
Line = tuple[int, str]
"""How far a line is indented, and what it says."""


class Speaker:
    """An explanation in the words of a language."""

    def __init__(self, say: Callable[..., str], language: str, told: Explanation, written: Origins) -> None:
        self.say, self.language = say, language
        self.told, self.written = told, written
        self.policy, self.state = told.policy, told.one.state
        self.telling = Telling(say, self.on, told.policy.zone)
        self._named: set[str] = set()
        """Commits that were told in full already."""
        self._this_year = told.now.astimezone(told.policy.zone).year

    def lines(self) -> Iterator[Line]:
        """Everything there is to say, a paragraph a matter."""
        item, state = self.told.one.item, self.state
        life = self.say(f"life-{state.life}")
        yield 0, f"{item.id}  {state.level or '-'}  {life}  {' '.join(item.title.split())}"
        yield from self._matter()
        yield from self._level()
        yield from self._owner()
        yield from self._clocks()
        yield from self._held()
        yield from dict.fromkeys(self._alarms())  # by two ways, told once

    # ---- names and moments ------------------------------------------------------------------------------------------

    def on(self, day: date) -> str:
        """A date with its weekday; the year where it is not this one."""
        code = "explain-date" if day.year == self._this_year else "explain-date-year"
        month = self.say("page-months").split("|")[day.month - 1]
        weekday = self.say("page-weekdays").split("|")[day.weekday()]
        return self.say(code, weekday=weekday, day=day.day, month=month, year=day.year)

    def _moment(self, at: datetime) -> str:
        return self.telling.moment(seconds_of(at))

    def _person(self, person: str | None) -> str:
        found = self.policy.people.get(person or "")
        if found:
            return found.name.said(self.language)
        return self.say(f"page-by-{person}") if person in MACHINES else person or "-"

    def _department(self, department: str | None) -> str:
        found = self.policy.departments.get(department or "")
        return found.name.said(self.language) if found else department or self.say("explain-desk")

    def _category(self, category: str) -> str:
        found = self.policy.categories.get(category)
        return self.say("explain-named", name=found.name.said(self.language), id=category) if found else category

    def _because(self, event: Event, code: str) -> str:
        reason = getattr(event, "because", None) or getattr(event, "reason", None)
        said = self.say(code, who=self._person(event.by), time=self._moment(event.at))
        return self.say("explain-because", said=said, reason=" ".join(reason.split())) if reason else said

    def _origin(self, *part: str | int) -> str:
        """Where a part of the policy is written, and the commit that brought it; empty where nobody knows."""
        found = self.written.get(part)
        if found is None:
            return ""
        if found.uncommitted:
            return self.say("explain-uncommitted", file=found.file, line=found.line)
        if found.change is None:
            return self.say("explain-written", file=found.file, line=found.line)
        change = found.change
        if change.id in self._named:
            return self.say("explain-committed-too", file=found.file, line=found.line, commit=change.id)
        self._named.add(change.id)
        day = self.on(change.at.astimezone(self.policy.zone).date())
        return self.say(
            "explain-committed",
            file=found.file,
            line=found.line,
            commit=change.id,
            date=day,
            who=change.author,
            subject=change.subject,
        )

    def _from(self, indent: int, *part: str | int) -> Iterator[Line]:
        said = self._origin(*part)
        if said:
            yield indent, said

    # ---- what, how much, whose --------------------------------------------------------------------------------------

    def _matter(self) -> Iterator[Line]:
        matter = self.told.matter
        if matter is None:
            yield 0, self.say("explain-unclassified")
            return
        yield 0, self.say("explain-category", category=self._category(matter.said.category))
        yield 2, self._because(matter.said, "explain-said-by")
        for rule in matter.rules:
            where = self._origin("keyword", rule)
            if where:
                yield 2, self.say("explain-keyword-rule", id=rule, where=where)
                yield from self._changed_since(matter.said, rule)

    def _changed_since(self, said: Event, rule: str) -> Iterator[Line]:
        found = self.written["keyword", rule]
        if found.uncommitted or (found.change and found.change.at > said.at):
            yield 4, self.say("explain-changed-since")

    def _level(self) -> Iterator[Line]:
        level = self.told.level
        if level is None:
            return
        yield 0, self.say("explain-level", level=level.level)
        first_day = self.told.edition(level.edition).effective.isoformat()
        yield (
            2,
            self.say(
                "explain-matrix", urgency=level.urgency, impact=level.impact, level=level.plain, edition=first_day
            ),
        )
        yield from self._from(4, "matrix", level.edition, level.urgency)
        yield from self._weighing()
        for event in level.raises:
            yield 2, self._because(event, f"explain-raised-{event.verb}")
        major = self.policy.triage.major
        if major and to_confirm([self.told.one], self.policy, self.told.now):
            yield 2, self.say("explain-to-confirm", level=level.level, needs=self.say(f"handbook-role-{major.needs}"))

    def _weighing(self) -> Iterator[Line]:
        """What raised urgency and impact while a machine classified it; where keyword rules stand is told above."""
        matter = self.told.matter
        for reason in reasons_of(matter.said.because) if matter and matter.said.by in MACHINES else ():
            yield 4, reason.said(self.language, self.policy)
            if reason.part[:1] != ("keyword",):
                yield from self._from(6, *reason.part)

    def _owner(self) -> Iterator[Line]:
        owner = self.told.owner
        if owner.person is None:
            yield 0, self.say("explain-no-owner")
            return
        yield (
            0,
            self.say("explain-owner", owner=self._person(owner.person), department=self._department(owner.department)),
        )
        if owner.assigned:
            yield 2, self._because(owner.assigned, "explain-assigned")
        elif owner.department and self.told.matter:
            yield 2, self.say("explain-by-category", department=self._department(owner.department))
            yield from self._from(4, "category", self.told.matter.said.category)
        if owner.accepted:
            yield 2, self.say("explain-accepted", time=self._moment(owner.accepted.at))
        elif not owner.is_named:
            yield 2, self.say("explain-coordinator", department=self._department(owner.department))
            yield from self._from(4, "department", owner.department or "")
        if owner.deputy:
            yield 2, self.say("explain-deputy", deputy=self._person(owner.deputy))
            yield from self._from(4, "person", owner.person)

    # ---- when -------------------------------------------------------------------------------------------------------

    def _clocks(self) -> Iterator[Line]:
        if self.told.clocks or self.told.waiting:
            yield 0, self.say("explain-clocks")
        for clock, based in self.told.clocks:
            yield from self._clock(clock, based)
        for state in ("pending", "cancelled", "no-data"):
            names = [self.say(f"cli-clock-{clock.name}") for clock in self.told.waiting if clock.state == state]
            if names:
                yield 2, self.say(f"explain-clocks-{state}", names=names)

    def _clock(self, clock: Clock, based: Basis | None) -> Iterator[Line]:
        cycle = clock.shown
        assert cycle is not None
        name, state = self.say(f"cli-clock-{clock.name}"), self.say(f"cli-clockstate-{clock.state}")
        ended = outcome(clock, self.telling, seconds_of(self.told.now))
        yield 2, self.say("explain-clock", name=name, state=state, outcome=ended)
        start = self.telling.moment(cycle.start)
        if based:
            rule = self.told.edition(based.edition).rules[based.rule]
            yield (
                4,
                self.say("explain-target", start=start, target=str(rule.target), calendar=clock.calendar)
                + (self.say("explain-due", time=self.telling.end(cycle.end)) if clock.due else ""),
            )
            first_day = self.told.edition(based.edition).effective.isoformat()
            where = self._origin("rule", based.edition, based.rule)
            code = "explain-rule-at" if where else "explain-rule"
            yield 4, self.say(code, rule=based.rule + 1, edition=first_day, where=where)
        calendar = self.policy.calendars[clock.calendar]
        for line in account(clock, based, telling_steps(clock, based, calendar, MOST), self.telling):
            yield 4, line
        yield from self._earlier(clock)

    def _earlier(self, clock: Clock) -> Iterator[Line]:
        """The other cycles of a clock, a line each."""
        for n, cycle in enumerate(clock.cycles, 1):
            if cycle is clock.shown or cycle == clock.shown:
                continue
            verdict = "cancelled" if cycle.cancelled else "breached" if cycle.late_by else "met"
            yield (
                4,
                self.say(
                    "explain-cycle",
                    n=n,
                    start=self.telling.moment(cycle.start),
                    state=self.say(f"cli-clockstate-{verdict}"),
                    used=self.telling.amount(cycle.elapsed),
                    target=self.telling.amount(cycle.target),
                ),
            )

    def _held(self) -> Iterator[Line]:
        if not self.told.held:
            return
        yield 0, self.say("explain-held")
        for one in self.told.held:
            until = self._moment(one.until) if one.until else self.say("explain-until-now")
            said = self.say(
                "explain-holding",
                department=self._department(one.department),
                since=self._moment(one.since),
                until=until,
                worked=self.telling.amount(one.worked_s),
            )
            waited = self.say("explain-waited", amount=self.telling.amount(one.waited_s)) if one.waited_s else ""
            yield 2, said + waited

    def _alarms(self) -> Iterator[Line]:
        if not self.told.alarms:
            return
        yield 0, self.say("explain-alarms")
        for alarm in self.told.alarms:
            if alarm.clock == RISE:
                yield 2, self.say("explain-rise", who=self._person(alarm.addressee), sent=self._moment(alarm.at))
                continue
            yield (
                2,
                self.say(
                    "explain-alarm",
                    time=self._moment(alarm.since),
                    clock=self.say(f"cli-clock-{alarm.clock}") if alarm.clock in NAMES else alarm.clock,
                    rungs=[f"{rung} %" for rung in alarm.rungs],
                    who=self._person(alarm.addressee),
                    sent=self._moment(alarm.at),
                ),
            )
