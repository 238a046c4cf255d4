"""`kb edition` and `kb nominate`: one tag and nothing else, refused with the way out; drafts that nobody can publish half-done."""

import json
from pathlib import Path

import pytest
from tests.learning.editions_shelf import source
from tests.learning.nominated_items import HOSTILE, item, name
from tests.sample_desk import Sample, git, sample

from git_feedback.store import write

REFUND = "site/pages/{}/knowledge/refund.md"
TAG = "knowledge-2026-Q4"


def article(language: str, body: str, version: int = 1) -> bytes:
    return source({"zh": "退款多久到账", "en": "When refunds arrive"}[language], body, version)


def put(desk: Sample, zh: str, en: str, version: int = 1) -> None:
    for language, body in (("zh", zh), ("en", en)):
        path = desk.root / REFUND.format(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(article(language, body, version))
    desk.commit()


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    put(made, "三天到账。", "Within three days.")
    return made


def test_an_edition_is_one_annotated_tag_on_the_last_commit_and_says_how_to_share_it(desk: Sample) -> None:
    head, before = desk.git.head(), git(desk.root, "status", "--porcelain")
    done = desk.run("kb", "edition", "--lang", "zh")
    assert (done.code, done.out) == (0, "新增\n  refund  退款多久到账\n"), done.err
    assert f"git push origin {TAG}" in done.err
    assert git(desk.root, "cat-file", "-t", TAG).strip() == "tag"
    assert git(desk.root, "rev-parse", f"{TAG}^{{commit}}").strip() == head == desk.git.head()
    message = git(desk.root, "tag", "--list", "--format=%(contents)", TAG)
    assert message.startswith("Knowledge 2026-Q4: 1 added, 0 changed, 0 retired\n\nby he.miao\n\nadded: refund")
    assert git(desk.root, "status", "--porcelain") == before


def test_a_second_edition_counts_against_the_first_and_nothing_new_needs_none(desk: Sample) -> None:
    assert desk.run("kb", "edition", "2026-Q3").code == 0
    again = desk.run("kb", "edition", "--format", "json")
    assert json.loads(again.out) == {
        "edition": "2026-Q4", "tag": TAG, "since": "2026-Q3", "added": [], "changed": [], "retired": [], "written": False,
    }  # fmt: skip
    assert TAG not in git(desk.root, "tag")
    put(desk, "五天到账。", "Within five days.", 2)
    second = json.loads(desk.run("kb", "edition", "2026-q4", "--format", "json").out)
    assert (second["changed"], second["written"]) == (["refund"], True)


@pytest.mark.parametrize("option", ["--dry-run", "--no-commit"])
def test_a_dry_run_shows_it_and_writes_nothing(desk: Sample, option: str) -> None:
    done = desk.run("kb", "edition", option, "--lang", "en")
    assert done.code == 0
    assert "Added\n  refund" in done.out
    assert "nothing was written" in done.err
    assert git(desk.root, "tag") == ""


def test_what_is_there_not_begun_before_the_last_or_no_quarter_is_refused(desk: Sample) -> None:
    assert desk.run("kb", "edition", "2026-Q3").code == 0
    put(desk, "五天到账。", "Within five days.", 2)
    for name_given, said in (
        ("2026-Q3", "这一版已有"), ("2027-Q1", "还没开始"), ("2026-Q2", "早于"), ("四季度", "请用季度命名"),
    ):  # fmt: skip
        done = desk.run("kb", "edition", name_given, "--lang", "zh")
        assert done.code == 2, name_given
        assert said in done.err
    assert git(desk.root, "tag").split() == ["knowledge-2026-Q3"]


def test_something_wrong_or_not_committed_keeps_the_edition_back_and_is_named(desk: Sample) -> None:
    (desk.root / REFUND.format("zh")).write_bytes(article("zh", "五天。"))
    done = desk.run("kb", "edition", "--lang", "zh")
    assert (done.code, REFUND.format("zh") in done.err) == (3, True)
    desk.commit()
    (desk.root / REFUND.format("zh")).write_bytes(article("zh", "[去哪](nowhere.md)", 2))
    desk.commit()
    wrong = desk.run("kb", "edition", "--lang", "zh")
    assert wrong.code == 1
    assert "article-leads-nowhere" in wrong.out
    assert "article-differs" in wrong.out
    assert git(desk.root, "tag") == ""


def test_a_desk_without_articles_needs_no_edition(tmp_path: Path) -> None:
    done = sample(tmp_path).run("kb", "edition", "--lang", "en")
    assert done.code == 0
    assert "There is no article yet" in done.err


# ---- best practice ------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(tmp_path: Path) -> Sample:
    """A desk where one matter took an hour and three like it a day."""
    made = sample(tmp_path)
    for one in (item(1), item(2), item(3), item(9, hours=1, reply=HOSTILE)):
        path = made.root / f"feedback/2026/11/{one.id}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(one))
    made.commit()
    return made


def test_nominees_are_listed_with_reasons_and_the_way_to_a_draft(busy: Sample) -> None:
    done = busy.run("kb", "nominate", "--lang", "zh")
    assert done.code == 0, done.err
    assert name(9) in done.out
    assert "用时不到中位数的一半" in done.out
    assert "用时 80 分钟" in done.out
    assert f"--write {name(9)}" in done.err
    (one,) = json.loads(busy.run("kb", "nominate", "--format", "json", "--lang", "en").out)["nominees"]
    assert (one["id"], one["took_s"], one["usual_s"], one["by_level"]) == (name(9), 4800, 17400, False)
    assert "solved at the first go" in one["reasons"]


def test_a_draft_is_written_masked_and_not_committed_and_the_checks_ask_for_the_rest(busy: Sample) -> None:
    head = busy.git.head()
    done = busy.run("kb", "nominate", "--write", name(9).lower(), "--name", "fast-coupon", "--lang", "zh")
    assert done.code == 0, done.err
    path = "site/pages/training/practice/fast-coupon.yml"
    text = busy.text(path)
    for theirs in ("王小明", "13812345678", "a@b.cn", "优惠券用不了"):
        assert theirs not in text
    assert busy.git.head() == head
    assert "未提交" in done.err
    checked = busy.run("check", "--lang", "zh")
    assert checked.code == 1
    assert checked.out.count("training-empty") == 3
    assert path in checked.out
    assert busy.run("kb", "nominate", "--lang", "zh").err.startswith("没有符合的")


def test_a_draft_never_takes_the_place_of_a_file_and_only_of_what_is_nominated(busy: Sample) -> None:
    assert busy.run("kb", "nominate", "--write", name(9), "--dry-run").code == 0
    assert not (busy.root / "site").exists()
    for words, said in (
        (("--write", name(1)), "not among the items nominated"),
        (("--write", name(9), "--name", "../x"), "cannot be a file's name"),
    ):
        done = busy.run("kb", "nominate", *words, "--lang", "en")
        assert (done.code, said in done.err) == (2, True), done.err
    busy.put("id: there\n", "site/pages/training/practice/there.yml")
    assert busy.run("kb", "nominate", "--write", name(9), "--name", "there").code == 2
    assert busy.text("site/pages/training/practice/there.yml") == "id: there\n"
