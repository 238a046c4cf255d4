"""The workflows that a policy makes: which there are, when they run, what they install, whom they tell what."""

import re
from typing import Any

import pytest
from tests.hosts.desk_policies import COMMAND, MODEST, RECIPIENT, WATCHFUL, policy_with

from git_feedback.hosts.templates import filled
from git_feedback.hosts.workflows import secrets, workflows
from git_feedback.notation import read


def made(automation: str | None, **files: str) -> dict[str, str]:
    found = workflows(policy_with(automation, **files), COMMAND, is_locked=False)
    return {path.rpartition("/")[2]: text for path, text in found.items()}


def loaded(text: str) -> dict[str, Any]:
    found = read(text.encode())
    assert isinstance(found, dict)
    return found


def step(text: str, name: str) -> dict[str, Any]:
    (found,) = (one for job in loaded(text)["jobs"].values() for one in job.get("steps", ()) if one["name"] == name)
    assert isinstance(found, dict)
    return found


# ---- which there are ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("automation", "host"),
    [(None, "github"), ("{host: gitlab}", ""), ("{publish: team}", "gitea"), ("{host: plain}", "github"), ("{}", "")],
)
def test_a_desk_that_has_nothing_run_on_github_gets_no_workflow(automation: str | None, host: str) -> None:
    assert made(automation, host=host) == {}


@pytest.mark.parametrize(("automation", "host"), [("{host: github}", ""), ("{publish: none}", "github")])
def test_whose_host_is_github_is_told_by_the_part_or_by_the_desk(automation: str, host: str) -> None:
    assert "intake.yml" in made(automation, host=host)


def test_without_a_site_there_is_nothing_to_publish_and_nobody_calls_for_it() -> None:
    found = made(**MODEST)

    assert set(found) == {"check.yml", "comment.yml", "intake.yml", "merge-base.yml", "nightly.yml", "training.yml"}
    assert not [name for name, text in found.items() if "pages" in text]


def test_every_workflow_says_in_its_first_line_what_makes_it() -> None:
    firsts = {text.partition("\n")[0] for text in made(**WATCHFUL).values()}

    assert firsts == {
        "# Made from policy/desk.yml and policy/notify.yml by `git feedback generate`: change them instead."
    }


def test_no_mark_of_a_template_is_left_and_no_two_lines_are_empty() -> None:
    for text in (*made(**WATCHFUL).values(), *made(**MODEST).values()):
        assert not re.search(r"@[A-Z-]+@|#@", text)
        assert "\n\n\n" not in text
        assert text.endswith("\n") and not text.endswith("\n\n")


# ---- when they run ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "night", "report"),
    [
        ("Asia/Shanghai", "5 19 * * *", "0 1 1-12 * *"),
        ("Europe/Berlin", "5 2 * * *", "0 8 1-12 * *"),
        ("America/Los_Angeles", "5 11 * * *", "0 17 1-12 * *"),
    ],
)
def test_nights_and_reports_are_at_the_desk_s_own_hours(zone: str, night: str, report: str) -> None:
    found = made(**WATCHFUL, zone=zone)

    assert loaded(found["nightly.yml"])["on"]["schedule"][0] == {"cron": night}
    assert loaded(found["month.yml"])["on"]["schedule"] == [{"cron": report}]


def test_it_says_beside_the_line_what_time_that_is_and_that_summer_makes_it_later() -> None:
    assert (
        '"5 2 * * *" # 03:05 in Europe/Berlin (an hour later in summer)'
        in made(**WATCHFUL, zone="Europe/Berlin")["nightly.yml"]
    )
    assert '"5 19 * * *" # 03:05 in Asia/Shanghai\n' in made(**WATCHFUL)["nightly.yml"]


def test_clocks_by_day_have_a_job_of_their_own_which_the_night_does_not_run_beside() -> None:
    workflow = loaded(made(**WATCHFUL)["nightly.yml"])
    (_, by_day) = (one["cron"] for one in workflow["on"]["schedule"])

    assert workflow["jobs"]["clocks"]["if"] == f"github.event.schedule == '{by_day}'"
    assert workflow["jobs"]["night"]["if"] == f"github.event.schedule != '{by_day}'"


@pytest.mark.parametrize(("desk", "ahead"), [(WATCHFUL, "30m"), (MODEST, "24h")])
def test_a_run_looks_ahead_as_far_as_the_next_one(desk: dict[str, str], ahead: str) -> None:
    calls = re.findall(r"--next-run (\S+)", made(**desk)["nightly.yml"])

    assert set(calls) == {ahead}


# ---- what they publish --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("publish", "folder"), [("team", "build/site"), ("public", "build/public/site")])
def test_the_site_that_is_handed_over_is_the_one_that_was_built(publish: str, folder: str) -> None:
    text = made(f"{{host: github, publish: {publish}}}")["pages.yml"]

    assert step(text, "Build")["run"] == f"git feedback build --audience {publish}"
    assert step(text, "Hand over the site")["with"] == {"path": folder}


