"""What was chosen in a form and holds words of an alarm is raised by `triage`: once, with its reason, legal for `check`."""

from pathlib import Path

from tests.sample_desk import PAYMENT, sample

from git_feedback.model import events as ev
from git_feedback.store import read

FILE = "feedback/2026/11/Q261119-0AAJN0D.yml"
CHOSEN = PAYMENT.replace("支付页面报错", "照说明书接线，插座起火") + (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:00+08:00, by: intake, category: product/instructions, urgency: 2, impact: 2}\n"
    '    because: "chosen in the form: 说明书"\n'
)


def test_it_is_raised_once_and_check_finds_nothing_wrong(tmp_path: Path) -> None:
    desk = sample(tmp_path, CHOSEN)
    first = desk.run("triage", "--lang", "zh")
    assert first.code == 0, first.err
    assert "Q261119-0AAJN0D：product/instructions，P0" in first.out
    said = [event for event in read(desk.root / FILE).history if isinstance(event, ev.Classify)]
    assert [(one.by, one.category, one.urgency, one.impact) for one in said] == [
        ("intake", "product/instructions", 2, 2),
        ("rules", "product/instructions", 5, 5),
    ]
    assert desk.run("triage").out == ""
    assert desk.run("check").code == 0
    assert "起火" in desk.run("explain", "Q261119-0AAJN0D", "--lang", "zh").out


def test_a_persons_word_is_not_raised(tmp_path: Path) -> None:
    desk = sample(tmp_path, CHOSEN.replace("by: intake", "by: he.miao"))
    assert desk.run("triage").out == ""
