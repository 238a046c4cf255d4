"""The options of the verbs: made from the fields of their events, each with what it means."""

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import click

from git_feedback.model import VERBS

_HIDDEN = ("verb", "at", "by", "source", "files", "sealed")
"""What the desk writes itself, on taking something in; no person types it."""
_WEIGHED = ("urgency", "impact")
"""A category of the policy says them where the person does not."""
_UNDERSTOOD = frozenset(
    {("retract", "what"), ("retract", "when"), ("unlink", "kind"), ("unlink", "to"), ("notify", "channel")}
)
"""What goes without saying."""
REQUIRED_PROSE: Mapping[str, str] = {
    "return": "reason", "ask": "question", "supply": "text", "message": "text", "respond": "text", "note": "text",
    "resolve": "result", "reply": "text", "escalate": "because", "plan": "what", "snooze": "because",
    "exempt": "because", "retract": "because", "correct": "because",
}  # fmt: skip
RANGES: Mapping[str, tuple[int, int]] = {"urgency": (1, 5), "impact": (1, 5), "csat": (1, 5), "nps": (0, 10)}

HELP: Mapping[str, str] = {
    "about": "What the message was about.",
    "amount": "How many points, or what it is worth.",
    "because": "Why.",
    "category": "What it is: an id from policy/categories.yml, such as product/bug.",
    "cause": "Why it happened.",
    "channel": "By which channel: an id from policy/channels.yml.",
    "csat": "How satisfied the submitter is, 5 is best.",
    "clock": "Which clock, such as resolve.",
    "department": "Where it goes: an id from policy/people.yml.",
    "draw": "Which draw, such as 2026-11.",
    "due": "By which day: 2026-11-25.",
    "feasibility": "How well an idea could be done.",
    "field": "Which field of the submission, such as title.",
    "helpers": "Who helps: ids from policy/people.yml.",
    "impact": "How much it harms, 5 is worst (default: the category's).",
    "into": "The items that carry on with parts of it.",
    "kind": "Which of these it is.",
    "measure": "What prevents it from now on.",
    "missing": "Fields that are asked for, such as device; auto: what it lacks. The question may be left out then.",
    "nps": "How likely the submitter recommends us.",
    "of": "The id of the item that carries on for both.",
    "owner": "Who works on it (default: the department's coordinator).",
    "progress": "It tells the submitter how far things are.",
    "question": "What is asked.",
    "reason": "Why.",
    "result": "What was done.",
    "scope": "How many it concerns.",
    "supplied": "Fields of the item that the answer fills.",
    "tags": "Words to find it by.",
    "task_force": "The owner leads a task force of the helpers.",
    "text": "What is said.",
    "to": "To whom: an id from policy/people.yml.",
    "until": "Until which day: 2026-12-01.",
    "urgency": "How soon it must be dealt with, 5 is at once (default: the category's).",
    "verdict": "What was found.",
    "what": "What will be done.",
    "when": "The moment of the event (default: the newest of that verb).",
    "whom": "Who is asked (default: submitter).",
    "words": "The submitter's own words.",
}
"""What each field means."""
HELP_OF: Mapping[tuple[str, str], str] = {
    ("copy", "to"): "To which departments: ids from policy/people.yml.",
    ("link", "to"): "What belongs to it: its id, commit or issue.",
    ("unlink", "to"): "What does not belong to it (default: what it is a duplicate of). An item that it never was a "
    "duplicate of is not proposed as one again.",
    ("unlink", "kind"): "Which of these it is (default: duplicate).",
    ("retract", "what"): "The verb of the event (default: the newest event).",
}
"""What it means where one verb means something else by it."""

