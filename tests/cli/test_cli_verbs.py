"""Verbs, new and triage on the command line: what is written, what is refused, what a person said stays."""

import re
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, sample

from git_feedback.model import VERBS
from git_feedback.store import read

ID, OTHER = "Q261119-0AAJN0D", "Q261119-5DVCFC5"
FILE = f"feedback/2026/11/{ID}.yml"
SECOND = PAYMENT.replace(ID, OTHER).replace("#123", "#124").replace("支付页面报错", "退款没到账")

DONE_BY_PEOPLE = [verb for verb in VERBS if verb not in ("alarm", "erase")]


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT, SECOND)


def events(desk: Sample, path: str = FILE) -> list[str]:
    return [event.verb for event in read(desk.root / path).history]


def test_a_verb_appends_one_event_and_makes_one_commit_of_that_file(desk: Sample) -> None:
    before = desk.text(FILE)
    done = desk.run("classify", ID, "--category", "product/payment", "--because", "顾客说扣了款")
    assert done.code == 0, done.err
    assert desk.text(FILE).startswith(before)
    assert events(desk) == ["classify"]
    assert git(desk.root, "show", "--name-only", "--format=%s", "HEAD").split("\n\n") == [
        f"classify {ID}, by he.miao",
        f"{FILE}\n",
    ]


def test_an_item_is_closed_by_its_verbs_one_after_the_other(desk: Sample) -> None:
    road = [
        ("classify", "--category", "product/payment"), ("assign", "--department", "payments", "--owner", "lin.wan"),
        ("accept", "--by", "lin.wan"), ("ask", "--question", "哪一单？", "--missing", "source,device", "--by", "lin.wan"),
        ("supply", "--text", "昨天那单", "--by", "lin.wan"), ("respond", "--text", "已定位", "--progress", "--by", "lin.wan"),
        ("resolve", "--result", "已补单", "--cause", "接口超时", "--by", "lin.wan"), ("review", "--verdict", "pass"),
        ("reply", "--text", "已为您补单。"), ("follow-up", "--verdict", "satisfied", "--csat", "5"), ("close",),
    ]  # fmt: skip
    for minute, (verb, *words) in enumerate(road):
        done = desk.run(verb, ID, *words, now=f"2026-11-20T11:{minute:02d}:00+08:00")
        assert done.code == 0, (verb, done.err)
    assert events(desk) == [verb for verb, *_ in road]
    assert desk.run("check", now="2026-11-20T12:00:00+08:00").code == 0
    assert "已结案" in desk.run("show", ID, now="2026-11-20T12:00:00+08:00").out


def test_a_verb_that_is_not_possible_is_refused_with_the_reason_and_the_legal_ones(desk: Sample) -> None:
    head, before = desk.git.head(), desk.text(FILE)
    done = desk.run("review", ID, "--verdict", "pass")
    assert done.code == 1
    assert done.err.startswith(f"{ID}: ")
    for verb in ("classify", "assign", "note"):
        assert verb in done.err
    assert (desk.git.head(), desk.text(FILE)) == (head, before)


def test_ids_are_taken_as_people_type_them(desk: Sample) -> None:
    assert desk.run("note", ID.lower().replace("0a", "oa"), "--text", "一").code == 0
    assert events(desk) == ["note"]


