from git_feedback.store.attachments import Holding, held, holding, plain_size, write_attachment
from git_feedback.store.files import Desk, write_file
from git_feedback.store.items import BadItem, append, entry, read, with_receipt, write
from git_feedback.store.keys import Keys
from git_feedback.store.plain_files import is_item_file
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
