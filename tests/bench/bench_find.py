"""How long the index of Find takes, how large it is, how much of what is there it finds, and how fast, in Chromium.

python -m tests.bench.bench_find TEXTS [ITEMS]

TEXTS is a CSV file (or .csv.gz) with a column `text` or `text_a`; ITEMS documents are made from it (10,000).  Asked are 200
pieces of 2 to 6 Han characters of the first 2,000 texts, at random; found must be what a plain scan of the folded texts
finds.  Beside ours stands Pagefind's own cut of the same texts, and the same with one text changed.
"""

import csv
import gzip
import io
import json
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from time import perf_counter
from typing import Any

from playwright.sync_api import sync_playwright
from tests.pages.site_sample import served

from git_feedback.pages import finding
from git_feedback.pages.page import Along
from git_feedback.pages.shards import Shard, published
from git_feedback.text import HAN, fold

ASKED, OF = 200, 2000
PAGE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>x</title>'
OPEN = "async year => { window.index = (await import(`/${year}/pagefind.js`)).createInstance({basePath: `/${year}/`}); await index.search('x'); }"
ASK = "async said => { const from = performance.now(); const found = await index.search(said); return [found.results.map(({id}) => id), performance.now() - from]; }"


def texts(path: Path, count: int) -> list[str]:
    """The texts of a file, over and over until there are enough."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    found = [row.get("text") or row["text_a"] for row in rows]
    return [found[number % len(found)] for number in range(count)]


def name(number: int) -> str:
    """A document's name, which looks like an id."""
    return f"Q{260101 + number % 9}-{number:07}.html"


def ours(said: Sequence[str]) -> dict[str, bytes]:
    """Documents as the site makes them."""
    return {name(number): finding.document([], [text]) for number, text in enumerate(said)}


def theirs(said: Sequence[str]) -> dict[str, bytes]:
    """Documents with the text as it is, for Pagefind to cut."""
    page = '<!doctype html><html lang="zh"><body data-pagefind-body><p>{}</p></body></html>'
    return {name(number): page.format(escape(fold(text))).encode() for number, text in enumerate(said)}


def pieces(said: Sequence[str]) -> list[str]:
    """What is asked."""
    chosen = random.Random(7)
    found: list[str] = []
    while len(found) < ASKED:
        text, length = chosen.choice(said), chosen.randint(2, 6)
        at = chosen.randrange(max(1, len(text) - length + 1))
        if re.fullmatch(rf"[{HAN}]{{{length}}}", text[at : at + length]):
            found.append(text[at : at + length])
    return found


def made(documents: Mapping[str, bytes], top: Path) -> tuple[float, float, int]:
    """Seconds, megabytes and number of the files of a shard, which lies in `top/site` afterwards."""
    start = perf_counter()
    files = list(published([Shard("2026", documents)], top / "work"))
    seconds = perf_counter() - start
    shutil.rmtree(top / "site", ignore_errors=True)
    for file in files:
        place = top / "site" / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.source.read_bytes() if isinstance(file, Along) else file.content)
    size = sum(path.stat().st_size for path in (top / "site").rglob("*") if path.is_file())
    (top / "site/index.html").write_text(PAGE, encoding="utf-8")
    return seconds, size / 1e6, len(files)


def recall(browser: Any, top: Path, said: Sequence[str], *, cut: bool) -> str:
    """The share of what is there that is found, how many too many, and how long an answer takes."""
    folded = [fold(text) for text in said]
    named = json.loads((top / "site/2026/finding.json").read_bytes())["items"]
    ids = {f"zh_{page}": int(rest) for rests in named.values() for page, rest in rests.items()}
    wanted = found = more = 0
    times = []
    with served(top / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}/index.html")
        page.evaluate(OPEN, "2026")
        for piece in pieces(folded[:OF]):
            answered, taken = page.evaluate(ASK, f'"{" ".join(piece)}"' if cut else piece)
            there = {number for number, text in enumerate(folded) if piece in text}
            got = {ids[one] for one in answered}
            wanted, found, more = wanted + len(there), found + len(there & got), more + len(got - there)
            times.append(taken)
        page.close()
    times.sort()
    return f"found {found / wanted:7.2%} of {wanted}, {more / ASKED:6.2f} too many a query, {times[ASKED // 2]:3.0f} ms (p90 {times[ASKED * 9 // 10]:.0f})"


def main(path: Path, count: int) -> None:
    """Measure and print."""
    said = texts(path, count)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for label, documents, cut in (("our cut", ours(said), True), ("their cut", theirs(said), False)):
            top = Path(folder) / label
            seconds, size, files = made(documents, top)
            print(f"{label:>9}: {seconds:5.2f} s, {size:5.1f} MB, {files} files; {recall(browser, top, said, cut=cut)}")
        again, _, _ = made(ours(said), Path(folder) / "our cut")
        changed, _, _ = made(ours([*said[:-1], "退款12天没到账"]), Path(folder) / "our cut")
        print(f"{'':>9}  unchanged {again:.2f} s (with reading what is published), one item changed {changed:.2f} s")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int([*sys.argv, "10000"][2]))
