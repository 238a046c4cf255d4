"""What stands still is not asked again, and stands as it would if it were asked."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.sample_desk import NOW, ROOT, policy

from git_feedback.desk import standings
from git_feedback.jobs.standing_still import Still, stands_still
from git_feedback.model import Item
from git_feedback.store import read

START = datetime.fromisoformat(NOW)


def sample() -> list[Item]:
    """The items of this repository."""
    return [read(path) for path in sorted(ROOT.glob("feedback/*/*/*.yml"))]


def test_items_stand_as_if_they_were_asked_anew_whatever_time_passes() -> None:
    still, items, rules = Still(), sample(), policy()
    for passed in (0, 1, 3600, 86_400, 40 * 86_400, -90 * 86_400, 0):
        now = START + timedelta(seconds=passed)
        assert still.standings(items, rules, now) == standings(items, rules, now), passed


def test_a_finished_item_is_not_asked_again_and_a_running_one_is() -> None:
    still, items, rules = Still(), sample(), policy()
    first = {one.item.id: one for one in still.standings(items, rules, START)}
    second = {one.item.id: one for one in still.standings(items, rules, START + timedelta(minutes=1))}
    same = {name for name in first if first[name] is second[name]}
    assert same == {name for name, one in first.items() if stands_still(one, START)}
    assert same
    assert {one.item.id for one in first.values() if one.worst}.isdisjoint(same)


def test_an_item_that_was_read_anew_is_asked_anew() -> None:
    still, items, rules = Still(), sample(), policy()
    still.standings(items, rules, START)
    changed = [item.model_copy(update={"title": f"改 {item.title}"}) for item in items]
    assert [one.item.title for one in still.standings(changed, rules, START)] == [
        one.item.title for one in standings(changed, rules, START)
    ]


def test_under_another_policy_everything_is_asked_anew() -> None:
    still, items, rules = Still(), sample(), policy()
    first = still.standings(items, rules, START)
    second = still.standings(items, replace(rules), START)
    assert not any(one is another for one, another in zip(first, second, strict=True))
