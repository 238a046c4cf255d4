"""Names out of the policy and quotes of strangers into report.md.  The threat: words that turn into markup or HTML."""

import re
from html import escape

from git_feedback.text import visible

_MARK = re.compile(r"[\\`*_{}\[\]()|~$!#:@]")
# These mean something at the beginning of a line only: lists, rules, headings under a line.
_FIRST = re.compile(r"^(\d{0,9})([-+=.)])")
# GitHub makes a link of it without being asked.
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)


def markdown_line(text: str) -> str:
    """The text as words within one line of Markdown, in a table cell too: it reads as written and means nothing.

    Threat: a department called `<img onerror=...>`, or a customer who writes `[x](javascript:...)`, `a | b` or `1. x`,
    that breaks or arms a report.  It carries names out of the policy and the quotes of an issued report into report.md,
    which is read in the repository and never goes through the site builder; nothing else that a stranger said goes
    into Markdown.
    """
    plain = " ".join(visible(text).split())
    marked = _WWW.sub(r"\1\\.", _FIRST.sub(r"\1\\\2", _MARK.sub(r"\\\g<0>", plain)))
    return escape(marked, quote=False)
