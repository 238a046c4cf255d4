"""Item files and Git: what lies in the repository, read whole or written whole, and nobody else touches either."""

from importlib import import_module

HOMES = {
    "BadItem": "items",
    "Desk": "files",
    "Git": "repository",
    "GitFailed": "repository",
    "Holding": "attachments",
    "Keys": "keys",
    "NoSuchCommit": "repository",
    "append": "items",
    "entry": "items",
    "held": "attachments",
    "holding": "attachments",
    "is_item_file": "plain_files",
    "plain_size": "attachments",
    "read": "items",
    "with_receipt": "items",
    "write": "items",
    "write_attachment": "attachments",
    "write_file": "files",
}
"""What the room offers, and the module it lies in: loaded when it is asked for, so that looking into the index loads
nothing that reads items.  The types are in `__init__.pyi`.
"""


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(HOMES)
