"""The files by which a desk runs without GitHub: sound to those who read them, thin, and without a stranger's word."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.sample_desk import policy_files

from git_feedback.hosts import unattended
from git_feedback.notation import read
from git_feedback.policy import load

SECRET = "DESK_CHAT"
NOTIFY = "ways:\n  chat: {by: webhook, settings: DESK_CHAT}\n  drafts: {by: folder}\n"
STRANGERS = re.compile(
    r"CI_COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|REF_NAME|AUTHOR|TAG)|CI_MERGE_REQUEST_(?:TITLE|DESCRIPTION|LABELS|SOURCE_BRANCH_NAME)|"
    r"TRIGGER_PAYLOAD|GITLAB_USER|\.(?:title|body|login|email|message|head_ref|ref_name|name)\b"
)
"""Variables and fields that anybody may fill."""
KINDS = ("gitlab", "gitea", "plain")
PROGRAM = "/opt/git-feedback/bin/git-feedback"


def made(kind: str, wishes: str = "every: 30m, publish: team", *, is_locked: bool = False) -> dict[str, str]:
    """The files of a desk like this one on another host."""
    sources = policy_files()
    told = re.sub(r"(?ms)^(?:# [^\n]*\n)*automation:.*\Z", "", sources["policy/desk.yml"].decode())
    sources["policy/desk.yml"] = f"{told}automation: {{host: {kind}, {wishes}}}\n".encode()
    sources["policy/notify.yml"] = re.sub(
        r"(?ms)^ways:\n.*?(?=^\S)", NOTIFY, sources["policy/notify.yml"].decode()
    ).encode()
    found = load(sources)
    assert found.policy, [problem.said("en") for problem in found.problems]
    return unattended.files(found.policy, "git feedback generate", is_locked=is_locked)


def loaded(text: str) -> dict[str, Any]:
    found = read(text.encode())
    assert isinstance(found, dict)
    return found


def tool(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A program of this environment or machine; skipped with the reason where it is not there."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return subprocess.run([found, *words], capture_output=True, text=True, check=False)


def put(folder: Path, files: dict[str, str]) -> list[str]:
    """Write files; their paths."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [str(folder / path) for path in files]


# ---- all of them ----------------------------------------------------------------------------------------------------


def test_a_desk_on_github_or_of_which_nothing_runs_by_itself_has_none() -> None:
    assert made("github") == {}
    sources = policy_files()
    told = re.sub(r"(?ms)^(?:# [^\n]*\n)*automation:.*\Z", "host: gitlab\n", sources["policy/desk.yml"].decode())
    found = load(sources | {"policy/desk.yml": told.encode()})
    assert found.policy
    assert unattended.files(found.policy, "git feedback generate", is_locked=False) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_says_in_its_first_line_what_makes_it_and_leaves_no_mark_open(kind: str) -> None:
    for wishes in (
        "every: 30m, publish: team",
        "every: never, report: never, publish: none",
        "every: 2h, publish: public",
    ):
        for path, text in made(kind, wishes).items():
            assert "by `git feedback generate`" in text.splitlines()[0], path
            assert not re.search(r"@[A-Z-]+@|#@", text), path


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_exists_with_the_options_it_is_given(kind: str) -> None:
    lines = {
        line for text in made(kind).values() for line in re.findall(r"git[ -]feedback ([a-z][a-z0-9 $\"_A-Z-]+)", text)
    }
    assert len(lines) >= 2
    for line in sorted(line for line in lines if " -" in line):
        words = line.split()
        names = [word for word in words[: words.index(next(one for one in words if one[0] == "-"))] if word.isalpha()]
        done = subprocess.run(
            [sys.executable, "-m", "git_feedback", *names, "-h"], capture_output=True, text=True, check=True
        )
        assert all(word in done.stdout for word in words if word.startswith("--")), line


@pytest.mark.parametrize("kind", KINDS)
def test_secrets_stand_in_them_by_name_only(kind: str) -> None:
    together = "\n".join(made(kind).values())
    assert SECRET in together
    assert not re.search(rf"{SECRET}\s*[=:]\s*(?!\$\{{\{{ secrets\.)\S", together)


