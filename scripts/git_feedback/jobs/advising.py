"""Advice that is worked out again only when it would come out otherwise: learning takes longer than all pages of a day."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from git_feedback.desk import Standing
from git_feedback.jobs import deciding, learning
from git_feedback.model import Item
from git_feedback.pages.editions import letters_of, of_code
from git_feedback.policy import Policy
from git_feedback.store import write_file
from git_feedback.triage import Candidate

Advice = Mapping[str, Sequence[Candidate]]


def advice(root: Path, policy: Policy, found: Sequence[Standing], place: Path) -> Advice:
    """`deciding.advice`, kept at `place` with what it was made from: what people confirmed, what is new, the policy."""
    new = [_said(one.item) for one in found if one.state.life == "new"]
    if not new:
        place.unlink(missing_ok=True)  # it tells words of items, which may be erased by now
        return {}
    known = [(one.label, _said(one.item)) for one in learning.examples(found)]
    key = letters_of((of_code(), _libraries(), policy, known, new))
    kept = _read(place, key)
    if kept is None:
        kept = deciding.advice(root, policy, found)
        write_file(place, _written(kept, key), durable=False)
    return kept


def _said(item: Item) -> tuple[str, ...]:
    """What of an item is learned from and judged."""
    return item.id, item.received.isoformat(), item.channel, item.title, item.text or ""


def _libraries() -> list[str]:
    return [_version(name) for name in ("numpy", "scipy", "scikit-learn")]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _written(advice: Advice, key: str) -> bytes:
    rows = {
        identity: [[one.category, one.words, one.confidence] for one in candidates]
        for identity, candidates in advice.items()
    }
    return json.dumps({"key": key, "advice": rows}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _read(place: Path, key: str) -> Advice | None:
    """What is kept there; None where it was made from something else, or is not whole."""
    try:
        found = json.loads(place.read_bytes())
        if found["key"] != key:
            return None
        return {
            str(identity): tuple(Candidate(category, tuple(words), share) for category, words, share in rows)
            for identity, rows in found["advice"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
