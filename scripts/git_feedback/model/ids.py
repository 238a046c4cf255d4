"""Ids of items: `Q261122-7K3QM2H` is prefix, date received in the desk's zone, six characters and a check character.

The alphabet is Crockford's base32 (no I, L, O, U), read without regard to case, with O as 0 and I and L as 1.  The
check character is a weighted sum over GF(32) of the six digits of the date and the six characters: as the twelve
weights and the check's own weight 1 are different and none is zero, no single substitution and no transposition of
neighbours goes unseen.
"""

import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans("OIL", "011")
_FORM = re.compile(r"([A-Z]{1,4})([0-9]{6})-([0-9A-HJKMNP-TV-Z]{6})([0-9A-HJKMNP-TV-Z])")


def _weights() -> tuple[int, ...]:
    """Powers 1 to 12 of the generator x of GF(32), with x^5 = x^2 + 1."""
    powers, value = [], 1
    for _ in range(12):
        value = _times_x(value)
        powers.append(value)
    return tuple(powers)


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left, right = _times_x(left), right >> 1
    return product


_PRODUCTS = tuple(tuple(_times(weight, value) for value in range(32)) for weight in _weights())


def check_character(payload: str) -> str:
    """The check character over the twelve characters of a date (YYMMDD) and a body."""
    total = 0
    for products, character in zip(_PRODUCTS, payload, strict=True):
        total ^= products[_VALUE[character]]
    return ALPHABET[total]


def make(prefix: str, day: date, channel: str, source: str, taken: Callable[[str], bool]) -> str:
    """The id of what came by `channel` as `source` on `day`: always the same, unless `taken` says another has it.

    A collision hashes again with a counter.
    """
    counter = 0
    while True:
        seed = f"{channel}\n{source}" if counter == 0 else f"{channel}\n{source}\n{counter}"
        found = from_bits(prefix, day, int.from_bytes(sha256(seed.encode()).digest()[:4], "big") >> 2)
        if not taken(found):
            return found
        counter += 1


def from_bits(prefix: str, day: date, bits: int) -> str:
    """The id with the 30 lowest of `bits` as its body."""
    body = "".join(ALPHABET[bits >> shift & 31] for shift in range(25, -5, -5))
    payload = f"{day:%y%m%d}{body}"
    return f"{prefix}{payload[:6]}-{body}{check_character(payload)}"


def canonical(text: str) -> str:
    """`text` in upper case with look-alikes read as digits; the prefix, before the six of the date, keeps its letters."""
    head, dash, tail = text.strip().upper().partition("-")
    return head[:-6] + (head[-6:] + dash + tail).translate(_LOOKALIKES)


def is_id(text: str) -> bool:
    """Whether `text` is an id in its one written form, its check character included."""
    found = _FORM.fullmatch(text)
    return bool(found and check_character(found[2] + found[3]) == found[4])


def day_of(item_id: str) -> tuple[int, int, int]:
    """Year, month and day that an id names; ids begin in the year 2000."""
    found = _FORM.fullmatch(item_id)
    if not found:
        raise ValueError(item_id)
    digits = found[2]
    return 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])


def path(item_id: str) -> str:
    """Where the file of an item lies, from the top of the repository."""
    year, month, _ = day_of(item_id)
    return f"feedback/{year}/{month:02d}/{item_id}.yml"
