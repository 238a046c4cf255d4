"""Work that may be begun elsewhere while something else is done here."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, Protocol, TypeVar

Found = TypeVar("Found")
Given_co = TypeVar("Given_co", covariant=True)


class Aside(Protocol[Given_co]):
    """Work that was begun: what it gives is asked for once."""

    def result(self) -> Given_co:
        """What it gives."""
        ...


class Begin(Protocol):
    """Begins work; leaving the context, nobody waits for it any more."""

    def __call__(self, work: Callable[[], Found], /) -> AbstractContextManager[Aside[Found]]:
        """Begin this."""
        ...


class Here(Generic[Found]):
    """Nowhere else: the work is done when its result is asked for."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self.result = work

    def __enter__(self) -> "Here[Found]":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was begun."""
