"""What codes and ids are called, for columns that are read without looking anything up."""

from collections.abc import Callable, Mapping
from functools import cache

from git_feedback.desk import MACHINES
from git_feedback.i18n import text
from git_feedback.policy import Policy

Called = Callable[[str | None], str | None]


class Readable:
    """Names in one language.  What the policy does not know (any more) is called by its id."""

    def __init__(self, policy: Policy, language: str) -> None:
        self.category = _by_name(policy.categories, language)
        self.channel = _by_name(policy.channels, language)
        self.department = _by_name(policy.departments, language)
        self.level = _by_name(policy.editions[-1].levels, language)
        machines = {machine: text(f"export-by-{machine}", language) for machine in MACHINES}
        self.person = _by_name(policy.people, language, machines)
        self.state = _by_code("life", language)
        self.clock = _by_code("insight-clock", language)
        self.outcome = _by_code("export-outcome", language)
        self.verb = _by_code("export-verb", language)


def _by_name(shelf: Mapping[str, object], language: str, more: Mapping[str, str] | None = None) -> Called:
    names = {identity: said(entry, language) for identity, entry in shelf.items()} | dict(more or {})
    return lambda identity: None if identity is None else names.get(identity, identity)


def said(entry: object, language: str) -> str:
    """What an entry of the policy is called in a language."""
    name: str = getattr(entry, "name").said(language)  # noqa: B009 - five kinds of entries, all of them named
    return name


def _by_code(shelf: str, language: str) -> Called:
    @cache
    def called(code: str | None) -> str | None:
        return None if code is None else text(f"{shelf}-{code}", language)

    return called
