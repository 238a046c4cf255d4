"""How well types of app reviews are told with few labels: by rules, by a model, by both together, with the extra `semantic`.

Labels are drawn from the train part, scores are for the test part (macro-F1, mean of several draws).  Run it by hand:
python tests/bench/bench_few_labels.py DIRECTORY-OF-THE-DEVELOPMENT-SETS
"""

import csv
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from git_feedback.text import find, fold, negated
from git_feedback.triage import semantic
from git_feedback.triage.learned import Classifier, Prediction
from git_feedback.triage.scoring import figures
from git_feedback.triage.together import Hits, Together

LABELS = (50, 100, 200)
DRAWS = 8
SILENT: Hits = {}
NEGATIONS = ("not", "no", "never", "without")

# Plain words, as a team would write them down before anyone has labelled anything; the first label with a hit decides.
WORDS = {
    "feature request": [
        "please add", "pls add", "add", "would be nice", "would be great", "would be better", "would be good", "would like", "would love",
        "should have", "should be able", "should add", "i wish", "wish", "if you could", "could you", "can you", "option", "feature",
        "features", "suggestion", "suggest", "needs to have", "need to have", "please make", "please let", "allow", "support for",
        "it would", "there should", "bring back", "hope you", "want to be able", "needs", "ability to",
    ],
    "bug report": [
        "crash", "crashes", "crashing", "crashed", "bug", "bugs", "buggy", "error", "errors", "fix", "fixed", "not working", "doesn't work",
        "does not work", "doesnt work", "won't", "wont", "can't", "cant", "cannot", "stopped working", "stopped", "freezes", "freeze",
        "frozen", "stuck", "unable", "after update", "after the update", "last update", "latest update", "since the update", "issue",
        "problem", "glitch", "log in", "login", "not able", "fails", "failed", "black screen", "keeps", "broken", "loading",
    ],
    "user experience": [
        "easy", "simple", "useful", "helpful", "helps", "convenient", "use it", "i use", "using", "interface", "user friendly", "intuitive",
        "fast", "smooth", "quality", "keep in touch", "stay connected", "work", "learn", "friends", "family", "free", "ads", "everything",
        "all my",
    ],
    "rating": [
        "great app", "good app", "nice app", "best app", "love it", "love this app", "awesome", "amazing", "excellent", "superb", "perfect",
        "worst", "bad app", "worst app", "hate", "useless", "five stars", "5 stars", "nice", "good", "great", "best", "cool", "love", "ok",
        "terrible", "horrible", "fantastic", "star", "stars", "wow",
    ],
}  # fmt: skip


def rows(folder: Path, part: str) -> list[tuple[str, str]]:
    with (folder / "appreviews_dev.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file) if row["split"] == part]


def hits_of(text: str) -> Hits:
    folded = fold(text)
    found = {label: [word for word in words if _says(word, folded)] for label, words in WORDS.items()}
    return {label: words for label, words in found.items() if words}


def _says(word: str, folded: str) -> bool:
    """A denied word is no hit, unless it holds the denial itself."""
    return any(" not " in f" {word} " or not negated(folded, at, NEGATIONS) for at in find(word, folded))


def drawn(train: list[tuple[str, str]], labels: int, seed: int) -> list[int]:
    """Places of that many train texts, at least two of each label, as a desk that has begun to confirm would have."""
    places = list(range(len(train)))
    random.Random(seed).shuffle(places)
    taken = [place for label in sorted(WORDS) for place in [one for one in places if train[one][1] == label][:2]]
    return taken + [place for place in places if place not in taken][: labels - len(taken)]


def main() -> None:
    folder = Path(sys.argv[1])
    train, test = rows(folder, "train"), rows(folder, "test")
    texts, given = [text for text, _ in test], [label for _, label in test]
    train_hits, test_hits = [hits_of(text) for text, _ in train], [hits_of(text) for text in texts]
    rules = [next(iter(one), None) for one in test_hits]
    vectors = semantic.Vectors() if semantic.is_available() else None
    print(f"rules alone: macro-F1 {figures(given, rules).macro_f1:.3f}")
    print(
        f"{'labels':>6} {'model':>7} {'together':>9} {'gain':>7} {'both beaten':>12} | {'model + meaning':>16} {'all three':>10}"
    )
    for labels in LABELS:
        draws = []
        for seed in range(DRAWS):
            places = drawn(train, labels, seed)
            known, said = [train[at][0] for at in places], [train[at][1] for at in places]
            sides = [SILENT] * labels, [SILENT] * len(texts), [train_hits[at] for at in places], test_hits
            model = score(given, Classifier.fit(known, said).predict(texts))
            both = score(given, Together.fit(known, said, sides[2]).predict(texts, sides[3]))
            draws.append((model, both, *meaning(vectors, known, said, texts, given, sides)))
        model, both, meant, three = (fmean(column) for column in zip(*draws, strict=True))
        gain = both - max(model, figures(given, rules).macro_f1)
        verdict = "yes" if gain > 0 else "NO"
        print(
            f"{labels:6} {model:7.3f} {both:9.3f} {gain:+7.3f} {verdict:>12} | {meant:16.3f} {three:10.3f}", flush=True
        )


def meaning(
    vectors: semantic.Vectors | None,
    known: list[str],
    said: list[str],
    texts: list[str],
    given: list[str],
    sides: tuple[list[Hits], list[Hits], list[Hits], list[Hits]],
) -> tuple[float, float]:
    """The score of model and meaning, and of both with the rules; not a number without the extra."""
    if vectors is None:
        return float("nan"), float("nan")
    own, new = vectors.of(known), vectors.of(texts)
    silent = Together.fit(known, said, sides[0], own).predict(texts, sides[1], new)
    return score(given, silent), score(given, Together.fit(known, said, sides[2], own).predict(texts, sides[3], new))


def score(given: Sequence[str], predictions: Sequence[Prediction]) -> float:
    return figures(given, [one.label for one in predictions]).macro_f1


if __name__ == "__main__":
    main()
