"""One finding of personal data in a text."""

from dataclasses import dataclass

KINDS = ("bank-card", "email", "id-card", "mobile", "phone", "wechat")


@dataclass(frozen=True, slots=True)
class Contact:
    """Personal data at `start` to `end` (exclusive) of the text; `hint` is what may be left of it."""

    kind: str
    start: int
    end: int
    hint: str
