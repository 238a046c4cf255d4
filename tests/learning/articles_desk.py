"""Articles and items for tests of the knowledge base."""

from collections.abc import Mapping

from tests.sample_desk import policy

from git_feedback.learning.articles_checked import Known, article_problems
from git_feedback.model import Item, Problem
from git_feedback.store import read
from git_feedback.store.articles import Article, ArticleFile, joined, read_article

FRONT = {
    "title": "退款比承诺的慢",
    "owner": "zhou.yuan",
    "review": "2027-01-15",
    "version": "2",
    "audience": "public",
    "categories": "[service/refund]",
}
KNOWN = Known(
    items={"Q261119-0AAJN0D"},
    measures={"M-faster-refunds"},
    problems={"P-refunds-wait"},
    articles={"refund", "coupon"},
    pages={
        "zh/submit.md",
        "en/submit.md",
        "zh/knowledge/refund.md",
        "en/knowledge/refund.md",
        "zh/knowledge/coupon.md",
    },
    made=("handbook/",),
)


def source(body: str = "钱在路上。", **front: str) -> bytes:
    """An article as somebody wrote it; a field of the front matter that is empty is left out."""
    given = {**FRONT, **front}
    rows = "".join(f"{key}: {value}\n" for key, value in given.items() if value)
    heading = given["title"].strip('"')
    return f"---\n{rows}---\n\n# {heading}\n\n{body}\n".encode()


def file(body: str = "钱在路上。", *, name: str = "refund", language: str = "zh", **front: str) -> ArticleFile:
    """An article in one language."""
    return read_article(source(body, **front), f"site/pages/{language}/knowledge/{name}.md")


def articles(*files: ArticleFile) -> Mapping[str, Article]:
    """Articles by name."""
    return joined(files)


def wrong(*files: ArticleFile) -> list[Problem]:
    """What is wrong with articles on the sample's desk."""
    return list(article_problems(articles(*files), policy(), KNOWN))


def codes(*files: ArticleFile) -> list[tuple[str, int]]:
    """Code and line of what is wrong with articles."""
    return [(one.code, one.line) for one in wrong(*files)]


def item(title: str, text: str = "", *, name: str = "Q261119-0AAJN0D", history: str = "", language: str = "zh") -> Item:
    """An item that says something."""
    words = f"text: |-\n  {text}\n" if text else ""
    events = f"history:\n{history}" if history else ""
    given = (
        f"id: {name}\nreceived: 2026-11-19T09:31:00+08:00\nchannel: web-form\nsource: {name}\nlanguage: {language}\n"
    )
    return read(f"{given}title: {title}\n{words}{events}".encode())
