"""A small site for tests: this repository's own theme and policy, articles and pages that a test asks for, a server."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.sample_desk import ROOT, policy

from git_feedback.desk.life import OPEN, STATES, UNFINISHED
from git_feedback.escaping import json_file
from git_feedback.i18n import LANGUAGES, text
from git_feedback.pages.build import Built, build
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.views import folded
from git_feedback.pages.views.queue_columns import CLOCKS, Shelf

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
"""A Friday, 11:00 in Shanghai, an hour before the office closes for lunch."""
HOUR = 3600

ARTICLE = """\
---
title: 退款多久到账
symptoms:
  - 退款 12 天未到账
quotes:
  - "到底什么时候退款？ <script>window.hit = 1</script>"
---
# 退款多久到账

原路退回 3 个工作日，见[队列](../queue.md)。

| 渠道 | 天 |
|---|--:|
| 银行卡 | 3 |
"""

REFUND = "site/pages/zh/knowledge/refund.md"


def record(*, fixed: bool = True) -> Record:
    """A record without items: what a site is framed by."""
    return Record(policy(), [], [], [], NOW, fixed, "abc1234")


def sources(**pages: str) -> dict[str, bytes]:
    """The theme and configuration of this repository, and one article; `pages` by name replace or add to it."""
    kept = [ROOT / "mkdocs.yml", ROOT / "mkdocs.zh.yml", *sorted((ROOT / "site/theme").rglob("*"))]
    found = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in kept if path.is_file()}
    return found | {REFUND: ARTICLE.encode()} | {path: content.encode() for path, content in pages.items()}


def article(inner: str, *, fixed: bool = True) -> str:
    """An article as templates make it."""
    mark = ' data-fixed="1"' if fixed else ""
    return f'<article class="md-content__inner fb" data-now="2026-11-20T03:00:00Z"{mark}>{inner}</article>'


def clock(left: int, kind: str = "running", calendar: str = "24x7", target: int = 8 * HOUR) -> str:
    """The token of a clock that goes on."""
    return (
        f'<span class="fb-clock" data-clock="{kind}" data-name="respond" data-left="{left}" data-target="{target}" '
        f'data-calendar="{calendar}" data-goes="1"><svg class="fb-i" aria-hidden="true"><use href="#fb-running"/></svg>'
        "…</span>"
    )


def pages(inner: str = "<h1>队列</h1>", *, fixed: bool = True) -> list[Page]:
    """In each language a queue and an item."""
    stamped = article(inner, fixed=fixed)
    item = article("<h1><bdi>支付页面报错</bdi></h1>")
    return [
        page
        for language in LANGUAGES
        for page in (
            Page("queue.html", language, "队列", stamped, "queue.html"),
            Page("items/2026/Q261119-0AAJN0D.html", language, "支付 <b>报错", item, "item.html"),
        )
    ]


TITLES = (
    "支付页面报错",
    "退款 12 天未到账",
    "Voice input crashes",
    "门店收银离线",
    "=SUM(A1) 发票抬头",
    "<img src=x onerror=window.hit=1> 夜间模式\u202e看不清",
)


def queue(count: int) -> dict[str, Any]:
    """The queue's columns for `count` items: levels, clocks and owners go round, the first is due first."""
    lefts = [(number - 2) * 1200 + 600 for number in range(count)]
    numbers = range(count)
    lives = ["closed" if number % 10 == 9 else "accepted" for number in numbers]
    clocks = [{7: "met", 8: "paused"}.get(number % 10, "running") for number in numbers]
    timed = [number for number in numbers if lives[number] != "closed"]
    whose = [["payment", "support"][number % 2] for number in numbers]
    shelves = {
        "level": Shelf.of(("P0", "P1", "P2", "P3")),
        "life": Shelf.of(STATES),
        "clock": Shelf.of(CLOCKS),
        "department": Shelf.of(("payment", "support")),
        "owner": Shelf.of(("lin.wan", "zhou.yuan")),
        "channel": Shelf.of(("app",)),
        **{name: Shelf.of() for name in ("category", "area", "language", "ref", "name", "target", "calendar")},
    }
    rows: dict[str, Any] = {
        "day": [],
        "id": "",
        "odd": {str(number): f"Q261119-{number:06d}X" for number in numbers},
        "title": [TITLES[number % len(TITLES)] for number in numbers],
        "level": shelves["level"].column(f"P{number % 4}" for number in numbers),
        "life": shelves["life"].column(lives),
        "department": shelves["department"].column(whose),
        "owner": shelves["owner"].column({"payment": "lin.wan", "support": "zhou.yuan"}[one] for one in whose),
        "channel": shelves["channel"].column("app" for _ in numbers),
        **{name: shelves[name].column(None for _ in numbers) for name in ("category", "area", "language", "ref")},
        "clock": shelves["clock"].column(clocks),
        "received": [int(NOW.timestamp()) // 60 - 60, *[0] * (count - 1)][:count],
        "open": {
            "due": [0 for _ in timed],
            "left": [lefts[number] for number in timed],
            "name": shelves["name"].column("respond" for _ in timed),
            "target": shelves["target"].column(str(8 * HOUR) for _ in timed),
            "calendar": shelves["calendar"].column("24x7" for _ in timed),
        },
        "late": [],
        **{name: [] for name in ("planned", "snoozed", "force", "copied", "returned", "waits")},
    }
    words: dict[str, list[Any]] = {name: list(shelf.places) for name, shelf in shelves.items()}
    words |= {
        "level": [_word(level, *name) for level, name in zip(words["level"], LEVELS, strict=True)],
        "life": [
            _word(life, text(f"site-live-life-{life}", "en"), text(f"site-live-life-{life}", "zh")) for life in STATES
        ],
        "department": [_word("payment", "Payments", "支付产品"), _word("support", "Service desk", "客户服务")],
        "owner": [_word("lin.wan", "Lin Wan", "林晚"), _word("zhou.yuan", "Zhou Yu'an", "周予安")],
        "channel": [_word("app", "App", "App")],
        "name": [_word("respond", "First answer", "首次答复")][: len(words["name"])],
        "target": [int(seconds) for seconds in words["target"]],
        "waits": [],
    }
    return {
        "now": int(NOW.timestamp()),
        "count": count,
        "states": {"open": len(OPEN), "unfinished": len(UNFINISHED)},
        "rows": rows,
        "words": words,
        "known": {"department": 2, "owner": 2, "channel": 1, "category": 0},
        "former": {"department": {"pay": "payment"}, "category": {}},
        "older": [],
        "views": [
            {"id": "urgent", "en": "Urgent", "zh": "紧急的", "query": "state:open level:P0"},
            {"id": "refunds", "en": "Refunds", "zh": "退款", "query": "退款"},
        ],
        "texts": False,
    }


LEVELS = (("Urgent", "紧急"), ("High", "高"), ("Normal", "普通"), ("Low", "低"))


def _word(identity: str, english: str, chinese: str) -> dict[str, str]:
    return {"id": identity, "en": english, "zh": chinese}


def files(count: int = 120) -> list[File]:
    """The JSON that scripts read: the queue, and an office that closes an hour after NOW and opens on Monday."""
    now = int(NOW.timestamp())
    office = [[now, now + HOUR], [now + 70 * HOUR, now + 78 * HOUR]]
    calendars = {"now": "2026-11-20T03:00:00Z", "interval_s": 24 * HOUR, "calendars": {"office": office, "24x7": None}}
    return [
        File("api/queue.json", json_file(queue(count)).encode()),
        File("api/find.json", b'{"years":[]}\n'),
        File("api/fold.json", json_file(folded.letters()).encode()),
        File("api/calendars.json", json_file(calendars).encode()),
    ]


def built(out: Path, inner: str = "<h1>队列</h1>", *, fixed: bool = True, strict: bool = True) -> Built:
    """The small site, built."""
    return build(record(fixed=fixed), sources(), out, pages(inner, fixed=fixed), files(), strict=strict)


def site_of(done: Built) -> Mapping[str, bytes]:
    """Every file of a site by path."""
    return {
        path.relative_to(done.site).as_posix(): path.read_bytes()
        for path in sorted(done.site.rglob("*"))
        if path.is_file()
    }


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a local server for a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing."""
