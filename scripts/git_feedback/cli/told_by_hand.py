"""What somebody told at the counter or on the phone, before it is written down."""

from dataclasses import dataclass, field
from pathlib import Path

from git_feedback.jobs.taking_in import REACHED_BY
from git_feedback.privacy import hint

Said = dict[str, str | int]
CONTACTS = ("mobile", "email", "wechat", "name")


@dataclass
class Told:
    """One piece of feedback as it is told: fields of a submission, ways to reach who told it, files."""

    channel: str | None
    said: Said
    kind: str | None = None
    contacts: dict[str, str] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    received: str | None = None

    @property
    def hint(self) -> str:
        """The way to reach them, masked; empty where there is none."""
        first = next((self.contacts[kind] for kind in REACHED_BY if self.contacts.get(kind)), None)
        return hint(first) if first else ""

    def has(self, name: str) -> bool:
        """Whether a field of a submission was told."""
        if name == "submitter":
            return bool(self.kind or self.contacts)
        return bool(self.files) if name == "attachments" else self.said.get(name) not in (None, "")

    def lacks(self, required: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these fields were not told; the language is found out from the words."""
        return tuple(name for name in required if name != "language" and not self.has(name))
