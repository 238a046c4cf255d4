"""The style that machines can see: what is banned, what needs a docstring, how long is too long."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_desk import ROOT, environment

PACKAGE = ROOT / "scripts/git_feedback"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def rules(code: str, place: str) -> set[str]:
    """What ruff says of `code` when it stands at `place`."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--stdin-filename",
        str(ROOT / place),
        "--output-format",
        "json",
        "-",
    ]
    done = subprocess.run(command, cwd=ROOT, input=code.encode(), capture_output=True, check=False, env=environment({}))
    return {one["code"] for one in json.loads(done.stdout)}


CLOCK = '"""样例。"""\n\nfrom datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n'
SLEEP = '"""样例。"""\n\nimport time\n\ntime.sleep(1)\n'
READS = '"""样例。"""\n\nimport os\n\nWHO = os.environ["USER"]\n'
YAML = '"""样例。"""\n\nimport yaml\n\nVALUE = yaml.safe_load("a: 1")\n'
HTML = '"""样例。"""\n\nimport nh3\n\nVALUE = nh3.clean("<b>")\n'


@pytest.mark.parametrize(("code", "room", "home"), [
    (CLOCK, "desk", "cli"), (CLOCK, "insight", "cli"), (READS, "policy", "cli"), (YAML, "triage", "notation"), (HTML, "pages", "escaping"),
])  # fmt: skip
def test_what_one_room_owns_is_banned_in_the_others(code: str, room: str, home: str) -> None:
    assert "TID251" in rules(code, f"scripts/git_feedback/{room}/sample.py")
    assert "TID251" not in rules(code, f"scripts/git_feedback/{home}/sample.py")


def test_nothing_sleeps_where_sleep_should_be_an_argument() -> None:
    assert "TID251" in rules(SLEEP, "scripts/git_feedback/jobs/sample.py")


def test_an_import_for_types_alone_is_nowhere() -> None:
    for path in [*MODULES, *(path for path in TESTS if path != Path(__file__))]:
        assert "if TYPE_CHECKING" not in path.read_text(encoding="utf-8"), path


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", [path for path in MODULES if path.read_bytes()], ids=name)
def test_every_module_and_public_class_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} on line {node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_longer_than_400_lines_and_no_function_than_50(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} on line {node.lineno}"


def test_nine_of_ten_functions_are_under_thirty_lines() -> None:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in MODULES)
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    short = [node for node in functions if (node.end_lineno or 0) - node.lineno < 30]
    assert len(short) > 0.9 * len(functions)


@pytest.mark.parametrize("word", ["utils", "misc", "helpers", "manager", "common"])
def test_no_module_is_named_after_nothing(word: str) -> None:
    assert not [path for path in MODULES if path.stem == word or path.parent.name == word]
