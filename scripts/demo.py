"""The sample desk, from its files to its site.

Makes .venv, installs, takes the sample through check, triage, clocks, report and build as of one fixed moment, so that
it looks alive in any year, and serves the site.  Nothing of yours is changed: the desk is a copy under build/demo.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from environment import ROOT, ready

NOW = "2026-11-20T11:05:00+08:00"
"""The moment that the sample desk is shown at: a Friday before noon."""
ACTOR = "he.miao"
COPIED = (
    ".gitattributes",
    ".gitignore",
    ".github",
    "feedback",
    "mkdocs.yml",
    "mkdocs.zh.yml",
    "policy",
    "reports",
    "requirements.lock",
    "scripts/git_feedback/__init__.py",
    "site",
)
"""The desk; the lock file and the program's name make its workflows those of a repository that holds the program."""


def main() -> int:
    """Run the demo; the exit code of the first step that could not go on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--no-serve", action="store_true", help="build the site and stop")
    parser.add_argument("--port", type=int, default=8321, help="where to serve it (0 takes any free port)")
    wishes = parser.parse_args()
    python = ready("requirements.lock")
    desk = copy_of_the_sample()
    for words in steps():
        done = feedback(python, desk, *words)
        if done > (words[0] == "check"):
            return done
    print(f"the site is in {(desk / 'build' / 'site').relative_to(ROOT)}", flush=True)
    if wishes.no_serve:
        return 0
    return feedback(python, desk, "serve", "--now", NOW, "--port", str(wishes.port))


def steps() -> list[tuple[str, ...]]:
    """The commands of the demo, in order."""
    now = ("--now", NOW)
    write = (*now, "--by", ACTOR)
    return [
        ("check", *now),
        ("triage", *write),
        ("sla", *now),
        ("report", "2026-07", *write),
        ("build", *now),
    ]


def copy_of_the_sample() -> Path:
    """A repository of its own with the sample desk in it, made anew; what was built before is kept to build faster."""
    desk = ROOT / "build" / "demo"
    desk.mkdir(parents=True, exist_ok=True)
    for name in (*COPIED, ".git"):
        there = desk / name
        shutil.rmtree(there) if there.is_dir() else there.unlink(missing_ok=True)
    for name in COPIED:
        here = ROOT / name
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        if here.is_dir():
            shutil.copytree(here, desk / name)
        elif here.is_file():
            shutil.copy2(here, desk / name)
    git(desk, "init", "--quiet", "--initial-branch=main")
    git(desk, "config", "user.name", "He Miao")
    git(desk, "config", "user.email", "he.miao@desk.example")
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", f"--date={NOW}", "--message=The sample desk")
    return desk


def git(desk: Path, *words: str) -> None:
    """One git command in the copy."""
    subprocess.run(["git", *words], cwd=desk, check=True)


def feedback(python: Path, desk: Path, *words: str) -> int:
    """One command of the desk, said before it is run."""
    print(f"\n$ git feedback {' '.join(words)}", flush=True)
    try:
        return subprocess.run([str(python), "-m", "git_feedback", *words], cwd=desk, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
