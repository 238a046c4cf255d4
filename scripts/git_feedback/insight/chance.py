"""Whether two counts, two shares or two rows of times differ by more than chance.

A month is never exactly like the month before.  What differs by no more than two equal months would, is told as it is
and never explained: a reason for an accident sends people to mend what is not broken.
"""

import math
from collections.abc import Sequence

LEVEL = 0.05
"""What would come of chance alone less often than one time in twenty is told as a change."""
STRICT = 0.01
"""The level where many groups are looked at without a reason to look: one in twenty of them would stand out by itself."""
EXACT_UP_TO = 1000


def counts_differ(one: int, other: int, level: float = LEVEL) -> bool:
    """Whether two counts of equally long times cannot well come from one and the same rate.

    The conditional test of J. Przyborowski and H. Wilenski, "Homogeneity of Results in Testing Samples from Poisson
    Series" (Biometrika 31, 1940): given their sum, one of the two is a throw of so many coins.
    """
    total, most = one + other, max(one, other)
    if total <= EXACT_UP_TO:
        tail = sum(math.comb(total, heads) for heads in range(most, total + 1))
        return bool(2 * tail < level * 2**total)
    return _two_sided((2 * most - total - 1) / math.sqrt(total)) < level


def shares_differ(part: int, whole: int, other_part: int, other_whole: int, level: float = LEVEL) -> bool:
    """Whether two shares differ: the test of two proportions with their pooled variance; False where one is of nothing."""
    if not (whole and other_whole):
        return False
    pooled = (part + other_part) / (whole + other_whole)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / whole + 1 / other_whole))
    return bool(spread) and _two_sided(abs(part / whole - other_part / other_whole) / spread) < level


def times_differ(some: Sequence[float], others: Sequence[float], level: float = LEVEL) -> bool:
    """Whether one row of times tends to be longer than the other.

    The rank test of H. B. Mann and D. R. Whitney, "On a Test of Whether one of Two Random Variables is Stochastically
    Larger than the Other" (1947), by its normal approximation with ties; False where one row is empty.
    """
    n, m = len(some), len(others)
    ranks, ties = _ranks([*some, *others])
    spread = math.sqrt(n * m / 12 * (n + m + 1 - ties / max((n + m) * (n + m - 1), 1)))
    apart = abs(sum(ranks[:n]) - n * (n + m + 1) / 2)
    return bool(spread) and _two_sided(max(apart - 0.5, 0) / spread) < level


def _ranks(values: Sequence[float]) -> tuple[list[float], int]:
    """The rank of each value, equal ones sharing theirs, and the sum of t^3 - t over runs of t equal ones."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, ties, start = [0.0] * len(values), 0, 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end + 1) / 2
        ties += (end - start) ** 3 - (end - start)
        start = end
    return ranks, ties


def _two_sided(deviations: float) -> float:
    """How often chance alone strays so many standard deviations or more to either side."""
    return math.erfc(deviations / math.sqrt(2))
