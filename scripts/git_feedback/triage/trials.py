"""How the learners do on texts left out: from that come the share of each, the confidence and its threshold.

So a classifier knows how far it can be trusted before it meets a new text, and nothing but its own texts says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from git_feedback.triage.calibration import Calibration, Doubles, calibrated, loss, threshold
from git_feedback.triage.features import Bools, Ints
from git_feedback.triage.folds import folds_of
from git_feedback.triage.linear import learn
from git_feedback.triage.weighing import Counts

# Of naive Bayes beside the machine, both brought to the same spread; the first is taken where all do the same.
SHARES = (0.5, 0.25, 0.75, 1.0)

_FOLDS_WHEN_SMALL, _FOLDS, _FOLDS_WHEN_LARGE = 10, 5, 3
_SMALL, _LARGE = 20_000, 200_000  # texts times classes


@dataclass(frozen=True, slots=True)
class Trial:
    """What each learner said of texts it had not seen; `known` marks the classes it had met at all."""

    machine: Doubles
    bayes: Doubles
    known: Bools

    def scores(self, part: float) -> Doubles:
        """Both added up; a class that was not met stands below all others."""
        summed = self.machine + part * self.bayes
        return np.where(self.known, summed, summed.min(axis=1, keepdims=True) - 1.0)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a trial taught: the part of naive Bayes, the calibration, and the threshold for 90 % precision."""

    part: float
    calibration: Calibration
    threshold_90: float | None


def lesson(counts: Counts, codes: Ints, texts: Sequence[str], labels: Sequence[str]) -> Lesson:
    """Try out on parts of the folded texts what the rest of them teaches."""
    classes = int(codes.max()) + 1
    trial = _tried(counts, codes, folds_of(texts, labels, _fold_count(len(texts) * classes)))
    bayes = float(trial.bayes.std())
    spread = float(trial.machine.std()) / bayes if bayes > 0 else 0.0
    part = spread * min(SHARES, key=lambda share: round(loss(trial.scores(share * spread), codes), 4))
    scores = trial.scores(part)
    calibration = calibrated(scores, codes)
    confidence = calibration.confidence(scores)
    return Lesson(part, calibration, threshold(confidence, scores.argmax(axis=1) == codes))


def _fold_count(work: int) -> int:
    if work > _LARGE:
        return _FOLDS_WHEN_LARGE
    return _FOLDS_WHEN_SMALL if work < _SMALL else _FOLDS


def _tried(counts: Counts, codes: Ints, fold: Ints) -> Trial:
    shape = len(codes), int(codes.max()) + 1
    trial = Trial(np.zeros(shape), np.zeros(shape), np.zeros(shape, bool))
    for one in np.unique(fold):
        out, rest = np.flatnonzero(fold == one), np.flatnonzero(fold != one)
        present, own = np.unique(codes[rest], return_inverse=True)
        if len(present) > 1:
            pair = learn(Counts(counts.table[rest], counts.key, counts.shelf), own, len(present))
            here = np.ix_(out, present)
            trial.machine[here], trial.bayes[here] = pair.scores(counts.table[out])
            trial.known[here] = True
    return trial
