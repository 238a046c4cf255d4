"""The one answer to an issue: where its item stands, whose it is, until when what happens, and what comes next.

It is read by the customer, and by the team, whose commands are folded away in it.  Everything in it follows from the
record and from which clocks are late: asked again, it has the same bytes until something happens.  Moments are absolute,
and the newest of what it knows says as of when it is true.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from git_feedback import i18n
from git_feedback.desk import Standing, happened, is_answerable, possible
from git_feedback.desk.sla import Clock
from git_feedback.escaping import github_line
from git_feedback.intake import slash_words
from git_feedback.intake.door import safe
from git_feedback.model import Event
from git_feedback.model import events as ev
from git_feedback.policy import Policy

PROMISED = ("respond", "update", "info", "resolve", "second", "reply")
"""Clocks that run for the customer; the others are the team's own."""
OFFERED = (
    "classify", "assign", "accept", "return", "ask", "respond", "plan", "resolve", "review", "reply", "follow-up",
    "reopen", "close", "reject", "duplicate", "note",
)  # fmt: skip
"""What the team is shown an example of, where it is legal, in the order of life."""
_WITHOUT_WORDS = ("accept", "close")
"""Commands that say all by themselves."""
_GITLABS = "／"
"""GitLab takes `/assign`, `/close` and others for commands of its own; the full-width stroke is left to us."""
_UNSEEN = frozenset({"alarm", "note", "notify", "copy", "link", "snooze", "reward", "correct", "erase", "exempt"})
"""Events that change nothing of what is said here."""
_LIVES = {
    "new": "received", "triaged": "received", "assigned": "received", "returned": "received",
    "accepted": "working", "reopened": "working",
}  # fmt: skip
"""What comes next, where several states have the same ahead of them; the others have words of their own."""
_REMARK = re.compile(r"<!-- remark -->.*?<!-- /remark -->\n\n", re.DOTALL)


def marker(item_id: str) -> str:
    """What nobody sees, and the answer is found again by."""
    return f"<!-- git-feedback {item_id} -->"


def without_remark(text: str) -> str:
    """An answer as it reads without the remark of the last command; lines end in one way."""
    return _REMARK.sub("", text.replace("\r\n", "\n")).strip()


def language_of(one: Standing, policy: Policy) -> str:
    """The language of whoever wrote the issue, else the desk's."""
    return i18n.language_of(one.item.language or policy.desk.language)


