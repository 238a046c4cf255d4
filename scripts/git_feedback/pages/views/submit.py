"""Submit: a form made from policy.  It suggests answers while somebody types, and hands what was written over.

Nothing is sent from here.  The browser writes an address that a person opens (an issue of the host with the form filled
in, a new file, a mail) or a text to copy or keep; what the form asks, how long answers may be and what is promised for
each kind of feedback come from `policy/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from git_feedback.intake import issue_form
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views.rendering import Both, page
from git_feedback.pages.views.submit_file import CHANNEL as PULL_REQUEST
from git_feedback.pages.views.submit_file import host_kind, host_of
from git_feedback.pages.views.words import DAY, Words
from git_feedback.policy import Category, Channel, Policy
from git_feedback.policy.model import Facts, Target

PATH = "submit.html"
WEB_FORM, ISSUE_FORM = "web-form", "issue-form"
KINDS = ("problem", "idea", "complaint", "praise")
"""The four first choices, in the order in which they are shown; one that no category falls under is not offered."""
GRAVE = 3
"""From this urgency on something is wrong; what is below could be better."""
ASKED: Mapping[str, tuple[str, ...]] = {
    "product": ("area", "product", "device"),
    "service": ("area", "product"),
    "brand": ("area",),
    "price": ("area", "product"),
    "process": ("area", "device"),
    "praise": ("area", "product"),
    "complaint": ("area", "product", "expected"),
}
"""What is asked beside the text, by group of categories; every other group is asked for all of it."""
EVERYTHING = ("area", "product", "device", "expected")
ASKABLE = frozenset({"text", "product", "area", "device", "rating", "nps", "expected", "language", "submitter"})
"""Fields that somebody can fill in here; what a channel requires beside them only that channel can give."""
_KEYED_BY_US = frozenset({ISSUE_FORM, PULL_REQUEST})
"""Channels whose `source` comes into being when the thing is handed over."""
LABELS = ("kind", "product", "device", "rating", "text")
"""Questions of the issue form: without one, the text that is handed over has the same headings."""
SAID = (
    "errors", "missing", "too-long", "count", "restored", "answers-found", "contact", "contact-mobile", "contact-phone", "contact-email",
    "contact-id-card", "contact-bank-card", "taken-out", "later", "too-many", "too-large", "mark", "cut", "cut-mail", "no-link", "host-asks",
    "host-asks-any", "account-shows", "box", "copied", "not-copied", "line-area", "line-product", "line-device", "line-kind", "line-rating",
    "line-nps", "line-expected", "field-text", "field-title", "field-area", "field-product", "field-device", "field-rating", "field-nps",
    "field-expected", "promise", "no-answer", "no-answer-anonymous", "next-issue", "next-mail", "next-other",
)  # fmt: skip
"""What the script says, by code; its places stay places."""
_PLACES = (
    "field",
    "over",
    "most",
    "used",
    "many",
    "what",
    "files",
    "name",
    "kept",
    "all",
    "kind",
    "box",
    "value",
    "time",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A category to choose: `option` is what the issue form calls it, `kinds` under which first choices it is shown."""

    id: str
    name: str
    describe: str
    option: str
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    promise: str


def pages(record: Record, both: Both) -> Iterator[Page]:
    """The page in each language."""
    for words in both.values():
        yield page(
            record, words, PATH, PATH, words.say("submit-heading"), "submit.html", **_values(record.policy, words)
        )


def _values(policy: Policy, words: Words) -> dict[str, object]:
    # A new file that is filled in already is GitHub's alone: GitLab shows an empty editor (gitlab-org/gitlab#594214), and
    # at Gitea the address names a branch (go-gitea/gitea#16556), which no policy knows.
    host, repository = host_kind(policy), host_of(policy)
    choices = list(choices_of(policy, words))
    return {
        "host": host if repository and ISSUE_FORM in policy.channels else "",
        "host_name": words.say(f"submit-host-{host or 'other'}"),
        "repository": repository,
        "form_file": issue_form.FILE,
        "new_file": f"{repository}/new/HEAD" if host == "github" and PULL_REQUEST in policy.channels else "",
        "takes_files": PULL_REQUEST in policy.channels,
        "mail": policy.desk.submit.mail or "",
        "limits": policy.desk.limits,
        "kinds": [(kind, words.say(f"submit-kind-{kind}"), *_of_kind(kind, choices, policy, words)) for kind in KINDS
                  if any(kind in one.kinds for one in choices)],
        "choices": choices,
        "promise": longest_promise([one for one in policy.categories.values() if not one.short], policy, words),
        "channel": next((one for one in (WEB_FORM, PULL_REQUEST) if one in policy.channels), ""),
        "channels": list(self_service(policy)),
        "boxes": [(box, box.name.said(words.language)) for box in policy.boxes.values()],
        "elsewhere": _list(words, [one.name.said(words.language) for one in policy.channels.values() if one.by_hand]),
        "said": _said(words),
        "prefix": policy.desk.prefix,
        "zone": policy.zone.key,
    }  # fmt: skip


