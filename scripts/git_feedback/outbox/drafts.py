"""The words to one submitter: which template, in which language, with which facts of the item, and how they leave.

The words end up in the record, so they pass the door like those that a person types.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from git_feedback import i18n
from git_feedback.desk import Standing
from git_feedback.desk.untold import Way, counted, way_to
from git_feedback.intake.door import safe
from git_feedback.model import events as ev
from git_feedback.notation import clean
from git_feedback.outbox import asking
from git_feedback.outbox.replies import NoWords, filled
from git_feedback.policy import Policy
from git_feedback.policy.template_reading import FOLDER, SUFFIX, Template
from git_feedback.text import graphemes, shorten, visible

TITLE_WIDTH = 60
"""Columns of a title: the submitter knows again what they wrote, and short messages stay short."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Words to the submitter of an item, by a channel, ready to be looked at."""

    id: str
    about: str
    channel: str
    way: Way
    language: str
    file: str
    """The template they were made from."""
    text: str
    masked: bool
    """Whether contact data in them was masked."""
    limit: int | None
    title: str
    fields: tuple[str, ...] = ()
    """What is asked for that nobody has asked for yet."""

    @property
    def characters(self) -> int:
        """How long they are, as a reader counts."""
        return sum(1 for _ in graphemes(self.text))

    @property
    def fits(self) -> bool:
        """Whether the channel takes them as they are."""
        return self.limit is None or self.characters <= self.limit


def draft(
    one: Standing, policy: Policy, about: str, now: datetime, channel: str | None = None, language: str | None = None
) -> Draft:
    """What would be said to the submitter about something.  Raises NoWords with the reason why nothing can be.

    The language is that of the item, else the desk's; where there is no template in it, the desk's.
    """
    item, by = one.item, channel or one.item.channel
    way = way_to(item, policy, by)
    if way is None:
        raise NoWords("nobody-to-tell", id=item.id, channel=by)
    wanted = i18n.language_of(language or item.language or policy.desk.language)
    said, template = _template(policy, _kind(one, about), by, wanted)
    facts = values(one, policy, said, way, now)
    fields = asking.to_ask(item, policy) if about == "ask" and one.state.waiting_for != "submitter" else ()
    if fields:
        facts["question"] = asking.question(fields, said)
    if about in ("ask", "reminder") and not facts["question"]:
        raise NoWords("nothing-asked", id=item.id)
    if about == "reply" and not (facts["result"] or one.state.short):
        raise NoWords("nothing-solved", id=item.id)
    words = filled(template, facts)
    text = safe(words)
    limit = policy.channels[by].reply_max
    masked = text != clean(words).strip()
    return Draft(item.id, about, by, way, said, template.file, text, masked, limit, facts["title"], fields)


def values(one: Standing, policy: Policy, language: str, way: Way, now: datetime) -> dict[str, str]:
    """What a template can name.

    A comment is read as Markdown, and words of customers never go there: the title stays out of it.
    """
    item, state = one.item, one.state
    department = policy.departments.get(state.department or "")
    owner = policy.people.get(state.owner or "")
    title = shorten(" ".join(visible(item.title).split()), TITLE_WIDTH)
    return {
        "title": "" if way == "comment" else title,
        "id": item.id,
        "desk": policy.desk.name.said(language),
        "owner": owner.name.said(language) if owner else "",
        "department": department.name.said(language) if department else "",
        "channel": policy.channels[item.channel].name.said(language),
        "received": item.received.astimezone(policy.zone).date().isoformat(),
        "expected": _day(item.expected),
        "plan": state.planned.what.rstrip("。. ") if state.planned else "",
        "plan_due": _day(state.planned.due) if state.planned else "",
        "original": state.duplicate_of or "",
        **_happened(one, now),
    }


def _happened(one: Standing, now: datetime) -> dict[str, str]:
    """What the newest events of some verbs say; a solution that was reopened since is none."""
    found = dict.fromkeys(("result", "cause", "measure", "question", "release"), "")
    for event in counted(one.item, now):
        if isinstance(event, ev.Resolve):
            found |= {"result": event.result or "", "cause": event.cause or "", "measure": event.measure or ""}
        elif isinstance(event, ev.Reopen):
            found |= dict.fromkeys(("result", "cause", "measure"), "")
        elif isinstance(event, ev.Ask) and event.whom == "submitter":
            found["question"] = event.question
        elif isinstance(event, ev.Link) and event.kind in ("measure", "commit"):
            found["release"] = event.to
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _kind(one: Standing, about: str) -> str:
    """Who was not satisfied once is answered in other words."""
    return "second" if about == "reply" and one.state.unsatisfied else about


def _template(policy: Policy, about: str, channel: str, wanted: str) -> tuple[str, Template]:
    """The language and the template: the channel's own wins, and `reply` stands in for `second`."""
    for language in dict.fromkeys((wanted, policy.desk.language)):
        for kind in (about, "reply") if about == "second" else (about,):
            found = policy.templates.get((kind, channel, language)) or policy.templates.get((kind, "", language))
            if found:
                return language, found
    raise NoWords("no-template", file=f"{FOLDER}{about}.{wanted}{SUFFIX}")


# ---- how they leave -------------------------------------------------------------------------------------------------


def comment(found: Draft, target: str, at: datetime) -> bytes:
    """A comment as a file for whoever posts it: where to, and what."""
    facts: Mapping[str, object] = {
        "id": found.id, "target": target, "about": found.about, "at": at.isoformat(), "text": found.text,
    }  # fmt: skip
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


def letter(found: Draft, policy: Policy, at: datetime) -> bytes:
    """A mail without recipient: the address is sealed, whoever holds a key puts it in and sends it."""
    made = EmailMessage()
    subject = i18n.text("telling-subject", found.language, desk=policy.desk.name.said(found.language), id=found.id)
    made["Subject"] = " ".join(f"{subject} {found.title}".split()).replace(
        "=?", "= ?"
    )  # nothing for a header to decode
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{found.id.lower()}.{found.about}.{at.strftime('%Y%m%d%H%M%S')}@git-feedback.invalid>"
    made["X-Unsent"] = "1"  # mail programmes open it to be sent, not as received
    made["X-Feedback-Item"] = found.id
    made.set_content(found.text + "\n")
    return made.as_bytes(policy=SMTP)
