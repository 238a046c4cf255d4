"""What a desk's own confirmed items teach: learned anew when they change, kept beside the repository, never committed.

Only a category that a person confirmed teaches anything.  Without the extra `ml` nothing is learned, and rules decide.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from git_feedback.desk import Standing
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.store import Git
from git_feedback.triage import Candidate, Rules

FEWEST, MOST = 50, 5_000
"""So many confirmed items are needed to learn from at least, and the newest so many are taken."""
EDITION = 1
"""Of what is kept: another one is learned anew."""
SHOWN, LONGEST = 5, 20
"""So many parts of a text stand in a reason, each of so many characters."""
CANDIDATES = 3
LEAST = 0.5
"""Below this confidence nothing is decided."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose category a person confirmed."""

    id: str
    text: str
    label: str
    item: Item


@dataclass(frozen=True, slots=True)
class Verdict:
    """What learning is worth on the confirmed items, without a word of them: this is what is kept.

    `figures` are macro-F1 of each way; `sure` and `labels` are categories that rules, and that a model may decide.
    """

    items: int
    together: bool
    takes_over: bool
    threshold: float | None
    coverage: float
    ece: float
    labels: tuple[str, ...]
    sure: tuple[str, ...]
    figures: Mapping[str, float]


class Learned:
    """What was learned, ready to say what it makes of an item."""

    def __init__(self, verdict: Verdict, rules: Rules, learn: Callable[[], Any]) -> None:
        self.verdict, self._rules, self._learn = verdict, rules, learn
        self._guessing: Any = None

    def of(self, item: Item) -> list[Candidate]:
        """The categories that it most likely is of; learning is done when the first item is asked about."""
        if self._guessing is None:
            self._guessing = self._learn()
        said = self._guessing.of(text_of(item), self._rules.hits(item), CANDIDATES)
        return [Candidate(one.label, _shown(one.because), one.confidence) for one in said]

    def decides(self, candidate: Candidate) -> bool:
        """Whether a candidate may be written down: nine of ten such decisions were right, and there were enough.

        One that is more likely wrong than right is none, however well the others do.
        """
        verdict, confidence = self.verdict, candidate.confidence
        sure = verdict.threshold is not None and confidence is not None and confidence >= max(verdict.threshold, LEAST)
        return verdict.takes_over and sure and candidate.category in verdict.labels


def can_learn() -> bool:
    """Whether what learning needs is installed."""
    return all(find_spec(name) is not None for name in ("numpy", "scipy", "sklearn"))


def text_of(item: Item) -> str:
    """What is learned from, and judged."""
    return f"{item.title}\n{item.text or ''}"


def examples(found: Iterable[Standing]) -> list[Example]:
    """The items whose category a person confirmed, and that still say what they said; the newest, in order of ids."""
    confirmed = [
        Example(one.item.id, text_of(one.item), one.state.category, one.item)
        for one in found
        if one.state.confirmed and one.state.category and not _is_erased(one.item)
    ]
    newest = sorted(confirmed, key=lambda one: (one.item.received, one.id))[-MOST:]
    return sorted(newest, key=lambda one: one.id)


def learned(root: Path, found: Sequence[Standing], policy: Policy) -> Learned | None:
    """What the confirmed items of a desk teach; None where they are too few, or where nothing can be learned here."""
    known = [one for one in examples(found) if one.label in policy.categories]
    if len(known) < FEWEST or len({one.label for one in known}) < 2 or not can_learn():
        return None
    rules, kept = Rules(policy), _Kept(root, _key(known, policy))
    verdict = kept.verdict() or kept.keep(_judged(known, rules))
    return Learned(verdict, rules, lambda: _guessing(known, verdict, rules, kept)) if verdict else None


def forget(root: Path) -> None:
    """Take away what was learned: a model tells words of the items that it learned from."""
    for file in _Kept(root, "").files():
        file.unlink(missing_ok=True)


def _is_erased(item: Item) -> bool:
    return any(event.verb == "erase" for event in item.history)


