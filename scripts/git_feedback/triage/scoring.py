"""How well decisions fit what people confirmed: precision, recall, F1 and confusion.  Plain arithmetic, no extra needed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Of one label; `items` are those that people gave it."""

    precision: float
    recall: float
    f1: float
    items: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`macro_f1` is the mean over the labels people gave; `confusion[given][said]` counts, with "" for no decision."""

    macro_f1: float
    accuracy: float
    per_class: Mapping[str, ClassFigures]
    confusion: Mapping[str, Mapping[str, int]]


def figures(given: Sequence[str], said: Sequence[str | None]) -> Figures:
    """Compare decisions with the labels people gave; None is no decision and counts as missed.

    Raises ValueError without items, or with other numbers of the two.
    """
    if len(given) != len(said) or not len(given):
        raise ValueError(f"{len(given)} labels and {len(said)} decisions: as many as labels are needed, at least one")
    pairs = Counter(zip(given, (one or "" for one in said), strict=True))
    labels = sorted(set(given))
    per_class = {label: _class_figures(label, pairs) for label in labels}
    confusion = {
        label: {second: n for (first, second), n in sorted(pairs.items()) if first == label} for label in labels
    }
    right = sum(n for (first, second), n in pairs.items() if first == second)
    return Figures(fmean(one.f1 for one in per_class.values()), right / len(given), per_class, confusion)


def _class_figures(label: str, pairs: Counter[tuple[str, str]]) -> ClassFigures:
    hits = pairs[label, label]
    items = sum(n for (given, _), n in pairs.items() if given == label)
    decided = sum(n for (_, said), n in pairs.items() if said == label)
    return ClassFigures(hits / decided if decided else 0.0, hits / items, 2 * hits / (items + decided), items)
