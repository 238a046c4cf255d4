"""Catalogues read once per language and process, only when something is said."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("en", "zh")

Words = str | tuple[str, ...]

_BREAKS = re.compile(r" *[\t\n\v\f\r\x85\u2028\u2029][\t\n\v\f\r\x85\u2028\u2029 ]*")
_REPAINTING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def language_of(tag: str) -> str:
    """The catalogue for a language tag or locale name: `zh_CN.UTF-8`, `zh-Hans`, `zh` give `zh`, all else `en`."""
    return "zh" if tag.lower().replace("_", "-").split("-")[0] == "zh" else "en"


def text(code: str, language: str, /, n: int | None = None, **values: object) -> str:
    """The words for `code` in `language`, with `values` (and `n`, the count that chooses the plural) filled in.

    A list or tuple among the values is joined the way the language joins.  Raises KeyError for an unknown code.
    """
    words = catalogue(language)[code]
    if isinstance(words, tuple):
        words = words[0 if language == "zh" or n == 1 else -1]
    filled = {name: _joined(value, language) for name, value in values.items()}
    return words.format(n=n, **filled)


def halves(code: str, language: str, /, **values: object) -> tuple[str, str]:
    """The fact and the way out of a message: its words, cut at the first `; ` (in Chinese `；`) of the catalogue.

    The cut is made before values are filled in, and a message is one line: line breaks in a value become blanks, and
    characters that repaint a terminal or turn the direction of writing are shown as `[U+001B]`.
    """
    words = catalogue(language)[code]
    if isinstance(words, tuple):
        raise TypeError(f"{code} is a plural, not a message")
    fact, _, way_out = words.partition("；" if language == "zh" else "; ")
    filled = {name: _on_one_line(_joined(value, language)) for name, value in values.items()}
    return fact.format(**filled), way_out.format(**filled)


def codes(language: str) -> frozenset[str]:
    """Every code that has words in `language`."""
    return frozenset(catalogue(language))


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Mapping[str, Words]:
    """All words of one language by code; two files that claim one code are our mistake (ValueError)."""
    found: dict[str, Words] = {}
    folder = files("git_feedback.i18n") / "locale" / language
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for code, words in _read(path.read_bytes()):
            if code in found:
                raise ValueError(f"{language}/{path.name}: {code} has words already")
            found[code] = words
    return found


def _read(source: bytes) -> Iterable[tuple[str, Words]]:
    from io import BytesIO

    from babel.messages.pofile import read_po

    for message in read_po(BytesIO(source), charset="utf-8", abort_invalid=True):
        if message.id:
            code = message.id if isinstance(message.id, str) else message.id[0]
            words = message.string
            yield code, words if isinstance(words, str) else tuple(words or ())


def _on_one_line(value: object) -> object:
    if not isinstance(value, str):
        return value
    return _REPAINTING.sub(lambda found: f"[U+{ord(found[0]):04X}]", _BREAKS.sub(" ", value))


def _joined(value: object, language: str) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return ("、" if language == "zh" else ", ").join(parts)
    return value
