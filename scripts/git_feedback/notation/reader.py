"""One pass over the events of libyaml: every scalar is text, and whatever could be read in two ways is refused.

Nothing is composed or constructed, so no tag, alias, number or date is ever interpreted, and nesting costs a list
entry instead of a stack frame of C.
"""

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from git_feedback.notation.characters import decoded, first_forbidden
from git_feedback.notation.events import events
from git_feedback.notation.faults import MOST, Bad, Fault, Value
from git_feedback.notation.syntax import syntax_fault


def read(source: bytes, *, limit: int = 256 * 1024, max_depth: int = 32, max_nodes: int = 20_000) -> Value:
    """The value written in `source`: texts, lists and maps, an empty place being the empty text.

    Raises Bad: with every forbidden character; else with every structural fault up to the first that ends reading
    (broken syntax, a limit, a second document).
    """
    if len(source) > limit:
        raise Bad((Fault("too-large", 1, 1, {"size": len(source), "limit": limit}),))
    return _Tree(source, max_depth, max_nodes).build()


class _Tree:
    """The value as it grows.  `box` is the list or map being filled, `key` the key whose value comes next."""

    def __init__(self, source: bytes, max_depth: int, max_nodes: int) -> None:
        self.text = decoded(source)
        self.events = events(source)
        self.max_depth, self.max_nodes = max_depth, max_nodes
        self.faults: list[Fault] = []
        self.roots: list[Value] = []
        self.box: list[Value] | dict[str, Value] = self.roots
        self.key: str | None = None
        self.key_event: Any = None
        self.lines: dict[str, int] = {}
        self.above: list[tuple[list[Value] | dict[str, Value], dict[str, int]]] = []
        self.flow = 0
        self.nodes = 0
        self.escapes = "\\" in self.text

    def build(self) -> Value:
        takers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self.scalar,
            MappingStartEvent: self.map_starts,
            SequenceStartEvent: self.list_starts,
            MappingEndEvent: self.ends,
            SequenceEndEvent: self.ends,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
            DocumentEndEvent: _nothing,
            StreamStartEvent: _nothing,
            StreamEndEvent: _nothing,
        }
        try:
            for event in self.events:
                takers[type(event)](event)
        except YAMLError as error:
            self.stop(syntax_fault(error, self.text))
        return self.result()

    def result(self) -> Value:
        if self.faults:
            raise Bad(tuple(self.faults))
        if not self.roots or self.roots == [""]:
            raise Bad((Fault("empty-file", 1, 1),))
        return self.roots[0]

    def scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.decoration(event)
        text = event.value
        if self.escapes and event.style == '"' and (name := first_forbidden(text)):
            self.fault("forbidden-character", event, character=name)
        if type(self.box) is list:
            self.box.append(text)
        elif self.key is None:
            self.name(text, event)
        else:
            if not text and self.flow:
                self.needs_colon(self.key, event)
            self.box[self.key] = text  # type: ignore[call-overload]  # a map, as `type` just said
            self.key = None
        self.nodes += 1
        if self.nodes > self.max_nodes:
            self.stop(_fault("too-many-nodes", event, limit=self.max_nodes))

    def name(self, text: str, event: Any) -> None:
        """A key.  A repeated one is named with the line of the first, and its value takes the place of the first."""
        text = sys.intern(text)
        start = event.start_mark
        line = self.lines.setdefault(text, start.line + 1)
        if text in self.box:
            self.fault("duplicate-key", event, key=_short(text), first=line)
        if text == "<<" and not event.style:
            self.fault("yaml-merge-key", event)
        if not text or event.style in ("|", ">") or event.end_mark.line != start.line:
            self.fault("complex-key", event)
        self.key, self.key_event = text, event

    def needs_colon(self, key: str, event: Any) -> None:
        """`{text: hello, world}` holds a key `world` that nobody wrote: half a sentence would get lost."""
        if ":" not in self.text[self.key_event.end_mark.index : event.start_mark.index]:
            self.fault("key-without-colon", self.key_event, key=_short(key))

    def map_starts(self, event: Any) -> None:
        self.opens({}, event)

    def list_starts(self, event: Any) -> None:
        self.opens([], event)

    def opens(self, box: list[Value] | dict[str, Value], event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.decoration(event)
        if type(self.box) is list:
            self.box.append(box)
        elif self.key is None:
            self.stop(_fault("complex-key", event))
        else:
            self.box[self.key] = box  # type: ignore[call-overload]  # a map, as `type` just said
        self.above.append((self.box, self.lines))
        self.box, self.lines, self.key = box, {}, None
        self.flow += event.flow_style
        self.nodes += 1
        if len(self.above) > self.max_depth:
            self.stop(_fault("too-deep", event, limit=self.max_depth))
        if self.nodes > self.max_nodes:
            self.stop(_fault("too-many-nodes", event, limit=self.max_nodes))

    def ends(self, _: Any) -> None:
        (self.box, self.lines), self.key = self.above.pop(), None
        if self.flow:
            self.flow -= 1

    def alias(self, event: Any) -> None:
        self.fault("yaml-alias", event, name=_short(event.anchor))
        if type(self.box) is list:
            self.box.append("")
        elif self.key is None:
            self.key, self.key_event = f"*{event.anchor}", event
        else:
            self.key = None

    def document(self, event: Any) -> None:
        if event.version is not None or event.tags:
            self.fault("yaml-directive", event)
        if self.roots:
            self.stop(_fault("second-document", event))

    def decoration(self, event: Any) -> None:
        if event.tag is not None:
            self.fault("yaml-tag", event, tag=_short(event.tag.replace("tag:yaml.org,2002:", "!!")))
        if event.anchor is not None:
            self.fault("yaml-anchor", event, name=_short(event.anchor))

    def fault(self, code: str, event: Any, **values: object) -> None:
        if len(self.faults) < MOST:
            self.faults.append(_fault(code, event, **values))

    def stop(self, fault: Fault) -> NoReturn:
        raise Bad((*self.faults[: MOST - 1], fault)) from None


def _fault(code: str, event: Any, **values: object) -> Fault:
    start = event.start_mark
    return Fault(code, start.line + 1, start.column + 1, values)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _nothing(_: Any) -> None:
    """Begin and end of the stream and end of a document say nothing."""
