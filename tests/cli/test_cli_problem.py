"""`problem`: drafts from recurring problems and items, lists, one record; overdue measures at night and in one's day."""

import json

import pytest
from tests.sample_desk import PAYMENT, Sample, sample

CODES = (
    ("Q261120-GGHPCNW", "收不到快递柜取件码", "短信取件码一直没来，包裹在小区三号快递柜，电话 A 栋李雷"),
    ("Q261120-QTG2XSH", "快递柜取件码收不到", "短信取件码一直没来，包裹在小区五号快递柜"),
    ("Q261120-HK3A6GX", "收不到快递柜的取件码", "短信取件码一直没来，包裹在小区七号快递柜"),
)
FIRST = "Q261119-0AAJN0D"
FILE = "feedback/problems/P-261120-gghpcnw.yml"


def code(name: str, title: str, text: str, minute: int) -> str:
    return (
        f"id: {name}\nreceived: 2026-11-20T08:{minute}:00+08:00\nchannel: wechat\nsource: wx-{minute}\nlanguage: zh\n"
        f"title: {title}\ntext: {text}\narea: 华东/苏州\nhistory:\n"
        f"  - classify: {{at: 2026-11-20T09:00:00+08:00, by: rules, category: service/logistics, urgency: 3, impact: 3}}\n"
        "    because: 取件码\n"
    )


@pytest.fixture
def desk(tmp_path) -> Sample:  # type: ignore[no-untyped-def]
    items = [code(*one, 10 + n) for n, one in enumerate(CODES)]
    return sample(tmp_path, PAYMENT, *items)


def commits(desk: Sample) -> int:
    return int(desk.git.run("rev-list", "--count", "HEAD"))


def test_a_draft_from_a_recurring_problem_counts_and_quotes_nobody(desk: Sample) -> None:
    before = commits(desk)
    done = desk.run("problem", "new", "Q261120-GGHPCNW", "--lang", "zh")
    assert done.code == 0, done.err
    text = desk.text(FILE)
    assert "items: [Q261120-GGHPCNW, Q261120-QTG2XSH, Q261120-HK3A6GX]" in text
    for said in ("zh: 物流配送：", "category: service/logistics", "owner: he.miao", "where: 华东/苏州 3", "3 人反映"):
        assert said in text
    for theirs in ("李雷", "三号", "没来", "电话"):
        assert theirs not in text
    assert commits(desk) == before + 1
    assert done.err.count("git feedback link") == 3
    assert desk.run("check").out == ""


def test_running_twice_changes_nothing_the_second_time(desk: Sample) -> None:
    desk.run("problem", "new", "1")
    (desk.root / FILE).write_text(desk.text(FILE) + "root: 证书过期。\n", encoding="utf-8")
    desk.commit()
    before = commits(desk)
    assert desk.run("problem", "new", "1").code == 0
    assert commits(desk) == before
    assert "证书过期" in desk.text(FILE)


def test_a_dry_run_shows_the_draft_and_writes_nothing(desk: Sample) -> None:
    before = commits(desk)
    done = desk.run("problem", "new", "1", "--dry-run", "--lang", "zh")
    assert "status: open" in done.out
    assert f"将写入 {FILE}" in done.err
    assert not (desk.root / FILE).exists()
    assert commits(desk) == before


def test_items_make_a_draft_under_a_name_of_ones_own(desk: Sample) -> None:
    done = desk.run("problem", "new", FIRST.lower(), "Q261120-HK3A6GX", "--id", "P-mixed", "--format", "json")
    told = json.loads(done.out)
    assert (told["id"], told["written"]) == ("P-mixed", True)
    assert told["record"]["items"] == [FIRST, "Q261120-HK3A6GX"]
    assert told["record"]["since"] == "2026-11-19"
    assert "query" not in told["record"]
    assert desk.run("check").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [(("99",), "'99'"), (("Q261119-V9T67N3",), "Q261119-V9T67N3"), ((FIRST, "--id", "问题"), "'问题'")],
)
def test_what_names_nothing_is_refused_in_one_line(desk: Sample, words: tuple[str, ...], said: str) -> None:
    done = desk.run("problem", "new", *words, "--lang", "en")
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not (desk.root / "feedback/problems").exists()


