"""`kb`: articles listed, checked, asked, drafted; gaps, research, and whether articles helped; and `explain` names them."""

import json
from pathlib import Path

import pytest
from tests.learning.articles_desk import source
from tests.learning.test_learning_articles_drafting import HISTORY, counted
from tests.sample_desk import PAYMENT, Sample, sample

ITEM = "Q261119-0AAJN0D"
CLOSED = (
    PAYMENT.replace("支付页面报错", "儿童推车借不到") + f"history:\n{HISTORY.replace('，赵青禾电话 13812345678', '')}"
)
ZH, EN = "site/pages/zh/knowledge/refund.md", "site/pages/en/knowledge/refund.md"
MONTH = "feedback/knowledge/helped-2026-11.yml"
IN_USE = {"categories": "[service/environment]"}
TITLE = {"title": "Refund slower than promised"}


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk with one closed item and one article in both languages."""
    made = sample(tmp_path, CLOSED)
    made.put(source("退款从批准那天算起。", symptoms="[退款十天没到账]", **IN_USE), ZH)
    made.put(source("A refund counts from its approval.", symptoms="[where is my refund]", **TITLE, **IN_USE), EN)
    return made


def commits(desk: Sample) -> int:
    return int(desk.git.run("rev-list", "--count", "HEAD"))


def read(text: str) -> dict[str, list[dict[str, object]]]:
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def test_list_tells_state_owner_review_and_what_an_article_did(desk: Sample) -> None:
    done = desk.run("kb", "list", "--lang", "zh")
    assert (done.code, "refund  退款比承诺的慢" in done.out) == (0, True)
    assert "现行，公开，第 2 版，周予安，2027-01-15 前复核" in done.out
    row = read(desk.run("kb", "list", "--format", "json", "--lang", "en").out)["articles"][0]
    assert (row["title"], row["languages"], row["closed"]) == ("Refund slower than promised", ["en", "zh"], 0)


def test_a_well_kept_base_checks_clean_and_tells_of_gaps(desk: Sample) -> None:
    done = desk.run("kb", "check", "--lang", "en")
    assert (done.code, done.out) == (0, "")
    assert "one question without an answer" in done.err


def test_an_article_with_an_unknown_item_is_one_line_everywhere_and_ends_with_1(desk: Sample) -> None:
    desk.put(source(items="[Q261119-BYJ524T]", symptoms="[退款十天没到账]"), ZH)
    for words in (["kb", "check"], ["check"]):
        done = desk.run(*words, "--lang", "zh")
        assert done.code == 1
        assert [line for line in done.out.splitlines() if "article-no-item" in line] == [
            f"{ZH}:8:9: article-no-item: 没有条目“Q261119-BYJ524T”；请填已有的条目，或从 items 中去掉"
        ]
    night = desk.run("nightly", "--no-build", "--no-sweep", "--no-alarms", "--lang", "zh")
    assert "article-no-item" in night.out + night.err


def test_what_is_only_due_is_told_and_ends_with_0(desk: Sample) -> None:
    for path, front in ((ZH, {}), (EN, TITLE)):
        desk.put(source(review="2026-11-01", **front, **IN_USE), path)
    done = desk.run("kb", "check", "--format", "json")
    found = read(done.out)
    assert (done.code, found["problems"]) == (0, [])
    assert [one["code"] for one in found["due"]] == ["article-review-due"] * 2
    assert desk.run("check").out == ""


def test_a_broken_article_is_named_and_the_others_are_listed(desk: Sample) -> None:
    desk.put("---\ntitle: [\n---\n", "site/pages/zh/knowledge/broken.md")
    done = desk.run("kb", "list")
    assert (done.code, "refund" in done.out) == (0, True)
    assert "site/pages/zh/knowledge/broken.md" in done.err
    assert desk.run("kb", "check").code == 1
    assert desk.run("kb", "ask", "退款没到账").code == 0


# ---- ask, gaps, explain -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["退款怎么还没到", "I am still waiting for my refund"])
def test_a_question_finds_its_article_whatever_its_language(desk: Sample, question: str) -> None:
    done = desk.run("kb", "ask", question, "--lang", "zh")
    lines = done.out.splitlines()
    assert done.code == 0
    assert (lines[0], lines[1], lines[-1]) == ("1  退款比承诺的慢", "   退款从批准那天算起。", f"   {ZH}")
    answer = read(desk.run("kb", "ask", question, "--format", "json", "--lang", "en").out)["answers"][0]
    assert (answer["name"], answer["file"]) == ("refund", EN)
    assert answer["shared_terms"]


def test_a_question_without_an_answer_ends_with_1_and_can_be_noted(desk: Sample) -> None:
    done = desk.run("kb", "ask", "停车场几点关门", "--lang", "zh")
    assert (done.code, done.out) == (1, "")
    assert "kb helped --asked" in done.err
    assert desk.run("kb", "helped", "--asked", "停车场几点关门，打给 13812345678").code == 0
    text = desk.text(MONTH)
    assert "停车场几点关门" in text and "13812345678" not in text
    gaps = read(desk.run("kb", "gaps", "--format", "json").out)["gaps"]
    assert {(str(one["question"])[:4], one["asked"]) for one in gaps} == {("停车场几", 1), ("儿童推车", 0)}


def test_the_same_question_noted_twice_on_a_day_is_one(desk: Sample) -> None:
    for _ in range(2):
        done = desk.run("kb", "helped", "--asked", "停车场几点关门")
    assert "已经收过" in done.err or "handed in before" in done.err
    assert desk.text(MONTH).count("停车场") == 1


def test_explain_names_the_articles_that_help_and_why(desk: Sample) -> None:
    new = PAYMENT.replace(ITEM, "Q261119-BYJ524T").replace("#123", "#9").replace("支付页面报错", "退款十天了还没到账")
    desk.put(new.replace("付款到最后一步提示“系统繁忙”,已经试了三次。", "退款十天没到账"))
    assert (
        "可参考的文章：\n  退款比承诺的慢：讲的是同一类事："
        in desk.run("explain", "Q261119-BYJ524T", "--lang", "zh").out
    )
    desk.run("link", ITEM, "--kind", "article", "--to", "refund")
    assert "Refund slower than promised: linked by a person" in desk.run("explain", ITEM, "--lang", "en").out
    row = read(desk.run("explain", ITEM, "--format", "json", "--lang", "zh").out)["articles"][0]
    assert (row["name"], row["file"], row["because"]) == ("refund", ZH, "linked")


# ---- draft and research -------------------------------------------------------------------------------------------------


def test_a_draft_is_written_in_both_languages_in_one_commit_and_checks_clean(desk: Sample) -> None:
    before = commits(desk)
    done = desk.run("kb", "draft", ITEM.lower(), "--lang", "zh")
    assert done.code == 0, done.err
    for language in ("zh", "en"):
        assert (desk.root / f"site/pages/{language}/knowledge/environment-0aajn0d.md").is_file()
    assert commits(desk) == before + 1
    assert desk.run("kb", "check").code == 0
    assert desk.run("check").out == ""


def test_a_second_draft_is_refused_and_names_the_first(desk: Sample) -> None:
    desk.run("kb", "draft", ITEM)
    done = desk.run("kb", "draft", ITEM, "--lang", "zh")
    assert (done.code, "environment-0aajn0d" in done.err) == (2, True)


def test_a_dry_run_writes_nothing_and_shows_what_it_would(desk: Sample) -> None:
    before = commits(desk)
    done = desk.run("kb", "draft", ITEM, "--dry-run", "--lang", "zh")
    assert "status: draft" in done.out and "将写入" in done.err
    assert commits(desk) == before
    assert not (desk.root / "site/pages/zh/knowledge/environment-0aajn0d.md").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Q261119-BYJ524T"], "Q261119-BYJ524T"),
        (["P-none"], "P-none"),
        ([ITEM, "--name", "../x"], "../x"),
        ([ITEM, "--name", "refund"], "refund"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_one_line(desk: Sample, words: list[str], said: str) -> None:
    done = desk.run("kb", "draft", *words, "--lang", "zh")
    assert (done.code, done.out) == (2, "")
    assert said in done.err and len(done.err.splitlines()) == 1


def test_an_open_item_teaches_nothing_yet(tmp_path: Path) -> None:
    done = sample(tmp_path, PAYMENT).run("kb", "draft", ITEM, "--lang", "zh")
    assert (done.code, "还没有什么可以总结" in done.err) == (2, True)


def test_a_problem_record_with_a_known_cause_is_drafted_under_its_name(desk: Sample) -> None:
    record = (
        "id: P-strollers\ntitle: {en: Too few strollers, zh: 推车太少}\nlanguage: zh\nstatus: known\nowner: zhao.qinghe\n"
        f"category: service/environment\nsince: 2026-11-01\nitems: [{ITEM}]\nroot: 周末没有人补推车。\n"
    )
    desk.put(record, "feedback/problems/P-strollers.yml")
    assert desk.run("kb", "draft", "p-strollers").code == 0
    text = desk.text("site/pages/zh/knowledge/strollers.md")
    assert "title: 推车太少" in text and "problem: P-strollers" in text and "周末没有人补推车" in text
    assert "title: Too few strollers" in desk.text("site/pages/en/knowledge/strollers.md")


def strollers(number: int) -> str:
    ids = ("Q261120-GGHPCNW", "Q261120-QTG2XSH", "Q261120-HK3A6GX")
    return (
        f"id: {ids[number]}\nreceived: 2026-11-20T08:1{number}:00+08:00\nchannel: wechat\nsource: wx-{number}\nlanguage: zh\n"
        "title: 一楼的儿童推车借不到\ntext: 一楼的儿童推车全借完了，借不到推车\nhistory:\n"
        "  - classify: {at: 2026-11-20T09:00:00+08:00, by: rules, category: service/environment, urgency: 3, impact: 3}\n"
        "    because: 推车\n"
    )


def test_research_proposes_an_owner_and_a_day_and_writes_only_when_asked(desk: Sample) -> None:
    for number in range(3):
        desk.put(strollers(number))
    before = commits(desk)
    found = read(desk.run("kb", "research", "--format", "json").out)["research"]
    assert [(one["owner"], one["due"], one["article"]) for one in found] == [("zhao.qinghe", "2026-12-20", None)]
    assert commits(desk) == before
    desk.run("kb", "research", "--write")
    [name] = {path.stem for path in (desk.root / "site/pages/zh/knowledge").glob("environment-*.md")}
    text = desk.text(f"site/pages/zh/knowledge/{name}.md")
    assert "status: research" in text and "due: 2026-12-20" in text and "owner: zhao.qinghe" in text
    again = read(desk.run("kb", "research", "--write", "--format", "json").out)
    assert ([one["article"] for one in again["research"]], again["written"]) == ([name], [])
    assert desk.run("check").out == ""


# ---- whether it helped --------------------------------------------------------------------------------------------------


def test_a_browsers_file_is_taken_in_once_and_counts(desk: Sample, tmp_path: Path) -> None:
    file = tmp_path / "did-this-help.json"
    file.write_bytes(counted(("2026-11-19", "refund", 2, 1), ("2026-11-19", "nothing", 1, 0)))
    first = desk.run("kb", "helped", str(file), "--lang", "en")
    assert (first.code, "there is no such article" in first.err) == (0, True)
    before = commits(desk)
    assert "handed in before" in desk.run("kb", "helped", str(file), "--lang", "en").err
    assert commits(desk) == before
    row = read(desk.run("kb", "list", "--format", "json").out)["articles"][0]
    assert row["helped"] == {"yes": 2, "no": 1}
    assert "有帮助" in desk.run("kb", "list", "--lang", "zh").out
    assert desk.run("check").out == ""


def test_a_file_that_is_none_and_no_file_at_all_are_wrong_usage(desk: Sample, tmp_path: Path) -> None:
    file = tmp_path / "did-this-help.json"
    file.write_bytes(b"[]")
    assert desk.run("kb", "helped", str(file)).code == 2
    assert desk.run("kb", "helped").code == 2
    assert desk.run("kb", "helped", "--asked", " ").code == 2
    assert desk.run("kb", "helped", "--asked", "长" * 301).code == 2
    assert not (desk.root / MONTH).exists()


def test_a_month_that_cannot_be_read_is_never_added_to(desk: Sample) -> None:
    desk.put("month: 2026-11\ncolour: 红\n", MONTH)
    done = desk.run("kb", "helped", "--asked", "停车场几点关门")
    assert (done.code, "unknown-field" in done.out) == (1, True)
    assert desk.text(MONTH) == "month: 2026-11\ncolour: 红\n"
    assert f"{MONTH}:2:1: unknown-field" in desk.run("check").out
