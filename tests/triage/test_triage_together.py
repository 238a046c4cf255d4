"""Rules and a model with few examples: each helps where the other knows nothing."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from git_feedback.triage import semantic
from git_feedback.triage.learned import Classifier
from git_feedback.triage.together import Hits, Together

TEXTS = ["退款没到账", "退我钱", "refund now", "一打开就闪退", "页面报错了", "it crashes"] * 3
LABELS = ["退款", "退款", "退款", "故障", "故障", "故障"] * 3
SILENT: Hits = {}


def told(text: str) -> Hits:
    """A rule that knows two words of each label."""
    words = {"退款": ("退款", "money"), "故障": ("闪退", "broken"), "建议": ("建议", "wish")}
    found = {label: [word for word in own if word in text] for label, own in words.items()}
    return {label: own for label, own in found.items() if own}


@pytest.fixture(scope="module")
def together() -> Together:
    return Together.fit(TEXTS, LABELS, [told(text) for text in TEXTS])


def label(together: Together, text: str) -> str:
    return together.predict([text], [told(text)])[0].label


def test_a_rule_decides_where_the_model_has_not_met_a_word(together: Together) -> None:
    assert label(together, "zzz broken qqq") == "故障"
    assert label(together, "zzz money qqq") == "退款"


def test_the_model_decides_where_no_rule_fires(together: Together) -> None:
    assert label(together, "页面报错") == "故障"
    assert label(together, "refund 退我钱") == "退款"


def test_a_label_that_only_a_rule_knows_can_win() -> None:
    texts, labels = [*TEXTS, "建议加个夜间模式"], [*LABELS, "故障"]
    together = Together.fit(texts, labels, [told(text) for text in texts])
    assert label(together, "xyz wish 建议 abc") == "建议"


def test_the_words_of_the_rule_stand_first_among_the_reasons(together: Together) -> None:
    got = together.predict(["一打开就闪退了"], [told("一打开就闪退了")])[0]
    assert got.label == "故障"
    assert got.because[0] == "闪退"
    assert len(got.because) == len(set(got.because)) <= 5


def test_a_rule_that_is_always_wrong_loses_its_say() -> None:
    words = [f"第{number}条 {'很慢' if number % 2 else '很贵'}" for number in range(80)]
    labels = ["速度" if number % 2 else "价格" for number in range(80)]
    wrong: list[Hits] = [{"价格": ["慢"]} if label == "速度" else {"速度": ["贵"]} for label in labels]
    together = Together.fit(words, labels, wrong)
    assert [one.label for one in together.predict(words, wrong)] == labels


def test_rules_that_never_fire_leave_the_model_its_own_opinion() -> None:
    together = Together.fit(TEXTS, LABELS, [SILENT] * len(TEXTS))
    new = ["退款", "闪退", "报错", "refund"]
    own = [one.label for one in Classifier.fit(TEXTS, LABELS).predict(new)]
    assert [one.label for one in together.predict(new, [SILENT] * 4)] == own


def test_confidence_is_a_chance_and_the_same_input_gives_the_same_answer(together: Together) -> None:
    hits = [told(text) for text in TEXTS]
    got = together.predict(TEXTS, hits)
    assert all(0 <= one.confidence <= 1 for one in got)
    assert Together.fit(TEXTS, LABELS, hits).predict(TEXTS, hits) == got


@pytest.mark.parametrize("count", [1, 2, 3])
def test_very_few_texts_are_enough_to_begin(count: int) -> None:
    texts, labels = ["退款没到账", "一打开就闪退", "refund"][:count], ["退款", "故障", "退款"][:count]
    together = Together.fit(texts, labels, [told(text) for text in texts])
    assert label(together, "退款") == "退款"


def test_vectors_of_meaning_are_a_third_side() -> None:
    dice = np.random.default_rng(3)
    centres = {"退款": dice.normal(size=8), "故障": dice.normal(size=8)}
    own = np.array([centres[label] + dice.normal(size=8) / 9 for label in LABELS])
    hits = [SILENT] * len(LABELS)
    together = Together.fit(TEXTS, LABELS, hits, own)
    got = together.predict(["qqq", "zzz"], [SILENT] * 2, np.array([centres["退款"], centres["故障"]]))
    assert [one.label for one in got] == ["退款", "故障"]


def test_meaning_learned_from_one_label_says_that_label() -> None:
    meaning = semantic.Meaning.fit(np.ones((3, 4)), ["甲"] * 3)
    assert meaning.shares(np.zeros((2, 4))).tolist() == [[1.0], [1.0]]


needs_the_extra = pytest.mark.skipif(not semantic.is_available(), reason="the extra `semantic` is not installed")


@needs_the_extra
def test_texts_of_one_meaning_lie_closer_than_others_across_languages() -> None:
    found = semantic.Vectors().of(["我要退款", "I want a refund", "今天天气很好", ""])
    assert found[0] @ found[1] > found[0] @ found[2] + 0.1
    assert np.linalg.norm(found[:3], axis=1) == pytest.approx(np.ones(3), abs=1e-2)
    assert not found[3].any()


@needs_the_extra
def test_vectors_are_kept_without_a_word_of_the_text(tmp_path: Path) -> None:
    vectors = semantic.Vectors()
    found = vectors.of(["退款没到账", "refund"])
    vectors.save(tmp_path / "v")
    raw = (tmp_path / "v").read_bytes()
    assert "refund".encode("utf-32-le") not in raw
    assert (semantic.Vectors.load(tmp_path / "v").of(["refund"]) == found[1]).all()
