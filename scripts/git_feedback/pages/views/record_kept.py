"""How this record was kept: what is checked, what was found, and how anybody can see for themselves with plain Git."""

from collections.abc import Iterator, Mapping

from git_feedback.pages.page import Kept, Page, Record
from git_feedback.pages.views.rendering import Both, page

PATH = "record-kept.html"
RULES: Mapping[str, tuple[str, ...]] = {
    "said": ("audit-submission-changed", "audit-item-gone"),
    "events": ("audit-event-changed", "audit-event-gone"),
    "files": ("audit-file-changed", "audit-file-gone", "audit-mode"),
    "times": ("audit-back-dated", "audit-out-of-order", "audit-future-event"),
    "commits": ("audit-clock-set-back", "audit-committed-late", "audit-shallow"),
    "hands": ("audit-other-hand", "audit-unknown-hand"),
    "signatures": ("audit-bad-signature",),
}
"""What the audit looks for, each with the codes of its findings."""

BY_HAND: Mapping[str, str] = {
    "head": "git rev-parse HEAD",
    "items": "git ls-tree -r --name-only HEAD feedback | grep -cE '^feedback/[0-9].*[.]ya?ml$'",
    "events": "git grep -hE '^  - [a-z-]+: [{]at: ' HEAD -- 'feedback/2*' | wc -l",
    "digest": "git ls-tree -r -z HEAD feedback | sha256sum",
    "gone": "git log -m -p --format=%h -- 'feedback/2*' | grep '^-[^-]'",
    "deleted": "git log -m --diff-filter=D --name-only --format=%h -- feedback reports",
}
"""What each figure comes from, in plain Git."""

AUDIT = "git feedback audit"
WRITE = "git feedback audit --write-witness PLACE"
HOLD = ("git merge-base --is-ancestor WITNESSED HEAD", "git ls-tree -r -z WITNESSED feedback | sha256sum")
"""A line of the witness held against the record by hand."""


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    for words in both.values():
        yield page(
            record,
            words,
            PATH,
            PATH,
            words.site("record-kept"),
            "record_kept.html",
            kept=record.kept,
            found=_found(record.kept),
            signed={sign: record.kept.signatures.get(sign, 0) for sign in ("good", "bad", "unknown", "none")}
            if record.kept
            else {},
            by_hand=BY_HAND,
            audit=AUDIT,
            write=WRITE,
            hold=HOLD,
        )


def _found(kept: Kept | None) -> Mapping[str, int]:
    """How many findings each rule has; empty where nobody looked."""
    if kept is None:
        return {}
    return {rule: sum(kept.findings.get(code, 0) for code in codes) for rule, codes in RULES.items()}
