"""`check` on a policy with mistakes: they are findings like any other, and items are read all the same."""

import json
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, policy_files, sample

from git_feedback.i18n import text

SLIPS = {
    "policy/keywords.yml": ("category: service/refund}", "category: service/nothing}", "no-such-category"),
    "policy/people.yml": (
        "department: quality, roles: [lead",
        "department: nowhere, roles: [lead",
        "no-such-department",
    ),
    "policy/sla.yml": ("target: 8h}", "target: 16 hours}", "bad-duration"),
}
BROKEN = "feedback/2026/11/坏.yml"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    """A desk whose policy names a department that nobody has, with one item, and one file that is none."""
    desk = sample(tmp_path, PAYMENT)
    desk.put(PAYMENT.replace("channel: web-form", "channel: [").encode(), BROKEN)
    slip(desk, "policy/people.yml")
    return desk


def slip(desk: Sample, file: str) -> None:
    """One wrong reference in a policy file."""
    old, new, _ = SLIPS[file]
    assert old in desk.text(file)
    desk.put(desk.text(file).replace(old, new, 1), file)


@pytest.mark.parametrize("file", SLIPS)
def test_one_slip_in_the_policy_is_one_finding(tmp_path: Path, file: str) -> None:
    desk = sample(tmp_path, PAYMENT)
    slip(desk, file)
    done = desk.run("check", "--format", "json")
    (problem,) = json.loads(done.out)["problems"]
    assert (done.code, problem["file"], problem["code"]) == (1, file, SLIPS[file][2])


def test_item_files_are_read_strictly_whatever_the_policy_is_like(desk: Sample) -> None:
    done = desk.run("check", "--lang", "zh")
    files = [line.partition(":")[0] for line in done.out.splitlines()]
    assert (done.code, set(files)) == (1, {"policy/people.yml", BROKEN})
    assert "检查了 2 个条目" in done.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_remark_says_that_what_needs_the_policy_was_left_out(desk: Sample, language: str) -> None:
    done = desk.run("check", "--lang", language)
    assert done.err.splitlines()[0] == text("not-judged", language)
    assert "no-such-department" not in done.err
    (desk.root / "policy/people.yml").write_bytes(policy_files()["policy/people.yml"])
    assert text("not-judged", language) not in desk.run("check", "--lang", language).err


@pytest.mark.parametrize("style", ["text", "json", "github", "sarif"])
def test_every_format_lists_the_policy_on_standard_output_and_ends_with_1(desk: Sample, style: str) -> None:
    done = desk.run("check", "--format", style)
    assert done.code == 1
    for word in ("policy/people.yml", "no-such-department", BROKEN):
        assert word in done.out, done.out


def test_paths_choose_among_policy_and_items(desk: Sample) -> None:
    assert desk.run("check", "policy").code == 1
    assert desk.run("check", "feedback/2026/11/Q261119-0AAJN0D.yml").code == 0


def test_the_past_is_compared_without_a_policy_too(desk: Sample) -> None:
    (item,) = desk.root.glob("feedback/2026/11/Q*.yml")
    item.unlink()
    assert "item-gone" in desk.run("check", "--base", "HEAD").out


def test_two_items_of_one_identity_are_found_without_a_policy(desk: Sample) -> None:
    desk.put(PAYMENT.replace("0AAJN0D", "5DVCFC5"))
    assert "duplicate-identity" in desk.run("check").out


def test_other_commands_still_stop_and_name_the_slip_on_standard_error(desk: Sample) -> None:
    done = desk.run("list")
    assert (done.code, done.out) == (3, "")
    assert "no-such-department" in done.err


def test_without_any_policy_nothing_can_be_checked(tmp_path: Path) -> None:
    desk = sample(tmp_path, PAYMENT)
    (desk.root / "policy/desk.yml").unlink()
    assert desk.run("check").code == 3
