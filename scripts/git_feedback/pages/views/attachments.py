"""Files that came along, as an item's page shows them: pictures small, sound and film with controls, others to download.

Their names are text beside them and nothing else: not in an address, not what a download is called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from git_feedback.escaping import attribute, line
from git_feedback.model import Attachment, Item
from git_feedback.pages.page import Along, Record
from git_feedback.privacy.kinds import EXTENSIONS, FILM, SHOWN, SOUND, size


@dataclass(frozen=True, slots=True)
class Shown:
    """One file: `kind` is picture, sound, film, file, or gone where this copy of the record does not have it.

    `address` is the way from the top of the site; `name` is markup, `alt` fit for an attribute.
    """

    kind: str
    address: str
    name: Markup
    alt: Markup
    size: str


def files(record: Record) -> Iterator[Along]:
    """The files that items on the site name, each once."""
    named = {path: None for one in record.standings for path in _named(one.item)}
    for path in named:
        if (there := _there(record, path)) is not None:
            yield there


def shown(record: Record, attachments: Iterable[Attachment]) -> list[Shown]:
    """What came with an item."""
    return [_shown(record, one.file.path, one.name or "", one.file.bytes) for one in attachments]


def shown_later(record: Record, paths: Iterable[str]) -> list[Shown]:
    """What came with a later message, where only the files themselves are noted."""
    return [_shown(record, path, "", None) for path in paths]


def _named(item: Item) -> list[str]:
    later = [path for event in item.history for path in getattr(event, "files", ())]
    return [*(one.file.path for one in item.attachments), *later]


def _there(record: Record, path: str) -> Along | None:
    """The file, where it is here and its kind may be published."""
    return record.attachments.get(path) if path.rpartition(".")[2] in EXTENSIONS else None


def _shown(record: Record, path: str, name: str, said: int | None) -> Shown:
    there = _there(record, path)
    count = there.size if there else said
    called = name or path.rpartition("/")[2][:8] + path[path.rindex(".") :]
    return Shown(
        kind=_kind(path) if there else "gone",
        address=path,
        name=Markup(line(called)),  # noqa: S704 - escaping made it
        alt=Markup(attribute(called)),  # noqa: S704 - escaping made it
        size="" if count is None else size(count),
    )


def _kind(path: str) -> str:
    extension = path.rpartition(".")[2]
    kinds = {"picture": SHOWN, "sound": SOUND, "film": FILM}
    return next((kind for kind, extensions in kinds.items() if extension in extensions), "file")
