"""Send feedback as a file: the skeleton passes `check`, and in a real Chromium every click makes an id of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.accessibility import violations
from tests.pages.site_sample import NOW, record, served, sources
from tests.sample_desk import policy, sample

from git_feedback.checks import Subject, problems
from git_feedback.i18n import LANGUAGES, text
from git_feedback.model import ids
from git_feedback.pages.audience import PUBLIC, TEAM
from git_feedback.pages.build import build
from git_feedback.pages.docs import shells
from git_feedback.pages.page import Page, Record
from git_feedback.pages.views import pages as all_pages
from git_feedback.pages.views import submit_file
from git_feedback.pages.views.rendering import both
from git_feedback.policy import Policy
from git_feedback.store import read

REPOSITORY = "https://github.com/example/desk"
ID = ids.from_bits("Q", NOW.date(), 12345)


def rules(**changed: Any) -> Policy:
    """This repository's policy with other words in desk.yml."""
    return replace(policy(), desk=policy().desk.model_copy(update=changed))


def with_channel(**changed: Any) -> Policy:
    """This repository's policy with another channel for pull requests; none where nothing is said."""
    channels = dict(policy().channels)
    channel = channels.pop(submit_file.CHANNEL)
    if changed:
        channels[submit_file.CHANNEL] = channel.model_copy(update=changed)
    return replace(policy(), channels=channels)


def desk(policy: Policy) -> Record:
    return replace(record(), policy=policy)


def made(policy: Policy, language: str = "zh") -> Page:
    found = desk(policy)
    return next(page for page in submit_file.pages(found, both(found)) if page.language == language)


def wrong_with(source: str, rules: Policy, item_id: str = ID, now: datetime = NOW) -> list[str]:
    content = source.encode()
    item = read(content)
    return [one.said("en") for one in problems(Subject(item, ids.path(item_id), content, now), rules)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [None, "标题: 有 # 号 | “引号” - {括号}", "null", "- 2026-11-20", "@'\""])
def test_the_skeleton_is_sound_whatever_words_replace_those_in_it(language: str, words: str | None) -> None:
    made = submit_file.skeleton(policy(), ID, NOW.astimezone(policy().zone), language)
    for name in ("title", "text") if words else ():
        made = made.replace(text(f"file-{name}", language).strip(), words or "")

    assert wrong_with(made, policy()) == []
    assert (read(made.encode()).title, read(made.encode()).source) == (words or text("file-title", language), ID)


@pytest.mark.parametrize("required", [("text", "source", "submitter"), ("product", "area", "device"), ()])
def test_the_skeleton_has_what_the_channel_requires(required: tuple[str, ...]) -> None:
    rules = with_channel(required=required)

    assert wrong_with(submit_file.skeleton(rules, ID, NOW.astimezone(rules.zone), "zh"), rules) == []


def test_the_skeleton_passes_the_check_of_a_pull_request_from_outside(tmp_path: Path) -> None:
    there = sample(tmp_path)
    there.put(submit_file.skeleton(policy(), ID, NOW.astimezone(policy().zone), "zh"), ids.path(ID))

    done = there.run("check", "--base", "HEAD~1", "--association", "NONE", now="2026-11-20T18:00:00+08:00")

    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_the_page_shows_a_sound_file_and_its_name(language: str) -> None:
    for desk_rules in (policy(), rules(repository=REPOSITORY)):
        article = made(desk_rules, language).article
        name = article.split('data-slot="name">')[1].split("<")[0]
        assert ids.is_id(Path(name).stem)
        assert ids.path(Path(name).stem) == name
        assert text("file-no-script", language) in article


@pytest.mark.parametrize(("repository", "address"), [
    (None, ""), ("https://github.com/example/desk.git", REPOSITORY), ("https://git.example/desk/", "https://git.example/desk"),
    ("git@github.com:example/desk.git", ""), ("javascript:alert(1)", ""), ("http://git.example/desk", ""),
])  # fmt: skip
def test_only_an_address_that_a_browser_opens_is_a_host(repository: str | None, address: str) -> None:
    assert submit_file.host_of(rules(repository=repository)) == address


def test_without_a_host_the_skeleton_stands_alone_and_the_way_out_is_told() -> None:
    article = made(policy()).article

    assert text("file-no-host", "zh") in article
    assert "data-new" not in article
    assert "<a " not in article


