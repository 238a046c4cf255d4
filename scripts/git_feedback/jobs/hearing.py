"""What an event of an issue makes of the record: an item, a message with what is new in it, or a word of its end.

What changes nothing is left alone with the reason, and never silently.
"""

from dataclasses import dataclass

from git_feedback import i18n
from git_feedback.desk import UNFINISHED, Refusal, act, state
from git_feedback.intake import Remark, issue_events, issues
from git_feedback.intake.issue_events import GONE, TURNED, Happening
from git_feedback.intake.issue_form.training_form import LABEL as TRAINING
from git_feedback.jobs.taking_in import BY, Outcome, TakingIn
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.policy import Policy
from git_feedback.store import Desk, append, write_file

FEEDBACK = "feedback"
"""The label of the form, where the policy names no other."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of an event; without an outcome, why it was left alone: the code of the reason."""

    outcome: Outcome | None
    left: str = ""


def label_of(policy: Policy) -> str:
    """The label that issues of feedback bear."""
    return next((one.label for one in policy.intake.sources if one.kind == "issues" and not one.repository), FEEDBACK)


def heard(found: Happening, desk: TakingIn) -> Heard:
    """Write what an event says; a second time nothing is left to write."""
    if TRAINING in found.labels:
        return Heard(None, "issue-of-training")
    known = desk.taken.known(issues.CHANNEL, found.issue.source)
    if known is None:
        return _new(found, desk)
    if found.rewrites:
        return _edited(found, known, desk)
    if found.action in (*TURNED, *GONE):
        return _turned(found, known, desk)
    return Heard(Outcome("already", known))


def _new(found: Happening, desk: TakingIn) -> Heard:
    """An issue without an item: taken in as it is now, whatever happened to it before, unless it is gone."""
    if found.action in GONE or not found.brings(label_of(desk.policy)):
        return Heard(None, "issue-of-others")
    return Heard(desk.take(issues.row(found.issue, desk.policy, desk.now)))


def _edited(found: Happening, known: str, desk: TakingIn) -> Heard:
    if not found.by_author:
        return Heard(Outcome("already", known), "issue-edited-by-other")
    _, item = Desk(desk.root).item(known)
    row = issue_events.edit(found, item, desk.policy, desk.now)
    if row is None:
        return Heard(Outcome("already", known), "issue-nothing-new")
    return Heard(desk.take(row))


def _turned(found: Happening, known: str, desk: TakingIn) -> Heard:
    """Whoever wrote an issue and closes it may have withdrawn it, or be content: a person asks, and decides."""
    path, item = Desk(desk.root).item(known)
    if found.action not in GONE and not (found.by_author and _is_news(found, item, desk)):
        return Heard(Outcome("already", known), "issue-turned-by-desk")
    event = _event(found, item, desk)
    if event is None:
        return Heard(Outcome("already", known))
    if isinstance(event, Refusal):
        return Heard(Outcome("refused", known, remarks=(Remark(found.issue.number, event.code, event.values),)))
    return Heard(_put(path, known, event, desk))


def _is_news(found: Happening, item: Item, desk: TakingIn) -> bool:
    """Whether the issue and the item part: one is closed and the other goes on, or the other way round."""
    goes_on = state(item, desk.policy, desk.now).life in UNFINISHED
    if found.action == "closed":
        return goes_on
    turns = [one.source for one in item.history if isinstance(one, ev.Message) and _is_turn(one, item)]
    return not goes_on or bool(turns and (turns[-1] or "").endswith(":closed"))


def _is_turn(message: ev.Message, item: Item) -> bool:
    return (message.source or "").startswith(f"{item.source}@") and (message.source or "").endswith(TURNED)


def _event(found: Happening, item: Item, desk: TakingIn) -> Event | Refusal | None:
    """A message of the submitter, or a note that they can be reached no more; None where it stands there."""
    language, at = desk.policy.desk.language, max(desk.now, item.received).astimezone(desk.policy.zone)
    if found.action in GONE:
        text = i18n.text(f"issue-was-{found.action}", language, source=found.issue.source)
        is_noted = any(isinstance(one, ev.Note) and one.by == BY and one.text == text for one in item.history)
        return None if is_noted else act("note", item, desk.policy, at, BY, {"text": text})
    if any(getattr(one, "source", None) == found.key for one in item.history):
        return None
    text = i18n.text(f"issue-was-{found.action}", language)
    return act("message", item, desk.policy, at, BY, {"channel": item.channel, "source": found.key, "text": text})


def _put(path: str, item_id: str, event: Event, desk: TakingIn) -> Outcome:
    content = append((desk.root / path).read_bytes(), event, file=path)
    if not desk.dry_run:
        desk.journal.add([path])
        write_file(desk.root / path, content, durable=False)
    return Outcome("message", item_id, (path,))
