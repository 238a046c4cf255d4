"""Strict YAML with places, and its writer: what a file says is one value to everyone who reads it, or it is refused.

Every scalar is text; numbers, dates and truth values are the business of whoever knows what a field means.
"""

from git_feedback.notation.characters import clean, repair
from git_feedback.notation.faults import Bad, Fault, Path, Value
from git_feedback.notation.places import entries_are_one_line_flow, places
from git_feedback.notation.reader import read
from git_feedback.notation.splice import splice
from git_feedback.notation.writer import Plain, block, flow_map, literal, scalar

__all__ = [
    "Bad",
    "Fault",
    "Path",
    "Plain",
    "Value",
    "block",
    "clean",
    "entries_are_one_line_flow",
    "flow_map",
    "literal",
    "places",
    "read",
    "repair",
    "scalar",
    "splice",
]
