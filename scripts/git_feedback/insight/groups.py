"""How long things take, group by group: by channel, category, department and level."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from git_feedback.clock import Calendar
from git_feedback.insight.courses import UNASSIGNED, UNCLASSIFIED, Course
from git_feedback.insight.durations import Durations

Times = Callable[[Sequence[Course], Calendar], Durations]

BY: Mapping[str, Callable[[Course], str]] = {
    "channel": lambda course: course.standing.item.channel,
    "category": lambda course: course.category,
    "department": lambda course: course.standing.state.department or UNASSIGNED,
    "level": lambda course: course.standing.state.level or UNCLASSIFIED,
}
"""What items are grouped by, and which group one belongs to."""


def times_by(
    found: Sequence[Course], office: Calendar, times: Mapping[str, Times]
) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    """`{by: {group: {name: {n, excluded, mean_h, ...}}}}` for each way of grouping, groups by id."""
    return {by: _grouped(found, group_of, office, times) for by, group_of in BY.items()}


def _grouped(
    found: Sequence[Course], group_of: Callable[[Course], str], office: Calendar, times: Mapping[str, Times]
) -> dict[str, dict[str, dict[str, object]]]:
    groups: dict[str, list[Course]] = {}
    for course in found:
        groups.setdefault(group_of(course), []).append(course)
    return {
        group: {name: asdict(figure(groups[group], office)) for name, figure in times.items()}
        for group in sorted(groups)
    }
