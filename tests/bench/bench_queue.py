"""How small the queue's JSON is, how soon it can be used, and how long a keystroke takes, in Chromium.

python -m tests.bench.bench_queue [TITLES [ROWS]]

TITLES is a file with one title a line (without: titles of this repository's sample, mixed); ROWS is how many rows the
browser gets (100,000).  Nine items of ten are finished.  Beside each time stands what the plain way takes in the same run
with the same items: an object for every row, every row folded and every row sorted before the first are drawn.
"""

import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from tests.pages.queue_site import put
from tests.pages.site_sample import LEVELS, NOW, served
from tests.sample_desk import ROOT

from git_feedback.desk.life import FINISHED, OPEN, STATES, UNFINISHED
from git_feedback.escaping import json_file
from git_feedback.model import ids
from git_feedback.pages.views import folded
from git_feedback.pages.views.queue_columns import CLOCKS, Shelf
from git_feedback.store import read

WANTED_S = 1500
"""An item every 25 minutes."""

PLAIN = """
async (items) => {
  const collator = new Intl.Collator("zh-CN", { numeric: true, sensitivity: "base" });
  const begun = performance.now();
  const rows = Array.from({ length: items.count }, (_, row) => ({
    id: items.id(row), title: items.title(row), due: items.due(row), life: items.ident("life", row), level: items.ident("level", row),
    department: items.named("department", row), owner: items.named("owner", row), channel: items.named("channel", row) }));
  const answer = (word) => {
    const found = rows.filter((row) => `${row.id} ${row.title}`.normalize("NFKC").toLowerCase().includes(word));
    found.sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity) || collator.compare(a.title, b.title));
    const body = document.createElement("tbody");
    for (const row of found.slice(0, 50)) {
      const line = document.createElement("tr");
      for (const value of [row.level, row.title, row.department, row.owner, row.life]) line.append(Object.assign(document.createElement("td"), { textContent: value }));
      body.append(line);
    }
    document.body.append(body);
    body.getBoundingClientRect();
    body.remove();
  };
  answer("");
  const ready = performance.now() - begun;
  const times = ["退款", "的", "e", ""].map((word) => {
    const key = performance.now();
    answer(word);
    return performance.now() - key;
  });
  return [ready, ...times.sort((a, b) => a - b)];
}
"""

KEYS = """
async () => {
  const items = await window.fb.items.load();
  await items.readable();
  const search = document.querySelector("[type=search]");
  const times = [];
  for (const said of ["退", "退款", "退款 a", "state:all 退", "state:all level:p1 的", "state:all e", ""]) {
    const begun = performance.now();
    search.value = said;
    search.dispatchEvent(new InputEvent("input"));
    document.body.getBoundingClientRect();
    times.push(performance.now() - begun);
  }
  return times;
}
"""


def titles(path: str | None) -> list[str]:
    """Titles from a file, else those of the sample, cut up and put together anew."""
    if path:
        return Path(path).read_text("utf-8").splitlines()
    said = [read(file).title for file in sorted(ROOT.glob("feedback/2*/*/*.yml"))]
    chance = random.Random(7)
    return [f"{one[: len(one) // 2]}{other[len(other) // 2 :]}" for one in said for other in chance.sample(said, 40)]


