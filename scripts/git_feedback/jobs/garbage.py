"""Python looks through all it has made for what nobody needs any more; while much is read that stays, that finds nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_stays() -> Iterator[None]:
    """Make things that stay, without a look for what could go: that takes a third of the time of reading a desk."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
