"""The words of people outside the desk: the customer's answer, message or verdict, and what another reader writes.

Every word passes the door.  What the customer writes while an answer is awaited is that answer, so that clocks go on;
nobody else's words are.  Commands do nothing here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from git_feedback import i18n
from git_feedback.desk import Refusal, state
from git_feedback.intake.door import masked_in, safe
from git_feedback.intake.lengthy import parted, sealable
from git_feedback.intake.slash import Command, Parsed
from git_feedback.intake.slash_events import Said
from git_feedback.jobs import commenting_words as words_of
from git_feedback.jobs.commenting_acts import Hand, Page
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Event, Item
from git_feedback.notation import clean
from git_feedback.policy import Policy
from git_feedback.privacy import erased_source
from git_feedback.store import BadItem
from git_feedback.text import language as language_in

FULL = 180 * 1024
"""Bytes from which an item takes no more words from outside: the desk still has to write to it."""
OTHERS = 20
"""So many comments of other readers an item takes a day where the policy names no number."""
_VERDICT = "follow-up"


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of the words."""

    language: str
    lines: tuple[str, ...] = ()
    done: tuple[tuple[str, str], ...] = ()
    refused: int = 0
    already: bool = False


@dataclass(frozen=True, slots=True)
class Readers:
    """A desk that listens to people outside."""

    policy: Policy
    vault: Vault
    now: datetime
    dry_run: bool = False
    BY: ClassVar[str] = "intake"

    def hear(self, said: Said, page: Page | None, parsed: Parsed) -> Heard:
        """Take the words to the item's page, and say so; a login that nobody of the desk has is told the way out."""
        language = self._language(said, page, parsed)
        orders = [one for one in parsed.known if not self._may_say(one, said)]
        lines = (self._stranger(orders[0], said, language),) if orders else ()
        if page is None or (orders and not said.by_author) or not safe(said.body):
            return Heard(language, lines, refused=len(lines))
        if self._is_there(page.item, said.source):
            edited = (words_of.said("slash-edited-words", language),) if said.action == "edited" else ()
            return Heard(language, (*lines, *edited) or (self._thanks(page, language),), already=True)
        hand = Hand(self.BY, min(said.at, self.now), self.now, self.policy)
        verdict = parsed.known[0] if parsed.known and not orders else None
        heard = self._verdict(verdict, said, page, parsed.said, hand, language) if verdict else None
        return heard or self._words(said, page, hand, lines, language)

    # ---- who says what ----------------------------------------------------------------------------------------------

    @staticmethod
    def _may_say(command: Command, said: Said) -> bool:
        """The one thing that a customer may say by a command is how content they are."""
        return said.by_author and command.name == _VERDICT and command.args is not None

    @staticmethod
    def _stranger(command: Command, said: Said, language: str) -> str:
        return words_of.said("slash-unknown-login", language, word=command.word, login=said.login or "?")

    def _language(self, said: Said, page: Page | None, parsed: Parsed) -> str:
        if parsed.known:
            return parsed.known[0].language
        heard = language_in(said.body)
        there = (page.item.language if page else None) or self.policy.desk.language
        return i18n.language_of(there if heard == "und" else heard)

    @staticmethod
    def _thanks(page: Page, language: str) -> str:
        return words_of.said("slash-thanks", language, id=page.item.id)

    @staticmethod
    def _is_there(item: Item, key: str) -> bool:
        sources = {getattr(event, "source", None) for event in item.history}
        return bool(sources & {key, erased_source(item.channel, key)})

    # ---- what is written --------------------------------------------------------------------------------------------

    def _verdict(
        self, command: Command, said: Said, page: Page, before: str, hand: Hand, language: str
    ) -> Heard | None:
        """How content the customer is, and the words before that; None while there is no answer to be content with."""
        args = {name: safe(value) if isinstance(value, str) else value for name, value in (command.args or {}).items()}
        if page.there(_VERDICT, self.BY, hand.said, args):
            return Heard(language, (self._thanks(page, language),), already=True)
        if said.action == "edited":
            return Heard(language, (words_of.said("slash-edited", language),), refused=1)
        event = hand.done(page, _VERDICT, args)
        if isinstance(event, Refusal):
            return None
        heard = self._put(page, event, language)
        if not heard.done or not safe(before):
            return heard
        return replace(heard, done=heard.done + self._put(page, self._event(said, page, hand, before), language).done)

    def _words(self, said: Said, page: Page, hand: Hand, lines: tuple[str, ...], language: str) -> Heard:
        """All of the comment, as words to the desk."""
        if not said.by_author and self._too_many(page.item, said, hand.moment(page.item)):
            return Heard(language, (words_of.said("slash-too-often", language, id=page.item.id),), refused=1)
        heard = self._put(page, self._event(said, page, hand, said.body), language)
        return replace(heard, lines=lines) if lines and heard.done else heard

    def _put(self, page: Page, event: Event | Refusal, language: str) -> Heard:
        """Write what happened, if there is room for it."""
        if len(page.source) > FULL:
            return Heard(language, (words_of.said("slash-full", language, id=page.item.id),), refused=1)
        if isinstance(event, Refusal):
            return Heard(language, (event.said(language),), refused=1)
        try:
            page.put(event)
        except BadItem as bad:
            return Heard(language, (bad.problems[0].said(language),), refused=1)
        return Heard(language, (self._thanks(page, language),), ((event.verb, page.item.id),))

    def _event(self, said: Said, page: Page, hand: Hand, words: str) -> Event | Refusal:
        """The awaited answer where the customer writes, else a message; the words as they came are sealed."""
        language, item = self.policy.desk.language, page.item
        text, rest = parted(safe(words), min(self.policy.desk.limits.text_max, 20_000) - 500)
        if rest:
            text += f"\n\n{i18n.text('slash-goes-on', language, source=said.source)}"
        if not said.by_author:
            text = f"{i18n.text('slash-another-reader', language)}\n\n{text}"
        originals = masked_in({"text": clean(words)})
        facts: dict[str, Any] = {"channel": item.channel, "source": said.source, "text": text}
        if originals and self.vault.is_open and not self.dry_run:
            facts["sealed"] = self.vault.seal(item.id, {"original.text": sealable(originals["text"])})
        awaited = said.by_author and state(item, self.policy, hand.moment(item)).waiting_for == "submitter"
        return hand.done(page, "supply" if awaited else "message", facts)

    def _too_many(self, item: Item, said: Said, at: datetime) -> bool:
        """Whether other readers have filled an item on the day under which the words would be written down."""
        day = at.astimezone(self.policy.zone).date()
        mark = tuple(i18n.text("slash-another-reader", language) for language in i18n.LANGUAGES)
        that_day = [
            event
            for event in item.history
            if (getattr(event, "source", None) or "").startswith(f"{said.issue_source}/")
            and event.at.astimezone(self.policy.zone).date() == day
            and getattr(event, "text", "").startswith(mark)
        ]
        return len(that_day) >= (self.policy.desk.limits.per_author or OTHERS)
