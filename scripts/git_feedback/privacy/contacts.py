"""Where a text names ways to reach or identify a person: telephones, mail, WeChat, identity and bank cards.

What only looks alike is left: order numbers, times, amounts, versions.  A finding that is wrong hides what the
customer said; one that is missed lies in Git for good: the test cases hold the balance.
"""

from collections.abc import Callable, Iterator

from git_feedback.privacy.addresses import mails, wechats
from git_feedback.privacy.contact import Contact
from git_feedback.privacy.numbers import cards, citizen_numbers, mobiles, phones_abroad, spoken_mobiles
from git_feedback.privacy.plain import plain

_SEARCHES: tuple[Callable[[str], Iterator[Contact]], ...] = (
    citizen_numbers,
    cards,
    mobiles,
    spoken_mobiles,
    phones_abroad,
    mails,
    wechats,
)


def contacts(text: str) -> list[Contact]:
    """Everything found, in order and without overlap; of two findings the one that starts first, then the longer."""
    source = plain(text)
    found = sorted((found for search in _SEARCHES for found in search(source.text)), key=_first_then_longest)
    kept: list[Contact] = []
    end = 0
    for contact in found:
        if contact.start >= end:
            kept.append(Contact(contact.kind, *source.original(contact.start, contact.end), contact.hint))
            end = contact.end
    return kept


def _first_then_longest(contact: Contact) -> tuple[int, int]:
    return contact.start, -contact.end
