"""The shape an event has in a file, and the flat one its class has.

In a file `- respond: {at: ..., by: ...}` holds the closed vocabulary in braces and free text below it.
"""

from collections.abc import Iterator, Mapping, Sequence

from git_feedback.model.events import VERBS

Raw = str | Sequence["Raw"] | Mapping[str, "Raw"]


class Misplaced(ValueError):
    """An entry of a history that does not have the form of an event: code, key, and the words for its message."""

    def __init__(self, code: str, place: tuple[str | int, ...], **values: object) -> None:
        super().__init__(code)
        self.code, self.place, self.values = code, place, values


def flat(entry: Raw) -> dict[str, Raw]:
    """The fields of one entry as its class takes them; raises the first Misplaced."""
    for wrong in misplaced(entry):
        raise wrong
    assert isinstance(entry, Mapping)
    verb, *texts = entry
    inside = entry[verb]
    assert isinstance(inside, Mapping)
    return {"verb": verb, **inside, **{name: entry[name] for name in texts}}


def misplaced(entry: Raw) -> Iterator[Misplaced]:
    """Everything that stands in the wrong place of one entry, in the order of its lines."""
    if not isinstance(entry, Mapping) or not entry:
        yield Misplaced("not-an-event", ())
        return
    verb, *texts = entry
    inside = entry[verb]
    if verb not in VERBS:
        yield Misplaced("unknown-event", (verb,), field=verb, given=verb, allowed=tuple(VERBS))
    elif not isinstance(inside, Mapping):
        yield Misplaced("not-braces", (verb,), field=verb)
    else:
        yield from _in_braces(verb, inside)
        yield from _below(verb, texts)


def _in_braces(verb: str, inside: Mapping[str, Raw]) -> Iterator[Misplaced]:
    for name in inside:
        if name in VERBS[verb].PROSE:
            yield Misplaced("text-in-braces", (verb, name), field=name, verb=verb)
        elif name == "verb":
            yield Misplaced("unknown-field", (verb, name), field=name)


def _below(verb: str, texts: Sequence[str]) -> Iterator[Misplaced]:
    prose = VERBS[verb].PROSE
    for name in texts:
        if name not in prose:
            yield Misplaced("not-below", (name,), field=name, verb=verb, allowed=tuple(sorted(prose)) or ("-",))


def place(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where an error of the flat form stands in the file: text fields leave the braces."""
    if len(loc) >= 4 and loc[0] == "history" and loc[2] in VERBS and loc[3] in VERBS[str(loc[2])].PROSE:
        return (*loc[:2], *loc[3:])
    return loc
