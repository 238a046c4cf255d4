"""The question for what a submission lacks, in the language of whoever sent it."""

from collections.abc import Sequence

from git_feedback import i18n
from git_feedback.desk.missing import askable, missing
from git_feedback.model import Item
from git_feedback.policy import FieldName, Policy
from git_feedback.policy.files import FIELDS


def to_ask(item: Item, policy: Policy) -> tuple[FieldName, ...]:
    """What an item lacks and its submitter can tell."""
    return askable(missing(item, policy))


def language_of(item: Item, policy: Policy) -> str:
    """The language in which its submitter is asked."""
    return i18n.language_of(item.language or policy.desk.language)


def question(fields: Sequence[str], language: str) -> str:
    """The question for some fields: one sentence for one, a line each for several; a field without words by its name."""
    asked = [i18n.text(f"ask-{name}", language) if name in FIELDS else name for name in fields]
    if len(asked) == 1:
        return i18n.text("ask-one", language, None, what=asked[0])
    return "\n".join((i18n.text("ask-several", language), *(f"- {one}" for one in asked)))
