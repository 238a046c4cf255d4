"""What changed between two editions of the knowledge base: articles added, changed, retired, and how they read now.

An edition is the articles as a tag has them.  A draft is in no edition yet, and what is retired is in none any more.
Words of submitters are told only where today's article still says them: what was taken out stays out, and of an
article that an erased item stands behind no former word is told at all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple

from git_feedback.i18n import LANGUAGES
from git_feedback.learning.rewording import Span, Turn, rewording, turned
from git_feedback.store.articles import Article, ArticleFile

PUBLISHED = ("current", "research")
"""The states of articles that an edition holds."""
CHANGES: tuple[str, ...] = ("added", "changed", "retired")
"""In the order in which they are told."""
Articles = Mapping[str, Article]


class Count(NamedTuple):
    """How many articles an edition added, changed and retired."""

    added: int
    changed: int
    retired: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An article in one language: what reads otherwise, and how many words of submitters came and went.

    `is_new`: the language was not there before.  `is_hidden`: what it said formerly is not told.
    """

    turns: tuple[Turn, ...] = ()
    said_more: int = 0
    said_less: int = 0
    is_new: bool = False
    is_hidden: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.turns or self.said_more or self.said_less or self.is_new or self.is_hidden)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one article; `was` and `version` are None where it was not there, or is no more."""

    name: str
    change: Literal["added", "changed", "retired"]
    titles: Mapping[str, str]
    is_public: bool = False
    is_here: bool = False
    """Whether the article is there today."""
    public_titles: Mapping[str, str] = field(default_factory=dict)
    """What it is called today, where everybody may read it today; else empty."""
    was: int | None = None
    version: int | None = None
    status: tuple[str, str] = ("", "")
    """Before and after; empty where it is the same."""
    audience: tuple[str, str] = ("", "")
    rewritten: Mapping[str, Rewritten] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """What it is called, in that language where it has one."""
        return self.titles.get(language) or next(iter(self.titles.values()))


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition changed against the one before; without a name: what changed since the last one."""

    name: str
    day: date | None
    entries: tuple[Entry, ...]

    def of(self, change: str) -> list[Entry]:
        """The articles of one kind of change."""
        return [entry for entry in self.entries if entry.change == change]

    @property
    def count(self) -> Count:
        """How many of each."""
        return Count(*(len(self.of(change)) for change in CHANGES))


def changes(old: Articles, new: Articles, today: Articles, erased: Collection[str] = ()) -> tuple[Entry, ...]:
    """What became of each article from `old` to `new`, by kind of change and name; `erased` are ids of items."""
    found = [_entry(name, old.get(name), new.get(name), today, erased) for name in sorted(old.keys() | new.keys())]
    return tuple(sorted((one for one in found if one), key=lambda one: CHANGES.index(one.change)))


def for_public(editions: Sequence[Edition]) -> list[Edition]:
    """What everybody may know: articles that are public today and were then, by today's titles, without a word of them."""
    return [replace(one, entries=tuple(_bare(entry) for entry in one.entries if _is_told(entry))) for one in editions]


def _is_told(entry: Entry) -> bool:
    return entry.is_public and entry.change != "retired" and bool(entry.public_titles)


def _bare(entry: Entry) -> Entry:
    """For everybody an article begins when it becomes public."""
    is_added = entry.change == "added" or entry.audience[0] == "team"
    titles = entry.public_titles
    return Entry(entry.name, "added" if is_added else "changed", titles, True, True, titles)


def _is_public(article: Article) -> bool:
    return article.front.status in PUBLISHED and article.front.audience == "public"


def _titles(article: Article) -> dict[str, str]:
    return {language: one.front.title for language, one in article.in_languages.items()}


# ---- one article --------------------------------------------------------------------------------------------------------


def _entry(
    name: str, old: Article | None, new: Article | None, today: Articles, erased: Collection[str]
) -> Entry | None:
    was = old if old and old.front.status in PUBLISHED else None
    now = new if new and new.front.status in PUBLISHED else None
    here = today.get(name)
    if was and now:
        return _changed(was, now, here, erased)
    if now:
        status = ("", now.front.status) if now.front.status == "research" else ("", "")
        return replace(_named("added", now, here), version=now.front.version, status=status)
    return replace(_named("retired", was, here), was=was.front.version) if was else None


def _named(change: Literal["added", "changed", "retired"], article: Article, today: Article | None) -> Entry:
    open_titles = _titles(today) if today and _is_public(today) else {}
    return Entry(article.name, change, _titles(article), _is_public(article), today is not None, open_titles)


def _changed(old: Article, new: Article, today: Article | None, erased: Collection[str]) -> Entry | None:
    """An article of both editions; None where it reads the same and its version does too."""
    rewritten = {language: one for language, one in _rewritten(old, new, today, erased) if not one.is_empty}
    before, after = old.front, new.front
    entry = replace(
        _named("changed", new, today), was=before.version, version=after.version, rewritten=rewritten,
        status=_turn(before.status, after.status), audience=_turn(before.audience, after.audience),
    )  # fmt: skip
    same = after.version <= before.version and not (rewritten or any(entry.status) or any(entry.audience))
    return None if same else entry


def _turn(before: str, after: str) -> tuple[str, str]:
    return ("", "") if before == after else (before, after)


def _rewritten(
    old: Article, new: Article, today: Article | None, erased: Collection[str]
) -> Iterator[tuple[str, Rewritten]]:
    hidden = not set(erased).isdisjoint((*old.front.items, *new.front.items))
    for language in LANGUAGES:
        was, now = old.in_languages.get(language), new.in_languages.get(language)
        if was and now:
            here = today.in_languages.get(language) if today else None
            yield language, _reworded(was, now, here, hidden=hidden)
        elif now:
            yield language, Rewritten(is_new=True)


def _reworded(old: ArticleFile, new: ArticleFile, today: ArticleFile | None, *, hidden: bool) -> Rewritten:
    turns = list(_turns(old, new))
    before, after = set(_said(old)), set(_said(new))
    still = set(_said(today)) if today else set()
    if hidden:
        return Rewritten(said_more=len(after - before), said_less=len(before - after), is_hidden=bool(turns))
    shown = [Turn("said", "", (Span("new", words),)) for words in _said(new) if words in still - before]
    return Rewritten((*turns, *shown), len(after - before) - len(shown), len(before - after))


def _turns(old: ArticleFile, new: ArticleFile) -> Iterator[Turn]:
    """Our own words that read otherwise: title, text, replies by channel; where lines break does not matter."""
    if old.front.title != new.front.title:
        yield Turn("title", "", turned(old.front.title, new.front.title))
    yield from rewording(old.body, new.body)
    for channel in dict.fromkeys((*new.front.replies, *old.front.replies)):
        before, after = (" ".join(one.front.replies.get(channel, "").split()) for one in (old, new))
        if before.replace(" ", "") != after.replace(" ", ""):
            yield Turn("reply", channel, turned(before, after))


def _said(one: ArticleFile) -> tuple[str, ...]:
    return (*one.front.symptoms, *one.front.quotes)
