"""A report as one page for the printer: everything stands in it, so that no browser has to fetch anything."""

from collections.abc import Mapping

from markupsafe import Markup

from git_feedback.pages.reports.document import Document
from git_feedback.pages.reports.links import Paper
from git_feedback.pages.views.rendering import compiled

STYLE = "site/theme/assets/fb.css"
"""The stylesheet of a desk's site, from its top."""
_TAGS = {"zh": "zh-CN", "en": "en"}


def paper(document: Document, files: Mapping[str, bytes], style: str) -> str:
    """The page of a report in its language with the site's own stylesheet; tables of charts are left to the workbook."""
    return compiled("report_print.html", document.language).render(
        document=document,
        language=_TAGS[document.language],
        links=Paper(document.language, files),
        style=Markup(style.replace("</", "<\\/")),  # noqa: S704 - the site's stylesheet, written by the team
    )
