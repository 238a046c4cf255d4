"""The commands of one comment by one person of the desk, in their order, each on what those before it made."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from git_feedback.desk import Refusal, state
from git_feedback.intake.door import safe
from git_feedback.intake.slash import Command, Parsed, Unknown
from git_feedback.intake.slash_events import Said
from git_feedback.intake.slash_words import HELP, NOT_HERE, PRIORITY
from git_feedback.jobs import commenting_items as items
from git_feedback.jobs import commenting_names as names
from git_feedback.jobs import commenting_words as words_of
from git_feedback.jobs.commenting_acts import Hand, Page, is_behind, newest, prose
from git_feedback.jobs.commenting_names import Unclear
from git_feedback.model import Event, ids
from git_feedback.model import events as ev
from git_feedback.outbox.asking import language_of, question, to_ask
from git_feedback.policy import Policy
from git_feedback.policy.files import Person
from git_feedback.store import BadItem

Args = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A command that is understood: what it asks of which item; `there` is what an earlier run made of it."""

    command: Command
    page: Page
    verb: str
    args: Args
    there: Event | None = None


@dataclass
class Commands:
    """What one person asks for in one comment, and what became of it."""

    root: Path
    policy: Policy
    comment: Said
    person: Person
    now: datetime
    lines: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    refused: int = 0
    already: bool = False
    wants_help: bool = False
    _pages: dict[str, Page] = field(default_factory=dict)
    _then: dict[str, Page] = field(default_factory=dict)

    @property
    def _hand(self) -> Hand:
        return Hand(self.person.id, self.comment.at, self.now, self.policy)

    def files(self) -> dict[str, bytes]:
        """What is to be written, by path."""
        return {page.path: page.source for page in self._pages.values() if page.new}

    def do(self, own: Page | None, parsed: Parsed, language: str) -> None:
        """Do all of them.  Where one is there already the comment was taken before: then nothing more is done."""
        if own:
            self._pages[own.item.id] = own
        wanted = [self._understood(one, own, language) for one in parsed.commands]
        self.already = any(isinstance(one, _Wanted) and one.there for one in wanted)
        for one in wanted:
            if isinstance(one, _Wanted):
                self._done(one, language)
            elif one:
                self.lines.append(one)
                self.refused += 1

    # ---- what is meant ----------------------------------------------------------------------------------------------

    def _understood(self, one: Command | Unknown, own: Page | None, language: str) -> _Wanted | str:
        """A command with its item and its fields; else what is to be said, empty for help, which comes at the end."""
        if isinstance(one, Unknown):
            return words_of.unknown(one, language)
        if one.name == HELP:
            self.wants_help = True
            return ""
        if one.name in NOT_HERE:
            return words_of.not_here(one, language)
        if one.args is None:
            return words_of.incomplete(one, language)
        try:
            page = self._page(one, own)
            verb = "classify" if one.name == PRIORITY else one.name
            args = self._named(verb, dict(one.args))
        except Unclear as why:
            return words_of.unclear(one, why.code, why.values, language)
        except BadItem as bad:
            return bad.problems[0].said(language)
        return _Wanted(one, page, verb, args, page.there(verb, self.person.id, self.comment.at, args))

    def _page(self, command: Command, own: Page | None) -> Page:
        """The item that is named, else the issue's own.  Raises Unclear, BadItem."""
        if command.item is None:
            if own is None:
                raise Unclear("slash-no-item", number=self.comment.issue)
            return own
        return self._item(command.item)

    def _item(self, given: str) -> Page:
        """The item of an id, or of an issue of this host (`#12`).  Raises Unclear, BadItem."""
        wanted = ids.canonical(given)
        found = self._pages.get(wanted) or items.named(self.root, wanted)
        if found is None:
            raise Unclear("slash-no-such-item", given=given)
        return self._pages.setdefault(found.item.id, found)

    def _named(self, verb: str, args: Args) -> Args:
        """The fields with what is named in them known, and their words safe to keep.  Raises Unclear, BadItem."""
        if verb == "assign":
            args |= names.assigned(self.policy, args.pop("whom"))
        elif verb == "copy":
            args["to"] = names.departments(self.policy, args["to"])
        elif verb == "classify" and "category" in args:
            args["category"] = names.category(self.policy, args["category"])
        elif verb == "duplicate":
            args["of"] = self._other(args["of"])
        elif verb == "split":
            args["into"] = tuple(self._other(one) for one in args["into"])
        elif verb == "unlink" and args.get("kind") == "duplicate":
            args["to"] = self._other(args["to"])
        elif verb in ("supply", "message"):
            args["source"] = self.comment.source
        words = {name: safe(args[name]) for name in prose(verb) & args.keys() if args[name] is not None}
        return {**args, **words}

    def _other(self, given: str) -> str:
        """The id of an item that is named beside the one to act on."""
        if given.startswith("#"):
            found = items.of_number(self.root, self.comment.kind, int(given[1:]))
            if found is None:
                raise Unclear("slash-no-item", number=given[1:])
            return found
        return self._item(given).item.id

    # ---- what is done -----------------------------------------------------------------------------------------------

    def _done(self, wanted: _Wanted, language: str) -> None:
        """Do one, and say so, or say why not."""
        if wanted.there:
            self.lines.append(self._said(wanted, wanted.there, language))
            return
        found = self._tried(wanted)
        if isinstance(found, Refusal):
            self.refused += 1
            self.lines.append(words_of.refused(wanted.command, found, language))
        elif not self.already:
            self._written(wanted, found, language)

    def _written(self, wanted: _Wanted, event: Event, language: str) -> None:
        try:
            wanted.page.put(event)
        except BadItem as bad:
            self.refused += 1
            self.lines.append(bad.problems[0].said(language))
            return
        self.done.append((event.verb, wanted.page.item.id))
        self.lines.append(self._said(wanted, event, language))

    @staticmethod
    def _said(wanted: _Wanted, event: Event, language: str) -> str:
        """What was done; a question that the desk worded itself is read by the customer there, too."""
        item_id = wanted.page.item.id
        if isinstance(event, ev.Ask) and "question" not in wanted.args:
            return words_of.said("slash-asked", language, word=wanted.command.word, id=item_id, question=event.question)
        return words_of.done(wanted.command, item_id, language)

    def _tried(self, wanted: _Wanted) -> Event | Refusal:
        """The event, if it could be done when it was written and can be done now."""
        page, hand = wanted.page, self._hand
        then = self._then.setdefault(page.item.id, hand.then(page))
        if self.already or is_behind(page, then):
            found = self._completed(wanted, then)
            past = found if isinstance(found, Refusal) else hand.in_its_time(then, wanted.verb, found)
            if isinstance(past, Refusal) or self.already:
                return past
        now = self._completed(wanted, page)
        return now if isinstance(now, Refusal) else hand.done(page, wanted.verb, now)

    def _completed(self, wanted: _Wanted, page: Page) -> Args | Refusal:
        """The fields with what goes without saying: it follows from where the item stands."""
        args = {name: value for name, value in wanted.args.items() if value is not None}
        standing = state(page.item, self.policy, max(self.now, newest(page.item)))
        if wanted.command.name == PRIORITY:
            if standing.category is None:
                return Refusal("slash-no-category", (), {"id": page.item.id})
            last = [one for one in page.item.history if isinstance(one, ev.Classify)][-1]
            return {"category": standing.category, "tags": standing.tags, "scope": last.scope, **args}
        if wanted.verb == "reopen" and "kind" not in args:
            return {"kind": "unsatisfied" if standing.verdict == "unsatisfied" else "recurring", **args}
        if wanted.verb == "ask" and "question" not in args:
            return self._question(page, args)
        return args

    def _question(self, page: Page, args: Args) -> Args | Refusal:
        """What is asked where no words are: for the fields that are named, else for what the item lacks."""
        fields = args.get("missing") or to_ask(page.item, self.policy)
        if not fields:
            return Refusal("nothing-missing", (), {"id": page.item.id})
        return {**args, "missing": tuple(fields), "question": question(fields, language_of(page.item, self.policy))}
