"""Two states of a text beside each other, as people read them: by paragraphs, and within a paragraph by words.

Marks of Markdown are left out, so a link that leads elsewhere or a word made bold is no change of what is said.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from git_feedback.text import HAN

LIKE = 0.5
"""From here on two paragraphs are one that was reworded; below, one went and another came."""
_LONGEST = 1_500
"""Longer paragraphs, in words, are told whole: comparing takes time by the square."""
_OWN_LINE = re.compile(r"\s*(?:[-*+] |\d+[.)] |\||#{1,6} |>)")
_BULLET = re.compile(r"(?:[-*+>] |\d+[.)] )+")
"""A step that is put in before others changes their numbers, not what they say."""
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_RULED = re.compile(r"[|:\s-]+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\{[^{}]*\}|[*_`]+|\\(?=[^\w\s])|<!--.*?-->")
_TOKEN = re.compile(rf"[^\W{HAN}]+|\s+|.", re.DOTALL)
_SHORT = 1
"""An unchanged bit of so few characters between two changes is read with them."""


class Span(NamedTuple):
    """Some words: the same in both, gone, or new."""

    kind: Literal["same", "gone", "new"]
    text: str


class Turn(NamedTuple):
    """One place that reads otherwise: `part` is title, text, reply or said; `under` its heading, or the channel."""

    part: Literal["title", "text", "reply", "said"]
    under: str
    spans: tuple[Span, ...]


class _Block(NamedTuple):
    """A paragraph, heading or line of a list, and the heading that it stands under."""

    text: str
    under: str


def rewording(old: str, new: str) -> Iterator[Turn]:
    """Each paragraph of Markdown that reads otherwise, in the order of the new text."""
    before, after = list(_blocks(old)), list(_blocks(new))
    compared = SequenceMatcher(None, [one.text for one in before], [one.text for one in after], autojunk=False)
    for kind, start, end, begin, stop in compared.get_opcodes():
        if kind != "equal":
            yield from _replaced(before[start:end], after[begin:stop])


def turned(old: str, new: str) -> tuple[Span, ...]:
    """One text that became another, word by word where they are alike; else all of the old one, all of the new one."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if not (before and after) or max(len(before), len(after)) > _LONGEST:
        return _whole(old, new)
    compared = SequenceMatcher(None, before, after, autojunk=False)
    if compared.ratio() < LIKE:
        return _whole(old, new)
    return tuple(_joined(_smooth(list(_spans(compared, before, after)))))


def _whole(old: str, new: str) -> tuple[Span, ...]:
    both = (Span("gone", old), Span("new", new))
    return tuple(span for span in both if span.text)


# ---- paragraphs ---------------------------------------------------------------------------------------------------------


def _blocks(body: str) -> Iterator[_Block]:
    """The blocks of Markdown as they are read: without marks, empty ones left out."""
    under = ""
    for raw in _raw_blocks(body):
        heading = _HEADING.fullmatch(raw)
        said = _plain(raw)
        if said:
            yield _Block(said, under if not heading else "")
        if heading:
            under = said


def _raw_blocks(body: str) -> Iterator[str]:
    gathered: list[str] = []
    for line in (*body.splitlines(), ""):
        starts = _OWN_LINE.match(line)
        if (starts or not line.strip()) and gathered:
            yield " ".join(gathered)
            gathered = []
        if _HEADING.match(line):
            yield line.strip()
        elif line.strip():
            gathered.append(line.strip())


def _plain(raw: str) -> str:
    """What a reader sees of a block."""
    if _RULED.fullmatch(raw):
        return ""
    heading = _HEADING.fullmatch(raw)
    said = _MARKS.sub("", _LINK.sub(r"\1", heading[1] if heading else _BULLET.sub("", raw)))
    cells = said.strip().strip("|").split("|") if said.startswith("|") else [said]
    return " · ".join(" ".join(cell.split()) for cell in cells)


def _replaced(before: Sequence[_Block], after: Sequence[_Block]) -> Iterator[Turn]:
    """Blocks that took the place of others: like ones side by side, the rest as gone or new."""
    left = list(before)
    for block in after:
        place = next((n for n, old in enumerate(left) if _alike(old.text, block.text)), None)
        if place is None:
            yield Turn("text", block.under, (Span("new", block.text),))
            continue
        yield from (_gone(old) for old in left[:place])
        yield Turn("text", block.under, turned(left[place].text, block.text))
        del left[: place + 1]
    yield from (_gone(old) for old in left)


def _gone(block: _Block) -> Turn:
    return Turn("text", block.under, (Span("gone", block.text),))


def _alike(old: str, new: str) -> bool:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        return False
    compared = SequenceMatcher(None, before, after, autojunk=False)
    return compared.real_quick_ratio() >= LIKE and compared.quick_ratio() >= LIKE and compared.ratio() >= LIKE


# ---- words --------------------------------------------------------------------------------------------------------------


def _spans(compared: "SequenceMatcher[str]", before: Sequence[str], after: Sequence[str]) -> Iterator[Span]:
    for kind, start, end, begin, stop in compared.get_opcodes():
        if kind == "equal":
            yield Span("same", "".join(after[begin:stop]))
        else:
            yield Span("gone", "".join(before[start:end]))
            yield Span("new", "".join(after[begin:stop]))


def _smooth(spans: list[Span]) -> Iterator[Span]:
    """The spans, with a lone character between two changes counted among them."""
    for place, span in enumerate(spans):
        if span.kind == "same" and 0 < place < len(spans) - 1 and len(span.text) <= _SHORT:
            yield Span("gone", span.text)
            yield Span("new", span.text)
        else:
            yield span


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Neighbours put together: between two unchanged spans first all that went, then all that came."""
    gone, new = "", ""
    for span in spans:
        if span.kind == "gone":
            gone += span.text
        elif span.kind == "new":
            new += span.text
        else:
            yield from _whole(gone, new)
            gone, new = "", ""
            yield span
    yield from _whole(gone, new)
