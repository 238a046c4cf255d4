"""An item without the words that may hold personal data: what an `erase` event leaves of it, always the same.

Closed vocabulary stays (who did what and when, categories, marks out of five), so that every figure stays.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from git_feedback.model import Event, Item, Submitter
from git_feedback.privacy.references import erased_source

NEUTRAL: Mapping[str, str] = {"zh": "（已按请求删除）", "en": "(erased on request)"}
"""What stands where words stood, by the item's language.  It lies in records: it never changes."""
_BY_RULE = ("rules",)
"""Who gives reasons that hold words of the policy only; what a model names are pieces of the text."""


def neutral(language: str | None) -> str:
    """What stands for erased words in an item of that language."""
    return NEUTRAL["zh" if language and language.startswith("zh") else "en"]


def is_neutral(words: str) -> bool:
    """Whether words were erased: what stands there says nothing of the matter."""
    return words.strip() in NEUTRAL.values()


def blanked(item: Item, until: datetime) -> Item:
    """The item without what was said in it, and without the words of events up to a moment, that moment included."""
    words = neutral(item.language)
    facts: dict[str, Any] = {
        "title": words,
        "text": words if item.text is not None else None,
        "device": words if item.device is not None else None,
        "source": erased_source(item.channel, item.source) if item.source is not None else None,
        "submitter": Submitter(kind=item.submitter.kind) if item.submitter else None,
        "point": None,
        "attachments": (),
        "history": tuple(blanked_event(one, item) if one.at <= until else one for one in item.history),
    }
    return item.model_copy(update=facts)


def blanked_event(event: Event, item: Item) -> Event:
    """The event without its words, files and the channel's own key; an erasure says itself why it was."""
    if event.verb == "erase":
        return event
    kept = {"because"} if event.by in _BY_RULE else set()
    said = {name for name in event.PROSE - kept if getattr(event, name) is not None}
    facts: dict[str, Any] = {name: None if name == "sealed" else neutral(item.language) for name in said}
    fields = type(event).model_fields
    if "files" in fields:
        facts["files"] = ()
    if "source" in fields and (source := getattr(event, "source", None)) is not None:
        facts["source"] = erased_source(getattr(event, "channel", None) or item.channel, source)
    return event.model_copy(update=facts) if facts else event
