"""What a chart gives: pictures for every screen, and the same facts as words and as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

VARIANTS = ("wide.light", "wide.dark", "phone.light", "phone.dark")


class FontMissing(Exception):
    """There is no font with Chinese letters: a chart full of boxes would be worse than none."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart.  `alt` is one sentence in place of the picture, `caption` says what the shape means."""

    name: str
    svgs: Mapping[str, bytes]
    alt: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
