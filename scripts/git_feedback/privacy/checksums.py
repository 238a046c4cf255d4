"""Check digits that tell a real number from a row of digits."""

import re

_DATE = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is right by the formula of Luhn (ISO/IEC 7812), as on every bank card."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def is_citizen_number(number: str) -> bool:
    """Whether 18 characters are a Chinese identity number: province, date of birth, check character (GB 11643)."""
    weighted = sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(number[:17]))
    return (
        number[0] in "12345678" and bool(_DATE.match(number, 6)) and "10X98765432"[weighted % 11] == number[17].upper()
    )


# How long a card number is by its first digits; what is not here is no card (ISO/IEC 7812 and UnionPay's ranges).
_LENGTHS = (
    ("4", (13, 16, 19)),
    ("5", range(16, 20)),
    ("34", (15,)),
    ("37", (15,)),
    ("35", (16,)),
    ("30", (14,)),
    ("36", (14,)),
    ("38", (14,)),
    ("6", range(16, 20)),
)


def is_card_number(digits: str) -> bool:
    """Whether the digits are a bank card's: a length that goes with the first digits, and a right check digit."""
    return any(digits.startswith(first) and len(digits) in lengths for first, lengths in _LENGTHS) and is_luhn(digits)