_ID = "Q261122-7K3QM2H"
EXAMPLES: Mapping[str, str] = {
    "classify": f"{_ID} --category product/bug --urgency 4",
    "assign": f"{_ID} --department app --owner fang.yu",
    "accept": _ID,
    "return": f'{_ID} --reason "not ours: the bank refused"',
    "ask": f'{_ID} --question "Which phone is it?" --missing device',
    "supply": f'{_ID} --text "iPhone 15" --supplied device',
    "message": f'{_ID} --text "Any news?" --channel phone',
    "respond": f'{_ID} --text "We found the cause." --progress',
    "note": f'{_ID} --text "Same as last week."',
    "resolve": f'{_ID} --result "Fixed in 3.2.1" --cause "timeout"',
    "review": f"{_ID} --verdict pass",
    "reply": f'{_ID} --text "Please update to 3.2.1."',
    "follow-up": f"{_ID} --verdict satisfied --csat 5",
    "reopen": f"{_ID} --kind unsatisfied",
    "close": _ID,
    "reject": f"{_ID} --kind spam",
    "duplicate": f"{_ID} --of Q261121-0AAJN0D",
    "escalate": f'{_ID} --because "third call"',
    "plan": f'{_ID} --what "new cash drawer firmware" --due 2026-11-25',
    "split": f"{_ID} --into Q261121-0AAJN0D",
    "snooze": f'{_ID} --until 2026-12-01 --because "part arrives then"',
    "exempt": f'{_ID} --clock resolve --until 2026-12-01 --because "waits for the law"',
    "copy": f"{_ID} --to stores,brand",
    "link": f"{_ID} --kind article --to knowledge/refund-cards",
    "unlink": _ID,
    "reward": f"{_ID} --kind points --amount 200",
    "notify": f'{_ID} --about progress --text "We are on it."',
    "retract": f'{_ID} --what respond --because "sent to the wrong item"',
    "correct": f'{_ID} --field title --because "typing mistake of the hotline"',
}
"""How each verb is called, after its name."""


def flag(name: str) -> str:
    """The option of a field."""
    return f"--{name.replace('_', '-')}"


def options(verb: str) -> list[Any]:
    """A click option for each field of the verb's event."""
    return [_option(verb, name) for name in VERBS[verb].model_fields if name not in _HIDDEN]


def required(verb: str) -> tuple[str, ...]:
    """The fields that a person must give with their options; words that are missing are asked for at a terminal."""
    kind = VERBS[verb]
    return tuple(
        name
        for name, field in kind.model_fields.items()
        if field.is_required()
        and name not in (*_HIDDEN, *_WEIGHED)
        and name not in kind.PROSE
        and (verb, name) not in _UNDERSTOOD
    )


def choices(verb: str, name: str) -> tuple[str, ...]:
    """All values that a field takes; empty where it takes others."""
    annotation = _bare(VERBS[verb].model_fields[name].annotation)
    return tuple(get_args(annotation)) if get_origin(annotation) is Literal else ()


def _option(verb: str, name: str) -> Any:
    words = _help(verb, name)
    annotation = _bare(VERBS[verb].model_fields[name].annotation)
    if annotation is bool:
        return click.option(flag(name), name, is_flag=True, default=None, help=words)
    if get_origin(annotation) is tuple:
        return click.option(flag(name), name, multiple=True, help=words)
    if choices(verb, name):
        return click.option(flag(name), name, type=click.Choice(choices(verb, name)), help=words)
    if name in RANGES:
        low, high = RANGES[name]
        return click.option(flag(name), name, type=click.IntRange(low, high), metavar=f"{low}-{high}", help=words)
    return click.option(flag(name), name, help=words)


def _help(verb: str, name: str) -> str:
    parts = [HELP_OF.get((verb, name), HELP[name])]
    if name in VERBS[verb].PROSE:
        parts.append("`-` reads it from standard input.")
    if get_origin(_bare(VERBS[verb].model_fields[name].annotation)) is tuple:
        parts.append("May be given several times, or with commas.")
    if name in required(verb) or REQUIRED_PROSE.get(verb) == name:
        parts.append("[required]")
    return " ".join(parts)


def _bare(annotation: Any) -> Any:
    """The type without `| None` and without its marks."""
    arms = [arm for arm in get_args(annotation) if arm is not type(None)]
    if type(None) in get_args(annotation):
        annotation = arms[0]
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation
