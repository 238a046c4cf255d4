"""The post of a run: secrets from the environment, time and chance from this machine."""

import os
import random
import time
from datetime import timedelta

from git_feedback.jobs.alarming import Post
from git_feedback.outbox import Patience

AGAIN_S, CROWD_S = 60, 300
"""Seconds of pauses before one message is given up, and of waiting for a turn at one way in a whole run."""


def post_of(interval: timedelta) -> Post:
    """The post of a run, with the time until the next one."""
    patience = Patience(AGAIN_S, CROWD_S, time.monotonic, time.sleep, random.random, time.time)
    return Post(os.environ, interval, patience=patience)
