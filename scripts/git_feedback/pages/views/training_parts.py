"""What the pages of training share: titles, links, words with code in them, and what their scripts say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from git_feedback.learning.training import Training
from git_feedback.model.measures import Both
from git_feedback.pages.page import Page, Record
from git_feedback.pages.training import INDEX, page_of
from git_feedback.pages.views.rendering import page
from git_feedback.pages.views.words import Words
from git_feedback.text import visible

_CODE = re.compile(r"`([^`\n]+)`")
SAID = (
    "done-of", "passed-on", "passed-score", "due-again", "due-now", "not-passed", "question-of", "order-is", "check", "next", "finish", "right",
    "wrong", "your-answer", "right-answer", "right-one", "not-right", "missed", "read-more", "you-said", "it-is", "result-passed", "result-failed",
    "practice-only", "result-score", "to-repeat", "all-right", "again", "again-wrong", "choose-one", "write-first", "move-up", "move-down", "moved",
    "show-answer", "model-answer", "look-for", "count-right", "count-wrong", "free-hint", "nothing-changed", "version-was", "item-of", "choose-all",
    "level-yours", "truth", "category", "urgency", "impact", "is-right", "is-near", "is-wrong", "drill-result", "not-yet", "steps-open", "cleared",
    "really-clear", "name-missing", "best-was", "legal", "not-legal", "case-end", "to-course", "to-certificate",
)  # fmt: skip
"""What the scripts say, by code; its places stay places."""
_PLACES = (
    "done",
    "all",
    "day",
    "score",
    "number",
    "seed",
    "right",
    "need",
    "name",
    "was",
    "version",
    "level",
    "said",
    "truth",
    "many",
)


@dataclass(frozen=True, slots=True)
class Link:
    """A page by what it is called; without `path` it is not there, and the words stay."""

    path: str
    title: str


def said_by_scripts(words: Words) -> dict[str, str]:
    """The words of the scripts, by code."""
    places = {place: f"{{{place}}}" for place in _PLACES}
    return {code: words.say(f"training-js-{code}", None, **places) for code in SAID}


def training_page(record: Record, words: Words, path: str, title: str, template: str, **values: object) -> Page:
    """A page of training in its shell."""
    said = said_by_scripts(words)
    return page(record, words, path, INDEX, title, template, said=said, zone=record.policy.zone.key, **values)


def told(text: Both, words: Words) -> str:
    """A text in the language of the page."""
    return text.zh if words.language == "zh" else text.en


def worded(text: Both, words: Words) -> Markup:
    """A text in the language of the page, escaped, with `code` as code."""
    parts = _CODE.split(told(text, words))
    shown = [
        f"<code>{escape(visible(part))}</code>" if n % 2 else str(escape(visible(part))) for n, part in enumerate(parts)
    ]
    return Markup("".join(shown))  # noqa: S704 - each part is escaped


def article_link(name: str, record: Record, words: Words) -> Link:
    """An article by its title in the language of the page, else in another, else by its name alone."""
    path = f"knowledge/{name}.html"
    listed = {one.path: one.title for one in record.articles.get(words.language, ())}
    return Link(path, listed[path]) if path in listed else Link("", name)


def article_links(names: Iterable[str], record: Record, words: Words) -> list[Link]:
    """Articles as links, in the order they are named."""
    return [article_link(name, record, words) for name in names]


def courses_with(known: Training, kind: str, name: str, words: Words) -> list[Link]:
    """The courses that somebody comes from to this page."""
    return [Link(page_of("course", one.id), told(one.title, words)) for one in known.courses_with(kind, name)]
