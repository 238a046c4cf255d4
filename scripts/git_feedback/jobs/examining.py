"""A set-up examined from end to end; one examination that fails itself does not keep the others from being made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from git_feedback.hosts import HostFailed
from git_feedback.jobs.examinations import EXAMINATIONS, Examination, Finding, Ground
from git_feedback.jobs.examinations.ground import advice
from git_feedback.store import GitFailed


@dataclass(frozen=True, slots=True)
class Found:
    """What one examination found; `failed` is why it could not be made."""

    examination: str
    findings: tuple[Finding, ...] = ()
    failed: HostFailed | GitFailed | OSError | None = None

    @property
    def is_broken(self) -> bool:
        """Whether something does not work."""
        return any(finding.severity == "broken" for finding in self.findings)


def examined(ground: Ground, examinations: Sequence[Examination] = EXAMINATIONS) -> Iterator[Found]:
    """What each examination finds, in their order."""
    for one in examinations:
        yield _examined(one, ground)


def _examined(one: Examination, ground: Ground) -> Found:
    try:
        return Found(one.name, tuple(one.examine(ground)))
    except (HostFailed, GitFailed, OSError) as failed:
        return Found(one.name, failed=failed)


def mended(ground: Ground, found: Sequence[Found]) -> tuple[list[str], list[Found]]:
    """Mend what is harmless to mend of what was found: the paths that were written, and what is left afterwards."""
    paths: list[str] = []
    left = []
    by_name = {one.name: one for one in EXAMINATIONS}
    for one in found:
        examination = by_name[one.examination]
        if not one.findings or examination.mend is None:
            left.append(one)
            continue
        try:
            paths += examination.mend(ground)
        except (HostFailed, GitFailed, OSError) as failed:
            left.append(Found(one.examination, one.findings, failed))
            continue
        left.append(_examined(examination, ground))
    return paths, left


def no_policy(problems: int) -> Found:
    """What stands for a policy that cannot be read: nothing else can be examined before it is mended."""
    return Found("policy", (Finding("doctor-no-policy", "broken", {"number": problems}),))


def unasked(variable: str) -> Found:
    """What stands for a host that could not be asked: the name of the variable that nobody gave."""
    return Found("host", (advice("doctor-host-unasked", variable=variable),))
