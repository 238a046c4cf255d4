"""The board of deadlines: what is late, due soon, today, later, and what stands still; what burns next, who watches,
how old the queue is, how it went, and what waits in the pool.  One part of the page a file.
"""

from collections.abc import Iterator

from git_feedback.insight.arrivals import arrivals
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import due_dates
from git_feedback.pages.views.board import ages, arriving, columns, coming, ideas, shares, watch
from git_feedback.pages.views.board.columns import following
from git_feedback.pages.views.board.shares import percent
from git_feedback.pages.views.once import aged, judged, pooled
from git_feedback.pages.views.rendering import Both, page

__all__ = ["following", "pages", "percent"]


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The board in each language."""
    sorted_out = columns.sorted_out(record)
    next_day = coming.coming(record)
    days = watch.days(record)
    arrived = arrivals(record.standings, record.policy)
    for words in both.values():
        yield page(
            record,
            words,
            "sla.html",
            "sla.html",
            words.say("page-board"),
            "board.html",
            columns=[columns.column(name, found, words) for name, found in sorted_out.items()],
            office=columns.office(record, words),
            coming=coming.section(record, next_day, words),
            watch=watch.section(record, days, words),
            ages=ages.section(aged(record), words),
            since=words.day(judged(record).since),
            levels=shares.by_level(judged(record), words),
            departments=shares.by_department(judged(record), words),
            channels=shares.by_channel(judged(record), words),
            months=shares.by_month(judged(record), words),
            arrivals=arriving.section(arrived, words),
            pool=ideas.section(record, pooled(record), words),
            feeds=due_dates.listed(record, words),
        )
