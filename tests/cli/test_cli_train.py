"""`train`: courses listed, passes written down and refused, who is due, whom a week reminds, certificates."""

import json
import re
from pathlib import Path

import pytest
from tests.learning.taught_course import passed, teach
from tests.sample_desk import PAYMENT, Sample, sample

from git_feedback.store.passes import path_of, read_pass, write_pass

FILE = "feedback/training/T-261120-ji.nan-handling.yml"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path, PAYMENT)
    teach(made)
    return made


def commits(desk: Sample) -> int:
    return int(desk.git.run("rev-list", "--count", "HEAD"))


def certificate(desk: Sample, person: str = "he.miao") -> Path:
    """What the page of a certificate hands over, in a file outside the desk's record."""
    one = passed(person, "2026-11-19", articles={"refund": 3})
    file = desk.root / f"{one.id}.yml"
    file.write_bytes(write_pass(one))
    return file


# ---- list -------------------------------------------------------------------------------------------------------------


def test_courses_are_listed_with_whom_they_are_for_and_how_long_they_take(desk: Sample) -> None:
    done = desk.run("train", "list", "--lang", "zh")
    assert "handling  解决问题" in done.out
    assert "90 分钟，1 份测验，6 个月后再学，第 2 版" in done.out
    assert "共 2 门课程" in done.err
    (first, _) = json.loads(desk.run("train", "list", "--format", "json").out)["courses"]
    assert (first["id"], first["whom"], first["quizzes"]) == ("handling", ["handlers"], ["first-steps"])


# ---- record -----------------------------------------------------------------------------------------------------------


def test_a_colleague_s_word_is_one_file_and_one_commit_and_a_second_time_nothing(desk: Sample) -> None:
    before = commits(desk)
    done = desk.run("train", "record", "ji.nan", "handling", "--score", "92")
    assert done.code == 0, done.err
    one = read_pass(desk.text(FILE).encode(), FILE)
    assert (one.by, one.score, one.version, dict(one.articles)) == ("he.miao", 92, 2, {"refund": 3, "lockers": 1})
    assert done.out == desk.text(FILE)
    assert commits(desk) == before + 1
    assert desk.run("check").out == ""
    again = desk.run("train", "record", "ji.nan", "handling", "--score", "92", "--by", "wen.jing")
    assert (again.code, commits(desk)) == (0, before + 1)
    other = desk.run("train", "record", "ji.nan", "handling", "--score", "95", "--lang", "zh")
    assert (other.code, commits(desk)) == (2, before + 1)
    assert "内容不同" in other.err


def test_of_a_day_that_is_past_nobody_knows_the_versions_of_the_articles(desk: Sample) -> None:
    done = desk.run(
        "train", "record", "ji.nan", "handling", "--score", "92", "--passed", "2026-10-01", "--format", "json"
    )
    told = json.loads(done.out)
    assert (told["record"]["passed"], told["record"]["articles"], told["written"]) == ("2026-10-01", {}, True)


def test_a_dry_run_shows_the_record_and_writes_nothing(desk: Sample) -> None:
    before = commits(desk)
    done = desk.run("train", "record", "ji.nan", "handling", "--score", "92", "--dry-run", "--lang", "zh")
    assert "person: ji.nan" in done.out
    assert f"将写入 {FILE}" in done.err
    assert not (desk.root / FILE).exists()
    assert commits(desk) == before


def test_one_s_own_pass_is_taken_from_the_certificate_alone(desk: Sample) -> None:
    word = desk.run("train", "record", "he.miao", "handling", "--score", "92", "--lang", "zh")
    assert word.code == 2
    assert "--from FILE" in word.err
    done = desk.run("train", "record", "--from", str(certificate(desk)))
    assert done.code == 0, done.err
    file = path_of("T-261119-he.miao-handling")
    assert read_pass(desk.text(file).encode(), file).by is None
    assert desk.run("check").out == ""


