"""The learned classifier: right, sure of it to the right degree, able to say why, and silent about whom it learned from."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("sklearn")

from git_feedback.text import fold
from git_feedback.triage.calibration import calibration_error, threshold
from git_feedback.triage.features import folded, grams
from git_feedback.triage.learned import BadModel, Classifier, Prediction

CLASSES = {
    "支付 / payment": ("付款失败扣了两次钱", "支付页面一直报错", "银行卡付不了款", "charged twice on my card", "the payment page fails", "my card was declined"),
    "物流": ("快递三天没到", "包裹送错地址了", "骑手态度好但迟到", "the parcel never arrived", "courier left it outside", "late delivery again"),
    "praise": ("店员很耐心点赞", "服务周到谢谢", "小姐姐真热情", "so kind and patient", "thank you great service", "lovely friendly staff"),
}  # fmt: skip
ENDINGS = ("", "！", "，急", " please", " 昨天下午", " at noon", "了", " today")
ROWS = [(text + ending, label) for label, texts in CLASSES.items() for text in texts for ending in ENDINGS]
TEXTS, LABELS = [text for text, _ in ROWS], [label for _, label in ROWS]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.fit(TEXTS, LABELS)


def one(classifier: Classifier, text: str) -> Prediction:
    return classifier.predict([text])[0]


@pytest.mark.parametrize(("text", "label"), [
    ("又扣了两次钱", "支付 / payment"), ("Card declined when paying", "支付 / payment"), ("快递又没到", "物流"),
    ("where is my parcel", "物流"), ("店员热情", "praise"), ("patient and kind", "praise"),
    ("我的 parcel 还没到", "物流"), ("payment 页面报错 please", "支付 / payment"),
])  # fmt: skip
def test_texts_of_both_languages_and_mixed_ones_are_told(classifier: Classifier, text: str, label: str) -> None:
    assert one(classifier, text).label == label


@pytest.mark.parametrize(
    ("plain", "disguised"),
    [
        ("银行卡付不了款", "銀行卡付不了款"),
        ("charged twice", "ＣＨＡＲＧＥＤ　ＴＷＩＣＥ"),
        ("快递没到", "快\u200b递\ufeff没到"),
        ("快递没到", "\ufeff快递没到"),
    ],
)
def test_width_case_traditional_script_and_hidden_characters_change_nothing(
    classifier: Classifier, plain: str, disguised: str
) -> None:
    first, second = one(classifier, plain), one(classifier, disguised)
    assert (first.label, first.confidence) == (second.label, second.confidence)


def test_the_parts_that_decided_stand_in_the_text_as_its_writer_spelt_them(classifier: Classifier) -> None:
    for text in ("快遞三天沒到", "The PARCEL never Arrived!", "我的 Parcel 没到 😀", "thank you，服务周到"):
        because = one(classifier, text).because
        assert because
        assert all(part in text for part in because)
    assert "PARCEL" in one(classifier, "The PARCEL never Arrived!").because


def test_pieces_of_latin_words_are_shown_as_whole_words(classifier: Classifier) -> None:
    because = one(classifier, "who took the parcelz to a courierz yesterday").because
    assert "parcelz" in because
    assert {word for part in because for word in part.split()} <= {
        "who",
        "took",
        "the",
        "parcelz",
        "to",
        "a",
        "courierz",
        "yesterday",
    }


def test_parts_that_decided_do_not_lie_in_one_another(classifier: Classifier) -> None:
    for text in TEXTS[::5]:
        because = one(classifier, text).because
        assert len(because) == len(set(because)) <= 5
        assert not [(a, b) for a in because for b in because if a != b and a in b and text.count(a) == text.count(b)]


@pytest.mark.parametrize("text", ["", "   ", "\ufeff", "\u200b\u200d", "ὦ", "ﷺ" * 3, "🦖", "\ud800"])
def test_a_text_without_a_known_word_gets_the_commonest_label_at_its_share(text: str) -> None:
    labels = [*LABELS, *["praise"] * 10]
    learned = Classifier.fit([*TEXTS, *[f"真好 {number} nice" for number in range(10)]], labels)
    got = one(learned, text)
    assert got.label == "praise"
    assert got.confidence == pytest.approx(labels.count("praise") / len(labels))
    assert got.because == ()


def test_a_text_of_100_kilobytes_is_judged_by_its_first_2000_characters(classifier: Classifier) -> None:
    start = ("付款失败，" * 400)[:2000]
    long = start + "快递包裹" * 25_000
    assert one(classifier, long) == one(classifier, start)
    assert one(classifier, long).label == "支付 / payment"


def test_a_text_is_judged_the_same_alone_and_among_others(classifier: Classifier) -> None:
    texts = [*TEXTS[::3], "", "😀", "a", "很好", "。。", "don't", *TEXTS[1::7]]
    together = classifier.predict(texts)
    assert together == [one(classifier, text) for text in texts]


def test_no_texts_give_no_predictions(classifier: Classifier) -> None:
    assert classifier.predict([]) == []
    assert classifier.shares([]).shape == (0, 3)


def test_shares_add_up_to_one_and_agree_with_the_label(classifier: Classifier) -> None:
    shares = classifier.shares(TEXTS[:20])
    assert shares.sum(axis=1) == pytest.approx(np.ones(20))
    assert [classifier.labels[at] for at in shares.argmax(axis=1)] == [
        got.label for got in classifier.predict(TEXTS[:20])
    ]


def test_one_label_alone_is_predicted_but_never_with_certainty() -> None:
    classifier = Classifier.fit(["很好", "不错", "great"], ["好评"] * 3)
    got = one(classifier, "质量很好")
    assert (got.label, got.confidence, got.because) == ("好评", 0.75, ())
    assert classifier.threshold_90 is None


def test_two_texts_are_enough_to_learn_and_too_few_to_be_sure() -> None:
    classifier = Classifier.fit(["退款没到账", "crash on start"], ["退款", "故障"])
    assert one(classifier, "退款呢").label == "退款"
    assert one(classifier, "it will crash").label == "故障"
    assert one(classifier, "退款呢").confidence < 0.9
    assert classifier.threshold_90 is None


def test_texts_that_are_all_empty_teach_the_shares_alone() -> None:
    classifier = Classifier.fit(["", "", " "], ["b", "a", "b"])
    assert (one(classifier, "anything").label, one(classifier, "anything").confidence) == ("b", 0.5)


def test_the_same_text_with_two_labels_is_held_to_be_uncertain() -> None:
    texts = ["很好"] * 40 + TEXTS
    labels = ["praise", "物流"] * 20 + LABELS
    assert one(Classifier.fit(texts, labels), "很好").confidence < 0.7


def test_chance_labels_are_not_believed() -> None:
    dice = np.random.default_rng(5)
    texts = ["".join(dice.choice(list("天地玄黄宇宙洪荒日月盈昃辰宿列张"), 8)) for _ in range(300)]
    labels = dice.choice(["甲", "乙"], 300).tolist()
    classifier = Classifier.fit(texts[:200], labels[:200])
    assert np.mean([got.confidence for got in classifier.predict(texts[200:])]) < 0.62


@pytest.mark.parametrize(("texts", "labels"), [([], []), (["a"], []), (["a"], ["x", "y"])])
def test_texts_and_labels_that_do_not_pair_are_refused(texts: list[str], labels: list[str]) -> None:
    with pytest.raises(ValueError, match="as many as texts"):
        Classifier.fit(texts, labels)


def test_a_classifier_that_has_learned_nothing_says_so() -> None:
    with pytest.raises(ValueError, match="fit or load first"):
        Classifier().predict(["a"])


def test_an_instance_can_be_fitted_and_loaded_too(classifier: Classifier, tmp_path: Path) -> None:
    own = Classifier()
    assert own.fit(TEXTS, LABELS) is own
    assert own.predict(TEXTS[:9]) == classifier.predict(TEXTS[:9])
    own.save(tmp_path / "m")
    other = Classifier()
    assert other.load(tmp_path / "m") is other
    assert other.predict(TEXTS[:9]) == own.predict(TEXTS[:9])


def test_what_is_saved_predicts_the_same_after_loading(classifier: Classifier, tmp_path: Path) -> None:
    classifier.save(tmp_path / "模型.npz")
    loaded = Classifier.load(str(tmp_path / "模型.npz"))
    assert loaded.labels == tuple(sorted(CLASSES))
    assert loaded.threshold_90 == classifier.threshold_90
    assert loaded.predict(TEXTS) == classifier.predict(TEXTS)


def test_the_same_texts_give_the_same_bytes(classifier: Classifier, tmp_path: Path) -> None:
    classifier.save(tmp_path / "a")
    Classifier.fit(TEXTS, LABELS).save(tmp_path / "b")
    Classifier.load(tmp_path / "a").save(tmp_path / "c")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == (tmp_path / "c").read_bytes()


def test_no_word_of_a_text_is_in_the_file(tmp_path: Path) -> None:
    Classifier.fit(TEXTS, LABELS).save(tmp_path / "m")
    with zipfile.ZipFile(tmp_path / "m") as file:
        raw = b"".join(file.read(name) for name in file.namelist())
    labels = "".join(CLASSES)
    words = {"快递", "扣了", "parcel", "courier", "declined", "耐心", "patient"}
    for word in words:
        assert word not in labels
        for coding in ("utf-8", "utf-16-le", "utf-32-le", "gb18030"):
            assert word.encode(coding) not in raw


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no model", b"\x80\x04]\x94.", b"\x93NUMPY\x01\x00v\x00{}"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m").write_bytes(content)
    with pytest.raises(BadModel):
        Classifier.load(tmp_path / "m")


def test_a_file_that_hides_a_pickle_or_lacks_a_part_is_refused(classifier: Classifier, tmp_path: Path) -> None:
    classifier.save(tmp_path / "m")
    with np.load(tmp_path / "m") as arrays:
        parts = dict(arrays)
    for changed in ({"labels": np.array([{"a": 1}], object)}, {"key": parts["key"][:-1]}, {"format": np.int64(99)}):
        np.savez(tmp_path / "bad.npz", **{**parts, **changed})
        with pytest.raises(BadModel):
            Classifier.load(tmp_path / "bad.npz")
    del parts["step"]
    np.savez(tmp_path / "bad.npz", **parts)
    with pytest.raises(BadModel):
        Classifier.load(tmp_path / "bad.npz")


def test_a_file_that_is_not_there_is_not_called_a_bad_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Classifier.load(tmp_path / "none")


def test_a_model_of_many_labels_and_words_stays_under_five_megabytes(tmp_path: Path) -> None:
    dice = np.random.default_rng(7)
    han = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    texts = ["".join(dice.choice(han, 120)) for _ in range(250)]
    labels = [f"类别 {number % 77}" for number in range(250)]
    classifier = Classifier.fit([text + label * 3 for text, label in zip(texts, labels, strict=True)], labels)
    classifier.save(tmp_path / "m")
    assert (tmp_path / "m").stat().st_size < 5_000_000
    assert len(classifier.labels) == 77


def test_confidence_keeps_its_word_on_texts_left_out() -> None:
    """Seven in ten words point to the label: the classifier has to find out that it is often wrong."""
    dice = np.random.default_rng(11)
    own = {"甲": list("天地玄黄宇宙洪荒"), "乙": list("日月盈昃辰宿列张"), "丙": list("寒来暑往秋收冬藏")}
    every = [character for characters in own.values() for character in characters]
    rows = []
    for _ in range(1500):
        label = str(dice.choice(list(own)))
        picked = [str(dice.choice(own[label] if dice.random() < 0.35 else every)) for _ in range(4)]
        rows.append((" ".join(picked), label))
    classifier = Classifier.fit([text for text, _ in rows[:1000]], [label for _, label in rows[:1000]])
    got = classifier.predict([text for text, _ in rows[1000:]])
    right = np.array([one.label == label for one, (_, label) in zip(got, rows[1000:], strict=True)])
    confidence = np.array([one.confidence for one in got])
    assert 0.45 < right.mean() < 0.85
    assert calibration_error(confidence, right) < 0.08


def test_the_threshold_is_the_lowest_that_holds_the_precision() -> None:
    confidence = np.array([0.95] * 40 + [0.8] * 40 + [0.3] * 20)
    right = np.array([True] * 40 + [True] * 38 + [False] * 2 + [False] * 20)
    assert threshold(confidence, right) == 0.8
    assert threshold(confidence, right, precision=0.98) is None
    assert threshold(np.array([0.9] * 200 + [0.5] * 99), np.array([True] * 200 + [False] * 99), 0.99) == 0.9
    assert threshold(confidence, ~right) is None
    assert threshold(np.array([0.99] * 4), np.array([True] * 4)) is None


def test_the_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    assert calibration_error(np.array([0.8] * 10), np.array([True] * 8 + [False] * 2)) == pytest.approx(0)
    assert calibration_error(np.array([1.0] * 10), np.array([True] * 5 + [False] * 5)) == pytest.approx(0.5)


def test_words_pairs_pieces_and_chinese_runs_are_all_in_the_union() -> None:
    text = folded("App 闪退！ don't stop")
    cut = grams([text])
    parts = {text[start:end] for start, end in zip(cut.start, cut.end, strict=True)}
    assert {"app", "闪", "退", "闪退", "!", "don't", "stop", "don't stop", "st", "to", "top"} <= parts
    assert not [part for part in parts if "闪" in part and "app" in part]
    assert not [part for part in parts if part.startswith("app") and "don't" in part]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab c'。，很好闪退了😀\u200bé１", max_size=12), min_size=1, max_size=5))
def test_n_grams_of_a_text_do_not_depend_on_its_neighbours(texts: list[str]) -> None:
    cut = [folded(text) for text in texts]
    found = grams(cut)
    for row, text in enumerate(cut):
        alone, mine = grams([text]), found.row == row
        expected = sorted(zip(alone.key, alone.start, alone.end, strict=True))
        assert sorted(zip(found.key[mine], found.start[mine], found.end[mine], strict=True)) == expected
        assert all(0 <= start < end <= len(text) for _, start, end in expected)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_written_gets_a_label_a_chance_and_reasons_from_the_text(text: str) -> None:
    got = one(LEARNED, text)
    assert got.label in CLASSES
    assert 0 <= got.confidence <= 1
    assert all(fold(part) in fold(text) for part in got.because)


LEARNED = Classifier.fit(TEXTS, LABELS)
