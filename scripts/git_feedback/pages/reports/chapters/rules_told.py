"""Differences of the rules in words: what, and from which value to which."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from git_feedback.clock import Duration
from git_feedback.insight.policy_changes import NO_TARGET
from git_feedback.insight.rule_values import Difference
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech
from git_feedback.policy import Policy

WORDS = 12
"""So many words or days of a change are named; the rest is counted."""
CELLS = 6
"""So many changed places of the matrix are named one by one."""

COUNTED = ("templates", "screen-words")
"""Of these only the number is known."""


def told(differences: Iterable[Difference], material: Material, speech: Speech) -> Iterator[str]:
    """A sentence for each difference; many changes of the matrix are one sentence."""
    names = _Names(material, speech)
    for subject, found in groupby(differences, key=lambda one: one.subject):
        listed = list(found)
        if subject == "matrix" and len(listed) > CELLS:
            yield speech.say("report-rules-matrix-many", len(listed))
        else:
            yield from (names.told(one) for one in listed)


class _Names:
    """What things of the rules are called, by the rules of either end: what is gone has a name in the earlier ones."""

    def __init__(self, material: Material, speech: Speech) -> None:
        self.speech = speech
        found = (material.rules_after, material.rules_before, material.policy)
        self.rules: tuple[Policy, ...] = tuple(one for one in found if one)

    def told(self, one: Difference) -> str:
        """The sentence of a difference."""
        value = self._values.get(one.subject, str)
        values: dict[str, object] = {
            "name": self._name(one.subject, one.name),
            "was": one.before,
            "before": value(one.before) if one.before else self.speech.say("report-rules-nothing"),
            "after": value(one.after) if one.after else self.speech.say("report-rules-nothing"),
            "words": self._words(one),
            **one.about,
        }
        if one.subject == "target":
            values["which"] = self._which(one.about)
        count = int(one.after) if one.subject in COUNTED else len(one.words) or None
        return self.speech.say(f"report-rules-{_subject(one)}-{one.kind}", count, **values)

    @property
    def _values(self) -> Mapping[str, Callable[[str], str]]:
        """How values of a subject are said; where it is not here, as the policy writes them."""
        return {
            "target": self._length,
            "reopen": self._length,
            "category-department": lambda name: self._called("departments", name),
            "department-coordinator": lambda name: self._called("people", name),
            "department-lead": lambda name: self._called("people", name),
            "category-short": self._yes,
            "channel-answerable": self._yes,
            "channel-by-hand": self._yes,
            "calendar-year": lambda status: self.speech.say(f"report-rules-year-{status}"),
            "channel-told-by": lambda way: self.speech.say(f"report-rules-told-{way}"),
            "channel-required": self._fields,
        }

    def _fields(self, fields: str) -> str:
        return self.speech.listed(self.speech.say(f"page-field-{name}") for name in fields.split())

    def _yes(self, value: str) -> str:
        return self.speech.say(f"report-rules-{value}")

    def _name(self, subject: str, name: str) -> str:
        if subject == "edition":
            return self.speech.day(date.fromisoformat(name))
        shelf = {"category": "categories", "department": "departments", "channel": "channels"}.get(
            subject.partition("-")[0]
        )
        return self._called(shelf, name) if shelf else name

    def _called(self, shelf: str, name: str) -> str:
        """The name of a thing on a shelf of the policy; its id where no rules know it any more."""
        found = next((getattr(one, shelf)[name] for one in self.rules if name in getattr(one, shelf)), None)
        return str(found.name.said(self.speech.language)) if found else name

    def _which(self, about: Mapping[str, str]) -> str:
        """The clock, and the items whose target it is."""
        clock = self.speech.say(f"insight-clock-{about['clock']}")
        said: Mapping[str, Callable[[str], str]] = {
            "level": str,
            "category": lambda name: self._called("categories", name),
            "channel": lambda name: self._called("channels", name),
            "department": lambda name: self._called("departments", name),
            "submitter": lambda kind: self.speech.say(f"report-rules-submitter-{kind}"),
        }
        items = [say(about[name]) for name, say in said.items() if name in about]
        code = (
            "report-rules-cap-of"
            if "cap" in about
            else "report-rules-target-of"
            if items
            else "report-rules-target-all"
        )
        return self.speech.say(code, clock=clock, items=self.speech.listed(items))

    def _length(self, written: str) -> str:
        """`2h` in words; what has no target says so."""
        if written == NO_TARGET:
            return self.speech.say("report-rules-no-target")
        length = Duration.parse(written)
        if length.working_days:
            return self.speech.say("report-rules-working-days", length.working_days)
        minutes = (length.seconds or 0) // 60
        unit, many = ("hours", minutes // 60) if minutes % 60 == 0 else ("minutes", minutes)
        said = self.speech.say(f"report-rules-{unit}", many)
        return self.speech.say("report-rules-by", said=said, calendar=length.calendar) if length.calendar else said

    def _words(self, one: Difference) -> str:
        """The words or days of a change, as many as a reader looks at."""
        say = self._days if one.subject in ("calendar-closed", "calendar-open") else str
        said = self.speech.listed(say(word) for word in one.words[:WORDS])
        more = len(one.words) - WORDS
        return self.speech.say("report-rules-words-more", more, words=said) if more > 0 else said

    def _days(self, written: str) -> str:
        first, _, last = written.partition("..")
        days = [self.speech.day(date.fromisoformat(day)) for day in (first, last) if day]
        return self.speech.say("report-rules-from-to", first=days[0], last=days[-1]) if last else days[0]


def _subject(one: Difference) -> str:
    """A rule that only says that no clock runs is an exception, not a target."""
    is_exception = one.subject == "target" and NO_TARGET in (one.before, one.after) and one.kind != "changed"
    return "exempt" if is_exception else one.subject