def test_a_repository_that_holds_the_program_installs_it_from_there() -> None:
    assert "--requirement requirements.lock" in made("gitlab", is_locked=True)[".gitlab-ci.yml"]
    assert 'pip install --quiet "git-feedback[all]' in made("gitlab")[".gitlab-ci.yml"]
    wished = made("gitlab", "install: 'git-feedback[site] @ https://example.com/a: b.whl'")[".gitlab-ci.yml"]
    assert loaded(wished)["default"]["before_script"][-1].endswith(
        '"git-feedback[site] @ https://example.com/a: b.whl"'
    )


# ---- GitLab ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wishes", ["every: 30m, publish: team", "every: never, report: never, publish: none"])
def test_the_pipeline_follows_the_schema_of_gitlab(tmp_path: Path, wishes: str) -> None:
    done = tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", *put(tmp_path, made("gitlab", wishes)))
    assert done.returncode == 0, done.stdout + done.stderr


def jobs() -> dict[str, dict[str, Any]]:
    found = loaded(made("gitlab")[".gitlab-ci.yml"])
    return {name: job for name, job in found.items() if isinstance(job, dict) and "script" in job}


def test_no_line_of_a_pipeline_holds_what_a_stranger_wrote() -> None:
    lines = [line for job in jobs().values() for line in job["script"]]
    assert not [line for line in lines if STRANGERS.search(line)]
    assert STRANGERS.search("$CI_COMMIT_TITLE")


def test_jobs_that_push_wait_for_each_other_end_by_themselves_and_are_not_broken_off() -> None:
    assert loaded(made("gitlab")[".gitlab-ci.yml"])["default"]["interruptible"] == "false"
    pushing = {name: job for name, job in jobs().items() if any("--push" in line for line in job["script"])}
    assert set(pushing) == {"night", "clocks", "report", "merge-base"}
    assert {name for name, job in pushing.items() if job["resource_group"] == "desk"} == {"night", "clocks", "report"}
    assert all(job["timeout"] and job.get("interruptible") is None for job in pushing.values())


def test_a_pipeline_without_pages_publishes_nothing() -> None:
    assert "pages" in jobs()
    assert "pages:" not in made("gitlab", "publish: none")[".gitlab-ci.yml"]
    assert "- mv build/public/site public" in made("gitlab", "publish: public")[".gitlab-ci.yml"]


def test_the_token_is_told_to_this_server_alone() -> None:
    text = made("gitlab")[".gitlab-ci.yml"]
    assert 'GIT_CONFIG_KEY_1="credential.$CI_SERVER_URL.helper"' in text
    assert "$GITLAB_TOKEN" not in text.replace('echo "password=$GITLAB_TOKEN"', "")


# ---- Gitea, Forgejo -------------------------------------------------------------------------------------------------


def test_workflows_for_gitea_are_sound_to_their_linters(tmp_path: Path) -> None:
    paths = put(tmp_path, made("gitea"))
    schema = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *paths)
    assert schema.returncode == 0, schema.stdout
    linted = tool("actionlint", *paths)
    assert (linted.returncode, linted.stdout) == (0, ""), linted.stdout


def test_they_use_no_action_of_others_and_put_no_expression_into_a_command() -> None:
    files = made("gitea")
    assert {Path(path).name for path in files} == {
        "check.yml", "comment.yml", "intake.yml", "merge-base.yml", "month.yml", "nightly.yml", "training.yml",
    }  # fmt: skip
    for path, text in files.items():
        workflow = loaded(text)
        steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
        assert "uses:" not in text, path
        assert not [step for step in steps if "${{" in step["run"]], path
        assert workflow["permissions"] == {}
        assert all(int(job["timeout-minutes"]) <= 60 and job["permissions"] for job in workflow["jobs"].values())
        expressions = [one for one in re.findall(r"\$\{\{(.*?)\}\}", text) if "labels.*.name" not in one]
        assert not [one for one in expressions if STRANGERS.search(one.replace("repo.full_name", ""))], path


def test_the_token_stands_in_the_steps_that_need_it_and_never_where_the_program_is_installed() -> None:
    for text in made("gitea").values():
        steps = [step for job in loaded(text)["jobs"].values() for step in job["steps"]]
        (install,) = (step for step in steps if step["name"] == "Install")
        assert "env" not in install
        assert all("TOKEN" not in step["run"] for step in steps)


# ---- a plain machine ------------------------------------------------------------------------------------------------


