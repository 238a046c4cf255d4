"""Training in a real Chromium: a newcomer's course from its start to the certificate, quizzes that explain, cases, drills."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import served
from tests.pages.training_sample import HOSTILE, built, desk

from git_feedback.i18n import LANGUAGES
from git_feedback.store.passes import read_pass

pytestmark = pytest.mark.browser
Look = Callable[..., Any]
PAGES = (
    "index.html", "newcomer.html", "quiz-basics.html?seed=7", "quiz-order.html?seed=7", "case-double-charge.html",
    "play-angry-caller.html", "practice-quick-word.html", "drill.html?n=3&seed=4", "changed.html", "certificate.html?course=newcomer",
)  # fmt: skip
PASSED = {"day": "2026-11-20", "version": 1, "score": 100, "right": 3, "of": 3}
RIGHT = {
    "Whoever has the item",
    "What you have seen",
    "What happens next",
    "反馈的负责人",
    "你看到了什么",
    "接下来怎么办",
}
STEPS = {"en": ["Classify", "Accept", "Resolve", "Reply"], "zh": ["分类", "受理", "解决", "回复"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built(tmp_path_factory.mktemp("training"), desk()).site) as there:
        yield there


@pytest.fixture
def look(chromium: Any, address: str) -> Iterator[Look]:
    """Opens pages of training in one browser; what the console minds, or a request that leaves the site, fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(path: str, kept: dict[str, Any] | None = None, context: Any = None, **options: Any) -> Any:
        if context is None:
            context = chromium.new_context(**options)
            contexts.append(context)
            if kept is not None:
                record = {
                    "version": 1,
                    "name": "",
                    "person": "",
                    "ticks": {},
                    "quizzes": {},
                    "articles": {},
                    "courses": {},
                    "cases": {},
                    "drills": [],
                }
                said = json.dumps(json.dumps(record | kept))
                context.add_init_script(
                    f"if (!localStorage.length) localStorage.setItem('git-feedback.training.1 /', {said})"
                )
        page = context.new_page()
        page.set_default_timeout(6000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda sent: complaints.append(sent.url) if not sent.url.startswith((address, "blob:")) else None
        )
        language, _, name = path.partition("/")
        page.goto(f"{address}/{language}/training/{name}")
        page.wait_for_selector("[data-ready]", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def go(page: Any, path: str) -> None:
    """Open another page of training in the same window."""
    page.goto(re.sub(r"/training/.*", f"/training/{path}", page.url))
    page.wait_for_selector("[data-ready]", state="attached")


def kept(page: Any) -> dict[str, Any]:
    """What the browser remembers."""
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('git-feedback.training.1 /')"))
    return found


def answer(page: Any, right: bool, language: str = "zh") -> None:
    """Answer the question that is there, and count an answer in own words as right or wrong."""
    form = page.locator("form.fb-question")
    if form.locator("textarea").count():
        form.locator("textarea").fill("明天 17:00 前，银行那时才答复。")
    elif form.locator(".fb-ordering").count():
        arrange(page, STEPS[language] if right else STEPS[language][::-1])
    else:
        for label in form.locator(".fb-choices label").all():
            if (label.locator("span").first.inner_text() in RIGHT) == right:
                label.locator("input").check()
    form.locator("button[type=submit]").click()
    judging = page.locator(".fb-told-answer button:not(.fb-button--main)")
    if judging.count():
        judging.nth(0 if right else 1).click()


def arrange(page: Any, wanted: list[str]) -> None:
    """Bring steps into an order with their buttons."""
    for place, step in enumerate(wanted):
        while page.locator(".fb-ordering > li > span:first-child").all_inner_texts().index(step) > place:
            page.locator(".fb-ordering > li", has_text=step).locator("[data-by='-1']").click()


def take(page: Any, right: bool, language: str = "zh") -> None:
    """Answer everything of a quiz."""
    while page.locator("form.fb-question").count():
        answer(page, right, language)
        page.locator(".fb-told-answer .fb-button--main").click()
    page.locator("[data-slot=result]").wait_for()


# ---- a course ---------------------------------------------------------------------------------------------------------


def test_a_newcomer_goes_from_the_first_page_through_a_failed_and_a_passed_quiz_to_the_certificate(look: Look) -> None:
    page = look("zh/index.html")
    page.get_by_role("link", name="第一周").click()
    page.wait_for_selector("[data-ready]", state="attached")
    assert page.locator("[data-slot=progress]").inner_text() == "已完成 0 / 9 步"
    for step in ("read:refund", "page:handbook/life", "play:angry-caller", "practice:quick-word", "do:8"):
        page.locator(f"[data-step='{step}'] input").check()
    assert page.locator("[data-slot=progress]").inner_text() == "已完成 5 / 9 步"
    page.get_by_role("link", name="基础测验").click()
    page.wait_for_selector("form.fb-question")
    take(page, right=False)
    assert page.locator("[data-slot=result]").inner_text() == "还没通过"
    assert "答对 0 / 3，即 0 %；60 % 为通过。" in page.locator(".fb-result").inner_text()
    missed = page.locator(".fb-missed").inner_text()
    assert "正确答案：你看到了什么 · 接下来怎么办" in missed or "正确答案：接下来怎么办 · 你看到了什么" in missed
    assert (
        page.locator(".fb-missed a", has_text="退款多久到账")
        .first.get_attribute("href")
        .endswith("/zh/knowledge/refund.html")
    )
    assert "pass" not in kept(page)["quizzes"]["basics"]
    page.get_by_role("button", name="换个题序再来").click()
    take(page, right=True)
    assert page.locator("[data-slot=result]").inner_text() == "通过"
    assert kept(page)["quizzes"]["basics"]["tries"] == 2
    assert "newcomer" not in kept(page)["courses"], "a quiz is left"
    go(page, "quiz-order.html")
    take(page, right=True)
    page.get_by_role("link", name="去看证书").click()
    page.locator("[data-slot=person]").select_option("lin.wan")
    page.locator("[data-slot=name]").fill(f"林晚 {HOSTILE}")
    shown = page.locator(".fb-certificate").inner_text()
    assert f"林晚 {HOSTILE}" in shown
    assert "第一周" in shown
    assert "2026 年 11 月 20 日" in shown
    assert "100 %" in shown
    page.locator("details summary").click()
    given = read_pass(page.locator("[data-slot=file]").inner_text().encode(), "pass.yml")
    assert (given.id, given.person, given.course, given.version, given.score) == (
        "T-261120-lin.wan-newcomer",
        "lin.wan",
        "newcomer",
        3,
        100,
    )
    assert given.articles == {"refund": 2}
    assert page.locator("[data-slot=file-name]").inner_text() == f"feedback/training/{given.id}.yml"
    with page.expect_download() as download:
        page.locator("[data-way=download] a").click()
    assert read_pass(download.value.path().read_bytes(), "pass.yml") == given
    assert f"train record --from {given.id}.yml" in page.locator(".fb-cmd").inner_text()
    assert page.locator("[data-way=mail] a").get_attribute("href").startswith("mailto:wen.jing@")
    go(page, "index.html")
    assert (
        "2026 年 11 月 20 日 通过，成绩 100 %。有效至 2027 年 5 月 20 日。"
        in page.locator("[data-course=newcomer]").inner_text()
    )


def test_the_same_course_is_passed_with_the_keyboard_alone(look: Look) -> None:
    page = look("en/quiz-basics.html?seed=3")
    press = page.keyboard.press
    page.evaluate(
        "document.querySelector('.fb-quiz').setAttribute('tabindex', '-1'); document.querySelector('.fb-quiz').focus()"
    )
    for _ in range(3):
        _answer_by_keyboard(page)
        press("Tab") if not page.locator(".fb-told-answer a").count() else [press("Tab"), press("Tab")]
        press("Enter")
    assert page.evaluate("document.activeElement.dataset.slot") == "result", "the result is read first"
    assert page.locator("[data-slot=result]").get_attribute("data-passed") == "1"
    go(page, "quiz-order.html?seed=7")
    for _ in range(9):
        now = page.locator(".fb-ordering > li > span:first-child").all_inner_texts()
        wrong = next((n for n, step in enumerate(STEPS["en"]) if now[n] != step), None)
        if wrong is None:
            break
        _reach(page, f"Move up: {STEPS['en'][wrong]}")
        press("Enter")
        assert "Move up" in page.evaluate("document.activeElement.getAttribute('aria-label')"), (
            "the focus goes with the step"
        )
    _reach(page, "Check the answer")
    press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Right."
    _reach(page, "See the result")
    press("Enter")
    _reach(page, "To the certificate")
    press("Enter")
    page.wait_for_selector("[data-slot=ready]:not([hidden])")
    _reach(page, "Your name as it is to be printed")
    page.keyboard.type("Lin Wan")
    assert page.locator("[data-slot=shown-name]").inner_text() == "Lin Wan"


def _answer_by_keyboard(page: Any) -> None:
    form = page.locator("form.fb-question")
    if form.locator("textarea").count():
        _reach(page, "", "textarea")
        page.keyboard.type("Tomorrow 17:00, the bank answers then.")
        _reach(page, "Show the model answer")
        page.keyboard.press("Enter")
        _reach(page, "Count it as right")
        page.keyboard.press("Enter")
        return
    labels = form.locator(".fb-choices label span:first-of-type").all_inner_texts()
    _reach(page, "", "input")
    if form.locator("[type=radio]").count():
        page.keyboard.press("Space")
        for _ in range(next(n for n, one in enumerate(labels) if one in RIGHT)):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        return
    for one in labels:
        if one in RIGHT:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def _reach(page: Any, name: str, tag: str = "") -> None:
    """Press Tab until the focus is on what is called that, or is of that kind."""
    for _ in range(60):
        found = page.evaluate(
            """() => { const one = document.activeElement;
                       return [one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent, one.localName]; }"""
        )
        if (found[1] == tag) if tag else (found[0].strip() == name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name or tag}")


# ---- quizzes ----------------------------------------------------------------------------------------------------------


def test_a_wrong_answer_is_explained_where_it_was_given_and_read_aloud(look: Look) -> None:
    page = look("zh/quiz-basics.html?seed=7")
    assert page.locator("[data-slot=listed]").is_hidden()
    assert page.locator("form.fb-question legend").inner_text() == f"谁可以结案？{HOSTILE}"
    page.locator("form.fb-question button[type=submit]").click()
    assert page.locator("form.fb-question [role=alert]").inner_text() == "请先选答案。"
    page.locator(".fb-choices label", has_text="谁都不行").locator("input").check()
    page.locator("form.fb-question button[type=submit]").click()
    told = page.locator(".fb-told-answer")
    assert told.get_attribute("aria-live") == "polite"
    assert page.evaluate("document.activeElement.textContent") == "答错了。"
    assert "那就没有结束的时候了。" in page.locator(".fb-choices label", has_text="谁都不行").inner_text()
    assert "流转规则如此：close。" in told.inner_text()
    assert told.locator("code").inner_text() == "close"
    assert page.evaluate("window.hit") is None


def test_the_same_seed_gives_the_same_order_and_another_one_another(look: Look) -> None:
    def orders(seed: int) -> list[str]:
        page = look(f"en/quiz-order.html?seed={seed}")
        assert f"Order {seed}" in page.locator("form.fb-question").inner_text()
        steps: list[str] = page.locator(".fb-ordering > li > span:first-child").all_inner_texts()
        return steps

    assert orders(7) == orders(7)
    found = {tuple(orders(seed)) for seed in range(1, 6)}
    assert len(found) > 1
    assert tuple(STEPS["en"]) not in found, "nothing lies in the right order already"


def test_without_javascript_the_questions_stand_as_a_list_with_folded_answers(chromium: Any, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/training/quiz-basics.html")
    assert page.locator(".fb-questions > li").count() == 3
    assert page.locator(".fb-questions details").first.is_visible()
    assert page.locator("text=People want to know how it goes on.").is_hidden()
    assert page.locator("[data-slot=player]").is_hidden()
    context.close()


def test_only_what_changed_since_the_last_pass_is_asked_again(look: Look) -> None:
    page = look("zh/changed.html", {"articles": {"refund": 1}, "quizzes": {"basics": {"pass": PASSED}}})
    assert "你学的是第 1 版，现在是第 2 版" in page.locator("[data-slot=found]").inner_text()
    assert "共 3 题" in page.locator("form.fb-question").inner_text(), (
        "the question without an article is not among them"
    )
    take(page, right=True)
    assert kept(page)["articles"] == {"refund": 2}
    go(page, "changed.html")
    assert page.locator("[data-slot=listed]").inner_text() == "你通过之后，没有文章更新过。"


# ---- cases, drills, what is kept ------------------------------------------------------------------------------------------


def test_a_case_goes_turn_by_turn_and_the_table_of_life_judges(look: Look) -> None:
    page = look("zh/case-double-charge.html")
    turns = page.locator("[data-turn]")
    assert [turns.nth(n).is_visible() for n in range(2)] == [True, False]
    assert HOSTILE in turns.first.inner_text()
    turns.first.locator("input[value=resolve]").check()
    turns.first.get_by_role("button", name="看结果").click()
    assert page.evaluate("document.activeElement.textContent") == "反馈台不允许这样做。"
    assert "“标记为已解决”只在这些状态下可做：已受理、待补充、重新打开。" in turns.first.inner_text()
    turns.first.get_by_role("button", name="继续").click()
    turns.nth(1).locator("input[value=accept]").check()
    turns.nth(1).get_by_role("button", name="看结果").click()
    assert page.locator("[data-slot=end]").inner_text() == "结束。2 步中有 1 步选了最好的做法。"
    page.wait_for_function("localStorage.getItem('git-feedback.training.1 /').includes('case:double-charge')")
    assert kept(page)["ticks"]["newcomer"] == {"case:double-charge": True}


def test_a_drill_is_scored_against_what_the_desk_settled_and_shows_strangers_words_as_text(look: Look) -> None:
    page = look("zh/drill.html?n=3&seed=4")
    for number in range(3):
        assert HOSTILE in page.locator("[data-slot=title]").inner_text()
        assert "138****5678" in page.locator("[data-slot=text]").inner_text()
        if not number:
            page.locator("[data-slot=judge]").click()
            assert page.locator("[data-slot=missing]").inner_text() == "请选好分类、紧急程度和影响程度。"
        page.locator("[data-slot=category]").select_option("process/invoice")
        page.locator("[data-slot=urgency]").select_option("4")
        page.locator("[data-slot=impact]").select_option("1")
        page.locator("[data-slot=judge]").click()
        assert "按你的判断是 P3，反馈台定的是 P2。" in page.locator("[data-slot=verdict]").inner_text()
        if number < 2:
            page.locator("[data-slot=on]").click()
    assert page.locator("[data-slot=score]").inner_text() == "共 3 条，与反馈台一致 50 %。"
    assert page.evaluate("window.hit") is None
    page.wait_for_function("localStorage.getItem('git-feedback.training.1 /').includes('\"drill\":true')")


def test_what_is_kept_can_be_taken_along_and_is_gone_after_the_second_press(look: Look) -> None:
    page = look("en/index.html", {"name": "Lin Wan", "quizzes": {"basics": {"pass": PASSED}}})
    with page.expect_download() as download:
        page.get_by_role("link", name="Keep as a file").click()
    assert json.loads(download.value.path().read_text("utf-8"))["name"] == "Lin Wan"
    page.locator("[data-slot=clear]").click()
    assert page.evaluate("localStorage.length") > 0
    page.get_by_role("button", name="Really clear everything?").click()
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('git-feedback.training'))") == []


def test_a_record_that_is_none_is_as_good_as_nothing(look: Look) -> None:
    page = look("zh/newcomer.html", {"quizzes": [], "ticks": "x", "courses": {"newcomer": None}, "drills": {}})
    assert page.locator("[data-slot=progress]").inner_text() == "已完成 0 / 9 步"


def test_a_certificate_of_a_course_that_is_not_passed_says_what_is_left(look: Look) -> None:
    page = look("en/certificate.html?course=newcomer", {"quizzes": {"basics": {"pass": PASSED}}})
    assert (
        page.locator("[data-slot=open-said]").inner_text()
        == "“Your first week” has not been passed yet. Quizzes left: 1."
    )
    assert page.locator("[data-slot=ready]").is_hidden()
    go(page, "certificate.html?course=__proto__")
    assert page.locator("[data-slot=open]").is_visible()


# ---- how it looks -----------------------------------------------------------------------------------------------------

BOTH_PASSED = {
    "quizzes": {"basics": {"pass": PASSED}, "order": {"pass": PASSED}},
    "articles": {"refund": 1},
    "person": "lin.wan",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_training(look: Look, scheme: str) -> None:
    for language, width in (("zh", 1600), ("en", 390)):
        page = look(
            f"{language}/index.html",
            BOTH_PASSED,
            color_scheme=scheme,
            bypass_csp=True,
            viewport={"width": width, "height": 900},
        )
        for path in PAGES:
            go(page, path)
            _stir(page)
            found = violations(page)
            assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], (path, language, width)


def _stir(page: Any) -> None:
    """Bring a page into the state in which it shows most."""
    if page.locator("form.fb-question").count():
        answer(page, right=False, language="en" if "/en/" in page.url else "zh")
    if page.locator("[data-turn]").count():
        page.locator("[data-turn] input").first.check()
        page.locator("[data-slot=judge]").first.click()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


@pytest.mark.parametrize("width", [390, 1600])
def test_nothing_of_training_is_wider_than_the_screen(look: Look, width: int) -> None:
    for language in LANGUAGES:
        page = look(f"{language}/index.html", BOTH_PASSED, viewport={"width": width, "height": 900})
        for path in PAGES:
            go(page, path)
            _stir(page)
            assert page.evaluate("document.documentElement.scrollWidth") == width, (language, path)


def test_on_paper_a_certificate_stands_alone_and_each_role_card_on_a_sheet_of_its_own(look: Look) -> None:
    page = look("zh/certificate.html?course=newcomer", BOTH_PASSED)
    page.emulate_media(media="print")
    assert page.locator(".fb-certificate").is_visible()
    for hidden in (".fb-crumb", ".fb-certfields", "[data-slot=ways]", ".fb-keeping"):
        assert page.locator(hidden).first.is_hidden(), hidden
    go(page, "play-angry-caller.html")
    assert page.evaluate(
        "[...document.querySelectorAll('.fb-rolecard')].map((one) => getComputedStyle(one).breakBefore)"
    ) == ["page", "page"]
    assert page.locator(".fb-onpaper").first.is_visible()
