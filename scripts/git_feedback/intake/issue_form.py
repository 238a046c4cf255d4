"""Issue forms made from policy, for people who come without Git: one form, both languages on every label.

A form on a public host asks for no contact data: whoever writes there is answered there.
"""

from git_feedback import i18n
from git_feedback.notation import scalar
from git_feedback.policy import Policy

_BOTH = ("en", "zh")


def forms(policy: Policy, command: str) -> dict[str, str]:
    """File name -> text of each form in .github/ISSUE_TEMPLATE."""
    return {"feedback.yml": _form(policy, command), "config.yml": _config(command)}


def _config(command: str) -> str:
    return f"# Made from policy by `{command}`: change the policy instead.\nblank_issues_enabled: false\n"


def _form(policy: Policy, command: str) -> str:
    lines = [
        f"# Made from policy/categories.yml by `{command}`: change it there.",
        f"name: {scalar(_both('form-name'))}",
        f"description: {scalar(_both('form-description'))}",
        "title: \"\"",
        "labels: [feedback]",
        "body:",
        *_markdown("form-no-contact"),
        *_dropdown("kind", "form-kind", _kinds(policy), required=True),
        *_input("product", "form-product", required=False),
        *_input("device", "form-device", required=False),
        *_dropdown("rating", "form-rating", ["1", "2", "3", "4", "5"], required=False),
        *_textarea("text", "form-text"),
    ]
    return "\n".join(lines) + "\n"


def _both(code: str) -> str:
    """The Chinese and the English words, in one label."""
    return " / ".join(i18n.text(code, language) for language in reversed(_BOTH))


def _kinds(policy: Policy) -> list[str]:
    """Groups of categories would be too coarse and their ids too strange: the categories' own names, both languages."""
    return [f"{category.name.zh} / {category.name.en}" for category in policy.categories.values()]


def _markdown(code: str) -> list[str]:
    return ["  - type: markdown", "    attributes:", f"      value: {scalar(_both(code))}"]


def _dropdown(name: str, code: str, options: list[str], *, required: bool) -> list[str]:
    return [
        *_field("dropdown", name, code),
        "      options:",
        *(f"        - {scalar(option)}" if not option.isdigit() else f'        - "{option}"' for option in options),
        *_required(required),
    ]


def _input(name: str, code: str, *, required: bool) -> list[str]:
    return [*_field("input", name, code), *_required(required)]


def _textarea(name: str, code: str) -> list[str]:
    return [*_field("textarea", name, code), *_required(True)]


def _field(kind: str, name: str, code: str) -> list[str]:
    return [f"  - type: {kind}", f"    id: {name}", "    attributes:", f"      label: {scalar(_both(code))}"]


def _required(required: bool) -> list[str]:
    return ["    validations:", f"      required: {'true' if required else 'false'}"]
