"""An issue mirrors its item: the one answer of the desk below it, labels of state and level, closed with it.

Only what differs is written, so a second time changes nothing.  The desk's answer is found by its hidden marker and by
who wrote it: a marker alone proves nothing, for anybody can copy one.  Labels of other families are left alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from git_feedback import i18n
from git_feedback.desk import FINISHED, STATES, Standing
from git_feedback.desk.verbs import SLACK
from git_feedback.hosts import HostFailed
from git_feedback.hosts.provider import Comment, Label, Provider
from git_feedback.model import Item
from git_feedback.outbox import answers
from git_feedback.policy import Policy

STATE, LEVEL = "state: ", "level: "
"""How the names of our labels begin; what follows is the same in every language."""
RECENT = timedelta(days=8)
"""How far back a night looks for answers that were not written: a week without a night is caught up with."""
MOST = 200
"""So many issues a run looks at, the newest first: hosts count questions by the hour, and each issue costs a few."""
IN_A_ROW = 3
"""So many issues in a row that cannot be asked for, and a run gives up: the host is out of reach, or refuses."""
GONE, OTHER = "host-not-found", "host-other-issue"
NOTHING: Mapping[str, str] = MappingProxyType({})
_COLORS = {
    "new": "d4c5f9", "triaged": "c5def5", "assigned": "bfdadc", "accepted": "0e8a16", "waiting": "fef2c0",
    "resolved": "1d76db", "reviewed": "5319e7", "replied": "006b75", "closed": "6a737d", "returned": "f9d0c4",
    "rejected": "e6e6e6", "duplicate": "cfd3d7", "reopened": "e99695",
}  # fmt: skip
_LEVEL_COLORS = ("b60205", "d93f0b", "fbca04", "c2e0c6")


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was done to an issue so that it shows where its item stands."""

    number: int
    said: bool = False
    """A new comment was written, for there was none of ours."""
    changed: bool = False
    """Our comment got other words."""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    turned: str = ""
    """closed or reopened; empty where it stayed as it was."""

    @property
    def is_new(self) -> bool:
        """Whether anything had to be written."""
        return bool(self.said or self.changed or self.added or self.removed or self.turned)


def labels_wanted(policy: Policy) -> tuple[Label, ...]:
    """Every label that issues of this desk may get, with colour and a word in both languages."""
    levels = {id_: level for edition in policy.editions for id_, level in edition.levels.items()}
    return (
        *(Label(f"{STATE}{life}", _COLORS[life], _both(f"life-{life}")) for life in STATES),
        *(
            Label(f"{LEVEL}{id_}", _LEVEL_COLORS[min(place, 3)], f"{level.name.zh} · {level.name.en}"[:100])
            for place, (id_, level) in enumerate(sorted(levels.items()))
        ),
    )


@dataclass(frozen=True, slots=True)
class Unmirrored:
    """An issue that does not show where its item stands, and why."""

    id: str
    number: int
    why: HostFailed


@dataclass(frozen=True, slots=True)
class Round:
    """What became of the issues of many items."""

    done: tuple[tuple[str, Mirrored], ...] = ()
    """Items (ids) whose issue was looked at, and what was done to it."""
    failed: tuple[Unmirrored, ...] = ()
    left: int = 0
    """How many were left for another run."""

    @property
    def written(self) -> tuple[str, ...]:
        """The items to whose issue something was written."""
        return tuple(id_ for id_, mirrored in self.done if mirrored.is_new)

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look: an issue that was deleted is none's fault, as long as others are found; one that
        is another's is left alone.
        """
        codes = {one.why.code for one in self.failed} - {OTHER}
        return not codes or (codes == {GONE} and bool(self.done))


def _both(code: str) -> str:
    return f"{i18n.text(code, 'zh')} · {i18n.text(code, 'en')}"


def number_of(source: str | None, kind: str) -> int | None:
    """The number of the issue that a source names (`github#12`), where it is one of this host's; else None."""
    found = re.fullmatch(rf"{re.escape(kind)}#([1-9][0-9]{{0,15}})", source or "")
    return int(found[1]) if found else None


def mirror(
    provider: Provider, number: int, standing: Standing, policy: Policy, now: datetime, remark: str = ""
) -> Mirrored:
    """Let an issue show where its item stands.  Raises HostFailed; what was done by then stays, and is not done again.

    `remark` is Markdown about the last command: it stands in the answer until something else happens.
    """
    said, changed = _answered(provider, number, standing, policy, now, remark)
    borne = provider.labels(number)
    turned = _turned(provider, number, standing, borne)
    added, removed = _labelled(provider, number, standing, policy, borne)
    return Mirrored(number, said, changed, added, removed, turned)


