"""One message, tried until it went out, until the trouble is one that does not pass, or until the patience ends."""

from collections.abc import Callable

from git_feedback.outbox.message import NotSent, Route
from git_feedback.outbox.patience import Pace


def tried(act: Callable[[], None], route: Route, pace: Pace | None = None) -> None:
    """Do it; where trouble passes, do it again until the patience ends.  Raises NotSent."""
    patience = route.patience
    if patience is None:
        act()
        return
    pauses = patience.pauses(route.name)
    while True:
        if pace and not patience.took_turn(route.name, pace):
            raise NotSent("send-too-many", name=route.name, answer="-")
        try:
            act()
        except NotSent as why:
            if not why.passes or not pauses.took(why.after_s):
                raise
        else:
            return
