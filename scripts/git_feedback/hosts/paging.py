"""Lists of hosts, page by page: by the address of the next page, or by its number where a host tells no address."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

from git_feedback.hosts.asking import Answer, HostFailed, Line

A_PAGE = 100
MOST_PAGES = 1000
_NEXT = re.compile(r'<([^<>\s]{1,2000})>\s*;[^,<]{0,200}\brel="?next"?')


def linked(line: Line, first: str) -> Iterator[Any]:
    """What stands on all pages of a list that names its next page.  Raises HostFailed."""
    url: str | None = first
    asked: set[str] = set()
    while url is not None and url not in asked:
        if len(asked) == MOST_PAGES:
            raise HostFailed("host-too-many", host=line.host, most=MOST_PAGES * A_PAGE)
        asked.add(url)
        answer = line.get(url)
        yield from _rows(answer, line)
        following = _NEXT.search((answer.headers.get("Link") or "")[:20_000])
        url = urljoin(url, following[1]) if following else None


def numbered(line: Line, address: str, facts: dict[str, str], a_page: int) -> Iterator[Any]:
    """What stands on all pages of a list whose pages are numbered: to the count that the host tells, or an empty page.

    A host may give shorter pages than it was asked for, so a short page is not the last one; one that knows no pages
    gives the same again.  Raises HostFailed.
    """
    seen = 0
    before: list[Any] = []
    for page in range(1, MOST_PAGES + 1):
        answer = line.get(f"{address}?{urlencode({**facts, 'page': page, 'limit': a_page})}")
        rows = _rows(answer, line)
        if not rows or rows == before:
            return
        yield from rows
        before = rows
        seen += len(rows)
        said = answer.headers.get("X-Total-Count") or ""
        total = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else None
        if total is not None and seen >= total:
            return
    raise HostFailed("host-too-many", host=line.host, most=MOST_PAGES * a_page)


def _rows(answer: Answer, line: Line) -> list[Any]:
    if not isinstance(answer.value, list):
        raise HostFailed("host-no-json", host=line.host)
    return answer.value
