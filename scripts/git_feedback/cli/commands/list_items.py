"""`list`: what is where.  From the index, with nothing heavy loaded, wherever that can answer."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from git_feedback.cli.options import COMMON, READING, with_seconds
from git_feedback.clock.moments import parse_moment
from git_feedback.jobs import listing
from git_feedback.jobs.listing import Listed, Looked
from git_feedback.store.index import Broken, Torn
from git_feedback.store.repository import Git
from git_feedback.text import display_width

UNFINISHED = "state:unfinished"
Words = Callable[[str], str]


def shared(body: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads."""
    for option in reversed((*COMMON, *READING)):
        body = option(body)
    return body


@click.command("list")
@click.argument("terms", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@shared
def command(terms: tuple[str, ...], limit: int | None, **given: Any) -> None:
    """List items that fit TERMS: state:open level:P0,P1 department:support owner:ID channel:phone words.

    Also planned:late snoozed:no force:yes copied:brand returned:2 (or more often) older:5wd (received longer ago)
    received:2026-10 (or 2026, 2026-Q3, 2026-10-03, 2026-10-03..2026-10-09).
    Without terms: everything that is not finished.  Sorted by due.
    """
    text = " ".join(terms) or UNFINISHED
    now = _now(given["now_given"])
    root = _root(given["repo"]) if now and not given["as_of_given"] else None
    looked = listing.look(root) if root else None
    found = _quick(looked, text, now, limit) if looked and now else None
    if looked and found is not None:
        _show(found, given["style"], _words_of(looked, given["lang"]))
    else:
        _show_all(given, text, limit, looked)


def _now(given: str | None) -> datetime | None:
    """The moment of asking; None where what was given is none."""
    if given is None:
        return datetime.now(UTC).replace(microsecond=0)
    with suppress(ValueError):
        return parse_moment(with_seconds(given))
    return None


def _root(repo: Path | None) -> Path | None:
    """The top of the desk; None where none is found at a glance."""
    start = (repo or Path.cwd()).resolve()
    if not start.is_dir():
        return None
    top = start if (start / "policy").is_dir() else Git(start).top()
    return top if top and (top / "policy" / "desk.yml").is_file() else None


def _quick(looked: Looked, text: str, now: datetime, limit: int | None) -> list[Listed] | None:
    """What the index says as it is; None where it has to be brought up to date, or cannot say it."""
    try:
        if looked.is_stale(int(now.timestamp())):
            return None
        found = listing.answer(looked, text, now, limit)
        with suppress(Broken):
            looked.note()
    except Torn:
        looked.index.put_away()
    except (Broken, ValueError, KeyError):
        return None
    else:
        return found
    return None


def _words_of(looked: Looked, lang: str | None) -> Words:
    """The words of a list as the index keeps them, in the language asked for or the desk's."""
    words: Mapping[str, str] = json.loads(looked.about["words"])[lang or looked.about["language"]]
    return words.__getitem__


def _show_all(given: Mapping[str, Any], text: str, limit: int | None, looked: Looked | None) -> None:
    """The full way, with all that it needs."""
    from git_feedback.cli.listing import listed
    from git_feedback.cli.session import Session

    session = Session(**given)
    found = listed(session, text, limit, looked)
    _show(found, session.style, _words_in(session.language))


def _words_in(language: str) -> Words:
    from git_feedback.jobs.indexing import words_of_a_list

    return words_of_a_list(language).__getitem__


# ---- telling of it --------------------------------------------------------------------------------------------------


def _show(found: list[Listed], style: str, words: Words) -> None:
    if style == "json":
        from git_feedback.escaping import json_shown

        click.echo(json_shown([_as_json(one) for one in found]))
        return
    if found:
        click.echo("\n".join(_row(one, words) for one in found))
    click.echo(words("listed-1" if len(found) == 1 else "listed-2").format(n=len(found)), err=True)


def _as_json(one: Listed) -> dict[str, object]:
    """The row of DESIGN 8; `due` in the desk's zone."""
    return {name: getattr(one, name) for name in ("id", "state", "level", "department", "owner", "due", "title")}


def _row(one: Listed, words: Words) -> str:
    when = ("!" if one.is_late else " ") + (one.due_shown or "-")
    cells = (one.id, 16), (one.level or "-", 3), (words(f"life-{one.state}"), 12), (when, 18), (one.owner or "-", 14)
    return " ".join([*(_padded(text, width) for text, width in cells), one.title_shown])


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - display_width(text))
