"""Duplicates: how often the right text is found, and how fast, each figure beside its target.

    python tests/bench/bench_duplicates.py DATA [N ...] [--plain]

DATA is a folder with zh_pairs_dev.csv, zh_shopping_dev.csv.gz, banking77_train.csv and sf311_dev.csv.  For retrieval a
query is every text with at least one positive partner, and the candidates are all other texts of the file; a pair that
`pairs(0)` does not name scores 0.  N are numbers of texts (default 10000 50000; 100000 is the largest with a target),
each measured in a process of its own: texts of all files, and from then on new ones made of two halves.
"""

import csv
import gzip
import io
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import TypeVar

from git_feedback.triage.duplicates import Finder

PAIR_TARGETS_S = {10_000: 10, 100_000: 240}
QUERIES = 300
Result = TypeVar("Result")


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file."""
    content = path.read_bytes()
    plain = gzip.decompress(content) if path.suffix == ".gz" else content
    yield from csv.DictReader(io.StringIO(plain.decode("utf-8-sig"), newline=""))


def quality(data: Path, *, plain: bool = False) -> None:
    """Retrieval and pairs on the Chinese questions."""
    ids: dict[str, str] = {}
    marked: list[tuple[str, str, bool]] = []
    for row in table(data / "zh_pairs_dev.csv"):
        one, other = (ids.setdefault(row[side], str(len(ids))) for side in ("text_a", "text_b"))
        marked.append((one, other, row["same"] == "1"))
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other, same in marked:
        if same and one != other:
            partners[one].add(other)
            partners[other].add(one)
    finder = Finder({name: text for text, name in ids.items()}, plain=plain)
    ranks = [
        next((place for place, other in enumerate(found(finder, text, name)) if other in partners[name]), 10)
        for text, name in ids.items()
        if name in partners
    ]
    for reach, target in ((1, 0.73), (10, 0.985)):
        share = [rank < reach for rank in ranks]
        told(f"R@{reach}, {len(ranks)} queries", sum(share) / len(share), ">=", target)
    scores = {frozenset((one, other)): score for one, other, score in finder.pairs(0.0)}
    scored = [(scores.get(frozenset((one, other)), 0.0), same) for one, other, same in marked]
    told("ROC-AUC of pairs", auc(scored), ">=", 0.75)
    for threshold in (0.5, 0.55, 0.6):
        over = [same for score, same in scored if score >= threshold]
        print(f"  marked pairs at {threshold:.2f}: {len(over):5d}, the same {sum(over) / max(1, len(over)):.3f}")


def found(finder: Finder, text: str, name: str) -> list[str]:
    """The ten best of all other texts."""
    return [one.id for one in finder.search(text, 11) if one.id != name][:10]


def auc(scored: list[tuple[float, bool]]) -> float:
    """The chance that a positive scores above a negative, ties counting half."""
    ordered = sorted(scored)
    ranks: dict[float, list[int]] = defaultdict(list)
    for place, (score, _) in enumerate(ordered, 1):
        ranks[score].append(place)
    positive = [sum(ranks[score]) / len(ranks[score]) for score, same in scored if same]
    count = len(positive)
    return (sum(positive) - count * (count + 1) / 2) / (count * (len(scored) - count))


def texts(data: Path, count: int) -> dict[str, str]:
    """So many different texts."""
    pool = [row["text"] for name in ("zh_shopping_dev.csv.gz", "banking77_train.csv") for row in table(data / name)]
    pool += [row[side] for row in table(data / "zh_pairs_dev.csv") for side in ("text_a", "text_b")]
    pool += [
        f"{row['complaint_type']} {row['descriptor']} {row['status_notes']}" for row in table(data / "sf311_dev.csv")
    ]
    chance = random.Random(1)
    chance.shuffle(pool)
    made = pool[:count]
    while len(made) < count:
        one, other = chance.choice(pool), chance.choice(pool)
        made.append(one[: len(one) * 2 // 3] + other[len(other) // 2 :])
    return {str(place): text for place, text in enumerate(made)}


def speed(data: Path, count: int) -> None:
    """Building, one new text, all pairs; seconds of this process, so that others on the machine matter less."""
    given = texts(data, count)
    before = memory_mb()
    built, finder = timed(lambda: Finder(given))
    print(f"{count} texts, {sum(map(len, given.values())) / count:.0f} characters on average")
    print(f"  built in {built:.1f} s, {memory_mb() - before:.0f} MB more")
    queries = random.Random(2).sample(sorted(given.values()), QUERIES)
    each = [timed(partial(finder.search, query, 5))[0] * 1_000 for query in queries]
    cuts = quantiles(each, n=10)
    told("one new text, median ms", cuts[4], "<=", 10)
    told("one new text, 90th percentile ms", cuts[8], "<=", 10)
    taken, pairs = timed(lambda: sum(1 for _ in finder.pairs(0.5)))
    told(f"all pairs ({pairs}), s", taken, "<=", PAIR_TARGETS_S.get(count, 240))
    taken, copies = timed(lambda: sum(1 for _ in finder.copies()))
    print(f"  copies ({copies}), s {taken:.1f}")
    told("most memory, MB", memory_mb(), "<=", 2048)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """CPU seconds, and what came of it."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def memory_mb() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def told(what: str, figure: float, relation: str, target: float) -> None:
    """One figure beside its target."""
    reached = figure >= target if relation == ">=" else figure <= target
    print(f"  {what:36s} {figure:9.4f}   target {relation} {target:<8g} {'reached' if reached else 'MISSED'}")


def main() -> None:
    """Measure and print, each part in a process of its own: memory is that part's."""
    data, words = sys.argv[1], sys.argv[2:]
    counts = [int(word) for word in words if word.isdigit()]
    if "--one" in words:
        return speed(Path(data), counts[0])
    if "--quality" in words:
        return quality(Path(data), plain="--plain" in words)
    print("zh_pairs_dev" + (" in plain Python" if "--plain" in words else ""), flush=True)
    again = partial(subprocess.run, check=True)
    again([sys.executable, __file__, data, "--quality", *(word for word in words if word == "--plain")])
    for count in counts or (10_000, 50_000):
        again([sys.executable, __file__, data, str(count), "--one"])
    return None


if __name__ == "__main__":
    main()
