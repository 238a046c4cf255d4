"""Where a word stands in a text: Latin words whole, Chinese anywhere."""

import re

from git_feedback.text.characters import HAN

_LATIN = re.compile(rf"(?![{HAN}])\w")
# `courier` is in `courier's`; `don` is not in `don't`.
_GOES_ON = re.compile(rf"(?:(?![{HAN}])\w)|['’](?!s\b)[^\W\d_]")


def find(needle: str, text: str) -> list[int]:
    """The positions at which `needle` starts in `text`, both folded; occurrences do not overlap.

    An end of the needle that is a Latin letter or digit must be the end of a word, so `fee` is not in `feedback`,
    while `app` is in `我的app闪退`.  An empty needle is nowhere.
    """
    found: list[int] = []
    at = text.find(needle) if needle else -1
    while at >= 0:
        whole = _is_whole(needle, text, at)
        if whole:
            found.append(at)
        at = text.find(needle, at + (len(needle) if whole else 1))
    return found


def _is_whole(needle: str, text: str, at: int) -> bool:
    end = at + len(needle)
    if at and _LATIN.match(needle) and _LATIN.match(text, at - 1):
        return False
    return not (_LATIN.match(needle[-1]) and _GOES_ON.match(text, end))