def test_list_and_show_tell_items_causes_and_what_measures_changed(desk: Sample) -> None:
    desk.run("problem", "new", "1", "--lang", "zh")
    measure = (
        "id: M-renew\ntitle: 证书提前更换\nlanguage: zh\nwhat: 提醒。\nwhy: 过期。\nowner: sam.okafor\nstatus: done\n"
        "done: 2026-11-20\nitems: [Q261120-GGHPCNW]\nproblem: P-261120-gghpcnw\n"
    )
    desk.put(measure, "feedback/measures/M-renew.yml")
    desk.put(desk.text(FILE) + "causes:\n  machine:\n    - cause: 证书过期。\nroot: 没有提醒。\n", FILE)
    listed = desk.run("problem", "list", "--lang", "zh")
    assert "待查明，何淼，始于 2026-11-20：3 件（未结 3 件），3 人" in listed.out
    shown = desk.run("problem", "show", "p-261120-GGHPCNW", "--lang", "zh").out
    for said in (
        "机（设备与系统）：证书过期。",
        "根本原因：没有提醒。",
        "Q261120-QTG2XSH",
        "措施 M-renew：证书提前更换（已完成）",
    ):
        assert said in shown
    (row,) = json.loads(desk.run("problem", "list", "--format", "json").out)["problems"]
    assert (row["items"], row["weekly"][-1]) == (3, 3)
    whole = json.loads(desk.run("problem", "show", row["id"], "--format", "json").out)
    assert whole["confirmed"] == ["Q261120-GGHPCNW", "Q261120-QTG2XSH", "Q261120-HK3A6GX"]
    assert whole["measures"][0]["effect"]["verdict"] == "too-early"


def test_a_broken_record_is_named_and_stops_neither_list_nor_night(desk: Sample) -> None:
    desk.put("id: P-broken\n坏\n", "feedback/problems/P-broken.yml")
    listed = desk.run("problem", "list", "--lang", "en")
    assert listed.code == 0
    assert "P-broken.yml cannot be read" in listed.err
    assert desk.run("problem", "show", "P-broken").code == 3
    assert desk.run("problem", "show", "P-none").code == 2
    night = desk.run("nightly", "--no-build", "--no-alarms")
    assert night.code == 1
    assert night.out.count("P-broken.yml:") == 1


def test_an_overdue_measure_is_named_by_the_night_and_in_its_owners_day(desk: Sample) -> None:
    late = (
        "id: M-renew\ntitle: 证书提前更换\nlanguage: zh\nwhat: 提醒。\nwhy: 过期。\nowner: sam.okafor\nstatus: doing\n"
        f"due: 2026-11-18\nitems: [{FIRST}]\n"
    )
    desk.put(late, "feedback/measures/M-renew.yml")
    night = desk.run("nightly", "--no-build", "--no-alarms", "--dry-run", "--lang", "zh")
    assert "M-renew：证书提前更换，过期 2 天，sam.okafor" in night.err
    told = json.loads(desk.run("nightly", "--no-build", "--no-alarms", "--dry-run", "--format", "json").out)
    assert told["measures_overdue"] == ["M-renew"]
    mine = desk.run("mine", "--by", "sam.okafor", "--lang", "zh").out
    assert "过期的措施：1 项" in mine
    assert "M-renew，过期 2 天" in mine
    assert "M-renew" not in desk.run("mine", "--by", "ji.nan").out
    day = json.loads(desk.run("mine", "--by", "sam.okafor", "--format", "json").out)
    assert day["measures"] == [{"id": "M-renew", "due": "2026-11-18"}]
    desk.put(late.replace("2026-11-18", "2026-11-20"), "feedback/measures/M-renew.yml")
    assert "M-renew" not in desk.run("mine", "--by", "sam.okafor").out
