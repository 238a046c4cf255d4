"""Submitters are told how things are: comments and mails are drafted, and who must be called is listed.

Nothing leaves here.  `build/outbox/comments` waits for whatever posts to the host, `build/outbox/mails` for whoever
holds a key and can open the sealed address; a call is made by a person.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from git_feedback.desk import Standing
from git_feedback.desk.twins import original_of
from git_feedback.desk.untold import News, Way, to_tell, way_to
from git_feedback.insight.silence import silent
from git_feedback.model import Problem
from git_feedback.outbox import drafts, replies
from git_feedback.outbox.drafts import Draft
from git_feedback.outbox.replies import NoWords
from git_feedback.policy import Policy
from git_feedback.store import write_file

COMMENTS, MAILS = "build/outbox/comments", "build/outbox/mails"
WORDS_FOR: Mapping[str, str] = {"asked": "ask", "progress": "respond", "replied": "reply"}
"""The template of what `notify` calls otherwise."""
TOLD_AS: Mapping[str, str] = {"ask": "asked"}
"""What `notify` calls a template's matter otherwise; replies and interim answers are events of their own."""
_NOTICE = re.compile(
    r"[A-Z0-9-]+-(?:received|accepted|asked|progress|resolved|reminder|closing|released)\.(?:json|eml)"
)


@dataclass(frozen=True, slots=True)
class Untold:
    """An item whose submitter is to be told: the way, and the newest of what there is to tell, since the oldest of it."""

    standing: Standing
    way: Way
    about: str
    since: datetime

    @property
    def then(self) -> str:
        """The command that notes that they were told."""
        if self.about == "replied":
            return f"git feedback reply {self.standing.item.id} --template"
        return f"git feedback notify {self.standing.item.id} --about {self.about}"

    @property
    def words(self) -> str:
        """What its template is about."""
        return WORDS_FOR.get(self.about, self.about)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be called: what to say, or why there are no words for it."""

    untold: Untold
    draft: Draft | None
    reason: NoWords | None


@dataclass(frozen=True, slots=True)
class Left:
    """What a run left in the outbox (paths), and for which items it found no words."""

    written: tuple[str, ...]
    wordless: tuple[tuple[str, NoWords], ...]


def untold(standings: Sequence[Standing], policy: Policy, now: datetime) -> list[Untold]:
    """Every item whose submitter is to be told something, who has waited longest first."""
    late = {one.standing.item.id: one for one in silent(standings, policy, now)}
    by_id = {one.item.id: one for one in standings}
    found = []
    for one in standings:
        way, news = way_to(one.item, policy), to_tell(one, policy, now, original_of(one, by_id))
        quiet = late.get(one.item.id)
        if quiet and one.item.record != "history":
            news.append(News(quiet.due, quiet.reminded or quiet.since))
        if way and news:
            found.append(Untold(one, way, news[-1].about, min(each.since for each in news)))
    return sorted(found, key=lambda each: (each.since, each.standing.item.id))


def calls(standings: Sequence[Standing], policy: Policy, now: datetime) -> list[Call]:
    """Who is to be called, with the words in the language of the submitter."""
    return [_call(one, policy, now) for one in untold(standings, policy, now) if _needs_a_person(one)]


def _needs_a_person(one: Untold) -> bool:
    """A final answer is given by a person, whatever the channel."""
    return one.way == "call" or one.about == "replied"


def _call(one: Untold, policy: Policy, now: datetime) -> Call:
    try:
        return Call(one, drafts.draft(one.standing, policy, one.words, now), None)
    except NoWords as none:
        return Call(one, None, none)


def run(root: Path, standings: Sequence[Standing], policy: Policy, now: datetime) -> Left:
    """Draft every comment and mail that is due, and take away notices that are due no longer."""
    written, wordless, due = [], [], set()
    for one in untold(standings, policy, now):
        if _needs_a_person(one):
            continue
        call = _call(one, policy, now)
        if call.draft is None:
            wordless += [(one.standing.item.id, call.reason)] if call.reason else []
            continue
        path = _path(call.draft, one.about)
        due.add(path)
        if _write(root / path, call.draft, one.standing, policy, one.since):
            written.append(path)
    _clear(root, due)
    return Left(tuple(written), tuple(wordless))


def leave(root: Path, found: Draft, one: Standing, policy: Policy, now: datetime) -> str | None:
    """Put words that a person gave into the outbox; the path, None for what is told by a call.

    What is due anyway has the name that `run` gives it; anything else has its moment in the name, and stays.
    """
    if found.way == "call":
        return None
    about = TOLD_AS.get(found.about, found.about)
    is_due = about == "resolved" or any(each.about == about for each in untold([one], policy, now))
    path = _path(found, about if is_due else f"{about}-{now.strftime('%Y%m%dT%H%M%S')}")
    _write(root / path, found, one, policy, now)
    return path


def _path(found: Draft, name: str) -> str:
    folder, suffix = (COMMENTS, "json") if found.way == "comment" else (MAILS, "eml")
    return f"{folder}/{found.id}-{name}.{suffix}"


def _write(path: Path, found: Draft, one: Standing, policy: Policy, at: datetime) -> bool:
    """Whether anything was written; `at` is a moment of the record, so that the same draft has the same bytes."""
    if found.way == "comment":
        return write_file(path, drafts.comment(found, one.item.source or "", at))
    return write_file(path, drafts.letter(found, policy, at))


def _clear(root: Path, due: set[str]) -> None:
    """Notices that were told meanwhile, or that something newer replaces, are not sent."""
    for folder in (COMMENTS, MAILS):
        for path in sorted((root / folder).glob("*")):
            if _NOTICE.fullmatch(path.name) and f"{folder}/{path.name}" not in due:
                path.unlink()


def template_problems(policy: Policy) -> Iterator[Problem]:
    """What is wrong in the braces of the desk's templates; nothing where the library that reads them is missing."""
    return replies.mistakes(policy.templates)


def are_templates_unread(policy: Policy) -> bool:
    """Whether the desk has templates that cannot be read here."""
    return bool(policy.templates) and not replies.is_there()
