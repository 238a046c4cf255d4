"""What might be done: the strongest first, at most five, nothing where nothing stands out, and never against a person."""

from datetime import date
from inspect import signature

from hypothesis import given
from hypothesis import strategies as st
from tests.insight.improving_desk import at, ground, many, measure

from git_feedback.i18n import LANGUAGES, text
from git_feedback.insight.advice import MOST, RULES, advice
from git_feedback.insight.advice.ground import MOST_BEYOND, TIDY, URGENT, USEFUL, strength


def test_a_quiet_desk_gets_no_advice() -> None:
    assert advice(ground([])) == []
    assert advice(ground(many(4, at("10-12")))) == []


def test_there_are_at_least_ten_rules_and_each_says_what_it_is_about() -> None:
    assert len(RULES) >= 10
    for rule in RULES:
        assert rule.__doc__
        assert list(signature(rule).parameters) == ["ground"]


def test_the_strongest_comes_first_and_at_most_five_are_told() -> None:
    there = ground(many(9, at("10-12"), category=None), measures=[measure(due=date(2026, 10, 20))])
    found = advice(there)
    assert [one.code for one in found] == ["advice-unsorted-waits", "advice-overdue-measures"]
    assert found[0].strength > found[1].strength
    assert len(found) <= MOST == 5


def test_the_same_record_in_any_order_gives_the_same_advice() -> None:
    items = many(9, at("10-12"), category=None)
    late = [measure(f"M-{n}", due=date(2026, 10, 20)) for n in range(3)]
    assert advice(ground(items, measures=late)) == advice(ground(items[::-1], measures=late[::-1]))


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0.01, 1e3))
def test_more_evidence_never_makes_advice_weaker(one: float, more: float, threshold: float) -> None:
    assert strength(USEFUL, one, threshold) <= strength(USEFUL, one + more, threshold) <= USEFUL * MOST_BEYOND


def test_what_people_still_meet_weighs_more_than_what_makes_work_tidier() -> None:
    assert URGENT > USEFUL > TIDY
    assert strength(URGENT, 1, 1) == strength(TIDY, 3, 1)


def test_no_advice_blames_anybody() -> None:
    for language, words in {"zh": ("慢", "失职", "责任心", "谁的错"), "en": ("slow", "fault", "blame", "lazy")}.items():
        assert language in LANGUAGES
        for code in ("advice-uneven-load", "advice-keeps-less", "advice-overdue-measures", "advice-comes-back"):
            said = text(
                code,
                language,
                2,
                person="何淼",
                department="支付产品",
                clock="首次答复",
                measure="只扣一次",
                category="退款",
            )
            assert not any(word in said for word in words), said
