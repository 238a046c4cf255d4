"""What a classifier is worth is found out without cheating, and decides whether it may go before the rules."""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

from git_feedback.triage.evaluation import Evaluation, evaluate, judged, takes_over
from git_feedback.triage.features import folded
from git_feedback.triage.folds import folds_of
from git_feedback.triage.learned import Prediction
from git_feedback.triage.scoring import figures

WORDS = {"退款": ["退款没到账", "钱什么时候退", "refund please"], "故障": ["一打开就闪退", "页面报错", "it crashes"]}
ROWS = [(f"{text}，{extra}", label) for label, texts in WORDS.items() for text in texts for extra in "甲乙丙丁戊己庚"]
TEXTS, LABELS = [text for text, _ in ROWS], [label for _, label in ROWS]


def random_texts(count: int, seed: int) -> list[str]:
    dice = np.random.default_rng(seed)
    return ["".join(dice.choice(list("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"), 10)) for _ in range(count)]


def test_texts_that_can_be_told_are_told() -> None:
    found = evaluate(TEXTS, LABELS, 4)
    assert found.accuracy > 0.9
    assert found.macro_f1 > 0.9
    assert found.labels == tuple(LABELS)
    assert [one.label for one in found.predictions].count("退款") > 15


def test_copies_of_a_text_do_not_leak_into_the_part_it_is_tried_on() -> None:
    texts = random_texts(60, 1)
    labels = np.random.default_rng(2).choice(["甲", "乙"], 60).tolist()
    copies = [text for text in texts for _ in range(5)]
    disguised = [text if at % 2 else f" \ufeff{text}\u200b\n" for at, text in enumerate(copies)]
    found = evaluate(disguised, [label for label in labels for _ in range(5)], 5)
    assert 0.3 < found.accuracy < 0.7


def test_what_reads_the_same_is_in_one_fold_and_labels_are_spread_evenly() -> None:
    texts = [*TEXTS, *[text.upper() for text in TEXTS], *[text.replace("账", "賬") for text in TEXTS]]
    cut = [folded(text) for text in texts]
    fold = folds_of(cut, LABELS * 3, 5)
    assert len({(text, one) for text, one in zip(cut, fold.tolist(), strict=True)}) == len(set(cut))
    spread = Counter(zip(LABELS * 3, fold.tolist(), strict=True))
    assert max(spread.values()) - min(spread.values()) <= 6
    assert len(spread) == 10


def test_folds_are_the_same_in_any_order_of_the_texts() -> None:
    cut = [folded(text) for text in TEXTS]
    fold = dict(zip(cut, folds_of(cut, LABELS, 3).tolist(), strict=True))
    assert dict(zip(cut[::-1], folds_of(cut[::-1], LABELS[::-1], 3).tolist(), strict=True)) == fold


@pytest.mark.parametrize("texts", [[], ["a"], ["同一句", "同一句 ", "同一句"]])
def test_nothing_can_be_tried_out_without_two_different_texts(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="too few texts"):
        evaluate(texts, ["x"] * len(texts))


def test_a_label_that_occurs_once_is_never_found_and_breaks_nothing() -> None:
    found = evaluate([*TEXTS, "唯一的一条"], [*LABELS, "孤例"])
    assert found.per_class["孤例"].recall == 0
    assert found.per_class["孤例"].items == 1


def test_one_label_alone_can_be_evaluated_but_never_takes_over() -> None:
    found = evaluate(random_texts(30, 3), ["好评"] * 30)
    assert (found.accuracy, found.macro_f1) == (1.0, 1.0)
    assert not takes_over([None] * 30, found)


def test_figures_are_those_of_scikit_learn() -> None:
    dice = np.random.default_rng(4)
    given, said = dice.choice(list("abcd"), 200).tolist(), dice.choice(list("abcd"), 200).tolist()
    ours = figures(given, said)
    assert ours.macro_f1 == pytest.approx(f1_score(given, said, average="macro"))
    for at, label in enumerate("abcd"):
        theirs = [column[at] for column in precision_recall_fscore_support(given, said)]
        one = ours.per_class[label]
        assert [one.precision, one.recall, one.f1, one.items] == pytest.approx(theirs)
    table = confusion_matrix(given, said)
    assert [[ours.confusion[a].get(b, 0) for b in "abcd"] for a in "abcd"] == table.tolist()


def test_no_decision_counts_as_missed_and_not_as_wrongly_said() -> None:
    ours = figures(["a", "a", "b"], ["a", None, None])
    assert ours.per_class["a"].precision == 1
    assert ours.per_class["a"].recall == 0.5
    assert ours.per_class["b"].f1 == 0
    assert ours.confusion == {"a": {"": 1, "a": 1}, "b": {"": 1}}
    assert ours.accuracy == pytest.approx(1 / 3)


def test_figures_can_be_written_as_json() -> None:
    found = evaluate(TEXTS, LABELS, 3)
    assert json.loads(json.dumps([found.macro_f1, found.coverage, found.ece, found.confusion]))[0] == found.macro_f1


def test_coverage_is_the_share_at_or_above_the_threshold() -> None:
    sure = [Prediction("a", 0.9, ())] * 60 + [Prediction("a", 0.4, ())] * 40
    found = judged(["a"] * 60 + ["b"] * 40, sure)
    assert (found.threshold_90, found.coverage) == (0.9, 0.6)
    nothing = judged(["b"] * 100, sure)
    assert (nothing.threshold_90, nothing.coverage) == (None, 0.0)


def rules_right(share: float) -> list[str | None]:
    """Decisions of rules that are right for that share of each label and silent on the rest."""
    ordered = [sum(1 for other in LABELS[:at] if other == label) for at, label in enumerate(LABELS)]
    size = LABELS.count("退款")
    return [label if rank < share * size else None for label, rank in zip(LABELS, ordered, strict=True)]


def learned(macro_f1: float, items: int = 21) -> Evaluation:
    found = evaluate(TEXTS, LABELS, 3)
    per_class = {label: replace(one, items=items) for label, one in found.per_class.items()}
    return replace(found, macro_f1=macro_f1, per_class=per_class)


def test_the_classifier_takes_over_only_where_it_is_clearly_better_than_the_rules() -> None:
    rules = rules_right(0.5)
    theirs = figures(LABELS, rules).macro_f1
    assert takes_over(rules, learned(theirs + 0.03))
    assert not takes_over(rules, learned(theirs + 0.029))
    assert not takes_over(rules, learned(theirs))


def test_the_classifier_does_not_take_over_while_a_label_has_too_few_items() -> None:
    assert takes_over(rules_right(0.2), learned(0.95, items=10))
    assert not takes_over(rules_right(0.2), learned(0.95, items=9))
