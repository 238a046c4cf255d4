"""How anything that arrives becomes an item, or a message of one: the one way in for every channel.

What must not lie in clear is sealed; files that came along are looked at and kept by their hash; a file that is refused
is named in a note.  Keys are put away before the files that need them are written, and what is written before it is
committed stands in a journal: whoever takes in next finds there what a crash left behind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from git_feedback import i18n, intake
from git_feedback.checks.impossible_time import SLACK
from git_feedback.desk import Refusal, act, state
from git_feedback.intake import Private, Remark, Row
from git_feedback.jobs import attaching
from git_feedback.jobs.attaching import NotKept
from git_feedback.jobs.journals import Journal
from git_feedback.jobs.reading import Progress, quiet
from git_feedback.jobs.vaults import Vault
from git_feedback.model import Attachment, Event, Item, Submission, Submitter, ids
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.privacy import hint
from git_feedback.store import BadItem, Desk, append, read, write, write_file

BY = "intake"
AT_ONCE = 500
"""How many files wait at most for their keys."""
ATTACHMENTS = "feedback/attachments/"
REACHED_BY = ("mobile", "phone", "email", "wechat", "login", "other", "name")
"""Kinds of contact, the one first by which somebody is known best."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: `paths` are the files that were written (on a dry run: would be)."""

    what: Literal["new", "message", "already", "refused"]
    id: str | None = None
    paths: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass
