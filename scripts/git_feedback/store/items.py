"""One item and its file: read strictly, written exactly, appended to without touching what stands there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from git_feedback import notation
from git_feedback.clock.moments import write_moment
from git_feedback.model import Bad, Event, Item, Place, Problem, ids, translated
from git_feedback.model.problem import nearest
from git_feedback.model.shape import Raw, flat, misplaced, place
from git_feedback.notation import Plain, block, flow_map, literal


class BadItem(Bad):
    """A file that is no item, with every problem found in it."""


def read(source: Path | str | bytes, *, file: str | None = None) -> Item:
    """The item in a file, or in bytes; `file` names it in messages.  Raises BadItem with every problem.

    A missing file raises OSError.
    """
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = file or ("<item>" if isinstance(source, bytes) else Path(source).as_posix())
    try:
        raw = notation.read(content)
    except notation.Bad as bad:
        raise BadItem(Problem(name, f.line, f.column, f.code, f.values) for f in bad.faults) from None
    if not isinstance(raw, dict):
        raise BadItem([Problem(name, 1, 1, "not-an-item", {})])
    return _validated(raw, content, name)


def _validated(raw: dict[str, Any], content: bytes, name: str) -> Item:
    entries = raw.get("history", "")
    found = list(_misshapen(entries, content, name))
    wrong = {index for index, _ in found}
    there = [index for index in range(len(entries)) if index not in wrong] if isinstance(entries, list) else []
    problems = [problem for _, problem in found]

    def in_file(loc: Place) -> Place:
        return place(("history", there[int(loc[1])], *loc[2:]) if loc[0] == "history" and len(loc) > 1 else loc)

    try:
        item = Item.model_validate({**raw, "history": [flat(entries[index]) for index in there]})
    except ValidationError as error:
        problems += [_own_id(problem) for problem in translated(error, name, notation.places(content), in_file)]
    if problems:
        raise BadItem(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return item


def _own_id(problem: Problem) -> Problem:
    """A wrong id in a file whose name is a right one: the way out is that name."""
    named = Path(problem.file).stem
    if problem.code != "bad-id" or problem.values["field"] != "id" or not ids.is_id(named):
        return problem
    return replace(problem, code="bad-own-id", values={**problem.values, "named": named})


def _misshapen(entries: Raw, content: bytes, name: str) -> Iterator[tuple[int, Problem]]:
    """What has not the form of a history, each with the number of its entry (-1: the whole)."""
    if entries == "":
        return
    if not isinstance(entries, list):
        yield -1, _at(("history",), "not-a-list", content, name, field="history")
        return
    for index, one in enumerate(entries):
        for wrong in misplaced(one):
            yield index, _at(("history", index, *wrong.place), wrong.code, content, name, **wrong.values)


def _at(where: Place, code: str, content: bytes, name: str, **values: object) -> Problem:
    return Problem(name, *nearest(where, notation.places(content)), code, values)


def write(item: Item) -> bytes:
    """The bytes of an item's file: read gives the same item back, and writing that gives the same bytes."""
    lines = [
        f"id: {item.id}\n",
        f"received: {write_moment(item.received)}\n",
        *([f"landed: {write_moment(item.landed)}\n"] if item.landed else []),
        *([f"record: {item.record}\n"] if item.record else []),
        f"channel: {item.channel}\n",
        *_optional("source", item.source),
        *_optional("language", item.language),
        block("title", item.title, 0),
        *([literal("text", item.text, 0)] if item.text is not None else []),
        *_submitter(item),
        *(line for key in ("product", "area", "device") for line in _optional(key, getattr(item, key))),
        *_point(item),
        *(f"{key}: {value}\n" for key in ("rating", "nps", "expected") if (value := getattr(item, key)) is not None),
        *([f"tags: {flow_list(item.tags)}\n"] if item.tags else []),
        *_attachments(item),
        *_optional("receipt", item.receipt),
        *(["history:\n"] if item.history else []),
        *(entry(event) for event in item.history),
    ]
    return "".join(lines).encode()


def flow_list(values: tuple[str, ...]) -> str:
    """`[a, b]` on one line, each as safe as a scalar in braces must be."""
    return "[" + ", ".join(notation.scalar(value, flow=True) for value in values) + "]"


def _optional(key: str, value: str | None) -> list[str]:
    return [] if value is None else [block(key, value, 0)]


def _submitter(item: Item) -> list[str]:
    if item.submitter is None:
        return []
    found = [
        block(key, value, 2) if key != "sealed" else literal(key, value, 2)
        for key in ("kind", "ref", "hint", "sealed")
        if (value := getattr(item.submitter, key)) is not None
    ]
    return ["submitter:\n", *found] if found else ["submitter: {}\n"]


def _point(item: Item) -> list[str]:
    if item.point is None:
        return []
    pairs = [("lat", _number(item.point.lat)), ("lon", _number(item.point.lon))]
    return [f"point: {flow_map(pairs)}\n"]


def _number(value: float) -> Plain:
    return Plain(f"{value:.8f}".rstrip("0").rstrip("."))


def _attachments(item: Item) -> list[str]:
    lines = ["attachments:\n"] if item.attachments else []
    for one in item.attachments:
        kept = flow_map([("path", one.file.path), ("bytes", Plain(one.file.bytes))])
        lines.append(f"  - file: {kept}\n")
        if one.name is not None:
            lines.append(block("name", one.name, 4))
    return lines


def entry(event: Event) -> str:
    """The lines of one event: closed vocabulary in braces on one line, free text below it."""
    pairs, texts = [], []
    for name in type(event).model_fields:
        value = getattr(event, name)
        if name == "verb" or value is None or value == () or value is False:
            continue
        if name in event.PROSE:
            texts.append(literal(name, value, 4) if "\n" in value else block(name, value, 4))
        else:
            pairs.append((name, _braced(value)))
    return f"  - {event.verb}: {flow_map(pairs)}\n" + "".join(texts)


def _braced(value: Any) -> str | Plain | tuple[str, ...]:
    if isinstance(value, bool):
        return Plain("true")
    if isinstance(value, tuple):
        return tuple(one if isinstance(one, str) else Plain(one) for one in value)
    if hasattr(value, "hour"):
        return Plain(write_moment(value))
    return value if isinstance(value, str) else Plain(value)


def append(source: bytes, event: Event, *, file: str = "<item>") -> bytes:
    """`source` with one more event at its end; all else stays to the byte.

    Raises BadItem when the file does not have the form that can be appended to.
    """
    try:
        return notation.splice(source, "history", entry(event))
    except notation.Bad as bad:
        raise BadItem(Problem(file, f.line, f.column, f.code, f.values) for f in bad.faults) from None


def with_receipt(source: bytes, digest: str, *, file: str = "<item>") -> bytes:
    """`source` with the receipt's line above its history, or at its end; all else stays to the byte.

    Raises BadItem for a file that is no item, and where the line cannot be put without touching more.
    """
    wanted = read(source, file=file).model_copy(update={"receipt": digest})
    head, history, tail = source.partition(b"\nhistory:")
    line = block("receipt", digest, 0).encode()
    made = head + b"\n" + line + history[1:] + tail if history else source.rstrip(b"\n") + b"\n" + line
    if read(made, file=file) != wanted:
        raise BadItem([Problem(file, 1, 1, "receipt-no-place", {})])
    return made
