"""The letters of a chart: Noto Sans SC from its package, DejaVu Sans (part of matplotlib) for what it lacks.

Both are entered under names of our own, so that a font of the machine with the same family name is never taken: the
bytes of a chart do not depend on where it was drawn.
"""

import unicodedata
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

from git_feedback.charts.drawing import FontMissing

PACKAGE = "pylopdf_fonts_zh_cn"
FAMILIES = ("git-feedback Han", "git-feedback other")
MEASURED_AT = 100.0
PROBE = "反馈超时，。"
NARROW = str.maketrans({"\u00b7": "\u22c5", "\u2019": "'"})
"""Signs that Noto Sans SC makes as wide as a Han letter, and the same to the eye from the other font or narrower."""
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def han_path() -> Path:
    """The file with the Chinese letters; raises FontMissing where its package is not installed."""
    try:
        return Path(import_module(PACKAGE).sans_path())
    except ImportError:
        raise FontMissing("chart-font-missing") from None


def with_chinese(path: Path) -> Path:
    """The same path; raises FontMissing where there is no such file or it cannot draw Chinese."""
    if path.is_file():
        font = FT2Font(str(path))
        if all(font.get_char_index(ord(letter)) for letter in PROBE):
            return path
    raise FontMissing("chart-font-unusable", path=path.name)


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """The family names to draw with, entered on the first call."""
    for name, path in zip(FAMILIES, _paths(), strict=True):
        fontManager.ttflist.append(FontEntry(fname=str(path), name=name))
    return FAMILIES


@lru_cache(maxsize=4096)
def width(words: str, size: float) -> float:
    """How wide `words` come out, in points."""
    font = FontProperties(family=list(families()), size=MEASURED_AT)
    measured: float = text_to_path.get_text_width_height_descent(words, font, False)[0]
    return measured * size / MEASURED_AT


def drawable(words: str) -> str:
    """`words` on one line, with what cannot be seen or has no letter in the fonts as its code point, `[U+1F9FE]`."""
    line = unicodedata.normalize("NFC", " ".join(words.split()))
    return "".join(map(_shown, line.translate(NARROW)))


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    seen = unicodedata.category(letter) not in UNSEEN
    drawn = seen and any(font.get_char_index(ord(letter)) for font in _fonts())
    return letter if drawn else f"[U+{ord(letter):04X}]"


@lru_cache(maxsize=1)
def _paths() -> tuple[Path, Path]:
    return with_chinese(han_path()), Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@lru_cache(maxsize=1)
def _fonts() -> tuple[FT2Font, ...]:
    return tuple(FT2Font(str(path)) for path in _paths())
