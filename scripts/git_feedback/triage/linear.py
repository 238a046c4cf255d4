"""What each n-gram says for each class: a linear support vector machine and naive Bayes, added up.

The first draws borders well where there are many examples, the second where there are few; both are linear, so
their sum is again one weight for each n-gram and class.  The settings were found by cross-validation on train parts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from git_feedback.triage.features import Ints
from git_feedback.triage.weighing import Counts, Floats, Matrix, per_class, scales, weighed

# C of the machine; with many classes each has few examples, and what they say has to count for more.
PENALTY, PENALTY_BY_ROOT = 0.3, 0.12
SMOOTHING = 0.01  # of naive Bayes


@dataclass(frozen=True, slots=True)
class Scorer:
    """`weights` is n-grams by classes, for tables weighed by `scale`."""

    scale: Floats
    shelf: NDArray[np.uint8]
    weights: Floats
    bias: Floats

    def scores(self, table: Matrix) -> Floats:
        """One number for each text and class: the higher, the likelier."""
        summed: Floats = table @ self.weights + self.bias
        return summed


@dataclass(frozen=True, slots=True)
class Pair:
    """The two learners apart."""

    machine: Scorer
    bayes: Scorer

    def scores(self, table: Matrix) -> tuple[Floats, Floats]:
        """What each says of texts whose n-grams are counted."""
        table = weighed(table, self.machine.scale, self.machine.shelf)
        return self.machine.scores(table), self.bayes.scores(table)

    def joined(self, part: float) -> Scorer:
        """One scorer of the machine and that part of naive Bayes."""
        factor = np.float32(part)
        weights = self.machine.weights + factor * self.bayes.weights
        bias = self.machine.bias + factor * self.bayes.bias
        return Scorer(self.machine.scale, self.machine.shelf, weights, bias)


def learn(counts: Counts, codes: Ints, classes: int) -> Pair:
    """Both learners, from texts whose classes 0, 1, ... all occur; there are two or more of them."""
    scale = scales(counts, codes, classes)
    table = weighed(counts.table, scale, counts.shelf)
    weights, bias = _machine(table, codes, classes)
    bayes = Scorer(scale, counts.shelf, _bayes(table, codes, classes), np.zeros_like(bias))
    return Pair(Scorer(scale, counts.shelf, weights, bias), bayes)


def _machine(table: Matrix, codes: Ints, classes: int) -> tuple[Floats, Floats]:
    """One class against the rest, for each; small classes count for more, by the root of how small they are."""
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    sizes = np.bincount(codes, minlength=classes)
    weight = {one: float(np.sqrt(len(codes) / classes / sizes[one])) for one in range(classes)}
    penalty = max(PENALTY, PENALTY_BY_ROOT * classes**0.5)
    machine = LinearSVC(C=penalty, class_weight=weight, dual=True, random_state=0, tol=1e-3)
    fitted = machine.fit(csr_matrix(table), codes)
    weights, bias = fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
    if classes == 2:
        weights, bias = np.hstack((-weights, weights)), np.concatenate((-bias, bias))
    return np.ascontiguousarray(weights), bias


def _bayes(table: Matrix, codes: Ints, classes: int) -> Floats:
    """The log share of each n-gram in its class, against the mean of all classes; without the classes' sizes."""
    mass = per_class(table, codes, classes) + np.float32(SMOOTHING)
    share = np.log(mass / mass.sum(axis=1, keepdims=True))
    return np.ascontiguousarray((share - share.mean(axis=0)).T.astype(np.float32))
