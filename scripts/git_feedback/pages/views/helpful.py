"""Which articles of the knowledge base help with an item: those that people linked, and those that are about the same.

An article that does not help is worse than none: it is compared by its title, symptoms and quotes, which are written
in the words of submitters, and one that is about another category has to be more alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.desk import Standing
from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.pages.page import Article
from git_feedback.triage.duplicates import Finder

LIKELY = 0.36
"""So much alike is what says the same: of the sample's items every one above is about the article, none below."""
CATEGORY = 0.04
"""So much nearer is an article about the item's category, and so much farther one about others."""
MOST = 3
_LOOKED_AT = 12

Told = tuple[str, str, str, str]
"""An article in a language: language, path, title, first sentence."""


@dataclass(frozen=True, slots=True)
class Help:
    """An article beside an item, in every language that has it; `is_linked`: a person put it there."""

    told: tuple[Told, ...]
    is_linked: bool

    def in_language(self, language: str) -> Told:
        """The article in that language, else in the one it is written in."""
        return next((one for one in self.told if one[0] == language), self.told[0])


class Shelf:
    """The knowledge base of a record, made ready once."""

    def __init__(self, articles: Mapping[str, Sequence[Article]]) -> None:
        self._by_path: dict[str, dict[str, Article]] = {}
        for language, found in articles.items():
            for article in found:
                self._by_path.setdefault(article.path, {})[language] = article
        current = {language: [one for one in found if one.holds] for language, found in articles.items()}
        self._finders = {language: _finder(found) for language, found in current.items() if found}

    def helps(self, one: Standing) -> tuple[Help, ...]:
        """Linked articles in the order in which they were linked; while work is to be done, also up to three alike."""
        linked = [path for path in _linked(one.item) if path in self._by_path]
        alike = self._alike(one) if one.state.is_open else []
        found = dict.fromkeys([*linked, *alike[:MOST]])
        return tuple(self._help(path, is_linked=path in linked) for path in found)

    def shared_terms(self, one: Standing, found: Help) -> tuple[str, ...]:
        """The terms that an item and an article share, most telling first, in the language where they share most."""
        said = f"{one.item.title}\n{one.item.text or ''}"
        shared = [
            self._finders[language].shared_terms(said, "\n".join(self._by_path[path][language].words))
            for language, path, _, _ in found.told
            if language in self._finders
        ]
        return max(shared, key=len, default=())

    def _alike(self, one: Standing) -> list[str]:
        """Paths of articles that are about the same, most alike first."""
        item, best = one.item, dict[str, float]()
        said = f"{item.title}\n{item.text or ''}"
        for language in [item.language] if item.language in self._finders else self._finders:
            for found, score in self._finders[language or ""].nearest(said, _LOOKED_AT):
                path = found.rpartition("#")[0]
                about = self._by_path[path][language or ""].categories
                best[path] = max(best.get(path, 0.0), score + _nudge(one.state.category, about))
        return sorted((path for path, score in best.items() if score >= LIKELY), key=lambda path: (-best[path], path))

    def _help(self, path: str, *, is_linked: bool) -> Help:
        told = self._by_path[path].items()
        return Help(tuple((language, path, one.title, one.lead) for language, one in told), is_linked)


def _finder(found: Iterable[Article]) -> Finder:
    """Each title, symptom and quote by itself, and all of an article's together."""
    texts: dict[str, str] = {}
    for article in found:
        texts[f"{article.path}#"] = "\n".join(article.words)
        texts |= {f"{article.path}#{place}": words for place, words in enumerate(article.words)}
    return Finder(texts)


def _nudge(category: str | None, about: Sequence[str]) -> float:
    if not category or not about:
        return 0.0
    return CATEGORY if category in about else -CATEGORY


def _linked(item: Item) -> list[str]:
    """The built pages of the articles that are linked and were not unlinked since, each once."""
    found: dict[str, str] = {}
    if not any(isinstance(event, ev.Link) for event in item.history):
        return []
    for event in sorted(item.history, key=lambda event: event.at):
        if isinstance(event, ev.Link) and event.kind == "article":
            found[event.to] = _page(event.to)
        elif isinstance(event, ev.Unlink) and event.kind == "article":
            found.pop(event.to, None)
    return list(dict.fromkeys(found.values()))


def _page(said: str) -> str:
    """`knowledge/refund` or `refund.md`, as people write it, as the path of the built page."""
    name = said.strip().removeprefix("site/pages/").removesuffix(".md").removesuffix(".html")
    parts = [part for part in name.split("/") if part not in ("", ".", "..", "zh", "en", "knowledge")]
    return f"knowledge/{'/'.join(parts)}.html"
