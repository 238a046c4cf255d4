"""How a report speaks: sentences, names out of the policy, days and amounts in one language."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from git_feedback.charts.amounts import long_day
from git_feedback.i18n import text
from git_feedback.insight import clock_name, duration, named, percent, period_name
from git_feedback.policy import Policy

UNKNOWN = ("unclassified", "unassigned", "")


class Speech:
    """The words of one language under one policy."""

    def __init__(self, policy: Policy, language: str) -> None:
        self.policy, self.language = policy, language
        self.zone = ZoneInfo(policy.desk.zone)

    def say(self, code: str, n: int | None = None, **values: object) -> str:
        """The words for a code."""
        return text(code, self.language, n, **values)

    # ---- names ------------------------------------------------------------------------------------------------------

    @cached_property
    def categories(self) -> dict[str, str]:
        """What categories are called, by id."""
        return {one.id: one.name.said(self.language) for one in self.policy.categories.values()}

    def category(self, identity: str) -> str:
        """The name of a category; what nobody has classified is called so."""
        return named(identity or "unclassified", self.language, self.categories)

    def department(self, identity: str) -> str:
        """The name of a department; what nobody has been given is called so."""
        known = {name: one.name.said(self.language) for name, one in self.policy.departments.items()}
        return named(identity or "unassigned", self.language, known)

    def channel(self, identity: str) -> str:
        """The name of a channel."""
        known = self.policy.channels.get(identity)
        return known.name.said(self.language) if known else identity

    def person(self, identity: str) -> str:
        """The name of a person."""
        known = self.policy.people.get(identity)
        return known.name.said(self.language) if known else identity

    def clock(self, name: str, level: str) -> str:
        """`P1 first answer`."""
        return clock_name(name, level, self.language)

    def period(self, name: str) -> str:
        """`October`, `Q3`, `2026`."""
        return period_name(name, self.language)

    # ---- amounts ----------------------------------------------------------------------------------------------------

    def share(self, share: float | None) -> str:
        """`91.4 %`; a dash where there is nothing to count from."""
        return "–" if share is None else percent(share)

    def hours(self, hours: float | None) -> str:
        """`4.2 days`; a dash where there is nothing to count from."""
        return "–" if hours is None else duration(hours, self.language)

    def day(self, day: date | datetime) -> str:
        """`1 October 2026`; a moment as the desk's day."""
        return long_day(day.astimezone(self.zone).date() if isinstance(day, datetime) else day, self.language)

    def listed(self, words: Iterable[str]) -> str:
        """Several words one after the other."""
        return ("、" if self.language == "zh" else ", ").join(words)
