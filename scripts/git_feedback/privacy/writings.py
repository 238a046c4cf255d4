"""Plain text that came as a file: without control characters, kept in UTF-8; contact data that can be found is masked.

A table (CSV) is kept as text too: opened as text, no formula in it runs.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from git_feedback.privacy.admission import MIB, Refused
from git_feedback.privacy.contacts import contacts
from git_feedback.privacy.masking import mask
from git_feedback.text import as_chinese

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"\s*<[!?/a-z]", re.IGNORECASE)
_MARKUPS = ((b"<svg", "SVG"), (b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<script", "HTML"), (b"<?php", "PHP"))
_RUNS = ((b"#!", "script (#!)"), (b"{\\rtf", "RTF"), (b"@echo", "script (.bat)"), (b"mime-version:", "MIME"))
_LOOKED_AT = 4096
_BLOCK = 16_384
_MANY, _MANY_MARKS = 1000, 20_000


def is_writing(content: bytes) -> bool:
    """Whether there is no control character in it, whatever the letters are written in."""
    return not _CONTROL.search(content)


def refused(content: bytes) -> Refused | None:
    """Why a text is not taken: markup and scripts, and letters in an unknown encoding; None where it may be kept."""
    plain = content.removeprefix(BOM_UTF8)
    start = plain[:_LOOKED_AT].lower()
    if _MARKUP.match(plain):
        named = next((name for mark, name in _MARKUPS if mark in start), "HTML, XML")
        return Refused("attachment-type", {"what": named})
    for mark, name in _RUNS:
        if start.lstrip().startswith(mark):
            return Refused("attachment-type", {"what": name})
    return Refused("attachment-encoding") if _decoded(content) is None else None


def masked(content: bytes) -> bytes | Refused:
    """The text without contact data that can be found, and without a mark for the order of bytes.

    A text of a million characters, or with very many ways to reach people, is a list or a log of a machine: refused.
    """
    text = _decoded(content)
    if text is None:
        return Refused("attachment-encoding")
    if len(content) > MIB:
        return Refused("attachment-long-text")
    if content.count(b"@") > _MANY_MARKS:
        return Refused("attachment-contacts", {"most": _MANY})
    found, made = 0, []
    for block in _blocks(text):
        found += len(contacts(block))
        if found > _MANY:
            return Refused("attachment-contacts", {"most": _MANY})
        made.append(mask(block).text)
    return "".join(made).encode()


def _decoded(content: bytes) -> str | None:
    """UTF-8, or Chinese as older programmes write it; None for anything else."""
    try:
        return content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return as_chinese(content)


def _blocks(text: str) -> Iterator[str]:
    """The text in pieces of whole lines, so that what is searched at once has an end."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + _BLOCK) + 1 or len(text)
        yield text[at:end]
        at = end
