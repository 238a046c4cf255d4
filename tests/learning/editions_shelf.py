"""Articles for the tests of editions, written out as files."""

from collections.abc import Mapping

from git_feedback.store.articles import Article, ArticleFile, article_files, joined

FRONT = "title: {title}\nowner: sam.okafor\nreview: 2027-03-01\ncategories: [service/refund]\nversion: {version}\n"


def source(title: str, body: str = "款已退。", version: int = 1, more: str = "") -> bytes:
    """The file of an article; `more` are lines of its front matter."""
    return f"---\n{FRONT.format(title=title, version=version)}{more}---\n\n# {title}\n\n{body}\n".encode()


def shelf(**files: bytes) -> Mapping[str, Article]:
    """Articles by name: `zh_refund=...` is the Chinese file of `refund`."""
    sources = {
        f"site/pages/{key[:2]}/knowledge/{key[3:].replace('_', '-')}.md": content for key, content in files.items()
    }
    found = list(article_files(sources))
    assert all(isinstance(one, ArticleFile) for _, one in found), found
    return joined(one for _, one in found if isinstance(one, ArticleFile))
