"""Sound and film are kept as they came, but for the place where they were taken, as phones write it into them.

Only the ISO 6709 texts (`+31.2304+121.4737/`) in the head of MP4 and QuickTime files are blanked; a track of places
beside the film, and names of artists and devices, stay.
"""

import re
from collections.abc import Iterator

_PLACE = re.compile(rb"[+-]\d{2,6}\.\d{1,8}[+-]\d{3,7}\.\d{1,8}(?:[+-]\d{1,6}(?:\.\d{1,6})?)?")
_DIGIT = re.compile(rb"\d")
_HEAD = b"moov"


def without_places(content: bytes) -> bytes:
    """The recording with zeros for every place in its head; just as long, so nothing in it moves."""
    for start, end in _heads(content):
        head = _PLACE.sub(lambda found: _DIGIT.sub(b"0", found[0]), content[start:end])
        content = content[:start] + head + content[end:]
    return content


def _heads(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the boxes of the head begin and end (ISO/IEC 14496-12, 4.2), in a file that is made of boxes."""
    at = 0 if content[4:8] == b"ftyp" else len(content)
    while at + 8 <= len(content):
        length, header = int.from_bytes(content[at : at + 4]), 8
        if length == 1:
            length, header = int.from_bytes(content[at + 8 : at + 16]), 16
        end = len(content) if length == 0 else at + length
        if end < at + header:
            return
        if content[at + 4 : at + 8] == _HEAD:
            yield at, min(end, len(content))
        at = end
