"""The labels that issues get are there: a form cannot give a label that the repository has not, and without it nobody
takes the issue in."""

from collections.abc import Iterator

from git_feedback.hosts import Label
from git_feedback.jobs.examinations.ground import Finding, Ground, broken
from git_feedback.jobs.mirroring import labels_wanted

_COLOR = "0969da"


def wanted(ground: Ground) -> dict[str, Label]:
    """The labels by name: those of the sources, and those that mirror state and level."""
    sources = (one for one in ground.policy.intake.sources if one.kind == "issues" and one.repository is None)
    asked = (Label(one.label, _COLOR, "git feedback") for one in sources)
    return {label.name: label for label in (*asked, *labels_wanted(ground.policy))}


def _missing(ground: Ground) -> list[Label]:
    if ground.host is None:
        return []
    there = {name.casefold() for name in ground.host.provider.known_labels()}
    return [label for name, label in wanted(ground).items() if name.casefold() not in there]


def examine(ground: Ground) -> Iterator[Finding]:
    """Labels that the host does not have."""
    if missing := tuple(label.name for label in _missing(ground)):
        yield broken("doctor-no-labels", names=missing)


def mend(ground: Ground) -> list[str]:
    """Make them; those that are there keep their colour."""
    if ground.host:
        for label in _missing(ground):
            ground.host.provider.make_label(label)
    return []
