"""The night runs: GitHub switches schedules off after sixty days without activity and says so to one person only, and
from then on nobody is reminded of anything."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken

WORKFLOW = "nightly.yml"
LONGEST = timedelta(days=2)
"""A run that was late, and the one after it."""
QUIET = timedelta(days=30)
"""A night commits only what it found to do, so its silence in the record means little before this."""


def examine(ground: Ground) -> Iterator[Finding]:
    """A schedule that is off, that ends badly, or of which the record shows nothing."""
    night = ground.host.settings.night(WORKFLOW) if ground.host else None
    if night is None:
        yield from _in_the_record(ground)
    elif not night.state:
        yield broken("doctor-night-unknown", file=WORKFLOW)
    elif not night.is_active:
        yield broken("doctor-night-off", state=night.state, file=WORKFLOW)
    elif night.last is None:
        yield advice("doctor-night-never", file=WORKFLOW)
    elif ground.now - night.last > LONGEST:
        yield broken("doctor-night-late", days=(ground.now - night.last).days, file=WORKFLOW)


def _in_the_record(ground: Ground) -> Iterator[Finding]:
    """What the commits of nights tell where no host can be asked; a desk without any has perhaps never had one."""
    if ground.policy.desk.automation is None or not ground.git.head():
        return
    said = ground.git.run("log", "-1", "--format=%cI", "--grep=^nightly:", "HEAD").strip()
    if said and (silent := ground.now - datetime.fromisoformat(said)) > QUIET:
        yield advice("doctor-night-silent", days=silent.days)
