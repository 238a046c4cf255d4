"""What can be repaired without asking: a byte order mark and line ends of another system."""

from pathlib import Path

from git_feedback.notation import repair
from git_feedback.store import Desk, write_file


def run(root: Path) -> list[str]:
    """Repair every item and policy file that needs it; the paths that were written."""
    desk = Desk(root)
    written = []
    for path in [*desk.item_files(), *desk.policy()]:
        source = (root / path).read_bytes()
        if write_file(root / path, repair(source)):
            written.append(path)
    return written