def test_one_verb_on_many_items_is_one_commit(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("note", "--where", "state:new", "--yes", "--text", "周末一起看")
    assert done.code == 0, done.err
    assert git(desk.root, "rev-parse", "HEAD~1").strip() == head
    assert git(desk.root, "log", "-1", "--format=%s") == "note: 2 items, by he.miao\n"
    assert events(desk) == events(desk, f"feedback/2026/11/{OTHER}.yml") == ["note"]


def test_an_id_given_twice_gets_one_event(desk: Sample) -> None:
    assert desk.run("note", ID, ID.lower(), "--text", "一").code == 0
    assert events(desk) == ["note"]


def test_an_id_that_is_not_there_stops_before_anything_is_written(desk: Sample) -> None:
    done = desk.run("note", ID, "Q261119-XXXXXXX", "--text", "一")
    assert done.code == 2
    assert events(desk) == []


def test_what_is_refused_for_one_item_is_done_for_the_others(desk: Sample) -> None:
    desk.run("reject", OTHER, "--kind", "spam", now="2026-11-20T10:00:00+08:00")
    done = desk.run("escalate", ID, OTHER, "--because", "多人反映")
    assert done.code == 1
    assert OTHER in done.err
    assert events(desk) == ["escalate"]


def test_a_dry_run_shows_the_event_and_writes_nothing(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("note", ID, "--text", "一", "--dry-run")
    assert "- note: {at: 2026-11-20T11:05:00+08:00, by: he.miao}" in done.out
    assert (events(desk), desk.git.head()) == ([], head)


def test_without_a_commit_the_file_is_left_to_the_person(desk: Sample) -> None:
    head = desk.git.head()
    assert desk.run("note", ID, "--text", "一", "--no-commit").code == 0
    assert (events(desk), desk.git.head()) == (["note"], head)


def test_a_text_comes_from_standard_input_and_contacts_in_it_are_masked(desk: Sample) -> None:
    done = desk.run("note", ID, "--text", "-", stdin="顾客手机 13812345678\r\n下午再打\n".encode())
    assert done.code == 0
    assert "联系方式已打码" in done.err
    assert "      顾客手机 138****5678\n      下午再打\n" in desk.text(FILE)
    assert "打码" not in desk.run("note", ID, "--text", "-", stdin="没有号码\r\n".encode()).err


def test_a_text_that_is_missing_is_asked_for_by_its_option(desk: Sample) -> None:
    done = desk.run("reply", ID)
    assert done.code == 2
    assert "--text" in done.err


@pytest.mark.parametrize(("words", "said"), [
    (("review",), "review needs --verdict: pass or fail"),
    (("follow-up",), "follow-up needs --verdict: satisfied, neutral or unsatisfied"),
    (("reject",), "reject needs --kind: invalid, spam, abuse, fraud or withdrawn"),
    (("reopen",), "reopen needs --kind: unsatisfied, recurring or mistake"),
    (("assign",), "assign needs --department: an id from policy/people.yml"),
    (("classify",), "classify needs --category: an id from policy/categories.yml"),
    (("duplicate",), "duplicate needs --of: the id of the item that carries on"),
])  # fmt: skip
def test_an_option_that_is_missing_is_named_with_its_values_before_anything_is_read(
    desk: Sample, words: tuple[str, ...], said: str
) -> None:
    done = desk.run(*words, "Q261119-没有这个", "--lang", "en")
    assert (done.code, done.err) == (2, f"git-feedback: {said}\n")


def test_in_chinese_a_missing_option_is_told_in_chinese(desk: Sample) -> None:
    done = desk.run("review", ID)
    assert (done.code, done.err) == (2, "git-feedback: review 需要 --verdict：pass 或 fail\n")


def test_a_query_that_fits_nothing_says_so_and_does_nothing(desk: Sample) -> None:
    head = desk.git.head()
    done = desk.run("note", "--where", "state:closed", "--text", "一")
    assert (done.code, done.out) == (0, "")
    assert "没有条目符合“state:closed”" in done.err
    assert desk.git.head() == head
    assert desk.run("note", "--where", "state:neu", "--text", "一").code == 2


def test_assigned_to_a_department_alone_the_event_names_its_coordinator(desk: Sample) -> None:
    desk.run("classify", ID, "--category", "product/bug")
    assert "owner: fang.yu" in desk.run("assign", ID, "--department", "app", now="2026-11-20T11:10:00+08:00").out


@pytest.mark.parametrize("named", [FILE, f"./{FILE}", ID, "0AAJN0D", "oaajnod", "AJN0D"])
def test_an_item_is_named_by_id_by_file_or_by_the_end_of_its_id(desk: Sample, named: str) -> None:
    assert desk.run("note", named, "--text", "一").code == 0
    assert events(desk) == ["note"]
    assert ID in desk.run("show", named).out


def test_an_end_that_fits_several_items_names_them(desk: Sample) -> None:
    third = "Q261120-0AAJN0D"
    desk.put(PAYMENT.replace(ID, third).replace("#123", "#125").encode(), f"feedback/2026/11/{third}.yml")
    for words in (("show", "AAJN0D"), ("note", "AAJN0D", "--text", "一")):
        done = desk.run(*words)
        assert done.code == 2
        assert ID in done.err and third in done.err


def test_a_mistyped_check_character_is_called_so(desk: Sample) -> None:
    for words in (("show", ID[:-1] + "E"), ("note", ID[:-1] + "E", "--text", "一")):
        done = desk.run(*words)
        assert done.code == 2
        assert "最后一个字符也对不上" in done.err


def test_an_item_that_needs_repair_is_shown_with_what_is_wrong(desk: Sample) -> None:
    (desk.root / FILE).write_text(PAYMENT + "rating: 很好\n", encoding="utf-8")
    done = desk.run("show", ID)
    assert done.code == 3
    assert f"{FILE}:12:1: bad-integer: " in done.out
    assert "没有条目" not in done.err


def test_show_labels_its_facts_and_says_what_amounts_of_time_are(desk: Sample) -> None:
    desk.run("classify", ID, "--category", "product/payment")
    said = desk.run("show", ID, "--lang", "en", now="2026-11-20T11:10:00+08:00").out
    for line in ("channel: web-form", "received: 2026-11-19 09:31", "category: product/payment", "department: payments", "owner: ji.nan"):  # fmt: skip
        assert f"\n  {line}\n" in said
    assert " left\n" in said and "late by " in said
    much_later = desk.run("show", ID, "--lang", "en", now="2027-11-20T11:10:00+08:00").out
    assert re.search(r"late by \d+ working days\n", much_later)
    desk.run("assign", ID, "--department", "payments", now="2026-11-20T11:12:00+08:00")
    desk.run("accept", ID, "--by", "ji.nan", now="2026-11-20T11:15:00+08:00")
    assert re.search(r"受理：按时，.*，用时 0:03 小时\n", desk.run("show", ID, now="2026-11-20T11:20:00+08:00").out)


def test_an_item_that_is_broken_is_listed_and_cannot_be_acted_on(desk: Sample) -> None:
    (desk.root / FILE).write_text(PAYMENT + "rating: 很好\n", encoding="utf-8")
    done = desk.run("note", ID, "--text", "一")
    assert done.code == 3
    assert f"{FILE}:12:1: bad-integer: " in done.out


def test_a_file_that_cannot_be_appended_to_is_named_and_the_others_are_done(desk: Sample) -> None:
    (desk.root / FILE).write_text(PAYMENT.rstrip("\n"), encoding="utf-8")
    done = desk.run("note", ID, OTHER, "--text", "一")
    assert done.code == 1
    assert ": not-appendable: " in done.out
    assert events(desk, f"feedback/2026/11/{OTHER}.yml") == ["note"]


def test_a_duplicate_names_an_item_that_is_there(desk: Sample) -> None:
    assert desk.run("duplicate", ID, "--of", "Q261119-XXXXXXX").code == 2
    assert desk.run("duplicate", ID, "--of", OTHER.lower()).code == 0
    assert f"of: {OTHER}" in desk.text(FILE)


@pytest.mark.parametrize("verb", DONE_BY_PEOPLE)
def test_every_verb_has_an_option_for_each_of_its_fields(verb: str) -> None:
    import click

    from git_feedback.cli.main import program

    command = program.get_command(click.Context(program), verb)
    assert command
    options = {option for parameter in command.params for option in parameter.opts}
    by_the_desk = ("verb", "at", "by", "source", "files", "sealed")
    fields = {f"--{name.replace('_', '-')}" for name in VERBS[verb].model_fields if name not in by_the_desk}
    assert fields <= options


@pytest.mark.parametrize("verb", DONE_BY_PEOPLE)
def test_the_help_of_a_verb_explains_each_option_marks_what_is_required_and_shows_a_call(
    desk: Sample, verb: str
) -> None:
    import shlex

    import click

    from git_feedback.cli import verb_options
    from git_feedback.cli.main import program

    command = program.get_command(click.Context(program), verb)
    assert command
    context = command.make_context(verb, shlex.split(verb_options.EXAMPLES[verb]))
    assert set(verb_options.required(verb)) <= {name for name, value in context.params.items() if value}
    said = command.get_help(context)
    assert f"git feedback {verb} {verb_options.EXAMPLES[verb]}" in said
    assert " ID..." in said
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "style":
            assert option.help, option.name
            assert ("[required]" in option.help) == (
                option.name in (*verb_options.required(verb), verb_options.REQUIRED_PROSE.get(verb))
            )


def test_a_range_of_the_help_is_that_of_the_event() -> None:
    from pydantic import ValidationError

    from git_feedback.cli.verb_options import RANGES

    facts = {"at": "2026-11-20T11:05:00+08:00", "by": "he.miao"}
    needed: dict[str, dict[str, object]] = {
        "classify": {"category": "a/b", "urgency": 3, "impact": 3},
        "follow-up": {"verdict": "neutral"},
    }
    for verb, names in (("classify", ("urgency", "impact")), ("follow-up", ("csat", "nps"))):
        for name in names:
            low, high = RANGES[name]
            for value in (low, high):
                VERBS[verb].model_validate({**facts, **needed[verb], name: value})
            for value in (low - 1, high + 1):
                with pytest.raises(ValidationError):
                    VERBS[verb].model_validate({**facts, **needed[verb], name: value})


NEW = ("new", "--channel", "store-counter", "--title", "灯坏了", "--text", "门口的灯不亮", "--area", "上海")


def new_file(desk: Sample) -> str:
    return git(desk.root, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").strip()


def test_new_writes_one_item_by_hand_and_commits_it(desk: Sample) -> None:
    done = desk.run(*NEW)
    assert done.code == 0, done.err
    item = read(desk.root / new_file(desk))
    assert (item.title, item.text, item.area, item.language, item.channel) == (
        "灯坏了",
        "门口的灯不亮",
        "上海",
        "zh",
        "store-counter",
    )
    assert item.id.startswith("Q261120-")
    assert desk.run("check").code == 0


def test_new_with_a_source_that_is_there_adds_nothing(desk: Sample) -> None:
    desk.run(*NEW, "--source", "柜台 7")
    head = desk.git.head()
    done = desk.run(*NEW, "--source", "柜台 7")
    assert done.code == 0
    assert "已存在" in done.out
    assert desk.git.head() == head


def test_new_masks_contacts_and_takes_no_contact_for_a_key(desk: Sample) -> None:
    assert desk.run(*NEW[:-4], "--text", "打 13812345678", "--area", "上海").code == 0
    assert "138****5678" in desk.text(new_file(desk))
    done = desk.run(*NEW, "--source", "13812345678")
    assert done.code == 2
    assert "--source" in done.err


@pytest.mark.parametrize(("words", "code"), [
    (("--received", "2027-01-01T00:00:00+08:00"), "future-time"), (("--device", "机" * 121), "over-limit"),
])  # fmt: skip
def test_new_writes_nothing_that_check_would_find_wrong(desk: Sample, words: tuple[str, ...], code: str) -> None:
    head = desk.git.head()
    done = desk.run(*NEW, *words)
    assert done.code == 1
    assert f": {code}: " in done.out
    assert desk.git.head() == head
    assert git(desk.root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "words",
    [("--received", "昨天"), ("--rating", "6"), ("--expected", "后天"), ("--nps", "11"), ("--title", "长" * 301)],
)
def test_new_takes_no_value_that_is_none(desk: Sample, words: tuple[str, ...]) -> None:
    assert desk.run(*NEW, *words).code == 2


def test_every_channel_of_the_policy_can_be_used_by_hand(desk: Sample) -> None:
    words = [
        "--title",
        "甲",
        "--text",
        "乙",
        "--area",
        "丙",
        "--device",
        "丁",
        "--kind",
        "new",
        "--rating",
        "4",
        "--nps",
        "9",
        "--source",
    ]
    from tests.sample_desk import policy

    for number, channel in enumerate(policy().channels):
        done = desk.run("new", "--channel", channel, *words, f"号 {number}")
        assert done.code == 0, done.err
    assert desk.run("check").code == 0


def test_triage_classifies_once_and_a_second_run_writes_nothing(desk: Sample) -> None:
    done = desk.run("triage")
    assert done.code == 0
    assert f"{ID}：product/payment，P1，payments，ji.nan" in done.out
    head = desk.git.head()
    assert "已分类 0 件" in desk.run("triage").err
    assert desk.git.head() == head


def test_triage_never_overwrites_the_word_of_a_person(desk: Sample) -> None:
    desk.run(
        "classify",
        ID,
        "--category",
        "other/suggestion",
        "--urgency",
        "1",
        "--impact",
        "1",
        now="2026-11-20T10:00:00+08:00",
    )
    desk.run("triage")
    assert events(desk) == ["classify"]
    assert "other/suggestion" in desk.run("show", ID).out


def test_a_dry_triage_says_what_would_be_and_writes_nothing(desk: Sample) -> None:
    head = desk.git.head()
    assert "product/payment" in desk.run("triage", "--dry-run").out
    assert (events(desk), desk.git.head()) == ([], head)


def test_what_no_rule_decides_is_named_with_the_way_out(desk: Sample) -> None:
    desk.put(PAYMENT.replace("支付页面报错", "你好").replace("付款到最后一步提示“系统繁忙”,已经试了三次。", "在吗"))
    assert f"git feedback classify {ID}" in desk.run("triage").out


def test_triage_names_a_file_it_cannot_append_to_and_goes_on(desk: Sample) -> None:
    (desk.root / FILE).write_text(PAYMENT.rstrip("\n"), encoding="utf-8")
    done = desk.run("triage")
    assert done.code == 1
    assert ": not-appendable: " in done.out
    assert events(desk, f"feedback/2026/11/{OTHER}.yml") == ["classify"]


def test_a_night_does_what_is_left_to_do_and_a_second_one_leaves_the_head(desk: Sample) -> None:
    first = desk.run("nightly", "--no-build")
    assert first.code == 0, first.err
    assert "已超时" in first.out
    head = desk.git.head()
    assert desk.run("nightly", "--no-build").code == 0
    assert desk.git.head() == head
    assert desk.run("nightly", "--no-build", "--fail-on", "breach").code == 1


def test_a_bad_file_does_not_stop_the_night(desk: Sample) -> None:
    (desk.root / "feedback/2026/11/坏.yml").write_text("id: [", encoding="utf-8")
    (desk.root / FILE).write_text(PAYMENT.rstrip("\n"), encoding="utf-8")
    done = desk.run("nightly", "--no-build")
    assert done.code == 1
    assert "feedback/2026/11/坏.yml:" in done.out
    assert ": not-appendable: " in done.out
    assert events(desk, f"feedback/2026/11/{OTHER}.yml")[0] == "classify"


def test_check_fixes_byte_order_marks_and_crlf_and_nothing_else(desk: Sample) -> None:
    (desk.root / FILE).write_bytes(b"\xef\xbb\xbf" + PAYMENT.replace("\n", "\r\n").encode())
    assert desk.run("check").code == 1
    done = desk.run("check", "--fix")
    assert done.code == 0
    assert desk.text(FILE) == PAYMENT
    assert FILE in done.err


def test_check_of_named_files_tells_of_those_only(desk: Sample) -> None:
    for name in ("坏一.yml", "坏二.yml"):
        (desk.root / "feedback/2026/11" / name).write_text("id: [", encoding="utf-8")
    done = desk.run("check", "坏一.yml", cwd=desk.root / "feedback/2026/11")
    assert done.code == 1
    assert {line.split(":")[0] for line in done.out.splitlines()} == {"feedback/2026/11/坏一.yml"}
    assert desk.run("check", f"feedback/2026/11/{ID}.yml").code == 0
    assert desk.run("check", ".").code == 1


def test_check_for_github_prints_annotations(desk: Sample) -> None:
    (desk.root / FILE).write_text(PAYMENT + "rating: 100%\n", encoding="utf-8")
    done = desk.run("check", "--format", "github")
    assert done.out.startswith(f"::error file={FILE},line=12,col=1,title=bad-integer::")
    assert "100%25" in done.out


def test_generate_writes_what_is_stale_and_a_second_run_nothing(desk: Sample) -> None:
    (desk.root / ".github/CODEOWNERS").write_text("手改\n", encoding="utf-8")
    assert "git feedback generate" in desk.run("check").out
    assert desk.run("generate", "--dry-run").out == ".github/CODEOWNERS\n"
    assert desk.run("generate").out == ".github/CODEOWNERS\n"
    head = desk.git.head()
    assert desk.run("generate").out == ""
    assert (desk.run("check").code, desk.git.head()) == (0, head)
