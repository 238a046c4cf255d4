"""No two files differ by capitals alone: on a Mac and on Windows one of them takes the place of the other."""

from collections import defaultdict
from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Place, broken


def examine(place: Place) -> Iterator[Finding]:
    """Paths in Git that are one path to a file system without capitals."""
    alike: dict[str, list[str]] = defaultdict(list)
    for path in filter(None, place.git.run("ls-files", "-z").split("\0")):
        alike[path.casefold()].append(path)
    for paths in alike.values():
        if len(paths) > 1:
            yield broken("doctor-names-alike", files=tuple(sorted(paths)))