def settings(text: str) -> dict[str, list[str]]:
    """What a unit sets: each name with its values."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", text, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_the_service_gains_no_rights_and_writes_in_its_own_folder_only() -> None:
    for name in ("git-feedback.service", "git-feedback-report.service"):
        found = settings(made("plain")[f"deploy/{name}"])
        for setting in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictSUIDSGID", "ProtectKernelModules"):
            assert found[setting] == ["true"], setting
        assert (found["ProtectSystem"], found["ReadWritePaths"]) == (["strict"], ["/srv/git-feedback"])
        assert (found["CapabilityBoundingSet"], found["User"]) == ([""], ["git-feedback"])
        assert found["EnvironmentFile"] == ["-/etc/git-feedback/secrets.env"]


def test_the_timer_makes_up_for_what_was_missed() -> None:
    found = settings(made("plain")["deploy/git-feedback.timer"])
    assert (found["OnCalendar"], found["Persistent"], found["RandomizedDelaySec"]) == (["*:00/30"], ["true"], ["60"])
    once = settings(made("plain", "every: never, night: '02:17'")["deploy/git-feedback.timer"])
    assert once["OnCalendar"] == ["*-*-* 02:17:00 Asia/Shanghai"]
    service = settings(made("plain", "every: never")["deploy/git-feedback.service"])
    assert service["ExecStart"] == [f"{PROGRAM} nightly --push --next-run 24h"]


@pytest.mark.parametrize(
    "wishes", ["every: 30m", "every: 1h", "every: 6h", "every: never, night: '00:05'", "report: never"]
)
def test_systemd_finds_nothing_wrong(tmp_path: Path, wishes: str) -> None:
    files = {path: text for path, text in made("plain", wishes).items() if not path.endswith("crontab")}
    here = {path: text.replace(PROGRAM, sys.executable) for path, text in files.items()}
    done = tool("systemd-analyze", "verify", "--man=no", *put(tmp_path, here))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    for text in files.values():
        for calendar in settings(text).get("OnCalendar", ()):
            assert tool("systemd-analyze", "calendar", calendar).returncode == 0, calendar


FIELDS = re.compile(r"(?:\*|[0-9*/,-]+)(?: (?:\*|[0-9*/,-]+)){4} \S.*")


def crontab(wishes: str = "every: 30m") -> list[str]:
    """The lines of a crontab that run something."""
    lines = made("plain", wishes)["deploy/crontab"].splitlines()
    return [line for line in lines if line and line[0] != "#" and not re.match(r"[A-Z_]+=", line)]


@pytest.mark.parametrize(("wishes", "times"), [
    ("every: 30m, report: '08:37'", ["*/30 * * * *", "37 8 1-12 * *"]), ("every: 2h, night: '02:17', report: never", ["17 */2 * * *"]),
    ("every: 1h, night: '02:17', report: never", ["17 */1 * * *"]), ("every: never, night: '02:07', report: never", ["7 2 * * *"]),
])  # fmt: skip
def test_a_crontab_has_a_line_for_each_run_without_a_percent_sign(wishes: str, times: list[str]) -> None:
    lines = crontab(wishes)
    assert [" ".join(line.split()[:5]) for line in lines] == times
    assert all(FIELDS.fullmatch(line) and "%" not in line for line in lines)
    assert made("plain", wishes)["deploy/crontab"].count("CRON_TZ=Asia/Shanghai") == 1


@pytest.mark.parametrize(("code", "mailed"), [(0, ""), (3, "一切照旧\n")])
def test_cron_mails_what_a_run_said_only_when_it_did_not_end_well(tmp_path: Path, code: int, mailed: str) -> None:
    program = tmp_path / "bin/git-feedback"
    put(
        tmp_path, {"bin/git-feedback": f'#!/bin/sh\ntest "$DESK_CHAT" = geheim || exit 9\necho 一切照旧\nexit {code}\n'}
    )
    put(tmp_path, {"secrets.env": "DESK_CHAT=geheim\n"})
    program.chmod(0o755)
    line = crontab()[0].split(maxsplit=5)[5]
    line = line.replace("/srv/git-feedback/desk", str(tmp_path)).replace("/etc/git-feedback", str(tmp_path))
    environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(["/bin/sh", "-c", line], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (mailed, "")
