"""Who decides at a desk: rules, a model, or both together, judged on the desk's own confirmed items.

Whatever learns is judged on items that it has not learned from, and one that reads the same as another stays with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from git_feedback.triage.evaluation import ENOUGH, FOLDS, Evaluation, evaluate, judged, takes_over
from git_feedback.triage.features import folded
from git_feedback.triage.folds import folds_of
from git_feedback.triage.learned import Classifier, Prediction
from git_feedback.triage.scoring import Figures, figures
from git_feedback.triage.together import Hits, Together

FEW = 500
"""Up to so many items rules and model decide together; with more the model needs no help."""
SURE = 0.90
"""The precision that a rule must hold on confirmed items to decide beside a model."""
LIKELY = 0.05
"""What is less likely than that is no candidate."""

Predicting = Callable[[Sequence[str], Sequence[Hits]], list[Prediction]]


@dataclass(frozen=True, slots=True)
class Worth:
    """What rules and learning are worth on the same items; `together` is None with more than a few.

    `labels` are those of which there are enough items to let a model decide for them; `sure` those that rules may go on
    deciding beside it.
    """

    rules: Figures
    model: Evaluation
    together: Evaluation | None
    labels: tuple[str, ...]
    sure: tuple[str, ...]
    takes_over: bool

    @property
    def best(self) -> Evaluation:
        """Of the ways to learn the one that would decide."""
        return self.model if self.together is None else self.together


def worth(
    texts: Sequence[str], labels: Sequence[str], hits: Sequence[Hits], said: Sequence[str | None], folds: int = FOLDS
) -> Worth:
    """Judge all ways on labelled texts: `hits` and `said` are what rules find in each, and what they make of it.

    Raises ValueError where there are no two texts that read differently.
    """
    model = evaluate(texts, labels, folds)
    together = judged_together(texts, labels, hits, folds) if len(texts) <= FEW else None
    best = model if together is None else together
    enough = tuple(sorted(label for label, one in best.per_class.items() if one.items >= ENOUGH))
    return Worth(figures(labels, said), model, together, enough, _sure(labels, said), _is_better(best, said, enough))


def judged_together(
    texts: Sequence[str], labels: Sequence[str], hits: Sequence[Hits], folds: int = FOLDS
) -> Evaluation:
    """What rules and model make of texts together, by learners that have not seen them."""
    fold = folds_of([folded(text) for text in texts], labels, folds)
    found: dict[int, Prediction] = {}
    for one in np.unique(fold):
        known, out = np.flatnonzero(fold != one).tolist(), np.flatnonzero(fold == one).tolist()
        learned = Together.fit([texts[at] for at in known], [labels[at] for at in known], [hits[at] for at in known])
        found.update(zip(out, learned.predict([texts[at] for at in out], [hits[at] for at in out]), strict=True))
    return judged(labels, [found[at] for at in range(len(texts))])


class Guessing:
    """What learned, ready to say what texts are: the one that decides first, then what else a model thinks likely."""

    def __init__(self, deciding: Predicting, classifier: Classifier) -> None:
        self._deciding, self._classifier = deciding, classifier

    def of(self, text: str, hits: Hits, most: int) -> list[Prediction]:
        """At most so many predictions for a text; only the first has the parts of the text that spoke for it."""
        first = self._deciding([text], [hits])[0]
        shares = self._classifier.shares([text])[0]
        order = np.argsort(-shares, kind="stable").tolist()
        others = [
            Prediction(self._classifier.labels[at], float(shares[at]), ()) for at in order if shares[at] >= LIKELY
        ]
        return [first, *(one for one in others if one.label != first.label)][:most]


def few(texts: Sequence[str], labels: Sequence[str], hits: Sequence[Hits], classifier: Classifier) -> Guessing:
    """Rules and model together, which learn from few items in a moment."""
    return Guessing(Together.fit(texts, labels, hits).predict, classifier)


def many(classifier: Classifier) -> Guessing:
    """A model that needs no rules."""
    return Guessing(lambda texts, _hits: classifier.predict(texts), classifier)


def _sure(labels: Sequence[str], said: Sequence[str | None]) -> tuple[str, ...]:
    """The labels that rules gave often enough, and nearly always rightly."""
    given = {one for one in said if one}
    pairs: Mapping[str, list[str]] = {
        name: [label for label, one in zip(labels, said, strict=True) if one == name] for name in given
    }
    return tuple(
        sorted(name for name, true in pairs.items() if len(true) >= ENOUGH and true.count(name) >= SURE * len(true))
    )


def _is_better(best: Evaluation, said: Sequence[str | None], enough: Sequence[str]) -> bool:
    """Whether it decides better than the rules on the items of the labels that have enough of them."""
    kept = [at for at, label in enumerate(best.labels) if label in enough]
    if len(enough) < 2:
        return False
    own = judged([best.labels[at] for at in kept], [best.predictions[at] for at in kept])
    return best.threshold_90 is not None and takes_over([said[at] for at in kept], own)
