"""`build`: with the builder that is wanted, and as the desk stood then."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.sample_desk import NOW, PAYMENT, ROOT, Sample, git, sample

from git_feedback.jobs.as_of import day_named, laid_out, last_commit

ID = "Q261119-0AAJN0D"
FILE = f"feedback/2026/11/{ID}.yml"
PAGE = f"zh/items/2026/{ID}.html"
GUIDE = "site/pages/zh/guide/first-day.md"
FIRST, LATER = "2026-11-20T12:00:00+08:00", "2026-11-23T09:00:00+08:00"


def commit(desk: Sample, when: str) -> str:
    """Commit all that lies there, as if it were then."""
    git(desk.root, "add", "--all")
    stamp = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    before = {name: os.environ.get(name) for name in stamp}
    os.environ.update(stamp)
    try:
        git(desk.root, "commit", "--quiet", "--amend" if when == FIRST else "--allow-empty", "--message=样例")
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    return desk.git.head()


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, str]:
    """A desk that went on since its first commit: item, policy, article and theme are others now; that commit."""
    root = tmp_path_factory.mktemp("desk")
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "site" / "theme", root / "site" / "theme")
    desk = sample(root, PAYMENT)
    (root / GUIDE).parent.mkdir(parents=True)
    (root / GUIDE).write_text("# 第一天\n\n看队列。\n", encoding="utf-8")
    (root / "site/pages/zh/guide/link.md").symlink_to(root / "policy/desk.yml")
    report = root / "reports/2026/2026-10/report.md"
    report.parent.mkdir(parents=True)
    report.write_text("# 十月\n", encoding="utf-8")
    first = commit(desk, FIRST)
    (root / FILE).write_text(PAYMENT.replace("支付页面报错", "后来的标题"), encoding="utf-8")
    (root / GUIDE).write_text("# 第一天\n\n后来的话。\n", encoding="utf-8")
    (root / "policy/desk.yml").write_text(
        desk.text("policy/desk.yml").replace("zh: 反馈台", "zh: 后来的名字"), encoding="utf-8"
    )
    with (root / "site/theme/assets/fb.css").open("a", encoding="utf-8") as sheet:
        sheet.write("/* 后来 */\n")
    shutil.rmtree(root / "reports")
    commit(desk, LATER)
    (root / FILE).write_text(PAYMENT.replace("支付页面报错", "未提交的标题"), encoding="utf-8")
    return desk, first


def contents(site: Path) -> Mapping[str, bytes]:
    """Every file of a site by path."""
    found = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_a_site_of_then_is_that_of_a_checkout_to_the_byte(then: tuple[Sample, str], tmp_path: Path) -> None:
    desk, first = then
    assert desk.run("build", "--as-of", first, "--out", str(tmp_path / "back")).code == 0
    git(desk.root, "worktree", "add", "--quiet", str(tmp_path / "checkout"), first)
    try:
        assert Sample(tmp_path / "checkout").run("build", "--out", str(tmp_path / "real")).code == 0
    finally:
        git(desk.root, "worktree", "remove", "--force", str(tmp_path / "checkout"))
    back, real = (contents(tmp_path / name / "site") for name in ("back", "real"))
    assert back.keys() == real.keys() and "zh/guide/first-day.html" in back
    assert [path for path in back if back[path] != real[path]] == []
    assert not [path for path, content in back.items() if "后来".encode() in content or "未提交".encode() in content]
    assert first[:10] in b"".join(back.values()).decode("utf-8", "replace")
    assert not [path for path in back if "link" in path]


def test_a_look_back_leaves_todays_site_and_repository_alone(then: tuple[Sample, str]) -> None:
    desk, first = then
    today = desk.root / "build" / "site" / "index.html"
    today.parent.mkdir(parents=True, exist_ok=True)
    today.write_text("今天", encoding="utf-8")
    before = (git(desk.root, "status", "--porcelain"), git(desk.root, "worktree", "list"), desk.git.head())
    done = desk.run("build", "--as-of", first, "--lang", "en", now=None)
    assert done.code == 0
    assert f"build/as-of/{first[:10]}/site" in done.err and f"as it stood on {FIRST} (commit {first[:10]})" in done.err
    assert today.read_text(encoding="utf-8") == "今天"
    assert (git(desk.root, "status", "--porcelain"), git(desk.root, "worktree", "list"), desk.git.head()) == before
    page = (desk.root / f"build/as-of/{first[:10]}/site" / PAGE).read_text(encoding="utf-8")
    assert 'data-now="2026-11-20T04:00:00Z"' in page and 'data-fixed="1"' in page


def test_a_day_means_its_last_commit_and_its_end(then: tuple[Sample, str]) -> None:
    desk, first = then
    for day in ("2026-11-20", "2026-11-22"):
        done = desk.run("build", "--as-of", day, "--lang", "en", now=None)
        assert done.code == 0 and f"{day}T23:59:59+08:00 (commit {first[:10]})" in done.err
        page = (desk.root / f"build/as-of/{day}/site" / PAGE).read_text(encoding="utf-8")
        assert "支付页面报错" in page and f'data-now="{day}T15:59:59Z"' in page


def test_every_command_that_reads_takes_a_day(then: tuple[Sample, str]) -> None:
    desk, _ = then
    assert "支付页面报错" in desk.run("list", "--as-of", "2026-11-20", now=None).out
    assert "后来的标题" in desk.run("list", "--as-of", "2026-11-23", now=None).out
    assert "支付页面报错" in desk.run("show", ID, "--as-of", "2026-11-22").out


@pytest.mark.parametrize("command", [("list",), ("build",), ("show", ID)])
def test_a_day_before_the_first_commit_is_said_in_one_line(then: tuple[Sample, str], command: tuple[str, ...]) -> None:
    done = then[0].run(*command, "--as-of", "2026-11-19", "--lang", "zh", now=None)
    assert done.code == 2 and len(done.err.splitlines()) == 1
    assert "2026-11-19" in done.err and "2026-11-20" in done.err


def test_the_day_ends_where_the_desk_is_not_in_utc(then: tuple[Sample, str]) -> None:
    desk, first = then
    late = commit(desk, "2026-11-24T23:59:59+08:00")
    after = commit(desk, "2026-11-24T16:00:00+00:00")
    assert len({first, late, after}) == 3
    day = day_named("2026-11-24")
    assert day and last_commit(desk.git, day, ZoneInfo("Asia/Shanghai")) == late
    assert last_commit(desk.git, day, ZoneInfo("UTC")) == after


@pytest.mark.parametrize("name", ["没有", "2026-13-45", "20261120"])
def test_what_is_neither_day_nor_commit_is_wrong_usage(then: tuple[Sample, str], name: str) -> None:
    done = then[0].run("build", "--as-of", name, "--lang", "en")
    assert done.code == 2 and f"'{name}'" in done.err


# ---- the builder --------------------------------------------------------------------------------------------------------


def test_an_option_wins_over_the_policys_builder(then: tuple[Sample, str], tmp_path: Path) -> None:
    desk, first = then
    done = desk.run("build", "--as-of", first, "--builder", "zensical", "--out", str(tmp_path))
    assert done.code == 0
    assert re.search("bundle.[0-9a-f]+.min.js", (tmp_path / "site" / PAGE).read_text(encoding="utf-8"))
    assert (tmp_path / "site/zh/search.json").is_file()


def test_the_policy_names_the_builder(tmp_path: Path) -> None:
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "site" / "theme", tmp_path / "site" / "theme")
    desk = sample(tmp_path, PAYMENT)
    policy = re.sub(r"(?m)^builder: .*\n", "", desk.text("policy/desk.yml")) + "builder: zensical\n"
    desk.put(policy, "policy/desk.yml")
    assert desk.run("build", now=NOW).code == 0
    assert (tmp_path / "build/site/zh/search.json").is_file()


def test_a_builder_nobody_knows_is_wrong_usage(then: tuple[Sample, str]) -> None:
    done = then[0].run("build", "--builder", "jekyll", "--lang", "en")
    assert done.code == 2 and "zensical" in done.err


@pytest.mark.parametrize("held", ["site/mine.md", "docs/mine.md", "desk/mine.md"])
def test_no_build_takes_over_a_folder_with_files_of_somebody_else(
    then: tuple[Sample, str], tmp_path: Path, held: str
) -> None:
    desk, first = then
    mine = tmp_path / held
    mine.parent.mkdir()
    mine.write_text("我的", encoding="utf-8")
    ran = desk.run("build", "--as-of", first, "--out", str(tmp_path), "--lang", "en")
    assert (ran.code, mine.read_text(encoding="utf-8")) == (2, "我的")
    assert "holds other files" in ran.err


def test_no_build_takes_the_desk_itself_for_its_working_folder(then: tuple[Sample, str]) -> None:
    desk, _ = then
    for out in (desk.root, desk.root.parent):
        assert desk.run("build", "--out", str(out)).code == 2
    assert (desk.root / GUIDE).is_file()


def test_a_file_may_have_been_a_folder_then_and_the_other_way_round(then: tuple[Sample, str], tmp_path: Path) -> None:
    desk, _ = then
    folder, file = tmp_path / "folder", tmp_path / "file"
    for repository in (folder, file):
        shutil.copytree(desk.root, repository, symlinks=True, ignore=shutil.ignore_patterns("build"))
    shutil.rmtree(file / "site/pages")
    (file / "site/pages").write_text("无", encoding="utf-8")
    commits = [commit(Sample(repository), LATER) for repository in (folder, file)]
    git(folder, "fetch", "--quiet", str(file), "HEAD")
    for one in (*commits, commits[0]):
        top = laid_out(Sample(folder).git, one, tmp_path / "out")
        assert (top / "site/pages").is_file() == (one == commits[1])
    assert (top / GUIDE).is_file()
