"""Every page that is stamped, one kind a file: a record in, articles out.  This is their order and only registration."""

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType

from git_feedback.desk import Standing
from git_feedback.pages.audience import Kind
from git_feedback.pages.page import Along, File, Later, Page, Record
from git_feedback.pages.views import (
    api,
    attachments,
    badge,
    board,
    coordination,
    due_dates,
    duplicates,
    editions,
    feeds,
    figures,
    find,
    front,
    home,
    item,
    measures,
    needs_human,
    needs_repair,
    problems,
    queue,
    record_kept,
    recurring,
    reports,
    rising,
    said_did,
    submit,
    submit_file,
    track,
    training,
    training_certificate,
    training_drill,
    training_exercises,
    training_quiz,
    training_records,
)
from git_feedback.pages.views.rendering import both

__all__ = ["files", "of_desk", "of_items", "pages", "planned"]

KINDS = (
    front,
    home,
    queue,
    find,
    board,
    needs_human,
    needs_repair,
    item,
    record_kept,
    coordination,
    duplicates,
    recurring,
    rising,
    problems,
    measures,
    track,
    submit,
    submit_file,
    said_did,
    editions,
    training,
    training_quiz,
    training_exercises,
    training_drill,
    training_certificate,
    training_records,
)

FILES = (
    api,
    queue,
    due_dates,
    feeds,
    badge,
    figures,
    reports,
    track,
    attachments,
    training,
    training_quiz,
    training_drill,
)
"""What has files beside the pages."""

_DESK: tuple[Kind, ...] = ("team", "department")
_ALL: tuple[Kind, ...] = (*_DESK, "public")

READERS: Mapping[ModuleType, tuple[Kind, ...]] = {
    front: ("public",),
    home: _DESK,
    queue: _DESK,
    find: _DESK,
    board: _DESK,
    needs_human: _DESK,
    needs_repair: _DESK,
    item: _DESK,
    record_kept: _DESK,
    coordination: _DESK,
    duplicates: _DESK,
    recurring: _DESK,
    rising: _DESK,
    problems: ("team",),
    measures: _DESK,
    track: _ALL,
    submit: _ALL,
    submit_file: _ALL,
    said_did: _ALL,
    editions: _ALL,
    api: _ALL,
    due_dates: _DESK,
    feeds: _DESK,
    badge: _DESK,
    figures: _ALL,
    reports: _DESK,
    attachments: _DESK,
    training: _DESK,
    training_certificate: _DESK,
    training_drill: _DESK,
    training_exercises: _DESK,
    training_quiz: _DESK,
    training_records: _DESK,
}
"""For whom each kind of page or file is made; what does not stand here is for the team alone."""


def is_for(kind: ModuleType, record: Record) -> bool:
    """Whether the record's audience gets a kind of page or file."""
    return record.audience.kind in READERS.get(kind, ("team",))


def pages(record: Record) -> Iterator[Page]:
    """Every stamped page, in both languages."""
    for one in planned(record):
        yield one.make() if isinstance(one, Later) else one


def planned(record: Record) -> Iterator[Page | Later]:
    """Every stamped page, in both languages; those of items are made when they are asked for."""
    yield from of_desk(record)
    yield from of_items(record, record.standings)


def of_desk(record: Record) -> Iterator[Page]:
    """The pages about many items."""
    words = both(record)
    for kind in (kind for kind in KINDS if kind is not item and is_for(kind, record)):
        yield from kind.pages(record, words)
    if is_for(reports, record):
        yield from reports.pages(record)


def of_items(record: Record, some: Sequence[Standing]) -> Iterator[Later]:
    """The pages of some of the record's items; they are made when they are asked for."""
    if is_for(item, record):
        yield from item.planned(record, both(record), some)


def files(record: Record) -> Iterator[File | Along]:
    """Every file beside the pages: JSON for scripts, pictures of reports, what came along with items."""
    for kind in (kind for kind in FILES if is_for(kind, record)):
        yield from kind.files(record)
