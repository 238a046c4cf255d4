"""`serve` in a process of its own, as people use it: a file is saved, and the open page hears of it and shows it."""

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from tests.sample_desk import NOW, PAYMENT, ROOT, Sample, environment, sample

PATIENCE_S = 60
ID = "Q261119-0AAJN0D"
PAGE = f"zh/items/2026/{ID}.html"
FILE = f"feedback/2026/11/{ID}.yml"
REPAIR = "zh/needs-repair.html"


class Served:
    """A running `git feedback serve`, and what it tells open pages."""

    def __init__(self, desk: Sample, *words: str) -> None:
        self.desk = desk
        command = [sys.executable, "-m", "git_feedback", "serve", "--port", "0", "--lang", "en", *words]
        self._errors = desk.root / "build" / "serve.txt"
        self._errors.parent.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            command,
            cwd=desk.root,
            env=environment({}),
            stdout=subprocess.PIPE,
            stderr=self._errors.open("wb"),
            text=True,
        )
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert found, self.said
        self.address, self.port = found[0], int(found[1])

    @property
    def said(self) -> str:
        """What the terminal shows."""
        return self._errors.read_text(encoding="utf-8")

    def page(self, path: str) -> str:
        """A page, or the page that says that there is none."""
        try:
            with urlopen(self.address + path, timeout=PATIENCE_S) as answer:
                return str(answer.read().decode())
        except HTTPError as missing:
            return f"{missing.code} {missing.read().decode()}"

    def shows(self, path: str, words: str | Callable[[str], bool]) -> str:
        """The page once it shows the words."""
        fits: Callable[[str], bool] = words if callable(words) else lambda page: words in page
        return str(until(lambda: page if fits(page := self.page(path)) else "", lambda: f"{words}: {self.said}"))

    def save(self, path: str, content: str) -> None:
        """Save a file of the desk."""
        (self.desk.root / path).write_text(content, encoding="utf-8")

    def end(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)


def until(found: Callable[[], Any], or_else: Callable[[], str]) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if one := found():
            return one
        time.sleep(0.05)
    raise AssertionError(or_else())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one item, its theme, and its site built once."""
    root = tmp_path_factory.mktemp("desk")
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "site" / "theme", root / "site" / "theme")
    guide = root / "site/pages/zh/guide/first-day.md"
    guide.parent.mkdir(parents=True)
    guide.write_text("# 第一天\n\n看队列。\n", encoding="utf-8")
    desk = sample(root, PAYMENT)
    assert desk.run("build").code == 0
    return root


@pytest.fixture(scope="module")
def serving(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The desk, served as of one moment."""
    root = tmp_path_factory.mktemp("served") / "desk"
    shutil.copytree(built, root)
    one = Served(Sample(root), "--now", NOW)
    one.shows(PAGE, "支付页面报错")
    yield one
    if one.process.poll() is None:
        one.end()
    assert one.process.returncode == 0, one.said
    assert "Traceback" not in one.said


@pytest.fixture
def served(serving: Served) -> Iterator[Served]:
    """The same, and a test that fails half-way leaves the next ones a sound desk."""
    before = {name: serving.desk.text(name) for name in (FILE, "policy/desk.yml", "site/theme/overrides/main.html")}
    yield serving
    for name, text in before.items():
        if not (serving.desk.root / name).exists() or serving.desk.text(name) != text:
            serving.save(name, text)


def news(one: Served) -> Iterator[dict[str, Any]]:
    """What an open page hears."""
    with urlopen(f"{one.address}-serve/changes", timeout=PATIENCE_S) as line:
        while row := line.readline().decode():
            if row.startswith("data: "):
                yield json.loads(row.removeprefix("data: "))


# ---- saving -----------------------------------------------------------------------------------------------------------


