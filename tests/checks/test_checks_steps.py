"""What the check of steps says: states by their words, and nothing that follows from another mistake."""

from datetime import datetime

from tests.sample_desk import NOW, PAYMENT, policy

from git_feedback import checks
from git_feedback.checks import Subject
from git_feedback.model import ids
from git_feedback.store import read

ROAD = """\
history:
  - classify: {at: 2026-11-19T09:31:05+08:00, by: he.miao, category: product/payment, urgency: 4, impact: 4}
  - assign: {at: 2026-11-19T09:40:00+08:00, by: he.miao, department: payments, owner: lin.wan}
  - accept: {at: 2026-11-19T09:50:00+08:00, by: lin.wan}
  - resolve: {at: 2026-11-19T10:00:00+08:00, by: lin.wan}
    result: 已补单
  - review: {at: 2026-11-19T10:10:00+08:00, by: he.miao, verdict: pass}
  - reply: {at: 2026-11-19T10:20:00+08:00, by: he.miao}
    text: 已为您补单。
  - close: {at: 2026-11-19T10:30:00+08:00, by: he.miao}
"""


def found(text: str) -> list[tuple[str, str, str]]:
    item = read(text.encode())
    subject = Subject(item, ids.path(item.id), text.encode(), datetime.fromisoformat(NOW))
    return [(one.code, one.fact("zh"), one.fact("en")) for one in checks.problems(subject, policy())]


def test_an_unknown_channel_makes_no_second_problem_of_the_reply() -> None:
    assert found(PAYMENT + ROAD) == []
    assert [code for code, *_ in found(PAYMENT.replace("web-form", "fax") + ROAD)] == ["unknown-channel"]


def test_with_an_unknown_channel_a_step_out_of_order_is_still_found() -> None:
    text = PAYMENT.replace("web-form", "fax") + "history:\n  - close: {at: 2026-11-19T10:30:00+08:00, by: he.miao}\n"
    assert [code for code, *_ in found(text)] == ["unknown-channel", "illegal-step"]


def test_a_state_is_said_by_its_word_in_both_languages() -> None:
    text = PAYMENT + "history:\n  - reject: {at: 2026-11-19T10:00:00+08:00, by: he.miao, kind: spam}\n"
    ((_, chinese, english),) = found(text + "  - accept: {at: 2026-11-19T10:30:00+08:00, by: lin.wan}\n")
    assert "不予受理" in chinese and "rejected" not in chinese
    assert "rejected" in english
