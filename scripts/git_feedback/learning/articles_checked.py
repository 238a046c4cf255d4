"""An article names what there is, says the same in every language, and leads nowhere that is not there.

Else people are sent to an answer that is withdrawn, or to somebody who is gone, and learn not to look here at all.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from posixpath import join, normpath

from git_feedback.i18n import LANGUAGES
from git_feedback.learning.likewise import likewise
from git_feedback.model import Problem
from git_feedback.policy import Policy
from git_feedback.privacy import contacts
from git_feedback.store.articles import SHELF, Article, ArticleFile

ANY = "any"
"""The channel of a reply that fits every channel."""
SAME_EVERYWHERE = ("version", "status", "audience", "categories", "items", "measures", "problem")
"""What the languages of an article must not differ in."""
_HEADING = re.compile(r"^# +(.+?)[ \t]*(?:\{[^{}]*\})?[ \t]*$", re.MULTILINE)
_CODE = re.compile(r"^(```+|~~~+).*?^\1[`~]*[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"[\\*`_]")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(<?([^)\s#>]+\.md)(?:#[^)\s>]*)?>?(?: +\"[^\"]*\")?\)")


@dataclass(frozen=True, slots=True)
class Known:
    """What an article may name: ids of items, measures and problems, names of articles, and pages (`zh/submit.md`).

    Of the folders `made` nobody knows what pages they will hold.
    """

    items: Collection[str]
    measures: Collection[str]
    problems: Collection[str]
    articles: Collection[str]
    pages: Collection[str]
    made: tuple[str, ...] = ()


def article_problems(articles: Mapping[str, Article], policy: Policy, known: Known) -> Iterator[Problem]:
    """Everything that is wrong with these articles besides their form and what they took from items."""
    for article in articles.values():
        yield from _differing(article)
        for one in article.in_languages.values():
            yield from _named(one, policy, known)
            yield from _headed(one)
            yield from _leading(one, articles, known)
            yield from _telling_contacts(one, policy)
    yield from _same_symptoms(articles)


def _named(one: ArticleFile, policy: Policy, known: Known) -> Iterator[Problem]:
    front = one.front
    if front.owner not in policy.people:
        yield one.problem("no-such-person", ("owner",), given=front.owner, known=tuple(policy.people))
    for place, category in enumerate(front.categories):
        if category not in policy.categories:
            at = ("categories", place)
            yield one.problem("unknown-category", at, given=category, known=tuple(policy.categories))
    for channel in front.replies:
        if channel not in policy.channels and channel != ANY:
            yield one.problem("article-channel", ("replies", channel), given=channel, known=tuple(policy.channels))
    yield from _absent(one, "items", front.items, known.items, "article-no-item")
    yield from _absent(one, "measures", front.measures, known.measures, "article-no-measure")
    if front.problem and front.problem not in known.problems:
        yield one.problem("article-no-problem", ("problem",), given=front.problem)
    if front.status in ("draft", "research") and front.due is None:
        yield one.problem(f"article-{front.status}-until-when", ("status",), owner=front.owner)


def _absent(
    one: ArticleFile, field: str, given: tuple[str, ...], known: Collection[str], code: str
) -> Iterator[Problem]:
    for place, name in enumerate(given):
        if name not in known:
            yield one.problem(code, (field, place), given=name)
        elif name in given[:place]:
            yield one.problem("id-twice", (field, place), given=name)


def _differing(article: Article) -> Iterator[Problem]:
    """Of two languages the later one is told: readers of one would otherwise be told what the other takes back."""
    for one in list(article.in_languages.values())[1:]:
        for field in SAME_EVERYWHERE:
            own, first = getattr(one.front, field), getattr(article.front, field)
            if _as_said(own) != _as_said(first):
                yield one.problem(
                    "article-differs", (field,), field=field, own=_shown(own), other=article.first.path,
                    theirs=_shown(first),
                )  # fmt: skip


def _as_said(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _shown(value: object) -> object:
    return value if isinstance(value, tuple) and value else str(value or "-")


def _headed(one: ArticleFile) -> Iterator[Problem]:
    found = _HEADING.search(_without_code(one.body))
    if found is None:
        yield one.in_body("article-no-heading", 0, title=one.front.title)
    elif _words(found[1]) != _words(one.front.title):
        yield one.in_body("article-heading", found.start(), heading=found[1].strip(), title=one.front.title)


def _words(heading: str) -> str:
    """A heading without the marks of Markdown."""
    return " ".join(_MARKS.sub("", unescape(heading)).split())


def _without_code(body: str) -> str:
    """The body with blanks in the place of code: what stands there is neither heading nor link."""
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)


# ---- links ------------------------------------------------------------------------------------------------------------


def links(one: ArticleFile) -> Iterator[tuple[int, str]]:
    """The pages that an article links to, each with its place in the body: `zh/knowledge/refund.md`."""
    for found in _LINK.finditer(_without_code(one.body)):
        if "://" not in found[1]:
            yield found.start(1), normpath(join(one.language, SHELF, found[1]))


def linked_article(page: str) -> str:
    """The name of the article that a page is; empty where it is another page."""
    parts = page.removesuffix(".md").split("/")
    return parts[2] if len(parts) == 3 and parts[0] in LANGUAGES and parts[1] == SHELF else ""


def _leading(one: ArticleFile, articles: Mapping[str, Article], known: Known) -> Iterator[Problem]:
    for offset, page in links(one):
        name = linked_article(page)
        to = articles.get(name)
        below = page.partition("/")[2]
        if page not in known.pages and not below.startswith(known.made):
            yield one.in_body("article-leads-nowhere", offset, page=page)
        elif to is not None and to.front.status == "retired" and one.front.status != "retired":
            yield one.in_body("article-leads-to-retired", offset, name=name)


# ---- words --------------------------------------------------------------------------------------------------------------


def _same_symptoms(articles: Mapping[str, Article]) -> Iterator[Problem]:
    """Two current articles that are known by the same words: whoever asks gets one of two answers."""
    first: dict[tuple[str, str], str] = {}
    for article in articles.values():
        for one in article.in_languages.values():
            if one.front.status != "current":
                continue
            for place, symptom in enumerate(one.front.symptoms):
                other = first.setdefault((one.language, likewise(symptom)), one.name)
                if other != one.name:
                    yield one.problem("article-same-symptom", ("symptoms", place), symptom=symptom, other=other)


def _telling_contacts(one: ArticleFile, policy: Policy) -> Iterator[Problem]:
    """Ways to reach a person; the desk's own address is everybody's."""
    own = policy.desk.submit.mail or ""
    for place, text in _said(one).items():
        found = [contact for contact in contacts(text) if text[contact.start : contact.end] != own]
        if found:
            yield one.problem("article-contact", place, kinds=sorted({contact.kind for contact in found}))
    for contact in contacts(one.body):
        if one.body[contact.start : contact.end] != own:
            yield one.in_body("article-contact", contact.start, kinds=[contact.kind])


def _said(one: ArticleFile) -> dict[tuple[str | int, ...], str]:
    """Every text of the front matter by its place."""
    front = one.front
    listed: dict[tuple[str | int, ...], str] = {("title",): front.title}
    for field in ("symptoms", "quotes"):
        listed |= {(field, place): text for place, text in enumerate(getattr(front, field))}
    return listed | {("replies", channel): text for channel, text in front.replies.items()}


def linked_from(articles: Mapping[str, Article]) -> Mapping[str, set[str]]:
    """Which articles link to each: name -> names."""
    found: dict[str, set[str]] = defaultdict(set)
    for article in articles.values():
        for one in article.in_languages.values():
            for _, page in links(one):
                if linked_article(page) not in ("", article.name):
                    found[linked_article(page)].add(article.name)
    return found
