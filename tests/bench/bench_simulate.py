"""How long 10,000 items take to be judged under two policies and compared, with routes replayed and without (median of three).

Every item is classified by the rules.  With routes, those texts are looked through again that a changed rule may speak of;
with other negations that is every text, twice.
Run it by hand: python tests/bench/bench_simulate.py
"""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.bench_clocks import MANY, NOW, item, policy_of_the_repository

from git_feedback.clock import Duration
from git_feedback.insight.replays import Replay
from git_feedback.jobs.simulating import simulated
from git_feedback.model import Item
from git_feedback.policy import Policy
from git_feedback.triage import Rules

ROUNDS = 3
TEXTS = (
    "付款到最后一步提示“系统繁忙”，已经试了三次。银行短信说扣了 268 元，但是订单列表里什么也没有。明天就要用，请尽快处理。",
    "The courier left the parcel in the rain and the locker code never arrived; I would like my money back.",
    "上周在门店买的电饭煲今天冒烟了，没有起火，但是把桌子烫坏了一块。客服让我等三天，到现在没人回电话。",
    "I cannot sign in since the update, the verification code does not come. Please help, it is urgent.",
    "希望增加夜间模式，其他都好，谢谢。",
)


def with_text(one: Item, dice: random.Random, rules: Rules) -> Item:
    """The item with words, classified by what the rules say of them."""
    text = " ".join(dice.sample(TEXTS, 2))
    said = one.model_copy(update={"title": text[:40], "text": text, "history": ()})
    event = rules.suggest(said, NOW).event
    first = event.model_copy(update={"at": one.history[0].at}) if event else one.history[0]
    return said.model_copy(update={"history": (first, *one.history[1:])})


def stricter(policy: Policy) -> Policy:
    """A new edition with half the time for first answers to P2."""
    edition = policy.editions[-1]
    rules = tuple(
        rule.model_copy(update={"target": Duration.parse("4h")})
        if rule.clock == "respond" and "P2" in rule.level
        else rule
        for rule in edition.rules
    )
    return replace(policy, editions=(*policy.editions, replace(edition, effective=date(2027, 1, 1), rules=rules)))


def rerouted(policy: Policy) -> Policy:
    """The same with another department for refunds and one rule less."""
    refund = policy.categories["service/refund"].model_copy(update={"department": "payments"})
    categories = {**policy.categories, refund.id: refund}
    return replace(stricter(policy), categories=categories, rules=policy.rules[1:])


def doubting(policy: Policy) -> Policy:
    """The same with one more negation: every text is looked through again."""
    return replace(rerouted(policy), negations={**policy.negations, "zh": (*policy.negations["zh"], "难道")})


def seconds(ask: Callable[[], object]) -> float:
    """Processor time, the median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        ask()
        times.append(process_time() - began)
    return median(times)


def said(what: str, took: float, found: Replay) -> str:
    return (
        f"{what}: {took:.2f} s, {found.replayed:,} items, {len(found.changes):,} change, {found.added:,} breaches added"
    )


def main() -> None:
    dice, policy = random.Random(20260310), policy_of_the_repository()
    rules = Rules(policy)
    items = [with_text(item(number, dice), dice, rules) for number in range(MANY)]
    for what, other in (
        ("the same policy", policy),
        ("clocks alone", stricter(policy)),
        ("with routes", rerouted(policy)),
        ("with routes, every text", doubting(policy)),
    ):
        took = seconds(lambda other=other: simulated(items, policy, other, NOW))  # type: ignore[misc]
        print(said(what, took, simulated(items, policy, other, NOW).replay))


if __name__ == "__main__":
    main()
