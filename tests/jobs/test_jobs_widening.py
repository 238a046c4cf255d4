"""The night counts submitters anew: rules are raised once, people are asked, and a simulation still replays it."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import Sample, sample
from tests.triage.crowd import IDS, classified, duplicate, said

from git_feedback.model import Item
from git_feedback.model import events as ev
from git_feedback.store import read, write

TEXTS = ("付款时一直报错，点了没反应", "结账页面打不开，总是白屏", "支付按钮是灰的，换手机也一样")
NIGHT = "2026-11-20T23:00:00+08:00"


def written(n: int, *events: ev.Event) -> str:
    """An item whose words are like no other's."""
    return write(said(n, n + 1, *events, title=TEXTS[n], text=None, product=None)).decode()


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, written(0, classified()), *(written(n, duplicate(0, hours=n)) for n in (1, 2)))


def kept(desk: Sample, n: int) -> Item:
    return read(desk.root / f"feedback/2026/11/{IDS[n]}.yml")


def classifications(desk: Sample) -> list[ev.Classify]:
    return [event for event in kept(desk, 0).history if isinstance(event, ev.Classify)]


def test_the_night_raises_the_original_once(desk: Sample) -> None:
    assert desk.run("nightly", "--no-build", now=NIGHT).code in (0, 1)
    first = classifications(desk)
    assert [(one.by, one.urgency, one.impact, one.scope) for one in first] == [
        ("rules", 3, 3, None), ("rules", 3, 4, "common"),
    ]  # fmt: skip
    desk.run("nightly", "--no-build", now=NIGHT)
    desk.run("triage", now="2026-11-21T23:00:00+08:00")
    assert classifications(desk) == first
    assert [event.verb for event in kept(desk, 1).history] == ["duplicate"]


def test_triage_says_what_it_would_raise_and_dry_runs_write_nothing(desk: Sample) -> None:
    listed = json.loads(desk.run("triage", "--dry-run", "--format", "json", now=NIGHT).out)["suggestions"]
    (one,) = [row for row in listed if row["id"] == IDS[0]]
    assert (one["scope"], one["impact"], one["level"]) == ("common", 4, "P2")
    assert one["because"].endswith(f"; scope common, 3 submitters, {IDS[2]} {IDS[1]}: urgency 3, impact 4")
    assert len(classifications(desk)) == 1


def test_a_persons_word_stays_and_the_raise_is_in_their_day(tmp_path: Path) -> None:
    by_person = classified("zhou.yuan")
    desk = sample(tmp_path, written(0, by_person), *(written(n, duplicate(0, hours=n)) for n in (1, 2)))
    desk.run("nightly", "--no-build", now=NIGHT)
    assert classifications(desk) == [by_person]
    found = json.loads(desk.run("mine", "--by", "fang.yu", "--format", "json", now=NIGHT).out)
    (row,) = found["wider"]
    assert (row["id"], row["submitters"], row["impact"], row["scope"]) == (IDS[0], 3, 4, "common")
    shown = desk.run("mine", "--by", "fang.yu", "--lang", "zh", now=NIGHT).out
    assert "有更多人遇到（1）" in shown
    assert "普遍，3 位提交者" in shown
    agreed = desk.run(*row["command"].split()[2:], "--by", "fang.yu", now=NIGHT)
    assert agreed.code == 0, agreed.err
    assert (
        json.loads(desk.run("mine", "--by", "fang.yu", "--format", "json", now="2026-11-21T09:00:00+08:00").out)[
            "wider"
        ]
        == []
    )


def test_explain_tells_the_raise_with_the_rule_and_its_line(desk: Sample) -> None:
    desk.run("nightly", "--no-build", now=NIGHT)
    shown = desk.run("explain", IDS[0], "--lang", "zh", now=NIGHT).out
    assert f"普遍：连同 {IDS[2]}、{IDS[1]} 共 3 位提交者：紧急度 3，影响 4" in shown
    assert "policy/triage.yml:" in shown


def test_a_top_level_by_rules_is_in_the_day_of_the_lead_until_somebody_confirms_it(tmp_path: Path) -> None:
    top = classified(category="product/payment", urgency=5, impact=5)
    desk = sample(tmp_path, written(0, top))

    def waits(person: str) -> list[str]:
        found = json.loads(desk.run("mine", "--by", person, "--format", "json", now=NIGHT).out)
        return [row["id"] for row in found["to_confirm"]]

    assert (waits("lin.wan"), waits("ji.nan"), waits("zhao.qinghe")) == ([IDS[0]], [], [])
    assert "P0 有待主管或以上用 classify 确认" in desk.run("explain", IDS[0], "--lang", "zh", now=NIGHT).out
    refused = desk.run(*_classify("4"), "--by", "ji.nan", "--lang", "zh", now=NIGHT)
    assert refused.code == 1
    assert "不能取消" in refused.err
    assert desk.run(*_classify("5"), "--by", "lin.wan", now=NIGHT).code == 0
    assert waits("lin.wan") == []


def _classify(weight: str) -> list[str]:
    return ["classify", IDS[0], "--category", "product/payment", "--urgency", weight, "--impact", weight]


def test_a_simulation_keeps_the_scope_that_was_counted(desk: Sample) -> None:
    desk.run("nightly", "--no-build", now=NIGHT)
    other = desk.root / "policy-neu"
    other.mkdir()
    for path in (desk.root / "policy").rglob("*"):
        if path.is_file():
            (other / path.relative_to(desk.root / "policy")).parent.mkdir(parents=True, exist_ok=True)
            (other / path.relative_to(desk.root / "policy")).write_bytes(path.read_bytes())
    changed = (other / "triage.yml").read_text(encoding="utf-8")
    (other / "triage.yml").write_text(changed.replace("common: {impact: +1}", "common: {impact: +2}"), encoding="utf-8")
    ran = desk.run("simulate", "--policy", str(other), "--format", "json", now=NIGHT)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["levels"] in ([], {})
