"""The secrets of every way out are there by name: a way without its secret sends nothing, and nobody is reminded."""

from collections.abc import Iterator

from git_feedback.hosts.workflows import REF_KEY
from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken


def wanted(ground: Ground) -> dict[str, str]:
    """The name of each variable that a way in notify.yml reads, and the way; what it holds is looked at by nobody."""
    ways = ground.policy.notify.ways if ground.policy.notify else {}
    return {variable: name for name, way in ways.items() for variable in (way.settings, way.secret) if variable}


def examine(ground: Ground) -> Iterator[Finding]:
    """Names that neither this environment nor the host knows."""
    there = ground.host.settings.secrets() if ground.host else None
    for name, way in wanted(ground).items():
        if ground.environment.get(name) or name in (there or ()):
            continue
        yield (
            advice("doctor-secret-unseen", name=name, way=way)
            if there is None
            else broken("doctor-no-secret", name=name, way=way)
        )
    if ground.policy.recipients and there is not None and REF_KEY not in there:
        yield advice("doctor-no-ref-secret", name=REF_KEY)
