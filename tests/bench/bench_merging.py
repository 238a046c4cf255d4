"""How long `resolve-conflicts` takes for items that both sides have added to and tagged, as one process from the index.

    python tests/bench/bench_merging.py [N]

Makes a desk with N items (1,000), two branches that conflict in all of them, merges without a driver, resolves (whole
process, and the pure merge beside it), and checks that all were merged and no event is missing.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.sample_desk import PAYMENT, Sample, git, run, sample

from git_feedback.desk import ordered
from git_feedback.model import ids
from git_feedback.store import read
from git_feedback.store.merging import merge

EVENTS = 8


def text(item_id: str, side: str = "") -> str:
    """An item with some history; a side adds a note and a tag."""
    notes = "".join(note(number, f"第 {number} 次回电,顾客说再等等。") for number in range(EVENTS))
    own = note(20 if side == "我方" else 21, f"{side}的话") if side else ""
    tags = f"tags: [退款, {side}]\n" if side else "tags: [退款]\n"
    return PAYMENT.replace("Q261119-0AAJN0D", item_id).replace("票据 #123", item_id) + tags + "history:\n" + notes + own


def note(minute: int, words: str) -> str:
    return f"  - note: {{at: 2026-11-19T10:{minute:02}:00+08:00, by: li.lei}}\n    text: |-\n      {words}\n"


def put(desk: Sample, named: list[str], side: str = "") -> None:
    """Every item as a side has it, in one commit."""
    for one in named:
        path = desk.root / ids.path(one)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(one, side), encoding="utf-8")
    desk.commit()


def processor_s() -> float:
    """What the processes that were started have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    day = read(PAYMENT.encode()).received.date()
    named = [ids.from_bits("Q", day, number * 1_000_003 % 2**30) for number in range(many)]
    with TemporaryDirectory() as folder:
        desk = sample(Path(folder))
        git(desk.root, "config", "user.name", "He Miao")
        put(desk, named)
        for side in ("我方", "对方"):
            git(desk.root, "checkout", "--quiet", "-b", side, "main")
            put(desk, named, side)
        subprocess.run(["git", "merge", "--quiet", "我方"], cwd=desk.root, capture_output=True, check=False)
        conflicts = len(git(desk.root, "diff", "--name-only", "--diff-filter=U").splitlines())
        began, worked = time.perf_counter(), processor_s()
        done = run("resolve-conflicts", cwd=desk.root)
        took, worked = time.perf_counter() - began, processor_s() - worked
        assert done.code == 0, done.err
        assert all(len(read(desk.root / ids.path(one)).history) == EVENTS + 2 for one in named)
    versions = [tuple(text(one, side).encode() for side in ("", "我方", "对方")) for one in named]
    began = time.process_time()
    for base, ours, theirs in versions:
        merge(base, ours, theirs, ordered)
    pure = time.process_time() - began
    print(
        f"{conflicts:,} files in conflict, {EVENTS} events each: resolved in {took:.2f} s (whole process; {worked:.2f} s of processor)"
    )
    print(f"the pure merge: {pure / many * 1000:.2f} ms an item")


if __name__ == "__main__":
    main()
