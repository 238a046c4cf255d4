"""How many item pages are stamped in a second, as a ratio to the builder making the same pages in the same run.

python -m tests.bench.bench_stamping [PAGES [BUILT]]

PAGES item pages of two languages are stamped into a warm shell, once all new and once unchanged; BUILT pages go through
the builder as Markdown, less the time it takes without them.  Templates are no part of either.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from tests.pages.site_sample import article, record, sources

from git_feedback.pages.build import build
from git_feedback.pages.page import Page

SENTENCE = "<p>付款到最后一步提示“系统繁忙”，已经试了三次。银行短信说扣了 268 元，但是订单列表里什么也没有。</p>"
INNER = "<h1><bdi>支付页面报错</bdi></h1>" + SENTENCE * 40
"""About as long as the article of an item with a history of ten events (6 KB)."""


def pages(count: int) -> Iterable[Page]:
    """Item pages of both languages, half each."""
    whole = article(INNER)
    for number in range(count // 2):
        for language in ("en", "zh"):
            yield Page(f"items/2026/Q261119-{number:06d}X.html", language, "支付页面报错", whole, "item.html")


def markdown(count: int) -> dict[str, bytes]:
    """As many team pages with the same words."""
    text = "# 支付页面报错\n\n" + SENTENCE.removeprefix("<p>").removesuffix("</p>") * 40 + "\n"
    return {
        f"site/pages/{language}/guide/p{number}.md": text.encode()
        for number in range(count // 2)
        for language in ("en", "zh")
    }


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def main(count: int, few: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        framed = seconds(lambda: build(record(), sources(), out / "a", [], []))
        still = seconds(lambda: build(record(), sources(), out / "a", [], []))
        new = seconds(lambda: build(record(), sources(), out / "a", pages(count), [])) - still
        same = seconds(lambda: build(record(), sources(), out / "a", pages(count), [])) - still
        made = seconds(lambda: build(record(), sources() | markdown(few), out / "b", [], [])) - framed
    print(f"builder, no pages {framed:8.2f} s   nothing to do {still:.3f} s")
    print(f"{'builder':>16} {few / made:8.0f} pages/s ({few} pages in {made:.2f} s)")
    for name, taken in (("stamped, new", new), ("unchanged", same)):
        rate = count / taken
        print(
            f"{name:>16} {rate:8.0f} pages/s ({count} pages in {taken:.2f} s), {rate * made / few:5.0f} times the builder"
        )


if __name__ == "__main__":
    main(*(int(given) for given in (sys.argv[1:] + ["10000", "200"][len(sys.argv) - 1 :])[:2]))
