"""What a file is, told by its bytes: never by its name, nor by what the sender calls it."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from git_feedback.privacy import documents, writings
from git_feedback.privacy.admission import MIB, Refused

PICTURES = frozenset({"bmp", "gif", "jpg", "png", "tif", "webp"})
RECORDINGS = frozenset({"3gp", "aac", "amr", "avi", "flac", "m4a", "mkv", "mov", "mp3", "mp4", "ogg", "wav", "webm"})
SHOWN = frozenset({"gif", "jpg", "png", "webp"})
SOUND = frozenset({"aac", "flac", "m4a", "mp3", "ogg", "wav"})
FILM = frozenset({"mov", "mp4", "webm"})
"""What browsers show or play themselves."""
DOCUMENTS = frozenset({"docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"})
EXTENSIONS = SHOWN | RECORDINGS | DOCUMENTS
"""Everything that may be kept."""
_LOOKED_AT = 8192
_SURE_OF_TEXT = frozenset({"gif", "pdf"})
"""Kinds whose marks are letters and long enough: what begins so is no text."""
_OTHER_NAMES = {"apng": "png", "m4v": "mp4", "opus": "ogg", "oga": "ogg", "ogv": "ogg"}
_REFUSED = {
    "7z": "7-Zip",
    "ar": "ar",
    "bz2": "bzip2",
    "cab": "CAB",
    "crx": "CRX",
    "deb": "DEB",
    "dex": "DEX",
    "elf": "ELF",
    "exe": "EXE",
    "gz": "gzip",
    "lz": "lzip",
    "lz4": "LZ4",
    "rar": "RAR",
    "rpm": "RPM",
    "rtf": "RTF",
    "swf": "Flash",
    "tar": "tar",
    "xz": "xz",
    "zst": "Zstandard",
}
_PROGRAMS = (
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\xca\xfe\xba\xbe", "Java, Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "Mach-O"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (.doc .xls .ppt .msg)"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "LNK"),
    (b"\x00asm", "WebAssembly"),
)
_HEIC = re.compile(rb"....ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)


def kind(content: bytes) -> str | Refused:
    """The extension of what it is, one that may be taken; else why it may not."""
    for mark, name in _PROGRAMS:
        if content.startswith(mark):
            return Refused("attachment-type", {"what": name})
    if _HEIC.match(content):
        return Refused("attachment-heic")
    if content.startswith(b"PK\x03\x04"):
        return documents.office_kind(content)
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return Refused("attachment-encoding")
    guessed = _guessed(content[:_LOOKED_AT])
    if guessed not in _SURE_OF_TEXT and writings.is_writing(content):
        return writings.refused(content) or "txt"
    if guessed in PICTURES | RECORDINGS | {"pdf"}:
        return guessed
    if guessed:
        return Refused("attachment-type", {"what": _REFUSED.get(guessed, guessed.upper())})
    return Refused("attachment-unknown")


def _guessed(start: bytes) -> str:
    """The usual extension by the library's table of marks; empty where it knows none."""
    import filetype

    found = filetype.guess_extension(start) or ""
    return _OTHER_NAMES.get(found, found)


def size(count: int) -> str:
    """Bytes as people say them: `512 KB`, `10 MB`."""
    return f"{count / MIB:.4g} MB" if count >= MIB else f"{max(1, round(count / 1024))} KB"
