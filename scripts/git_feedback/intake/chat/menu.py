"""The menu that a chat robot shows, made from the categories, and what a customer chose in one."""

import re
from collections.abc import Mapping, Sequence

from git_feedback import i18n
from git_feedback.policy import Policy

_ENTRY = re.compile(r"\s*(\d{1,2})\s*[.、:：)）]?\s+(\S.{0,80})")
_CHOICE = re.compile(r"\s*(?:选|我选|choose)?\s*([0-9０-９]{1,2})\s*[.。、!！]?\s*", re.IGNORECASE)


def menu(policy: Policy, language: str) -> str:
    """The text for the robot: a number and a name for each category."""
    names = [category.name.said(language) for category in policy.categories.values()]
    entries = (f"{number} {' '.join(name.split())}" for number, name in enumerate(names, 1))
    return "\n".join([i18n.text("chat-menu-head", language), *entries])


def chosen(words: str, shown: Sequence[str], policy: Policy) -> str | None:
    """The category that these words choose: by its name, or by its number in a menu that was `shown` before."""
    named = _named(policy)
    category = named.get(_plain(words))
    number = _CHOICE.fullmatch(words[:40])
    if category or not number:
        return category
    for text in reversed(shown):
        entries = {int(one[1]): one[2] for one in map(_ENTRY.fullmatch, text.split("\n")[:100]) if one}
        name = entries.get(int(number[1]))
        if name:
            return named.get(_plain(name))
    return None


def _named(policy: Policy) -> Mapping[str, str]:
    """The names of categories in both languages, each with its id; a name of two categories names none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for category in policy.categories.values():
        for name in {_plain(category.name.zh), _plain(category.name.en)}:
            twice |= {name} & found.keys()
            found[name] = category.id
    return {name: category for name, category in found.items() if name not in twice}


def _plain(words: str) -> str:
    return " ".join(words[:100].split()).strip(" .。!！").casefold()
