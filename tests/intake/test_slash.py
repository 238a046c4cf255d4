"""What is a command in a comment, and what is only words."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.desk import STEPS
from git_feedback.i18n import LANGUAGES, text
from git_feedback.intake import slash, slash_words
from git_feedback.intake.slash import Command, Unknown, parse
from git_feedback.intake.slash_words import HELP, NOT_HERE, PRIORITY, SHORTER, WORDS
from git_feedback.outbox.answers import OFFERED, example

ID = "Q261119-0AAJN0D"


def names(body: str) -> list[str]:
    return [one.name for one in parse(body).known]


def only(body: str) -> Command:
    (found,) = parse(body).commands
    assert isinstance(found, Command)
    return found


# ---- the table --------------------------------------------------------------------------------------------------------


def test_every_verb_that_a_person_may_use_has_an_english_and_a_chinese_word() -> None:
    by_people = {verb for verb, step in STEPS.items() if step.roles != ("machine",)}

    assert by_people | {PRIORITY, HELP} == set(WORDS)
    assert all(words.en and words.zh for words in WORDS.values())


def test_no_word_means_two_commands() -> None:
    words = [slash_words.key(one) for pair in WORDS.values() for those in pair for one in those] + list(SHORTER)

    assert len(words) == len(set(words))
    assert all(slash_words.key(one) == one for one in words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [one for one in WORDS if one not in NOT_HERE])
def test_every_example_of_the_help_is_a_whole_command_of_its_own_name(name: str, language: str) -> None:
    example = text(f"slash-usage-{name}", language)
    first = parse(example).commands[0]

    assert isinstance(first, Command)
    assert (first.name, first.language, first.args is not None) == (name, language, True)
    assert example.startswith(slash_words.word(name, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", OFFERED)
def test_every_example_below_an_issue_is_a_whole_command(verb: str, language: str) -> None:
    (found,) = parse(example(verb, language)).commands

    assert isinstance(found, Command)
    assert found.name == (PRIORITY if verb == "classify" else verb)
    assert found.args is not None


# ---- where a command begins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "/accept", "／accept", "/Accept", "/ＡＣＣＥＰＴ", "／受理", "/受理。", " /受理", "\u3000\u3000/受理", "/accept!",
        "/ac\u200bcept", "\u200b/\u2060受\u200b理", "/受理\r\n", "先谢谢大家\n/受理", "hello\r/accept", "hello\u2028/accept",
        "```\ncode\n```\n/accept", "> quoted\n\n/accept", "<!-- hidden --> \n/accept", "<pre>x</pre>\n/accept",
    ],
)  # fmt: skip
def test_a_command_is_read_however_it_is_typed(body: str) -> None:
    assert names(body) == ["accept"]


@pytest.mark.parametrize(
    "body",
    [
        "", "/", "//accept", "please /accept", "- /accept", "\\/accept", "/ accept", "accept", "`/accept`",
        "> /accept", " > /受理", "```\n/accept\n```", "~~~sh\n/accept", "````\n```\n/accept\n````", "    /accept", "\t/accept",
        "<!-- /accept -->", "<!--\n/accept\n-->", "<!-- never closed\n/accept", "<pre>\n/accept\n</pre>",
        "<code class=\"a\">\n/accept\n</code>", "/etc/passwd", "/usr/bin/env is gone", "/accept/me", "/note.txt", "/close_it/now",
        "/accept=1", "/accept*", "/close\\x", "/p1", "/1", "//", "/@lin", "https://x.example/accept", "/支付/退款",
    ],
)  # fmt: skip
def test_prose_paths_code_and_quotes_are_no_command(body: str) -> None:
    assert parse(body).commands == ()


@pytest.mark.parametrize(
    ("body", "near"),
    [("/acept", "/accept"), ("/asign @lin", "/assign"), ("/replly x", "/reply"), ("/受里", "/受理"), ("/受理了", "/受理"),
     ("/解决方案 见下", "/解决"), ("/取消关联一下", "/取消关联"), ("/xyzzy", None)],
)  # fmt: skip
def test_an_attempt_is_told_from_prose_and_the_nearest_word_is_known(body: str, near: str | None) -> None:
    (found,) = parse(body).commands

    assert isinstance(found, Unknown)
    assert found.near == near


@pytest.mark.parametrize("body", ["/tmp is full", "今天\n/tmp\n满了", "/支付失败，请看"])
def test_a_word_that_is_like_none_stays_prose(body: str) -> None:
    assert parse(body).commands == ()


def test_words_run_on_to_the_next_command_and_code_in_them_is_kept() -> None:
    found = parse("早上好\n/respond 第一行\n\n```\n/close\n```\n> 引用\n/tmp 目录\n/受理\n")

    assert found.said == "早上好"
    assert [one.name for one in found.known] == ["respond", "accept"]
    assert found.known[0].args == {"text": "第一行\n\n```\n/close\n```\n> 引用\n/tmp 目录"}


def test_an_item_after_the_command_is_the_one_to_act_on() -> None:
    assert only(f"/accept {ID}").item == ID
    assert only(f"/退回：{ID.lower()}：不是我们").item == ID.lower()
    assert only(f"/退回：{ID}：不是我们").args == {"reason": "不是我们"}
    assert only("/accept").item is None


def test_an_item_that_is_what_the_command_is_about_is_not_the_one_to_act_on() -> None:
    assert (only(f"/duplicate {ID}").item, only(f"/duplicate {ID}").args) == (None, {"of": ID})
    both = only(f"/重复 {ID} Q261119-5DVCFC5 同一天")
    assert (both.item, both.args) == (ID, {"of": "Q261119-5DVCFC5", "because": "同一天"})


def test_words_after_a_command_that_takes_none_are_kept_as_a_note() -> None:
    found = parse("/受理 我来处理")

    assert [(one.name, one.args) for one in found.known] == [("accept", {}), ("note", {"text": "我来处理"})]


def test_two_hundred_commands_in_one_comment_are_none() -> None:
    found = parse("/note 样例\n" * 200)

    assert (found.too_many, found.commands) == (True, ())
    assert len(parse("/note 样例\n" * slash.MOST).commands) == slash.MOST


# ---- laws -------------------------------------------------------------------------------------------------------------

_SIGNS = st.sampled_from(
    ["/", "／", "\n", " ", "```", "> ", "<!--", "-->", "/accept", "/指派", "@", "：", ID, "2026-11-25", "4 5"]
)


@given(st.lists(st.one_of(st.text(max_size=20), _SIGNS), max_size=12).map("".join))
@settings(max_examples=400, deadline=None)
def test_nothing_that_is_typed_raises(body: str) -> None:
    found = parse(body)

    assert all(one.name in WORDS for one in found.known)


@given(st.text(st.characters(exclude_characters="/／")), st.lists(st.sampled_from(list(WORDS)), max_size=3))
@settings(max_examples=200, deadline=None)
def test_prose_without_a_line_that_begins_with_a_stroke_gives_no_command(prose: str, words: list[str]) -> None:
    assert parse(" ".join([prose, *words])).commands == ()


@given(st.sampled_from([one for pair in WORDS.values() for those in pair for one in those] + list(SHORTER)))
def test_every_word_of_the_table_begins_a_command(word: str) -> None:
    assert parse(f"/{word} 4 5").known


def test_comments_that_nobody_sees_are_taken_out_of_a_line_one_by_one() -> None:
    assert names("<!-- a --> <!-- b -->/受理 <!-- c") == ["accept"]
    assert names("<!-- a\n/退回 x\n--> <!-- b --> /受理") == ["accept"]
    assert names("<!--/受理<!--\n/受理") == []


def test_thousands_of_begun_comments_on_one_line_take_no_time() -> None:
    before = process_time()
    parse("<!--" * 25_000)

    assert process_time() - before < 2
