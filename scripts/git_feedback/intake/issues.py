"""An issue of a Git host that was made with the form: the event that tells of it becomes a submission.

Nothing is lost: what fits no field, and what a person should look at, stands in notes of the item.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from git_feedback import i18n
from git_feedback.intake import issue_form
from git_feedback.intake.door import masked_in, safe
from git_feedback.intake.lengthy import notes, parted, shortened
from git_feedback.intake.rows import Private, Row
from git_feedback.model import Event, Submission
from git_feedback.model import events as ev
from git_feedback.notation import clean
from git_feedback.policy import Policy
from git_feedback.text import language

BY = "intake"
CHANNEL = "issue-form"
CHOSEN = "chosen in the form: "
"""How the reason of a category begins that the submitter chose."""
_LINE_MAX = 300
_TEXT_MAX = 20_000
_YEARS = range(2001, 2099)
"""The years that an id can name."""
_BODY_MAX = 1_000_000
"""Characters; no host that we know takes a tenth of it."""
_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(\[bot\])?")
_NOBODY = "ghost"
"""The login that hosts give to all who are gone."""


class Unreadable(ValueError):
    """An event that tells of no issue; `reason` is for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Issue(BaseModel):
    """What the event of an issue says, as far as intake asks."""

    model_config = ConfigDict(frozen=True)
    number: StrictInt = Field(ge=1, le=2**53)
    title: StrictStr = ""
    body: StrictStr | None = None
    created_at: datetime
    login: StrictStr = ""
    """Who made it, by the name that everybody sees on the host; empty where nobody can be told by it."""
    host: StrictStr = "github"
    """What kind of host it is on: github, gitlab or gitea."""

    @property
    def source(self) -> str:
        """The key of the issue on its host."""
        return f"{self.host}#{self.number}"


@dataclass(frozen=True, slots=True)
class _Told:
    """What an issue says, question by question, and what is left over."""

    kind: str | None
    product: str | None
    device: str | None
    rating: str | None
    text: str
    beside: tuple[str, ...]
    """Words that no question asked for."""
    flags: tuple[str, ...]


def issue(event: bytes, host: str = "github") -> Issue:
    """The issue in the event of a workflow (the file named by GITHUB_EVENT_PATH).  Raises Unreadable."""
    return told_by_host(told_in(event)["issue"], host)


