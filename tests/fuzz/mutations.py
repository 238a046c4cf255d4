"""Bytes made worse: a seed is cut, doubled, spliced with another, or given a piece that means something to some reader."""

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

PIECES: tuple[bytes, ...] = tuple(
    piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")
    for piece in (
        *("\n", "\r", "\r\n", "\n\n", "\t", "\0", "\x1b[31m", "\x1b]8;;https://example.com\x07", "\x85", "\u2028", "\ufeff"),
        *("\u202e", "\u200b", "\ud800", "\U0001f468\u200d\U0001f469", "é", "，", "：", "，" * 50, "付款报错", "＝1+1", "=1+1"),
        *('"', "'", '""', "''", "\\", "\\u0000", "\\ud800", ",", ";", "|", "#", "- ", ": ", "? ", "& a", "*a", "!!python/object", "---\n", "...\n"),
        *("{", "}", "[", "]", "{" * 200, "[" * 200, "(" * 200, "<", ">", "</script>", "<img src=x onerror=1>", "<!--", "]]>", "&lt;", "&#0;"),
        *("0", "-1", "1e999", "NaN", "Infinity", "9" * 40, "0x10", "1_000", "012", "3.10", "no", "~", "null", "true", "18:00"),
        *("2026-11-20T10:00:00+08:00", "0000-00-00", "2026-02-30", "9999-12-31T23:59:59Z", "1", "31/12/1969", "2099-12-31"),
        *("### ", "```\n", "~~~\n", "- [x] ", "- [ ] ", "_No response_", "    ", "> ", "From ", "--x", "--x--", "=?utf-8?b?", "?="),
        *("Content-Type: ", "Content-Transfer-Encoding: base64\n", "charset=utf-7", "charset=x", "boundary=", "multipart/mixed", "message/rfc822"),
        *("Message-ID: <", "In-Reply-To: <", "Date: ", "Subject: ", "From: ", "history:\n", "  - note: {", "text: |-\n", "feedback", "attachments/"),
        *("13800138000", "li@example.cn", "11010519491231002X", "Q261119-0AAJN0D", "../../etc/passwd", "C:\\x", "%0A::error::", "{0}", "{a.b}", "%s", "%n"),
        b"\xff", b"\xfe\xff", b"\xff\xfe", b"\x80\x81", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x81\x30\x81\x30", b"PK\x03\x04", b"\x1f\x8b",
    )
)  # fmt: skip
MOST = 40_000
"""Bytes of a case; what is big is a test of its own."""

Change = Callable[[bytearray, Random, Sequence[bytes]], bytearray]


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """One of the seeds after one to six changes; a packed one has a member changed, so that it still opens."""
    seed = random.choice(seeds)
    if seed.startswith(b"PK\x03\x04") and random.random() < 0.8:
        return _repacked(seed, random)
    return _changed(seed, random, seeds)


def _changed(seed: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
    found = bytearray(seed)
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        found = random.choice(CHANGES)(found, random, seeds)
        del found[MOST:]
    return bytes(found)


def _repacked(seed: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(out, "w") as new:
        members = [(one.filename, old.read(one)) for one in old.infolist()]
        wanted = random.randrange(len(members))
        for place, (name, content) in enumerate(members):
            if place == wanted:
                name = random.choice((name, name, name, name, f"../{name}", f"/{name}", name.upper()))
                content = _changed(content, random, [content])
            new.writestr(name, content)
    return out.getvalue()


# ---- changes --------------------------------------------------------------------------------------------------------


def _span(found: bytearray, random: Random) -> tuple[int, int]:
    begin = random.randint(0, len(found))
    return begin, min(len(found), begin + random.choice((1, 2, 5, 20, 100)))


def _flip(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    if found:
        found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return found


def _cut(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    begin, end = _span(found, random)
    del found[begin:end]
    return found


def _end(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    del found[random.randint(0, len(found)) :]
    return found


def _insert(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    at = random.randint(0, len(found))
    found[at:at] = random.choice(PIECES)
    return found


def _replace(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    begin, end = _span(found, random)
    found[begin:end] = random.choice(PIECES)
    return found


def _repeat(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    begin, end = _span(found, random)
    found[begin:begin] = found[begin:end] * random.choice((1, 2, 30, 400))
    return found


def _line(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    """Lines change places, or one comes twice."""
    lines = found.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    if random.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines.insert(one, lines[other])
    return bytearray(b"\n".join(lines))


def _splice(found: bytearray, random: Random, seeds: Sequence[bytes]) -> bytearray:
    """The beginning of one, the end of another."""
    other = random.choice(seeds)
    return found[: random.randint(0, len(found))] + other[random.randint(0, len(other)) :]


def _field(found: bytearray, random: Random, _: Sequence[bytes]) -> bytearray:
    """What stands between two separators becomes a piece."""
    sign = random.choice((b",", b":", b"\n", b'"', b"\t"))
    parts = found.split(sign)
    parts[random.randrange(len(parts))] = bytearray(random.choice(PIECES))
    return bytearray(sign.join(parts))


CHANGES: tuple[Change, ...] = (
    _flip,
    _cut,
    _end,
    _insert,
    _insert,
    _replace,
    _replace,
    _repeat,
    _line,
    _splice,
    _field,
    _field,
)
