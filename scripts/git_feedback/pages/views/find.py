"""Find: one field for everything.  The script draws it from the queue's data and the word index (`pages/finding.py`)."""

from collections.abc import Iterator

from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.rendering import Both, page


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language; without a script it says how to look things up by command."""
    for words in both.values():
        yield page(record, words, "find.html", "find.html", words.site("find"), "find.html")
