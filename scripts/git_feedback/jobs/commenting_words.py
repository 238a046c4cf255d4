"""What is said to whoever wrote a comment: a line for what was done, a line with the way out for what was not."""

from dataclasses import replace

from git_feedback import i18n
from git_feedback.desk import STEPS, Refusal, State, is_answerable, possible
from git_feedback.desk.verbs import ALWAYS
from git_feedback.intake.slash import Command, Unknown
from git_feedback.intake.slash_words import HELP, NOT_HERE, PRIORITY, WORDS, word
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.policy.files import Person
from git_feedback.text import shorten, visible


def said(code: str, language: str, **values: object) -> str:
    """Fact and way out, on one line."""
    between = "；" if language == "zh" else "; "
    return between.join(half for half in i18n.halves(code, language, **values) if half)


def done(command: Command, item_id: str, language: str) -> str:
    """What was done."""
    return said("slash-done", language, word=command.word, id=item_id)


def refused(command: Command, refusal: Refusal, language: str) -> str:
    """Why not, and what may be done instead, in the words that are written in comments."""
    legal = tuple(word(verb, language) for verb in refusal.legal if verb in WORDS and verb not in ALWAYS)
    values = dict(refusal.values)
    if "verb" in values:
        values["verb"] = command.word
    return _about(command, replace(refusal, legal=legal, values=values).said(language), language)


def unclear(command: Command, code: str, values: dict[str, object], language: str) -> str:
    """What could not be understood of a command."""
    return _about(command, said(code, language, **values), language)


def _about(command: Command, words: str, language: str) -> str:
    return i18n.text("slash-about", language, word=command.word, words=words)


def incomplete(command: Command, language: str) -> str:
    """A command that says too little: how it is written."""
    return said("slash-incomplete", language, word=command.word, usage=usage(command.name, language))


def unknown(one: Unknown, language: str) -> str:
    """A word that is none."""
    given = shorten(visible(one.word), 40)
    if one.near:
        return said("slash-unknown", language, word=given, near=one.near)
    return said("slash-unknown-help", language, word=given, help=word(HELP, language))


def not_here(command: Command, language: str) -> str:
    """What cannot be done by a comment."""
    return said("slash-not-here", language, word=command.word, verb=command.name)


def usage(name: str, language: str) -> str:
    """How a command is written, its word in front."""
    return i18n.text(f"slash-usage-{name}", language)


def help_for(person: Person, item: Item | None, state: State | None, policy: Policy, language: str) -> list[str]:
    """What this person may write now; without an item all there is."""
    names = [name for name in WORDS if name not in NOT_HERE]
    if item is None or state is None:
        return [i18n.text("slash-help", language), *(usage(name, language) for name in names)]
    legal = possible(state.life, short=state.short, answerable=is_answerable(item, policy))
    able = [name for name in names if name == HELP or (_verb(name) in legal and _may(person, _verb(name), state))]
    return [i18n.text("slash-help-now", language, id=item.id), *(usage(name, language) for name in able)]


def _verb(name: str) -> str:
    return "classify" if name == PRIORITY else name


def _may(person: Person, verb: str, state: State) -> bool:
    step = STEPS[verb]
    anybody = not (step.roles or step.owner)
    return anybody or (step.owner and state.owner == person.id) or bool(set(step.roles) & set(person.roles))
