"""What a review speaks about: where most went wrong, problems nobody has taken up, and how long it takes."""

from datetime import date, timedelta

from tests.insight.improving_desk import at, event, item, measure, problem, solved
from tests.sample_desk import policy

from git_feedback.clock.periods import Period
from git_feedback.desk import standings
from git_feedback.insight.ledger import Ledger
from git_feedback.insight.review import MOST, Topic, minutes, topics, untaken
from git_feedback.model import Item

Q4 = Period.parse("2026-Q4")
LAST = date(2026, 12, 31)


def found(*items: Item, has_before: bool = True) -> tuple[Topic, ...]:
    now = at("10-12", "15:00")  # before anything that is not finished is late
    return topics(Ledger(standings(items, policy(), now), policy(), now), Q4, has_before=has_before)


def heard(number: int, verdict: str, category: str = "product/bug", month: str = "10") -> Item:
    """Solved and replied to in time, then heard again."""
    moment = at(f"{month}-12")
    after = moment + timedelta(hours=3)
    said = event("follow-up", after + timedelta(hours=1), "he.miao", verdict=verdict)
    steps = [event("respond", moment + timedelta(minutes=6), channel="phone", prose="text: 收到"), *solved(moment)]
    return item(number, moment, *steps, said, category=category)


def test_a_topic_is_a_category_in_which_several_items_went_wrong() -> None:
    items = [
        heard(1, "unsatisfied"),
        heard(2, "unsatisfied"),
        heard(3, "satisfied"),
        heard(4, "unsatisfied", "praise/service"),
    ]
    (topic,) = found(*items)
    assert (topic.category, topic.received, topic.before, topic.unsatisfied) == ("product/bug", 3, 0, 2)
    assert topic.items == tuple(sorted(one.id for one in items[:2]))


def test_an_item_that_went_wrong_in_two_ways_counts_once() -> None:
    moment = at("10-12")
    again = event("reopen", moment + timedelta(hours=2), "he.miao", "reason: 又坏了", kind="unsatisfied")
    both = item(
        9,
        moment,
        *solved(moment),
        again,
        event("follow-up", moment + timedelta(hours=3), "he.miao", verdict="unsatisfied"),
        category="product/bug",
    )
    (topic,) = found(both, heard(2, "unsatisfied"))
    assert topic.reopened == 1
    assert topic.unsatisfied == 2
    assert len(topic.items) == 2


def test_no_more_than_three_topics_the_worst_first() -> None:
    groups = {"product/bug": 4, "product/payment": 3, "service/refund": 2, "product/store-system": 2}
    items = [
        heard(10 * place + n, "unsatisfied", name)
        for place, (name, many) in enumerate(groups.items())
        for n in range(many)
    ]
    assert [one.category for one in found(*items)] == ["product/bug", "product/payment", "product/store-system"]


def test_what_was_said_in_another_quarter_and_changed_since_is_no_topic() -> None:
    assert found(heard(1, "unsatisfied", month="08"), heard(2, "unsatisfied", month="08")) == ()
    assert found() == ()


def test_without_a_quarter_before_nothing_is_compared() -> None:
    (topic,) = found(heard(1, "unsatisfied"), heard(2, "unsatisfied"), has_before=False)
    assert topic.before is None


def test_a_problem_is_taken_up_where_a_measure_names_it_or_it_names_a_measure() -> None:
    records = [
        problem("P-a"),
        problem("P-b", measures=("M-b",)),
        problem("P-c"),
        problem("P-d", status="solved"),
        problem("P-e", since=date(2027, 1, 1)),
    ]
    measures = [measure("M-b"), measure("M-c", problem="P-c")]
    assert [one.id for one in untaken(records, measures, LAST)] == ["P-a"]
    dropped = [measure("M-b", status="dropped"), measure("M-c", problem="P-c", status="dropped")]
    assert [one.id for one in untaken(records, dropped, LAST)] == ["P-a", "P-b", "P-c"]


def test_many_measures_do_not_take_the_whole_meeting() -> None:
    assert (minutes("overdue"), minutes("overdue", 2), minutes("overdue", 40)) == (5, 10, MOST)
    assert minutes("topic") == 15
