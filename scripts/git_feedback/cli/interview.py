"""Somebody is on the phone: questions for one hand and half an ear.  Numbers for choices, Enter for what is not known.

It asks what the channel requires and no more, says all of it back on one screen, and asks whether to keep it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import click

from git_feedback.cli.session import Session
from git_feedback.cli.told_by_hand import Told
from git_feedback.clock import parse_day
from git_feedback.desk.missing import askable
from git_feedback.intake.door import safe
from git_feedback.intake.reaching import contact
from git_feedback.policy import Channel
from git_feedback.text import display_width, shorten, visible

ORDER = (
    "text", "title", "product", "device", "area", "rating", "nps", "expected", "source", "attachments", "submitter",
)  # fmt: skip
"""The order in which people tell things: what happened, to what, where, what they think, how to reach them."""
TITLE_WIDTH, LINE_WIDTH = 48, 60
KEEP, CHANGE, DROP = 1, 2, 0
_SCALES: Mapping[str, tuple[int, int]] = {"rating": (1, 5), "nps": (0, 10)}


class Interview:
    """Questions about one piece of feedback; what was said already is not asked."""

    def __init__(self, session: Session, told: Told) -> None:
        self.session = session
        self.told = told

    def is_needed(self) -> bool:
        """Whether anything is left to ask."""
        channel = self.session.policy.channels.get(self.told.channel or "")
        return channel is None or not self.told.has("title") or bool(self.told.lacks(channel.required))

    def hold(self) -> bool:
        """Ask, say it back, change what is wrong; whether it is to be kept."""
        if self.told.channel is None:
            self.told.channel = self._channel()
        for name in self._fields():
            if not self.told.has(name):
                self._ask(name)
        while True:
            lines = self._lines()
            self._say_back(lines)
            wish = self._number("new-keep", (KEEP, CHANGE, DROP))
            if wish != CHANGE:
                return wish == KEEP
            name = lines[self._number("new-change-which", range(1, len(lines) + 1)) - 1][0]
            self._again(name)

    # ---- questions --------------------------------------------------------------------------------------------------

    @property
    def _way(self) -> Channel:
        return self.session.policy.channels[self.told.channel or ""]

    def _fields(self) -> list[str]:
        """What is asked: what was told anyhow, what the channel requires, and how to reach them where that is of use."""
        wanted = {"text", "title", *self._way.required, *(("submitter",) if self._way.answerable else ())}
        return [name for name in ORDER if name in wanted]

    def _channel(self) -> str:
        """A short list by number: what our own people write down; any other one by its id."""
        channels = self.session.policy.channels
        listed = [one for one in channels.values() if one.by_hand] or list(channels.values())
        for number, one in enumerate(listed, 1):
            click.echo(f"{number:>3}  {one.name.said(self.session.language)}", err=True)
        while True:
            given = self._prompt("new-ask-channel")
            if given.isascii() and given.isdigit() and 1 <= int(given) <= len(listed):
                return listed[int(given) - 1].id
            if given in channels:
                return given
            self.session.say("new-one-of-these", known=tuple(channels))

    def _ask(self, name: str) -> None:
        """One field.  Enter skips; what is required is asked for once more, and may then stay open to be asked later."""
        required = name in self._way.required
        may_wait = self._way.answerable and bool(askable([name]))  # type: ignore[list-item]  # ORDER holds fields
        tries = 0
        while True:
            if self._taken(name, self._prompt(f"new-ask-{name}", default=self._default(name))):
                return
            tries += 1
            if not required and name != "title":
                return
            if name != "title" and may_wait and tries > 1:
                self.session.say("new-left-open")
                return
            self.session.say("new-needed" if may_wait and name != "title" else "new-needed-now")

    def _taken(self, name: str, given: str) -> bool:
        """Keep an answer; False where there is none, or none that can be used."""
        words = given.strip()
        if name == "submitter":
            return self._reached(words)
        if not words:
            return False
        if name in _SCALES:
            return self._scaled(name, words)
        if name == "expected":
            return self._day(words)
        if name == "attachments":
            return self._files(words)
        self.told.said[name] = words
        return True

    def _reached(self, words: str) -> bool:
        """A number, an address, a WeChat name; without one they stay anonymous."""
        self.told.contacts.update(contact(words))
        if not words:
            self.told.kind = self.told.kind or "anonymous"
            return True
        name = self._prompt("new-ask-name").strip()
        if name:
            self.told.contacts["name"] = name
        return True

    def _scaled(self, name: str, words: str) -> bool:
        low, high = _SCALES[name]
        if not re.fullmatch("[0-9]{1,2}", words) or not low <= int(words) <= high:
            self.session.say("new-number-between", low=low, high=high)
            return False
        self.told.said[name] = int(words)
        return True

    def _day(self, words: str) -> bool:
        """`2026-11-25`, or in how many days."""
        today = self.session.now.astimezone(self.session.policy.zone).date()
        try:
            day: date = today + timedelta(days=int(words)) if re.fullmatch("[0-9]{1,3}", words) else parse_day(words)
        except ValueError:
            self.session.say("new-day-form")
            return False
        self.told.said["expected"] = day.isoformat()
        return True

    def _files(self, words: str) -> bool:
        path = Path(words.strip("'\"")).expanduser()
        if not path.is_file():
            self.session.say("new-no-file", file=str(path))
            return False
        self.told.files = (*self.told.files, path)
        return True

    def _default(self, name: str) -> str:
        """A title is the first line of what was said, unless they have a better one."""
        text = str(self.told.said.get("text") or "").strip()
        return shorten(text.splitlines()[0].strip(), TITLE_WIDTH) if name == "title" and text else ""

    # ---- saying it back ---------------------------------------------------------------------------------------------

    def _lines(self) -> list[tuple[str, str, str]]:
        """Field, its name, what was told of it: everything that can be changed, and what is still open."""
        session = self.session
        found = [("channel", session.words("new-channel"), self._way.name.said(session.language))]
        for name in ORDER:
            if self.told.has(name) or name in self._way.required:
                label = session.words("new-title" if name == "title" else f"page-field-{name}")
                found.append((name, label, self._shown(name)))
        return found

    def _shown(self, name: str) -> str:
        if name == "submitter":
            kind = self.session.words(f"new-kind-{self.told.kind}") if self.told.kind else ""
            return " ".join(part for part in (self.told.hint, kind) if part) or self.session.words("new-open")
        if name == "attachments":
            return ", ".join(visible(path.name) for path in self.told.files) or self.session.words("new-open")
        words = " ".join(visible(safe(str(self.told.said.get(name, "")))).split())
        return shorten(words, LINE_WIDTH) or self.session.words("new-open")

    def _say_back(self, lines: Sequence[tuple[str, str, str]]) -> None:
        click.echo("", err=True)
        width = max(display_width(label) for _, label, _ in lines)
        for number, (_, label, shown) in enumerate(lines, 1):
            space = " " * (width - display_width(label) + 2)
            click.echo(f"{number:>3}  {label}{space}{shown}", err=True)

    def _again(self, name: str) -> None:
        """A field anew: what was told of it is gone."""
        if name == "channel":
            self.told.channel = self._channel()
            for other in self._fields():
                if not self.told.has(other):
                    self._ask(other)
            return
        if name == "submitter":
            self.told.contacts.clear()
            self.told.kind = None
        elif name == "attachments":
            self.told.files = ()
        else:
            self.told.said.pop(name, None)
        self._ask(name)

    # ---- the keyboard -----------------------------------------------------------------------------------------------

    def _prompt(self, code: str, default: str = "") -> str:
        given = click.prompt(self.session.words(code), default=default, show_default=bool(default), err=True)
        return str(given)

    def _number(self, code: str, choices: Sequence[int]) -> int:
        while True:
            given = self._prompt(code).strip()
            if given.isascii() and given.isdigit() and int(given) in choices:
                return int(given)
