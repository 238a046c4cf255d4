"""What act tells of one run: which jobs and steps came to what end, what was printed, what the host took for commands."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_COMMAND = re.compile(r"^\s*::([^\s:]+)[^:]*::|##\[([^\]]+)\]")
"""What GitHub's runner takes for a command: the newer form at the start of a line, the older one anywhere in it."""


@dataclass(frozen=True)
class Acted:
    """One run of one workflow."""

    code: int
    seconds: float
    told: str = field(repr=False)
    """act's log: one JSON object a line, and plain complaints of its own."""

    @cached_property
    def _lines(self) -> list[Mapping[str, Any]]:
        return [json.loads(line) for line in self.told.splitlines() if line.startswith("{")]

    @cached_property
    def steps(self) -> dict[str, str]:
        """How each step ended: success, failure or skipped."""
        return {one["step"]: one["stepResult"] for one in self._lines if _is_end_of_step(one)}

    @cached_property
    def jobs(self) -> dict[str, str]:
        """How each job ended, by its id; one that did not run is not named."""
        return {one["jobID"]: one["jobResult"] for one in self._lines if "jobResult" in one}

    def printed(self, step: str | None = None) -> str:
        """What the commands of all steps, or of one, printed: the line of a command stands in it too."""
        return "".join(self._printed(step))

    def _printed(self, step: str | None) -> Iterator[str]:
        for one in self._lines:
            if step in (None, one.get("step")) and (one.get("raw_output") or "raw" in one):
                yield str(one.get("raw") or one["msg"])

    @property
    def commands(self) -> list[str]:
        """The names of the commands that GitHub would have followed, in order."""
        found = (_COMMAND.search(line) for line in self.printed().split("\n"))
        return [one[1] or one[2] for one in found if one]

    @property
    def annotations(self) -> list[str]:
        """The lines that GitHub would show beside a file."""
        return [line for line in self.printed().split("\n") if line.startswith(("::error", "::warning", "::notice"))]


def _is_end_of_step(one: Mapping[str, Any]) -> bool:
    return "stepResult" in one and one.get("stage") == "Main" and len(one["stepID"]) == 1
