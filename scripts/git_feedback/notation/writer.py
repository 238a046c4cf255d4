"""Text out: what is written reads back as exactly the same text, here and in every other reader of YAML 1.1 or 1.2.

A text stands plain only when no reader could take it for a number, a date, a truth value or punctuation; otherwise
it is quoted the way JSON quotes, or, with several lines, a block scalar.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from git_feedback.notation.characters import first_forbidden

# Begins with a letter, or is a run of ASCII digits and letters that is no number in any notation (5b1c6e0a).
_WORDS = re.compile(r"[^\W\d_][^\n\t:#]*")
_FLOW_SIGNS = re.compile(r"[,\[\]{}?]")  # PyYAML's reader in Python stops at a `?` in braces
_MIXED = re.compile(r"(?!0[xXoObB])[0-9]+[eE]?[0-9]*[A-DF-Za-df-z][0-9A-Za-z]*")
_TYPED = frozenset(("y", "yes", "n", "no", "on", "off", "true", "false", "null", "nil", "none", "nan", "inf"))
_PLAIN = re.compile(r"-?\w(?:[\w.+/:-]*[\w+/-])?")
_LONGEST_KEY = 200

Braced = str | Sequence[str] | Mapping[str, str]


class Plain(str):
    """A word of closed vocabulary (time, number, id, enumeration) that is written as it is, for the model types it.

    Raises ValueError when it holds a character that means something to YAML.
    """

    __slots__ = ()

    def __new__(cls, text: object) -> "Plain":
        word = str(text)
        if not _PLAIN.fullmatch(word):
            raise ValueError(f"not a plain word: {word!r}")
        return super().__new__(cls, word)


def scalar(text: str, *, flow: bool = False) -> str:
    """The text on one line, plain or quoted; `flow` is inside braces or brackets.

    Raises ValueError for forbidden characters: intake makes them visible before anything is written.
    """
    if isinstance(text, Plain):
        return str(text)
    _refuse_forbidden(text)
    signs = flow and _FLOW_SIGNS.search(text)
    return _quoted(text) if signs or not _is_plain(text) else text


def flow_map(pairs: Iterable[tuple[str, Braced]]) -> str:
    """`{at: 2026-11-22T09:31:00+08:00, by: li.lei, tags: [a, b]}` on one line, in the order given."""
    return "{" + ", ".join(f"{_key(name)}: {_braced(value)}" for name, value in pairs) + "}"


def block(key: str, value: str, indent: int) -> str:
    """`key: value` for a text of one line, else a block scalar; whole lines, indented by `indent` spaces."""
    if "\n" in value:
        return literal(key, value, indent)
    return f"{' ' * indent}{_key(key)}: {scalar(value)}\n"


def literal(key: str, value: str, indent: int) -> str:
    """A block scalar (`|-`) even for one line, as for the words of people; quoted where that cannot carry the text."""
    _refuse_forbidden(value)
    begin = f"{' ' * indent}{_key(key)}: "
    if not _fits_block(value):
        return f"{begin}{_quoted(value)}\n"
    margin = " " * (indent + 2)
    body = value.removesuffix("\n").split("\n")
    lines = "".join(f"{margin}{line}\n" if line else "\n" for line in body)
    return f"{begin}|{_indication(value)}{_chomping(value)}\n{lines}"


def _fits_block(text: str) -> bool:
    """A first or last line of blanks alone is a matter of taste among readers and editors; so is a text without words."""
    lines = text.split("\n")
    return bool(text.strip()) and not any(line and not line.strip(" \t") for line in (lines[0], lines[-1]))


def _indication(text: str) -> str:
    """The margin in figures, where a reader could not tell it from the first line."""
    return "2" if text[0] in " \t\n" else ""


def _chomping(text: str) -> str:
    if text.endswith("\n\n"):
        return "+"
    return "" if text.endswith("\n") else "-"


def _is_plain(text: str) -> bool:
    if text != text.strip() or text.lower() in _TYPED:
        return False
    return bool(_WORDS.fullmatch(text) or _MIXED.fullmatch(text))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _braced(value: Braced) -> str:
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return flow_map(value.items())
    return "[" + ", ".join(scalar(entry, flow=True) for entry in value) + "]"


def _key(name: str) -> str:
    """A key as a scalar; readers look for its colon in the next 1024 characters only."""
    if not name or len(name) > _LONGEST_KEY:
        raise ValueError(f"not a key: {name!r}")
    return scalar(name, flow=True)


def _refuse_forbidden(text: str) -> None:
    if found := first_forbidden(text):
        raise ValueError(f"{found} cannot be written; clean() makes it visible")
