"""Items of one desk for tests of scope: each with an id of its own, a sender, and what somebody linked it to."""

from datetime import datetime, timedelta

from tests.sample_desk import NOW, item, policy

from git_feedback.model import Event, Item, ids
from git_feedback.model import events as ev

MOMENT = datetime.fromisoformat(NOW)
HOUR = timedelta(hours=1)
IDS = tuple(ids.from_bits("Q", MOMENT.date(), n) for n in range(60))


def said(n: int, who: int | None = None, *events: Event, hours: int = 24, **changed: object) -> Item:
    """The n-th item, received so many hours ago; `who` is the number of its sender, None where nobody knows."""
    submitter = item().submitter
    assert submitter
    sender = submitter.model_copy(update={"ref": f"{who:08x}" if who else None})
    plain = {
        "id": IDS[n],
        "source": f"票据 #{n}",
        "received": MOMENT - hours * HOUR + timedelta(minutes=n),
        "submitter": sender,
        "history": events,
    }
    return item().model_copy(update={**plain, **changed})


def classified(by: str = "rules", hours: int = 20, **changed: object) -> ev.Classify:
    """A classification so many hours ago."""
    plain = {"category": "product/bug", "urgency": 3, "impact": 3, "because": "keyword 闪退; rule bug-zh"}
    return ev.Classify.model_validate({"at": MOMENT - hours * HOUR, "by": by, **plain, **changed})


def duplicate(of: int, hours: int = 10) -> ev.Duplicate:
    """Somebody said so many hours ago that it is the same as the item `of`."""
    return ev.Duplicate(at=MOMENT - hours * HOUR, by="zhou.yuan", of=IDS[of])


def problem(name: str, hours: int = 10) -> ev.Link:
    """Somebody linked it to a problem."""
    return ev.Link(at=MOMENT - hours * HOUR, by="zhou.yuan", kind="problem", to=name)


POLICY = policy()
