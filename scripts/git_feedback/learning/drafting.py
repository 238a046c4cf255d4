"""The draft of an article, from closed items or a problem record: what is known is filled in, and no person is in it.

Words of submitters come along under `symptoms` alone, those of our replies under `replies`; names and ways to reach
somebody are masked in both, and so are numbers that may be an order's.  Cause, solution and prevention are what
colleagues wrote when they resolved it.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from git_feedback.desk import Standing
from git_feedback.escaping import markdown_line
from git_feedback.i18n import LANGUAGES, text
from git_feedback.learning.copying import is_erased
from git_feedback.learning.likewise import likewise
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.model.articles import ArticleFront
from git_feedback.model.problems import ProblemRecord
from git_feedback.policy import Policy
from git_feedback.privacy import mask
from git_feedback.privacy.names import unnamed
from git_feedback.store.articles import Article, path_of, write_article
from git_feedback.text import language as language_of
from git_feedback.text import shorten, visible

SETTLED = ("closed", "replied")
"""The states in which it is known how a matter ended."""
REVIEW_MONTHS = 6
FINISHED_IN, FOUND_IN = timedelta(days=14), timedelta(days=30)
"""Until when a draft is to be finished, and an answer to be found."""
_SYMPTOMS, _LISTED = 8, 6
_LONGEST_SYMPTOM, _LONGEST_REPLY = 160, 3_500
_NUMBER = re.compile(r"[0-9][0-9 -]{4,}[0-9]")
"""An order, a card, a parcel: long enough to be one person's."""
_NAME = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Matter:
    """What an article is to be about: items in the order of arrival, the problem record that they are, what it is called.

    `titles` is by language; `status` is draft, or research where nobody knows an answer yet.
    """

    name: str
    titles: Mapping[str, str]
    items: Sequence[Standing]
    record: ProblemRecord | None = None
    status: Literal["draft", "research"] = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of a draft: path -> content, those of the items' own language first."""

    name: str
    language: str
    files: Mapping[str, bytes]


def about(articles: Mapping[str, Article], ids: Iterable[str], problem: str | None = None) -> list[str]:
    """The names of articles that are about one of these items, or about the problem, already."""
    wanted = set(ids)
    return [
        article.name
        for article in articles.values()
        if article.front.status != "retired"
        and (wanted & set(article.front.items) or (problem is not None and article.front.problem == problem))
    ]


def name_of(items: Sequence[Standing], record: ProblemRecord | None) -> str:
    """The name of the file: that of the problem, else the category with the end of the first item's id."""
    if record is not None:
        return record.id.removeprefix("P-")
    first = items[0]
    kind = (first.state.category or "matter").rpartition("/")[2]
    return _NOT_IN_NAMES.sub("-", f"{kind}-{first.item.id.rpartition('-')[2]}".lower()).strip("-")


def is_name(given: str) -> bool:
    """Whether a file may be called so: as addresses are, in lower case."""
    return _NAME.fullmatch(given) is not None and given != "index"


def titles_of(items: Sequence[Standing], record: ProblemRecord | None, policy: Policy) -> Mapping[str, str]:
    """What it is called in each language: as the problem is, else by category; no word of a submitter."""
    if record is not None:
        return {language: record.title_in(language)[0] for language in LANGUAGES}
    category = policy.categories.get(items[0].state.category or "")
    return {
        language: text(
            "kb-draft-title", language, category=category.name.said(language) if category else "-", id=items[0].item.id
        )
        for language in LANGUAGES
    }


def draft(matter: Matter, policy: Policy, owner: str, today: date) -> Draft:
    """The article in the items' language, and its frame in the other."""
    own = _language(matter)
    order = (own, *(language for language in LANGUAGES if language != own))
    files = {
        path_of(matter.name, language): _file(matter, policy, owner, today, language, is_own=language == own)
        for language in order
    }
    return Draft(matter.name, own, files)


