"""Parts of a set of labelled texts for trying out: what reads the same stays together, or the trial would be cheating."""

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np

from git_feedback.triage.features import Ints


def folds_of(folded: Sequence[str], labels: Sequence[str], folds: int) -> Ints:
    """The fold of each text: all with the same words in one, the labels spread evenly, the same on every machine."""
    groups: dict[str, list[int]] = {}
    for at, text in enumerate(folded):
        groups.setdefault(" ".join(text.split()), []).append(at)
    fold = np.zeros(len(folded), np.int64)
    filled: dict[str, Counter[int]] = {}
    sizes: Counter[int] = Counter()
    for text in sorted(groups, key=_shuffled):
        members = groups[text]
        kept = filled.setdefault(labels[members[0]], Counter())
        emptiest = min(range(folds), key=lambda one: (kept[one], sizes[one]))
        fold[members] = emptiest
        kept[emptiest] += len(members)
        sizes[emptiest] += len(members)
    return fold


def _shuffled(text: str) -> bytes:
    """An order that has nothing to do with the order of the texts."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
