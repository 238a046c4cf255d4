"""The articles that help with an item, in the words of a language: one line each, with the reason."""

from collections.abc import Iterator

from git_feedback.cli.paragraphs import wrapped
from git_feedback.cli.session import Session
from git_feedback.desk import Standing
from git_feedback.pages.articles import FOLDER, articles
from git_feedback.pages.views.helpful import Help, Shelf
from git_feedback.store import Desk
from git_feedback.store.articles import PAGES, path_of
from git_feedback.text import visible


def article_lines(session: Session, one: Standing) -> Iterator[str]:
    """A heading and a line for each article; nothing where none helps."""
    shelf, found = _found(session, one)
    if found:
        yield session.words("kb-suggested")
    for each in found:
        title = visible(each.in_language(session.language)[2])
        yield from wrapped(f"{title}{_between(session)}{_why(session, shelf, one, each)}", 2)


def articles_as_json(session: Session, one: Standing) -> list[dict[str, object]]:
    """The articles that help, for a programme."""
    shelf, found = _found(session, one)
    return [_row(session, shelf, one, each) for each in found]


def _found(session: Session, one: Standing) -> tuple[Shelf, tuple[Help, ...]]:
    shelf = Shelf(articles(Desk(session.root).sources(PAGES, (".md",))))
    return shelf, shelf.helps(one)


def _between(session: Session) -> str:
    return "：" if session.language == "zh" else ": "


def _why(session: Session, shelf: Shelf, one: Standing, found: Help) -> str:
    if found.is_linked:
        return session.words("kb-suggested-linked")
    shared = [visible(term) for term in shelf.shared_terms(one, found)]
    return session.words("kb-suggested-alike", terms=shared) if shared else session.words("kb-suggested-only-alike")


def _row(session: Session, shelf: Shelf, one: Standing, found: Help) -> dict[str, object]:
    language, path, title, _ = found.in_language(session.language)
    name = path.removeprefix(f"{FOLDER}/").removesuffix(".html")
    return {
        "name": name,
        "title": title,
        "file": path_of(name, language),
        "because": "linked" if found.is_linked else "alike",
        "shared_terms": list(shelf.shared_terms(one, found)),
    }
