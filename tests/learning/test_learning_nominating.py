"""Best practice is nominated where the customer was satisfied, nothing was late, and it took less time than usual."""

import pytest
from tests.learning.nominated_items import HOSTILE, NOW, item, name
from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.learning.nominating import Nominee, nominees
from git_feedback.learning.practice_draft import practice_draft, reasons
from git_feedback.learning.training import training
from git_feedback.learning.training_checked import Known, training_problems
from git_feedback.model import Item
from git_feedback.store.training import BadTraining, read_lesson

OTHERS = (item(1), item(2), item(3, follow="verdict: neutral"))


def found(*items: Item, named: tuple[str, ...] = ()) -> list[Nominee]:
    there = standings([*items, *OTHERS], policy(), NOW)
    return [one for one in nominees(there, policy(), NOW, named) if one.one.item not in OTHERS]


def test_a_satisfied_customer_no_clock_late_and_half_the_usual_time_are_the_reasons() -> None:
    (one,) = found(item(9, hours=1))
    assert (one.took_s, one.others, one.by_level) == (4800, 3, False)
    assert one.usual_s == 6 * 3600 + 1200 - 5400  # lunch does not count
    assert reasons(one, "zh") == [
        "用时不到中位数的一半",
        "客户打了 5 分（满分 5 分）",
        "各项时限都没超",
        "一次解决",
        "处理中主动告知进展 1 次",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "high-value"},
        {"kind": "anonymous"},
        {"follow": "verdict: unsatisfied, csat: 5"},
        {"follow": "verdict: neutral, csat: 3"},
        {"last": "  - reopen: {at: 2026-11-10T14:00:00+08:00, by: ines.brandt, kind: recurring}\n    reason: 又来了\n"},
        {"last": "  - erase: {at: 2026-11-10T14:00:00+08:00, by: he.miao, request: 7}\n"},
    ],
)
def test_nobody_is_singled_out_and_nothing_that_went_wrong_is_nominated(other: dict[str, str]) -> None:
    assert found(item(9, hours=1))
    assert found(item(9, hours=1, **other)) == []


def test_what_took_as_long_as_usual_or_is_told_already_is_not_nominated() -> None:
    assert found(item(9, hours=6)) == []
    assert found(item(9, hours=1), named=(name(9),)) == []


def test_where_its_kind_is_too_rare_its_level_is_the_measure_and_without_either_nobody_can_say() -> None:
    rare = item(9, hours=1).model_copy(update={"history": item(9, hours=1).history})
    classified = rare.history[0].model_copy(update={"category": "service/refund"})
    moved = rare.model_copy(update={"history": (classified, *rare.history[1:])})
    (one,) = found(moved)
    assert one.by_level
    assert nominees(standings([moved], policy(), NOW), policy(), NOW) == []


def test_what_was_taken_back_does_not_count() -> None:
    back = "  - retract: {at: 2026-11-10T15:00:00+08:00, by: ines.brandt, what: follow-up, when: 2026-11-09T10:50:00+08:00}\n    because: 记错了\n"
    assert found(item(9, hours=1, last=back)) == []


def test_the_best_stands_first() -> None:
    assert [one.one.item.id for one in found(item(8, hours=4), item(9, hours=1))] == [name(9), name(8)]


# ---- the draft ----------------------------------------------------------------------------------------------------------


def test_a_draft_masks_whoever_is_in_the_reply_and_stays_a_file_that_can_be_read() -> None:
    (one,) = found(item(9, hours=1, reply=HOSTILE))
    draft = practice_draft(one, "coupon-9", policy())
    text = draft.decode()
    for theirs in ("王小明", "13812345678", "a@b.cn", "20261109", "Lena", "提示不满足条件"):
        assert theirs not in text
    assert "<script>" in text  # it is escaped where it is shown, not where it is kept
    made = read_lesson(draft, "site/pages/training/practice/coupon-9.yml")
    assert made.id == "coupon-9"


def test_a_draft_is_refused_by_the_checks_until_the_blanks_are_filled_in() -> None:
    (one,) = found(item(9, hours=1))
    path = "site/pages/training/practice/coupon-9.yml"
    draft = practice_draft(one, "coupon-9", policy())

    def wrong(source: bytes) -> list[tuple[str, int]]:
        lesson = read_lesson(source, path)
        known = Known(items={name(9)})
        return [
            (one.code, one.line)
            for one in training_problems({path: lesson}, {path: source}, training([lesson]), policy(), known)
        ]

    assert [code for code, _ in wrong(draft)] == ["training-empty"] * 3
    assert "# 待补：" in draft.decode()
    assert "# to be written: " in draft.decode()
    assert wrong(draft.replace(b'" "', "已写".encode())) == []


def test_a_reply_that_is_too_long_is_cut_to_what_a_practice_may_hold() -> None:
    (one,) = found(item(9, hours=1, reply="谢" * 900))
    read_lesson(practice_draft(one, "long", policy()), "site/pages/training/practice/long.yml")
    with pytest.raises(BadTraining):
        read_lesson(
            practice_draft(one, "long", policy()).replace("…".encode(), "谢谢谢".encode()),
            "site/pages/training/practice/long.yml",
        )
