"""Issue forms made from policy, for people who come without Git: one form, both languages on every label.

A form on a public host asks for no contact data: whoever writes there is answered there.  Questions with a closed set
of answers come first and the one free text last, so that nothing written in it can be taken for an answer to another.
"""

from collections.abc import Mapping
from typing import Any

from git_feedback import i18n
from git_feedback.intake.issue_form import training_form
from git_feedback.intake.issue_form.parsing import Parsed, parse
from git_feedback.notation import read, scalar
from git_feedback.policy import Policy

__all__ = ["FILE", "Parsed", "form", "forms", "kinds", "label", "parse"]

FILE = "feedback.yml"

_BOTH = ("zh", "en")
_LONGEST_DESCRIPTION = 200
"""What GitHub takes as the description of a form; a longer one makes it ignore the whole form."""


def forms(policy: Policy, command: str) -> dict[str, str]:
    """File name -> text of each form in .github/ISSUE_TEMPLATE."""
    passes = {training_form.FILE: training_form.training_form(command)}
    return {FILE: _form(policy, command), **passes, "config.yml": _config(command)}


def form(policy: Policy) -> Mapping[str, Any]:
    """The form as it is after loading: what `parse` takes."""
    loaded = read(_form(policy, "").encode())
    assert isinstance(loaded, dict)
    return loaded


def kinds(policy: Policy) -> dict[str, str | None]:
    """Each kind that can be chosen, and its category; None where the submitter leaves it to us.

    Groups of categories would be too coarse and their ids too strange: the categories' own names, both languages.
    The id stands behind names that two categories share, or that GitHub keeps for itself.
    """
    found: dict[str, str | None] = {}
    for category in policy.categories.values():
        name = " ".join(f"{category.name.zh} / {category.name.en}".split())
        found[f"{name} ({category.id})" if name in found else name] = category.id
    return {**found, _both("form-unsure"): None}


def label(name: str) -> str:
    """The label of a question of the form."""
    return _both(f"form-{name}")


def _config(command: str) -> str:
    return f"# Made from policy by `{command}`: change the policy instead.\nblank_issues_enabled: false\n"


def _form(policy: Policy, command: str) -> str:
    lines = [
        f"# Made from policy/categories.yml by `{command}`: change it there.",
        f"name: {scalar(_both('form-name'))}",
        f"description: {scalar(_both('form-description')[:_LONGEST_DESCRIPTION])}",
        "labels: [feedback]",
        "body:",
        *_markdown("form-no-contact"),
        *_dropdown("kind", list(kinds(policy)), required=True),
        *_input("product"),
        *_input("device"),
        *_dropdown("rating", ["1", "2", "3", "4", "5"], required=False),
        *_textarea("text"),
    ]
    return "\n".join(lines) + "\n"


def _both(code: str) -> str:
    """The Chinese and the English words, in one label."""
    return " / ".join(i18n.text(code, language) for language in _BOTH)


def _markdown(code: str) -> list[str]:
    return ["  - type: markdown", "    attributes:", f"      value: {scalar(_both(code))}"]


def _dropdown(name: str, options: list[str], *, required: bool) -> list[str]:
    return [
        *_field("dropdown", name),
        "      options:",
        *(f"        - {_quoted(one)}" for one in options),
        *_required(required),
    ]


def _input(name: str) -> list[str]:
    return [*_field("input", name), *_required(False)]


def _textarea(name: str) -> list[str]:
    return [*_field("textarea", name), *_required(True)]


def _field(kind: str, name: str) -> list[str]:
    return [f"  - type: {kind}", f"    id: {name}", "    attributes:", f"      label: {scalar(label(name))}"]


def _quoted(option: str) -> str:
    """An option that is a text to every reader of YAML, figures too."""
    return f'"{option}"' if option.isdigit() else scalar(option)


def _required(required: bool) -> list[str]:
    return ["    validations:", f"      required: {'true' if required else 'false'}"]
