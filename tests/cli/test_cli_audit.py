"""`audit`: what it prints in both languages and as JSON, how it ends, and the witness that it writes."""

import json
from pathlib import Path

import pytest
from tests.jobs.dated_desk import ITEM, Dated, dated, note
from tests.sample_desk import NOW, PAYMENT, git, sample

from git_feedback.jobs.witnessing import witness_file


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    (tmp_path / "台").mkdir()
    return dated(tmp_path / "台", monkeypatch)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "别处"


def forge(desk: Dated) -> str:
    """An event in another's name and four days late, in one commit."""
    return desk.append(note("11-19T10:00", by="lin.wan"), "11-23T10:00")


def test_a_record_that_was_kept_ends_with_0_and_says_how_much_was_looked_at(desk: Dated) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00")
    done = desk.desk.run("audit", "--lang", "zh")
    assert (done.code, done.out) == (0, "")
    assert done.err == "查看了 2 个提交，1 个事件，其中 0 个随条目一同到来；发现：0\n"
    assert desk.desk.run("audit", "--lang", "en").err.startswith("2 commits looked at, 1 events")


def test_findings_are_one_line_each_in_chinese_and_end_with_1(desk: Dated) -> None:
    commit = forge(desk)[:10]
    done = desk.desk.run("audit", "--lang", "zh")
    assert done.code == 1
    assert done.out.splitlines() == [
        (
            f"{ITEM}@{commit}: audit-back-dated: lin.wan 的事件“note”写的是 2026-11-19T10:00:00+08:00，4 天后才记下"
            "（2026-11-23T10:00:00+08:00）（何淼 <he.miao@desk.example>，2026-11-23T10:00:00+08:00）；"
            "请问 lin.wan，并补记说明原因"
        ),
        (
            f"{ITEM}@{commit}: audit-other-hand: 以 lin.wan 的名义的事件（共 1 个）由 he.miao（he.miao@desk.example）提交"
            "（何淼 <he.miao@desk.example>，2026-11-23T10:00:00+08:00）；请向双方核实：代人办理时请署自己的编号"
        ),
    ]


def test_json_is_one_object_with_every_finding(desk: Dated) -> None:
    commit = forge(desk)
    done = desk.desk.run("audit", "--format", "json", "--lang", "zh")
    assert (done.code, done.err) == (1, "")
    said = json.loads(done.out)
    findings = said.pop("findings")
    assert said == {
        "head": commit,
        "since": None,
        "commits": 2,
        "events": 1,
        "with_item": 0,
        "signatures": {"good": 0, "bad": 0, "unknown": 0, "none": 2},
        "witnesses": 0,
        "written": None,
    }
    assert findings[0] == {
        "file": ITEM,
        "commit": commit,
        "at": "2026-11-23T10:00:00+08:00",
        "committer": "何淼",
        "email": "he.miao@desk.example",
        "code": "audit-back-dated",
        "message": "lin.wan 的事件“note”写的是 2026-11-19T10:00:00+08:00，4 天后才记下（2026-11-23T10:00:00+08:00）",
        "hint": "请问 lin.wan，并补记说明原因",
    }


def test_a_name_cannot_write_over_the_line_it_stands_in(desk: Dated) -> None:
    desk.put(desk.desk.text(ITEM).replace("报错", "没什么"))
    git(desk.root, "config", "user.name", "x")
    desk.git("add", "--all")
    desk.git("-c", "core.quotePath=false", "commit", "--quiet", "--message=改", who="a\u202eb\x1b[2K@x.example")
    out = desk.desk.run("audit").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[U+202E]" in out


def test_since_leaves_out_what_was_looked_at_before(desk: Dated) -> None:
    bad = forge(desk)
    done = desk.desk.run("audit", "--since", bad, "--lang", "zh")
    assert (done.code, done.out) == (0, "")
    assert bad[:10] in done.err
    assert desk.desk.run("audit", "--since", "2026-11-23").code == 1


