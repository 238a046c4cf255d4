"""Words that are longer than an item's text may be: the first of them stay the text, the others stand in notes."""

from datetime import datetime

from git_feedback.model import events as ev

BY = "intake"
MOST = 40_000
"""Characters that are kept in all; what is longer than a book's chapter stays where it came from."""
_NOTE_MOST = 11_000
_NOTES_MOST = 3
"""With these an item stays below the size that a file may have, whatever the characters."""
_SEALED_MOST = 60_000


def parted(words: str, most: int) -> tuple[str, str]:
    """The words up to `most` characters, cut where a line ends if one does in the second half, and the others."""
    if len(words) <= most:
        return words, ""
    end = words.rfind("\n", most // 2, most)
    end = end if end > 0 else most
    return words[:end].strip(), words[end:].strip()


def notes(words: str, at: datetime, by: str = BY) -> list[ev.Note]:
    """Words that have passed the door as notes of an item; the last one says where there were too many."""
    pieces: list[str] = []
    while words.strip() and len(pieces) < _NOTES_MOST:
        piece, words = parted(words.strip(), _NOTE_MOST)
        pieces.append(piece)
    if words.strip():
        pieces[-1] += " […]"
    return [ev.Note(at=at, by=by, text=piece) for piece in pieces]


def on_one_line(words: str) -> str:
    """The words without line ends, one space between them."""
    return " ".join(words.split())


def shortened(words: str, most: int) -> str:
    """Words of one line cut to `most` characters, the cut shown."""
    return words if len(words) <= most else words[: most - 1] + "…"


def sealable(words: str) -> str:
    """As much of the words as one sealed block may hold."""
    return words.encode()[:_SEALED_MOST].decode("utf-8", "ignore")
