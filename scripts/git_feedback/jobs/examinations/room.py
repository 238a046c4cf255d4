"""The disk has room: a full one stops a commit half-way, and the site with it."""

from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Place, advice, broken

LEAST, LITTLE = 200 * 2**20, 2 * 2**30
"""Bytes: less than what a site of some thousand items takes, and less than what a year of them may."""


def examine(place: Place) -> Iterator[Finding]:
    """A disk that is full, or soon will be."""
    if place.free < LITTLE:
        found = broken if place.free < LEAST else advice
        yield found("doctor-little-room", megabytes=place.free // 2**20)
