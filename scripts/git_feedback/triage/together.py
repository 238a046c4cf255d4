"""Rules and a model that has few examples, together: what both say is added up as log-odds.

With 50 to 200 confirmed items a model knows little and a keyword rule knows one thing.  How far each rule can be
trusted is counted from the same items, starting from the belief that it is mostly right; how much each side weighs
is tried out on items left out.  A label that only a rule knows can still win.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from git_feedback.triage.calibration import Calibration, Doubles, calibrated, softmax
from git_feedback.triage.deciding import SHOWN
from git_feedback.triage.features import Ints, folded
from git_feedback.triage.folds import folds_of
from git_feedback.triage.learned import Classifier, Prediction
from git_feedback.triage.semantic import Meaning

Hits = Mapping[str, Sequence[str]]  # of one text: the labels that rules name, with the words they found

_FOLDS = 5
# The belief before counting: a rule fires in two of five texts of its label, in one of twelve of any other, and is
# held to as firmly as after ten items.
_FIRES_RIGHTLY, _FIRES_WRONGLY, _FIRMNESS = 0.4, 0.08, 10.0
_FLOOR = 0.02  # of the model's shares, spread over all labels
_TRUST = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5)  # no side is silenced by a trial on a few texts
_USUAL = 0.02  # what a step away from trusting all sides fully must gain


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts with what rules say of them and what they mean, if that is known."""

    texts: Sequence[str]
    hits: Sequence[Hits]
    vectors: Doubles | None

    def picked(self, places: list[int]) -> "_Texts":
        vectors = None if self.vectors is None else self.vectors[places]
        return _Texts([self.texts[at] for at in places], [self.hits[at] for at in places], vectors)


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the model, the meaning and the rules say: log shares, texts by labels."""

    said: tuple[Doubles, ...]

    def summed(self, trust: Sequence[float]) -> Doubles:
        weighted: Doubles = np.sum([weight * side for weight, side in zip(trust, self.said, strict=True)], axis=0)
        return weighted


class Together:
    """Learns from labelled texts, what rules say of them and, if given, what they mean (vectors of `semantic`)."""

    def __init__(
        self, names: tuple[str, ...], experts: "_Experts", trust: tuple[float, ...], ends: Calibration
    ) -> None:
        self._names, self._experts, self._trust, self._calibration = names, experts, trust, ends

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], hits: Sequence[Hits], vectors: Doubles | None = None
    ) -> "Together":
        """Learn; one label and one mapping of hits for each text.  Raises ValueError as `Classifier.fit` does."""
        names = tuple(sorted({*labels, *(label for one in hits for label in one)}))
        codes = np.searchsorted(names, labels).astype(np.int64)
        given = _Texts(texts, hits, vectors)
        held = _held_out(given, labels, names)
        trust = _trust(held, codes)
        ends = calibrated(held.summed(trust), codes)
        return cls(names, _Experts.fit(given, labels, names), trust, ends)

    def predict(self, texts: Sequence[str], hits: Sequence[Hits], vectors: Doubles | None = None) -> list[Prediction]:
        """The label of each text; `because` begins with the words that a rule found for it."""
        scores = self._experts.sides(_Texts(texts, hits, vectors)).summed(self._trust)
        sure = self._calibration.confidence(scores)
        alone = self._experts.classifier.predict(texts)
        return [
            _prediction(self._names[best], float(confidence), own, one)
            for best, confidence, own, one in zip(scores.argmax(axis=1), sure, hits, alone, strict=True)
        ]


def _prediction(label: str, confidence: float, hits: Hits, alone: Prediction) -> Prediction:
    parts = alone.because if alone.label == label else ()
    return Prediction(label, confidence, tuple(dict.fromkeys([*hits.get(label, ()), *parts]))[:SHOWN])


class _Experts:
    """The model, the meaning (or None) and how often each rule fires in each label."""

    def __init__(self, names: tuple[str, ...], classifier: Classifier, meaning: Meaning | None, fires: Doubles) -> None:
        self.names, self.classifier, self._meaning, self._fires = names, classifier, meaning, fires

    @classmethod
    def fit(cls, given: _Texts, labels: Sequence[str], names: tuple[str, ...]) -> "_Experts":
        meaning = None if given.vectors is None else Meaning.fit(given.vectors, labels)
        return cls(names, Classifier.fit(given.texts, labels), meaning, _firing(labels, given.hits, names))

    def sides(self, given: _Texts) -> _Sides:
        said = [self._spread(self.classifier.shares(given.texts), self.classifier.labels)]
        if self._meaning is not None and given.vectors is not None:
            said.append(self._spread(self._meaning.shares(given.vectors), self._meaning.labels))
        fired = _fired(given.hits, self.names)
        said.append(fired @ np.log(self._fires) + (1 - fired) @ np.log(1 - self._fires))
        return _Sides(tuple(said))

    def _spread(self, shares: Doubles, labels: tuple[str, ...]) -> Doubles:
        """The log of shares, over all labels: those a learner has not met keep a little."""
        wide = np.full((len(shares), len(self.names)), _FLOOR / len(self.names))
        wide[:, np.searchsorted(self.names, labels)] += (1 - _FLOOR) * shares
        logs: Doubles = np.log(wide)
        return logs


def _fired(hits: Sequence[Hits], names: tuple[str, ...]) -> Doubles:
    return np.array([[float(name in one) for name in names] for one in hits]).reshape(len(hits), len(names))


def _firing(labels: Sequence[str], hits: Sequence[Hits], names: tuple[str, ...]) -> Doubles:
    """How likely the rules of one label (rows) fire in a text of another (columns)."""
    is_label = np.array([[float(name == label) for name in names] for label in labels])
    belief = np.where(np.eye(len(names), dtype=bool), _FIRES_RIGHTLY, _FIRES_WRONGLY)
    fires: Doubles = (_fired(hits, names).T @ is_label + _FIRMNESS * belief) / (is_label.sum(axis=0) + _FIRMNESS)
    return fires


def _held_out(given: _Texts, labels: Sequence[str], names: tuple[str, ...]) -> _Sides:
    """What each side says of texts it has not learned from (a single text has to serve for both)."""
    fold = folds_of([folded(text) for text in given.texts], labels, _FOLDS)
    places: list[int] = []
    sides: list[_Sides] = []
    for one in np.unique(fold):
        out = np.flatnonzero(fold == one).tolist()
        known = np.flatnonzero(fold != one).tolist() or out
        experts = _Experts.fit(given.picked(known), [labels[at] for at in known], names)
        sides.append(experts.sides(given.picked(out)))
        places += out
    order = np.argsort(places)
    return _Sides(tuple(np.vstack(parts)[order] for parts in zip(*(one.said for one in sides), strict=True)))


def _trust(held: _Sides, codes: Ints) -> tuple[float, ...]:
    """How much each side counts: what makes the true labels likeliest, near to full trust where that is all the same."""
    own = np.arange(len(codes))

    def loss(trust: tuple[float, ...]) -> float:
        shares = softmax(held.summed(trust))[own, codes]
        return float(-np.log(shares + 1e-12).mean()) + _USUAL * sum(abs(weight - 1) for weight in trust)

    return min(product(_TRUST, repeat=len(held.said)), key=loss)
