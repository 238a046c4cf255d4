"""What is looked at when something may be wrong with a set-up: one thing a file, each with the harm that it prevents.

An examination is a function from the ground (clone, machine, policy, host) to what it finds; it changes nothing.  Some
can also mend what they found, where mending is harmless: twice is the same as once, and nothing that a person wrote is
touched.
"""

from git_feedback.jobs.examinations import (
    backups,
    browser,
    calendars,
    clock,
    extras,
    generated,
    keys,
    labels,
    lfs,
    logins,
    manual,
    merge_driver,
    names,
    night,
    other_side,
    program,
    published,
    room,
    secrets,
    shallow,
    yourself,
)
from git_feedback.jobs.examinations.ground import AskedHost, Examination, Finding, Ground, Place, Severity

__all__ = ["EXAMINATIONS", "AskedHost", "Examination", "Finding", "Ground", "Place", "Severity"]

EXAMINATIONS = (
    Examination("program", program.examine),
    Examination("yourself", yourself.examine),
    Examination("merge-driver", merge_driver.examine, merge_driver.mend),
    Examination("generated", generated.examine, generated.mend),
    Examination("other-side", other_side.examine),
    Examination("shallow", shallow.examine),
    Examination("names", names.examine),
    Examination("keys", keys.examine),
    Examination("secrets", secrets.examine),
    Examination("labels", labels.examine, labels.mend),
    Examination("published", published.examine),
    Examination("night", night.examine),
    Examination("clock", clock.examine),
    Examination("logins", logins.examine),
    Examination("calendars", calendars.examine),
    Examination("extras", extras.examine),
    Examination("browser", browser.examine),
    Examination("lfs", lfs.examine),
    Examination("backups", backups.examine),
    Examination("room", room.examine),
    Examination("manual", manual.examine),
)
"""Every examination there is, in the order in which its findings are told."""
