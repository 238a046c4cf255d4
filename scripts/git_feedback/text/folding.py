"""One spelling for what reads the same: width, case, traditional and simplified characters, hidden characters."""

import unicodedata
from functools import cache

from git_feedback.text.characters import INVISIBLE

_UNSEEN: dict[int, str] = dict.fromkeys(INVISIBLE, "")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ"), "'")


def fold(text: str) -> str:
    """The text in the form in which it is compared: NFKC, casefold, simplified characters, nothing invisible.

    Characters are simplified one by one, not by phrase as OpenCC does it: 乾 becomes 干 in 乾坤 too.  So what
    occurs in a text still occurs after folding both, whatever stands around it.  `fold(fold(x)) == fold(x)`.
    Typographic apostrophes become `'`, so that `don’t` is `don't`.
    """
    if text.isascii():
        return text.lower()
    seen = unicodedata.normalize("NFKC", text.translate(_UNSEEN))
    return unicodedata.normalize("NFKC", seen.casefold()).translate(_simplified())


class _Simplified(dict[int, str]):
    """A table for `str.translate` that asks OpenCC once for each character it meets."""

    def __init__(self) -> None:
        from opencc import OpenCC

        super().__init__(_APOSTROPHES | _UNSEEN)
        self._convert = OpenCC("t2s").convert

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = self._end(character) if code >= 0x2E80 and not 0xD800 <= code <= 0xDFFF else character
        return self[code]

    def _end(self, character: str) -> str:
        """The simplified character, followed until it stays the same (or comes round), so that folding twice is once."""
        seen = {character}
        while (following := self._convert(character)) not in seen:
            seen.add(following)
            character = following
        return character


@cache
def _simplified() -> _Simplified:
    """The table of this process; making it costs about 15 ms, so it waits for the first text that is not ASCII."""
    return _Simplified()
