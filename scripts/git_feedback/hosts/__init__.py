"""Git hosts: what arrived there, asked for over the network.

A host is a function: an address (whose repository, which label, since when) and a line to ask by, to what it has.  It
yields issues in the order in which they were made, and for one that cannot be read why not; it raises HostFailed when it
cannot be asked.  `HOSTS` is the list, by the word that intake.yml has for it.
"""

from collections.abc import Mapping

from git_feedback.hosts import github
from git_feedback.hosts.asking import HostFailed, Line, Patience
from git_feedback.hosts.wanted import Host, Told, Wanted

HOSTS: Mapping[str, Host] = {"github": github.issues}

__all__ = ["HOSTS", "Host", "HostFailed", "Line", "Patience", "Told", "Wanted"]
