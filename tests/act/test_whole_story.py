"""Issue to report without anybody who opens Git: taken in, classified, alarmed, accepted and resolved by comments, shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.act.stand_in import StandIn, standing_in
from tests.act.story import COMMENTS, CUSTOMER, OWNER, SECRET, TITLE, Chapter, told
from tests.outbox.fake_robots import Robot, robot
from tests.sample_desk import git


@dataclass(frozen=True)
class Told:
    """The story once it is over."""

    hub: StandIn
    group: Robot
    chapters: list[Chapter]

    def when(self, words: str) -> Chapter:
        """The chapter whose event has these words."""
        (found,) = (one for one in self.chapters if words in one.what)
        return found


@pytest.fixture(scope="module")
def story(act: Path, first_desk: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The story, played once; its outline is printed (`pytest -s`) and lies in the folder of the run."""
    folder = tmp_path_factory.mktemp("story")
    with robot("wecom") as group, standing_in(folder, first_desk, home, act) as bare:
        hub = replace(bare, secrets={SECRET: group.address})
        chapters = []
        for chapter in told(hub, group):
            print(chapter.line)
            chapters.append(chapter)
        (folder / "outline.txt").write_text("\n".join(one.line for one in chapters), encoding="utf-8")
        yield Told(hub, group, chapters)


def page(story: Told, path: str) -> str:
    """A page of the published site."""
    return (story.hub.published / path).read_text(encoding="utf-8")


def test_every_workflow_ended_well(story: Told) -> None:
    assert {one.what: one.ran.printed() for one in story.chapters if one.ran.code} == {}


def test_the_issue_became_an_item_and_was_answered(story: Told) -> None:
    first = story.when("opens an issue")

    assert (first.item.source, first.item.title, first.state.life) == ("github#1", TITLE, "new")
    assert first.item.id in first.answer
    assert "state: new" in first.labels


def test_the_first_night_classified_it_gave_it_an_owner_and_said_so_on_the_issue(story: Told) -> None:
    night = story.when("first night")

    classified = night.item.history[0]
    assert (classified.verb, classified.by) == ("classify", "rules")
    assert (night.state.category, night.state.owner) == ("product/bug", "fang.yu")
    assert f"level: {night.state.level}" in night.labels
    assert "state: triaged" in night.labels


def test_the_customer_was_told_once_that_it_was_received(story: Told) -> None:
    told = [one for one in story.chapters[-1].item.history if one.verb == "notify"]

    assert [(one.by, getattr(one, "about", None)) for one in told] == [("nightly", "received")]


def test_the_robot_of_the_group_told_who_should_have_answered(story: Told) -> None:
    night = story.when("second night")

    said = "\n".join(story.group.texts[: night.alarms])
    assert story.group.refused == []
    assert night.item.id in said
    assert "方屿" in said
    alarms = [one for one in night.item.history if one.verb == "alarm"]
    assert {one.channel for one in alarms} == {"group"}
    assert len(alarms) == night.alarms == len(story.group.texts)


def test_each_command_of_the_desk_became_one_event_of_whoever_wrote_it(story: Told) -> None:
    said = [one for one in story.chapters[-1].item.history if one.by not in ("rules", "nightly")]

    assert [(one.verb, one.by) for one in said] == [
        ("accept", "fang.yu"),
        ("respond", "fang.yu"),
        ("resolve", "fang.yu"),
        ("review", "mara.lind"),
        ("reply", "fang.yu"),
        ("follow-up", "fang.yu"),
        ("close", "fang.yu"),
    ]


def test_the_answer_and_the_labels_followed_every_step(story: Told) -> None:
    for words, life in (("/受理", "accepted"), ("/解决", "resolved"), ("/review", "reviewed"), ("/回复", "replied")):
        chapter = story.when(words)
        assert chapter.state.life == life
        assert [one for one in chapter.labels if one.startswith("state:")] == [f"state: {life}"]
    assert len({one.answer for one in story.chapters}) > len(COMMENTS)
    assert "方屿" in story.when("/受理").answer


def test_a_command_of_a_stranger_changed_nothing(story: Told) -> None:
    before, after = story.when("/respond"), story.when("passer-by")

    assert (before.item, before.state.life) == (after.item, after.state.life)


def test_there_was_one_answer_that_changed_and_the_issue_closed_with_the_item(story: Told) -> None:
    issue = story.hub.host.issues[1]

    written = [one.login for one in issue.comments]
    assert written.count("github-actions[bot]") == 1
    assert set(written) == {"github-actions[bot]", OWNER, "mara-lind", "passer-by"}
    assert [one.is_closed for one in story.chapters if one.state.life == "closed"] == [True] * 3
    assert issue.login == CUSTOMER


def test_the_item_and_its_end_are_on_the_published_site(story: Told) -> None:
    item = story.chapters[-1].item
    shown = page(story, f"zh/items/2026/{item.id}.html")

    assert story.when("site is published").shown == ("the item",)
    assert TITLE in shown
    assert "8.2.1 版已修复付款闪退" in shown
    assert (story.hub.published / "index.html").is_file()


def test_the_monthly_report_counts_it_and_is_on_the_site(story: Told) -> None:
    hub = story.hub
    figures = json.loads(hub.text("reports/2026/2026-10/figures.json"))

    assert (figures["edition"], figures["empty"]) == (1, False)
    report = hub.text("reports/2026/2026-10/report.md")
    assert "| 收到 | 1 件 |" in report
    assert "| 解决 | 1 件 |" in report
    assert story.chapters[-1].shown == ("the item", "the report")
    assert "2026 年 10 月反馈月报" in page(story, "zh/reports/2026-10.html")
    assert git(hub.bare, "log", "-1", "--format=%s", "main").strip() == "report 2026-10"


def test_no_secret_is_in_a_log_the_record_or_the_site(story: Told) -> None:
    hub = story.hub
    secrets = (hub.host.token, story.group.address)
    site = "".join(path.read_text(encoding="utf-8") for path in hub.published.rglob("*.html"))
    told = "".join(one.ran.told for one in story.chapters) + git(hub.bare, "log", "--all", "-p") + site

    assert [one for one in secrets if one in told] == []
    assert [one for one in secrets if one in str(hub.host.told) + "".join(story.group.texts)] == []


def test_the_record_that_came_of_it_is_sound(story: Told) -> None:
    ran = story.hub.clone().run("check", now="2026-11-02T09:00:00+08:00")

    assert (ran.code, ran.out) == (0, "")
