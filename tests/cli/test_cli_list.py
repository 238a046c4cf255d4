"""`list` on the command line: from the index with nothing heavy loaded, and with every way out when it cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, Sample, environment, sample

HEAVY = ("pydantic", "yaml", "babel", "jinja2", "git_feedback.policy", "git_feedback.model", "git_feedback.desk")
LOADED = "import sys; from git_feedback.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


def loaded(desk: Sample, *words: str) -> set[str]:
    """What a process of its own had loaded by its end."""
    command = [sys.executable, "-c", LOADED, "list", "--repo", str(desk.root), "--now", NOW, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment({}))
    return set(done.stderr.split())


@pytest.mark.parametrize("words", [(), ("--format", "json"), ("state:new", "支付", "older:1d"), ("--lang", "en")])
def test_a_list_of_what_did_not_change_loads_nothing_heavy(desk: Sample, words: tuple[str, ...]) -> None:
    assert set(HEAVY) & loaded(desk)  # the first one reads
    assert not set(HEAVY) & loaded(desk, *words)


def test_the_first_list_and_the_second_say_the_same(desk: Sample) -> None:
    first = desk.run("list")
    assert "支付页面报错" in first.out
    assert desk.run("list") == first
    assert first.err == "1 件\n"


def test_a_list_of_another_commit_is_read_from_there(desk: Sample) -> None:
    desk.run("list")
    desk.put(PAYMENT.replace("报错", "没反应"))
    assert "没反应" in desk.run("list").out
    assert "报错" in desk.run("list", "--as-of", "HEAD~1").out


def test_from_a_folder_of_the_desk_the_whole_desk_is_listed(desk: Sample) -> None:
    assert desk.run("list", cwd=desk.root / "feedback").out == desk.run("list").out != ""


@pytest.mark.parametrize("term", ["colour:red", "state:lost", "level:P7", "returned:viele", "older:5y"])
def test_what_cannot_be_asked_is_refused_as_ever_also_by_an_index(desk: Sample, term: str) -> None:
    first = desk.run("list", term)
    desk.run("list")
    assert desk.run("list", term) == first
    assert first.code == 2


def test_a_moment_that_is_none_and_a_folder_that_is_no_desk_stop_the_list(desk: Sample, tmp_path: Path) -> None:
    desk.run("list")
    assert desk.run("list", now="gestern").code == 2
    assert desk.run("list", "--repo", str(tmp_path / "nowhere")).code == 2


def test_a_policy_with_mistakes_stops_the_list_though_there_is_an_index(desk: Sample) -> None:
    desk.run("list")
    (desk.root / "policy/sla.yml").write_text("editions: 坏了", encoding="utf-8")
    assert desk.run("list").code == 3
