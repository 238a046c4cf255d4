"""Two versions of one item and what both come from, made one: events are united, other fields are merged three ways.

Pure: bytes in, bytes out.  Nothing is guessed and nothing gets lost.  Where the sides disagree the file holds both
words between Git's own conflict markers, at that field alone; where a side is no item at all, it is left to whoever asks
to merge the lines as Git would.  What comes out is read again before it counts.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from git_feedback import notation
from git_feedback.clock.moments import write_moment
from git_feedback.model import Event, Item, Problem
from git_feedback.notation.pieces import Piece, Pieces, pieces
from git_feedback.store.erased import alike
from git_feedback.store.items import BadItem, flow_list, read
from git_feedback.store.landings import taken_in_twice
from git_feedback.text.showing import visible

Order = Callable[[Iterable[Event]], Sequence[Event]]
"""Events in the order in which they happened: by time, rank and text."""

FIELDS = ("id", *(name for name in Item.model_fields if name not in ("id", "history")))
"""Every field but the history, in the order of a file."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: no problems, and it is the item.

    With problems `content` holds conflict markers, or is None where only a merge of lines is left.
    """

    content: bytes | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Hunk:
    """A place at which the sides disagree; `base` is shown where an event of it is gone."""

    problem: Problem
    ours: str
    theirs: str
    base: str | None = None

    def marked(self) -> str:
        """The lines of both, as Git marks a conflict."""
        base = "" if self.base is None else f"||||||| base\n{self.base}"
        return f"<<<<<<< ours\n{self.ours}{base}=======\n{self.theirs}>>>>>>> theirs\n"


Part = str | Hunk


def merge(base: bytes | None, ours: bytes, theirs: bytes, ordered: Order, *, file: str = "<item>") -> Merged:
    """The item that holds what both sides did since `base` (None: there was none); `file` names it in messages.

    Both sides may be exchanged, repeated, and joined with a third in any grouping: the same item comes out.
    """
    if ours == theirs:
        return Merged(ours)
    sides, problems = [], []
    for name, source in zip(("base", "ours", "theirs"), alike(base, ours, theirs), strict=True):
        try:
            sides.append(_side(source, file))
        except BadItem as bad:
            first = bad.problems[0]
            values = {"side": name, "at": f"{first.line}:{first.column}", "why": first.code}
            problems.append(Problem(file, 1, 1, "merge-unreadable", values))
    if problems:
        return Merged(None, tuple(problems))
    return _merged(_Three(*sides), ordered, file)


def _merged(three: "_Three", ordered: Order, file: str) -> Merged:
    if other := _other_item(three, file):
        hunk = Hunk(other, three.ours.text, three.theirs.text)
        return Merged(_text([hunk]).encode(), (other,))
    parts = [*(_field(three, name, file) for name in _names(three)), *_history(three, ordered, file)]
    if why := _amiss(parts, three):
        return Merged(None, (Problem(file, 1, 1, "merge-unsure", {"why": why}),))
    return Merged(_text(parts).encode(), tuple(_placed(parts)))


def _text(parts: Iterable[Part], choice: str = "") -> str:
    """The file: with markers, or as it is when everybody chooses `ours` or `theirs`."""
    return "".join(
        part if isinstance(part, str) else getattr(part, choice) if choice else part.marked() for part in parts
    )


def _placed(parts: Sequence[Part]) -> Iterator[Problem]:
    """The problems at the lines of their markers."""
    line = 1
    for part in parts:
        if isinstance(part, Hunk):
            yield replace(part.problem, line=line)
        line += (part if isinstance(part, str) else part.marked()).count("\n")


def _amiss(parts: Sequence[Part], three: "_Three") -> str:
    """What is wrong with the file that came out, read again: empty when nothing is."""
    is_clean = all(isinstance(part, str) for part in parts)
    for choice, side in (("ours", three.ours), ("theirs", three.theirs)):
        try:
            item = read(_text(parts, choice).encode())
        except BadItem as bad:
            return bad.problems[0].code
        events = Counter(event.model_dump_json() for event in item.history)
        if not (events == side.keys | three.theirs.keys if is_clean else events >= side.keys):
            return "events"
        if _values(item) != _wanted(three, choice):
            return "fields"
        if is_clean:
            break
    return ""


def _wanted(three: "_Three", choice: str) -> dict[str, Any]:
    """The values of all fields when everybody chooses one side."""
    found = {}
    for name in FIELDS:
        base, ours, theirs = (side.values.get(name) for side in (three.base, three.ours, three.theirs))
        side = taken_in_twice(three.base.values, three.ours.values, three.theirs.values, name) or choice
        if name == "tags":
            value: Any = merged_tags(base or (), ours or (), theirs or ())
        else:
            value = theirs if ours == base or (theirs != base and side == "theirs") else ours
        if value is not None and value != []:
            found[name] = value
    return found


# ---- the sides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, the text by which it is told from others, and its lines."""

    event: Event
    key: str
    piece: Piece


