"""Item files and Git: what lies in the repository, read whole or written whole, and nobody else touches either."""

from git_feedback.store.files import Desk, is_item_file, write_file
from git_feedback.store.items import BadItem, append, entry, read, with_receipt, write
from git_feedback.store.repository import Git, GitFailed, NoSuchCommit

__all__ = [
    "BadItem",
    "Desk",
    "Git",
    "GitFailed",
    "NoSuchCommit",
    "append",
    "entry",
    "is_item_file",
    "read",
    "with_receipt",
    "write",
    "write_file",
]
