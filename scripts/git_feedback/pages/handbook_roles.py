"""Roles as a page of the handbook: what each may do, by the table of life, and who holds it, by people.yml."""

from collections.abc import Iterator

from git_feedback.desk import STEPS
from git_feedback.i18n import text
from git_feedback.pages.handbook_parts import coded, joined, named, speaker, titled
from git_feedback.policy import Policy
from git_feedback.policy.files import ROLES

_MACHINE = "machine"


def roles(policy: Policy, language: str) -> str:
    """The page of roles."""
    say = speaker(language)
    everybody = [verb for verb, step in STEPS.items() if not step.roles and not step.owner]
    parts = [
        say("roles-lead"),
        _major(policy, language),
        *_each(policy, language),
        f"## {say('roles-all')}",
        _verbs(everybody, language),
        f"## {say('roles-machine')}",
        _verbs([verb for verb, step in STEPS.items() if step.roles == (_MACHINE,)], language),
    ]
    return titled(say("title-roles"), *parts)


def _each(policy: Policy, language: str) -> Iterator[str]:
    """The owner of an item, then the roles in the order of the house; a list reads well on a phone, a table would not."""
    say = speaker(language)
    yield f"## {say('roles-owner')}"
    yield _told(say("roles-may"), _verbs([verb for verb, step in STEPS.items() if step.owner], language), language)
    for role in ROLES:
        may = [verb for verb, step in STEPS.items() if role in step.roles]
        held = [named(one.name, language) for one in policy.people.values() if role in one.roles]
        yield f"## {say(f'role-{role}').capitalize()} {coded(role)}"
        who = joined(held, language) or say("roles-nobody")
        may_do = _told(say("roles-may"), _verbs(may, language), language)
        yield f"{may_do}\n{_told(say('roles-held'), who, language)}"


def _told(head: str, said: str, language: str) -> str:
    return f"- **{head}**{speaker(language)('colon')}{said}"


def _verbs(verbs: list[str], language: str) -> str:
    """What the verbs do, in words; their own names are on the page of life."""
    return joined((doing(verb, language) for verb in verbs), language) or "–"


def doing(verb: str, language: str) -> str:
    """What a verb does, as part of a list."""
    words = text(f"training-verb-{verb}", language)
    return words[0].lower() + words[1:] if language == "en" else words


def _major(policy: Policy, language: str) -> str:
    """Who may give the top levels, where the policy says so."""
    major = policy.triage.major
    if major is None:
        return ""
    role = text(f"handbook-role-{major.needs}", language)
    return speaker(language)("roles-major", levels=major.levels, role=role)
