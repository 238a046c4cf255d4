"""Which issued reports quote an item: an edition is never rewritten, so an erased quote needs a corrected one beside it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from git_feedback.store import Desk

_FIGURES = re.compile(
    r"(?P<folder>reports/[0-9]{4}/(?P<period>[0-9]{4}(?:-[0-9]{2}|-Q[1-4])?)(?:-edition-(?P<edition>[0-9]{1,3}))?)/figures\.json"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """An edition of a report that quotes an item; `holds`: no later edition stands beside it."""

    folder: str
    period: str
    holds: bool


def quotations(root: Path, item: str) -> tuple[Quotation, ...]:
    """The issued reports that quote an item, in the order of their folders.

    A figures.json that cannot be read counts as quoting every item it names: better one correction too many.
    """
    editions = list(_editions(root))
    last: dict[str, int] = {}
    for found, _ in editions:
        last[found["period"]] = max(last.get(found["period"], 0), _number(found))
    quoting = [found for found, content in editions if _quotes(content, item)]
    return tuple(Quotation(one["folder"], one["period"], _number(one) == last[one["period"]]) for one in quoting)


def _editions(root: Path) -> Iterator[tuple[re.Match[str], bytes]]:
    for path, content in Desk(root).sources("reports", ("/figures.json",)).items():
        found = _FIGURES.fullmatch(path)
        if found:
            yield found, content


def _number(found: re.Match[str]) -> int:
    return int(found["edition"] or 1)


def _quotes(content: bytes, item: str) -> bool:
    if item.encode() not in content:
        return False
    try:
        return item in _quoted(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def _quoted(figures: Any) -> set[str]:
    """The items behind the quotes of a report, in whichever language."""
    sections = (section for said in figures.get("said", {}).values() for section in said["sections"])
    parts = (part for section in sections for part in section["parts"])
    return {quote["item"] for part in parts for quote in part.get("quotes", ())}
