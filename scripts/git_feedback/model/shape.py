"""The shape an event has in a file, and the flat one its class has.

In a file `- respond: {at: ..., by: ...}` holds the closed vocabulary in braces and free text below it.
"""

from collections.abc import Mapping, Sequence

from git_feedback.model.events import VERBS

Raw = str | Sequence["Raw"] | Mapping[str, "Raw"]


class Misplaced(ValueError):
    """An entry of a history that does not have the form of an event: code, key, and the words for its message."""

    def __init__(self, code: str, place: tuple[str | int, ...], **values: object) -> None:
        super().__init__(code)
        self.code, self.place, self.values = code, place, values


def flat(entry: Raw) -> dict[str, Raw]:
    """The fields of one entry as its class takes them; raises Misplaced."""
    if not isinstance(entry, Mapping) or not entry:
        raise Misplaced("not-an-event", ())
    verb, *texts = entry
    if verb not in VERBS:
        raise Misplaced("unknown-event", (verb,), field=verb, given=verb, allowed=tuple(VERBS))
    inside = entry[verb]
    if not isinstance(inside, Mapping):
        raise Misplaced("not-braces", (verb,), field=verb)
    prose = VERBS[verb].PROSE
    for name in inside:
        if name in prose or name == "verb":
            raise Misplaced("text-in-braces", (verb, name), field=name, verb=verb)
    for name in texts:
        if name not in prose:
            raise Misplaced("not-below", (name,), field=name, verb=verb, allowed=tuple(sorted(prose)) or ("-",))
    return {"verb": verb, **inside, **{name: entry[name] for name in texts}}


def place(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where an error of the flat form stands in the file: text fields leave the braces."""
    if len(loc) >= 4 and loc[0] == "history" and loc[2] in VERBS and loc[3] in VERBS[str(loc[2])].PROSE:
        return (*loc[:2], *loc[3:])
    return loc
