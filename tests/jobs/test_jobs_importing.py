"""Imports: twice is once, and a bad row or a bad file stops nothing."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import ROOT, Sample, sample

MAP = """\
name: 门店表格
record: history
times: "%Y/%m/%d %H:%M"
zone: Asia/Shanghai
columns: {source: 编号, received: 时间, channel: 渠道, title: 标题, text: 内容, resolved: 完成}
resolved_when: {状态: 已完成}
channels:
  - {when: {渠道: 电话}, gives: phone}
  - {when: {渠道: 传真}, gives: fax}
categories:
  - {when: {标题: "*退款*"}, gives: service/refund}
"""
HEAD = "编号,时间,渠道,标题,内容,状态,完成\n"
GOOD = "1,2026/11/18 09:31,电话,退款没到,三周了,已完成,2026/11/18 15:00\n2,2026/11/18 10:00,电话,支付报错,请打 13812345678,处理中,\n"
BAD = "3,2026/11/18 10:00,电话,甲,乙,已完成,2026/11/17 15:00\n4,昨天,电话,甲,乙,,\n5,2026/11/18 10:00,传真,甲,乙,,\n6,2026/11/18 10:00,短信,甲,乙,,\n"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    (made.root / "表.csv").write_text(HEAD + GOOD, encoding="utf-8")
    (made.root / "图.yml").write_text(MAP, encoding="utf-8")
    return made


def imported(desk: Sample, *more: str) -> tuple[int, dict[str, object]]:
    done = desk.run("import", "csv", "表.csv", "--map", "图.yml", "--format", "json", *more)
    return done.code, json.loads(done.out)


def test_an_import_writes_items_in_one_commit_and_a_second_one_nothing(desk: Sample) -> None:
    before = desk.git.head()
    assert imported(desk) == (0, {"imported": 2, "already": 0, "refused": []})
    head = desk.git.head()
    assert desk.git.run("rev-parse", "HEAD~1").strip() == before
    assert imported(desk) == (0, {"imported": 0, "already": 2, "refused": []})
    assert desk.git.head() == head
    assert desk.git.run("status", "--porcelain", "--", "feedback") == ""


def test_what_was_imported_is_well_formed_and_masked(desk: Sample) -> None:
    imported(desk)
    assert desk.run("check").code == 0
    texts = "".join(path.read_text(encoding="utf-8") for path in desk.root.glob("feedback/*/*/*.yml"))
    assert "138****5678" in texts
    assert "13812345678" not in texts
    assert "  - resolve: {at: 2026-11-18T15:00:00+08:00, by: import}\n" in texts


def test_rows_that_cannot_be_taken_are_reported_and_the_others_are_imported(desk: Sample) -> None:
    (desk.root / "表.csv").write_text(HEAD + GOOD + BAD, encoding="utf-8")
    code, said = imported(desk, "--lang", "zh")
    assert code == 1
    assert (said["imported"], said["already"]) == (3, 0)
    refused = said["refused"]
    assert isinstance(refused, list)
    assert [(one["row"], one["code"]) for one in refused] == [
        (3, "ended-before-it-began"), (4, "bad-time"), (5, "no-such-channel"), (6, "unmapped-channel"),
    ]  # fmt: skip
    assert refused[1]["message"] == "“时间”中的“昨天”不是 %Y/%m/%d %H:%M 格式的时间；请改正该行或映射"


def test_a_row_that_is_imported_with_a_word_of_warning_is_no_failure(desk: Sample) -> None:
    ended_too_early = BAD.splitlines(keepends=True)[0]
    (desk.root / "表.csv").write_text(HEAD + GOOD + ended_too_early, encoding="utf-8")
    code, said = imported(desk)
    assert (code, said["imported"]) == (0, 3)
    assert [one["code"] for one in said["refused"]] == ["ended-before-it-began"]  # type: ignore[attr-defined]


def test_reported_rows_are_named_in_the_text_too(desk: Sample) -> None:
    (desk.root / "表.csv").write_text(HEAD + GOOD + BAD, encoding="utf-8")
    done = desk.run("import", "csv", "表.csv", "--map", "图.yml", "--lang", "zh")
    assert done.code == 1
    assert "第 6 行：unmapped-channel：“渠道”中的“短信”没有对应渠道" in done.out


def test_an_item_whose_file_broke_is_not_imported_a_second_time(desk: Sample) -> None:
    imported(desk)
    path = min(desk.root.glob("feedback/*/*/*.yml"))
    path.write_text("id: [", encoding="utf-8")
    assert imported(desk)[1] == {"imported": 0, "already": 2, "refused": []}


def test_a_dry_run_says_what_would_be_and_writes_nothing(desk: Sample) -> None:
    before = desk.git.head()
    assert imported(desk, "--dry-run")[1]["imported"] == 2
    assert not (desk.root / "feedback").exists()
    assert desk.git.head() == before


def test_without_a_commit_the_files_are_left_to_the_person(desk: Sample) -> None:
    before = desk.git.head()
    assert imported(desk, "--no-commit")[1]["imported"] == 2
    assert desk.git.head() == before
    assert len(list(desk.root.glob("feedback/*/*/*.yml"))) == 2


def test_a_row_that_ended_before_it_began_reads_as_imported_in_text_and_keeps_its_code_in_json(desk: Sample) -> None:
    (desk.root / "表.csv").write_text(HEAD + BAD, encoding="utf-8")
    done = desk.run("import", "csv", "表.csv", "--map", "图.yml", "--lang", "en", "--dry-run")
    first, second, *_ = done.out.splitlines()
    assert first.startswith(
        "row 1: imported as closed, without the time of its end: 2026-11-17T15:00:00+08:00 lies before"
    )
    assert second.startswith("row 2: bad-time: ")


def test_the_public_sample_is_imported_completely_raises_no_alarm_and_checks_well(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    done = desk.run("import", "csv", str(ROOT / "tests/data/sf311_sample.csv"), "--map", "sf311", "--format", "json")
    said = json.loads(done.out)
    assert said["imported"] == 1000
    assert done.code == 0  # whatever needed a word became an item all the same
    assert all(one["code"] == "ended-before-it-began" for one in said["refused"])
    checked = desk.run("check", "--format", "json")
    assert (checked.code, json.loads(checked.out)) == (0, {"problems": []})


@pytest.mark.parametrize(("words", "code", "said"), [
    (("--map", "没有.yml"), 2, "没有映射“没有.yml”"),
    (("--map", "坏.yml"), 2, "映射“坏.yml”不能用"),
    ((), 2, "--map"),
])  # fmt: skip
def test_a_wrong_mapping_is_wrong_usage(desk: Sample, words: tuple[str, ...], code: int, said: str) -> None:
    (desk.root / "坏.yml").write_text("name: 坏\n", encoding="utf-8")
    done = desk.run("import", "csv", "表.csv", *words, "--lang", "zh")
    assert done.code == code
    assert said in done.err


def test_a_table_that_cannot_be_read_is_named_with_its_own_name(desk: Sample) -> None:
    (desk.root / "表.csv").write_bytes((HEAD + GOOD).encode("big5", "replace"))
    done = desk.run("import", "csv", "表.csv", "--map", "图.yml", "--lang", "zh")
    assert done.code == 1
    assert done.err.startswith("表.csv:1:1: not-utf8: ")


def test_adopt_proposes_and_imports_nothing(desk: Sample) -> None:
    (desk.root / "表.csv").write_text(HEAD + BAD, encoding="utf-8")
    done = desk.run("import", "csv", "表.csv", "--map", "图.yml", "--adopt")
    assert done.code == 0
    assert "短信" in done.out
    assert not (desk.root / "feedback").exists()
    as_json = desk.run("import", "csv", "表.csv", "--map", "图.yml", "--adopt", "--format", "json")
    assert json.loads(as_json.out) == {"proposal": done.out}
