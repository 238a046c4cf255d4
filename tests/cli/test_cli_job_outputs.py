"""What the job of a host is told: whether there is something new to publish."""

import json
from pathlib import Path

import pytest
from tests.cli.pushing_desks import Pair, pair
from tests.sample_desk import PAYMENT, Ran

from git_feedback.intake import issue_form


@pytest.fixture
def desks(tmp_path: Path) -> Pair:
    return pair(tmp_path, PAYMENT)


def outputs(desks: Pair) -> Path:
    return desks.bare.parent / "outputs"


def run(desks: Pair, *words: str) -> Ran:
    return desks.here.run(*words, env={"GITHUB_OUTPUT": str(outputs(desks))})


def event(desks: Pair) -> str:
    body = f"### {issue_form.label('text')}\n\n付款报错。"
    issue = {"number": 12, "title": "支付页面报错", "body": body, "created_at": "2026-11-20T03:01:00Z"}
    path = desks.bare.parent / "event.json"
    path.write_text(json.dumps({"action": "opened", "issue": {**issue, "labels": [{"name": "feedback"}]}}), "utf-8")
    return str(path)


def test_an_issue_that_became_an_item_gives_the_job_something_to_publish_and_a_second_run_does_not(desks: Pair) -> None:
    intake = ("intake", "issue", "--event", event(desks), "--push")

    assert run(desks, *intake).code == 0
    assert outputs(desks).read_text("utf-8") == "written=true\n"
    assert run(desks, *intake).code == 0
    assert outputs(desks).read_text("utf-8") == "written=true\nwritten=false\n"


def test_what_the_job_was_told_before_stays(desks: Pair) -> None:
    outputs(desks).write_text("version=1.2.3\n", "utf-8")

    run(desks, "check")

    assert outputs(desks).read_text("utf-8") == "version=1.2.3\nwritten=false\n"


def test_a_command_that_stops_tells_the_job_all_the_same(desks: Pair) -> None:
    assert run(desks, "intake", "comment", "--event", event(desks), "--push").code != 0

    assert outputs(desks).read_text("utf-8") == "written=false\n"


def test_without_a_desk_the_job_is_told_nothing(desks: Pair, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert run(desks, "check", "--repo", str(tmp_path / "empty")).code == 3
    assert not outputs(desks).exists()


def test_without_a_job_nothing_is_told(desks: Pair) -> None:
    assert desks.here.run("check", env={"GITHUB_OUTPUT": ""}).code == 0
    assert not outputs(desks).exists()
