"""The draft of a problem record, from items alone: what can be counted is filled in, why it is so stays to be found out.

No sentence of a submitter comes along.  A title may hold single words that several people said, as the list of
recurring problems shows them; areas are told as the items name them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from git_feedback.desk import Standing
from git_feedback.i18n import text
from git_feedback.insight.belonging import submitters
from git_feedback.model.measures import Both
from git_feedback.model.problems import FiveW, ProblemRecord
from git_feedback.policy import Policy
from git_feedback.text import fold, visible
from git_feedback.triage.recurring import Recurring

FEWEST_PEOPLE = 2
"""A word that fewer people said may be anybody's own; it stays out of titles."""
_LISTED = 3
_LONGEST_AREA = 40


def problem_id_of(found: Sequence[Standing]) -> str:
    """A name for the record of these items, made from the first: it stays while more are added."""
    return f"P-{found[0].item.id.lower().removeprefix('q')}"


def draft(
    problem: str, found: Sequence[Standing], group: Recurring | None, policy: Policy, owner: str, language: str
) -> ProblemRecord:
    """A record of items in the order of arrival; `group` is the recurring problem they are, where they are one."""
    assert found
    category = _most([one.state.category for one in found])
    return ProblemRecord(
        id=problem,
        title=Both(**{lang: _title(found, group, category, policy, lang) for lang in ("en", "zh")}),
        language="zh" if language == "zh" else "en",
        status="open",
        owner=owner,
        department=_most([one.state.department for one in found]) or _department(category, policy),
        category=category,
        since=found[0].item.received.astimezone(policy.zone).date(),
        items=tuple(one.item.id for one in found),
        five_w=_five_w(found, policy, language),
    )


def _title(found: Sequence[Standing], group: Recurring | None, category: str | None, policy: Policy, lang: str) -> str:
    known = policy.categories.get(category or "")
    name = known.name.said(lang) if known else text("problem-title-unclassified", lang)
    terms = _shared(group.terms_by_language.get(lang, ()), found) if group else []
    if terms:
        return text("problem-title", lang, category=name, terms=terms)
    return text("problem-title-plain", lang, category=name, n=len(found))


def _shared(terms: Iterable[str], found: Sequence[Standing]) -> list[str]:
    """Terms that several people said."""
    said = [(one, fold(f"{one.item.title} {one.item.text or ''}")) for one in found]
    listed = (visible(term) for term in terms if submitters([one for one, it in said if term in it]) >= FEWEST_PEOPLE)
    return list(listed)


def _five_w(found: Sequence[Standing], policy: Policy, language: str) -> FiveW:
    """What, when, where and who; why it matters and how it happens nobody can count."""
    names = {name: one.name.said(language) for name, one in policy.categories.items()}
    categories = [names.get(name, name) for name, _ in _counted([one.state.category for one in found])]
    areas = _counted([one.item.area for one in found if len(one.item.area or "") <= _LONGEST_AREA])
    first, last = (one.item.received.astimezone(policy.zone).date().isoformat() for one in (found[0], found[-1]))
    where = text("problem-draft-where", language, most=[f"{visible(area)} {n}" for area, n in areas]) if areas else None
    named = categories or [text("problem-title-unclassified", language)]
    return FiveW(
        what=text("problem-draft-what", language, items=len(found), categories=named),
        when=text("problem-draft-when", language, first=first, last=last),
        where=where,
        who=text("problem-draft-who", language, submitters(found)),
    )


def _counted(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """What is named most often, and how often."""
    counted = Counter(value for value in values if value)
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_LISTED]


def _most(values: Sequence[str | None]) -> str | None:
    found = _counted(values)
    return found[0][0] if found else None


def _department(category: str | None, policy: Policy) -> str | None:
    known = policy.categories.get(category or "")
    return known.department if known else None
