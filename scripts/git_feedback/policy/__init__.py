"""The desk's rules: the files of `policy/` read as one frozen value, or the list of what is wrong with them."""

from git_feedback.policy.model import (
    Box,
    Calendars,
    Category,
    Channel,
    Department,
    Edition,
    FieldName,
    Keyword,
    Level,
    Name,
    Person,
    Policy,
    Screen,
    Target,
)
from git_feedback.policy.reading import Loaded, load

__all__ = [
    "Box",
    "Calendars",
    "Category",
    "Channel",
    "Department",
    "Edition",
    "FieldName",
    "Keyword",
    "Level",
    "Loaded",
    "Name",
    "Person",
    "Policy",
    "Screen",
    "Target",
    "load",
]