def test_whoever_hands_over_the_certificate_of_another_is_noted(desk: Sample) -> None:
    done = desk.run("train", "record", "ji.nan", "handling", "--from", str(certificate(desk, "ji.nan")))
    assert done.code == 0, done.err
    file = path_of("T-261119-ji.nan-handling")
    assert read_pass(desk.text(file).encode(), file).by == "he.miao"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ji.nan", "handling", "--score", "79"), "80"),
        (("ji.nan", "handling", "--score", "90", "--passed", "2026-11-21"), "2026-11-21"),
        (("ji.nan", "handling", "--score", "90", "--passed", "昨天"), "昨天"),
        (("ji.nan", "cooking", "--score", "90"), "cooking"),
        (("李雷", "handling", "--score", "90"), "李雷"),
        (("ji.nan", "handling"), "--score N"),
        (("ji.nan", "handling", "--score", "101"), "101"),
    ],
)
def test_what_check_would_find_is_refused_in_one_line_and_nothing_is_written(
    desk: Sample, words: tuple[str, ...], said: str
) -> None:
    done = desk.run("train", "record", *words, "--lang", "zh")
    assert done.code == 2, done
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not (desk.root / "feedback/training").exists()


def test_a_certificate_of_somebody_else_or_one_that_nobody_can_read_is_refused(desk: Sample) -> None:
    other = desk.run("train", "record", "ji.nan", "--from", str(certificate(desk)), "--lang", "en")
    assert (other.code, "he.miao" in other.err) == (2, True)
    both = desk.run("train", "record", "--from", str(certificate(desk)), "--score", "90", "--lang", "en")
    assert both.code == 2
    file = certificate(desk)
    file.write_text("证书：通过了\n", encoding="utf-8")
    bad = desk.run("train", "record", "--from", str(file), "--lang", "en")
    assert bad.code == 2
    assert bad.out.count(":1:") >= 1


FORM = "### 证书里的几行 / The lines of the certificate\n\n```yaml\n{lines}```\n"
BY_HAND = "通过了！\n\n```yaml\n{lines}```\n\n谢谢\n"


@pytest.mark.parametrize("body", [FORM, BY_HAND])
@pytest.mark.parametrize("event", [True, False])
def test_a_pass_handed_in_by_an_issue_is_the_one_of_its_lines(desk: Sample, body: str, event: bool) -> None:
    lines = certificate(desk, "ji.nan").read_text("utf-8")
    issue = {"number": 7, "title": "培训通过", "created_at": "2026-11-20T01:00:00Z", "body": body.format(lines=lines)}
    file = desk.root / "issue.json"
    file.write_text(json.dumps({"issue": issue} if event else issue), encoding="utf-8")
    done = desk.run("train", "record", "--issue", str(file))
    assert done.code == 0, done.err
    assert "articles:\n  refund: 3\n" in desk.text(path_of("T-261119-ji.nan-handling"))


@pytest.mark.parametrize(
    "text", ['{"number": 7}', "没有", '{"number": 7, "created_at": "2026-11-20T01:00:00Z", "body": "我通过了"}', "[]"]
)
def test_an_issue_without_a_certificate_is_refused_in_one_line(desk: Sample, text: str) -> None:
    file = desk.root / "issue.json"
    file.write_text(text, encoding="utf-8")
    done = desk.run("train", "record", "--issue", str(file), "--lang", "zh")
    assert done.code in (2, 3)
    assert done.err.count("\n") == 1


# ---- check ------------------------------------------------------------------------------------------------------------


def test_check_and_the_night_name_a_wrong_record_with_its_place_and_it_counts_for_nobody(desk: Sample) -> None:
    desk.put(write_pass(passed("ji.nan", "2026-11-19", by="ji.nan")), path_of("T-261119-ji.nan-handling"))
    done = desk.run("check", "--lang", "zh")
    assert done.code == 1
    assert re.search(
        r"^feedback/training/T-261119-ji\.nan-handling\.yml:7:1: pass-own-word: .*请由别人登记", done.out, re.MULTILINE
    )
    assert "pass-own-word" in desk.run("nightly", "--no-build", "--no-alarms").out
    (duty, _) = json.loads(desk.run("train", "due", "--person", "ji.nan", "--format", "json").out)["duties"]
    assert (duty["course"], duty["state"]) == ("handling", "never")


# ---- due, remind, mine ------------------------------------------------------------------------------------------------


