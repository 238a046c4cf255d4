"""A comment under an issue becomes what happened to an item: commands of the desk's people, words of the customer.

Who may do what is what the login in people.yml and the table of an item's life say.  A comment is taken once: what it
says stands in the history under its own moment or key, and a second run finds it there.  A command that could not be
done when it was written is not done later either, whatever has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from git_feedback.checks.impossible_time import SLACK
from git_feedback.desk import state
from git_feedback.hosts.provider import Comment
from git_feedback.intake import slash
from git_feedback.intake.issues import Issue
from git_feedback.intake.slash import Parsed
from git_feedback.intake.slash_events import Said, is_machine
from git_feedback.jobs import commenting_items as items
from git_feedback.jobs import commenting_words as words_of
from git_feedback.jobs.commenting_acts import Page
from git_feedback.jobs.commenting_names import by_login
from git_feedback.jobs.commenting_people import Commands
from git_feedback.jobs.commenting_readers import Readers
from git_feedback.jobs.journals import Journal
from git_feedback.jobs.vaults import Vault
from git_feedback.policy import Policy
from git_feedback.policy.files import Person
from git_feedback.store import BadItem, write_file

Who = Literal["desk", "customer", "reader", "nobody"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a comment; nothing is written yet."""

    said: Said
    who: Who = "nobody"
    item: str | None = None
    """The item that the issue became."""
    lines: tuple[str, ...] = ()
    """What is said to whoever wrote it, in plain words; nothing where nothing is to be said."""
    language: str = "en"
    by: str = ""
    done: tuple[tuple[str, str], ...] = ()
    """Verbs that were done, each with the id of its item."""
    refused: int = 0
    already: bool = False
    """Whether an earlier run took it."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What is to be written, by path."""

    @property
    def message(self) -> str:
        """The subject of the commit."""
        verbs = ", ".join(verb for verb, _ in self.done)
        return f"comment {self.said.issue_source}: {verbs} by {self.by}"

    @property
    def items(self) -> tuple[str, ...]:
        """The items to which something was done."""
        return tuple(dict.fromkeys(item for _, item in self.done))


def told(comment: Comment, issue: Issue, kind: str) -> Said:
    """A comment as a host lists it, for whoever looks for those that no run has taken.

    One that was changed since counts as edited: what it said first may have been done.  One of nobody (hosts list robots
    so) is a machine's.
    """
    by_nobody = comment.own or not comment.login or is_machine(comment.login, comment.body)
    mine = bool(comment.login) and comment.login == issue.login
    return Said(
        kind=kind,
        issue=comment.issue,
        opened=issue.created_at,
        id=comment.id,
        login=comment.login,
        by_author=mine,
        body=comment.body,
        at=comment.at.replace(microsecond=0),
        action="edited" if comment.changed > comment.at else "created",
        internal=comment.internal,
        nobody="machine" if by_nobody else "",
    )


def take(said: Said, root: Path, policy: Policy, vault: Vault, now: datetime, *, dry_run: bool = False) -> Taken:
    """What a comment makes of the items of a desk.  Whatever is wrong with it is said in lines."""
    if said.nobody or said.action == "deleted":
        return Taken(said)
    person, parsed = by_login(policy, said.login), slash.parse(said.body)
    try:
        page = items.of_issue(root, policy, said)
    except BadItem as bad:
        language = _language(policy, person, parsed)
        return Taken(said, lines=tuple(one.said(language) for one in bad.problems[:3]), language=language, refused=1)
    if person is None:
        readers = Readers(policy, vault, now, dry_run=dry_run)
        return _by_a_reader(said, page, parsed, readers)
    return _by_the_desk(said, page, person, parsed, Commands(root, policy, said, person, now))


def write(taken: Taken, root: Path, vault: Vault, journal: Journal) -> tuple[str, ...]:
    """Put it on the disk, keys first; gives the paths, to be committed.  Raises GitFailed where keys cannot be kept."""
    if taken.files:
        vault.put()
        journal.add(taken.files)
    for path, content in taken.files.items():
        write_file(root / path, content)
    return tuple(taken.files)


# ---- people of the desk ---------------------------------------------------------------------------------------------


def _language(policy: Policy, person: Person | None, parsed: Parsed) -> str:
    """The person's own, else that of the words, else the desk's."""
    own: Any = getattr(person, "language", None)
    spoken = parsed.commands[0].language if parsed.commands else policy.desk.language
    return str(own or spoken)


def _by_the_desk(said: Said, page: Page | None, person: Person, parsed: Parsed, commands: Commands) -> Taken:
    """Commands are done; other words among colleagues are nobody's business."""
    language, own = _language(commands.policy, person, parsed), page.item.id if page else None
    about = Taken(said, "desk", own, language=language, by=person.id)
    if not (parsed.commands or parsed.too_many):
        return about
    stopped = _stopped(said, parsed, commands.now, language)
    if stopped:
        return Taken(said, "desk", own, (stopped,), language, person.id, refused=1)
    commands.do(page, parsed, language)
    if commands.wants_help:
        standing = state(page.item, commands.policy, commands.now) if page else None
        commands.lines += words_of.help_for(person, page.item if page else None, standing, commands.policy, language)
    return Taken(
        said,
        "desk",
        own,
        tuple(commands.lines),
        language,
        person.id,
        tuple(commands.done),
        commands.refused,
        commands.already,
        commands.files(),
    )


def _stopped(said: Said, parsed: Parsed, now: datetime, language: str) -> str:
    """Why none of the commands is looked at; empty where they are."""
    if parsed.too_many:
        return words_of.said("slash-too-many", language, most=slash.MOST)
    if said.action == "edited":
        return words_of.said("slash-edited", language)
    if said.at > now + SLACK:
        return words_of.said("future-time", language, at=said.at.isoformat(), now=now.isoformat())
    return ""


# ---- others ---------------------------------------------------------------------------------------------------------


def _by_a_reader(said: Said, page: Page | None, parsed: Parsed, readers: Readers) -> Taken:
    """The customer's words join the item; so do those of others, marked; commands of strangers do nothing."""
    who: Who = "customer" if said.by_author else "reader"
    if said.internal or (page is None and not parsed.known):
        return Taken(said, who, page.item.id if page else None)
    heard = readers.hear(said, page, parsed)
    return Taken(
        said,
        who,
        page.item.id if page else None,
        heard.lines,
        heard.language,
        readers.BY,
        heard.done,
        heard.refused,
        heard.already,
        {page.path: page.source} if page and page.new else {},
    )
