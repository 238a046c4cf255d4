"""How long the site of a desk takes: built for the first time, with nothing changed, with one item in a hundred changed.

    python -m tests.bench.bench_site [ITEMS [ROUNDS]]

The desk lies in a repository of its own: histories of this repository's finished items moved over two years, sentences
of all of them mixed, written by our own writer; one in twenty is of those that are still worked on.  Each time is that
of the whole command, beside the computing time of its processes.  Beside it: MkDocs making as many item pages from
Markdown, measured on 200 pages and scaled, compared by computing time.
"""

import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from tests.bench.bench_stamping import markdown
from tests.pages.site_sample import record, sources
from tests.sample_desk import NOW, ROOT, Sample, git, policy, run

from git_feedback.desk import state
from git_feedback.model import Item, ids
from git_feedback.pages.build import build
from git_feedback.store import read, write

BUILT = 200
ALIVE = 20
"""One in so many is still worked on."""
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_BOUND = re.compile(r"\n  - (?:duplicate|link|unlink|split|retract)|\nattachments:|files:")
"""Items that name others or files stand alone here."""


def rows() -> tuple[list[str], list[str]]:
    """The finished and the unfinished items of this repository, as they are written."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("feedback/*/*/*.yml"))]
    alone = [text for text in texts if not _BOUND.search(text)]
    now = datetime.fromisoformat(NOW)
    alive = {text for text in alone if state(read(text.encode()), policy(), now).is_unfinished}
    return [text for text in alone if text not in alive], [text for text in alone if text in alive]


def moved(text: str, days: int) -> Item:
    """An item with all its dates so many days before."""
    return read(_DAY.sub(lambda day: str(date.fromisoformat(day[0]) - timedelta(days)), text).encode())


def items(count: int) -> list[Item]:
    """So many items, no two with the same words."""
    dice, (finished, alive) = random.Random(count), rows()
    parts = [
        part
        for text in (*finished, *alive)
        for part in re.split(r"(?<=[。！？])|(?<=[.!?]) ", read(text.encode()).text or "")
        if part
    ]
    found: dict[str, Item] = {}
    while len(found) < count:
        one = (
            moved(dice.choice(alive), 0)
            if len(found) % ALIVE == 0
            else moved(dice.choice(finished), dice.randrange(700))
        )
        name = ids.from_bits("Q", one.received.date(), dice.getrandbits(30))
        words = dice.sample(parts, 3)
        said = {"title": " ".join(words[0].split())[:60].strip(), "text": "\n".join(words)}
        found[name] = one.model_copy(update={"id": name, "source": f"bench#{len(found)}", **said})
    return list(found.values())


def desk(root: Path, count: int) -> Sample:
    """A desk with so many items, committed."""
    for name in ("policy", "site"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "mkdocs.zh.yml", ".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, root / name)
    for one in items(count):
        path = root / ids.path(one.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(one))
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "He Miao")
    git(root, "config", "user.email", "he.miao@desk.example")
    made = Sample(root)
    made.commit()
    return made


def change(made: Sample, share: int, dice: random.Random) -> int:
    """Note something on one item in `share`; how many."""
    paths = sorted((made.root / "feedback").rglob("*.yml"))
    chosen = dice.sample(paths, max(1, len(paths) // share))
    for path in chosen:
        text = path.read_text(encoding="utf-8")
        said = f"  - note: {{at: {NOW}, by: he.miao}}\n    text: 又来电 {dice.random():.6f}\n"
        path.write_text(text + ("" if "\nhistory:" in text else "history:\n") + said, encoding="utf-8")
    made.commit()
    return len(chosen)


class Time(NamedTuple):
    """Seconds by the clock on the wall, and seconds of computing by this process and those it started."""

    wall: float
    computing: float


def timed(work: Callable[[], object]) -> Time:
    """How long it takes."""
    start, computed = perf_counter(), _computed()
    work()
    return Time(perf_counter() - start, _computed() - computed)


def _computed() -> float:
    started = getrusage(RUSAGE_CHILDREN)
    return process_time() + started.ru_utime + started.ru_stime


def built(made: Sample, minute: int) -> Time:
    """What `git feedback build` takes, at a minute of the hour."""
    now = datetime.fromisoformat(NOW) + timedelta(minutes=minute)

    def build_it() -> None:
        done = run("build", "--now", now.isoformat(), cwd=made.root)
        assert done.code in (0, 1), done.err

    return timed(build_it)


def first(made: Sample) -> Time:
    """A build where nothing was built before."""
    shutil.rmtree(made.root / "build", ignore_errors=True)
    return built(made, 0)


def plain() -> float:
    """Seconds of computing that MkDocs takes for one page from Markdown, less what it takes without any."""
    with tempfile.TemporaryDirectory() as folder:
        without = timed(lambda: build(record(), sources(), Path(folder) / "a", [], []))
        whole = sources() | markdown(BUILT)
        made = timed(lambda: build(record(), whole, Path(folder) / "b", [], []))
    return (made.computing - without.computing) / BUILT


def main(count: int, rounds: int) -> None:
    """Measure and print."""
    beside, dice = plain() * 2 * count, random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        made = desk(Path(folder), count)

        def changed(place: int) -> Time:
            change(made, 100, dice)
            return built(made, 60 + place)

        kinds: dict[str, Callable[[int], Time]] = {
            "first build": lambda _: first(made),
            "same moment": lambda _: built(made, 0),
            "a minute on": lambda place: built(made, place + 1),
            "1 % changed": changed,
        }
        print(f"{count} items, median of {rounds}; MkDocs alone, scaled: {beside:.0f} s of computing")
        for name, work in kinds.items():
            found = [work(place) for place in range(rounds)]
            wall, computing = median(one.wall for one in found), median(one.computing for one in found)
            print(
                f"{name:>12} {wall:8.1f} s, {computing:.1f} s of computing; MkDocs {beside / computing:.1f} times that"
            )
        size = sum(path.stat().st_size for path in (made.root / "build/site").rglob("*") if path.is_file())
        print(f"{size / 1e6:.0f} MB")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(*(given + [1000, 3][len(given) :]))
