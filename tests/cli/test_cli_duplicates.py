"""Pairs and problems that come again at the terminal: side by side, with the commands that decide, and as JSON."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.sample_desk import Sample, sample

from git_feedback.model import ids
from git_feedback.store import read
from git_feedback.text import display_width

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
LOCKER = "昨晚的包裹在小区 5 号柜，取件码短信一直没来，重发两次也收不到，今晚就要收超时费了。"
AGAIN = "短信一直没来，取件码收不到，包裹在小区 3 号柜，显示今晚就要收超时费了。"
THIRD = "取件码短信一直没来，包裹在小区快递柜里放了一天，今晚会不会收超时费？"
INVOICE = "抬头开错了，页面上的“修改”按钮是灰的。公司月底要报销。"


def made(number: int, title: str, text: str, hours: int, area: str = "华东/苏州") -> str:
    at = NOW - timedelta(hours=hours)
    name = ids.make("Q", at.date(), "web-form", f"条 {number}", lambda _: False)
    return (
        f'id: {name}\nreceived: {at.isoformat()}\nchannel: web-form\nsource: "条 {number}"\nlanguage: zh\n'
        f"title: {json.dumps(title, ensure_ascii=False)}\ntext: {json.dumps(text, ensure_ascii=False)}\n"
        f"submitter:\n  kind: new\n  ref: {10_000_000 + number}\narea: {area}\n"
    )


ITEMS = (
    made(1, "收不到快递柜取件码", AGAIN, 50),
    made(2, "快递柜取件码的短信没有来", LOCKER, 40),
    made(3, "快递柜没发取件码", THIRD, 30, "华东/无锡"),
    made(4, "发票抬头无法修改", INVOICE, 20),
    made(5, "发票抬头无法修改", INVOICE.replace("，", ","), 10),
)
FIRST, SECOND, _, BILL, COPY = (re.match(r"id: (\S+)", text)[1] for text in ITEMS)  # type: ignore[index]


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, *ITEMS)


def pairs(desk: Sample, *words: str) -> list[dict[str, object]]:
    found = json.loads(desk.run("duplicates", "--format", "json", *words).out)["pairs"]
    assert isinstance(found, list)
    return found


def calls_of(desk: Sample, now: str) -> list[dict[str, str]]:
    found = json.loads(desk.run("to-call", "--format", "json", now=now).out)["calls"]
    assert isinstance(found, list)
    return found


def later(minutes: int) -> str:
    return (NOW + timedelta(minutes=minutes)).isoformat()


def test_pairs_stand_side_by_side_with_the_reason_and_what_to_do_copies_first(desk: Sample) -> None:
    done = desk.run("duplicates", "--lang", "zh")
    assert done.code == 0
    copy, *_ = done.out.split("\n\n")
    assert copy.startswith("内容相同  相似度 100 %\n")
    assert re.search(rf"{COPY}  2026-11-20 01:05 +{BILL}  2026-11-19 15:05", copy)
    assert "发票抬头无法修改                        发票抬头无法修改" in copy
    assert f"\n  git feedback duplicate {COPY} --of {BILL}\n" in copy
    assert f"\n  git feedback duplicate {BILL} --of {COPY}\n" in copy
    assert f'git feedback unlink {COPY} --kind duplicate --to {BILL} --because "不是同一件事"' in copy
    assert "可能是同一件事" in done.out and "都提到" in done.out
    assert done.err == "可能重复的有 4 对\n"


def test_what_is_shown_fits_a_terminal_except_commands(desk: Sample) -> None:
    for line in desk.run("duplicates", "--lang", "en").out.splitlines():
        assert display_width(line) <= 82 or "git feedback" in line


def test_json_holds_titles_score_reasons_and_commands(desk: Sample) -> None:
    first = pairs(desk, "--lang", "en")[0]
    assert (first["id"], first["original"], first["exact"], first["score"]) == (COPY, BILL, True, 1.0)
    assert first["titles"] == ["发票抬头无法修改"] * 2
    assert [reason["code"] for reason in first["reasons"]] == ["alike-same-text", "alike-days"]  # type: ignore[attr-defined]
    assert first["commands"] == {
        "duplicate": f"git feedback duplicate {COPY} --of {BILL}",
        "swapped": f"git feedback duplicate {BILL} --of {COPY}",
        "apart": f'git feedback unlink {COPY} --kind duplicate --to {BILL} --because "two different matters"',
    }


def test_of_one_item_only_its_own_pairs_are_listed_also_by_the_end_of_its_id(desk: Sample) -> None:
    assert [(one["id"], one["original"]) for one in pairs(desk, COPY[-5:].lower())] == [(COPY, BILL)]
    assert {FIRST} <= {one["original"] for one in pairs(desk, FIRST)}
    assert desk.run("duplicates", "Q261119-5DVCFC5").code == 2


def test_saying_that_they_are_two_matters_ends_the_proposal_and_is_written_once(desk: Sample) -> None:
    command = str(pairs(desk)[0]["commands"]["apart"])  # type: ignore[index]
    words = command.replace('"', "").split()[2:]
    assert desk.run(*words).code == 0
    assert COPY not in {one["id"] for one in pairs(desk)}
    assert desk.run("check").code == 0
    path = f"feedback/2026/11/{COPY}.yml"
    before = desk.text(path)
    again = desk.run(*words, "--lang", "zh")
    assert (again.code, desk.text(path)) == (1, before)
    assert f"早已记下 {COPY} 与 {BILL} 不是同一件事" in again.out + again.err


@pytest.mark.parametrize(("to", "code"), [("Q261119-5DVCFC5", 2), ("没有这一件", 2)])
def test_what_is_no_item_is_no_other_half_of_a_pair(desk: Sample, to: str, code: int) -> None:
    assert desk.run("unlink", COPY, "--kind", "duplicate", "--to", to).code == code
    assert read(desk.text(f"feedback/2026/11/{COPY}.yml").encode()).history == ()


def test_the_other_item_may_be_named_by_the_end_of_its_id(desk: Sample) -> None:
    assert desk.run("unlink", COPY, "--kind", "duplicate", "--to", BILL[-5:].lower()).code == 0
    assert f"to: {BILL}" in desk.text(f"feedback/2026/11/{COPY}.yml")


def test_linking_takes_the_pair_away_and_tells_both_where_it_goes_on(desk: Sample) -> None:
    assert desk.run("duplicate", COPY, "--of", BILL).code == 0
    assert COPY not in {one["id"] for one in pairs(desk)}
    calls = {one["id"]: one for one in calls_of(desk, later(0))}
    assert (calls[COPY]["about"], calls[COPY]["then"]) == ("closing", f"git feedback notify {COPY} --about closing")
    assert f"与编号 {BILL} 是同一件事" in calls[COPY]["say"]
    desk.run("notify", COPY, "--about", "closing", now=later(5))
    assert COPY not in {one["id"] for one in calls_of(desk, later(10))}


def test_when_the_original_is_answered_whoever_sent_the_duplicate_is_told_so_too(desk: Sample) -> None:
    steps = (
        ("classify", BILL, "--category", "process/invoice"), ("duplicate", COPY, "--of", BILL),
        ("notify", COPY, "--about", "closing"), ("accept", BILL), ("resolve", BILL, "--result", "已红冲重开"),
        ("review", BILL, "--verdict", "pass", "--by", "zhou.yuan"), ("reply", BILL, "--text", "已重开，请查收。"),
    )  # fmt: skip
    for minutes, words in enumerate(steps):
        done = desk.run(*words, now=later(minutes))
        assert done.code == 0, (words, done)
    (call,) = calls_of(desk, later(20))
    assert (call["id"], call["about"]) == (COPY, "resolved")
    assert "已经解决" in call["say"] and BILL in call["say"]
    assert "红冲" not in call["say"], "words to somebody else stay with them"
    assert "告知问题已解决" in desk.run("to-call", "--lang", "zh", now=later(20)).out
    assert "已经解决" in desk.run("draft", COPY, now=later(20)).out, "it is what comes next"
    assert desk.run(*call["then"].split()[2:], now=later(20)).code == 0
    assert calls_of(desk, later(30)) == []


def test_triage_flags_copies_at_once_and_links_nothing(desk: Sample) -> None:
    done = desk.run("triage", "--lang", "zh")
    assert f"{COPY} 与 {BILL} 内容相同；关联：git feedback duplicate {COPY} --of {BILL}" in done.out
    said = json.loads(desk.run("triage", "--format", "json").out)
    assert [(one["id"], one["original"]) for one in said["copies"]] == [(COPY, BILL)]
    assert "duplicate" not in desk.text(f"feedback/2026/11/{COPY}.yml")


def test_the_night_says_that_there_are_copies(desk: Sample) -> None:
    words = ("nightly", "--no-build", "--no-sweep", "--no-alarms")
    assert "有 1 件未结反馈与另一件内容相同" in desk.run(*words, "--lang", "zh").err
    assert [one["id"] for one in json.loads(desk.run(*words, "--format", "json").out)["copies"]] == [COPY]


def test_strangers_cannot_drive_the_terminal(tmp_path: Path) -> None:
    hostile = "取件码\x1b[31m收不到\u202e超时".replace("\x1b", "\u009b")
    items = (made(1, "取件码\u202e收不到", AGAIN, 50), made(2, "取件码\u202e收不到了", AGAIN, 40))
    out = sample(tmp_path, *items).run("duplicates").out
    assert "\u202e" not in out and "[U+202E]" in out
    assert hostile not in out


# ---- problems that come again ---------------------------------------------------------------------------------------


def test_a_problem_that_comes_again_has_count_people_trend_areas_and_examples(desk: Sample) -> None:
    out = desk.run("recurring", "--lang", "zh").out
    first = out.split("\n 2  ")[0]
    for words in (
        "3 件（未结 3 件），3 人，最近一件在 2026-11-19", "近八周：0 0 0 0 0 0 0 3", "地区：华东/苏州 2、华东/无锡 1",
        "建议建立问题记录：git feedback recurring --propose 1", "收不到快递柜取件码",
    ):  # fmt: skip
        assert words in first
    assert "2 件" in out.split("\n 2  ")[1], "the invoice"


def test_as_json_it_holds_the_same(desk: Sample) -> None:
    first, second = json.loads(desk.run("recurring", "--format", "json").out)["problems"]
    assert (first["number"], first["count"], first["submitters"], first["weekly"]) == (1, 3, 3, [0] * 7 + [3])
    assert first["areas"] == [["华东/苏州", 2], ["华东/无锡", 1]]
    assert (first["key"], first["proposes_problem"], first["spike"]) == (FIRST, True, None)
    assert (second["ids"], second["proposes_problem"], second["proposed_id"]) == ([BILL, COPY], False, None)


@pytest.mark.parametrize("named", ["1", FIRST, FIRST.lower()])
def test_a_proposal_prints_the_commands_that_link_its_items_and_writes_nothing(desk: Sample, named: str) -> None:
    before = desk.git.head()
    done = desk.run("recurring", "--propose", named, "--lang", "zh")
    problem = f"P-{FIRST[1:].lower()}"
    assert done.out.startswith(f"{problem}：")
    assert f"git feedback link {FIRST} --kind problem --to {problem}\n" in done.out
    assert done.out.count("git feedback link") == 3
    assert desk.git.head() == before
    for line in re.findall(r"git feedback (link .*)", done.out):
        assert desk.run(*line.split()).code == 0
    again = desk.run("recurring", "--propose", problem, "--lang", "zh")
    assert again.out.count("git feedback link") == 0
    assert f"{problem} 已经有了" in again.err
    assert json.loads(desk.run("recurring", "--format", "json").out)["problems"][0]["problem"] == problem


def test_fewer_than_three_people_propose_no_record_yet(desk: Sample) -> None:
    done = desk.run("recurring", "--propose", "2", "--lang", "zh")
    assert done.code == 0
    assert "不足三人" in done.err


def test_a_number_that_is_not_there_is_wrong_usage(desk: Sample) -> None:
    done = desk.run("recurring", "--propose", "九", "--lang", "zh")
    assert done.code == 2
    assert "没有编号为 九 的问题（共 2 个）" in done.err


def test_an_empty_desk_has_neither(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    assert desk.run("duplicates", "--lang", "zh").err == "可能重复的有 0 对\n"
    assert desk.run("recurring", "--lang", "en").err == "0 problems that come again\n"
    assert json.loads(desk.run("duplicates", "--format", "json").out) == {"pairs": [], "count": 0}
