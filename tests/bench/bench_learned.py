"""What the learned classifier reaches on the development sets, beside the floor and the aim of each; learned on their train parts.

Printed for each set: the score, coverage at 90 % precision with the precision that came of it (the threshold is found
on the train part), the expected calibration error, seconds to learn, texts a second (median of five), megabytes saved.
Run it by hand: python tests/bench/bench_learned.py DIRECTORY-OF-THE-DEVELOPMENT-SETS [NAME ...]
"""

import csv
import gzip
import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from git_feedback.triage.evaluation import judged
from git_feedback.triage.learned import Classifier, Prediction

ROUNDS = 5
CALIBRATION_ERROR = 0.05
TEXTS_A_SECOND = 5_000
MEGABYTES = 5
SECONDS = 60

Row = tuple[str, str]


@dataclass(frozen=True)
class Task:
    name: str
    files: tuple[str, ...]  # train and test, or one with a column `split`
    label: str
    measure: str
    floor: float
    aim: float


TASKS = (
    Task("banking77", ("banking77_train.csv", "banking77_test.csv"), "category", "accuracy", 0.914, 0.92),
    Task("zh_shopping", ("zh_shopping_dev.csv.gz",), "category", "accuracy", 0.875, 0.885),
    Task("zh sentiment", ("zh_shopping_dev.csv.gz",), "positive", "accuracy", 0.925, 0.93),
    Task("cfpb", ("cfpb_dev.csv",), "product", "macro_f1", 0.836, 0.845),
    Task("appreviews", ("appreviews_dev.csv",), "label", "macro_f1", 0.69, 0.71),
)


def read(path: Path) -> list[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def parts(folder: Path, task: Task) -> tuple[list[Row], list[Row]]:
    if len(task.files) == 2:
        train, test = (read(folder / name) for name in task.files)
    else:
        rows = read(folder / task.files[0])
        train, test = ([row for row in rows if row["split"] == part] for part in ("train", "test"))
    return [(row["text"], row[task.label]) for row in train], [(row["text"], row[task.label]) for row in test]


def speed(classifier: Classifier, texts: list[str]) -> float:
    """Texts a second, the median of some rounds over all of them."""
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        classifier.predict(texts)
        times.append(process_time() - began)
    return len(texts) / median(times)


def size(classifier: Classifier) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        classifier.save(path)
        return path.stat().st_size / 1e6


def sure_ones(classifier: Classifier, predictions: list[Prediction], labels: list[str]) -> tuple[float, float]:
    """Coverage and precision at the threshold that the train part gave."""
    least = classifier.threshold_90
    sure = [
        one.label == label for one, label in zip(predictions, labels, strict=True) if one.confidence >= (least or 2)
    ]
    return len(sure) / len(labels), sum(sure) / len(sure) if sure else float("nan")


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    print(
        f"{'set':13} {'measure':9} {'floor':>6} {'aim':>6} {'score':>6} {'':5} {'cover':>6} {'prec.':>6} {'ece':>6} {'learn':>7} {'texts/s':>8} {'MB':>5}"
    )
    print(
        f"{'':13} {'':9} {'':>6} {'':>6} {'':>6} {'':5} {'':>6} {0.9:6.2f} {CALIBRATION_ERROR:6.2f} {SECONDS:6}s {TEXTS_A_SECOND:8,} {MEGABYTES:5}  (targets)"
    )
    for task in TASKS:
        if not names or task.name in names:
            print_task(folder, task)


def print_task(folder: Path, task: Task) -> None:
    train, test = parts(folder, task)
    began = process_time()
    classifier = Classifier.fit([text for text, _ in train], [label for _, label in train])
    learning = process_time() - began
    texts, labels = [text for text, _ in test], [label for _, label in test]
    predictions = classifier.predict(texts)
    figures = judged(labels, predictions)
    score: float = getattr(figures, task.measure)
    verdict = "aim" if score >= task.aim else "floor" if score >= task.floor else "BELOW"
    coverage, precision = sure_ones(classifier, predictions, labels)
    print(
        f"{task.name:13} {task.measure:9} {task.floor:6.3f} {task.aim:6.3f} {score:6.3f} {verdict:5} {coverage:6.2f} {precision:6.3f} "
        f"{figures.ece:6.3f} {learning:6.1f}s {speed(classifier, texts):8,.0f} {size(classifier):5.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