def told_in(event: bytes) -> Mapping[str, Any]:
    """An event as it is told: it has an issue, and nothing else is known of it.  Raises Unreadable."""
    try:
        told = json.loads(event.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(" ".join(str(error).split())) from None
    if not isinstance(told, Mapping) or not isinstance(told.get("issue"), Mapping):
        raise Unreadable("issue")
    return told


def told_by_host(told: Mapping[str, Any], host: str = "github") -> Issue:
    """The issue in an answer of its host, in the form of GitHub.  Raises Unreadable."""
    facts = {name: told[name] for name in ("number", "title", "body", "created_at") if name in told}
    try:
        found = Issue.model_validate({**facts, "login": login_of(told.get("user")), "host": host})
    except ValidationError as error:
        raise Unreadable(", ".join(f"issue.{'.'.join(map(str, one['loc']))}" for one in error.errors())) from None
    if len(found.body or "") > _BODY_MAX:
        raise Unreadable("issue.body")
    if found.created_at.tzinfo is None or found.created_at.year not in _YEARS:
        raise Unreadable("issue.created_at")
    return found


def login_of(user: object) -> str:
    """The login of a user as a host tells of one, in small letters; empty where nobody can be told by it."""
    login = user.get("login") if isinstance(user, Mapping) else None
    known = isinstance(login, str) and _LOGIN.fullmatch(login) and login.casefold() != _NOBODY
    return str(login).casefold() if known else ""


def row(found: Issue, policy: Policy, now: datetime, source: str | None = None) -> Row:
    """The issue as a row that is taken in; `source` is its key where that is not the usual one."""
    said = submission(found, policy, now)
    return Row(
        found.number,
        said.model_copy(update={"source": source or found.source}),
        private=Private(originals=masked_in({"title": clean(found.title), "text": clean(found.body or "")})),
        author=f"{found.host}:{found.login}" if found.login else "",
    )


def submission(found: Issue, policy: Policy, now: datetime) -> Submission:
    """The issue as a submission that came to the desk `now`: every word has passed the door."""
    told = _told(found.body, policy)
    limits = policy.desk.limits
    whole_title = _on_one_line(found.title)
    kind = told.kind if told.kind and issue_form.kinds(policy).get(told.kind) else None
    first_line = next((line for line in told.text.split("\n") if line.strip()), "")
    title = whole_title or safe(kind or "") or _on_one_line(first_line) or found.source
    text, rest = parted(told.text or whole_title, min(limits.text_max, _TEXT_MAX))
    received = found.created_at.astimezone(policy.zone).replace(microsecond=0)
    beside = [*told.beside, *([whole_title] if len(whole_title) > limits.title_max else [])]
    product, device = _on_one_line(told.product or ""), _on_one_line(told.device or "")
    beside += [words for words, most in ((product, _LINE_MAX), (device, limits.device_max)) if len(words) > most]
    facts: dict[str, Any] = {
        "received": received,
        "channel": CHANNEL,
        "source": found.source,
        "language": _language(f"{whole_title} {told.text}"),
        "title": shortened(title, limits.title_max),
        "text": text or None,
        "product": shortened(product, _LINE_MAX) or None,
        "device": shortened(device, limits.device_max) or None,
        "rating": told.rating,
        "history": tuple(_history(told, kind, rest, beside, policy, max(now.astimezone(policy.zone), received))),
    }
    return Submission.model_validate(facts)


def _told(body: str | None, policy: Policy) -> _Told:
    form = issue_form.form(policy)
    parsed = issue_form.parse(body, form)
    words = {name: _words(value) for name, value in parsed.fields.items()}
    if "not_a_form" in parsed.flags:
        return _Told(None, None, None, None, safe(parsed.beside), (), tuple(parsed.flags))
    strange = [name for name in ("kind", "rating") if f"unknown_option:{name}" in parsed.flags]
    beside = [f"{issue_form.label(name)}: {words[name]}" for name in strange]
    return _Told(
        kind=None if "kind" in strange else words["kind"],
        product=words["product"],
        device=words["device"],
        rating=None if "rating" in strange else words["rating"],
        text=safe(words["text"] or ""),
        beside=tuple(map(safe, filter(None, [parsed.beside, *beside]))),
        flags=tuple(parsed.flags),
    )


def words_in(found: Issue, policy: Policy) -> list[str]:
    """The free text of an issue, line by line, past the door: the answer to the last question, and what answers none."""
    told = _told(found.body, policy)
    return [line for words in (told.text, *told.beside) for line in words.split("\n") if line.strip()]


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _history(
    told: _Told, kind: str | None, rest: str, beside: list[str], policy: Policy, at: datetime
) -> Iterator[Event]:
    category = issue_form.kinds(policy).get(kind or "")
    if category:
        weight = policy.categories[category]
        because = f"{CHOSEN}{kind}"
        yield ev.Classify(
            at=at, by=BY, category=category, urgency=weight.urgency, impact=weight.impact, because=because
        )
    spoken = policy.desk.language
    goes_on = [f"{i18n.text('form-text-goes-on', spoken)}\n\n{rest}"] if rest else []
    yield from notes("\n\n".join([*_remarks(told.flags, spoken), *beside, *goes_on]), at)


def _remarks(flags: tuple[str, ...], spoken: str) -> list[str]:
    """What a person should look at, in the desk's language; each with the flag itself."""
    if not flags:
        return []
    told = (flag.partition(":") for flag in flags)
    lines = (
        f"- {flag}{sign}{name}: {i18n.text('flag-' + flag.replace('_', '-'), spoken)}" for flag, sign, name in told
    )
    return ["\n".join([i18n.text("form-read-with-doubt", spoken), *lines])]


def _on_one_line(words: str) -> str:
    return " ".join(safe(words).split())


def _language(words: str) -> str | None:
    found = language(words)
    return None if found == "und" else found
