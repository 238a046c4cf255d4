"""The worker of the fuzz: a process of its own, so that a crash, a loop or an appetite for memory shows as its own.

It reads `AIM FIRST COUNT` from its standard input, line by line, and answers with one line of JSON: how many cases, the
slowest one, by how much the peak of memory grew, and every finding with the number of its case.

By hand: `python -m tests.fuzz.worker AIM FIRST COUNT`.
"""

import json
import resource
import sys
import time
import traceback
import zlib
from random import Random

from tests.fuzz.aims import AIMS
from tests.fuzz.whole_way import WholeWay

SLOW_S, MOST_KB, MOST_FINDINGS = 1.0, 200 * 1024, 20
WHOLE_WAY = "whole-way"


def peak_kb() -> int:
    """The most memory this process ever had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def case(aim: str, number: int) -> Random:
    """The chance of one case: the same number is the same case."""
    return Random(zlib.crc32(aim.encode()) << 40 | number)


def run(aim: str, first: int, cases: int) -> dict[str, object]:
    """Shoot that many cases, from number `first` on."""
    way = WholeWay() if aim == WHOLE_WAY else None
    shoot, findings = way.shoot if way else AIMS[aim].shoot, list[tuple[int, str]]()
    shoot(case(aim, first))  # what is read once is read now
    slowest, before = (0.0, first), peak_kb()
    top = before
    for number in range(first, first + cases):
        began = time.process_time()
        try:
            shoot(case(aim, number))
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            findings.append((number, traceback.format_exc()[-1500:]))
        slowest = max(slowest, (time.process_time() - began, number))
        now, top = peak_kb() - top, peak_kb()
        if now > MOST_KB:
            findings.append((number, f"{now // 1024} MB more memory"))
        if len(findings) >= MOST_FINDINGS:
            break
    findings += [(first, words) for words in way.close()] if way else []
    if slowest[0] > SLOW_S:
        findings.append((slowest[1], f"took {slowest[0]:.1f} s"))
    return {"aim": aim, "cases": cases, "slowest": slowest, "grown_kb": top - before, "findings": findings}


def main() -> None:
    """Answer until there is nothing more to read, or the one question of the command line."""
    asked = [" ".join(sys.argv[1:])] if len(sys.argv) > 1 else sys.stdin
    for line in asked:
        aim, first, cases = line.split()
        print(json.dumps(run(aim, int(first), int(cases))), flush=True)


if __name__ == "__main__":
    main()
