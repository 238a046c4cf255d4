"""What the charts of a report cost: `python tests/bench/bench_charts.py`.  Twelve charts have 6 s of CPU.

CPU seconds per chart, for all four variants in one language, the first with the loading of matplotlib and its fonts;
beside them a plain matplotlib figure with a line and a title, saved four times, in the same run.
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "scripts")]

from tests.charts.test_charts_bytes import SAMPLES  # noqa: E402

from git_feedback.charts import draw  # noqa: E402

CHARTS, MAY_TAKE_S = 12, 6.0


def plain() -> None:
    """The least that anybody would draw."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.8, 3.1))
    axes = figure.add_subplot()
    axes.plot(range(31), [20 + day * 7 % 13 for day in range(31)])
    axes.set_title("received")
    for _ in range(4):
        figure.savefig(io.BytesIO(), format="svg")


def cpu_s(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def main() -> None:
    """Print what was measured."""
    begun = time.process_time()
    import matplotlib.figure

    from git_feedback.charts import sheet

    loaded = time.process_time() - begun
    print(f"{'loading':12} {loaded:6.3f} s  {matplotlib.__name__} and {sheet.__name__.rpartition('.')[0]}")
    taken = {name: cpu_s(lambda series=series: draw(series, "zh")) for name, series in SAMPLES.items()}  # type: ignore[misc]
    again = {name: cpu_s(lambda series=series: draw(series, "en")) for name, series in SAMPLES.items()}  # type: ignore[misc]
    for name, spent in taken.items():
        print(f"{name:12} {spent:6.3f} s  and in the other language {again[name]:.3f} s")
    print(f"{'plain figure':12} {cpu_s(plain):6.3f} s  first, {cpu_s(plain):.3f} s again, saved four times")
    whole = loaded + sum(taken.values())
    dearest = loaded + sum(sorted(taken.values())[-CHARTS:])
    verdict = "ok" if dearest <= MAY_TAKE_S else "TOO SLOW"
    print(f"all {len(taken)}: {whole:.2f} s; the {CHARTS} dearest: {dearest:.2f} s, at most {MAY_TAKE_S} s: {verdict}")


if __name__ == "__main__":
    main()
