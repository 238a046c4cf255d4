"""What raises urgency and impact, as a section of the handbook, made from triage.yml."""

from collections.abc import Iterator

from git_feedback.escaping import markdown_line
from git_feedback.i18n import text
from git_feedback.policy import Policy
from git_feedback.policy.triage_files import Condition, Raise


def raises(policy: Policy, language: str) -> list[str]:
    """Paragraphs of Markdown: scope and submitters, conditions with their levels, who may give the top level."""
    triage = policy.triage
    lines = [f"- {line}" for line in _added(policy, language)]
    parts = [text("handbook-raises-lead", language), "\n".join(lines)]
    if triage.conditions:
        rows = [f"- {_condition(one, policy, language)}" for one in triage.conditions]
        parts += [text("handbook-raises-conditions", language), "\n".join(rows)]
    if triage.major:
        role = text(f"handbook-role-{triage.major.needs}", language)
        parts.append(text("handbook-raises-major", language, None, levels=triage.major.levels, role=role))
    return parts


def _added(policy: Policy, language: str) -> Iterator[str]:
    triage = policy.triage
    for scope, least in (("common", triage.common_from), ("systemic", triage.systemic_from)):
        raised = _raise(triage.common if scope == "common" else triage.systemic, language)
        name = text(f"scope-{scope}", language)
        yield text("handbook-raises-scope", language, None, scope=name, least=least, raised=raised)
    if triage.systemic_alarms:
        names = tuple(f"`{one}`" for one in triage.systemic_alarms)
        yield text("handbook-raises-alarms", language, None, scope=text("scope-systemic", language), alarms=names)
    for kind, raised_by in triage.submitter.items():
        who, raised = text(f"page-submitter-{kind}", language), _raise(raised_by, language)
        yield text("handbook-raises-submitter", language, None, who=who, raised=raised)


def _raise(raised: Raise, language: str) -> str:
    """How much is added to which of the two."""
    both = (("urgency", raised.urgency), ("impact", raised.impact))
    said = [text(f"handbook-raises-{name}", language, None, more=more) for name, more in both if more]
    return ("、" if language == "zh" else ", ").join(said) or text("handbook-raises-nothing", language)


def _condition(one: Condition, policy: Policy, language: str) -> str:
    """Its name and level, then all that must hold."""
    name = markdown_line(one.name.said(language))
    when = ("；" if language == "zh" else "; ").join(_when(one, policy, language))
    return text("handbook-raises-when", language, None, name=name, level=one.level, when=when)


def _when(one: Condition, policy: Policy, language: str) -> list[str]:
    """Each thing that must hold; of its list one entry is enough."""
    when, channels = one.when, policy.channels
    listed = {
        "alarm": [f"`{name}`" for name in when.alarm],
        "words": [markdown_line(word) for word in when.words],
        "category": [_category(name, policy, language) for name in when.category],
        "channel": [markdown_line(channels[name].name.said(language)) for name in when.channel],
        "submitter": [text(f"page-submitter-{kind}", language) for kind in when.submitter],
        "scope": [text(f"scope-{scope}", language) for scope in when.scope],
    }
    either = " 或 " if language == "zh" else " or "
    return [
        text(f"handbook-when-{name}", language, None, any=either.join(any_of))
        for name, any_of in listed.items()
        if any_of
    ]


def _category(name: str, policy: Policy, language: str) -> str:
    """A kind by its name, a whole group by its id."""
    found = policy.categories.get(policy.category_ids.get(name, name))
    return markdown_line(found.name.said(language)) if found else f"`{name}`"