def test_a_since_that_is_nothing_ends_with_2_and_the_way_out(desk: Dated) -> None:
    done = desk.desk.run("audit", "--since", "上周", "--lang", "zh")
    assert (done.code, done.out) == (2, "")
    assert "“上周”既不是提交也不是日期；请写成 2026-09-01 这样" in done.err


def test_a_witness_is_written_once_and_told(desk: Dated, place: Path) -> None:
    done = desk.desk.run("audit", "--write-witness", str(place), "--lang", "zh")
    assert done.code == 0
    (row,) = (place / "witness.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(row)["at"] == NOW
    assert json.loads(row)["head"] == desk.head
    assert f"已见证：{desk.head[:10]}，1 件，0 个事件，摘要 {json.loads(row)['digest']}" in done.err
    again = desk.desk.run("audit", "--write-witness", str(place), "--lang", "zh")
    assert "已是如此" in again.err
    assert "与 1 份见证作了对照" in again.err
    assert (place / "witness.jsonl").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("option", ["--witness", "--write-witness"])
def test_a_rewritten_history_ends_with_1_against_its_witness(desk: Dated, place: Path, option: str) -> None:
    desk.append(note("11-19T10:00"), "11-19T10:00")
    desk.desk.run("audit", "--write-witness", str(place))
    left = desk.head
    desk.git("commit", "--quiet", "--amend", "--message=换个说法")
    done = desk.desk.run("audit", option, str(place), "--lang", "zh")
    assert done.code == 1
    (line,) = done.out.splitlines()
    assert line.startswith(f"{place / 'witness.jsonl'}:1: audit-head-left: {NOW} 见证过的提交 {left[:10]} 已不在历史中")


def test_a_place_in_the_desk_or_one_that_cannot_be_written_is_refused(desk: Dated, place: Path) -> None:
    inside = desk.desk.run("audit", "--write-witness", "见证", "--lang", "zh")
    assert inside.code == 2
    assert "会与仓库一同被改写；请指定别处" in inside.err
    place.write_bytes(b"")
    beyond = desk.desk.run("audit", "--write-witness", str(place / "里面"), "--lang", "zh")
    assert beyond.code == 3
    assert "请换个位置" in beyond.err


def test_a_place_without_a_witness_ends_with_2_and_says_how_to_write_one(desk: Dated, place: Path) -> None:
    place.mkdir()
    done = desk.desk.run("audit", "--witness", str(place), "--lang", "zh")
    assert done.code == 2
    assert f"git feedback audit --write-witness {place}" in done.err
    assert desk.desk.run("audit", "--witness", str(place / "没有")).code == 2


def test_nothing_in_the_desk_is_changed(desk: Dated, place: Path) -> None:
    forge(desk)
    desk.desk.run("audit", "--write-witness", str(place))
    assert desk.git("status", "--porcelain") == ""


def test_the_audit_stands_in_the_table_of_commands_and_has_help(desk: Dated) -> None:
    assert "  audit " in desk.desk.run("-h", now=None).out
    assert "--write-witness" in desk.desk.run("audit", "-h", now=None).out


def test_the_night_notes_a_witness_elsewhere_that_the_audit_holds_the_record_against(tmp_path: Path) -> None:
    desk = sample(tmp_path / "desk", PAYMENT)
    place = tmp_path / "见证"
    done = desk.run("nightly", "--no-build", "--no-alarms", "--witness", str(place))
    assert done.code == 0, done.err
    rows = witness_file(place).read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 and json.loads(rows[0])["head"] == desk.git.head()
    desk.run("nightly", "--no-build", "--no-alarms", "--witness", str(place))
    assert witness_file(place).read_text(encoding="utf-8").splitlines() == rows
    git(desk.root, "commit", "--quiet", "--amend", "--message=改写")
    again = desk.run("audit", "--witness", str(place))
    assert again.code == 1
