"""Forms as a page of the handbook: what people are asked where, made from the forms themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.intake import issue_form
from git_feedback.pages.handbook_parts import coded, department, joined, named, speaker, table, titled
from git_feedback.policy import Policy

_BETWEEN = " / "
"""What stands between the languages of a label: Chinese first, then English."""


def forms(policy: Policy, language: str) -> str:
    """The page of forms: that of the Git host question by question, its choices, and what each channel must have."""
    say = speaker(language)
    parts = [
        say("forms-lead"),
        f"## {say('forms-site')}",
        say("forms-site-lead", name=text("site-submit", language)),
        f"## {say('forms-host')}",
        say("forms-host-lead", file=issue_form.FILE),
        table([say("forms-question"), say("forms-kind"), say("forms-must")], _questions(policy, language)),
        f"## {say('forms-kinds')}",
        table([say("forms-choice"), say("category"), say("department")], _choices(policy, language)),
        f"## {say('forms-counter')}",
        say("forms-counter-lead"),
        table([say("channel"), say("required")], _by_hand(policy, language)),
    ]
    return titled(say("title-forms"), *parts)


def _questions(policy: Policy, language: str) -> Iterator[tuple[str, ...]]:
    say = speaker(language)
    for element in issue_form.form(policy)["body"]:
        asked: Mapping[str, Any] = element["attributes"]
        if "label" in asked:
            many = len(asked.get("options", ()))
            must = element.get("validations", {}).get("required") == "true"
            yield (
                _of_both(asked["label"], language),
                say(f"forms-{element['type']}", many),
                say("yes" if must else "no"),
            )


def _choices(policy: Policy, language: str) -> Iterator[tuple[str, ...]]:
    """Each choice with the category that it becomes and whose that is."""
    say = speaker(language)
    for choice, category in issue_form.kinds(policy).items():
        found = policy.categories.get(category or "")
        goes_to = department(policy, found.department, language) if found else say("forms-none")
        yield markdown_line(choice), coded(found.id) if found else "–", goes_to


def _by_hand(policy: Policy, language: str) -> Iterator[tuple[str, ...]]:
    for channel in policy.channels.values():
        if channel.by_hand:
            asked = (text(f"page-field-{name}", language) for name in channel.required)
            yield named(channel.name, language), joined(asked, language) or "–"


def _of_both(label: str, language: str) -> str:
    """The half of a label in two languages that the reader reads."""
    halves = label.split(_BETWEEN)
    return markdown_line(halves[0] if language == "zh" else halves[-1])
