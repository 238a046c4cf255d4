"""What articles wait for: a review, an answer that is still looked for, a translation, somebody who needs them.

Nothing is wrong with such an article, so no night fails over it; unread, it becomes wrong by itself.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from git_feedback.i18n import LANGUAGES
from git_feedback.learning.articles_checked import linked_from
from git_feedback.model import Problem
from git_feedback.store.articles import Article, ArticleFile, path_of


def due(articles: Mapping[str, Article], in_use: Collection[str], today: date) -> Iterator[Problem]:
    """Reviews and research that are overdue, missing translations, orphans; `in_use`: categories that items have."""
    linked = linked_from(articles)
    for article in articles.values():
        if article.front.status == "retired":
            continue
        for one in article.in_languages.values():
            yield from _overdue(one, today)
        if len(article.in_languages) < len(LANGUAGES):
            yield from _untranslated(article)
        if _is_orphan(article, in_use, linked.get(article.name, ())):
            yield article.first.problem("article-orphan", ("categories",), categories=article.front.categories)


def _overdue(one: ArticleFile, today: date) -> Iterator[Problem]:
    front = one.front
    if front.review < today:
        yield one.problem("article-review-due", ("review",), day=front.review.isoformat(), owner=front.owner)
    if front.status in ("draft", "research") and front.due is not None and front.due < today:
        yield one.problem(f"article-{front.status}-overdue", ("due",), day=front.due.isoformat(), owner=front.owner)


def _untranslated(article: Article) -> Iterator[Problem]:
    for language in LANGUAGES:
        if language not in article.in_languages:
            yield article.first.problem("article-untranslated", (), file=path_of(article.name, language))


def _is_orphan(article: Article, in_use: Collection[str], linked: Collection[str]) -> bool:
    """Whether nothing leads to it: no item of its categories, none that it names, no problem, no other article."""
    front = article.front
    return not (front.items or front.problem or linked or any(category in in_use for category in front.categories))