class TakingIn:
    """A desk that takes in.  `without_contacts`: where nobody can be sealed to, what would be sealed is dropped."""

    root: Path
    policy: Policy
    vault: Vault
    now: datetime
    bits: Callable[[], int]
    dry_run: bool = False
    without_contacts: bool = False
    progress: Progress = quiet
    taken: intake.Taken = field(init=False)
    journal: Journal = field(init=False)
    _waiting: dict[str, bytes] = field(init=False, default_factory=dict)
    _files: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Look at what is there; nobody else takes in until the journal is closed.  Raises Busy."""
        self.journal = Journal(self.root)
        if not self.dry_run:
            self.journal.hold()
        self.taken = already_there(Desk(self.root), self.progress)

    def take(self, row: Row) -> Outcome:
        """Write what a row says.  A row that cannot be taken is refused with its remarks, and nothing is written."""
        remarks = turned_away(row, self.policy, self.now) or self._unsealable(row)
        if row.submission is None or remarks:
            return Outcome("refused", remarks=(*row.remarks, *remarks))
        said = row.submission
        if said.source is not None and (known := self.taken.known(said.channel, said.source)):
            return Outcome("already", known)
        answered = self.taken.answered(said.channel, row.answers) or self._of_the_same_person(row)
        return self._append(row, said, answered) if answered else self._land(row, said)

    def finish(self) -> tuple[str, ...]:
        """Write what still waits; gives what a crash left behind earlier and that is to be committed as well."""
        self._write()
        return () if self.dry_run else self.journal.paths()

    def _put(self, path: str, content: bytes) -> None:
        self._waiting[path] = content
        if len(self._waiting) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        if self.dry_run or not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        self.vault.put()
        self.journal.add([*self._files, *waiting])
        self._files.clear()
        for path, content in waiting.items():
            write_file(self.root / path, content, durable=False)

    # ---- an item of its own -----------------------------------------------------------------------------------------

    def _land(self, row: Row, said: Submission) -> Outcome:
        item, is_new = intake.land(_found_closed(row, said, self.now), self.policy, self.taken, self.now, self.bits)
        if not is_new:
            return Outcome("already", item.id)
        attached, paths, refused = self._kept(row, said.attachments)
        beside = (*self._naming(row, item), *self._refusals(refused, item.received))
        item = self._sealed(item, row).model_copy(update={"attachments": attached, "history": (*item.history, *beside)})
        path = ids.path(item.id)
        self._put(path, write(item))
        return Outcome("new", item.id, (*paths, path), row.remarks)

    def _sealed(self, item: Item, row: Row) -> Item:
        """The item with its submitter: a hint and a reference for everybody, the rest for those who hold a key."""
        contacts = row.private.contacts
        first = next((contacts[kind] for kind in REACHED_BY if contacts.get(kind)), None)
        known_by = first or row.author
        facts = {
            "hint": hint(first) if first else None,
            "ref": self.vault.reference(known_by) if known_by else None,
            "sealed": self._seal(item.id, row.private),
        }
        given = {name: value for name, value in facts.items() if value is not None}
        if not given:
            return item
        submitter = item.submitter or Submitter()
        return item.model_copy(update={"submitter": submitter.model_copy(update=given)})

    def _seal(self, item_id: str, private: Private) -> str | None:
        if not private or not self.vault.is_open or self.dry_run:
            return None
        return self.vault.seal(item_id, {**private.contacts, **_as_they_came(private)})

    # ---- a message of one that is there -----------------------------------------------------------------------------

    def _append(self, row: Row, said: Submission, item_id: str) -> Outcome:
        path, source = self._stored(item_id)
        item = read(source, file=path)
        attached, paths, refused = self._kept(row, ())
        event = self._message(item, row, said, attached)
        if isinstance(event, Refusal):
            return Outcome("refused", item_id, remarks=(Remark(row.number, event.code, event.values),))
        for one in (event, *_notes(said), *self._refusals(refused, event.at)):
            source = append(source, one, file=path)
        self._put(path, source)
        self.taken.identities[said.channel, said.source or ""] = item_id
        return Outcome("message", item_id, (*paths, path), row.remarks)

    def _of_the_same_person(self, row: Row) -> str | None:
        """The first item named in the words whose submitter wrote them: anybody may name an id, so contacts decide."""
        given = (row.private.contacts.get(kind) for kind in REACHED_BY if kind != "name")
        refs = {self.vault.reference(contact) for contact in given if contact} - {None} if row.names else set()
        for named in row.names if refs else ():
            if named in self.taken.ids:
                path, source = self._stored(named)
                submitter = read(source, file=path).submitter
                if submitter and submitter.ref in refs:
                    return named
        return None

    def _naming(self, row: Row, item: Item) -> tuple[Event, ...]:
        """A note of the items that a stranger's words name: a person looks whether it is one matter."""
        named = [one for one in row.names if one in self.taken.ids and one != item.id]
        if not named:
            return ()
        when = max(self.now, item.received).astimezone(self.policy.zone)
        words = i18n.text("names-an-item", self.policy.desk.language, ids=", ".join(named))
        return (ev.Note(at=when, by=BY, text=words),)

    def _stored(self, item_id: str) -> tuple[str, bytes]:
        """The file of an item and what it holds, written already or not."""
        path = ids.path(item_id)
        if path in self._waiting:
            return path, self._waiting[path]
        path, _ = Desk(self.root).item(item_id)
        return path, self._waiting.get(path) or (self.root / path).read_bytes()

    def _message(self, item: Item, row: Row, said: Submission, attached: tuple[Attachment, ...]) -> Event | Refusal:
        """The answer that was awaited, or words unasked."""
        at = max(self.now, item.received).astimezone(self.policy.zone)
        facts = {
            "channel": said.channel,
            "source": said.source,
            "files": tuple(one.file.path for one in attached),
            "text": (said.text or said.title)[:20_000],
            "sealed": self._seal(item.id, Private(originals=row.private.originals)),
        }
        awaited = state(item, self.policy, at).waiting_for == "submitter"
        return act("supply" if awaited else "message", item, self.policy, at, BY, facts)

    # ---- files ------------------------------------------------------------------------------------------------------

    def _kept(
        self, row: Row, there: tuple[Attachment, ...]
    ) -> tuple[tuple[Attachment, ...], tuple[str, ...], tuple[NotKept, ...]]:
        files = [(file.name, file.content) for file in row.files]
        if files and not self.dry_run:
            self.journal.add([ATTACHMENTS])
        attached, paths, refused = attaching.kept(self.root, files, self.policy, write=not self.dry_run)
        self._files += paths
        return (*there, *attached), paths, refused

    def _refusals(self, refused: tuple[NotKept, ...], at: datetime) -> tuple[Event, ...]:
        """A note that names each file that was not kept, with the reason, in the desk's language."""
        if not refused:
            return ()
        language = self.policy.desk.language
        lines = [i18n.text("files-not-kept", language), *(_named(one, language) for one in refused)]
        when = max(self.now, at).astimezone(self.policy.zone)
        return (ev.Note(at=when, by=BY, text="\n".join(lines)),)

    def _unsealable(self, row: Row) -> tuple[Remark, ...]:
        if not row.private.contacts or self.vault.is_open or self.without_contacts:
            return ()
        return (Remark(row.number, "no-recipients"),)


