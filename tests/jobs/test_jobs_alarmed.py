"""Words of an alarm in what nobody has looked at yet are told at once, once, and to those whom the policy names."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, sample

from git_feedback.desk import standings
from git_feedback.jobs import alarming
from git_feedback.jobs.alarming import Post
from git_feedback.jobs.nights import INTERVAL
from git_feedback.jobs.reading import whole
from git_feedback.model import events as ev
from git_feedback.store import read

FILE = "feedback/2026/11/Q261119-0AAJN0D.yml"
FIRE = PAYMENT.replace("支付页面报错", "充电宝起火了").replace(
    "received:", "landed: 2026-11-19T09:31:02+08:00\nreceived:"
)
CLASSIFIED = """\
history:
  - classify: {{at: 2026-11-19T09:31:05+08:00, by: {by}, category: complaint/safety, urgency: {weight}, impact: {weight}}}
"""


def desk_with(root: Path, by: str = "rules", weight: int = 5, text: str = FIRE) -> Sample:
    made = sample(root)
    made.put(text + CLASSIFIED.format(by=by, weight=weight), FILE)
    return made


def told(desk: Sample, now: str) -> list[tuple[str, tuple[int, ...]]]:
    """Whom one run tells of the clock for an answer, and of which rungs."""
    moment = datetime.fromisoformat(f"2026-11-19T{now}+08:00")
    found = whole(desk.root, moment)
    before = len(read(desk.root / FILE).history)
    alarming.tell(desk.root, found, standings(found.items, found.policy, moment), moment, Post({}, INTERVAL))
    events = read(desk.root / FILE).history[before:]
    return [(one.addressee, one.rungs) for one in events if isinstance(one, ev.Alarm) and one.clock == "respond"]


def test_a_fire_is_told_within_the_minute_to_owner_and_lead_and_not_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    policy = whole(desk.root, datetime.fromisoformat("2026-11-19T10:00:00+08:00")).policy
    department = policy.departments[policy.categories["complaint/safety"].department or ""]
    first = told(desk, "09:32:00")
    assert {person for person, _ in first} == {department.coordinator, department.lead}
    assert {rungs for _, rungs in first} == {(1,)}
    assert told(desk, "09:33:00") == []
    assert all(rungs == (50,) for _, rungs in told(desk, "10:02:00"))


@pytest.mark.parametrize("changed", [
    {"by": "he.miao"}, {"weight": 3}, {"text": FIRE.replace("起火了", "没有起火")},
], ids=["a person has looked", "not of those levels", "no alarm"])  # fmt: skip
def test_anything_else_waits_for_the_ladder(tmp_path: Path, changed: dict[str, str | int]) -> None:
    assert told(desk_with(tmp_path, **changed), "09:32:00") == []  # type: ignore[arg-type]


def test_a_policy_that_says_nothing_of_it_tells_nobody_early(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    path = desk.root / "policy" / "notify.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("alarmed:")), encoding="utf-8")
    assert told(desk, "09:32:00") == []


def test_a_level_that_the_policy_does_not_know_is_named(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    path = desk.root / "policy" / "notify.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("levels: [P0, P1], to", "levels: [P9], to"), encoding="utf-8"
    )
    ran = desk.run("check", "--lang", "zh")
    assert "P9" in ran.out + ran.err
    assert ran.code != 0


def test_the_night_that_classifies_it_tells_of_it(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    desk.put(FIRE, FILE)
    ran = desk.run("nightly", "--no-build", now="2026-11-19T09:40:00+08:00")
    assert ran.code == 0, ran.out + ran.err
    history = read(desk.root / FILE).history
    assert [(one.by, one.urgency, one.impact) for one in history if isinstance(one, ev.Classify)] == [("rules", 5, 5)]
    assert any(isinstance(one, ev.Alarm) and one.rungs == (1,) for one in history)
