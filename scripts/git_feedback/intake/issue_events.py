"""What happened to an issue on its host, told by an event: made, labelled, rewritten, closed, gone.

The words of a submission never change.  Whoever wrote an issue and rewrites it adds a message that holds what is new;
while an answer of theirs is awaited, new words are that answer, as a comment would be.  Others who rewrite an issue (the
team, tidying up) say nothing of the submitter's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from git_feedback import i18n
from git_feedback.clock import parse_moment
from git_feedback.intake import issue_form, issues
from git_feedback.intake.door import masked_in
from git_feedback.intake.issues import CHOSEN, Issue, Unreadable
from git_feedback.intake.rows import Private, Row
from git_feedback.model import Item, Submission
from git_feedback.model import events as ev
from git_feedback.notation import clean
from git_feedback.policy import Policy

MADE = ("", "opened")
"""What happens to a new issue; an event without a word for it tells of one, too."""
TURNED = ("closed", "reopened")
"""What the submitter may do to an issue, and a person of the desk decides what becomes of the item."""
GONE = ("deleted", "transferred")
_EDITED = "edited"
_LABELLED = ("labeled", "label_updated")
"""GitHub's word, and Gitea's."""
_SHOWN = ("title", "kind", "product", "device", "rating")
"""Answers of one line, in the order in which the form asks for them."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event tells of an issue."""

    issue: Issue
    action: str
    by: str
    """The login of whoever did it, in small letters; empty where it is not told."""
    labels: tuple[str, ...]
    """The labels that the issue bears now."""
    label: str
    """The label that was just put on it; empty where it is not told."""
    at: datetime
    """When the issue changed last, by its host."""
    changed: frozenset[str] | None = None
    """Which parts were rewritten, title or body; None where the host does not say."""

    @property
    def by_author(self) -> bool:
        """Whether whoever wrote the issue did it."""
        return bool(self.by) and self.by == self.issue.login

    @property
    def key(self) -> str:
        """By what it is known again: one issue changes once at a moment."""
        stamp = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = f":{self.action}" if self.action in TURNED else ""
        return f"{self.issue.source}@{stamp}{told}"

    def brings(self, label: str) -> bool:
        """Whether an issue that has no item yet is to become one: it is new, or bears the label of feedback."""
        if self.action in _LABELLED and self.label:
            return self.label == label
        return self.action in MADE or label in self.labels

    @property
    def rewrites(self) -> bool:
        """Whether its words changed."""
        return self.action == _EDITED

    def touches(self, question: str) -> bool:
        """Whether the answer to a question may have changed: the title is a part of its own, all others are in the body."""
        return self.changed is None or ("title" if question == "title" else "body") in self.changed


def happening(event: bytes, host: str = "github") -> Happening:
    """What an event of such a host tells.  Raises Unreadable."""
    told = issues.told_in(event)
    issue = issues.told_by_host(told["issue"], host)
    action, changes = told.get("action"), told.get("changes")
    return Happening(
        issue=issue,
        action=action if isinstance(action, str) else "",
        by=issues.login_of(told.get("sender")),
        labels=tuple(_names(told["issue"].get("labels"))),
        label=next(_names([told.get("label")]), ""),
        at=_moment(told["issue"]) or issue.created_at,
        changed=frozenset(map(str, changes)) if isinstance(changes, Mapping) else None,
    )


def _names(labels: object) -> Iterator[str]:
    """The names of labels, as hosts tell of them: each a text, or an object with its name."""
    for one in labels if isinstance(labels, list) else ():
        name = one.get("name") if isinstance(one, Mapping) else one
        if isinstance(name, str) and name:
            yield name


def _moment(issue: Mapping[str, Any]) -> datetime | None:
    said = issue.get("updated_at")
    if not isinstance(said, str):
        return None
    try:
        return parse_moment(said)
    except ValueError:
        raise Unreadable("issue.updated_at") from None


# ---- what is new in it ----------------------------------------------------------------------------------------------


def edit(found: Happening, item: Item, policy: Policy, now: datetime) -> Row | None:
    """What an issue says that its item does not, as a message to it; None where nothing was added.

    Compared with the record and not with the issue as it was before: told twice, or after a run was lost, it comes out
    the same.  Spaces and line ends are no words, and what was taken out of an issue stays said.  What was erased does
    not come back.
    """
    if any(isinstance(event, ev.Erase) for event in item.history):
        return None
    words = "\n".join(_added(found, item, policy, now))
    if not words:
        return None
    issue = found.issue
    originals = masked_in({"text": clean(f"{issue.title}\n{issue.body or ''}")})
    said = Submission(
        received=found.at.astimezone(policy.zone).replace(microsecond=0),
        channel=item.channel,
        source=found.key,
        title=item.title,
        text=words,
    )
    return Row(issue.number, said, private=Private(originals=originals), answers=(item.source or "",))


def _added(found: Happening, item: Item, policy: Policy, now: datetime) -> Iterator[str]:
    """The lines that are new: short answers that changed with their question, then free text."""
    earlier = [event.text for event in _edits(item)]
    yield from _answers(found, item, policy, now, earlier)
    notes = [event.text for event in item.history if isinstance(event, ev.Note) and event.by == issues.BY]
    said = "\n".join((item.title, item.text or "", *notes, *earlier))
    known = {_plain(line) for line in said.split("\n")}
    for line in issues.words_in(found.issue, policy):
        if _plain(line) not in known:
            yield line


def _plain(line: str) -> str:
    return " ".join(line.split())


def _edits(item: Item) -> Iterator[ev.Message | ev.Supply]:
    """What was added to the issue before, oldest first."""
    for event in item.history:
        if isinstance(event, ev.Message | ev.Supply) and (event.source or "").startswith(f"{item.source}@"):
            yield event


def _answers(found: Happening, item: Item, policy: Policy, now: datetime, earlier: list[str]) -> Iterator[str]:
    """Each short answer that is another one than was said last, as `question: answer`."""
    before, after = _short(item), _short(issues.submission(found.issue, policy, now))
    for name in _SHOWN:
        lead = f"{_question(name)}: "
        told = [line.removeprefix(lead) for text in earlier for line in text.split("\n") if line.startswith(lead)]
        if found.touches(name) and after[name] and after[name] != (told[-1] if told else before[name]):
            yield f"{lead}{after[name]}"


def _short(said: Submission | Item) -> dict[str, str]:
    chosen = [event.because or "" for event in said.history if isinstance(event, ev.Classify) and event.by == issues.BY]
    kinds = [because.removeprefix(CHOSEN) for because in chosen if because.startswith(CHOSEN)]
    return {
        "title": said.title,
        "kind": kinds[0] if kinds else "",
        "product": said.product or "",
        "device": said.device or "",
        "rating": str(said.rating or ""),
    }


def _question(name: str) -> str:
    """As the form asks, or in the same way: Chinese and English."""
    return (
        issue_form.label(name) if name != "title" else " / ".join(i18n.text("issue-title", one) for one in ("zh", "en"))
    )
