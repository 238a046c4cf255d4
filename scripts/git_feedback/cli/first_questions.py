"""At most six questions to whoever starts a desk: each with the reason why it is asked and an answer that Enter takes.

An answer is looked at when it is given, so nothing that cannot be reaches the desk; before the last one nothing is
written.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

import click

from git_feedback import i18n
from git_feedback.jobs.fitting import HOSTS, PUBLISHING, READERS, Host, Wishes, address, kind_named
from git_feedback.text import visible

Word = TypeVar("Word", bound=str)
LANGUAGES = ("en", "zh")
_LOCALTIME = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class Open:
    """Which of the questions are not answered by an option yet."""

    language: bool
    name: bool
    zone: bool
    host: bool
    repository: bool
    readers: bool


def answered(wishes: Wishes, still: Open, origin: str) -> Wishes:
    """The wishes with what was asked; `origin` is where a clone that is there comes from.  Raises click.Abort."""
    asking = Asking(wishes.language or "en")
    if still.language:
        asking.language = asking.choice("language", LANGUAGES, asking.language)
    wishes = replace(wishes, language=asking.language)
    if still.name:
        wishes = replace(wishes, name=asking.name())
    if still.zone:
        wishes = replace(wishes, zone=asking.zone())
    if still.host:
        wishes = replace(wishes, host=asking.choice("host", HOSTS, kind_named(origin)))
    if wishes.host == "none":
        return wishes
    if still.repository:
        wishes = replace(wishes, repository=asking.repository(wishes.host, origin))
    if still.readers and wishes.host in PUBLISHING:
        wishes = replace(wishes, readers=asking.choice("readers", READERS, "none"))
    return wishes


class Asking:
    """Questions in one language, on standard error; Enter takes what stands in brackets."""

    def __init__(self, language: str) -> None:
        self.language = language

    def words(self, code: str, **values: object) -> str:
        """Words in the language of the desk."""
        return i18n.text(code, self.language, None, **values)

    def name(self) -> str:
        """What the desk is called."""
        self._why("name")
        return self._given("name", self.words("init-default-name"))

    def zone(self) -> str:
        """The zone that the desk's clocks are in."""
        self._why("zone")
        while True:
            given = self._given("zone", zone_here() or ("Asia/Shanghai" if self.language == "zh" else "UTC"))
            if found := zone_named(given):
                return found
            self._say("unknown-zone", given=given)

    def repository(self, host: Host, origin: str) -> str:
        """The address of the repository; empty while there is none."""
        self._why("repository")
        later = self.words("init-later")
        while True:
            given = self._given("repository", address(host, origin) or later)
            if given == later:
                return ""
            if found := address(host, given):
                return found
            self._say("init-bad-address" if host == "gitea" else "init-bad-repository", given=given)

    def choice(self, about: str, known: Sequence[Word], default: Word) -> Word:
        """One of a short list, by its number or its word."""
        self._why(about)
        for number, one in enumerate(known, 1):
            click.echo(f"{number:>5}  {self.words(f'init-{about}-{one}')}", err=True)
        while True:
            given = self._given(about, str(known.index(default) + 1)).casefold()
            for number, one in enumerate(known, 1):
                if given in (str(number), one):
                    return one
            self._say("init-one-of", most=len(known))

    def _why(self, about: str) -> None:
        click.echo(f"\n{self.words(f'init-why-{about}')}", err=True)

    def _given(self, about: str, default: str) -> str:
        given = click.prompt(f"  {self.words(f'init-ask-{about}')}", default=default, err=True)
        return " ".join(str(given).split())

    def _say(self, code: str, **values: object) -> None:
        halves = i18n.halves(code, self.language, **{name: visible(str(one)) for name, one in values.items()})
        between = "；" if self.language == "zh" else "; "
        click.echo(f"  {between.join(half for half in halves if half)}", err=True)


# ---- zones ----------------------------------------------------------------------------------------------------------


def zone_named(given: str) -> str | None:
    """The zone of a name in any letters, or of a city alone (上海, too); None for what is none, or is several."""
    wanted = given.casefold().replace(" ", "_")
    known = available_timezones()
    found = [one for one in known if one.casefold() == wanted]
    found = found or [one for one in known if "/" in one and one.casefold().rpartition("/")[2] == wanted]
    found = found or [one for one in i18n.zones_of_city(given, "zh") if one in known]
    return found[0] if len(found) == 1 else None


def zone_here() -> str | None:
    """The zone that this machine is set to, where it says so by name."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if not named and _LOCALTIME.is_symlink():
        named = _LOCALTIME.resolve().as_posix().partition("/zoneinfo/")[2]
    return named if named in available_timezones() and named not in ("", "localtime", "Etc/UTC", "UTC") else None
