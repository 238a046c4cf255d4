"""Git hosts: what arrived there, asked for over the network, and what the desk writes back.

A provider is one repository on one host and a line to ask by (hosts/provider.py).  It yields issues in the order in
which they were made, and for one that cannot be read why not; it raises HostFailed when it cannot be asked, or not told.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from git_feedback.hosts import gitea, github, gitlab
from git_feedback.hosts.asking import HostFailed, Line, Patience
from git_feedback.hosts.provider import Comment, Label, Provider
from git_feedback.hosts.wanted import Told

__all__ = ["KINDS", "Comment", "HostFailed", "Label", "Line", "Patience", "Provider", "Told", "provider_for"]


def _github(repository: str, line: Line) -> Provider:
    return github.GitHub(repository, replace(line, also=(*line.also, github.VERSION)))


def _gitlab(repository: str, line: Line) -> Provider:
    return gitlab.GitLab(repository, replace(line, bearing=line.bearing or ("PRIVATE-TOKEN", "")))


def _gitea(repository: str, line: Line) -> Provider:
    return gitea.Gitea(repository, replace(line, bearing=line.bearing or ("Authorization", "token ")))


KINDS: Mapping[str, Callable[[str, Line], Provider]] = {"github": _github, "gitlab": _gitlab, "gitea": _gitea}
"""Each kind of host by the word that desk.yml and intake.yml have for it."""


def provider_for(kind: str, repository: str, line: Line) -> Provider:
    """A repository (`owner/name`, on GitLab with all its groups) on a host.  Raises KeyError for an unknown kind."""
    return KINDS[kind](repository, line)
