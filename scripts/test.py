"""Everything that CI runs: lint, types, floors and tests, the check of the sample desk, a strict build of its site.

The first argument that is no option and all after it go to pytest: python3 scripts/test.py tests/clock -k pause
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from demo import NOW, copy_of_the_sample
from environment import ROOT, ready

Step = tuple[str, Sequence[str]]


def main() -> int:
    """Run every step; 0 when all went well.  Later steps run although an earlier one failed."""
    python = str(ready("requirements-dev.lock"))
    wanted = sys.argv[1:]
    failed = [name for name, command in steps(python, wanted) if not passed(name, command)]
    if not wanted:
        failed += [name for name, command in desk_steps(python) if not passed(name, command)]
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall steps passed", flush=True)
    return 1 if failed else 0


def steps(python: str, wanted: Sequence[str]) -> list[Step]:
    """Steps on the code; with `wanted`, only those tests."""
    workers = os.environ.get("GIT_FEEDBACK_TEST_WORKERS", "2")
    tests = [python, "-m", "pytest", "-n", workers, "--dist", "loadfile", *wanted]
    if wanted:
        return [("tests", tests)]
    return [
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("floors", [python, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
        ("tests", tests),
    ]


def desk_steps(python: str) -> list[Step]:
    """Steps on the sample desk, in a copy of it."""
    desk = str(copy_of_the_sample())
    feedback = [python, "-m", "git_feedback"]
    shared = ["--repo", desk, "--now", NOW]
    return [
        ("check of the sample", [*feedback, "check", *shared]),
        ("strict site build", [*feedback, "build", "--strict", *shared]),
    ]


def passed(name: str, command: Sequence[str]) -> bool:
    """Whether a step went well; its output goes where ours goes."""
    print(f"\n== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
