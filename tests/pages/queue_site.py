"""A page of the queue with its scripts, styles and data, without a builder: quick to make, and as the browser gets it."""

from collections.abc import Mapping
from pathlib import Path

from tests.pages.site_sample import NOW, article
from tests.sample_desk import ROOT

from git_feedback.escaping import json_file
from git_feedback.i18n import codes, text

SCRIPTS = ("fb", "items", "query", "queue")
_PLACES = ("amount", "time", "total", "first", "last", "page", "pages", "name", "hours")


def put(folder: Path, language: str, inner: str, files: Mapping[str, str]) -> None:
    """Write LANGUAGE/queue.html with `inner` (an article, or what stands in one) and `files` by path."""
    now = int(NOW.timestamp())
    spans = [[now + 86_400 * day, now + 86_400 * day + 28_800] for day in range(14)]
    opening = {"24x7": None, "office": spans}
    calendars = {"now": "2026-11-20T03:00:00Z", "zone": "Asia/Shanghai", "day_s": {}, "calendars": opening}
    whole = inner if inner.startswith("<article") else f"{article(inner)}"
    made = {
        "api/calendars.json": json_file(calendars),
        f"{language}/assets/words.json": json_file(_words(language)),
        f"{language}/queue.html": _page(language, whole),
        **files,
        **{f"{language}/assets/{name}.js": _asset(f"{name}.js") for name in SCRIPTS},
        f"{language}/assets/fb.css": _asset("fb.css"),
    }
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")


def _asset(name: str) -> str:
    return (ROOT / "site/theme/assets" / name).read_text("utf-8")


def _words(language: str) -> dict[str, str]:
    places = {place: f"{{{place}}}" for place in _PLACES}
    return {
        code.removeprefix("site-live-"): text(code, language, "{n}", **places)  # type: ignore[arg-type]
        for code in codes(language)
        if code.startswith("site-live-")
    }


def _page(language: str, whole: str) -> str:
    tag = {"zh": "zh-CN", "en": "en"}[language]
    scripts = "".join(f"<script src='assets/{name}.js'></script>" for name in SCRIPTS)
    head = "<meta charset=utf-8><title>queue</title><meta name=viewport content='width=device-width'><link rel=stylesheet href='assets/fb.css'>"
    return f"<!doctype html><html lang={tag}>{head}<body style='margin:0'><main style='padding:0 16px'>{whole}</main>{scripts}</body></html>"