@pytest.fixture
def peopled(desk: Sample) -> Sample:
    teach(
        desk,
        passed("ji.nan", "2026-10-01", version=1, articles={"refund": 2, "lockers": 1}),
        passed("fang.yu", "2026-05-19"),
        passed("qiu.yan", "2025-12-01"),
    )
    return desk


def test_who_is_due_is_listed_with_the_day_and_those_who_passed_only_when_asked_for(peopled: Sample) -> None:
    done = peopled.run("train", "due", "--lang", "zh")
    assert "邱岩（qiu.yan）  handling：2026-06-30 已到期，上次通过 2025-12-01" in done.out
    assert "方屿（fang.yu）  handling：截止 2026-12-31，上次通过 2026-05-19" in done.out
    assert "ji.nan" not in done.out
    assert "2026-10-01 通过，有效期至 2027-06-30" in peopled.run("train", "due", "--all", "--lang", "zh").out
    own = peopled.run("train", "due", "--person", "ji.nan", "--lang", "zh").out
    assert "通过的是第 1 版，现在是第 2 版" in own
    assert "此后有改动：refund" in own


def test_due_as_json_has_every_value(peopled: Sample) -> None:
    found = json.loads(peopled.run("train", "due", "--person", "ji.nan", "--format", "json").out)["duties"]
    assert found == [
        {
            "person": "ji.nan", "course": "handling", "state": "passed", "due": "2027-06-30", "passed": "2026-10-01",
            "score": 90, "version": 1, "newer": True, "changed": [{"article": "refund", "was": 2, "now": 3}],
        }
    ]  # fmt: skip
    assert peopled.run("train", "due", "--person", "没有").code == 2


def test_a_week_s_reminders_are_listed_and_nothing_is_sent(peopled: Sample) -> None:
    done = peopled.run("train", "remind", "--lang", "zh", now="2026-12-01T09:00:00+08:00")
    assert "fang.yu（drafts）：\n  解决问题：再次，请在 2026-12-31 前通过" in done.out
    assert not (peopled.root / "build/outbox").exists()
    quiet = peopled.run("train", "remind", "--format", "json")
    assert json.loads(quiet.out) == {"week": "2026-11-16", "reminders": []}


def test_my_day_names_my_courses_until_they_are_passed(peopled: Sample) -> None:
    done = peopled.run("mine", "--by", "fang.yu", "--lang", "zh")
    assert "要学的课程（1）\n截止 2026-12-31，上次通过 2026-05-19\n  解决问题" in done.out
    assert "要学的课程" not in peopled.run("mine", "--by", "ji.nan", "--lang", "zh").out
    (row,) = json.loads(peopled.run("mine", "--by", "fang.yu", "--format", "json").out)["training"]
    assert (row["course"], row["due"]) == ("handling", "2026-12-31")


# ---- certificate ------------------------------------------------------------------------------------------------------


def test_a_certificate_is_one_page_in_both_languages_that_fetches_nothing(peopled: Sample) -> None:
    out = peopled.root / "certificate.html"
    done = peopled.run("train", "certificate", "ji.nan", "handling", "--out", str(out), "--lang", "zh")
    assert done.code == 0, done.err
    page = out.read_text("utf-8")
    for words in (
        "结业证书",
        "Certificate",
        "纪南",
        "Ji Nan",
        "解决问题",
        "Solving",
        "2026-10-01",
        "90 %",
        "2027-04-01",
    ):
        assert words in page
    assert not re.search(r"(?:src|href)=", page)
    assert "default-src" in page
    first = out.read_bytes()
    peopled.run("train", "certificate", "ji.nan", "handling", "--out", str(out), "--lang", "zh")
    assert out.read_bytes() == first


def test_without_a_pass_there_is_no_certificate(peopled: Sample) -> None:
    out = peopled.root / "certificate.html"
    for words in (("tang.li", "handling"), ("ji.nan", "newcomer"), ("没有", "handling")):
        assert peopled.run("train", "certificate", *words, "--out", str(out)).code == 2
    assert not out.exists()
    nowhere = peopled.run("train", "certificate", "ji.nan", "handling", "--out", str(peopled.root / "没有/x.html"))
    assert nowhere.code == 3
