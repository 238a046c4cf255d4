"""Tokens that stand for one fact everywhere: a clock with its sign, words, bar and wall time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from git_feedback.desk import Standing
from git_feedback.desk.sla import Clock
from git_feedback.pages.views.words import Words, utc

SOON_SHARE = 0.25
"""From the 75 % rung of its target on a clock is nearly due ..."""
SOON_S = 1800
"""... or with less than half an hour left."""

_STANDS = {"breached-open": "breached", "breached": "breached"}
_SIGNS = frozenset({"soon", "breached", "paused", "met"})
LATER = float("inf")


@dataclass(frozen=True, slots=True)
class Token:
    """A clock as pages show it.  `due` is empty where no instant is at hand; `goes` says that the script counts it on.

    `share` is how much of the target is used, 0 to 100; `by` names clock and wall time in words.
    """

    kind: str
    sign: str
    words: str
    name: str
    due: str
    left: int
    target: int
    calendar: str
    goes: bool
    share: int
    by: str
    told: str = ""
    """The instant in words, as they stand in the sentences about it; empty where there is none."""

    @property
    def html(self) -> Markup:
        """Sign and words, with what the script needs to count them on."""
        facts = f' data-name="{self.name}" data-left="{self.left}" data-target="{self.target}"' if self.name else ""
        goes = f' data-due="{self.due}" data-goes="1"' if self.goes else ""
        return Markup(  # noqa: S704 - numbers, names from code, and words of ours escaped
            f'<span class="fb-clock" data-clock="{self.kind}"{facts} data-calendar="{self.calendar}"{goes}>'
            f'<svg class="fb-i" aria-hidden="true"><use href="#fb-{self.sign}"/></svg>{escape(self.words)}</span>'
        )

    @property
    def bar(self) -> Markup:
        """How much of the target is used, as a line."""
        return Markup(  # noqa: S704 - numbers and names from code
            f'<svg class="fb-bar" data-clock="{self.kind}" viewBox="0 0 100 4" preserveAspectRatio="none" '
            f'aria-hidden="true"><rect width="{self.share}" height="4"/></svg>'
        )


def kind(clock: Clock) -> str:
    """The state of a clock as readers see it: `soon` stands between running and late."""
    if clock.state == "running" and (clock.left <= clock.target * SOON_SHARE or clock.left < SOON_S):
        return "soon"
    return _STANDS.get(clock.state, clock.state)


def token(clock: Clock, words: Words) -> Token:
    """A clock of an item, in words."""
    found = kind(clock)
    goes = clock.state in ("running", "breached-open") and clock.due is not None
    return Token(
        kind=found,
        sign=found if found in _SIGNS else "running",
        words=said(clock, words),
        name=clock.name,
        due=utc(clock.due) if goes and clock.due else "",
        left=clock.left,
        target=clock.target,
        calendar=clock.calendar,
        goes=goes,
        share=_share(clock),
        by=_by(clock, words),
        told=words.moment(clock.due) if goes and clock.due else "",
    )


def none(words: Words) -> Token:
    """What stands in for a clock where an item has none."""
    return Token("running", "running", words.live("none"), "", "", 0, 0, "", False, 0, "")


def said(clock: Clock, words: Words) -> str:
    """The words of a clock with its amount."""
    if clock.state in ("running", "breached-open"):
        code = "late" if clock.late_by else "left"
        return words.live(code, amount=words.amount(abs(clock.left), clock.calendar))
    if clock.state == "paused":
        code = "paused-late" if clock.late_by else "paused"
        return words.live(code, amount=words.amount(abs(clock.left), clock.calendar))
    if clock.state == "met":
        return words.say("page-met-in", amount=words.amount(clock.elapsed, clock.calendar))
    if clock.state == "breached":
        return words.say("page-done-late", amount=words.amount(clock.late_by or 0, clock.calendar))
    return words.live(clock.state)


def _share(clock: Clock) -> int:
    if clock.late_by:
        return 100
    return min(100, round(100 * clock.elapsed / clock.target)) if clock.target else 0


def _by(clock: Clock, words: Words) -> str:
    if clock.due is None or clock.state not in ("running", "breached-open"):
        return ""
    return words.say("page-by", name=words.clock(clock.name), time=words.moment(clock.due))


def chosen(one: Standing) -> Clock | None:
    """The clock a list shows for an item: the one that asks first, else the one that ended last; None without any."""
    return one.worst or max(
        (clock for clock in one.clocks if clock.stopped and clock.state in ("met", "breached")),
        key=lambda clock: clock.stopped or one.item.received,
        default=None,
    )


def urgency(one: Standing) -> tuple[float, float, str]:
    """The order of lists: first due first, what stands still after what runs, what has no clock last."""
    worst = one.worst
    if worst is None:
        return LATER, LATER, one.item.id
    due = worst.due.timestamp() if worst.due else LATER
    return due, float(worst.left), one.item.id


def by_due(standings: Sequence[Standing]) -> list[Standing]:
    """Items by their worst clock, first due first."""
    return sorted(standings, key=urgency)


def next_due(standings: Sequence[Standing]) -> tuple[datetime, Standing] | None:
    """The deadline that comes next, and whose it is."""
    found = [
        (clock.due, one.item.id, one)
        for one in standings
        for clock in one.clocks
        if clock.state == "running" and clock.due
    ]
    if not found:
        return None
    due, _, one = min(found, key=lambda row: row[:2])
    return due, one
