"""What a desk's own confirmed items teach: a category for a text, how sure that is, and the words that decided.

It learns from labelled texts in seconds and knows them only as hashed n-grams: the file it is saved in holds no word
of a customer, and is no pickle.  Needs the extra `ml` (numpy, scipy, scikit-learn); nothing else in triage does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, TypeVar

import numpy as np

from git_feedback.triage import keeping
from git_feedback.triage.calibration import Doubles
from git_feedback.triage.deciding import reasons
from git_feedback.triage.features import batches, folded, grams
from git_feedback.triage.keeping import BadModel, Model
from git_feedback.triage.linear import learn
from git_feedback.triage.trials import lesson
from git_feedback.triage.weighing import count, rows_of

__all__ = ["BadModel", "Classifier", "Prediction"]

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Prediction:
    """`confidence` is the chance that `label` is right; `because` the parts of the text that spoke for it most."""

    label: str
    confidence: float
    because: tuple[str, ...]


class _BeginsAnew(Generic[_Given, _Result]):
    """A method that can be called on the class too, and then begins with a new classifier."""

    def __init__(self, method: "Callable[Concatenate[Classifier, _Given], _Result]") -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __get__(self, instance: "Classifier | None", owner: "type[Classifier]") -> Callable[_Given, _Result]:
        return partial(self._method, owner() if instance is None else instance)


class Classifier:
    """Learns labels from texts and predicts them for others: `Classifier.fit(texts, labels).predict(new)`."""

    def __init__(self) -> None:
        self._model: Model | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it knows, in order."""
        return self._known().labels

    @property
    def threshold_90(self) -> float | None:
        """The confidence from which on nine of ten were right in trials on parts left out; None where none was."""
        return self._known().threshold_90

    @_BeginsAnew
    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> "Classifier":
        """Learn from texts and their labels, one each; the same input gives the same classifier.

        Raises ValueError without texts, or with other numbers of texts and labels.
        """
        if len(texts) != len(labels) or not len(texts):
            raise ValueError(f"{len(texts)} texts and {len(labels)} labels: as many as texts are needed, at least one")
        self._model = _learned([folded(text) for text in texts], [str(label) for label in labels])
        return self

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """The label of each text.  One without a known word gets the commonest label, at no more than its share."""
        model, done = self._known(), 0
        predictions: list[Prediction] = []
        for batch in batches(folded(text) for text in texts):
            predictions += _predicted(model, batch, texts[done : done + len(batch)])
            done += len(batch)
        return predictions

    def shares(self, texts: Sequence[str]) -> Doubles:
        """The probability of each label (columns, in the order of `labels`) for each text."""
        model = self._known()
        parts = [_shares(model, batch) for batch in batches(folded(text) for text in texts)]
        return np.vstack(parts) if parts else np.zeros((0, len(model.labels)))

    def save(self, path: Path | str) -> None:
        """Write to a file: under 5 MB, the same bytes for the same classifier, no word of a text in it."""
        keeping.save(self._known(), Path(path))

    @_BeginsAnew
    def load(self, path: Path | str) -> "Classifier":
        """Read what `save` wrote.  Raises BadModel when the file is something else, OSError when it is not there."""
        self._model = keeping.load(Path(path))
        return self

    def _known(self) -> Model:
        if self._model is None:
            raise ValueError("nothing learned yet: fit or load first")
        return self._model


def _learned(texts: list[str], labels: list[str]) -> Model:
    names = tuple(sorted(set(labels)))
    codes = np.searchsorted(names, labels).astype(np.int64)
    prior = np.bincount(codes) / len(codes)
    counts = count(texts)
    if len(names) == 1 or not len(counts.key):
        return keeping.knowing_only(names, prior, len(texts))
    taught = lesson(counts, codes, texts, labels)
    scorer = learn(counts, codes, len(names)).joined(taught.part)
    return keeping.pressed(counts, scorer, names, prior, taught)


def _predicted(model: Model, batch: list[str], texts: Sequence[str]) -> Iterator[Prediction]:
    """The predictions of a batch of folded texts; `texts` are the same as they were written."""
    cut = grams(batch)
    counted, first = rows_of(cut, model.columns, len(batch))
    table = model.weighed(counted)
    scores = model.scorer.scores(table).astype(np.float64)
    best, sure = scores.argmax(axis=1), model.calibration.confidence(scores)
    best, sure = model.where_nothing_is_known(table, best, sure)
    reading = reasons(table, model.scorer.weights, model.against, best, cut, first)
    for at, (text, own) in enumerate(zip(batch, texts, strict=True)):
        yield Prediction(model.labels[best[at]], float(sure[at]), reading(at, text, own))


def _shares(model: Model, batch: list[str]) -> Doubles:
    table = model.weighed(rows_of(grams(batch), model.columns, len(batch))[0])
    shares = model.calibration.shares(model.scorer.scores(table).astype(np.float64))
    shares[np.diff(table.indptr) == 0] = model.prior
    return shares
