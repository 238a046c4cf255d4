"""Personal data in free text replaced by a hint that its owner recognises and nobody else can use."""

from dataclasses import dataclass

from git_feedback.privacy.contact import Contact
from git_feedback.privacy.contacts import contacts


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` without personal data that can be found; `kinds` of what was found, sorted, each once."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """The text with hints such as `138****5678` and `l***@example.com` in place of what `contacts` finds.

    `contacts(mask(text).text)` is empty, so masking twice changes nothing: what the hints and their neighbours seem
    to form is masked as well.  Every round leaves fewer letters and digits, so it ends.
    """
    kinds: set[str] = set()
    while found := contacts(text):
        kinds.update(contact.kind for contact in found)
        text = _replaced(text, found)
    return Masked(text, tuple(sorted(kinds)))


def _replaced(text: str, found: list[Contact]) -> str:
    pieces: list[str] = []
    at = 0
    for contact in found:
        pieces += text[at : contact.start], contact.hint
        at = contact.end
    return "".join([*pieces, text[at:]])
