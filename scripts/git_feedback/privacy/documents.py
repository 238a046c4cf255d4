"""PDF and office documents: taken where nothing in them runs, as far as a look from outside can tell.

Looked at are names: those of a PDF's objects, also escaped ones and those in compressed object streams, and those of
the members of an office document.  Not seen are faults of the programs that open them, links that people follow, and
contact data in the text.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo, is_zipfile

from git_feedback.privacy.admission import MIB, Refused

_EVERY = 16 * MIB
"""The most that is unpacked to be looked at."""


# ---- PDF ------------------------------------------------------------------------------------------------------------

_ACTIVE = frozenset(
    {b"EmbeddedFile", b"EmbeddedFiles", b"GoToE", b"ImportData", b"JavaScript", b"Launch", b"RichMedia"}
)
_LOCKED = b"Encrypt"
_NAME = re.compile(rb"/((?:[A-Za-z]|#[0-9A-Fa-f]{2})+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = re.compile(rb"/(?:O|#4[fF])[A-Za-z0-9#]{3,20}[^\x00]{0,2000}?stream\r?\n")
_END = b"%%EOF"


def pdf(content: bytes) -> Refused | None:
    """Why a PDF is not taken; None where nothing was found in it."""
    if not content.startswith(b"%PDF-") or _END not in content[-2048:] or is_zipfile(BytesIO(content)):
        return Refused("attachment-damaged", {"what": "PDF"})
    names = set(_names(content))
    try:
        for part in _object_streams(content):
            names |= set(_names(part))
    except (zlib.error, EOFError):
        return Refused("attachment-damaged", {"what": "PDF"})
    if _LOCKED in names:
        return Refused("attachment-locked", {"what": "PDF"})
    active = sorted(name.decode() for name in names & _ACTIVE)
    return Refused("attachment-active", {"what": "PDF", "found": active}) if active else None


def _names(source: bytes) -> Iterator[bytes]:
    for found in _NAME.finditer(source):
        yield _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), found[1]) if b"#" in found[1] else found[1]


def _object_streams(content: bytes) -> Iterator[bytes]:
    """What compressed object streams hold (ISO 32000, 7.5.7).  Raises zlib.error for one that is packed otherwise."""
    left = _EVERY
    for found in _OBJECTS.finditer(content):
        if b"ObjStm" not in _names(found[0]):
            continue
        unpacked = zlib.decompressobj().decompress(content[found.end() :], left)
        left -= len(unpacked)
        if left <= 0:
            raise EOFError
        yield unpacked


# ---- office documents -----------------------------------------------------------------------------------------------

_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_CONTENTS = "[content_types].xml"
_RUNS = re.compile(
    r"vba|macrosheets/|dialogsheets/|activex/|embeddings/|customui|^basic/|^scripts/|^object |\.bin$|\.class$"
)
_HARMLESS_BINARY = re.compile(r"printersettings\d*\.bin$")
_MANY = 5000
_TROUBLE = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)


def office_kind(content: bytes) -> str | Refused:
    """Which office document a ZIP file is; any other is an archive, and refused."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
            return _office_kind(packed, members) or Refused("attachment-type", {"what": "ZIP"})
    except _TROUBLE:
        return Refused("attachment-damaged", {"what": "ZIP"})


def _office_kind(packed: ZipFile, members: Sequence[ZipInfo]) -> str:
    if members and members[0].filename == "mimetype":
        return _OPEN.get(_start(packed, members[0], 100).strip(), "")
    names = [one.filename.casefold() for one in members]
    if _CONTENTS not in names:
        return ""
    found = {kind for folder, kind in _FOLDERS.items() if any(name.startswith(folder) for name in names)}
    return found.pop() if len(found) == 1 else ""


def office(content: bytes, kind: str) -> Refused | None:
    """Why an office document is not taken; None where no macro, no embedded object, no foreign template is in it."""
    what = kind.upper()
    try:
        with ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
            if not _is_plain(content, members):
                return Refused("attachment-damaged", {"what": what})
            if any(one.flag_bits & 1 for one in members):
                return Refused("attachment-locked", {"what": what})
            active = sorted(_active(packed, members))
            return Refused("attachment-active", {"what": what, "found": active[:3]}) if active else None
    except _TROUBLE:
        return Refused("attachment-damaged", {"what": what})


def _is_plain(content: bytes, members: Sequence[ZipInfo]) -> bool:
    """Whether nothing stands before or behind the archive, and no name in it is there twice."""
    names = {one.filename.casefold() for one in members}
    ends = content[-22:].startswith(b"PK\x05\x06")
    return ends and len(names) == len(members) <= _MANY and min(one.header_offset for one in members) == 0


def _active(packed: ZipFile, members: Sequence[ZipInfo]) -> Iterator[str]:
    """The names of members that could run, or bring something that does."""
    for one in members:
        name = one.filename.casefold().replace("\\", "/")
        if _RUNS.search(name) and not _HARMLESS_BINARY.search(name):
            yield name.rpartition("/")[2] or name
        elif name == _CONTENTS and b"macroenabled" in _start(packed, one, MIB).lower():
            yield "macroEnabled"
        elif name.endswith("settings.xml.rels") and b"attachedtemplate" in _start(packed, one, MIB).lower():
            yield "attachedTemplate"


def _start(packed: ZipFile, member: ZipInfo, most: int) -> bytes:
    with packed.open(member) as file:
        return file.read(most)
