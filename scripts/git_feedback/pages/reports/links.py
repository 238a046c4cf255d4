"""Where a report's page and its print lead: items, the queue, pictures."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from git_feedback.charts import VARIANTS
from git_feedback.i18n import text
from git_feedback.model.ids import day_of
from git_feedback.pages.reports.document import Cell, Chart, Part, Point, Section, kind_of
from git_feedback.pages.reports.issue import picture

_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HEAD = 2000
"""The size of a picture stands within its first bytes."""
_NAMED = 3
"""So many items are named on paper."""
_ON_PAPER = 12
"""The table of a chart with more rows is left to the workbook."""


@dataclass(frozen=True, slots=True)
class Source:
    """A picture: where it lies, width and height in points."""

    src: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on one ground (light, dark), wide and, where there is one, for phones."""

    ground: str
    wide: Source
    phone: Source | None


class Links:
    """The ways of a page: `root` leads to the folder of its language, `folder` to the pictures.

    `spoken` is the language that the report was issued in.
    """

    is_paper = False
    most_rows = 0

    def __init__(self, root: str, folder: str, language: str, spoken: str, files: Mapping[str, bytes]) -> None:
        self.root, self.folder, self.language, self.spoken, self.files = root, folder, language, spoken, files

    def item(self, name: str) -> str:
        """The page of an item."""
        return f"{self.root}items/{day_of(name)[0]}/{name}.html"

    def queue(self, one: Point | Cell) -> str:
        """The queue of what is behind a figure."""
        asked = one.query or f"state:all id:{','.join(one.items)}"
        return f"{self.root}queue.html?{urlencode({'q': asked})}"

    def of(self, one: Point | Cell) -> str:
        """The item, or the queue of several."""
        return self.item(one.items[0]) if len(one.items) == 1 else self.queue(one)

    def told(self, one: Point | Cell) -> str:
        """What stands behind a figure, as words."""
        return (
            text("report-the-items", self.language, len(one.items)) if one.items else text("report-show", self.language)
        )

    def table_of(self, part: Chart) -> str:
        """What the table of a chart is called."""
        return text("report-table-of", self.language, chart=part.heading)

    def parts(self, section: Section) -> Iterator[tuple[str, Part]]:
        """The parts of a section, each with its kind."""
        return ((kind_of(part), part) for part in section.parts)

    def pictures(self, part: Chart) -> Sequence[Picture]:
        """The pictures of a chart on both grounds; none where files are missing."""
        names = {variant: picture(part.name, self.spoken, variant) for variant in VARIANTS}
        if not all(name in self.files for name in names.values()):
            return ()
        return [
            Picture(ground, self._source(names[f"wide.{ground}"]), self._source(names[f"phone.{ground}"]))
            for ground in ("light", "dark")
        ]

    def _source(self, name: str) -> Source:
        return Source(f"{self.folder}{name}", *size(self.files[name]))


class Paper(Links):
    """No ways lead on from paper, and pictures stand in the page itself: the wide one on light ground."""

    is_paper = True
    most_rows = _ON_PAPER

    def __init__(self, language: str, files: Mapping[str, bytes]) -> None:
        super().__init__("", "", language, language, files)

    def told(self, one: Point | Cell) -> str:
        """The ids of a few items; what lists more of them is for the screen."""
        if not one.items:
            return ""
        named = ", ".join(one.items[:_NAMED])
        more = len(one.items) - _NAMED
        return (
            f"{named}{text('report-comma', self.language)}{text('report-more', self.language, more)}"
            if more > 0
            else named
        )

    def pictures(self, part: Chart) -> Sequence[Picture]:
        """The one picture that is printed."""
        svg = self.files.get(picture(part.name, self.spoken, "wide.light"))
        if svg is None:
            return ()
        inline = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
        return [Picture("light", Source(inline, *size(svg)), None)]


def size(svg: bytes) -> tuple[str, str]:
    """Width and height of a picture in whole points; empty where it does not say."""
    found = _SIZE.search(svg[:_HEAD])
    if found is None:
        return "", ""
    width, height = (str(round(float(side))) for side in found.groups())
    return width, height
