"""Comments of the desk's people: every verb, who may, once, at their own moment."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.jobs.commented_desk import (
    ACCEPTED,
    CLASSIFIED,
    CUSTOMER,
    OWNED,
    STRANGER,
    Commented,
    commented,
    id_of,
    issue_item,
    login,
)
from tests.sample_desk import PAYMENT, git

from git_feedback.desk import STEPS, legal
from git_feedback.hosts.provider import Comment
from git_feedback.intake import slash
from git_feedback.intake.issues import Issue
from git_feedback.intake.slash_words import NOT_HERE, WORDS, word
from git_feedback.jobs.auditing import audit
from git_feedback.jobs.commenting import told
from git_feedback.store import Git, read

ITEM = id_of(12)
LIN, HE, JI, SHEN, GU = "Lin-Wan", "HE-MIAO", "ji-nan", "shen-mu", "gu-heng"
MAIL = "Q261119-0AAJN0D"

DONE = (
    (12, HE, "/classify product/bug 3 3", "/分类 product/bug 3 3", "classify"),
    (12, HE, "/priority 4 4 because nobody can pay", "/优先级 4 4 因为无人能付款", "classify"),
    (12, HE, "/assign @Lin-Wan", "/指派 @林晚", "assign"),
    (12, LIN, "/return not ours", "/退回：不是我们的", "return"),
    (12, HE, "/assign payments", "/分派 支付产品", "assign"),
    (12, HE, "/assign payments, @lin.wan @ji-nan because they know it", "/指派 payments @林晚 @纪南 因为他们熟悉", "assign"),
    (12, LIN, "/accept", "/受理", "accept"),
    (12, LIN, "/ask device: Which phone?", "/询问 设备：哪款手机？", "ask"),
    (12, LIN, "/supply iPhone 15", "/补充 iPhone 15", "supply"),
    (12, JI, "/message He called again", "/来信 客户又来电", "message"),
    (12, LIN, "/respond We found the cause.", "/回应 已经找到原因。", "respond"),
    (12, JI, "/note same as last week", "/备注 与上周相同", "note"),
    (12, LIN, "/plan new release by 2026-11-25", "/计划 新版本，2026-11-25 前", "plan"),
    (12, LIN, "/snooze until 2026-11-24 because of the release", "/暂缓 2026-11-24 等发布", "snooze"),
    (12, HE, "/exempt resolve until 2026-12-01 because of the law", "/免除时限 解决 2026-12-01 等法规", "exempt"),
    (12, LIN, "/copy stores, brand", "/抄送 门店，品牌", "copy"),
    (12, LIN, "/link article knowledge/refund-cards", "/关联 文章 knowledge/refund-cards", "link"),
    (12, LIN, "/unlink article knowledge/refund-cards", "/取消关联 文章 knowledge/refund-cards", "unlink"),
    (12, LIN, f"/split {MAIL}", f"/拆分 {MAIL}", "split"),
    (12, LIN, "/escalate third call today", "/升级 今天第三次来电", "escalate"),
    (12, LIN, "/resolve Fixed\ncause: timeout\nmeasure: an alarm", "/解决 已修复\n原因：超时\n措施：加监控", "resolve"),
    (12, SHEN, "/review fail no cause", "/复核 不通过 原因不清", "review"),
    (12, LIN, "/resolve Fixed again", "/解决 又修了一次", "resolve"),
    (12, SHEN, "/review pass", "/复核 通过", "review"),
    (12, LIN, "/notify progress We are on it.", "/通知 进展 正在处理。", "notify"),
    (12, LIN, "/reply Please update to 3.2.1.", "/回复 请更新到 3.2.1。", "reply"),
    (12, JI, "/follow-up satisfied 5/5 quick", "/回访 满意 5/5 很快", "follow-up"),
    (12, HE, "/reward points 200", "/奖励 积分 200", "reward"),
    (12, GU, "/close", "/结案", "close"),
    (12, JI, "/reopen recurring it came back", "/重新打开 复发 又出现了", "reopen"),
    (12, JI, "/note wrong item", "/备注 写错了", "note"),
    (12, JI, "/retract the wrong item", "/撤回 写错了反馈", "retract"),
    (13, HE, "/reject spam", "/不予受理 垃圾信息", "reject"),
    (14, HE, "/duplicate #12", "/重复 #12", "duplicate"),
)  # fmt: skip
"""Issue, who, what in English, what in Chinese, and the verb that is written."""


@pytest.fixture
def desk(tmp_path: Path) -> Commented:
    return commented(tmp_path)


def owned(folder: Path) -> Commented:
    return commented(folder, issue_item(12, CLASSIFIED, OWNED), PAYMENT)


# ---- every verb -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_verb_is_done_by_comments_in_either_language(tmp_path: Path, language: str) -> None:
    desk = commented(tmp_path, issue_item(12), issue_item(13), issue_item(14), PAYMENT)

    for number, who, english, chinese, verb in DONE:
        taken = desk.comment(who, english if language == "en" else chinese, number)
        assert taken.done == ((verb, id_of(number)),), (taken.lines, english)
        assert taken.language == language

    assert {row[4] for row in DONE} == set(STEPS) - {"alarm", *NOT_HERE}
    checked = desk.desk.run("check", now=desk.now.isoformat())
    assert checked.code == 0, checked.out
    assert audit(Git(desk.root), desk.policy).findings == ()


def test_the_words_of_a_command_are_the_fields_of_its_event(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    desk.comment(LIN, "/受理")

    desk.comment(LIN, "/解决 已退款\n\n单号 123\n原因：超时\n措施：加监控")

    event = desk.last(ITEM).model_dump(mode="json", exclude={"at"})
    assert event == {
        "verb": "resolve", "by": "lin.wan", "result": "已退款\n\n单号 123", "cause": "超时", "measure": "加监控",
    }  # fmt: skip


def test_several_commands_are_one_commit_that_names_them_in_their_order(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    before = git(desk.root, "rev-list", "--count", "HEAD")

    said = desk.say(LIN, "大家早\n/受理\n/回应 已经在查。\n稍后再告诉您。\n/备注 查支付网关")
    taken = desk.take(said)

    assert [verb for verb, _ in taken.done] == ["accept", "respond", "note"]
    assert git(desk.root, "log", "-1", "--format=%s").strip() == "comment github#12: accept, respond, note by lin.wan"
    assert int(git(desk.root, "rev-list", "--count", "HEAD")) == int(before) + 1
    moments = [event.at - said.at for event in desk.item(ITEM).history[-3:]]
    assert moments == [timedelta(seconds=n) for n in range(3)]


def test_a_command_after_a_refused_one_is_done_all_the_same(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    taken = desk.comment(LIN, "/回复 已好\n/受理\n/acept\n/复核")

    assert taken.done == (("accept", ITEM),)
    assert taken.refused == 3
    assert taken.lines[1] == f"/受理：已执行，{ITEM}"
    assert "/受理" in taken.lines[0] and "已指派" in taken.lines[0]
    assert "/accept" in taken.lines[2]
    assert "/复核 通过" in taken.lines[3]


def test_a_command_names_an_item_that_has_no_issue(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    taken = desk.comment(HE, f"/classify {MAIL.lower()} product/bug\n/分类 Q261119-0AAJN0O product/bug")

    assert taken.done == (("classify", MAIL),)
    assert taken.item == ITEM and taken.items == (MAIL,)
    assert "Q261119-0AAJN0O" in taken.lines[1]


def test_below_an_issue_that_became_no_item_the_item_is_to_be_named(desk: Commented) -> None:
    nothing = desk.comment(HE, "/受理", 99)
    named = desk.comment(HE, f"/受理 {ITEM}", 99)

    assert (nothing.done, nothing.item) == ((), None)
    assert "#99" in nothing.lines[0]
    assert named.done == (("accept", ITEM),)


def test_an_item_is_found_by_its_key_wherever_its_file_lies(tmp_path: Path) -> None:
    text = issue_item(12, CLASSIFIED, OWNED)
    desk = commented(tmp_path, text.replace(ITEM, MAIL), issue_item(13), issue_item(2))

    assert desk.comment(LIN, "/受理").item == MAIL


@pytest.mark.parametrize("kind", ["gitlab", "gitea"])
def test_an_issue_of_another_host_is_found_by_its_own_key(tmp_path: Path, kind: str) -> None:
    desk = commented(tmp_path, issue_item(12, CLASSIFIED, OWNED), issue_item(12, CLASSIFIED, OWNED, kind=kind))

    taken = desk.take(desk.say(LIN, "/受理", kind=kind))

    assert taken.done == (("accept", id_of(12, kind)),)


# ---- who may ----------------------------------------------------------------------------------------------------------


def test_what_a_role_forbids_is_refused_with_those_who_may(desk: Commented) -> None:
    taken = desk.comment("wen-jing", "/assign @lin.wan\n/priority 5 5 because he shouted")

    assert (taken.done, taken.refused) == ((), 2)
    assert "wen.jing" in taken.lines[0] and "coordinator" in taken.lines[0]


def test_a_level_that_needs_a_higher_role_is_refused_as_everywhere(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    ran = desk.desk.run(
        "classify", ITEM, "--category", "product/bug", "--urgency", "5", "--impact", "5", "--by", "tang.li"
    )

    taken = desk.comment("tang-li", "/priority 5 5 because it burns")

    assert ran.code == 1
    assert (taken.done, taken.refused) == ((), 1)
    assert "tang.li" in taken.lines[0]


def test_whoever_solved_it_does_not_review_it(tmp_path: Path) -> None:
    desk = commented(tmp_path, issue_item(12, CLASSIFIED, OWNED, ACCEPTED))
    desk.comment(LIN, "/resolve done")

    assert desk.comment(LIN, "/review pass").refused == 1
    assert desk.comment(SHEN, "/review pass").done == (("review", ITEM),)


def test_only_legal_commands_are_offered_in_the_words_of_comments(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    (english,) = desk.comment(LIN, "/reply done").lines
    (chinese,) = desk.comment(LIN, "/回复 好了").lines

    assert "/accept, /return" in english and "/close" not in english
    assert "/受理、/退回" in chinese


def test_help_lists_what_this_person_may_write_now(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    owner, analyst = desk.comment(LIN, "/help").lines, desk.comment("wen-jing", "/帮助").lines

    assert any(line.startswith("/accept") for line in owner) and not any(line.startswith("/reply") for line in owner)
    assert not any(line.startswith("/受理") for line in analyst) and any(line.startswith("/备注") for line in analyst)
    possible = {slash.parse(line).known[0].name for line in owner[1:]}
    assert possible - {"help", "priority"} <= set(legal("assigned"))
    assert desk.item(ITEM).history[-1].verb == "assign"


def test_help_below_an_issue_without_an_item_lists_everything(desk: Commented) -> None:
    assert len(desk.comment(LIN, "/help", 99).lines) == len(WORDS) - len(NOT_HERE) + 1


@pytest.mark.parametrize("body", ["/correct title", "/erase", "/更正 标题", "/删除个人信息"])
def test_what_needs_more_than_words_names_the_command_line(desk: Commented, body: str) -> None:
    taken = desk.comment(HE, body)

    assert (taken.done, taken.refused) == ((), 1)
    assert "git feedback" in taken.lines[0]


def test_words_among_colleagues_are_nobodys_business(desk: Commented) -> None:
    taken = desk.comment(LIN, "我看看。\n> /受理\n请用 /assign 指派")

    assert (taken.who, taken.lines, taken.done) == ("desk", (), ())


# ---- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "owner", "department"),
    [("@lin-wan", "lin.wan", "payments"), ("@LIN.WAN", "lin.wan", "payments"), ("林晚", "lin.wan", "payments"),
     ("Lin Wan", "lin.wan", "payments"), ("@萨姆 · 奥卡福", "sam.okafor", "logistics"), ("Sam Okafor, Tang Li", "sam.okafor", "logistics"),
     ("stores @lin-wan", "lin.wan", "stores"), ("门店", "zhao.qinghe", "stores"), ("Mobile app", "fang.yu", "app"),
     ("＠林晚。", "lin.wan", "payments")],
)  # fmt: skip
def test_people_and_departments_are_known_by_what_they_are_called(
    desk: Commented, words: str, owner: str, department: str
) -> None:
    assert desk.comment(HE, f"/指派 {words}").done == (("assign", ITEM),)
    assert (desk.state(ITEM).owner, desk.state(ITEM).department) == (owner, department)


def test_a_name_that_two_people_have_is_refused_with_both_ids(desk: Commented) -> None:
    people = desk.root / "policy/people.yml"
    people.write_text(people.read_text("utf-8").replace("{en: Tang Li, zh: 唐砺}", "{en: Tang Li, zh: 林晚}"), "utf-8")

    taken = desk.comment(HE, "/assign @林晚")

    assert taken.done == ()
    assert "lin.wan, tang.li" in taken.lines[0]
    assert desk.comment(HE, "/assign @lin-wan").done


@pytest.mark.parametrize(
    "words", ["@$(rm -rf /)", "@nobody-at-all", "`id`", "<img src=x onerror=alert(1)>", "@@@", "payments stores"]
)
def test_a_name_that_nobody_has_is_refused(desk: Commented, words: str) -> None:
    taken = desk.comment(HE, f"/assign {words}")

    assert (taken.done, taken.refused) == ((), 1)
    assert desk.state(ITEM).life == "triaged"


def test_a_name_with_a_typing_mistake_is_answered_with_the_one_that_was_meant(desk: Commented) -> None:
    (line,) = desk.comment(HE, "/assign @lin-wann").lines

    assert "lin.wan" in line and "tess.ferro" not in line


def test_a_category_is_known_by_id_by_its_last_part_and_by_name(tmp_path: Path) -> None:
    desk = commented(tmp_path, issue_item(12))
    bug = desk.policy.categories["product/bug"]

    for written in ("product/bug", "bug", bug.name.zh, bug.name.en, "PRODUCT/BUG"):
        assert desk.comment(HE, f"/classify {written}").done == (("classify", ITEM),), written
        assert desk.state(ITEM).category == "product/bug"
    assert desk.comment(HE, "/classify nothing/at-all").refused == 1


def test_a_priority_before_a_category_says_what_comes_first(tmp_path: Path) -> None:
    desk = commented(tmp_path, issue_item(12))

    taken = desk.comment(HE, "/优先级 4 4")

    assert taken.done == () and "/分类" in taken.lines[0]


def test_a_priority_keeps_the_tags(tmp_path: Path) -> None:
    tagged = CLASSIFIED.replace('impact: "3"', 'impact: "3", scope: common, tags: [gateway]')
    desk = commented(tmp_path, issue_item(12, tagged))

    desk.comment(HE, "/priority 4 3")

    assert desk.state(ITEM).tags == ("gateway",)
    assert desk.last(ITEM).model_dump(include={"urgency", "impact", "scope"}) == {
        "urgency": 4,
        "impact": 3,
        "scope": "common",
    }


# ---- what goes without saying ----------------------------------------------------------------------------------------


def test_reopening_without_a_kind_follows_what_the_customer_said(tmp_path: Path) -> None:
    replied = ACCEPTED + "".join(
        f"  - {verb}: {{at: 2026-11-19T1{n}:00:00+08:00, by: {by}{more}}}\n{words}"
        for n, (verb, by, more, words) in enumerate(
            (("resolve", "lin.wan", "", "    result: 修好\n"), ("review", "shen.mu", ", verdict: pass", ""),
             ("reply", "lin.wan", "", "    text: 修好\n"))
        )
    )  # fmt: skip
    desk = commented(tmp_path, issue_item(12, CLASSIFIED, OWNED, replied), issue_item(13, CLASSIFIED, OWNED, replied))
    desk.comment(CUSTOMER, "/不满意 还是打不开")

    desk.comment(JI, "/reopen he is right")
    desk.comment(JI, "/reopen it came back", 13)

    assert getattr(desk.last(ITEM), "kind", "") == "unsatisfied"
    assert getattr(desk.last(id_of(13)), "kind", "") == "recurring"


def test_a_question_without_words_asks_for_the_fields_in_the_language_of_the_customer(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    said = desk.say(LIN, "/ask device")
    taken = desk.take(said)

    asked = desk.last(ITEM).model_dump(include={"missing", "question"})
    assert asked["missing"] == ("device",) and "设备" in asked["question"]
    assert taken.lines == (f"/ask: asked, {ITEM}: {asked['question']}",) == desk.again(said, timedelta(hours=1)).lines
    assert desk.comment(JI, "/ask").refused == 1


# ---- once -------------------------------------------------------------------------------------------------------------


BODY = "/受理\n/回应 已经在查。\n/备注 同上\n/备注 同上\n/计划 新版本 2026-11-25\n/回复 早了"


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=3), timedelta(days=9)])
def test_a_second_run_for_the_same_comment_writes_nothing_and_says_the_same(tmp_path: Path, later: timedelta) -> None:
    desk = owned(tmp_path)
    said = desk.say(LIN, BODY)
    first = desk.take(said)
    before = git(desk.root, "rev-parse", "HEAD")

    again = desk.again(said, later)

    assert (len(first.done), again.done, again.already) == (5, (), True)
    assert again.lines == first.lines
    assert git(desk.root, "rev-parse", "HEAD") == before
    assert git(desk.root, "status", "--porcelain") == ""


def test_the_same_words_in_a_new_comment_are_done_again(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    assert desk.comment(LIN, "/备注 还在等").done and desk.comment(LIN, "/备注 还在等").done
    assert [event.verb for event in desk.item(ITEM).history[-2:]] == ["note", "note"]


def test_a_command_that_was_refused_is_not_done_later_when_the_item_has_moved_on(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    said = desk.say(LIN, "/解决 早了")
    assert desk.take(said).refused == 1
    desk.comment(LIN, "/受理")

    again = desk.again(said, timedelta(hours=1))

    assert (again.done, again.refused) == ((), 1)
    assert desk.last(ITEM).verb == "accept"


def test_a_comment_that_a_lost_run_missed_is_taken_up_after_other_things_happened(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    missed = desk.say(LIN, "/受理\n/回应 在查")
    desk.now += timedelta(minutes=5)
    desk.comment(JI, "/备注 先来的")

    taken = desk.again(missed, timedelta(minutes=30))

    assert [verb for verb, _ in taken.done] == ["accept", "respond"]
    assert [event.at for event in desk.item(ITEM).history[-2:]] == [desk.now, desk.now + timedelta(seconds=1)]
    assert desk.again(missed, timedelta(minutes=30)).already
    assert audit(Git(desk.root), desk.policy).findings == ()


def test_a_comment_of_days_ago_is_written_down_as_of_now(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    desk.take(desk.say(LIN, "/受理", ago=timedelta(hours=24, minutes=30)))

    assert desk.last(ITEM).at == desk.now


def test_an_edited_comment_does_nothing_and_says_so(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    edited = desk.take(desk.say(LIN, "/受理", action="edited"))
    prose = desk.take(desk.say(LIN, "我看看", action="edited"))
    gone = desk.take(desk.say(LIN, "/受理", action="deleted"))

    assert (edited.done, len(edited.lines)) == ((), 1) and "修改" in edited.lines[0]
    assert (prose.lines, gone.lines, gone.done) == ((), (), ())


def test_a_comment_from_the_future_is_refused(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    ahead = desk.take(desk.say(LIN, "/受理", ago=-timedelta(hours=2)))
    skewed = desk.take(desk.say(LIN, "/受理", ago=-timedelta(minutes=2)))

    assert (ahead.done, ahead.refused) == ((), 1)
    assert skewed.done == (("accept", ITEM),)


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    before = (desk.root / f"feedback/2026/11/{ITEM}.yml").read_bytes()

    taken = desk.take(desk.say(LIN, "/受理"), dry_run=True)

    assert taken.done == (("accept", ITEM),)
    assert (desk.root / f"feedback/2026/11/{ITEM}.yml").read_bytes() == before


# ---- hostile ----------------------------------------------------------------------------------------------------------


def test_numbers_and_addresses_in_a_command_are_masked(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    desk.comment(LIN, "/备注 回电 13812345678 或 li.lei@example.com")

    text = desk.desk.text(f"feedback/2026/11/{ITEM}.yml")
    assert "13812345678" not in text and "li.lei@example.com" not in text


def test_too_many_commands_are_told_in_one_line(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    taken = desk.comment(LIN, "/备注 样例\n" * 200)

    assert (taken.done, len(taken.lines), taken.refused) == ((), 1, 1)


def test_a_comment_of_the_largest_size_is_refused_by_the_limit_of_words(tmp_path: Path) -> None:
    desk = owned(tmp_path)

    taken = desk.comment(LIN, "/备注 " + "字" * 65_000)

    assert (taken.done, taken.refused) == ((), 1)
    assert len(taken.lines[0]) < 300


def test_a_broken_file_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    path = desk.root / f"feedback/2026/11/{ITEM}.yml"
    path.write_text(path.read_text("utf-8").replace("channel: issue-form", "channel: [issue-form"), encoding="utf-8")

    taken = desk.comment(LIN, "/受理")

    assert (taken.done, taken.refused) == ((), 1)
    assert ITEM in taken.lines[0]


@pytest.mark.parametrize("who", ["", "dependabot[bot]", "project_3_bot_x"])
def test_what_a_host_lists_of_machines_is_nobodys(tmp_path: Path, who: str) -> None:
    desk = owned(tmp_path)

    assert desk.take(told(_listed("/受理", own=True), _issue(), "github")).done == ()
    assert desk.take(told(_listed("新版本已发布", who=who), _issue(), "github")).done == ()


def _issue() -> Issue:
    return Issue(number=12, created_at=datetime.fromisoformat("2026-11-19T01:31:00Z"), login=CUSTOMER)


def _listed(body: str, *, own: bool = False, edited: bool = False, who: str = "lin-wan") -> Comment:
    at = datetime.fromisoformat("2026-11-20T03:05:30Z")
    return Comment("77", 12, who, body, at, at + timedelta(hours=1) if edited else at, own)


def test_a_comment_that_a_host_lists_is_taken_like_one_that_an_event_tells(tmp_path: Path) -> None:
    desk = owned(tmp_path)
    desk.now += timedelta(minutes=5)

    taken = desk.take(told(_listed("/受理"), _issue(), "github"))
    edited = desk.take(told(_listed("/退回 算了", edited=True), _issue(), "github"))
    message = desk.take(told(_listed("有进展吗", who=CUSTOMER), _issue(), "github"))
    other = desk.take(told(_listed("/受理", who=STRANGER), _issue(), "github"))

    assert (taken.done, edited.done) == ((("accept", ITEM),), ())
    assert (message.who, message.done) == ("customer", (("message", ITEM),))
    assert (other.who, other.done) == ("reader", ())
    assert login("lin.wan") == "lin-wan"


# ---- a law ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Commented:
    return commented(tmp_path_factory.mktemp("steady"), issue_item(12, CLASSIFIED, OWNED, ACCEPTED), PAYMENT)


_PIECES = st.sampled_from([
    *(f"\n{word(name, language)} " for name in WORDS for language in ("en", "zh")), MAIL, ITEM, "#12", "@lin-wan", "支付产品", "@",
    "product/bug", "4 5", "5/5", "2026-11-25", "2026-02-31", "because", "因为", "cause:", "原因：", "spam", "satisfied", "通过", "设备",
    "respond", "resolve", "\u202e", "\u200b", "\x00", "\ufeff", "- accept: {}", "13812345678", ":", "，",
])  # fmt: skip


@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=10).map("".join),
    st.sampled_from([LIN, HE, CUSTOMER, STRANGER]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_every_file_can_be_read_and_every_refusal_is_said(
    steady: Commented, body: str, who: str
) -> None:
    taken = steady.take(steady.say(who, body), dry_run=True)

    assert len(taken.lines) >= taken.refused
    assert bool(taken.files) == bool(taken.done)
    for path, content in taken.files.items():
        assert len(read(content, file=path).history) >= len(read((steady.root / path).read_bytes()).history) + 1
