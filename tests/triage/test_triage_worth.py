"""Who decides at a desk: what learns must show on items it has not seen that it does better than the rules."""

import random
from collections.abc import Mapping, Sequence

import pytest

pytest.importorskip("sklearn")

from git_feedback.triage.learned import Classifier
from git_feedback.triage.worth import Worth, few, many, worth

SAID = {
    "product/bug": ["页面空白", "屏幕卡住了", "程序自己退出", "the page stays blank"],
    "service/refund": ["钱还没回到卡里", "想把钱要回来", "取消了钱没回来", "where is my money"],
    "service/logistics": ["东西到哪里了", "寄出五天还在路上", "楼下没人放件", "my box has not come"],
}


def texts_of(n: int, *names: str) -> tuple[list[str], list[str]]:
    dice = random.Random(7)
    labels = [(names or tuple(SAID))[at % len(names or SAID)] for at in range(n)]
    return [
        f"{dice.choice(SAID[label])}，第 {at} 次，{dice.choice('甲乙丙丁')}" for at, label in enumerate(labels)
    ], labels


def judged(texts: Sequence[str], labels: Sequence[str], said: Sequence[str | None]) -> Worth:
    hits: list[Mapping[str, Sequence[str]]] = [{one: ("词",)} if one else {} for one in said]
    return worth(texts, labels, hits, said, folds=3)


def test_what_does_better_than_silent_rules_takes_over() -> None:
    texts, labels = texts_of(60)
    found = judged(texts, labels, [None] * 60)
    assert found.takes_over
    assert found.labels == tuple(sorted(SAID))
    assert found.rules.macro_f1 == 0
    assert found.best is found.together


def test_rules_that_are_right_keep_deciding() -> None:
    texts, labels = texts_of(60)
    found = judged(texts, labels, labels)
    assert not found.takes_over
    assert found.sure == tuple(sorted(SAID))


def test_a_label_with_few_items_is_left_to_the_rules_and_keeps_no_other_back() -> None:
    texts, labels = texts_of(60, "product/bug", "service/refund")
    rare = ["包装破了", "盒子压扁了"]
    found = judged([*texts, *rare], [*labels, *["product/packaging"] * 2], [None] * 62)
    assert found.takes_over
    assert found.labels == ("product/bug", "service/refund")


def test_few_items_of_each_label_take_over_nothing() -> None:
    texts, labels = texts_of(18)
    assert not judged(texts, labels, [None] * 18).takes_over


def test_rules_that_are_right_by_chance_are_not_sure() -> None:
    texts, labels = texts_of(60)
    found = judged(texts, labels, ["product/bug"] * 60)
    assert found.sure == ()


def test_texts_that_all_read_the_same_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="two"):
        judged(["很好", "很好 "], ["praise/staff", "praise/product"], [None, None])


@pytest.mark.parametrize("kind", ["few", "many"])
def test_the_one_that_decides_comes_first_and_others_only_where_they_are_likely(kind: str) -> None:
    texts, labels = texts_of(60)
    classifier = Classifier.fit(texts, labels)
    guessing = few(texts, labels, [{}] * 60, classifier) if kind == "few" else many(classifier)
    first, *others = guessing.of("屏幕卡住了", {}, 3)
    assert first.label == "product/bug"
    assert first.because
    assert all(one.label != first.label and one.because == () for one in others)
    assert len(guessing.of("嗯", {}, 2)) == 2