Instead = tuple[list[Happened], list[Happened]]
"""What ours and theirs have in the place of an event that is gone."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One version of the item, as values and as lines; the empty one where there was none."""

    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    pieces: Pieces = field(default_factory=Pieces)
    history: tuple[Happened, ...] = ()

    @property
    def keys(self) -> Counter[str]:
        return Counter(one.key for one in self.history)

    def piece(self, name: str) -> Piece:
        return self.pieces.fields.get(name, Piece())


@dataclass(frozen=True, slots=True)
class _Three:
    base: _Side
    ours: _Side
    theirs: _Side


def _side(source: bytes | None, file: str) -> _Side:
    if source is None:
        return _Side()
    item = read(source, file=file)
    text = source.decode().replace("\r\n", "\n")
    try:
        found = pieces(text, "history")
    except notation.Bad as bad:
        raise BadItem(Problem(file, f.line, f.column, f.code, f.values) for f in bad.faults) from None
    happened = zip(item.history, found.entries, strict=True)
    history = tuple(Happened(event, event.model_dump_json(), piece) for event, piece in happened)
    return _Side(text, _values(item), found, history)


def _values(item: Item) -> dict[str, Any]:
    """Fields that say something; what stands for nothing (an empty list, no value) is left out."""
    written = item.model_dump(mode="json", exclude={"history"})
    return {name: value for name, value in written.items() if value is not None and value != []}


