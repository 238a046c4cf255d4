"""The desk's rules: the files of `policy/` read as one frozen value, or the list of what is wrong with them."""

from git_feedback.policy.model import (
    Calendars,
    Category,
    Channel,
    Department,
    Edition,
    Keyword,
    Level,
    Name,
    Person,
    Policy,
    Target,
)
from git_feedback.policy.reading import Loaded, load

__all__ = [
    "Calendars",
    "Category",
    "Channel",
    "Department",
    "Edition",
    "Keyword",
    "Level",
    "Loaded",
    "Name",
    "Person",
    "Policy",
    "Target",
    "load",
]
