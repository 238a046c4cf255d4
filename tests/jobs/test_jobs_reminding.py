"""Reminders of training: four weeks before and in the week of the day, the lead two weeks after; by one run a week."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from tests.learning.taught_course import VERSIONS, known, passed, teach
from tests.outbox.fake_robots import robot
from tests.sample_desk import Sample, policy, sample

from git_feedback.jobs import reminding
from git_feedback.jobs.alarming import FOLDER, Post
from git_feedback.jobs.reading import whole
from git_feedback.learning.passes import Duty, duties
from git_feedback.model.training import Pass
from git_feedback.outbox.training_reminders import Reminder, training_reminder

DAY = timedelta(hours=24)
MONDAY = "2026-11-30T02:00:00+08:00"
"""The first night of the week that lies four weeks before the last working day of 2026, a Thursday."""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def people(*passes: Pass, today: str) -> list[Duty]:
    return duties(known(), passes, policy(), VERSIONS, date.fromisoformat(today))


EVERYBODY = [passed(person, "2026-10-01") for person in policy().people if person not in {"ji.nan", "fang.yu"}]
"""Everybody else has passed, and is due in half a year."""
DUE = passed("ji.nan", "2026-05-19")
LATE = passed("ji.nan", "2025-12-01")


def told(*passes: Pass, week: str) -> list[Reminder]:
    monday = date.fromisoformat(week)
    listed = people(*EVERYBODY, *passes, passed("fang.yu", "2026-10-01"), today=week)
    return reminding.due_in_week(listed, policy(), monday)


# ---- which week -------------------------------------------------------------------------------------------------------


def test_whoever_is_due_is_told_in_two_weeks_and_in_no_other() -> None:
    weeks = [date(2026, 10, 5) + timedelta(7 * n) for n in range(13)]
    assert [str(week) for week in weeks if told(DUE, week=str(week))] == ["2026-11-30", "2026-12-28"]
    (one,) = told(DUE, week="2026-11-30")
    assert (one.addressee, [duty.course.id for duty in one.own], one.team) == ("ji.nan", ["handling"], ())


def test_the_lead_is_told_in_the_week_two_weeks_after_the_day() -> None:
    weeks = [date(2026, 6, 1) + timedelta(7 * n) for n in range(12)]
    found = {str(week): reminding.due_in_week(people(LATE, today=str(week)), policy(), week) for week in weeks}
    leads = {
        week: [one.addressee for one in listed if any(duty.person == "ji.nan" for duty in one.team)]
        for week, listed in found.items()
    }
    assert {week: who for week, who in leads.items() if who} == {"2026-07-13": ["lin.wan"]}


def test_of_a_lead_the_managers_are_told() -> None:
    late = passed("lin.wan", "2025-12-01")
    found = reminding.due_in_week(people(late, today="2026-07-13"), policy(), date(2026, 7, 13))
    assert [one.addressee for one in found if any(duty.person == "lin.wan" for duty in one.team)] == ["he.miao"]


def test_who_never_passed_is_told_with_the_others_and_the_lead_after_each_half_year() -> None:
    listed = people(*EVERYBODY, passed("ji.nan", "2026-10-01"), today="2026-11-30")
    (one,) = reminding.due_in_week(listed, policy(), date(2026, 11, 30))
    assert (one.addressee, {duty.state for duty in one.own}) == ("fang.yu", {"never"})
    later = [passed(done.person, "2026-12-01") for done in EVERYBODY] + [passed("ji.nan", "2026-12-01")]
    listed = people(*later, today="2027-01-11")
    (one,) = reminding.due_in_week(listed, policy(), date(2027, 1, 11))
    assert (one.addressee, one.own, [duty.person for duty in one.team]) == ("mara.lind", (), ["fang.yu", "fang.yu"])


# ---- which run --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("interval", [DAY, timedelta(minutes=30), timedelta(hours=5)])
def test_of_all_runs_of_a_week_one_sends(interval: timedelta) -> None:
    moment, weeks = at("2026-11-23T02:10:00+08:00"), []
    while moment < at("2026-12-14T02:10:00+08:00"):
        weeks += [reminding.week_of_run(policy(), moment, interval)]
        moment += interval
    served = [week for week in weeks if week]
    assert served == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)]


def test_a_night_before_a_closed_day_waits_for_the_next() -> None:
    """Runs at 22:00: Sunday is quiet, so it is Monday's run, which comes before Tuesday opens."""
    nights = [at("2026-11-29T22:00:00+08:00") + n * DAY for n in range(3)]
    assert [reminding.week_of_run(policy(), one, DAY) for one in nights] == [None, date(2026, 11, 30), None]


def test_in_a_week_of_holidays_nobody_is_told_and_the_next_one_takes_its_place() -> None:
    nights = [at("2026-10-01T02:00:00+08:00") + n * DAY for n in range(7)]
    assert {reminding.week_of_run(policy(), one, DAY) for one in nights} == {None}


