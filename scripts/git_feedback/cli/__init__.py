"""The command line: loads, asks the rooms below, prints.  Only here are clock, environment and terminal read."""

from git_feedback.cli.main import main

__all__ = ["main"]
