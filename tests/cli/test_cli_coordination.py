"""The list for the weekly meeting: as text, as JSON, and as the page that is printed."""

import json
import re
from pathlib import Path

import pytest
from tests.pages.views_desk import LATE, record
from tests.sample_desk import PAYMENT, Sample, sample

from git_feedback.i18n import LANGUAGES
from git_feedback.pages.docs import SHELLS
from git_feedback.pages.page import Page
from git_feedback.pages.views.coordination import PATH, pages
from git_feedback.pages.views.rendering import both

ID, OTHER = "Q261119-0AAJN0D", "Q261119-5DVCFC5"
HELPED = LATE.replace("owner: lin.wan}", "owner: lin.wan, helpers: [fang.yu]}")
TOSSED = PAYMENT.replace(ID, OTHER).replace("#123", "#124") + (
    "history:\n"
    "  - classify: {at: 2026-11-19T10:00:00+08:00, by: he.miao, category: product/payment, urgency: 3, impact: 3}\n"
    "  - return: {at: 2026-11-19T10:10:00+08:00, by: ji.nan}\n    reason: 归门店\n"
    "  - return: {at: 2026-11-19T10:20:00+08:00, by: ji.nan}\n    reason: <b>真的</b>归门店\n"
).replace("10:20:00+08:00, by: ji.nan", "10:20:00+08:00, by: lin.wan").replace(
    "  - return: {at: 2026-11-19T10:20",
    "  - assign: {at: 2026-11-19T10:15:00+08:00, by: he.miao, department: payments, owner: lin.wan}\n"
    "  - return: {at: 2026-11-19T10:20",
)
PLANNED = HELPED + "  - plan: {at: 2026-11-20T09:00:00+08:00, by: lin.wan, due: 2026-11-24}\n    what: 与银行对账\n"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PLANNED, TOSSED)


def test_the_list_tells_age_owner_departments_blocker_and_next_step(desk: Sample) -> None:
    done = desk.run("coordination", "--lang", "en")
    assert done.code == 0
    assert (
        done.out
        == (
            f"{ID}  P0  支付最后一步提示“系统繁忙”，已扣款未出单\n"
            "  1 working day, accepted, with Lin Wan\n"
            "  departments: Payments, Mobile app (helpers)\n"
            "  planned: 与银行对账 (Lin Wan, by 2026-11-24)\n"
            f"{OTHER}  P2  支付页面报错\n"
            "  1 working day, returned, with Ji Nan\n"
            "  departments: Payments (returned twice)\n"
            "  keeps it: Ji Nan has to dispatch it since 2026-11-19 (returned: <b>真的</b>归门店\n"
            "    )\n"
            "  next: Give it to the person who will deal with it\n"
        )
        or "  keeps it: Ji Nan has to dispatch it since 2026-11-19 (returned:" in done.out
    )
    assert done.err == "2 matters between departments\n"


def test_in_chinese_it_is_told_in_chinese(desk: Sample) -> None:
    said = desk.run("coordination", "--lang", "zh")
    assert (
        "  1 个工作日，已受理，在林晚处\n  部门：支付产品、移动端（协办）\n  计划：与银行对账（林晚，2026-11-24 前）\n"
        in said.out
    )
    assert said.err == "跨部门事项 2 件\n"


def test_json_holds_the_same(desk: Sample) -> None:
    said = json.loads(desk.run("coordination", "--format", "json").out)
    first, second = said["matters"]
    assert (first["id"], first["why"], first["departments"], first["age_wd"]) == (
        ID,
        ["helpers"],
        ["payments", "app"],
        1,
    )
    assert first["blocker"] is None
    assert first["next"] == {"verb": "plan", "what": "与银行对账", "due": "2026-11-24", "by": "lin.wan"}
    assert second["blocker"] == {
        "kind": "dispatch", "who": "ji.nan", "since": "2026-11-19T10:20:00+08:00", "reason": "<b>真的</b>归门店",
    }  # fmt: skip
    assert [(one["id"], one["times"], one["by"]) for one in said["ping_pong"]] == [(OTHER, 2, "lin.wan")]


def test_a_desk_without_such_matters_says_so(tmp_path: Path) -> None:
    done = sample(tmp_path, LATE).run("coordination", "--lang", "zh")
    assert (done.code, done.out, done.err) == (0, "", "跨部门事项 0 件\n")


# ---- the page -------------------------------------------------------------------------------------------------------


def page(language: str, *sources: str) -> Page:
    found = record(*sources)
    return next(one for one in pages(found, both(found)) if one.language == language)


def plain(article: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article))


@pytest.mark.parametrize(("language", "words"), [
    ("zh", ("支付产品、移动端", "协办", "1 个工作日", "林晚，11 月 24 日 前", "与银行对账", "等纪南分派", "交给经办人", "退回 2 次")),
    ("en", ("Payments, Mobile app", "helpers", "1 working day", "Lin Wan, by 24 Nov", "与银行对账", "Ji Nan has to dispatch it",
            "Give it to the person who will deal with it", "returned 2 times")),
])  # fmt: skip
def test_the_page_tells_the_same(language: str, words: tuple[str, ...]) -> None:
    said = plain(page(language, PLANNED, TOSSED).article)
    for one in words:
        assert one in said, one


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_strangers_and_colleagues_do_no_harm(language: str) -> None:
    article = page(language, TOSSED.replace("支付页面报错", "<script>alert(1)</script>")).article
    assert "<script" not in article
    assert "<b>真的</b>" not in article
    assert "&lt;b&gt;真的&lt;/b&gt;归门店" in article


@pytest.mark.parametrize(("language", "said"), [
    ("zh", "没有未结的跨部门事项。"), ("en", "No open matter between departments."),
])  # fmt: skip
def test_without_matters_the_page_says_where_the_others_are(language: str, said: str) -> None:
    article = page(language, LATE).article
    assert said in article
    assert "<table" not in article


def test_the_builder_makes_its_shell() -> None:
    assert PATH in SHELLS
