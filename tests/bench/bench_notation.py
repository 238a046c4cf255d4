"""How long one item takes to read, as a ratio to the loaders of PyYAML in the same run.

python tests/bench/bench_notation.py [ROUNDS]
"""

import sys
import timeit
from collections.abc import Callable
from pathlib import Path

import yaml

from git_feedback.notation import places, read, splice

ITEM = Path(__file__).parent.parent / "cases" / "notation" / "good-item.yml"
ENTRY = "  - note: {at: 2026-11-23T09:00:00+08:00, by: li.lei}\n    text: |-\n      已联系客户,等回电。\n"


def best_us(call: Callable[[], object], rounds: int) -> float:
    """Microseconds of one call, the best of five runs."""
    return min(timeit.repeat(call, number=rounds, repeat=5)) / rounds * 1e6


def main(rounds: int) -> None:
    source = ITEM.read_bytes()
    ours = best_us(lambda: read(source), rounds)
    print(f"{ITEM.name}: {len(source)} bytes, {len(source.splitlines())} lines")
    print(f"{'read':>16} {ours:8.0f} us")
    for name, call, part in (
        ("CSafeLoader", lambda: yaml.load(source, yaml.CSafeLoader), 2),
        ("SafeLoader", lambda: yaml.load(source, yaml.SafeLoader), 20),
        ("read + places", lambda: (read(source), places(source)), 2),
        ("splice", lambda: splice(source, "history", ENTRY), 2),
    ):
        taken = best_us(call, max(1, rounds // part))
        print(f"{name:>16} {taken:8.0f} us, {taken / ours:5.2f} times read")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
