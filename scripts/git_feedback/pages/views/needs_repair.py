"""What is wrong with files: every problem with its place, the fact and the way out.  The rest of the site goes on."""

from collections.abc import Iterator

from git_feedback.model import Problem
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.rendering import Both, page


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The list in each language."""
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(record.problems, key=lambda one: (one.file, one.line, one.column, one.code)):
        by_file.setdefault(problem.file, []).append(problem)
    for words in both.values():
        yield page(
            record,
            words,
            "needs-repair.html",
            "needs-repair.html",
            words.site("needs-repair"),
            "needs_repair.html",
            files=[
                (file, [(one, one.fact(words.language), one.way_out(words.language)) for one in problems])
                for file, problems in by_file.items()
            ],
            total=len(record.problems),
        )
