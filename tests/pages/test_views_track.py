"""Track: what the files hold and never hold, and the page in a real Chromium, with the browser's SHA-256 and our own."""

import json
import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import served, sources
from tests.pages.views_desk import ALL, CLOSED, DUPLICATE, LATE, NEW, NOW, PRAISE, WAITING, record
from tests.sample_desk import ROOT

from git_feedback.i18n import LANGUAGES, text
from git_feedback.model import receipts
from git_feedback.pages.build import build
from git_feedback.pages.docs import SHELLS
from git_feedback.pages.page import File
from git_feedback.pages.views import pages as all_pages
from git_feedback.pages.views import track
from git_feedback.pages.views.rendering import both

TOKENS = tuple(receipts.token(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) for number in range(1, 8))
ANSWERED = CLOSED.split("  - close:", maxsplit=1)[0]
REJECTED = (
    NEW + "history:\n  - reject: {at: 2026-11-20T10:30:00+08:00, by: he.miao, kind: invalid}\n    reason: 内容不成立\n"
)
TAKEN_BACK = WAITING + (
    "  - supply: {at: 2026-11-20T09:00:00+08:00, by: lin.wan}\n    text: 订单 7\n"
    "  - retract: {at: 2026-11-20T09:05:00+08:00, by: lin.wan, what: supply, when: 2026-11-20T09:00:00+08:00}\n"
    "    because: 记错了条目\n"
)
ON_TIME = LATE.replace("urgency: 5, impact: 5", "urgency: 3, impact: 3")


def with_receipt(source: str, token: str) -> str:
    line = f'receipt: "{receipts.digest(token)}"\n'
    return source.replace("history:\n", line + "history:\n") if "history:\n" in source else source + line


def files(*items: str, now: datetime = NOW) -> list[File]:
    return list(track.files(record(*items, now=now)))


def entries(*items: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in files(*items):
        found |= json.loads(file.content)
    return found


def entry(source: str, *others: str) -> Mapping[str, Any]:
    found = entries(with_receipt(source, TOKENS[0]), *others)
    return dict(found[receipts.digest(TOKENS[0])])


# ---- the files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "state", "following"), [
    (NEW, "received", "received"),
    (ON_TIME, "working", "working"),
    (LATE, "working", "working"),
    (WAITING, "waiting", "waiting"),
    (WAITING.replace("missing: [source, text]", "whom: partner"), "working", "working"),
    (ANSWERED, "answered", "answered"),
    (CLOSED, "closed", "closed"),
    (REJECTED, "closed", "closed"),
    (LATE.replace("kind: returning", "kind: anonymous"), "working", "working-here"),
])  # fmt: skip
def test_a_state_is_told_in_the_submitters_words(source: str, state: str, following: str) -> None:
    found = entry(source)
    assert (found["state"], found["next"]) == (state, following)


def test_steps_are_those_the_submitter_may_know_of_with_their_days() -> None:
    assert entry(CLOSED)["steps"] == [
        ["received", "2026-08-03"],
        ["taken", "2026-08-03"],
        ["told", "2026-08-03"],
        ["solved", "2026-08-03"],
        ["answered", "2026-08-03"],
        ["closed", "2026-08-05"],
    ]
    assert [step for step, _ in entry(WAITING)["steps"]] == ["received", "taken", "asked"]


def test_what_was_taken_back_is_no_step() -> None:
    assert [step for step, _ in entry(TAKEN_BACK)["steps"]] == ["received", "taken", "asked"]


def test_a_question_to_a_partner_is_no_question_to_the_submitter() -> None:
    steps = entry(WAITING.replace("missing: [source, text]", "whom: partner"))["steps"]
    assert "asked" not in {step for step, _ in steps}


def test_the_expected_day_is_that_of_the_solution_in_the_desks_zone() -> None:
    found = entry(ON_TIME)
    assert found["expected"] > "2026-11-19"
    assert found["late"] is False


def test_a_late_answer_is_called_late() -> None:
    assert entry(LATE)["late"] is True


@pytest.mark.parametrize("source", [WAITING, ANSWERED, CLOSED, REJECTED])
def test_nothing_is_promised_while_the_submitter_is_asked_and_after_the_answer(source: str) -> None:
    assert "expected" not in entry(source)


def test_a_duplicate_is_as_far_as_the_item_it_goes_on_in() -> None:
    found = entry(DUPLICATE, ON_TIME.replace("accept: {at: 2026-11-19T09:46", "accept: {at: 2026-11-19T15:46"))
    assert found["state"] == "working"
    assert [step for step, _ in found["steps"]] == ["received", "joined", "taken"]
    assert entry(DUPLICATE)["state"] == "closed", "the other is not there"