def half_a_year_after(day: date) -> date:
    """The same day six months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + REVIEW_MONTHS, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _language(matter: Matter) -> str:
    if not matter.items and matter.record is not None:
        return matter.record.language
    counted = Counter(_written_in(one) for one in matter.items)
    return max(LANGUAGES, key=lambda language: counted[language])


def _written_in(one: Standing) -> str:
    return (one.item.language or language_of(one.item.title))[:2]


def _file(matter: Matter, policy: Policy, owner: str, today: date, language: str, *, is_own: bool) -> bytes:
    safe = partial(_safe, staff=tuple(name for one in policy.people.values() for name in (one.name.zh, one.name.en)))
    front = ArticleFront(
        title=" ".join(visible(matter.titles[language]).split())[:300],
        owner=owner,
        review=half_a_year_after(today),
        version=1,
        status=matter.status,
        audience="team",
        categories=_categories(matter, policy),
        due=today + (FOUND_IN if matter.status == "research" else FINISHED_IN),
        items=tuple(one.item.id for one in matter.items),
        measures=matter.record.measures if matter.record else (),
        problem=matter.record.id if matter.record else None,
        symptoms=_symptoms(matter, language, safe),
        replies=_replies(matter, policy, safe) if is_own else {},
    )
    return write_article(front, _body(matter, front.title, language, safe, is_own=is_own))


def _safe(words: str, staff: tuple[str, ...]) -> str:
    """Words without names, ways to reach somebody, and long numbers."""
    return _NUMBER.sub("***", unnamed(mask(visible(words)).text, staff))


def _categories(matter: Matter, policy: Policy) -> tuple[str, ...]:
    """The record's own first, then those of the items, most frequent first; never none."""
    own = [matter.record.category] if matter.record and matter.record.category else []
    counted = Counter(one.state.category for one in matter.items if one.state.category)
    return tuple(dict.fromkeys([*own, *(name for name, _ in counted.most_common())])) or tuple(policy.categories)[:1]


def _symptoms(matter: Matter, language: str, safe: Callable[[str], str]) -> tuple[str, ...]:
    """What submitters called it in that language, each once."""
    found: dict[str, str] = {}
    for one in matter.items:
        if _written_in(one) == language and not is_erased(one.item):
            found.setdefault(
                likewise(one.item.title), shorten(" ".join(safe(one.item.title).split()), _LONGEST_SYMPTOM)
            )
    return tuple(said for said in found.values() if said)[:_SYMPTOMS]


def _replies(matter: Matter, policy: Policy, safe: Callable[[str], str]) -> dict[str, str]:
    """What was replied last, by channel; the greeting stays, the name in it does not."""
    found: dict[str, str] = {}
    for one in matter.items:
        for event in _events(one):
            channel = getattr(event, "channel", None) or one.item.channel
            if isinstance(event, ev.Reply) and channel in policy.channels:
                found[channel] = masked_lines(event.text, safe)[:_LONGEST_REPLY]
    return found


def masked_lines(words: str, safe: Callable[[str], str]) -> str:
    """Each line made safe by itself, without blanks at its end."""
    return "\n".join(safe(line).rstrip() for line in words.strip().splitlines())


# ---- the text -----------------------------------------------------------------------------------------------------------


def _body(matter: Matter, title: str, language: str, safe: Callable[[str], str], *, is_own: bool) -> str:
    """The parts of an article in order; those that nobody can fill in from the record say what belongs there."""

    def say(code: str) -> str:
        return text(f"kb-draft-{code}", language)

    told = _told(matter, safe) if is_own else {}
    parts = [f"# {markdown_line(title)}", say("lead")]
    parts += [
        f"## {say('do')}",
        say("do-empty"),
        f"## {say('then')}",
        say("then-empty"),
    ]
    for part in ("cause", "solution", "prevention"):
        parts.append(f"## {say(part)} {{.team}}")
        parts.append("\n".join(f"- {line}" for line in told.get(part, ())) or say(f"{part}-empty"))
    parts += [f"## {say('tell')} {{.team}}", say("tell-empty")]
    return "\n\n".join(parts)


def _told(matter: Matter, safe: Callable[[str], str]) -> dict[str, list[str]]:
    """What colleagues found out: cause, solution, prevention, each line once."""
    found: dict[str, list[str]] = {"cause": [], "solution": [], "prevention": []}
    if matter.record:
        found["cause"] += [said for said in (matter.record.root, *_causes(matter.record)) if said]
    for event in _resolved(matter):
        for part, said in (("cause", event.cause), ("solution", event.result), ("prevention", event.measure)):
            found[part] += [said] if said else []
    return {
        part: [markdown_line(safe(said)) for said in list(dict.fromkeys(listed))[:_LISTED]]
        for part, listed in found.items()
    }


def _causes(record: ProblemRecord) -> Iterator[str]:
    return (one.cause for causes in record.causes.values() for one in causes)


def _resolved(matter: Matter) -> Iterator[ev.Resolve]:
    return (event for one in matter.items for event in _events(one) if isinstance(event, ev.Resolve))


def _events(one: Standing) -> Iterator[Event]:
    """What happened to an item and was not taken back; nothing of one whose words were erased."""
    back = {(event.what, event.when) for event in one.item.history if isinstance(event, ev.Retract)}
    if not is_erased(one.item):
        yield from (event for event in one.item.history if (event.verb, event.at) not in back)