def data(count: int, given: Sequence[str]) -> dict[str, Any]:
    """The queue of a desk with so many items, as queue_columns writes it."""
    chance = random.Random(11)
    now = int(NOW.timestamp())
    moments = sorted(now - chance.randrange(count * WANTED_S) for _ in range(count))
    lives = [chance.choice(UNFINISHED if chance.random() < 0.1 else FINISHED) for _ in moments]
    clocks = [_clock(life, chance) for life in lives]
    many = {"department": 8, "owner": 40, "channel": 9, "category": 18, "area": 12}
    shelves = {"level": Shelf.of(f"P{n}" for n in range(4)), "life": Shelf.of(STATES), "clock": Shelf.of(CLOCKS)}
    shelves |= {name: Shelf.of(f"{name}-{n}" for n in range(size)) for name, size in many.items()}
    shelves |= {name: Shelf.of() for name in ("language", "ref", "name", "target", "calendar")}
    timed = [clock for life, clock in zip(lives, clocks, strict=True) if life in UNFINISHED]
    columns = {name: _column(shelves[name], size, count, chance) for name, size in many.items()}
    rows = {
        **_ids(moments, chance),
        "title": [given[(7 * number) % len(given)] for number in range(count)],
        "level": shelves["level"].column(chance.choices(("P0", "P1", "P2", "P3"), (2, 13, 55, 30), k=count)),
        "life": shelves["life"].column(lives),
        **columns,
        "language": shelves["language"].column(chance.choices(("zh", "en"), (3, 1), k=count)),
        "ref": shelves["ref"].column(_refs(count, chance)),
        "clock": shelves["clock"].column(clocks),
        "received": [moments[0] // 60, *(b // 60 - a // 60 for a, b in pairwise(moments))],
        "open": _open(timed, shelves, chance),
        "late": [chance.randrange(3000) for clock in clocks if clock == "done-late"],
        **{name: [] for name in ("planned", "snoozed", "force", "copied", "returned", "waits")},
    }
    head = {"now": now, "count": count, "states": {"open": len(OPEN), "unfinished": len(UNFINISHED)}, "rows": rows}
    return {**head, "words": _words(shelves), "known": many, "former": {}, "older": [], "views": [], "texts": False}


def _clock(life: str, chance: random.Random) -> str:
    kinds = ("running", "soon", "breached", "paused") if life in UNFINISHED else ("met", "met", "met", "done-late")
    return chance.choice(kinds)


def _column(shelf: Shelf, size: int, count: int, chance: random.Random) -> str:
    weights = [1 / (place + 1) ** 0.8 for place in range(size)]
    return shelf.column(chance.choices(list(shelf.places), weights, k=count))


def _ids(moments: Sequence[int], chance: random.Random) -> dict[str, Any]:
    days: dict[str, int] = {}
    for moment in moments:
        day = f"Q{datetime.fromtimestamp(moment, UTC):%y%m%d}"
        days[day] = days.get(day, 0) + 1
    return {
        "day": [list(pair) for pair in days.items()],
        "id": "".join(chance.choice(ids.ALPHABET) for _ in range(6 * len(moments))),
        "odd": {},
    }


def _refs(count: int, chance: random.Random) -> list[str | None]:
    """One item of six comes from somebody who said more than this."""
    known = [f"{chance.getrandbits(32):08x}" for _ in range(count // 15)]
    return [chance.choice(known) if chance.random() < 1 / 6 else None for _ in range(count)]


def _open(timed: Sequence[str], shelves: dict[str, Shelf], chance: random.Random) -> dict[str, Any]:
    return {
        "due": [0 if kind == "paused" else 1800 * chance.randrange(60) for kind in timed],
        "left": [chance.randrange(-90_000, 0) if kind == "breached" else chance.randrange(400_000) for kind in timed],
        "name": shelves["name"].column(chance.choice(("respond", "resolve", "reply")) for _ in timed),
        "target": shelves["target"].column(str(3600 * chance.choice((1, 4, 8, 24, 40, 80))) for _ in timed),
        "calendar": shelves["calendar"].column(chance.choice(("24x7", "office")) for _ in timed),
    }


def _words(shelves: dict[str, Shelf]) -> dict[str, list[Any]]:
    words: dict[str, list[Any]] = {
        name: [{"id": one, "en": one, "zh": one} for one in shelf.places] for name, shelf in shelves.items()
    }
    levels = zip(shelves["level"].places, LEVELS, strict=True)
    words["level"] = [{"id": level, "en": en, "zh": zh} for level, (en, zh) in levels]
    plain = {name: list(shelves[name].places) for name in ("clock", "area", "language", "ref", "calendar")}
    return {**words, **plain, "target": [int(one) for one in shelves["target"].places], "waits": []}


def site(folder: Path, count: int, given: Sequence[str]) -> None:
    """A queue page with its scripts and data."""
    files = {"queue": data(count, given), "fold": folded.letters()}
    put(
        folder, "zh", "<div data-fb-queue></div>", {f"api/{name}.json": json_file(said) for name, said in files.items()}
    )


def size(given: Sequence[str], count: int = 10_000) -> tuple[int, int]:
    """Bytes of the queue of so many items, gzipped, and of their titles alone."""
    made = data(count, given)
    whole = gzip.compress(json_file(made).encode(), 9)
    return len(whole), len(gzip.compress(json.dumps(made["rows"]["title"], ensure_ascii=False).encode(), 9))


def timed(folder: Path) -> Iterator[tuple[str, float]]:
    """What the browser takes, in milliseconds."""
    from playwright.sync_api import sync_playwright

    with served(folder) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(
            "new MutationObserver(() => { if (document.querySelector('[data-fb-queue=ready]')) window.readyAt ??= performance.now(); })"
            ".observe(document, { subtree: true, attributes: true })"
        )
        page.goto(f"{address}/zh/queue.html")
        page.wait_for_selector("[data-fb-queue=ready]")
        entry = "performance.getEntriesByType('resource').find((one) => one.name.endsWith('queue.json'))"
        asked, got = page.evaluate(f"[{entry}.startTime, {entry}.responseEnd]")
        ready = page.evaluate("window.readyAt")
        yield "usable after the data came", ready - got
        yield "usable, fetching included", ready - asked
        keys = page.evaluate(KEYS)
        yield "first keystroke (folds every title)", keys[0]
        yield "keystroke, the middle of six more", median(keys[1:])
        yield "keystroke, worst of six more", max(keys[1:])
        plain = page.evaluate(f"window.fb.items.load().then({PLAIN})")
        yield "plain way: usable, its data already read", plain[0]
        yield "plain way: keystroke, the middle", median(plain[1:])
        yield "plain way: keystroke, worst", plain[-1]
        browser.close()


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    given = titles(arguments[0] if arguments else None)
    count = int(arguments[1]) if len(arguments) > 1 else 100_000
    whole, alone = size(given)
    print(f"10,000 rows gzipped: {whole / 1000:.0f} kB, of which titles {alone / 1000:.0f} kB")
    with tempfile.TemporaryDirectory() as name:
        site(Path(name), count, given)
        found = dict(timed(Path(name)))
    for what, took in found.items():
        print(f"{count:,} rows: {what}: {took:.0f} ms")
    ratio = found["plain way: keystroke, worst"] / max(found["keystroke, worst of six more"], 0.1)
    print(f"a keystroke of the plain way takes {ratio:.1f} times as long")


if __name__ == "__main__":
    main(sys.argv[1:])