def changed_since(
    standings: Iterable[Standing], kind: str, now: datetime, since: datetime
) -> list[tuple[int, Standing]]:
    """Items from issues of this host of which an answer says something new since a moment, the newest first.

    What was imported from the past is not told of again.
    """
    found = [
        (answers.as_of(one, now), number, one)
        for one in standings
        if one.item.record != "history" and (number := number_of(one.item.source, kind))
    ]
    found.sort(key=lambda each: (each[0], each[1]), reverse=True)
    return [(number, one) for at, number, one in found if at >= since]


def seen_until(items: Iterable[Item], now: datetime) -> datetime:
    """The moment as of which answers are true: now, or what was written just now and lies a few seconds ahead."""
    events = (event.at for item in items for event in item.history)
    return max((at for at in events if now < at <= now + SLACK), default=now)


def mirror_all(
    provider: Provider,
    wanted: Sequence[tuple[int, Standing]],
    policy: Policy,
    now: datetime,
    remarks: Mapping[str, str] = NOTHING,
    most: int = MOST,
) -> Round:
    """`mirror` for many issues, `most` at most; one that fails keeps no other from being done."""
    done: list[tuple[str, Mirrored]] = []
    failed: list[Unmirrored] = []
    in_a_row = 0
    for number, one in wanted[:most]:
        try:
            done.append((one.item.id, mirror(provider, number, one, policy, now, remarks.get(one.item.id, ""))))
            in_a_row = 0
        except HostFailed as why:
            failed.append(Unmirrored(one.item.id, number, why))
            in_a_row += why.code not in (GONE, OTHER)
        if in_a_row == IN_A_ROW:
            break
    return Round(tuple(done), tuple(failed), len(wanted) - len(done) - len(failed))


def _answered(
    provider: Provider, number: int, standing: Standing, policy: Policy, now: datetime, remark: str
) -> tuple[bool, bool]:
    """Whether our comment was written anew, and whether it got other words."""
    text = answers.answer(standing, policy, now, remark)
    mine = own_answer(provider.comments(number), standing.item.id)
    if mine is None:
        require_its_issue(provider, number, standing.item)
        provider.say(number, text)
        return True, False
    if _says_the_same(mine.body, text, remark):
        return False, False
    provider.change(number, mine.id, text)
    return False, True


def require_its_issue(provider: Provider, number: int, item: Item) -> None:
    """Raises HostFailed where the issue of that number is not the one that became the item, but was made at another time.

    A desk that was copied or moved to another repository has items whose numbers are other people's issues there.
    """
    opened = provider.opened(number)
    if opened and opened != item.received:
        raise HostFailed(OTHER, number=number, id=item.id)


def own_answer(comments: Iterable[Comment], item_id: str) -> Comment | None:
    """The desk's answer among the comments of an issue: the first with the marker that the desk itself wrote."""
    marker = answers.marker(item_id)
    return next((one for one in comments if one.own and marker in one.body), None)


def _says_the_same(there: str, text: str, remark: str) -> bool:
    """Whether nothing has to be written; the remark of an earlier command stays as long as all else is the same."""
    if remark.strip():
        return there.replace("\r\n", "\n").strip() == text.strip()
    return answers.without_remark(there) == answers.without_remark(text)


def _turned(provider: Provider, number: int, standing: Standing, borne: tuple[str, ...]) -> str:
    """Close an issue whose item has ended, open one whose item goes on again; its label tells whether that was done.

    An issue that a person closed or opened is not fought over: it follows the item when that moves, and not before.
    """
    ended = standing.state.life in FINISHED
    was_ended = any(f"{STATE}{life}" in borne for life in FINISHED)
    if ended == was_ended:
        return ""
    (provider.close if ended else provider.reopen)(number)
    return "closed" if ended else "reopened"


def _labelled(
    provider: Provider, number: int, standing: Standing, policy: Policy, borne: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wanted = {label.name: label for label in labels_wanted(policy)}
    shown = [f"{STATE}{standing.state.life}", *([f"{LEVEL}{standing.state.level}"] if standing.state.level else [])]
    add = tuple(name for name in shown if name not in borne)
    remove = tuple(name for name in borne if name in wanted and name not in shown)
    if add:
        _made(provider, [wanted.get(name, Label(name)) for name in add])
    if add or remove:
        provider.label(number, add, remove)
    return add, remove


def _made(provider: Provider, labels: Iterable[Label]) -> None:
    known = provider.known_labels()
    for label in labels:
        if label.name not in known:
            provider.make_label(label)
