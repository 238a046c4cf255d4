"""You said, we did: what became of what people told the desk, in the team's own words and for everybody to read."""

from collections.abc import Iterator
from dataclasses import dataclass

from git_feedback.insight.closings import Month, Told, closings
from git_feedback.model.measures import Both
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.rendering import Both as Languages
from git_feedback.pages.views.rendering import page
from git_feedback.pages.views.words import Words

PATH = "you-said-we-did.html"
_TAGS = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and the tag of its language where that is not the page's."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One improvement as the page shows it; never a word of those who asked for it."""

    id: str
    title: Said
    you: Said
    we: Said
    behind: str
    release: str
    on: str
    day: str


def pages(record: Record, both: Languages) -> Iterator[Page]:
    """The page in each language."""
    today = record.now.astimezone(record.policy.zone).date()
    months = closings(record.measures, record.standings, today)
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("said-did"),
            "said_did.html",
            home=words.site("front" if record.audience.is_public else "today"),
            months=[(_month(month, words), [_entry(told, words) for told in month.told]) for month in months],
            total=sum(len(month.told) for month in months),
        )


def _month(month: Month, words: Words) -> str:
    name = words.say("page-months").split("|")[month.first.month - 1]
    return words.say("said-month", month=name, year=month.first.year)


def _entry(told: Told, words: Words) -> Entry:
    measure = told.measure
    assert measure.said and measure.did and measure.done

    def said(text: Both | str) -> Said:
        plain, language = measure.words(text, words.language)
        return Said(plain, "" if language == words.language else _TAGS[language])

    return Entry(
        id=measure.id,
        title=said(measure.title),
        you=said(measure.said),
        we=said(measure.did),
        behind=words.say("said-behind", n=told.items),
        release=words.say("said-release", tag=measure.release) if measure.release else "",
        on=words.on(measure.done),
        day=measure.done.isoformat(),
    )
