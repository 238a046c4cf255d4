"""What a classifier is worth on a desk's own items, tried only on items it has not learned from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from git_feedback.triage.calibration import calibration_error, threshold
from git_feedback.triage.features import folded
from git_feedback.triage.folds import folds_of
from git_feedback.triage.learned import Classifier, Prediction
from git_feedback.triage.scoring import ClassFigures, figures

FOLDS = 5
MARGIN = 0.03
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`coverage` is the share of decisions at or above `threshold_90`, the confidence that holds 90 % precision
    (None, and 0, where none does); `ece` the expected calibration error; `predictions` stand in the order of `labels`,
    the confirmed ones.
    """

    macro_f1: float
    accuracy: float
    per_class: Mapping[str, ClassFigures]
    threshold_90: float | None
    coverage: float
    ece: float
    confusion: Mapping[str, Mapping[str, int]]
    labels: tuple[str, ...]
    predictions: tuple[Prediction, ...]


def evaluate(texts: Sequence[str], labels: Sequence[str], folds: int = FOLDS) -> Evaluation:
    """Cross-validation: each text is judged by a classifier that has seen neither it nor one that reads the same.

    Raises ValueError where there are no two texts that read differently.
    """
    return judged(labels, _held_out(texts, labels, folds))


def judged(labels: Sequence[str], predictions: Sequence[Prediction]) -> Evaluation:
    """The figures of predictions for texts whose labels are known."""
    own = figures(labels, [one.label for one in predictions])
    confidence = np.array([one.confidence for one in predictions])
    right = np.array([one.label == label for one, label in zip(predictions, labels, strict=True)])
    sure = threshold(confidence, right)
    return Evaluation(
        macro_f1=own.macro_f1,
        accuracy=own.accuracy,
        per_class=own.per_class,
        threshold_90=sure,
        coverage=0.0 if sure is None else float((confidence >= sure).mean()),
        ece=calibration_error(confidence, right),
        confusion=own.confusion,
        labels=tuple(labels),
        predictions=tuple(predictions),
    )


def takes_over(
    rules_predictions: Sequence[str | None], evaluation: Evaluation, margin: float = MARGIN, enough: int = ENOUGH
) -> bool:
    """Whether the classifier may decide before the rules: better by `margin` in macro-F1 on the same items, in the
    same order, and no label with fewer than `enough` of them.
    """
    rules = figures(evaluation.labels, rules_predictions)
    fewest = min(one.items for one in evaluation.per_class.values())
    return len(evaluation.per_class) > 1 and fewest >= enough and evaluation.macro_f1 - rules.macro_f1 >= margin - 1e-9


def _held_out(texts: Sequence[str], labels: Sequence[str], folds: int) -> list[Prediction]:
    if len(texts) != len(labels):
        raise ValueError(f"{len(texts)} texts and {len(labels)} labels: as many labels as texts are needed")
    fold = folds_of([folded(text) for text in texts], labels, folds)
    used = np.unique(fold)
    if len(used) < 2:
        raise ValueError("too few texts that read differently to try anything out: two are needed, and two folds")
    found: dict[int, Prediction] = {}
    for one in used:
        known, out = np.flatnonzero(fold != one).tolist(), np.flatnonzero(fold == one).tolist()
        classifier = Classifier.fit([texts[at] for at in known], [labels[at] for at in known])
        found.update(zip(out, classifier.predict([texts[at] for at in out]), strict=True))
    return [found[at] for at in range(len(texts))]