def test_the_team_s_site_is_published_only_where_the_policy_says_so() -> None:
    assert "pages.yml" not in made("{host: github}")
    for desk in (WATCHFUL, MODEST):
        assert not [name for name, text in made(**desk).items() if "audience team" in text or "build/site" in text]


@pytest.mark.parametrize("name", ["intake.yml", "comment.yml", "month.yml", "training.yml"])
def test_the_site_is_built_anew_when_something_was_written_and_not_otherwise(name: str) -> None:
    jobs = loaded(made(**WATCHFUL)[name])["jobs"]
    (first,) = (job for job in jobs if job != "pages")

    assert jobs["pages"]["needs"] == first
    assert jobs["pages"]["if"] == f"${{{{ !cancelled() && needs.{first}.outputs.written == 'true' }}}}"
    assert jobs[first]["outputs"] == {"written": f"${{{{ steps.{first}.outputs.written }}}}"}
    assert [one["id"] for one in jobs[first]["steps"] if "id" in one] == [first]


# ---- what they install and are told ---------------------------------------------------------------------------------------


def test_a_repository_that_holds_the_program_installs_it_from_its_lock_file() -> None:
    found = workflows(policy_with(**MODEST), COMMAND, is_locked=True)
    lines = step(found[".github/workflows/check.yml"], "Install")["run"].strip().split("\n")

    assert lines == [
        "python -m pip install --quiet --require-hashes --requirement requirements.lock",
        "python -m pip install --quiet --no-deps --no-build-isolation .",
    ]


def test_any_other_desk_installs_the_version_that_made_the_workflows() -> None:
    assert re.fullmatch(
        r'python -m pip install --quiet "git-feedback\[all\]==\d+\.\d+\.\d+\S*"\n',
        step(made(**MODEST)["check.yml"], "Install")["run"],
    )


def test_a_desk_may_say_what_is_installed() -> None:
    wish = "git-feedback[site] @ git+https://git.example.org/tools/git-feedback@1f3870be274f6c49b3e31a0c6728957f"
    found = made(f'{{host: github, install: "{wish}"}}')

    assert step(found["nightly.yml"], "Install")["run"] == f'python -m pip install --quiet "{wish}"\n'


@pytest.mark.parametrize(
    "wish", ['x"; curl example.org', "$(id)", "`id`", "x && id", "-r evil.txt", "${{ github.token }}"]
)
def test_what_is_installed_cannot_end_the_command(wish: str) -> None:
    with pytest.raises(AssertionError, match="install"):
        policy_with("{host: github, install: " + repr(wish).replace("'", '"' if '"' not in wish else "'") + "}")


def test_the_night_is_given_each_secret_of_its_ways_once_and_under_its_own_name() -> None:
    given = step(made(**WATCHFUL)["nightly.yml"], "Do the night's work")["env"]
    names = ["DINGTALK", "DINGTALK_KEY", "GIT_FEEDBACK_REF_KEY", "MAIL_ACCOUNT", "WECOM"]

    assert secrets(policy_with(**WATCHFUL)) == names
    assert {name: value for name, value in given.items() if "secrets." in value} == {
        name: f"${{{{ secrets.{name} }}}}" for name in names
    }
    assert given == step(made(**WATCHFUL)["nightly.yml"], "Look at the clocks")["env"]


def test_a_desk_without_secrets_asks_for_none() -> None:
    assert secrets(policy_with(**MODEST)) == []
    asked = {line.strip() for text in made(**MODEST).values() for line in text.splitlines() if "secrets." in line}
    assert [line.partition(":")[0] for line in asked] == ["GIT_FEEDBACK_REF_KEY"], "empty as long as there are no keys"


def test_keys_for_the_desk_change_no_file() -> None:
    assert made(**MODEST) == made(**MODEST, recipients=RECIPIENT)


# ---- templates ----------------------------------------------------------------------------------------------------------


def test_a_mark_that_nobody_knows_is_our_mistake() -> None:
    with pytest.raises(KeyError, match="NIGTH"):
        filled('- cron: "@NIGTH@"\n', {"NIGHT": "17 18 * * *"}, set())


def test_lines_put_in_place_of_a_mark_are_as_far_in_as_it_stood() -> None:
    assert filled("env:\n  # @MORE@\n  A: 1\n", {"MORE": ("B: 2", "C: 3")}, set()) == "env:\n  B: 2\n  C: 3\n  A: 1\n"
    assert filled("env:\n  # @MORE@\n  A: 1\n", {"MORE": ()}, set()) == "env:\n  A: 1\n"


def test_a_part_stays_where_it_is_wanted() -> None:
    text = "a\n  #@if clocks\nb\n  #@end\nc\n"

    assert (filled(text, {}, {"clocks"}), filled(text, {}, set())) == ("a\nb\nc\n", "a\nc\n")