def answer(one: Standing, policy: Policy, now: datetime, remark: str = "") -> str:
    """The whole comment.  `remark` is Markdown of ours, with what strangers said in it escaped already."""
    language = language_of(one, policy)
    parts = [
        _head(one, policy, language),
        _whose(one, policy, language),
        f"<!-- remark -->\n{remark.strip()}\n<!-- /remark -->" if remark.strip() else "",
        _promises(one, policy, language),
        _next(one, now, language),
        _for_the_team(one, policy, language),
        _as_of(one, policy, now, language),
        marker(one.item.id),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def as_of(one: Standing, now: datetime) -> datetime:
    """When something of what the answer says changed last: it happened then, or a clock ran out."""
    moments = [event.at for event in happened(one.item, now) if event.verb not in _UNSEEN]
    ran_out = [clock.due for clock in one.clocks if clock.state == "breached-open" and clock.due]
    return max((one.item.received, *moments, *ran_out))


# ---- what everybody reads -------------------------------------------------------------------------------------------


def _head(one: Standing, policy: Policy, language: str) -> str:
    state = one.state
    said = [f"**{one.item.id}**", i18n.text(f"life-{state.life}", language)]
    if state.level:
        said.append(level_said(state.level, policy, language))
    return " · ".join(said)


def level_said(level: str, policy: Policy, language: str) -> str:
    """A level with what it is called now: P1 (High); one that is no more has its id alone."""
    found = policy.editions[-1].levels.get(level)
    return (
        i18n.text("answer-level", language, id=level, name=github_line(found.name.said(language))) if found else level
    )


def _whose(one: Standing, policy: Policy, language: str) -> str:
    department = policy.departments.get(one.state.department or "")
    owner = policy.people.get(one.state.owner or "") if policy.desk.comments.names else None
    where = github_line(department.name.said(language)) if department else ""
    if owner is None:
        return i18n.text("answer-department", language, department=where) if where else ""
    name = github_line(owner.name.said(language))
    code = "answer-owner-in" if where else "answer-owner"
    return i18n.text(code, language, owner=name, department=where)


def _promises(one: Standing, policy: Policy, language: str) -> str:
    """A table of the clocks that go on for the customer; nothing where none does."""
    going = [clock for clock in one.clocks if clock.name in PROMISED and clock.goes_on]
    if not going:
        return ""
    head = i18n.text("answer-table", language)
    rows = [
        f"| {i18n.text(f'answer-promise-{clock.name}', language)} | {_until(clock, one, policy, language)} |"
        for clock in going
    ]
    return "\n".join([head, "| --- | --- |", *rows])


def _until(clock: Clock, one: Standing, policy: Policy, language: str, late: str = "answer-late") -> str:
    """What a clock that goes on says, without anything that changes by itself before it runs out."""
    if clock.due is None:
        waits = one.state.waiting_for or "partner"
        return i18n.text(f"answer-paused-{waits}", language)
    code = late if clock.state == "breached-open" else "answer-due"
    return i18n.text(code, language, due=moment_said(clock.due, policy, language))


def moment_said(at: datetime, policy: Policy, language: str) -> str:
    """A moment in the desk's zone, with its weekday and the zone: Fri 2026-11-20 13:05 (UTC+08:00)."""
    here = at.astimezone(policy.zone)
    weekday = i18n.text("calendar-weekdays", language).split()[here.weekday()]
    offset = here.strftime("%z")
    return i18n.text(
        "answer-moment",
        language,
        weekday=weekday,
        day=here.strftime("%Y-%m-%d"),
        time=here.strftime("%H:%M"),
        zone=f"{offset[:3]}:{offset[3:5]}",
    )


def _next(one: Standing, now: datetime, language: str) -> str:
    """What happens next, in words for the customer; where it has ended, why."""
    life = one.state.life
    kind = f"waiting-{one.state.waiting_for or 'partner'}" if life == "waiting" else _LIVES.get(life, life)
    words = i18n.text(f"answer-next-{kind}", language, original=one.state.duplicate_of or "-")
    because = github_line(safe(_reason(one, now)))
    return "\n\n".join(filter(None, [words, i18n.text("answer-reason", language, reason=because) if because else ""]))


def _reason(one: Standing, now: datetime) -> str:
    """What was said when it ended; of spam, abuse and fraud no word is lost where everybody reads."""
    ends: dict[str, type[Event]] = {"rejected": ev.Reject, "closed": ev.Close}
    wanted = ends.get(one.state.life)
    found = [event for event in happened(one.item, now) if wanted and isinstance(event, wanted)]
    last = found[-1] if found else None
    if isinstance(last, ev.Reject):
        return (last.reason or "") if last.kind in ("invalid", "withdrawn") else ""
    return (last.reason or "") if isinstance(last, ev.Close) else ""


def _as_of(one: Standing, policy: Policy, now: datetime, language: str) -> str:
    words = i18n.text("answer-as-of", language, at=moment_said(as_of(one, now), policy, language))
    site = policy.desk.site
    if not site:
        return f"<sub>{words}</sub>"
    address = f"{site.rstrip('/')}/{language}/"
    return f"<sub>{words} [{i18n.text('answer-site', language)}](<{address}>)</sub>"


# ---- what the team unfolds ------------------------------------------------------------------------------------------


def _for_the_team(one: Standing, policy: Policy, language: str) -> str:
    summary = i18n.text("answer-team", language)
    lead = i18n.text("answer-team-lead", language)
    clocks = list(_own_clocks(one, policy, language))
    own = ["", i18n.text("answer-clocks", language), "", *clocks] if clocks else []
    return "\n".join(
        ["<details>", f"<summary>{summary}</summary>", "", lead, "", *_examples(one, policy), *own, "", "</details>"]
    )


def _own_clocks(one: Standing, policy: Policy, language: str) -> Iterator[str]:
    for clock in one.clocks:
        if clock.name not in PROMISED and clock.goes_on:
            name = i18n.text(f"cli-clock-{clock.name}", language)
            until = _until(clock, one, policy, language, late="answer-late-since")
            yield f"- {i18n.text('answer-clock', language, name=name, until=until)}"


def _examples(one: Standing, policy: Policy) -> Iterator[str]:
    """A command for each legal step, in both languages: the team need not be the customer's countrymen."""
    state = one.state
    legal = possible(state.life, short=state.short, answerable=is_answerable(one.item, policy))
    stroke = _GITLABS if (one.item.source or "").startswith("gitlab#") else "/"
    for verb in OFFERED:
        if verb in legal:
            yield f"- `{stroke}{example(verb, 'en')[1:]}` · `{stroke}{example(verb, 'zh')[1:]}`"


def example(verb: str, language: str) -> str:
    """A command as somebody would write it; what a category weighs is changed more often than the category."""
    word = slash_words.word(slash_words.PRIORITY if verb == "classify" else verb, language)
    return word if verb in _WITHOUT_WORDS else f"{word} {i18n.text(f'answer-do-{verb}', language)}"
