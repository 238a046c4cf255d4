"""No contact data lies in clear: what is once in Git's history stays in every clone."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Problem
from git_feedback.policy import Policy
from git_feedback.privacy import contacts

CODE = "contact-in-clear"


def check(subject: Subject, _policy: Policy) -> Iterator[Problem]:
    """Every free text of the item and of its events."""
    item = subject.item
    places: list[tuple[tuple[str | int, ...], str | None]] = [
        ((name,), getattr(item, name)) for name in ("title", "text", "source", "product", "area", "device")
    ]
    places += [(("tags", index), tag) for index, tag in enumerate(item.tags)]
    places += [(("attachments", index, "name"), one.name) for index, one in enumerate(item.attachments)]
    if item.submitter:
        places.append((("submitter", "hint"), item.submitter.hint))
    for index, event in enumerate(item.history):
        places += [(("history", index, name), getattr(event, name)) for name in sorted(event.PROSE)]
    for place, words in places:
        for contact in contacts(words or ""):
            yield subject.problem(CODE, *place, kind=contact.kind, hint=contact.hint, id=item.id)