def test_another_host_gets_a_link_to_the_repository_and_no_guess_at_its_addresses() -> None:
    article = made(rules(repository="https://git.example/desk")).article

    assert 'href="https://git.example/desk"' in article
    assert "data-new" not in article


def test_a_host_that_the_policy_calls_github_opens_the_file_there() -> None:
    article = made(rules(repository="https://git.example/desk", host="github")).article

    assert 'data-new="https://git.example/desk/new/HEAD"' in article


def test_a_desk_without_the_channel_offers_no_file() -> None:
    article = made(with_channel()).article

    assert text("file-closed", "zh") in article
    assert "data-fb-file" not in article


def test_it_is_a_page_of_the_site() -> None:
    assert submit_file.PATH in shells(TEAM)
    assert submit_file.PATH in shells(PUBLIC)
    assert {one.language for one in all_pages(record()) if one.path == submit_file.PATH} == set(LANGUAGES)


# ---- the page in a browser ------------------------------------------------------------------------------------------


OF_THE_SITE = rules(repository=REPOSITORY, zone="Asia/Kolkata", prefix="FB")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served site of a desk on GitHub, its clocks those of Calcutta."""
    found = desk(OF_THE_SITE)
    done = build(
        found, sources(), tmp_path_factory.mktemp("file"), submit_file.pages(found, both(found)), (), strict=True
    )
    with served(done.site) as address:
        yield address


@pytest.fixture
def opened(chromium: Any, site: str) -> Iterator[Any]:
    """Opens the page; a complaint on the console or a request that leaves the site fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(language: str = "zh", **options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: complaints.append(sent.url) if not sent.url.startswith(site) else None)
        page.goto(f"{site}/{language}/submit-file.html")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page: Any) -> tuple[str, str]:
    return page.locator("[data-slot=name]").text_content(), page.locator("[data-slot=text]").text_content()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_opens_a_file_that_check_takes(opened: Any, language: str) -> None:
    page = opened(language)
    address = page.get_attribute("[data-fb-file-open]", "href")
    name, file = shown(page)
    asked = parse_qs(urlsplit(address).query, strict_parsing=True)

    assert address.startswith(f"{REPOSITORY}/new/HEAD?")
    assert len(address) <= 6000
    assert asked == {"filename": [name], "value": [file]}
    found = read(file.encode())
    assert ids.is_id(found.id)
    assert ids.path(found.id) == name
    assert found.source == found.id
    now = datetime.now(found.received.tzinfo)  # the browser has no other clock
    assert 0 <= (now - found.received).total_seconds() < 60
    assert wrong_with(file, OF_THE_SITE, found.id, now) == []


@pytest.mark.browser
def test_every_click_gives_another_id_and_all_of_them_are_sound(opened: Any) -> None:
    page = opened()
    page.evaluate(
        "document.querySelector('[data-fb-file-open]').addEventListener('click', (event) => event.preventDefault())"
    )
    seen = page.evaluate("""() => [...Array(400)].map(() => {
      document.querySelector("[data-fb-file-open]").click();
      return document.querySelector("[data-slot=name]").textContent;
    })""")

    assert len(set(seen)) == 400
    assert all(ids.is_id(Path(name).stem) for name in seen)


@pytest.mark.browser
@pytest.mark.parametrize(("moment", "received", "day"), [
    ("2026-12-31T18:29:59Z", "2026-12-31T23:59:59+05:30", "261231"),
    ("2026-12-31T18:30:00Z", "2027-01-01T00:00:00+05:30", "270101"),
])  # fmt: skip
def test_day_and_time_are_those_of_the_desk(chromium: Any, site: str, moment: str, received: str, day: str) -> None:
    context = chromium.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(moment)
    page.goto(f"{site}/zh/submit-file.html")
    name, file = shown(page)
    context.close()

    assert f"received: {received}\n" in file
    assert name.startswith(f"feedback/20{day[:2]}/{day[2:4]}/FB{day}-")


@pytest.mark.browser
def test_without_a_script_the_file_is_there_and_no_button(opened: Any) -> None:
    page = opened(java_script_enabled=False)

    assert page.locator("[data-fb-file-open]").is_hidden()
    assert page.locator("noscript p").is_visible()
    assert ids.is_id(read(shown(page)[1].encode()).id)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_the_screen_and_everybody_can_use_it(
    chromium: Any, site: str, language: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/{language}/submit-file.html")
    found = violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()

    assert (found, wide) == ([], False)
