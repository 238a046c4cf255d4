"""Files that strangers send: what they are is told by their content alone, and little of it is kept as it came.

Pictures are drawn anew without anything about place, person or device; contact data that can be found in a text is
masked; of films the place of recording is blanked.  What could run, or hold something that runs, is refused by its name.
PDF, office documents and recordings are kept as they are otherwise: what is written, drawn or said in them, and their
own notes about author and device, nobody here can see.
"""

from hashlib import sha256

from git_feedback.privacy import documents, kinds, recordings, writings
from git_feedback.privacy.admission import Admitted, Limits, Refused

__all__ = ["Admitted", "Limits", "Refused", "admit"]


def admit(content: bytes, limits: Limits) -> Admitted | Refused:
    """The file as it may be kept, or why it may not: never an exception, whatever the bytes.

    The same bytes are answered the same way (by the same edition of the picture library).
    """
    if not content:
        return Refused("attachment-empty")
    if len(content) > max(limits.file_bytes, limits.media_bytes):
        return _too_big(content, max(limits.file_bytes, limits.media_bytes))
    kind = kinds.kind(content)
    if isinstance(kind, Refused):
        return kind
    most = limits.media_bytes if kind in kinds.RECORDINGS else limits.file_bytes
    if len(content) > most:
        return _too_big(content, most)
    made = _made(content, kind, limits)
    if not isinstance(made, Refused) and not made[0]:
        return Refused("attachment-empty")  # nothing but a byte order mark, say
    return made if isinstance(made, Refused) else Admitted(made[0], made[1], sha256(made[0]).hexdigest())


def _too_big(content: bytes, most: int) -> Refused:
    return Refused("attachment-too-big", {"size": kinds.size(len(content)), "most": kinds.size(most)})


def _made(content: bytes, kind: str, limits: Limits) -> tuple[bytes, str] | Refused:
    """The bytes to keep and their extension."""
    if kind in kinds.PICTURES:
        from git_feedback.privacy import pictures

        return pictures.drawn_anew(content, kind, limits.pixels)
    if kind in kinds.RECORDINGS:
        return recordings.without_places(content), kind
    if kind == "txt":
        text = writings.masked(content)
        return text if isinstance(text, Refused) else (text, kind)
    wrong = documents.pdf(content) if kind == "pdf" else documents.office(content, kind)
    return wrong or (content, kind)
