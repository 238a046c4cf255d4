"""How wide a text is on a screen, and how it is cut without hurting a character."""

import unicodedata
from collections.abc import Iterator

from git_feedback.text.characters import PICTURE_SELECTOR, ZERO_WIDTH_JOINER, is_invisible, is_picture, is_skin_tone

ELLIPSIS = "…"


def graphemes(text: str) -> Iterator[str]:
    """The text in pieces that a reader takes for one character each; joined they are the text again.

    The rules of Unicode's annex 29 that Chinese, English, Korean and emoji need: marks, flags, joined emoji, jamo.
    """
    start = 0
    for at in range(1, len(text)):
        if not _joins(text, start, at):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def display_width(text: str) -> int:
    """Columns on a screen: wide characters and emoji count two, marks and invisible characters none."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_columns, graphemes(text)))


def shorten(text: str, width: int) -> str:
    """The text if it fits into `width` columns, else its beginning and an ellipsis, together at most `width` wide."""
    kept: list[str] = []
    used = fitting = 0
    for piece in graphemes(text):
        used += _columns(piece)
        if used > width:
            return "".join(kept[:fitting]).rstrip() + ELLIPSIS if width > 0 else ""
        kept.append(piece)
        fitting = len(kept) if used < width else fitting
    return text


def _joins(text: str, start: int, at: int) -> bool:
    """Whether the character at `at` belongs to the piece that began at `start`."""
    before, this = text[at - 1], text[at]
    if before in "\r\n" or this in "\r\n":
        return before + this == "\r\n"
    if before == ZERO_WIDTH_JOINER and is_picture(this):
        return is_picture(text[start])
    if _is_flag_letter(before) and _is_flag_letter(this):
        return at - start == 1
    return _extends(this) or _is_jamo_tail(before, this)


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in (ZERO_WIDTH_JOINER, "\u200c")
        or is_skin_tone(character)
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_jamo_tail(before: str, this: str) -> bool:
    """Whether a Korean vowel or final consonant continues the syllable before it."""
    if "\u1160" <= this <= "\u11a7":
        return "\u1100" <= before <= "\u11a7"
    return "\u11a8" <= this <= "\u11ff" and ("\u1160" <= before <= "\u11ff" or "가" <= before <= "힣")


def _columns(piece: str) -> int:
    head = piece[0]
    if PICTURE_SELECTOR in piece or (len(piece) > 1 and _is_flag_letter(head)):
        return 2
    if is_invisible(head) or unicodedata.category(head) in ("Mn", "Me", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(head) in "WF" else 1
