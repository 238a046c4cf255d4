"""From scores to a confidence that keeps its word: of all decisions at 0.8, four in five are right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from git_feedback.triage.features import Bools, Ints

Doubles = NDArray[np.float64]

PRECISION = 0.90
_BINS = 10
_TEMPERATURES = np.geomspace(0.1, 30, 60)
_DOUBT = 4.0  # how strongly few examples are held back from moving slope and offset


@dataclass(frozen=True, slots=True)
class Calibration:
    """`temperature` sharpens the softmax of the scores; slope and offset move the log-odds of its winner."""

    temperature: float = 1.0
    slope: float = 1.0
    offset: float = 0.0

    def shares(self, scores: Doubles) -> Doubles:
        """A probability for each text and class."""
        return softmax(scores * self.temperature)

    def confidence(self, scores: Doubles) -> Doubles:
        """How likely it is that the class with the highest score is right."""
        return _logistic(self.slope * _log_odds(self.shares(scores).max(axis=1)) + self.offset)


def calibrated(scores: Doubles, codes: Ints) -> Calibration:
    """The calibration under which held-out scores tell how often they are right."""
    temperature = float(min(_TEMPERATURES, key=lambda one: _loss(scores * one, codes)))
    odds = _log_odds(softmax(scores * temperature).max(axis=1))
    slope, offset = _line(odds, scores.argmax(axis=1) == codes)
    return Calibration(temperature, slope, offset)


def loss(scores: Doubles, codes: Ints) -> float:
    """How unlikely the true classes are, on average, at the best temperature (natural logarithm)."""
    return min(_loss(scores * one, codes) for one in _TEMPERATURES[::3])


def threshold(confidence: Doubles, right: Bools, precision: float = PRECISION) -> float | None:
    """The lowest confidence from which on the decisions hold the precision; None where none does.

    They hold it when it would be surpassed by one standard error: what was found on some texts is to be true of others.
    """
    order = np.argsort(-confidence, kind="stable")
    sure, count = confidence[order], np.arange(1, len(order) + 1)
    holds = np.cumsum(right[order]) >= precision * count + np.sqrt(precision * (1 - precision) * count)
    holds &= np.append(sure[1:] < sure[:-1], True)  # equals stand or fall together
    return float(sure[np.flatnonzero(holds)[-1]]) if holds.any() else None


def calibration_error(confidence: Doubles, right: Bools) -> float:
    """The expected calibration error: how far confidence and the share of right ones lie apart, over ten bins."""
    bins = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(bins, weights=confidence - right, minlength=_BINS)
    return float(np.abs(gaps).sum() / max(1, len(right)))


def softmax(scores: Doubles) -> Doubles:
    """The scores of each row as shares of 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _loss(scores: Doubles, codes: Ints) -> float:
    return float(-np.log(softmax(scores)[np.arange(len(codes)), codes] + 1e-12).mean())


def _line(odds: Doubles, right: Bools) -> tuple[float, float]:
    """A logistic regression, held to (1, 0) where there is little to learn from (Newton's way)."""
    found = start = np.array([1.0, 0.0])
    design = np.column_stack((odds, np.ones_like(odds)))
    for _ in range(50):
        chance = _logistic(design @ found)
        slope = design.T @ (chance - right) + _DOUBT * (found - start)
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + _DOUBT * np.eye(2)
        move = np.linalg.solve(bend, slope)
        found = found - np.clip(move, -1, 1)
        if np.abs(move).max() < 1e-9:
            break
    return max(float(found[0]), 0.0), float(found[1])


def _log_odds(share: Doubles) -> Doubles:
    share = np.clip(share, 1e-6, 1 - 1e-6)
    return np.log(share / (1 - share))


def _logistic(value: Doubles) -> Doubles:
    return 1 / (1 + np.exp(-value))
