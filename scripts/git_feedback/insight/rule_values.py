"""One thing that is otherwise in the rules than it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing of the rules that is new, gone or other.

    `subject`: what kind of thing, such as `category` or `category-department`.  `name`: its id.  `before` and `after`:
    the value of what changed, as the policy writes it.  `words`: what was added or taken away, where it is several.
    `about`: which one it is, where an id does not say it (the clock and level of a target ...).
    """

    subject: str
    kind: Kind
    name: str = ""
    before: str = ""
    after: str = ""
    words: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