def _short(value: object) -> str:
    """A value in a message: on one line, and not all of a long one."""
    written = value if isinstance(value, str) else "-" if value is None else json.dumps(value, ensure_ascii=False)
    line = " ".join(visible(written).split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _other_item(three: _Three, file: str) -> Problem | None:
    """Two items under one id, or another id than before: never one item."""
    ours, theirs = (_identity(side) for side in (three.ours, three.theirs))
    if ours == theirs and three.base.values.get("id", ours[0]) == ours[0]:
        return None
    said = {name: " ".join(map(_short, one)) for name, one in (("ours", ours), ("theirs", theirs))}
    return Problem(file, 1, 1, "merge-other-item", said)


def _identity(side: _Side) -> tuple[Any, ...]:
    return tuple(side.values.get(name) for name in ("id", "channel", "source"))


# ---- fields ---------------------------------------------------------------------------------------------------------


def _names(three: _Three) -> list[str]:
    """Our keys in our order, theirs put in where a file would have them."""
    names = list(three.ours.pieces.fields)
    for name in three.theirs.pieces.fields:
        if name not in names:
            later = (at for at, other in enumerate(names) if FIELDS.index(other) > FIELDS.index(name))
            names.insert(next(later, len(names)), name)
    return names


def _field(three: _Three, name: str, file: str) -> Part:
    before, mine, yours = (side.values.get(name) for side in (three.base, three.ours, three.theirs))
    base, ours, theirs = (side.piece(name) for side in (three.base, three.ours, three.theirs))
    if mine == yours:
        return _below_comments(*_newer(base, ours, theirs), base)
    if name == "tags":
        return _tags(three)
    if mine == before:
        return _below_comments(theirs, ours, base)
    if yours == before:
        return _below_comments(ours, theirs, base)
    if side := taken_in_twice(three.base.values, three.ours.values, three.theirs.values, name):
        return _below_comments(*((ours, theirs) if side == "ours" else (theirs, ours)), base)
    values = {"field": name, "ours": _short(mine), "theirs": _short(yours)}
    return Hunk(Problem(file, 1, 1, "merge-field", values), ours.text, theirs.text)


def _tags(three: _Three) -> str:
    wanted = merged_tags(*(side.values.get("tags", ()) for side in (three.base, three.ours, three.theirs)))
    base, ours, theirs = (side.piece("tags") for side in (three.base, three.ours, three.theirs))
    for side, chosen, other in ((three.ours, ours, theirs), (three.theirs, theirs, ours)):
        if side.values.get("tags", []) == wanted:
            return _below_comments(chosen, other, base)
    made = Piece(f"tags: {flow_list(tuple(wanted))}\n" if wanted else "")
    both = Piece(comments=(*ours.comments, *_new_comments(theirs, ours, base)))
    return _below_comments(made, both, Piece())


def merged_tags(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Tags are a set: what was there and nobody took away, in its order, then what is new, in the order of characters."""
    if list(ours) == list(theirs):
        return list(ours)
    kept = [tag for tag in dict.fromkeys(base) if tag in ours and tag in theirs]
    return [*kept, *sorted({*ours, *theirs} - {*base})]


def _newer(base: Piece, ours: Piece, theirs: Piece) -> tuple[Piece, Piece]:
    """Of two pieces that say the same the one whose lines were changed (ours, where both were), and the other."""
    return (theirs, ours) if ours.text == base.text else (ours, theirs)


def _new_comments(other: Piece, chosen: Piece, base: Piece) -> list[str]:
    """What somebody wrote beside the lines that are not taken."""
    return [words for words in other.comments if words not in (*chosen.comments, *base.comments)]


def _below_comments(chosen: Piece, other: Piece, base: Piece) -> str:
    return "".join(f"{words}\n" for words in _new_comments(other, chosen, base)) + chosen.text


def _above_comments(chosen: Piece, other: Piece, base: Piece) -> str:
    return chosen.text + "".join(f"  {words}\n" for words in _new_comments(other, chosen, base))


# ---- history --------------------------------------------------------------------------------------------------------


def _history(three: _Three, ordered: Order, file: str) -> Iterator[Part]:
    """The head, and the events of both sides in the order in which they happened."""
    gone = _gone(three)
    apart = {*gone, *(one.key for found in gone.values() for side in found for one in side)}
    slots: list[tuple[Event, Part]] = [
        *_united(three, apart),
        *(_disputed(three, key, gone[key], file) for key in gone),
    ]
    yield _head(three)
    if [one.key for one in three.ours.history] == [one.key for one in three.theirs.history]:
        yield from (part for _, part in slots)
    else:
        parts = {id(event): part for event, part in slots}
        yield from (parts[id(event)] for event in ordered([event for event, _ in slots]))


def _head(three: _Three) -> str:
    base, ours, theirs = (side.pieces for side in (three.base, three.ours, three.theirs))
    if ours.has_key == theirs.has_key:
        return _below_comments(*_newer(base.head, ours.head, theirs.head), base.head)
    chosen, other = (ours, theirs) if ours.has_key else (theirs, ours)
    return _below_comments(chosen.head, other.head, base.head)


def _united(three: _Three, apart: set[str]) -> Iterator[tuple[Event, str]]:
    """Every event of ours, and those that only they have; one that both have is there once."""
    base, ours, theirs = (_by_key(side) for side in (three.base, three.ours, three.theirs))
    for one, number in _numbered(three.ours):
        if one.key not in apart:
            before, other = _at(base[one.key], number), _at(theirs[one.key], number)
            yield (
                one.event,
                _above_comments(*(_newer(before, one.piece, other) if other.text else (one.piece, other)), before),
            )
    for one, number in _numbered(three.theirs):
        if one.key not in apart and number >= len(ours[one.key]):
            yield one.event, one.piece.text


def _by_key(side: _Side) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = defaultdict(list)
    for one in side.history:
        found[one.key].append(one.piece)
    return found


def _numbered(side: _Side) -> Iterator[tuple[Happened, int]]:
    """Each event with the number of those before it that are the same to the letter."""
    seen: Counter[str] = Counter()
    for one in side.history:
        yield one, seen[one.key]
        seen[one.key] += 1


def _at(found: Sequence[Piece], number: int) -> Piece:
    return found[number] if number < len(found) else Piece()


def _gone(three: _Three) -> dict[str, Instead]:
    """Events of before that a side has no more, with what stands in their place."""
    found: dict[str, Instead] = {}
    for key in three.base.keys - (three.ours.keys & three.theirs.keys):
        taken = {one.key for instead in found.values() for side in instead for one in side}
        found[key] = _instead(three, key, taken)
    return found


def _instead(three: _Three, key: str, taken: set[str]) -> Instead:
    """New events of the same verb and moment, on the side that lost the event."""
    lost = next(one.event for one in three.base.history if one.key == key)
    before, ours, theirs = three.base.keys, three.ours.keys, three.theirs.keys
    both = max(ours[key], theirs[key]) < before[key]

    def new(side: _Side, mine: Counter[str], yours: Counter[str]) -> list[Happened]:
        if mine[key] >= before[key]:
            return []
        fresh = (one for one in side.history if one.key not in before and one.key not in taken)
        own = (one for one in fresh if both or one.key not in yours)
        return [one for one in own if (one.event.verb, one.event.at) == (lost.verb, lost.at)]

    return new(three.ours, ours, theirs), new(three.theirs, theirs, ours)


def _disputed(three: _Three, key: str, instead: tuple[list[Happened], list[Happened]], file: str) -> tuple[Event, Hunk]:
    """An event of before that a side has rewritten or taken away."""
    ours, theirs = (
        "".join(one.piece.text for one in [*(one for one in side.history if one.key == key), *new])
        for side, new in zip((three.ours, three.theirs), instead, strict=True)
    )
    before = [one for one in three.base.history if one.key == key]
    event = before[0].event
    problem = Problem(file, 1, 1, "merge-event", {"verb": event.verb, "at": write_moment(event.at), "by": event.by})
    return event, Hunk(problem, ours, theirs, "".join(one.piece.text for one in before))
