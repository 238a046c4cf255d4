"""`--under`: the verdict of another policy beside ours; ours stays what it is."""

import json
import shutil
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Ran, Sample, sample

ITEM = PAYMENT + (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:05+08:00, by: lin.wan, category: product/payment, urgency: 3, impact: 3}\n"
)
ID = "Q261119-0AAJN0D"
NOW = "2026-11-19T16:00:00+08:00"
RESPOND = "{clock: respond, level: [P2], target: 8h}"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path / "台", ITEM)


def other(desk: Sample, rule: str) -> str:
    """A policy beside the desk with another rule for first answers to P2."""
    there = desk.root.parent / "新规则"
    shutil.copytree(desk.root / "policy", there)
    text = (there / "sla.yml").read_text(encoding="utf-8")
    assert RESPOND in text
    (there / "sla.yml").write_text(text.replace(RESPOND, rule), encoding="utf-8")
    return str(there)


def sla(desk: Sample, *words: str) -> Ran:
    return desk.run("sla", *words, now=NOW)


def test_the_other_verdict_stands_beside_ours(desk: Sample) -> None:
    there = other(desk, RESPOND.replace("8h", "4h"))
    (line,) = [line for line in sla(desk, "--under", there).out.splitlines() if "首次答复" in line]
    assert "首次答复：进行中，应于 2026-11-20 09:31，剩余 3:01 小时" in line
    assert f"【按 {there}：已超时，应于 2026-11-19 15:01，超时 0:59 小时】" in line
    assert (
        f"[under {there}: late, due 2026-11-19 15:01, late by 0:59 h]"
        in sla(desk, "--under", there, "--lang", "en").out
    )


def test_what_both_say_is_not_said_twice(desk: Sample) -> None:
    assert "[under HEAD: the same]" in sla(desk, "--under", "HEAD", "--lang", "en").out


def test_a_clock_that_does_not_run_there_is_said_to_be_none_and_null_in_json(desk: Sample) -> None:
    there = other(desk, "{clock: respond, level: [P2], none: true}")
    assert f"[under {there}: no clock]" in sla(desk, "--under", there, "--lang", "en").out
    found = json.loads(sla(desk, "--under", there, "--all", "--format", "json").out)["clocks"]
    assert [clock["clock"] for clock in found if clock["under"] is None] == ["respond"]


def test_json_has_the_other_verdict_under_its_own_key_and_ours_as_before(desk: Sample) -> None:
    there = other(desk, RESPOND.replace("8h", "4h"))
    found = json.loads(sla(desk, "--under", there, "--all", "--format", "json").out)["clocks"]
    plain = json.loads(sla(desk, "--all", "--format", "json").out)["clocks"]
    assert [{key: value for key, value in clock.items() if key != "under"} for clock in found] == plain
    (respond,) = [clock for clock in found if clock["clock"] == "respond"]
    assert respond["under"] == {
        "state": "breached-open",
        "due": "2026-11-19T15:01:00+08:00",
        "elapsed_s": 17940,
        "target_s": 14400,
        "late_s": 3540,
    }


def test_it_changes_neither_the_list_nor_the_exit_code(desk: Sample) -> None:
    there = other(desk, RESPOND.replace("8h", "4h"))
    done = sla(desk, "--under", there, "--fail-on", "breach")
    assert (done.code, done.out.startswith("0 个时限已超时")) == (0, True)


def test_a_new_edition_counts_from_the_start_as_in_simulate(desk: Sample) -> None:
    text = desk.text("policy/sla.yml")
    later = text.partition("editions:\n")[2].replace("effective: 2024-01-01", "effective: 2027-01-01")
    there = desk.root.parent / "新规则"
    shutil.copytree(desk.root / "policy", there)
    (there / "sla.yml").write_text(text + later.replace(RESPOND, RESPOND.replace("8h", "4h")), encoding="utf-8")
    assert "应于 2026-11-19 15:01" in sla(desk, "--under", str(there)).out


def test_show_has_it_too(desk: Sample) -> None:
    there = other(desk, RESPOND.replace("8h", "4h"))
    out = desk.run("show", ID, "--under", there, "--lang", "en", now=NOW).out
    assert f"respond: running, due 2026-11-20 09:31, 3:01 h left [under {there}: late, due 2026-11-19 15:01" in out
    clocks = json.loads(desk.run("show", ID, "--under", there, "--format", "json", now=NOW).out)["clocks"]
    assert {clock["clock"] for clock in clocks if clock["under"]["state"] == "breached-open"} == {"respond"}


@pytest.mark.parametrize("command", [("sla",), ("show", ID)])
def test_no_such_policy_is_wrong_usage(desk: Sample, command: tuple[str, ...]) -> None:
    done = desk.run(*command, "--under", "没有", now=NOW)
    assert (done.code, done.out) == (2, "")
    assert "没有规则“没有”" in done.err


def test_a_broken_policy_stops_and_is_listed_where_it_lies(desk: Sample) -> None:
    there = other(desk, RESPOND.replace("8h", "8x"))
    done = sla(desk, "--under", there)
    assert done.code == 3
    assert done.err.startswith(f"{there}/sla.yml:")
