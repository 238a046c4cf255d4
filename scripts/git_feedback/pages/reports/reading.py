"""Issued reports read back: which periods and editions there are, and what each of them says."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from git_feedback.insight import Period
from git_feedback.pages.page import Issued
from git_feedback.pages.reports.document import Document, of_json
from git_feedback.pages.reports.issue import FIGURES, SCHEMA

_FOLDER = re.compile(r"(?P<period>[0-9]{4}(?:-[0-9]{2}|-Q[1-4])?)(?:-edition-(?P<edition>[2-9]|[1-9][0-9]))?")


def folder(period: str, edition: int = 1) -> str:
    """Where an edition of a report lies: `reports/2026/2026-10`, `reports/2026/2026-10-edition-2`."""
    return f"reports/{period[:4]}/{period}" + (f"-edition-{edition}" if edition > 1 else "")


@dataclass(frozen=True)
class Reported:
    """An edition of a report as it lies in its folder; `found` is its figures.json, None where that cannot be read."""

    period: str
    edition: int
    files: Mapping[str, bytes]
    found: Mapping[str, Any] | None

    @property
    def page(self) -> str:
        """The name of its page when a later edition stands beside it."""
        return f"{self.period}-edition-{self.edition}"

    @property
    def numbers(self) -> Mapping[str, Any]:
        """The figures by chapter; empty where they cannot be read."""
        return self.found["numbers"] if self.found else {}

    @property
    def issued(self) -> datetime | None:
        """When it was issued."""
        return datetime.fromisoformat(self.found["issued"]) if self.found else None

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """What it says, by language."""
        return {language: of_json(said) for language, said in self.found["said"].items()} if self.found else {}

    def spoken(self, language: str) -> str:
        """The language, or the first one that the report was issued in."""
        return language if language in self.documents else min(self.documents)

    def key_figures(self, which: str = "now") -> Mapping[str, Any] | None:
        """The key figures of the period (`now`), of the one before (`previous`) or of a year ago (`year_before`)."""
        found = self.numbers.get("key_figures", {}).get(which)
        return found if isinstance(found, dict) else None

    @property
    def series(self) -> Sequence[Mapping[str, Any]]:
        """The key figures of up to twelve periods, this one last."""
        return [one for one in self.numbers.get("key_figures", {}).get("series", ()) if isinstance(one, dict)]


def reported(issued: Iterable[Issued]) -> list[Reported]:
    """Every edition of every report, the newest period first (a year before its quarters), its newest edition first."""
    found = [one for one in map(_read, issued) if one]
    return sorted(found, key=lambda one: (*_order(one.period), one.edition), reverse=True)


def newest_editions(found: Iterable[Reported]) -> list[Reported]:
    """The editions that hold: the last one of each period, in the order given."""
    last: dict[str, Reported] = {}
    for one in found:
        last.setdefault(one.period, one)
    return list(last.values())


def newest_month(issued: Iterable[Issued]) -> Reported | None:
    """The report on the newest month that can be read."""
    listed = newest_editions(reported(issued))
    return next((one for one in listed if one.found and Period.parse(one.period).months == 1), None)


def _order(period: str) -> tuple[int, int, int]:
    one = Period.parse(period)
    return one.year, one.month + one.months, one.months


def _read(issued: Issued) -> Reported | None:
    """A folder as an edition; None where its name is that of no report."""
    name = _FOLDER.fullmatch(issued.period)
    if name is None:
        return None
    try:
        Period.parse(name["period"])
    except ValueError:
        return None
    edition = int(name["edition"] or 1)
    return Reported(name["period"], edition, issued.files, _figures(issued.files, name["period"], edition))


def _figures(files: Mapping[str, bytes], period: str, edition: int) -> Mapping[str, Any] | None:
    """What figures.json holds; None where this version cannot read it."""
    try:
        found = json.loads(files.get(FIGURES, b""))
        if (found["schema"], found["period"], found["edition"]) != (SCHEMA, period, edition):
            return None
        datetime.fromisoformat(found["issued"])
        documents = [of_json(said) for said in found["said"].values()]
        return found if documents and isinstance(found["numbers"], dict) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
