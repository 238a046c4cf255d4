"""Where the pages of training lie, and where somebody new begins."""

from collections.abc import Mapping

FOLDER, GUIDE = "training/", "guide/"
INDEX = f"{FOLDER}index.html"
DRILL = f"{FOLDER}drill.html"
CERTIFICATE = f"{FOLDER}certificate.html"
CHANGED = f"{FOLDER}changed.html"
RECORDS = f"{FOLDER}records.html"
FIRST = f"{GUIDE}first-day.html"
"""The page of the guide that comes before all others."""


def page_of(kind: str, name: str) -> str:
    """The page of a course, or of what stands in one: `quiz`, `play`, `case`, `practice`."""
    return f"{FOLDER}{name}.html" if kind == "course" else f"{FOLDER}{kind}-{name}.html"


def begin(by_hand: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pages of the guide with their titles: the first day first, then by path, as whoever wrote them numbered them."""
    return sorted(_below(by_hand, GUIDE), key=lambda page: (page[0] != FIRST, page[0]))


def written(by_hand: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pages of training that somebody wrote by hand, but for the first."""
    return [page for page in _below(by_hand, FOLDER) if page[0] != INDEX]


def _below(by_hand: Mapping[str, str], folder: str) -> list[tuple[str, str]]:
    return [(path, title) for path, title in sorted(by_hand.items()) if path.startswith(folder)]
