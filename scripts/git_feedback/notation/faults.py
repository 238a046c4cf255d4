"""What is wrong with a file, as values: a code, a place, and the figures its words need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

MOST = 20
"""Faults named for one file; a file with more than that is not repaired line by line."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place; line and column count from 1, the column in characters.

    The words for `code` are in the catalogues of `i18n`, their places filled from `values`.
    """

    code: str
    line: int
    column: int
    values: Mapping[str, Any] = field(default_factory=dict)


class Bad(Exception):
    """A file that is not read, with every fault found in it, in the order of their places."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))[:MOST]
        super().__init__("; ".join(f"{fault.line}:{fault.column}: {fault.code}" for fault in self.faults))
