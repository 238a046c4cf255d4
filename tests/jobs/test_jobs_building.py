"""A build says one number of problems: the one its own page lists."""

import shutil
from pathlib import Path

from tests.sample_desk import PAYMENT, ROOT, Sample, sample

from git_feedback.i18n import text


def with_site(tmp_path: Path) -> Sample:
    """A desk with the files of its site and one item."""
    desk = sample(tmp_path, PAYMENT)
    for name in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / name, desk.root / name)
    unlike = shutil.ignore_patterns("knowledge", "training")  # they name items that this desk has not
    shutil.copytree(ROOT / "site", desk.root / "site", ignore=unlike)
    desk.commit()
    return desk


def test_build_counts_what_the_page_lists_and_ends_with_1(tmp_path: Path) -> None:
    desk = with_site(tmp_path)
    well = desk.run("build")
    assert well.code == 0, well.err
    misplaced = PAYMENT.replace("0AAJN0D", "5DVCFC5").replace("#123", "#124").replace("web-form", "fax")
    desk.put(misplaced, "feedback/2026/10/一.yml")
    desk.put(PAYMENT.replace("language: zh", "language: 中文"), "feedback/2026/10/二.yml")
    done = desk.run("build", "--lang", "en")
    page = desk.text("build/site/zh/needs-repair.html")
    rows = page.count('<td class="fb-n">')
    assert (done.code, rows, len(desk.run("check").out.splitlines())) == (1, 3, 3)
    assert text("needs-repair", "en", n=rows) in done.err
