"""Files that came along with a submission: looked at, made harmless, and put where their hash says."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from git_feedback.intake.door import safe
from git_feedback.model import Attachment
from git_feedback.model.item import Kept
from git_feedback.policy import Policy
from git_feedback.privacy.attachments import Admitted, Limits, Refused, admit
from git_feedback.store import Git, write_attachment, write_file

_NAME_MOST = 120
_ATTRIBUTES, _ANY = ".gitattributes", "feedback/attachments/00/0.jpg"
_TO_LFS = b"feedback/attachments/** filter=lfs diff=lfs merge=lfs -text\n"
_AS_BYTES = b"feedback/attachments/** binary\n"


@dataclass(frozen=True, slots=True)
class NotKept:
    """A file that was refused: its name as it may be shown, and why."""

    name: str
    refused: Refused


def kept(
    root: Path, files: Sequence[tuple[str, bytes]], policy: Policy, *, write: bool
) -> tuple[tuple[Attachment, ...], tuple[str, ...], tuple[NotKept, ...]]:
    """Name and bytes of files as an item names them, the paths (from the top) that belong in its commit, what was refused.

    Every file is looked at, also with `write=False`; the same file under the same name counts once.  Beyond the desk's
    `attachments_max` files are refused as well.
    """
    limits = limits_of(policy)
    taken: dict[Attachment, Admitted] = {}
    refused: list[NotKept] = []
    for given, content in files:
        name = shown_name(given)
        found = admit(content, limits)
        if isinstance(found, Refused):
            refused.append(NotKept(name, found))
            continue
        one = Attachment(file=Kept(path=found.path, bytes=len(found.content)), name=name or None)
        if one not in taken and len(taken) >= policy.desk.limits.attachments_max:
            refused.append(NotKept(name, Refused("attachment-too-many", {"most": policy.desk.limits.attachments_max})))
            continue
        taken[one] = found
    paths = dict.fromkeys(f"feedback/{found.path}" for found in taken.values())
    if write and taken:
        for found in taken.values():
            write_attachment(root, found.path, found.content)
        paths |= dict.fromkeys(as_bytes(root))
    return tuple(taken), tuple(paths), tuple(refused)


def as_bytes(root: Path) -> tuple[str, ...]:
    """See to it that Git takes attachments as bytes, not as text with ends of lines; the file that was written for it.

    A desk from before attachments says `feedback/** text`, and Git would take bytes out of pictures.
    """
    git = Git(root)
    if git.top() is None or git.run("check-attr", "text", "--", _ANY).rstrip().endswith(": unset"):
        return ()
    there = root / _ATTRIBUTES
    before = there.read_bytes().rstrip(b"\n") + b"\n" if there.is_file() else b""
    write_file(there, before + _AS_BYTES)
    return (_ATTRIBUTES,)


def to_lfs(root: Path) -> str:
    """From now on Git LFS keeps attachments; the file that says so.  Raises GitFailed where it is not installed.

    What is in Git already stays there until `git lfs migrate`.
    """
    git = Git(root)
    git.run("lfs", "install", "--local")
    if not is_in_lfs(git):
        there = root / _ATTRIBUTES
        before = there.read_bytes().rstrip(b"\n") + b"\n" if there.is_file() else b""
        write_file(there, before + _TO_LFS)
    return _ATTRIBUTES


def is_in_lfs(git: Git) -> bool:
    """Whether Git LFS keeps the attachments of this desk."""
    return git.run("check-attr", "filter", "--", _ANY).rstrip().endswith(": lfs")


def limits_of(policy: Policy) -> Limits:
    """What the desk takes at most."""
    most = policy.desk.limits
    return Limits(file_bytes=most.attachment_bytes, media_bytes=most.media_bytes)


def shown_name(given: str) -> str:
    """A stranger's file name as text of one line, numbers and addresses of people masked; folders before it go.

    It names nothing on any disk.
    """
    name = " ".join(safe(given.replace("\\", "/").rpartition("/")[2]).split())
    return name if len(name) <= _NAME_MOST else f"{name[: _NAME_MOST - 11]}…{name[-10:]}"
