"""What is asked of a file that came along, and the two answers: admitted with the bytes to keep, or refused with why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken: bytes of a file, bytes of a recording (sound or film), pixels of a picture."""

    file_bytes: int = 10 * MIB
    media_bytes: int = 50 * MIB
    pixels: int = 40_000_000


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be kept: the bytes to keep (not always those that came), and what they are called."""

    content: bytes
    extension: str
    sha256: str

    @property
    def path(self) -> str:
        """Where it is kept, below `feedback/`: by its hash, never by its name."""
        return f"attachments/{self.sha256[:2]}/{self.sha256}.{self.extension}"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not kept: the code of the words that say why and what to do, and what they fill in."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
