"""How the figures are counted, and what could not be counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from git_feedback.pages.reports.document import Part, Point, Points
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech

NAME = "appendix"
DEFINITIONS = (
    "received",
    "resolved",
    "settled",
    "backlog",
    "on-time",
    "respond",
    "resolve",
    "reply",
    "reopened",
    "satisfied",
    "excluded",
    "period",
)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What is left out: `broken` files by the code of what is wrong with them, and `impossible` items, received in
    the period, of which an answer or a solution stands before their arrival."""

    broken: dict[str, int]
    broken_files: tuple[str, ...]
    impossible: tuple[str, ...]


def find(material: Material) -> Found:
    """Always there."""
    first = {one.file: one.code for one in reversed(material.broken)}
    ends = ((one, end) for one in material.look.received for end in (one.answered, one.resolved, one.replied) if end)
    impossible = dict.fromkeys(one.standing.item.id for one, end in ends if end < one.received)
    return Found(dict(sorted(Counter(first.values()).items())), tuple(sorted(first)), tuple(impossible))


def tell(found: Found, _: Material, speech: Speech) -> Sequence[Part]:
    """Definitions, then what could not be counted."""
    parts: list[Part] = [Points(tuple(Point(speech.say(f"report-definition-{name}")) for name in DEFINITIONS))]
    left_out = []
    if found.impossible:
        said = speech.say("report-impossible", len(found.impossible))
        left_out.append(Point(said, found.impossible))
    left_out += [Point(speech.say("report-left-out", file=file)) for file in found.broken_files[:_MOST]]
    if left_out:
        parts.append(Points(tuple(left_out), speech.say("report-left-out-heading")))
    return parts