# ---- on the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    made = sample(tmp_path)
    teach(made, *EVERYBODY, DUE, passed("fang.yu", "2026-10-01"))
    return made


def letters(desk: Sample) -> list[str]:
    """The drafts that are about training."""
    found = [
        message_from_bytes(path.read_bytes(), policy=default) for path in sorted((desk.root / FOLDER).glob("*.eml"))
    ]
    told = [
        f"{one['To']}\n{one['Subject']}\n{body.get_content()}" for one in found if (body := one.get_body(("plain",)))
    ]
    return [letter for letter in told if "培训" in letter or "课" in letter]


def test_the_night_tells_in_the_desk_s_words_and_a_second_run_leaves_one_draft(desk: Sample) -> None:
    for _ in range(2):
        done = desk.run("nightly", "--no-build", "--lang", "zh", now=MONDAY)
        assert "已提醒 ji.nan（drafts）：培训 1 项" in done.out
    (letter,) = letters(desk)
    for words in (
        "ji.nan@desk.example",
        "反馈台：有 1 门课等您完成",
        "解决问题：再次，请在 2026-12-31 前通过",
        "各提醒一次",
    ):
        assert words in letter


def test_the_next_night_of_the_week_says_nothing_and_nothing_is_stored(desk: Sample) -> None:
    before = desk.git.run("status", "--porcelain")
    tuesday = desk.run("nightly", "--no-build", now="2026-12-01T02:00:00+08:00")
    assert "ji.nan" not in tuesday.out
    assert letters(desk) == []
    assert desk.git.run("status", "--porcelain") == before


def test_a_dry_run_and_one_without_alarms_send_nothing(desk: Sample) -> None:
    dry = desk.run("nightly", "--no-build", "--dry-run", "--lang", "zh", now=MONDAY)
    assert "将提醒 ji.nan" in dry.out
    silent = desk.run("nightly", "--no-build", "--no-alarms", "--lang", "zh", now=MONDAY)
    assert "培训" not in silent.out
    assert letters(desk) == []


def test_what_could_not_be_sent_is_named_and_the_others_are_sent(tmp_path: Path) -> None:
    desk = sample(tmp_path)
    teach(desk, *EVERYBODY, DUE)
    file = "policy/people.yml"
    desk.put(desk.text(file).replace("email: ji.nan@desk.example, ", ""), file)
    found = duties(known(), [*EVERYBODY, DUE], policy(), VERSIONS, date(2026, 11, 30))
    due = reminding.due_in_week(found, policy(), date(2026, 11, 30))
    assert [one.addressee for one in due] == ["ji.nan", "fang.yu"]
    done = desk.run("nightly", "--no-build", "--lang", "zh", now=MONDAY)
    assert done.code == 1
    assert "ji.nan" in done.out
    assert "已提醒 fang.yu" in done.out
    assert len(letters(desk)) == 1


def test_in_english_the_words_are_english(desk: Sample) -> None:
    read = whole(desk.root, at(MONDAY)).policy
    english = replace(read, desk=read.desk.model_copy(update={"language": "en"}))
    duty = people(DUE, today="2026-11-30")
    (own,) = [one for one in duty if one.person == "ji.nan"]
    message = training_reminder(Reminder("lin.wan", (), (own,)), english)
    assert "1 course of your people is overdue" in message.subject
    assert "Ji Nan: Solving, was due on 2026-12-31" in message.text
    assert message.html.startswith('<!doctype html>\n<html lang="en">')


def test_nobody_is_told_where_there_is_no_notify_yml(desk: Sample) -> None:
    assert reminding.week_of_run(replace(policy(), notify=None), at(MONDAY), DAY) is None
    assert reminding.planned([], policy()) == []


def test_whoever_has_two_ways_is_reminded_by_both_and_in_their_own_language(
    desk: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    listed = desk.text("policy/people.yml").replace("{id: ji.nan,", "{id: ji.nan, language: en,")
    desk.put(listed, "policy/people.yml")
    notify = desk.text("policy/notify.yml").replace(
        "drafts: {by: folder}", "drafts: {by: folder}\n  chat: {by: teams, settings: CHAT}"
    )
    desk.put(f"by_person: {{ji.nan: [drafts, chat]}}\n{notify}", "policy/notify.yml")
    found = whole(desk.root, at(MONDAY))
    (own,) = [one for one in people(DUE, today="2026-11-30") if one.person == "ji.nan"]
    with robot("teams") as there:
        post = Post({"CHAT": there.address}, DAY)
        sent = reminding.send([Reminder("ji.nan", (own,), ())], desk.root, found.policy, at(MONDAY), post)
    assert [one.channel for one in sent] == ["drafts", "chat"]
    assert "Hello Ji Nan," in there.texts[0]
    assert len(list((desk.root / FOLDER).glob("*.eml"))) == 1
