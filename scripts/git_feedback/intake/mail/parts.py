"""What a mail is made of: its body as words, and the files that came along.

A mail is read only where its outer form says it can be read in reasonable time: too many parts, too deep a nest, or
too much of it is a reason to refuse it, and a head that never ends is cut.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from git_feedback.intake.mail.charsets import decoded
from git_feedback.intake.mail.headers import HEADER_MOST, header, raw, unpacked, words
from git_feedback.intake.mail.html import words_of
from git_feedback.intake.rows import File

MOST = 100 * 2**20
"""Bytes a mail may have."""
MOST_PARTS = 1_000
_MOST_NESTS = 60
"""Wrappings in wrappings: the library reads each line once for each of them."""
_HEAD_MOST = 256 * 1024
_WORDS_MOST = 200_000
_FILES_MOST = 200
_FORWARDED_DEEP = 5
_HEAD_ENDS = (b"\n\n", b"\n\r\n", b"\r\r")
_NEST = re.compile(rb"(?:^|[\r\n])content-type:[ \t\r\n]*(?:multipart|message)/", re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary[ \t]*\*?0?\*?=[ \t]*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_ENCODING = "Content-Transfer-Encoding"
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_ENDINGS = {"jpeg": "jpg", "plain": "txt", "calendar": "ics", "svg+xml": "svg", "octet-stream": "bin", "ms-tnef": "dat"}


class TooMuch(ValueError):
    """Why a mail is not read: the code of the words, and what they fill in."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass
class Body:
    """What a mail says and carries."""

    text: str = ""
    """The sender's words and what they quote."""
    forwarded: list[str] = field(default_factory=list)
    """Mails that are in it whole, as words."""
    files: list[File] = field(default_factory=list)


