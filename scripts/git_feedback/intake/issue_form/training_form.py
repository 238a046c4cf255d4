"""The issue form by which somebody without Git hands in a pass: the lines that the certificate page shows, in one field.

The form asks for nothing else: who passed what stands in those lines, and the check judges them.
"""

import re
from collections.abc import Mapping
from typing import Any

from git_feedback import i18n
from git_feedback.intake.issue_form.parsing import parse
from git_feedback.notation import read, scalar

FILE = "training.yml"
FIELD = "certificate"
LABEL = "training"
"""The label of such issues: intake takes in those of feedback only, so none of these becomes an item."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)^ {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)


def training_form(command: str) -> str:
    """The form, both languages on every label."""
    lines = [
        f"# Made by `{command}`, the same for every desk; what may be handed in, the courses say.",
        f"name: {scalar(_both('train-form-name'))}",
        f"description: {scalar(_both('train-form-description'))}",
        f"labels: [{LABEL}]",
        "body:",
        "  - type: markdown",
        "    attributes:",
        f"      value: {scalar(_both('train-form-lead'))}",
        "  - type: textarea",
        f"    id: {FIELD}",
        "    attributes:",
        f"      label: {scalar(_both('train-form-certificate'))}",
        "      render: yaml",
        "    validations:",
        "      required: true",
    ]
    return "\n".join(lines) + "\n"


def handed_in(body: str | None) -> str:
    """The lines of a pass in an issue's body; empty where there are none.

    An issue that was made by hand, or from the certificate page, has them between fences instead.
    """
    loaded = read(training_form("").encode())
    assert isinstance(loaded, dict)
    form: Mapping[str, Any] = loaded
    answer = parse(body, form).fields.get(FIELD)
    if isinstance(answer, str):
        return f"{answer}\n"
    fenced = _FENCE.search((body or "").replace("\r\n", "\n"))
    return fenced[2] if fenced else ""


def _both(code: str) -> str:
    """The Chinese and the English words, in one label."""
    return " / ".join(i18n.text(code, language) for language in ("zh", "en"))
