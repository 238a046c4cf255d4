"""No contact data lies in clear: what is once in Git's history stays in every clone."""

from collections.abc import Iterator

from git_feedback.checks.subject import Subject
from git_feedback.model import Place, Problem
from git_feedback.policy import Policy
from git_feedback.privacy import contacts, is_masked
from git_feedback.privacy.armor import is_sealed

CODE = "contact-in-clear"
_FREE = ("title", "text", "source", "product", "area", "device")
_CLOSED = ("source", "request", "to")
"""Fields in the braces of events that are a channel's, or a person's, own words."""


def check(subject: Subject, _policy: Policy) -> Iterator[Problem]:
    """Every free text of the item and of its events, the hint, and what calls itself sealed."""
    for place, words in _texts(subject):
        for contact in contacts(words):
            yield subject.problem(CODE, *place, kind=contact.kind, hint=contact.hint, id=subject.item.id)
    submitter = subject.item.submitter
    if submitter and submitter.hint and not contacts(submitter.hint) and not is_masked(submitter.hint):
        yield subject.problem("hint-in-clear", "submitter", "hint", given=submitter.hint)
    for place, block in _sealed(subject):
        if not is_sealed(block):
            yield subject.problem("not-sealed", *place, file=subject.file)


def _texts(subject: Subject) -> Iterator[tuple[Place, str]]:
    item = subject.item
    yield from (((name,), getattr(item, name)) for name in _FREE if getattr(item, name))
    yield from ((("tags", index), tag) for index, tag in enumerate(item.tags))
    yield from ((("attachments", index, "name"), one.name) for index, one in enumerate(item.attachments) if one.name)
    if item.submitter and item.submitter.hint:
        yield ("submitter", "hint"), item.submitter.hint
    for index, event in enumerate(item.history):
        for name in sorted(event.PROSE - {"sealed"}):
            if words := getattr(event, name):
                yield ("history", index, name), words
        for name in _CLOSED:
            if isinstance(words := getattr(event, name, None), str):
                yield ("history", index, event.verb, name), words


def _sealed(subject: Subject) -> Iterator[tuple[Place, str]]:
    if subject.item.submitter and subject.item.submitter.sealed:
        yield ("submitter", "sealed"), subject.item.submitter.sealed
    for index, event in enumerate(subject.item.history):
        if block := getattr(event, "sealed", None):
            yield ("history", index, "sealed"), block
