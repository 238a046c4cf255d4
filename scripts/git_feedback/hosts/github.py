"""GitHub, and what speaks its language: issues by label, page by page (docs: REST API, "List repository issues")."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from git_feedback.hosts.asking import HostFailed, Line
from git_feedback.hosts.wanted import Told, Wanted
from git_feedback.intake import issues as forms

_A_PAGE = 100
_MOST_PAGES = 1000
_NEXT = re.compile(r'<([^<>\s]{1,2000})>\s*;[^,<]{0,200}\brel="?next"?')


def issues(wanted: Wanted, line: Line) -> Iterator[Told]:
    """Every issue with the label, open or closed, in the order in which they were made; pull requests are none."""
    seen: set[int] = set()
    for told in _listed(wanted, line):
        if not isinstance(told, Mapping):
            yield Told("?", None, "issue")
        elif "pull_request" not in told:
            found = _told(told)
            number = found.issue.number if found.issue else None
            if number not in seen:
                yield found
            if number is not None:
                seen.add(number)


def _told(told: Mapping[str, Any]) -> Told:
    number = told.get("number")
    name = f"#{number}" if isinstance(number, int) and 0 < number < 2**53 else "?"
    try:
        return Told(name, forms.told_by_host(told))
    except forms.Unreadable as wrong:
        return Told(name, None, wrong.reason)


def _listed(wanted: Wanted, line: Line) -> Iterator[Any]:
    """What stands on all pages."""
    url: str | None = _first(wanted, line)
    asked: set[str] = set()
    while url is not None and url not in asked:
        if len(asked) == _MOST_PAGES:
            raise HostFailed("host-too-many", host=line.host, most=_MOST_PAGES * _A_PAGE)
        asked.add(url)
        answer = line.get(url)
        if not isinstance(answer.value, list):
            raise HostFailed("host-no-json", host=line.host)
        yield from answer.value
        following = _NEXT.search((answer.headers.get("Link") or "")[:20_000])
        url = urljoin(url, following[1]) if following else None


def _first(wanted: Wanted, line: Line) -> str:
    owner, _, name = wanted.repository.partition("/")
    facts = {"labels": wanted.label, "state": "all", "sort": "created", "direction": "asc", "per_page": str(_A_PAGE)}
    if wanted.since:
        facts["since"] = _instant(wanted.since)
    return f"{line.api.rstrip('/')}/repos/{quote(owner, safe='')}/{quote(name, safe='')}/issues?{urlencode(facts)}"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
