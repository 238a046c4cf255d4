"""Every way out for the text of strangers.  One function a destination; each says what it keeps from happening."""

from git_feedback.escaping.chat import chat
from git_feedback.escaping.github import annotation, github_line, workflow
from git_feedback.escaping.json_files import json_file, json_shown
from git_feedback.escaping.markdown import markdown_line
from git_feedback.escaping.markup import attribute, html, line, marked
from git_feedback.escaping.spreadsheets import cell

__all__ = [
    "annotation",
    "attribute",
    "cell",
    "chat",
    "github_line",
    "html",
    "json_file",
    "json_shown",
    "line",
    "markdown_line",
    "marked",
    "workflow",
]
