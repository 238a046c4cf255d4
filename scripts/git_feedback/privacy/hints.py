"""What may be shown of a way to reach a person: its owner recognises it, nobody else can use it."""

import re

from git_feedback.privacy.contacts import contacts
from git_feedback.privacy.plain import plain

_LEFT_OUT = "***"
_LONG_NUMBER = re.compile(r"[0-9](?:[ .()/-]?[0-9]){4,}", re.ASCII)
_SHOWN = re.compile(r"\S")


def hint(contact: str) -> str:
    """`138****5678`, `l***@example.com`, `+44****18`; of anything else (a WeChat name) its first character: `z***`."""
    text = plain(contact).text.strip()
    found = contacts(text)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
        return found[0].hint
    first = _SHOWN.search(text)
    return f"{first[0] if first else ''}{_LEFT_OUT}"


def is_masked(text: str) -> bool:
    """Whether nobody could be reached by it: a hint, or words such as "at the counter"."""
    if contacts(text) or _LONG_NUMBER.search(plain(text).text):
        return False
    return "*" in text or "@" not in text