def _shown(parts: Iterable[str]) -> tuple[str, ...]:
    """Parts of a text fit for a reason: on one line, short, and no number that could be somebody's."""
    told = (" ".join(part.replace(";", " ").split())[:LONGEST] for part in parts)
    return tuple(part for part in told if part and not any(sign.isdigit() or sign == "@" for sign in part))[:SHOWN]


def _key(known: Sequence[Example], policy: Policy) -> str:
    """Changes with the confirmed items and with the words of rules."""
    said = [[one.id, one.label, one.text] for one in known]
    rules = [list(policy.rules), list(policy.alarms), dict(policy.negations)]
    return sha256(f"{EDITION}\n{json.dumps(said)}\n{rules!r}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _judged(known: Sequence[Example], rules: Rules) -> Verdict | None:
    from git_feedback.triage.worth import worth

    hits = [rules.hits(one.item) for one in known]
    try:
        found = worth([one.text for one in known], [one.label for one in known], hits, said_by(rules, known))
    except ValueError:  # they all read the same
        return None
    best = found.best
    macro = {"rules": found.rules.macro_f1, "model": found.model.macro_f1}
    if found.together is not None:
        macro["together"] = found.together.macro_f1
    return Verdict(
        items=len(known),
        together=found.together is not None,
        takes_over=found.takes_over,
        threshold=best.threshold_90,
        coverage=best.coverage,
        ece=best.ece,
        labels=found.labels,
        sure=found.sure,
        figures=macro,
    )


def said_by(rules: Rules, known: Iterable[Example]) -> list[str | None]:
    """The categories that rules give."""
    matches = (rules.decides(one.item) for one in known)
    return [match.rule.category if match else None for match in matches]


def _guessing(known: Sequence[Example], verdict: Verdict, rules: Rules, kept: "_Kept") -> Any:
    """What decides; the model is read where it is kept, what few items teach beside the rules is learned in a moment."""
    from git_feedback.triage.worth import few, many

    texts, labels = [one.text for one in known], [one.label for one in known]
    classifier = kept.classifier(texts, labels)
    if verdict.together:
        return few(texts, labels, [rules.hits(one.item) for one in known], classifier)
    return many(classifier)


class _Kept:
    """The files of one set of confirmed items; those of older sets go when a new one is kept."""

    def __init__(self, root: Path, key: str) -> None:
        folder = Git(root).run("rev-parse", "--git-path", "git-feedback").strip()
        self._folder = (root / folder).resolve() / "learned"
        self._told, self._model = self._folder / f"{key}.json", self._folder / f"{key}.npz"

    def files(self) -> list[Path]:
        """All that is kept, of whichever set."""
        return list(self._folder.iterdir()) if self._folder.is_dir() else []

    def verdict(self) -> Verdict | None:
        """What was kept; None where nothing was, or where it cannot be read any more."""
        try:
            kept = json.loads(self._told.read_text(encoding="utf-8"))
            return Verdict(**{**kept, "labels": tuple(kept["labels"]), "sure": tuple(kept["sure"])})
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, verdict: Verdict | None) -> Verdict | None:
        """Put it away.  A repository that cannot be written to only costs the time to judge again."""
        if verdict is None:
            return None
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in self.files():
                old.unlink()
            _put(self._told, lambda path: path.write_text(json.dumps(asdict(verdict)), encoding="utf-8"))
        return verdict

    def classifier(self, texts: Sequence[str], labels: Sequence[str]) -> Any:
        """The model: read, or learned and put away."""
        from git_feedback.triage.learned import BadModel, Classifier

        try:
            return Classifier.load(self._model)
        except (OSError, BadModel):
            made = Classifier.fit(texts, labels)
        with suppress(OSError):
            _put(self._model, made.save)
        return made


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file as a whole: who reads meanwhile finds the old one, or none."""
    draft = path.with_name(f"{path.name}.draft")
    write(draft)
    draft.replace(path)
