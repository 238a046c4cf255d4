"""Issued reports for tests: the least that a figures.json holds, around the key figures that a test is about."""

import json
from collections.abc import Mapping
from typing import Any

from git_feedback.pages.page import Issued
from git_feedback.pages.reports.issue import SCHEMA


def figures(period: str, edition: int = 1, **key_figures: object) -> dict[str, Any]:
    """A figures.json of a period; `previous` and `series` may stand among the key figures."""
    said: dict[str, Any] = {
        "title": f"{period} 报告",
        "issued": "11 月 2 日",
        "notes": [],
        "sections": [],
        "footer": [],
    }
    now = {name: value for name, value in key_figures.items() if name not in ("previous", "series")}
    found = {
        "now": {"period": period, **now},
        "previous": key_figures.get("previous"),
        "series": key_figures.get("series", []),
    }
    return {
        "schema": SCHEMA,
        "period": period,
        "edition": edition,
        "issued": "2026-11-02T09:00:00+08:00",
        "numbers": {"key_figures": found},
        "said": {language: {"language": language, **said} for language in ("zh", "en")},
    }


def issued(period: str, edition: int = 1, **key_figures: object) -> Issued:
    """A report of a period as it lies in its folder."""
    return folder(figures(period, edition, **key_figures))


def folder(found: Mapping[str, Any]) -> Issued:
    """The folder of a figures.json."""
    suffix = f"-edition-{found['edition']}" if found["edition"] > 1 else ""
    return Issued(f"{found['period']}{suffix}", {"figures.json": json.dumps(found, ensure_ascii=False).encode()})
