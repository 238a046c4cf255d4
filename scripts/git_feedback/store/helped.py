"""Whether articles helped, as files: one a month, read as strictly as items, and written by adding to the end."""

import json
from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from git_feedback import notation
from git_feedback.model import Bad, Problem, translated
from git_feedback.model.helped import Asked, Count, Counted, HelpedMonth, Taking
from git_feedback.notation import Plain
from git_feedback.store.team_files import each, read_as

FOLDER = "feedback/knowledge"
LARGEST = 262_144
"""Bytes of a file that a browser wrote; one that holds a year of answers has a tenth of it."""


class BadHelped(Bad):
    """A file that does not say whether articles helped, with every problem found in it."""


def path_of(month: str) -> str:
    """Where the answers of a month lie (`2026-11`), from the top of the desk."""
    return f"{FOLDER}/helped-{month}.yml"


def read_month(source: bytes, file: str) -> HelpedMonth:
    """The month in a file; raises BadHelped with every problem."""
    found = read_as(HelpedMonth, source, file, BadHelped, "not-helped")
    if file != path_of(found.month):
        raise BadHelped([Problem(file, 1, 1, "helped-name", {"month": found.month})])
    return found


def months(sources: Mapping[str, bytes]) -> Iterator[tuple[str, HelpedMonth | BadHelped]]:
    """Each file of answers among `sources` (path from the top -> bytes), in the order of names."""
    return each(sources, FOLDER, read_month, BadHelped)


def read_counted(source: bytes, file: str) -> Counted:
    """What a browser wrote; raises BadHelped.  Places are those of the file as a whole: nobody writes it by hand."""
    if len(source) > LARGEST:
        raise BadHelped([Problem(file, 1, 1, "helped-too-large", {"limit": LARGEST // 1024})])
    try:
        raw = json.loads(source.decode())
    except (ValueError, RecursionError):
        raise BadHelped([Problem(file, 1, 1, "helped-not-json", {})]) from None
    try:
        return Counted.model_validate(raw)
    except ValidationError as error:
        raise BadHelped(translated(error, file, {})) from None


def added(source: bytes, month: str, taking: Taking) -> bytes:
    """The file of a month with one taking more; an empty `source` begins it."""
    head = (
        source
        or f"# Whether articles helped, as `git feedback kb helped` took it in.\nmonth: {month}\ntakings:\n".encode()
    )
    gap = b"" if head.endswith(b"\n") else b"\n"
    return head + gap + "".join(_lines(taking)).encode()


def _lines(taking: Taking) -> Iterator[str]:
    yield f"  - id: {notation.scalar(taking.id)}\n"
    yield f"    taken: {taking.taken.isoformat()}\n"
    yield f"    by: {notation.scalar(taking.by)}\n"
    if taking.counts:
        yield "    counts:\n"
        yield from (f"      - {_count(one)}\n" for one in taking.counts)
    if taking.asked:
        yield "    asked:\n"
        yield from (f"      - {_asked(one)}\n" for one in taking.asked)


def _count(one: Count) -> str:
    numbers = {"day": one.day.isoformat(), "article": one.article, "yes": str(one.yes), "no": str(one.no)}
    return notation.flow_map((name, Plain(value)) for name, value in numbers.items())


def _asked(one: Asked) -> str:
    return notation.flow_map([("day", Plain(one.day.isoformat())), ("language", one.language), ("text", one.text)])
