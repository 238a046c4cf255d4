"""The one door to libyaml: its events, never its composed nodes (those overflow the stack of C on deep nesting)."""

from collections.abc import Iterator
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs know it under a private name only


def events(source: bytes) -> Iterator[Any]:
    """The events of a stream of UTF-8, one at a time; raises YAMLError where its syntax breaks."""
    return iter(CParser(source).get_event, None)
