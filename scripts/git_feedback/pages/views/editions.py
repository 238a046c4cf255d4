"""What changed in the knowledge base: since the last edition, and in each edition before, with what reads otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from git_feedback.i18n import LANGUAGES
from git_feedback.learning.articles_checked import ANY
from git_feedback.learning.editions import CHANGES, Edition, Entry, Rewritten
from git_feedback.learning.rewording import Span, Turn
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.words import Words

PATH = "knowledge/editions.html"
_TAGS = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Place:
    """One place that reads otherwise: what happened to it, where it stands, its words; `is_theirs`: submitters say so."""

    kind: str
    where: str
    spans: tuple[Span, ...]
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An article as the page tells of it; without `link` it is not there any more."""

    title: str
    lang: str
    link: str
    facts: tuple[str, ...]
    places: tuple[Place, ...] = ()
    places_lang: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An edition on the page: its heading, its day, how many of each, and the articles by kind of change."""

    id: str
    heading: str
    day: str
    counted: str
    groups: tuple[tuple[str, tuple[Told, ...]], ...]


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    for words in both.values():
        parts = [_part(one, record, words) for one in record.editions]
        yield page(
            record, words, PATH, PATH, words.site("editions"), "editions.html",
            shelf=words.site("answers" if record.audience.is_public else "knowledge"),
            is_public=record.audience.is_public,
            last=next((one.name for one in record.editions if one.name), ""),
            parts=parts,
        )  # fmt: skip


def counted(edition: Edition, words: Words) -> str:
    """How many articles were added, changed and retired, those that are none left out; empty where nothing was."""
    counts = edition.count._asdict()
    said = [words.say(f"editions-count-{name}", n) for name, n in counts.items() if n]
    return ("，" if words.language == "zh" else ", ").join(said)


def _part(edition: Edition, record: Record, words: Words) -> Part:
    groups = ((words.say(f"editions-{change}"), _told(edition.of(change), record, words)) for change in CHANGES)
    return Part(
        id=f"e-{edition.name}" if edition.name else "since",
        heading=edition.name or words.say("editions-since"),
        day=words.on(edition.day) if edition.day else "",
        counted=counted(edition, words),
        groups=tuple((name, told) for name, told in groups if told),
    )


def _told(entries: list[Entry], record: Record, words: Words) -> tuple[Told, ...]:
    told = [_entry(entry, record, words) for entry in entries]
    return tuple(sorted(told, key=lambda one: one.title))


def _entry(entry: Entry, record: Record, words: Words) -> Told:
    language = words.language if words.language in entry.titles else next(iter(entry.titles))
    shown = _shown_in(entry, words.language)
    rewritten = entry.rewritten.get(shown, Rewritten())
    return Told(
        title=entry.title(words.language),
        lang="" if language == words.language else _TAGS[language],
        link=f"knowledge/{entry.name}.html" if entry.is_here and entry.change != "retired" else "",
        facts=() if record.audience.is_public else tuple(_facts(entry, rewritten, words)),
        places=() if record.audience.is_public else tuple(_place(turn, words) for turn in rewritten.turns),
        places_lang="" if shown == words.language else _TAGS[shown],
    )


def _shown_in(entry: Entry, language: str) -> str:
    """The language whose text is told: the page's own, unless only another one changed."""
    there = [one for one in LANGUAGES if entry.rewritten.get(one, Rewritten()).turns]
    return language if language in there or not there else there[0]


def _facts(entry: Entry, rewritten: Rewritten, words: Words) -> Iterator[str]:
    """What is told of an article in a few words: version, state, readers, languages, what is not shown."""
    if entry.was is not None and entry.version is not None and entry.was != entry.version:
        yield words.say("editions-version", was=entry.was, version=entry.version)
    elif entry.version or entry.was:
        yield words.say("editions-at-version", version=entry.version or entry.was)
    if entry.status[1]:
        yield words.say(f"editions-status-{entry.status[1]}")
    if entry.audience[1]:
        yield words.say(f"editions-audience-{entry.audience[1]}")
    for language, one in entry.rewritten.items():
        if one.is_new:
            yield words.say(f"editions-now-in-{language}")
    if rewritten.said_more:
        yield words.say("editions-said-more", rewritten.said_more)
    if rewritten.said_less:
        yield words.say("editions-said-less", rewritten.said_less)
    if any(one.is_hidden for one in entry.rewritten.values()):
        yield words.say("editions-hidden")


def _place(turn: Turn, words: Words) -> Place:
    kinds = {span.kind for span in turn.spans}
    kind = next(iter(kinds)) if len(kinds) == 1 else "turned"
    return Place(words.say(f"editions-turn-{kind}"), _where(turn, words), turn.spans, turn.part == "said")


def _where(turn: Turn, words: Words) -> str:
    if turn.part == "text":
        return turn.under
    if turn.part == "reply":
        return words.say("editions-reply", channel=_channel(turn.under, words))
    return words.say(f"editions-part-{turn.part}")


def _channel(name: str, words: Words) -> str:
    return words.say("editions-any-channel") if name == ANY else words.channel(name)
