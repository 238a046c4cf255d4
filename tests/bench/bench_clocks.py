"""How long 10,000 items take to get their state and their clocks, beside the plain way in the same run (median of five).

The plain way walks each clock's span with businesstimedelta.  Run it by hand: python tests/bench/bench_clocks.py
"""

import gc
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

import businesstimedelta
import pytz  # type: ignore[import-untyped]  # businesstimedelta knows no other zones

from git_feedback.desk import standings
from git_feedback.desk.sla import clocks
from git_feedback.model import Event, Item
from git_feedback.model import events as ev
from git_feedback.model.ids import from_bits
from git_feedback.policy import Policy, load

ROOT = Path(__file__).parents[2]
ZONE = "Asia/Shanghai"
NOW = datetime(2026, 6, 30, 18, tzinfo=ZoneInfo(ZONE))
MANY, FEW = 10_000, 100
ROUNDS = 5


def policy_of_the_repository() -> Policy:
    files = sorted((ROOT / "policy").rglob("*.yml"))
    policy = load({file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files}).policy
    assert policy
    return policy


def item(number: int, dice: random.Random) -> Item:
    """An item of one to eight events, six most often, spread over its first days."""
    received = NOW - timedelta(minutes=dice.randrange(180 * 24 * 60))
    at = received
    history: list[Event] = []

    def next_event(make: Callable[[datetime], Event]) -> None:
        nonlocal at
        at += timedelta(minutes=dice.randrange(1, 600))
        history.append(make(at))

    urgency, impact = dice.choice(((5, 5), (4, 4), (3, 3), (3, 3), (2, 2)))
    next_event(lambda at: ev.Classify(at=at, by="rules", category="product/bug", urgency=urgency, impact=impact))
    next_event(lambda at: ev.Assign(at=at, by="ines.brandt", department="app", owner="fang.yu"))
    next_event(lambda at: ev.Accept(at=at, by="fang.yu"))
    next_event(lambda at: ev.Respond(at=at, by="fang.yu", progress=True, text="已定位，今天修复。"))
    if dice.random() < 0.2:
        next_event(lambda at: ev.Ask(at=at, by="fang.yu", question="手机型号是？"))
        next_event(lambda at: ev.Supply(at=at, by="fang.yu", text="iPhone 15"))
    next_event(lambda at: ev.Resolve(at=at, by="fang.yu", result="已修复"))
    next_event(lambda at: ev.Review(at=at, by="mara.lind", verdict="pass"))
    if dice.random() < 0.3:
        del history[dice.randrange(1, 4) :]
    item_id = from_bits("Q", received.date(), number)
    return Item(id=item_id, received=received, channel="web-form", title="闪退", history=tuple(history))


def seconds(ask: Callable[[], object]) -> float:
    """Processor time, the median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        ask()
        times.append(process_time() - began)
    return median(times)


def plain_rules() -> businesstimedelta.Rules:
    hours = ((time(8, 30), time(12)), (time(13, 30), time(18)))
    return businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(
                start_time=opens, end_time=closes, working_days=list(range(5)), tz=pytz.timezone(ZONE)
            )
            for opens, closes in hours
        ]
    )


def plainly(items: list[Item], rules: businesstimedelta.Rules) -> None:
    """For each item four spans of working time, from received to the event that ends it, and four deadlines."""
    for one in items:
        for verb in ("respond", "accept", "resolve", "reply"):
            end = next((event.at for event in one.history if event.verb == verb), min(NOW, one.received + timedelta(7)))
            rules.difference(one.received, end)
            one.received + businesstimedelta.BusinessTimeDelta(rules, hours=8)


def four(policy: Policy) -> Policy:
    """The policy with the clocks of first answer, acceptance, solution and reply alone."""
    names = ("respond", "accept", "resolve", "reply")
    editions = (replace(e, rules=tuple(rule for rule in e.rules if rule.clock in names)) for e in policy.editions)
    return replace(policy, editions=tuple(editions))


def main() -> None:
    dice, policy, rules = random.Random(20260310), policy_of_the_repository(), plain_rules()
    items = [item(number, dice) for number in range(MANY)]
    events = sum(len(one.history) for one in items) / MANY
    theirs = seconds(lambda: plainly(items[:FEW], rules)) / FEW
    print(f"{MANY:,} items of {events:.1f} events; the plain way takes {theirs * MANY:.1f} s for them")
    print(f"{'':34} {'clocks':>8} {'as it is':>9} {'frozen':>8} {'ratio':>6}")
    for name, rulebook in (("four clocks", four(policy)), ("all eleven", policy)):
        print_row(f"{name}, clocks()", rulebook, items, lambda one: [clocks(i, one, NOW) for i in items], theirs)
        print_row(f"{name}, with states", rulebook, items, lambda one: standings(items, one, NOW), theirs)


def print_row(name: str, policy: Policy, items: list[Item], ask: Callable[[Policy], object], theirs: float) -> None:
    """`frozen`: what was read is kept out of garbage collection, as every command does."""
    ours = seconds(lambda: ask(policy))
    gc.freeze()
    frozen = seconds(lambda: ask(policy))
    gc.unfreeze()
    count = sum(len(one.clocks) for one in standings(items, policy, NOW))
    print(f"{name:34} {count:8,} {ours:8.3f}s {frozen:7.3f}s {theirs * MANY / frozen:6.0f}")


if __name__ == "__main__":
    main()