def test_no_word_id_name_or_title_reaches_the_files() -> None:
    given = [with_receipt(source, token) for source, token in zip(ALL, TOKENS, strict=False)]
    made = b"".join(file.content for file in files(*given)).decode()
    for secret in (
        "支付",
        "Q26",
        "lin.wan",
        "张",
        "网关",
        "138*",
        "优惠券",
        "refund",
        "app",
        "payments",
        "P0",
        *TOKENS,
    ):
        assert secret not in made
    assert set("".join(made)) <= set("".join(map(chr, range(127))))


def test_all_256_files_are_there_or_none() -> None:
    assert files(*ALL) == []
    made = files(with_receipt(LATE, TOKENS[0]), NEW)
    assert [file.path for file in made] == [f"track/{number:02x}.json" for number in range(256)]
    assert sum(file.content == b"{}" for file in made) == 255


def test_an_item_from_the_future_is_not_there_yet() -> None:
    early = datetime.fromisoformat("2026-11-18T10:00:00+08:00")
    assert list(track.files(record(with_receipt(LATE, TOKENS[0]), now=early))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_the_script_says_stands_on_the_page(language: str) -> None:
    found = record(*ALL)
    article = next(one.article for one in track.pages(found, both(found)) if one.language == language)
    for name in (
        *(f"state-{state}" for state in track.STATES),
        *(f"next-{step}" for step in track.NEXT),
        *(f"step-{step}" for step in track.SEEN),
        *track.ANSWERS,
        "expected",
        "late",
    ):
        assert f"<dt>{name}</dt>" in article
        assert text(f"track-{name}", language, day="{day}").replace("'", "&#39;") in article
    script = (ROOT / "site/theme/assets/track.js").read_text(encoding="utf-8")
    assert all(f'"{answer}"' in script for answer in track.ANSWERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_number_the_page_says_how_to_get_one(language: str) -> None:
    for found, is_empty in ((record(*ALL), True), (record(with_receipt(LATE, TOKENS[0])), False)):
        article = next(one.article for one in track.pages(found, both(found)) if one.language == language)
        assert (text("track-none", language) in article) is is_empty


def test_it_is_a_page_of_the_site() -> None:
    assert track.PATH in SHELLS
    assert {(one.language, one.path) for one in all_pages(record()) if one.path == track.PATH} == {
        (language, track.PATH) for language in LANGUAGES
    }


# ---- the page -------------------------------------------------------------------------------------------------------

NO_SUBTLE = "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site with five receipts: late, waiting, closed, in time, praise."""
    given = [LATE, WAITING, CLOSED, ON_TIME.replace("0AAJN0D", "6XTT4K9").replace("Q261119-6XTT4K9", EXTRA), PRAISE]
    found = record(*[with_receipt(source, token) for source, token in zip(given, TOKENS, strict=False)])
    out: Path = tmp_path_factory.mktemp("track")
    done = build(found, sources(), out, track.pages(found, both(found)), track.files(found), strict=True)
    with served(done.site) as address:
        yield address


EXTRA = "Q261117-JH9DP2X"


@pytest.fixture
def opened(chromium: Any, site: str) -> Iterator[Any]:
    """Opens the page; a complaint on the console or a request that leaves the site or holds the number fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(address: str = "zh/track.html", *, own: bool = False, **options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        if own:
            page.add_init_script(NO_SUBTLE)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.append(sent.url) if _is_telling(sent.url, site) else None)
        page.goto(f"{site}/{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _is_telling(url: str, site: str) -> bool:
    sent = url.partition("#")[0]
    return not sent.startswith((site, "blob:")) or any(token in sent or token[:9] in sent for token in TOKENS)


def look_up(page: Any, typed: str) -> str:
    page.fill("#fb-number", typed)
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('[data-fb-track-said]').textContent.match(/正在|Looking/)")
    return str(page.locator("[data-fb-track-answer]").inner_text())


@pytest.mark.browser
@pytest.mark.parametrize("own", [False, True], ids=["https", "own"])
@pytest.mark.parametrize(("language", "number", "wanted"), [
    ("zh", 0, ["正在处理", "已经超过", "2026 年 11 月 20 日", "办理经过", "收到", "2026 年 11 月 19 日", "受理", "告知进展"]),
    ("zh", 1, ["等待您补充", "请回答", "向您询问"]),
    ("zh", 2, ["已结束", "2026 年 8 月 5 日"]),
    ("en", 3, ["We are working on it", "You can expect an answer by", "19 Nov 2026", "Taken on"]),
    ("en", 4, ["Received", "somebody takes it on"]),
])  # fmt: skip
def test_a_number_leads_to_state_next_step_and_days(
    opened: Any, language: str, number: int, wanted: list[str], own: bool
) -> None:
    page = opened(f"{language}/track.html", own=own)
    assert page.evaluate("Boolean(window.crypto.subtle)") is not own
    said = look_up(page, TOKENS[number])
    for words in wanted:
        assert words in said
    assert "undefined" not in said
    assert "{" not in said


@pytest.mark.browser
def test_the_button_looks_it_up_as_the_enter_key_does(opened: Any) -> None:
    page = opened("en/track.html")
    page.fill("#fb-number", TOKENS[2])
    page.get_by_role("button", name="Look it up").click()
    page.wait_for_selector("[data-fb-track-found]:not([hidden])")
    assert page.locator("#fb-track-state").inner_text() == "Closed"


@pytest.mark.browser
def test_the_number_is_read_however_it_is_typed(opened: Any) -> None:
    page = opened()
    wide = "".join(chr(ord(one) + 0xFEE0) if one != " " else one for one in TOKENS[2].replace("-", " "))
    for typed in (TOKENS[2].lower(), wide, f" {TOKENS[2].replace('-', '')} ", TOKENS[2].replace("0", "o")):
        assert "已结束" in look_up(page, typed)


@pytest.mark.browser
@pytest.mark.parametrize(("typed", "code"), [
    ("号码", "mistyped"),
    (TOKENS[0][:-1], "mistyped"),
    (TOKENS[0][1] + TOKENS[0][0] + TOKENS[0][2:], "mistyped"),
    ("<img src=x onerror=alert(1)>", "mistyped"),
    (receipts.token(7), "unknown"),
])  # fmt: skip
def test_a_number_that_leads_nowhere_gets_a_kind_word(opened: Any, typed: str, code: str) -> None:
    page = opened()
    look_up(page, TOKENS[0])
    assert look_up(page, typed) == text(f"track-{code}", "zh")
    assert page.locator("[data-fb-track-found]").is_hidden(), "what was shown before is gone"


@pytest.mark.browser
def test_a_link_with_the_number_is_looked_up_and_the_number_leaves_the_address(opened: Any) -> None:
    page = opened(f"zh/track.html#{TOKENS[1]}")
    page.wait_for_selector("[data-fb-track-found]:not([hidden])")
    assert page.locator("#fb-track-state").inner_text() == "等待您补充"
    assert page.evaluate("location.hash") == ""
    assert page.input_value("#fb-number") == TOKENS[1]
    page.evaluate(f"location.hash = '{TOKENS[2]}'")
    page.wait_for_function("() => document.querySelector('#fb-track-state').textContent === '已结束'")


@pytest.mark.browser
def test_the_skip_link_is_no_number(opened: Any) -> None:
    page = opened("zh/track.html#fb-main")
    assert page.locator("[data-fb-track-said]").inner_text() == ""
    assert page.evaluate("location.hash") == "#fb-main"


@pytest.mark.browser
def test_where_the_site_cannot_be_reached_it_says_so(chromium: Any, site: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site}/zh/track.html")
    context.set_offline(True)
    assert look_up(page, TOKENS[0]) == text("track-unreachable", "zh")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_it_says_what_to_do_and_shows_no_form(opened: Any, language: str) -> None:
    page = opened(f"{language}/track.html", java_script_enabled=False)
    assert page.locator("[data-fb-track]").is_hidden()
    assert page.locator("noscript p").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    chromium: Any, site: str, scheme: str, width: int, language: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto(f"{site}/{language}/track.html")
    page.wait_for_load_state("networkidle")
    for typed in ("", TOKENS[0], "号码"):
        if typed:
            look_up(page, typed)
        found = violations(page)
        assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.browser
def test_our_own_sha256_is_that_of_the_standard(opened: Any) -> None:
    """Two hundred texts around the borders of blocks, half of them Chinese, and characters beyond the first plane."""
    chance = random.Random(20261122)
    letters = "abc XYZ-019é支付页面报错退款𠮷😀\u2028"
    texts = ["", "abc", TOKENS[0], *("支" * length for length in range(16, 24)), *("a" * n for n in range(53, 67))]
    texts += ["".join(chance.choices(letters, k=chance.randrange(300))) for _ in range(200 - len(texts))]
    page = opened(own=True)
    found = page.evaluate("texts => texts.map(window.fbSha256)", texts)
    assert len(texts) == 200
    assert found == [sha256(one.encode()).hexdigest() for one in texts]