def test_an_item_that_is_saved_is_shown_and_the_open_page_hears_of_it(served: Served) -> None:
    page = served.shows(PAGE, "支付页面报错")
    own = re.findall(r'<script src="/-serve/page\.js" data-at="([^"]+)"></script>', page)
    assert len(own) == 1
    heard = news(served)
    assert next(heard)["trouble"] == {}
    served.save(FILE, PAYMENT.replace("支付页面报错", "付款页面打不开"))
    later = until(lambda: one if (one := next(heard))["at"] != own[0] else None, lambda: served.said)
    assert later["trouble"] == {}
    assert later["at"] in served.shows(PAGE, "付款页面打不开")
    served.save(FILE, PAYMENT)
    served.shows(PAGE, "支付页面报错")


def test_what_is_added_and_deleted_comes_and_goes(served: Served) -> None:
    served.shows(PAGE, "支付页面报错")
    (served.desk.root / FILE).unlink()
    gone = served.shows(PAGE, "404")
    assert 'lang="zh-CN"' in gone and "data-at=" in gone, "it comes back by itself when the file does"
    served.save(FILE, PAYMENT.replace("支付页面报错", "再来一件"))
    served.shows(PAGE, "再来一件")
    served.save(FILE, PAYMENT)
    served.shows(PAGE, "支付页面报错")


def test_a_broken_item_is_named_with_its_line_and_listed_and_the_rest_goes_on(served: Served) -> None:
    served.save(FILE, PAYMENT + "颜色: 蓝\n")
    served.shows(REPAIR, FILE)
    until(lambda: f"{FILE}:" in served.said, lambda: served.said)
    named = [line for line in served.said.splitlines() if FILE in line]
    assert len(named) == 1 and re.search(rf"{re.escape(FILE)}:\d+:\d+: ", named[0])
    served.save(FILE, PAYMENT)
    served.shows(REPAIR, lambda page: FILE not in page)
    served.shows(PAGE, "支付页面报错")


def test_a_broken_policy_leaves_the_site_as_it_was_and_pages_say_so_until_it_is_mended(served: Served) -> None:
    served.shows(PAGE, "支付页面报错")
    policy = served.desk.text("policy/desk.yml")
    heard = news(served)
    served.save("policy/desk.yml", policy + "colour: blue\n")
    told = until(lambda: one if (one := next(heard))["trouble"] else None, lambda: served.said)
    assert "policy/desk.yml:" in told["trouble"]["en"] and "policy/desk.yml:" in told["trouble"]["zh"]
    assert told["trouble"]["en"] != told["trouble"]["zh"]
    assert "支付页面报错" in served.page(PAGE)
    lines = until(
        lambda: [line for line in served.said.splitlines() if "policy/desk.yml:" in line], lambda: served.said
    )
    assert "the site stays as it was" in lines[0]
    served.save("policy/desk.yml", policy.replace("zh: 反馈台", "zh: 意见台"))
    assert until(lambda: one if not (one := next(heard))["trouble"] else None, lambda: served.said)
    served.shows(PAGE, "意见台")
    served.save("policy/desk.yml", policy)
    served.shows(PAGE, "反馈台")


def test_a_team_page_and_the_theme_are_rendered_anew(served: Served) -> None:
    served.save("site/pages/zh/guide/first-day.md", "# 第一天\n\n先喝水。\n")
    served.shows("zh/guide/first-day.html", "先喝水")
    with (served.desk.root / "site/theme/assets/fb.css").open("a", encoding="utf-8") as sheet:
        sheet.write("/* 新的一行 */\n")
    served.shows("zh/assets/fb.css", "新的一行")


def test_a_theme_that_cannot_be_rendered_is_said_and_the_site_stays(served: Served) -> None:
    main = "site/theme/overrides/main.html"
    good = served.desk.text(main)
    served.save(main, good + "{% block %}")
    until(lambda: "mkdocs did not build the site" in served.said, lambda: served.said)
    assert "支付页面报错" in served.page(PAGE)
    served.save(main, "<p>没有正文</p>")
    until(lambda: "site/theme/overrides" in served.said, lambda: served.said)
    served.save(main, good)
    heard = news(served)
    until(lambda: not next(heard)["trouble"], lambda: served.said)


# ---- serving ----------------------------------------------------------------------------------------------------------