def _list(words: Words, names: Sequence[str]) -> str:
    return ("、" if words.language == "zh" else ", ").join(names)


def _said(words: Words) -> dict[str, str]:
    places = {place: f"{{{place}}}" for place in _PLACES}
    said = {code: words.say(f"submit-{code}", None, **places) for code in SAID}
    return said | {f"label-{name}": issue_form.label(name) for name in LABELS}


# ---- what can be chosen ---------------------------------------------------------------------------------------------


def choices_of(policy: Policy, words: Words) -> Iterator[Choice]:
    """Every category as a choice, in the policy's order."""
    options = {category: option for option, category in issue_form.kinds(policy).items() if category}
    for one in policy.categories.values():
        yield Choice(
            one.id,
            one.name.said(words.language),
            one.describe.said(words.language) if one.describe else "",
            options[one.id],
            kinds_of(one),
            ASKED.get(one.id.split("/", maxsplit=1)[0], EVERYTHING),
            longest_promise([one], policy, words),
        )


def kinds_of(category: Category) -> tuple[str, ...]:
    """The first choices a category falls under: what it is called and how much it matters tell that."""
    if category.short:
        return ("praise",)
    if category.id.split("/", maxsplit=1)[0] == "complaint":
        return ("complaint",)
    return ("problem", "complaint") if category.urgency >= GRAVE else ("idea",)


def _of_kind(kind: str, choices: Sequence[Choice], policy: Policy, words: Words) -> tuple[str, str]:
    """What is asked and what is promised where only the first choice was made."""
    within = [one for one in choices if kind in one.kinds]
    fields = [name for name in EVERYTHING if any(name in one.fields for one in within)]
    return " ".join(fields), longest_promise([policy.categories[one.id] for one in within], policy, words)


def self_service(policy: Policy) -> Iterator[Channel]:
    """Channels that somebody can use here alone: nobody of us writes for them, and nothing is required that only the
    channel itself knows; and those of boxes, whose labels lead here."""
    of_boxes = {box.channel for box in policy.boxes.values()}
    for channel in policy.channels.values():
        beyond = set(channel.required) - ASKABLE
        ours = channel.id in _KEYED_BY_US and beyond == {"source"}
        if channel.id in of_boxes or (not channel.by_hand and (not beyond or ours)):
            yield channel


# ---- what is promised -----------------------------------------------------------------------------------------------


def longest_promise(categories: Sequence[Category], policy: Policy, words: Words) -> str:
    """Within which time somebody answers first, at the latest of these categories; empty where one has no such clock."""
    edition = policy.edition(words.now.date())
    found = [_first_answer(one, policy, words) for one in categories]
    if not found or None in found:
        return ""
    slowest = max((one for one in found if one), key=lambda one: (_length(one, words), -one.rule))
    amount = words.target(edition, slowest.rule, slowest.duration.seconds or 0, slowest.calendar)
    by_hours = slowest.duration.seconds is not None and words.days.get(slowest.calendar) != DAY
    return words.say("submit-working-time", amount=amount) if by_hours else amount


def _first_answer(category: Category, policy: Policy, words: Words) -> Target | None:
    edition = policy.edition(words.now.date())
    level = edition.level(category.urgency, category.impact)
    channel = ISSUE_FORM if ISSUE_FORM in policy.channels else WEB_FORM
    facts = Facts(level, category.id, channel, category.department, "new", category.was)
    targets = edition.targets("respond", facts)
    return targets[0] if targets else None


def _length(target: Target, words: Words) -> float:
    """How long that is in days on the wall, nearly: for comparing."""
    days = target.duration.working_days
    return float(days) if days else (target.duration.seconds or 0) / words.days.get(target.calendar, DAY)
