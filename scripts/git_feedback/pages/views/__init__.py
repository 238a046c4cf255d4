"""Every page that is stamped, one kind a file: a record in, articles out.  This is their order and only registration."""

from collections.abc import Iterator

from git_feedback.pages.page import Along, File, Page, Record
from git_feedback.pages.views import (
    api,
    attachments,
    board,
    coordination,
    due_dates,
    duplicates,
    home,
    item,
    needs_human,
    needs_repair,
    queue,
    record_kept,
    recurring,
    reports,
    said_did,
    submit_file,
    track,
)
from git_feedback.pages.views.rendering import both

__all__ = ["files", "pages"]

KINDS = (
    home,
    queue,
    board,
    needs_human,
    needs_repair,
    item,
    record_kept,
    coordination,
    duplicates,
    recurring,
    track,
    submit_file,
    said_did,
)


def pages(record: Record) -> Iterator[Page]:
    """Every stamped page, in both languages."""
    words = both(record)
    for kind in KINDS:
        yield from kind.pages(record, words)
    yield from reports.pages(record)


def files(record: Record) -> Iterator[File | Along]:
    """Every file beside the pages: JSON for scripts, pictures of reports, what came along with items."""
    yield from api.files(record)
    yield from due_dates.files(record)
    yield from reports.files(record)
    yield from track.files(record)
    yield from attachments.files(record)
