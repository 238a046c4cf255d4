"""What strangers left out, what may be no feedback, and the paper box: at the command line, from end to end."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

from git_feedback.model import ids
from git_feedback.store import read

ID, OTHER_ID = "Q261119-0AAJN0D", "Q261119-5DVCFC5"
FILE = f"feedback/2026/11/{ID}.yml"
BARE = PAYMENT.replace("web-form", "app")
SPAM = PAYMENT.replace(ID, OTHER_ID).replace("支付页面报错", "专业代开发票").replace("#123", "#124")
SPAM = SPAM.replace("付款到最后一步提示“系统繁忙”,已经试了三次。", "需要的联系")


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, BARE, SPAM)


def events(desk: Sample, file: str = FILE) -> list[str]:
    return [event.verb for event in read(desk.root / file).history]


def test_what_a_stranger_left_out_is_work_and_no_mistake(desk: Sample) -> None:
    assert desk.run("check").code == 0
    done = desk.run("draft", "--missing")
    assert done.code == 0
    assert f"{ID}  app  缺：设备；尚未询问" in done.out
    assert "想请您告诉我们：您用的设备和系统" in done.out
    assert f"git feedback ask {ID} --missing auto" in done.out
    assert OTHER_ID not in done.out
    (row,) = json.loads(desk.run("draft", "--missing", "--format", "json").out)["lacking"]
    assert (row["id"], row["missing"], row["asked"], row["reachable"]) == (ID, ["device"], None, True)


@pytest.mark.parametrize("words", [("--missing", "auto"), (), ("--missing", "device")])
def test_asking_needs_no_words_where_something_is_missing(desk: Sample, words: tuple[str, ...]) -> None:
    done = desk.run("ask", ID, *words)
    assert done.code == 0, done.err
    (asked,) = read(desk.root / FILE).history
    assert asked.model_dump(include={"missing", "question", "channel"}) == {
        "missing": ("device",),
        "question": "想请您告诉我们：您用的设备和系统，例如 iPhone 15、iOS 18。",
        "channel": "app",
    }
    later = "2026-11-20T11:30:00+08:00"
    assert "2026-11-20 已询问" in desk.run("draft", "--missing", now=later).out
    assert desk.run("supply", ID, "--supplied", "device", "--text", "iPhone 15", now=later).code == 0
    assert ID not in desk.run("draft", "--missing", now="2026-11-20T11:40:00+08:00").out
    assert "info" in desk.run("explain", ID, "--format", "json", now=later).out


def test_who_lacks_nothing_is_not_asked_without_words(desk: Sample) -> None:
    done = desk.run("ask", OTHER_ID, "--missing", "auto")
    assert done.code == 1
    assert "--question" in done.err
    assert desk.run("ask", OTHER_ID).code == 2, "without a terminal nobody can be asked for words"
    assert desk.run("ask", OTHER_ID, "--question", "哪家店？").code == 0


def test_all_that_lack_something_can_be_asked_at_once(desk: Sample) -> None:
    done = desk.run("ask", "--where", "channel:app", "--missing", "auto", "--yes")
    assert done.code == 0, done.err
    assert events(desk) == ["ask"]


def test_the_draft_of_a_question_is_looked_at_before_it_is_asked(desk: Sample) -> None:
    done = desk.run("draft", ID, "--about", "ask")
    assert done.code == 0, done.err
    assert "您用的设备和系统" in done.out
    assert f"git feedback ask {ID} --missing auto" in done.err
    assert events(desk) == []
    assert desk.run("draft", ID, "--about", "ask", "--send").code == 0
    (asked,) = read(desk.root / FILE).history
    assert (asked.verb, asked.model_dump()["missing"]) == ("ask", ("device",))


def test_draft_needs_an_item_or_the_list_and_not_both(desk: Sample) -> None:
    assert desk.run("draft").code == 2
    assert desk.run("draft", ID, "--missing").code == 2


# ---- may be no feedback ---------------------------------------------------------------------------------------------


def test_what_may_be_no_feedback_is_not_classified_by_rules_and_waits_for_a_person(desk: Sample) -> None:
    spam = f"feedback/2026/11/{OTHER_ID}.yml"
    done = desk.run("triage")
    assert done.code == 0, done.err
    assert "含有广告用语：代开发票" in done.out
    assert f"git feedback reject {OTHER_ID} --kind spam" in done.out
    assert (events(desk), events(desk, spam)) == (["classify"], [])
    (row,) = json.loads(desk.run("triage", "--format", "json").out)["review"]
    assert (row["id"], row["reject_as"], row["suspicions"][0]["rule"]) == (OTHER_ID, "spam", "spam-sure-zh")
    assert desk.run("nightly", "--no-build", "--no-alarms", "--no-sweep").code == 0
    assert events(desk, spam) == []


def test_a_person_decides_and_what_was_rejected_stays_a_row(desk: Sample) -> None:
    before = json.loads(desk.run("stats", "--format", "json").out)["rows"]
    assert desk.run("reject", OTHER_ID, "--kind", "spam").code == 0
    later = "2026-11-20T12:00:00+08:00"
    assert json.loads(desk.run("triage", "--format", "json", now=later).out)["review"] == []
    after = json.loads(desk.run("stats", "--format", "json", now=later).out)
    assert (after["rows"], after["by_state"]["rejected"]) == (before, 1)


def test_what_a_person_classified_is_under_no_suspicion(desk: Sample) -> None:
    assert desk.run("classify", OTHER_ID, "--category", "other/suggestion").code == 0
    assert json.loads(desk.run("triage", "--format", "json").out)["review"] == []


# ---- the paper box --------------------------------------------------------------------------------------------------

SHEET = """\
意见箱,HZ03
开箱时间,2026-11-18 09:30
开箱人,李蕾
序号,内容,评分
1,二楼卫生间没有纸,2
2,楼梯太滑,1
2,重复,1
"""


def test_a_sheet_is_taken_in_once_and_says_that_it_comes_late(desk: Sample, tmp_path: Path) -> None:
    sheet = tmp_path / "HZ03.csv"
    sheet.write_bytes(b"\xef\xbb\xbf" + SHEET.replace("\n", "\r\n").encode())
    done = desk.run("import", "paper-box", str(sheet))
    assert done.code == 1, "one row was left out"
    assert "2 天后才录入" in done.out
    assert "序号 2 在表中出现两次" in done.out
    made = [read(path) for path in (desk.root / "feedback").rglob("Q261118-*.yml")]
    assert {item.source for item in made} == {"HZ03/2026-11-18/1", "HZ03/2026-11-18/2"}
    head = desk.git.head()
    again = desk.run("import", "paper-box", str(sheet), "--format", "json")
    assert json.loads(again.out)["imported"] == 0
    assert json.loads(again.out)["already"] == 2
    assert desk.git.head() == head
    assert desk.run("check").code == 0
    figures = json.loads(desk.run("stats", "--format", "json").out)["register_by_channel"]["paper-box"]
    assert (figures["n"], figures["late"]) == (2, 2)


def test_labels_and_sheets_are_written_where_git_does_not_look(desk: Sample) -> None:
    done = desk.run("box-labels", "--sheets", "--box", "HZ03", "--site", "https://desk.example", "--format", "json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["files"] == ["build/boxes/labels.html", "build/boxes/sheets.html", "build/boxes/HZ03.csv"]
    assert told["codes"] == {"HZ03": "https://desk.example/zh/submit.html?channel=paper-box&box=HZ03"}
    assert all((desk.root / file).is_file() for file in told["files"])
    assert git(desk.root, "status", "--porcelain") == ""


@pytest.mark.parametrize("words", [("--box", "XX"), ("--site", "desk.example"), ("--form", "javascript:alert(1)")])
def test_a_box_or_an_address_that_is_none_is_wrong_usage(desk: Sample, words: tuple[str, ...]) -> None:
    assert desk.run("box-labels", *words).code == 2


def test_the_site_of_the_policy_is_used_for_labels_and_slips(desk: Sample) -> None:
    file = desk.root / "policy" / "desk.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("zone:", "site: https://desk.example/f\nzone:", 1), encoding="utf-8"
    )
    desk.commit()
    codes = json.loads(desk.run("box-labels", "--format", "json").out)["codes"]
    assert codes["CD02"].startswith("https://desk.example/f/zh/submit.html?")
    done = desk.run("new", "--channel", "store-counter", "--title", "灯", "--text", "暗", "--area", "上海", "--slip")
    assert done.code == 0, done.err
    (slip,) = (desk.root / "build" / "receipts").glob("*.html")
    assert "https://desk.example/f/zh/track.html" in slip.read_text(encoding="utf-8")
    assert ids.path(ID) == FILE
