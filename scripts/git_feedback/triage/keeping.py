"""What is kept of learning: one byte for each n-gram and label, in a file that is no pickle and holds no word."""

import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from git_feedback.triage.calibration import Calibration, Doubles
from git_feedback.triage.features import Ints
from git_feedback.triage.linear import Scorer
from git_feedback.triage.trials import Lesson
from git_feedback.triage.weighing import Columns, Counts, Floats, Matrix, texts_with, weighed

FORMAT = 1
_BYTES = 4_600_000  # keys, shelves, scales and weights together, before they are compressed
_BYTES_A_ROW = 7  # of key, shelf and scale
_FINEST = 127


class BadModel(ValueError):
    """The file is no model, or one of another edition of this program."""


@dataclass(frozen=True)
class Model:
    """All a classifier knows; `key` ascends, `pressed` is n-grams by labels, in steps of `step` of its label."""

    labels: tuple[str, ...]
    prior: Doubles
    key: NDArray[np.uint32]
    shelf: NDArray[np.uint8]
    scale: NDArray[np.float16]
    pressed: NDArray[np.int8]
    step: Floats
    bias: Floats
    calibration: Calibration
    threshold_90: float | None

    @cached_property
    def scorer(self) -> Scorer:
        """The weights to reckon with."""
        return Scorer(self.scale.astype(np.float32), self.shelf, self.pressed * self.step, self.bias)

    @cached_property
    def against(self) -> Floats:
        """The mean weight of each n-gram over the labels."""
        mean: Floats = self.scorer.weights.mean(axis=1)
        return mean

    @cached_property
    def columns(self) -> Columns:
        """The way from a hash to its row of weights."""
        return Columns(self.key)

    def weighed(self, table: Matrix) -> Matrix:
        """Counts of n-grams, made comparable."""
        return weighed(table, self.scorer.scale, self.shelf)

    def where_nothing_is_known(self, table: Matrix, best: Ints, confidence: Doubles) -> tuple[Ints, Doubles]:
        """The same decisions; but texts without any known n-gram get the commonest label, at its share."""
        unknown = np.diff(table.indptr) == 0
        commonest = int(self.prior.argmax())
        return np.where(unknown, commonest, best), np.where(unknown, self.prior[commonest], confidence)


def knowing_only(labels: tuple[str, ...], prior: Doubles, texts: int) -> Model:
    """A model that has no n-gram to go by; of one label alone it is as sure as its number of texts allows."""
    sure = prior * texts / (texts + 1)
    nothing = np.zeros(len(labels), np.float32)
    # One n-gram that weighs nothing keeps every table from being empty.
    key, shelf, scale = np.zeros(1, np.uint32), np.zeros(1, np.uint8), np.zeros(1, np.float16)
    none = np.zeros((1, len(labels)), np.int8)
    return Model(labels, sure, key, shelf, scale, none, nothing, nothing, Calibration(), None)


def pressed(
    counts: Counts,
    scorer: Scorer,
    labels: tuple[str, ...],
    prior: Doubles,
    taught: Lesson,
) -> Model:
    """The model of a scorer, with the n-grams that say most where there are too many for the file."""
    kept = _telling(counts, scorer)
    weights = scorer.weights[kept]
    step = np.maximum(np.abs(weights).max(axis=0), 1e-9) / np.float32(_FINEST)
    small = np.rint(weights / step).astype(np.int8)
    scale = scorer.scale[kept].astype(np.float16)
    key, shelf = counts.key[kept], counts.shelf[kept]
    return Model(labels, prior, key, shelf, scale, small, step, scorer.bias, taught.calibration, taught.threshold_90)


def save(model: Model, path: Path) -> None:
    """Write the model; the same model gives the same bytes."""
    calibration = model.calibration
    numbers = [calibration.temperature, calibration.slope, calibration.offset]
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            format=np.int64(FORMAT),
            labels=np.frombuffer("\0".join(model.labels).encode("utf-8", "surrogatepass"), np.uint8),
            prior=model.prior,
            key=model.key,
            shelf=model.shelf,
            scale=model.scale,
            pressed=model.pressed,
            step=model.step,
            bias=model.bias,
            calibration=np.array(numbers),
            threshold_90=np.float64(np.nan if model.threshold_90 is None else model.threshold_90),
        )


def load(path: Path) -> Model:
    """Read what `save` wrote; raises BadModel, or OSError."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            model = _read(arrays)
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise BadModel(f"{path}: not a model of this program: {error}") from error
    return model


def _read(arrays: Any) -> Model:
    if int(arrays["format"]) != FORMAT:
        raise ValueError(f"format {int(arrays['format'])}, not {FORMAT}")
    sure = float(arrays["threshold_90"])
    model = Model(
        labels=tuple(arrays["labels"].tobytes().decode("utf-8", "surrogatepass").split("\0")),
        prior=arrays["prior"].astype(np.float64),
        key=arrays["key"].astype(np.uint32),
        shelf=arrays["shelf"].astype(np.uint8),
        scale=arrays["scale"].astype(np.float16),
        pressed=arrays["pressed"].astype(np.int8),
        step=arrays["step"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
        calibration=Calibration(*map(float, arrays["calibration"])),
        threshold_90=None if np.isnan(sure) else sure,
    )
    rows, labels = len(model.key), len(model.labels)
    sizes = [
        model.prior.shape,
        model.step.shape,
        model.bias.shape,
        model.shelf.shape,
        model.scale.shape,
        model.pressed.shape,
    ]
    if not rows or sizes != [(labels,), (labels,), (labels,), (rows,), (rows,), (rows, labels)]:
        raise ValueError("parts that do not belong together")
    return model


def _telling(counts: Counts, scorer: Scorer) -> Ints:
    """The columns to keep, in order: those that move scores most over all the texts learned from."""
    room = _BYTES // (_BYTES_A_ROW + scorer.weights.shape[1])
    used = np.flatnonzero(scorer.scale > 0)
    if len(used) <= room:
        return used
    spread = scorer.weights[used].std(axis=1) * scorer.scale[used]
    moved = spread * np.sqrt(texts_with(counts.table)[used])
    return np.sort(used[np.argsort(-moved, kind="stable")[:room]])
