"""How late feedback gets here, by channel: from received to landed, with what is not known counted beside it."""

from datetime import datetime, timedelta

from tests.sample_desk import NOW, item, policy

from git_feedback.desk import Standing, standings
from git_feedback.insight.arrivals import arrivals, register_by_channel
from git_feedback.model import Item

MOMENT = datetime.fromisoformat(NOW)
RECEIVED = datetime.fromisoformat("2026-11-17T09:00:00+08:00")


def came(channel: str, number: int, after_h: float | None, **changed: object) -> Item:
    landed = None if after_h is None else RECEIVED + timedelta(hours=after_h)
    facts = {"id": f"Q261117-{number:07}", "channel": channel, "source": f"号 {number}", "received": RECEIVED}
    return item().model_copy(update={**facts, "landed": landed, **changed})


def there(*items: Item) -> list[Standing]:
    return standings(items, policy(), MOMENT)


def test_a_channel_has_n_median_p90_and_how_many_came_beyond_the_target() -> None:
    found = register_by_channel(
        there(*(came("paper-box", n, hours) for n, hours in enumerate((0, 1, 2, 48)))), policy()
    )
    figures = found["paper-box"]
    assert (figures["n"], figures["median_h"], figures["p90_h"], figures["late"]) == (4, 1.5, 2.0, 1)


def test_the_channel_with_the_largest_share_of_late_ones_stands_first() -> None:
    items = [came("e-mail", 1, 0), came("e-mail", 2, 48), came("paper-box", 3, 50), came("web-form", 4, 0.1)]
    found = arrivals(there(*items), policy())
    assert [(one.channel, one.late, one.share_late) for one in found] == [
        ("paper-box", 1, 1.0),
        ("e-mail", 1, 0.5),
        ("web-form", 0, 0.0),
    ]


def test_history_what_is_not_known_and_what_landed_before_it_came_are_excluded_and_counted() -> None:
    items = [
        came("e-mail", 1, 100, record="history"), came("e-mail", 2, None), came("e-mail", 3, -5), came("e-mail", 4, 1),
    ]  # fmt: skip
    figures = register_by_channel(there(*items), policy())["e-mail"]
    assert (figures["n"], figures["excluded"], figures["late"], figures["median_h"]) == (1, 3, 0, 1.0)


def test_no_items_are_no_channels() -> None:
    assert arrivals([], policy()) == []