def _named(file: NotKept, language: str) -> str:
    between = "；" if language == "zh" else "; "
    why = between.join(half for half in i18n.halves(file.refused.code, language, **file.refused.values) if half)
    return f"- {file.name or '-'}: {why}"


def _notes(said: Submission) -> tuple[Event, ...]:
    """What of the words found no room in the text: it stands in notes of the item that they answer, too."""
    return tuple(event for event in said.history if isinstance(event, ev.Note))


def _as_they_came(private: Private) -> dict[str, str]:
    return {f"original.{name}": words for name, words in private.originals.items()}


def already_there(desk: Desk, progress: Progress = quiet) -> intake.Taken:
    """The identities and ids of the items that lie in a desk."""
    taken = intake.Taken()
    for path, item in desk.items(list(progress(desk.item_files(), "reading"))):
        if isinstance(item, BadItem):
            taken.unreadable.add(Path(path).stem)
        else:
            taken.add(item)
    return taken


def _found_closed(row: Row, submission: Submission, now: datetime) -> Submission:
    """Closed, the source says, but at an impossible time: what is known is that it was closed when it landed here."""
    if row.closed_because is None:
        return submission
    close = ev.Close(at=now, by="import", reason=row.closed_because)
    return submission.model_copy(update={"history": (*submission.history, close)})


def turned_away(row: Row, policy: Policy, now: datetime) -> tuple[Remark, ...]:
    """Why a row cannot become an item of this desk, whatever it says; nothing where it can."""
    return _unknown(row, policy) or _not_yet(row, now) or _bad_key(row, policy)


def _bad_key(row: Row, policy: Policy) -> tuple[Remark, ...]:
    """A key that has not the form which the policy wants would be found by `check` afterwards."""
    pattern, key = policy.desk.limits.source_pattern, row.submission.source if row.submission else None
    if not pattern or not key or re.fullmatch(pattern, key):
        return ()
    return (Remark(row.number, "bad-form", {"field": "source", "given": key[:60], "pattern": pattern}),)


def _not_yet(row: Row, now: datetime) -> tuple[Remark, ...]:
    """What lies in the future is a mistake of its source: every clock of such an item would lie."""
    moments = (row.submission.received, *(event.at for event in row.submission.history)) if row.submission else ()
    latest = max(moments, default=now)
    if latest <= now + SLACK:
        return ()
    return (Remark(row.number, "future-time", {"at": latest.isoformat(), "now": now.isoformat()}),)


def _unknown(row: Row, policy: Policy) -> tuple[Remark, ...]:
    """A mapping that names what the policy does not have is refused by the row, before anything is written."""
    if row.submission is None:
        return ()
    named = [("no-such-channel", row.submission.channel, tuple(policy.channels))]
    for event in row.submission.history:
        named.append(("no-such-category", getattr(event, "category", ""), tuple(policy.categories)))
        named.append(("no-such-department", getattr(event, "department", ""), tuple(policy.departments)))
    return tuple(
        Remark(row.number, code, {"given": given, "known": known})
        for code, given, known in named
        if given and given not in known
    )
