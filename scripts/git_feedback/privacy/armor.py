"""The written form of an age file: what can be told of it without a key and without a library."""

import base64
import binascii
import re

_BEGIN, _END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_FIRST_LINE = b"age-encryption.org/v1\n"
_STANZA = re.compile(rb"^-> ", re.MULTILINE)
_HEADER_END = re.compile(rb"^--- [A-Za-z0-9+/]{43}\n", re.MULTILINE)
_GREASE = b"-grease"


def is_sealed(block: str) -> bool:
    """Whether a text is a whole age file in armour: its header, and more than nothing behind it."""
    header, rest = _parts(block)
    return bool(_STANZA.search(header)) and len(rest) > 32  # a nonce of 16 bytes and a tag of 16


def stanzas(block: str) -> int:
    """How many recipients an age file was sealed to; 0 for what is none."""
    header, _ = _parts(block)
    kinds = [line.split(b" ")[1] for line in header.split(b"\n") if line.startswith(b"-> ")]
    return sum(1 for kind in kinds if not kind.endswith(_GREASE))


def _parts(block: str) -> tuple[bytes, bytes]:
    """The header and what is behind it; empty where it is no age file."""
    lines = block.strip().splitlines()
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        return b"", b""
    try:
        content = base64.b64decode("".join(lines[1:-1]), validate=True)
    except (binascii.Error, ValueError):
        return b"", b""
    end = _HEADER_END.search(content)
    if not content.startswith(_FIRST_LINE) or not end:
        return b"", b""
    return content[: end.start()], content[end.end() :]