def parsed(content: bytes) -> Message:
    """The mail in these bytes.  Raises TooMuch."""
    if len(content) > MOST:
        raise TooMuch("mail-too-large", bytes=len(content), most=MOST)
    content = _with_a_short_head(content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t "))
    parts, nests = _parts(content), len(_NEST.findall(content))
    if parts > MOST_PARTS or nests > _MOST_NESTS:
        raise TooMuch("mail-too-many-parts", parts=max(parts, nests), most=MOST_PARTS)
    return message_from_bytes(content)


def _with_a_short_head(content: bytes) -> bytes:
    """A head that is longer than any sender writes is cut at a line; its body stays."""
    ends = [at for at in map(content.find, _HEAD_ENDS) if at >= 0]
    end = min(ends, default=len(content))
    if end <= _HEAD_MOST:
        return content
    cut = max(content.rfind(line_end, 0, _HEAD_MOST) for line_end in (b"\n", b"\r"))
    return content[: cut if cut > 0 else _HEAD_MOST] + b"\n\n" + content[end:].lstrip(b"\r\n")


def _parts(content: bytes) -> int:
    """How many parts there are, by the boundaries that are named anywhere: rather too many than too few."""
    boundaries = {one[0] or one[1] for one in _BOUNDARY.findall(content)} if b"ultipart" in content else set()
    if len(boundaries) > MOST_PARTS:
        return len(boundaries)
    return sum(content.count(end + b"--" + one) for one in boundaries for end in (b"\n", b"\r"))


def body(message: Message) -> Body:
    """The words and the files of a mail."""
    found = Body()
    pieces = list(_words(message, found, 0))
    found.text = "\n\n".join(piece for piece in pieces if piece.strip())[:_WORDS_MOST]
    return found


def _words(part: Message, found: Body, deep: int) -> Iterator[str]:
    """The words of a part in the order of reading; what is no words is added to the files."""
    kind = part.get_content_type()
    inner = part.get_payload() if part.is_multipart() else None
    if kind == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        found.forwarded.append(_forwarded(inner[0], found, deep))
    elif isinstance(inner, list):
        children = [one for one in inner if isinstance(one, Message)]
        yield from _together(part.get_content_subtype(), children, found, deep)
    elif kind in ("text/plain", "text/html") and not _is_file(part):
        yield _text(part)
    elif kind not in _SIGNATURES:
        _attach(part, found)


def _together(kind: str, children: list[Message], found: Body, deep: int) -> Iterator[str]:
    if kind != "alternative":
        for child in children:
            yield from _words(child, found, deep)
        return
    read = [(child.get_content_type(), [*_words(child, found, deep)]) for child in children]
    said = [(one, "\n\n".join(texts)) for one, texts in read if any(map(str.strip, texts))]
    plain = (text for one, text in said if one == "text/plain")
    yield next(plain, said[-1][1] if said else "")


def _forwarded(inner: Message, found: Body, deep: int) -> str:
    """A mail in the mail: its subject, its date and its words."""
    if deep >= _FORWARDED_DEEP:
        return ""
    own = Body(files=found.files)
    said = "\n\n".join(_words(inner, own, deep + 1))
    head = [f"{name}: {header(inner, name)}" for name in ("Subject", "Date") if header(inner, name)]
    return "\n\n".join(["\n".join(head), said, *own.forwarded]).strip()[:_WORDS_MOST]


# ---- one part -------------------------------------------------------------------------------------------------------


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _content(part: Message) -> bytes:
    """The bytes of a part; of a broken encoding what can be had."""
    if raw(part, _ENCODING).casefold() != "base64":
        try:
            return _payload(part)
        except (ValueError, LookupError, AssertionError):
            pass
    is_packed = raw(part, _ENCODING).casefold() == "base64"
    del part[_ENCODING]
    return unpacked(_payload(part)) if is_packed else _payload(part)


def _payload(part: Message) -> bytes:
    """The bytes as the library decodes them; asked for anything but bytes, it would decode by any codec a sender names."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: Message) -> str:
    said = decoded(_content(part)[: _WORDS_MOST * 6], _parameter(part, "charset"))
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_subtype() == "html":
        return words_of(said)
    return _flowing(said, part) if _parameter(part, "format").casefold() == "flowed" else said


def _flowing(text: str, part: Message) -> str:
    """RFC 3676: a line that ends with a space goes on in the next one of the same depth of quotes."""
    joins = "" if _parameter(part, "delsp").casefold() == "yes" else " "
    lines: list[list[str]] = []
    before: str | None = None
    for line in text[:_WORDS_MOST].split("\n"):
        marks = line[: len(line) - len(line.lstrip(">"))]
        said = line[len(marks) :].removeprefix(" ")
        flows = said.endswith(" ") and said != "-- "
        if before != marks or said == "-- ":
            lines.append([f"{marks} "] if marks else [])
        lines[-1].append(said[:-1] + joins if flows else said)
        before = marks if flows else None
    return "\n".join(map("".join, lines))


def _attach(part: Message, found: Body) -> None:
    content = _content(part)
    if content and len(found.files) < _FILES_MOST:
        kind = part.get_content_subtype()
        name = _file_name(part) or f"{len(found.files) + 1}.{_ENDINGS.get(kind, kind)[:10]}"
        found.files.append(File(name, content))


def _file_name(part: Message) -> str:
    """What the sender calls a file: words, whatever they look like."""
    return words(_parameter(part, "filename", "Content-Disposition") or _parameter(part, "name"))[:300]


def _parameter(part: Message, name: str, of: str = "Content-Type") -> str:
    """A parameter of a header, its RFC 2231 forms put together; empty where it is missing or broken beyond reading."""
    if len(raw(part, of)) >= HEADER_MOST:
        return ""
    try:
        value = part.get_param(name, header=of)
    except (ValueError, LookupError, TypeError, IndexError):
        return ""
    if isinstance(value, str) and "\ufffd" in value:
        found = re.search(rf"\b{name}\s*=\s*\"?([^\";]*)", raw(part, of), re.IGNORECASE)
        return words(found[1]) if found else value
    if isinstance(value, tuple):
        charset, _, text = value
        return decoded(text.encode("latin-1", "replace"), charset or "utf-8") if charset else text
    return value or ""
