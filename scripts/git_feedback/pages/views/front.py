"""The first page of the site for the public: what one can do here, who reads it, and what becomes of what one says."""

from collections.abc import Iterator
from dataclasses import dataclass

from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import said_did, submit_file, track
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

PATH = "index.html"
WAYS = (
    ("submit", "submit.html"),
    ("track", track.PATH),
    ("answers", "knowledge/index.html"),
    ("changed", said_did.PATH),
)
"""What one can do here, and where."""


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do: where it leads, what it is called, and what happens there."""

    path: str
    name: str
    about: str


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    policy = record.policy
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            policy.desk.name.said(words.language),
            "front.html",
            ways=[Way(path, words.say(f"front-{name}"), words.say(f"front-{name}-about")) for name, path in WAYS],
            who=words.say("front-who", None, desk=policy.desk.name.said(words.language)),
            mail=policy.desk.submit.mail or "",
            becomes=list(becomes(record, words)),
        )


def becomes(record: Record, words: Words) -> Iterator[str]:
    """What becomes of what somebody says, as this desk's policy has it."""
    yield words.say("front-read")
    sealed = record.policy.recipients
    yield words.say("front-sealed", len(sealed)) if sealed else words.say("front-no-contact")
    yield words.say("front-anonymous")
    yield words.say("front-masked")
    if submit_file.host_of(record.policy):
        yield words.say("front-open")
    yield words.say("front-erase")
