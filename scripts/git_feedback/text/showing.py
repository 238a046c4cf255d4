"""Hidden characters brought to light, so that a text cannot say one thing and show another."""

import re

from git_feedback.text.characters import (
    HAN,
    PICTURE_SELECTOR,
    ZERO_WIDTH_JOINER,
    invisible_class,
    is_picture,
    is_skin_tone,
)

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_NO_CHARACTERS = r"\ud800-\udfff\ufdd0-\ufdef" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
_HIDDEN = re.compile(f"[{_CONTROLS}{_NO_CHARACTERS}{invisible_class()}]")
_HAN = re.compile(f"[{HAN}]")


def visible(text: str) -> str:
    """The text with invisible, direction-changing and control characters shown as `[U+202E]`.

    Tabs and line breaks stay, and so do selectors and joiners where they do what they are for: inside an emoji, and
    a variant mark after an ideograph.  The result can always be encoded as UTF-8.
    """
    return _HIDDEN.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    character, text, at = match[0], match.string, match.start()
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 2]
    return character if _belongs(character, before, after) else f"[U+{ord(character):04X}]"


def _belongs(character: str, before: str, after: str) -> bool:
    """Whether a hidden character does its proper work between its neighbours (`before`: up to two characters)."""
    last = before[-1:]
    if character == "\r":
        return after == "\n"
    if not last:
        return False
    if character == PICTURE_SELECTOR:
        return is_picture(last) or (last in "0123456789#*" and after == "\u20e3")
    if character == ZERO_WIDTH_JOINER:
        return _ends_picture(before) and bool(after) and is_picture(after)
    return "\U000e0100" <= character <= "\U000e01ef" and bool(_HAN.match(last))


def _ends_picture(before: str) -> bool:
    last = before[-1]
    if last == PICTURE_SELECTOR or is_skin_tone(last):
        return len(before) > 1 and is_picture(before[0])
    return is_picture(last)
