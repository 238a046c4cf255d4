"""How many people a desk needs: arrivals times handling time, and how long somebody would wait (Erlang C).

A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
exchanges" (1917).  It takes arrivals as random, everybody as patient and all people as alike: a hint, no rota.
"""

from dataclasses import dataclass
from math import exp

MOST = 500
"""No desk of this kind has more people at once."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """`people` needed at once; with them the share (0 to 1) that is taken up within the wait that was asked for, the
    share that waits at all, the mean wait in seconds and how busy each of them is (0 to 1)."""

    people: int
    in_time: float
    waits: float
    mean_wait_s: float
    busy: float


def staffing(per_hour: float, handling_s: float, within_s: float, share: float) -> Staffing | None:
    """The fewest people with whom `share` of arrivals are taken up `within_s` seconds; None beyond MOST.

    `per_hour` arrivals an hour, each keeping somebody busy for `handling_s` seconds.  Raises ValueError when a number
    is below zero, or the share is not below 1.
    """
    if min(per_hour, handling_s, within_s, share) < 0 or share >= 1:
        raise ValueError("arrivals, times and share are not below zero, and no desk takes up everything at once")
    load = per_hour * handling_s / 3600
    for people in range(max(1, int(load) + 1), MOST + 1):
        found = _with(people, load, handling_s, within_s)
        if found.in_time >= share:
            return found
    return None


def waiting_share(people: int, load: float) -> float:
    """The share that waits at all: Erlang's C for `people` servers and a load below their number.

    By way of Erlang's B, which has a recursion that never overflows: 1 / B(n) = 1 + n / load / B(n - 1).
    """
    if not load:
        return 0.0
    inverse = 1.0
    for server in range(1, people + 1):
        inverse = 1 + inverse * server / load
    blocked = 1 / inverse
    return people * blocked / (people - load * (1 - blocked))


def _with(people: int, load: float, handling_s: float, within_s: float) -> Staffing:
    waits = waiting_share(people, load)
    spare = people - load
    in_time = 1 - waits * (exp(-spare * within_s / handling_s) if handling_s else 0.0)
    return Staffing(people, in_time, waits, waits * handling_s / spare, load / people)
