"""How a test shoots: how many cases, in a worker process of its own, from seeds that hypothesis draws.

`GIT_FEEDBACK_FUZZ=1000000` says how many cases all files of this folder take together (default: 100,000, always the
same ones; with a number of your own they are new ones each time).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.fuzz.aims import AIMS
from tests.sample_desk import ROOT, environment

ASKED = os.environ.get("GIT_FEEDBACK_FUZZ")
CASES = int(ASKED or 100_000)
WHOLE_WAY, WHOLE_WAY_SHARE = "whole-way", 2
DRAWN = 4
"""Seeds for each aim: each begins a row of cases."""
ONE_BY_ONE = settings(
    max_examples=DRAWN,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    derandomize=ASKED is None,
    print_blob=False,
)

Shooting = Callable[[str, int, int], None]


def cases_of(aim: str) -> int:
    """How many cases one drawn seed begins."""
    total = sum(one.share for one in AIMS.values()) + WHOLE_WAY_SHARE
    share = AIMS[aim].share if aim in AIMS else WHOLE_WAY_SHARE
    return max(1, CASES * share // total // DRAWN)


@contextmanager
def worker() -> Iterator[Shooting]:
    """Shoots in one process; what it answers must hold no finding."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "scripts")])
    command = [sys.executable, "-W", "ignore", "-m", "tests.fuzz.worker"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment({}), "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    asking, answers = process.stdin, process.stdout

    def shoot(aim: str, first: int, cases: int) -> None:
        with suppress(BrokenPipeError):
            print(aim, first, cases, file=asking, flush=True)
        answer = answers.readline()
        assert answer, f"the worker died: python -m tests.fuzz.worker {aim} {first} {cases}"
        found = json.loads(answer)["findings"]
        assert not found, "\n\n".join(f"{aim} {number}\n{words}" for number, words in found)

    try:
        yield shoot
    finally:
        with suppress(BrokenPipeError):
            asking.close()
        process.wait(60)


def shot_at(shoot: Shooting, aim: str) -> None:
    """All cases of one aim."""

    @ONE_BY_ONE
    @given(st.integers(0, 2**32))
    def from_seed(first: int) -> None:
        shoot(aim, first, cases_of(aim))

    from_seed()
