"""There is a backup that is not old: keys lie beside the record, and no clone has them unless it holds a key."""

import shlex
from collections.abc import Iterator
from datetime import timedelta

from git_feedback.jobs.bundles import Shelf
from git_feedback.jobs.examinations.ground import Finding, Place, broken

OLDEST = timedelta(days=8)
"""A weekly one that was a day late."""


def examine(place: Place) -> Iterator[Finding]:
    """No backup in the folder that was named, or only old ones."""
    if place.backups is None:
        return
    folder = shlex.quote(str(place.backups))
    newest = max((one.at for one in Shelf(place.backups).backups), default=None) if place.backups.is_dir() else None
    if newest is None:
        yield broken("doctor-no-backup", folder=folder)
    elif place.now - newest > OLDEST:
        yield broken("doctor-old-backup", folder=folder, days=(place.now - newest).days)
