"""The draft of a best practice from an item: what the record knows is filled in, masked, and what only people know is blank.

A blank is one space, with a remark above it: the checks refuse it, so no half a practice gets onto the site.
"""

import re
from collections.abc import Iterator
from datetime import UTC

from git_feedback.desk.trace_words import Telling
from git_feedback.i18n import LANGUAGES, text
from git_feedback.learning.drafting import masked_lines
from git_feedback.learning.nominating import Nominee
from git_feedback.notation import block, scalar
from git_feedback.policy import Policy
from git_feedback.privacy import mask
from git_feedback.privacy.names import unnamed
from git_feedback.store.training import FOLDER
from git_feedback.text import language as language_of
from git_feedback.text import visible

_BLANK = " "
_LONGEST = 600
"""What a text in both languages may hold."""
_NUMBER = re.compile(r"[0-9][0-9 -]{4,}[0-9]")
"""An order, a card, a parcel: long enough to be one person's."""


def path_of(name: str) -> str:
    """Where a best practice lies, from the top of the desk."""
    return f"{FOLDER}/practice/{name}.yml"


def amount(seconds: int, language: str) -> str:
    """A length of working time in words: `4 h 30 min`."""
    return Telling(lambda code, **values: text(code, language, **values), str, UTC).amount(seconds)


def reasons(nominee: Nominee, language: str) -> list[str]:
    """What was done well, in words."""
    return [text(f"nominate-{code}", language, **values) for code, values in nominee.reasons]


def practice_draft(nominee: Nominee, name: str, policy: Policy) -> bytes:
    """The file of a best practice: title, situation and what was done well in both languages, the reply in its own."""
    return "".join(_lines(nominee, name, policy)).encode()


def _lines(nominee: Nominee, name: str, policy: Policy) -> Iterator[str]:
    item, category = nominee.one.item, nominee.one.state.category or ""
    yield f"id: {scalar(name)}\n"
    yield from _both("title", {language: _title(nominee, policy, language) for language in LANGUAGES})
    yield f"item: {item.id}\ncategory: {scalar(category)}\n"
    yield from _both("situation", {language: _situation(nominee, policy, language) for language in LANGUAGES})
    yield "done_well:\n"
    for said in zip(*(reasons(nominee, language) for language in LANGUAGES), strict=True):
        for mark, language, words in zip("- ", LANGUAGES, said, strict=True):
            yield f"  {mark} {language}: {scalar(words)}\n"
    yield from _both("reply", _reply(nominee, policy), "reply")
    yield from _both("lesson", {}, "lesson")


def _both(field: str, said: dict[str, str], blank: str = "") -> Iterator[str]:
    """A text in both languages; of one that is not there a remark says what belongs there."""
    yield f"{field}:\n"
    for language in LANGUAGES:
        if language not in said:
            what = text(f"nominate-blank-{blank}", language)
            yield f"  # {text('nominate-blank', language, what=what)}\n"
        yield block(language, said.get(language, _BLANK), 2)


def _title(nominee: Nominee, policy: Policy, language: str) -> str:
    return text(
        "nominate-title", language, category=_category(nominee, policy, language), took=amount(nominee.took_s, language)
    )


def _situation(nominee: Nominee, policy: Policy, language: str) -> str:
    channel = policy.channels.get(nominee.one.item.channel)
    return text(
        "nominate-situation",
        language,
        category=_category(nominee, policy, language),
        level=nominee.one.state.level or "–",
        channel=channel.name.said(language) if channel else nominee.one.item.channel,
    )


def _category(nominee: Nominee, policy: Policy, language: str) -> str:
    found = policy.categories.get(nominee.one.state.category or "")
    return found.name.said(language) if found else nominee.one.state.category or "–"


def _reply(nominee: Nominee, policy: Policy) -> dict[str, str]:
    """The reply as it was sent, in the language it was written in, without anybody in it."""
    staff = tuple(name for one in policy.people.values() for name in (one.name.zh, one.name.en))
    said = masked_lines(nominee.reply.text, lambda line: _NUMBER.sub("***", unnamed(mask(visible(line)).text, staff)))
    written_in = "en" if language_of(nominee.reply.text).startswith("en") else "zh"
    return {written_in: said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"}