def test_no_file_of_the_site_holds_what_serve_adds(served: Served) -> None:
    assert "-serve/page.js" in served.page(PAGE) and "-serve/page.js" not in served.page("index.html")
    site = served.desk.root / "build" / "site"
    assert not [path for path in site.rglob("*.html") if b"-serve" in path.read_bytes()]
    assert "EventSource" in served.page("-serve/page.js")


@pytest.mark.parametrize(
    "path",
    ["/../policy/desk.yml", "/%2e%2e/%2e%2e/policy/desk.yml", "/zh/..%2f..%2f..%2fpolicy/desk.yml", "/zh/away.yml",
     "/zh/away.html", "/zh/items/", "//etc/passwd", "/%00", "/zh/%00.html"],
)  # fmt: skip
def test_nothing_outside_the_site_is_given(served: Served, path: str) -> None:
    site = served.desk.root / "build" / "site"
    until(lambda: (site / "zh").is_dir(), lambda: served.said)
    for name in ("away.yml", "away.html"):
        (site / "zh" / name).unlink(missing_ok=True)
        (site / "zh" / name).symlink_to(served.desk.root / "policy" / "desk.yml")
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE_S)
    line.putrequest("GET", path)
    line.endheaders()
    answer = line.getresponse()
    assert answer.status == 404 and "coordinator" not in answer.read().decode()
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin" and "Traceback" not in served.said


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_another_name_for_this_machine_is_refused(served: Served, method: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE_S)
    line.request(method, f"/{PAGE}", headers={"Host": f"evil.example:{served.port}"})
    answer = line.getresponse()
    assert answer.status == 403
    assert "支付" not in answer.read().decode()


def test_it_listens_on_this_machine_only(served: Served) -> None:
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((own, served.port), timeout=5)


def test_a_port_that_is_taken_is_said(served: Served) -> None:
    done = served.desk.run("serve", "--port", str(served.port), "--lang", "en", now=None)
    assert done.code == 2 and str(served.port) in done.err


# ---- starting ---------------------------------------------------------------------------------------------------------


def test_it_builds_first_when_nothing_is_built(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "desk", ignore=shutil.ignore_patterns("build"))
    (tmp_path / "desk/build").mkdir()
    one = Served(Sample(tmp_path / "desk"), "--now", NOW)
    assert "支付页面报错" in one.page(PAGE)
    assert one.end() == 0 and "building it" in one.said


def test_with_no_build_it_shows_what_is_there_and_ctrl_c_ends_it_while_pages_listen(
    built: Path, tmp_path: Path
) -> None:
    shutil.copytree(built, tmp_path / "desk")
    one = Served(Sample(tmp_path / "desk"), "--no-build")
    heard = [news(one) for _ in range(3)]
    assert len({next(line)["at"] for line in heard}) == 1
    one.save(FILE, PAYMENT.replace("支付页面报错", "付款页面打不开"))
    time.sleep(1)
    assert "支付页面报错" in one.page(PAGE)
    assert one.end() == 0
    assert one.said.splitlines() == ["stopped"]
    assert [list(line) for line in heard] == [[]] * 3, "every line is closed"


def test_with_no_build_and_nothing_built_it_stops_and_says_how(tmp_path: Path) -> None:
    done = sample(tmp_path).run("serve", "--no-build", "--port", "0", "--lang", "en")
    assert done.code == 3
    assert "git feedback build" in done.err


# ---- in a browser -----------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_open_page_loads_itself_again_and_shows_the_trouble(chromium: Any, served: Served) -> None:
    complaints: list[str] = []
    page = chromium.new_context().new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(served.address + PAGE)
    served.save(FILE, PAYMENT.replace("支付页面报错", "付款页面打不开"))
    page.wait_for_selector('h1:has-text("付款页面打不开")', timeout=PATIENCE_S * 1000)
    policy = served.desk.text("policy/desk.yml")
    served.save("policy/desk.yml", policy + "colour: blue\n")
    page.wait_for_selector('[data-fb-remark=serve]:has-text("policy/desk.yml")', timeout=PATIENCE_S * 1000)
    served.save("policy/desk.yml", policy)
    page.wait_for_selector("[data-fb-remark=serve]", state="detached", timeout=PATIENCE_S * 1000)
    page.context.close()
    assert complaints == []
