"""My day on the command line: in both languages, on a phone, as JSON, and for whom."""

import json
import re
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, sample

from git_feedback.insight.my_day import MyDay
from git_feedback.text import display_width

MINE, FORCE, SILENT, TOSSED = "Q261119-0AAJN0D", "Q261119-5DVCFC5", "Q261102-QYA1614", "Q261116-QYA161C"


def written(item_id: str, title: str, history: str, received: str = "2026-11-19T09:31:00") -> str:
    text = PAYMENT.replace(MINE, item_id).replace("#123", f"#{item_id[-4:]}").replace("支付页面报错", title)
    return text.replace("2026-11-19T09:31:00", received).replace("channel: web-form", "channel: phone") + (
        f"history:\n  - classify: {{at: {received}+08:00, by: he.miao, category: product/payment, urgency: 4, impact: 4}}\n"
        f"{history}"
    )


def assign(at: str, owner: str = "lin.wan", more: str = "") -> str:
    return f"  - assign: {{at: {at}+08:00, by: he.miao, department: payments, owner: {owner}{more}}}\n"


LATE = written(MINE, "付款到最后一步提示系统繁忙，已经试了三次，退款也没有任何消息", assign("2026-11-19T10:00:00"))
LED = written(FORCE, "全部门店收不了款", assign("2026-11-20T09:00:00", more=", helpers: [fang.yu], task_force: true"))
ASKED = written(
    SILENT,
    "发票抬头改不了",
    assign("2026-11-02T10:00:00")
    + "  - accept: {at: 2026-11-02T10:05:00+08:00, by: lin.wan}\n"
    + "  - ask: {at: 2026-11-02T10:10:00+08:00, by: lin.wan, missing: [source]}\n    question: 哪一单？\n",
    "2026-11-02T09:00:00",
)
TO_AND_FRO = written(
    TOSSED,
    "查不到订单",
    "".join(
        assign(f"2026-11-16T1{hour}:00:00", "ji.nan")
        + f"  - return: {{at: 2026-11-16T1{hour}:30:00+08:00, by: ji.nan}}\n    reason: 不归支付，请看门店\n"
        for hour in (0, 1)
    ),
    "2026-11-16T09:00:00",
)


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    for text in (LATE, LED, ASKED, TO_AND_FRO):
        made.put(text)
    return made


def test_each_list_has_its_heading_with_the_count(desk: Sample) -> None:
    said = desk.run("mine", "--by", "lin.wan", "--lang", "zh").out
    headings = re.findall(r"^(\S+)（(\d+)）$", said, re.MULTILINE)
    assert headings == [
        ("先办", "5"), ("待我受理", "2"), ("我牵头的专项", "1"), ("要联系的客户", "1"), ("久未答复", "1"), ("来回退件", "1"),
    ]  # fmt: skip
    assert said.startswith("林晚，2026-11-20\n\n先办（5）\n")


def test_an_item_is_told_with_id_level_and_what_is_to_be_known(desk: Sample) -> None:
    said = desk.run("mine", "--by", "lin.wan", "--lang", "en").out
    for line in (
        f"{MINE} P1 accept late by",
        f"{FORCE} P1 last word 2:05 h ago,\n  over the hour\n",
        f"{SILENT} P1 Hotline: remind them",
        f"{SILENT} P1 silent for 14 working\n  days: remind\n",
        f"{TOSSED} P1 returned 2 times:\n  不归支付，请看门店\n",
    ):
        assert f"\n{line}" in said, line


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("person", ["lin.wan", "he.miao", "ji.nan", "sam.okafor"])
def test_no_line_is_wider_than_a_phone(desk: Sample, person: str, language: str) -> None:
    lines = desk.run("mine", "--by", person, "--lang", language).out.splitlines()
    assert len(lines) > 1
    assert max(map(display_width, lines)) <= 44


def test_json_has_every_list_of_the_day(desk: Sample) -> None:
    said = json.loads(desk.run("mine", "--by", "lin.wan", "--format", "json").out)
    names = {field.replace("forces", "task_forces") for field in MyDay.__dataclass_fields__}
    assert set(said) == {*names, "day"}
    assert (said["person"], said["day"]) == ("lin.wan", "2026-11-20")
    assert said["task_forces"][0] | {"silent_s": 7500, "overdue": True} == said["task_forces"][0]
    assert [(one["id"], one["why"], one["channel"]) for one in said["calls"]] == [(SILENT, "reminder", "phone")]
    assert {one["clock"]["clock"] for one in said["burning"]} >= {"accept", "respond"}
    assert said["stands_in"] == {}


def test_a_deputy_reads_for_whom_and_what_is_late_there(desk: Sample) -> None:
    theirs = LATE.replace(MINE, "Q261119-BYJ524T").replace("#0D", "#4T").replace("lin.wan", "tang.li")
    desk.put(theirs.replace("payments", "logistics").replace("N0D", "24T"))
    said = desk.run("mine", "--by", "sam.okafor", "--lang", "zh").out
    assert "\n代班：唐砺（1）\nQ261119-BYJ524T P1 已指派，" in said


def test_without_a_name_it_is_the_day_of_whoever_git_knows(desk: Sample) -> None:
    assert desk.run("mine", "--lang", "zh").out.startswith("何淼，2026-11-20\n")
    nobody = desk.run("mine", "--by", "nobody", "--lang", "en")
    assert nobody.code == 2
    assert "nobody" in nobody.err and "lin.wan" in nobody.err


def test_who_has_nothing_to_do_is_told_so(desk: Sample) -> None:
    assert desk.run("mine", "--by", "gu.heng", "--lang", "en").out == "Gu Heng, 2026-11-20\nNothing waits for you.\n"


def test_a_day_of_the_past_is_told_as_of_a_commit(desk: Sample) -> None:
    first = desk.git.head()
    desk.run("note", MINE, "--text", "一")
    assert desk.run("mine", "--by", "lin.wan", "--as-of", str(first)).code == 0


def test_the_night_names_who_is_silent_and_what_goes_to_and_fro_and_sends_nothing_for_it(desk: Sample) -> None:
    done = desk.run("nightly", "--no-build", "--no-alarms", "--lang", "zh")
    assert done.code == 0, done.err
    assert f"{SILENT}：14 个工作日没有答复，该提醒了；git feedback notify {SILENT} --about reminder\n" in done.err
    assert f"{TOSSED}：退回 2 次，之后无人受理；请 lin.wan、he.miao 定下归属\n" in done.err
    desk.run("notify", SILENT, "--about", "reminder", "--channel", "phone", "--text", "请告诉我们订单号")
    assert SILENT not in desk.run("nightly", "--no-build", "--no-alarms", now="2026-11-20T12:00:00+08:00").err
    later = desk.run("nightly", "--no-build", "--no-alarms", "--lang", "en", now="2026-11-28T02:00:00+08:00").err
    assert f"closing is proposed: git feedback reject {SILENT} --kind withdrawn\n" in later
