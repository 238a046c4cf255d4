"""Item files and Git: what lies in the repository, read whole or written whole, and nobody else touches either."""

from git_feedback.store.attachments import Holding, held, holding, plain_size, write_attachment
from git_feedback.store.files import Desk, is_item_file, write_file
from git_feedback.store.items import BadItem, append, entry, read, with_receipt, write
from git_feedback.store.keys import Keys
from git_feedback.store.repository import Git, GitFailed, NoSuchCommit

__all__ = [
    "BadItem",
    "Desk",
    "Git",
    "GitFailed",
    "Holding",
    "Keys",
    "NoSuchCommit",
    "append",
    "entry",
    "held",
    "holding",
    "is_item_file",
    "plain_size",
    "read",
    "with_receipt",
    "write",
    "write_attachment",
    "write_file",
]
