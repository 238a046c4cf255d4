"""`list` of a large desk, a process of its own each time, beside the plain way: every file read again.

    python tests/bench/bench_list.py [N] [FOLDER]

Makes N items (100,000 unless told otherwise) in FOLDER, or a temporary one, and prints the medians of whole processes:
cold (no index yet), warm, warm and filtered, after 100 items were changed, and the plain way, with ratios to it.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.sample_desk import environment, policy_files

from git_feedback.model import ids

NOW = "2026-11-20T11:05:00+08:00"
LAST = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TALES = (
    ("支付页面报错", "付款到最后一步提示系统繁忙，已经试了三次，请回电。"),
    ("Refund missing", "Sent back, no money yet."),
)
CATEGORIES = (("service/refund", 3, 3), ("product/bug", 4, 4), ("other/unclear", 2, 2))


def item(number: int, count: int) -> tuple[str, str]:
    """Path and text of an item: spread over five years, one in ten not finished."""
    received = LAST - timedelta(days=5 * 365 * (count - number) / count)
    day = (received + timedelta(hours=8)).date()
    own = ids.make("Q", day, "web-form", str(number), lambda _: False)
    title, text = TALES[number % 2]
    lines = [f"id: {own}", f"received: {_at(received)}", f"landed: {_at(received)}", "channel: web-form"]
    lines += [f'source: "{number}"', f"title: {title} {number}", "text: |-", f"  {text}", *_history(number, received)]
    return ids.path(own), "\n".join(lines) + "\n"


def _history(number: int, received: datetime) -> list[str]:
    category, urgency, impact = CATEGORIES[number % 3]
    said = f"category: {category}, urgency: {urgency}, impact: {impact}"
    lines = ["history:", f"  - classify: {{at: {_at(received)}, by: rules, {said}}}"]
    given = "by: he.miao, department: support, owner: he.miao"
    lines.append(f"  - assign: {{at: {_at(received + timedelta(hours=1))}, {given}}}")
    if number % 10:
        for hours, verb in ((2, "accept"), (5, "reject")):
            kind = ", kind: invalid" if verb == "reject" else ""
            lines.append(f"  - {verb}: {{at: {_at(received + timedelta(hours=hours))}, by: he.miao{kind}}}")
    return lines


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def desk(root: Path, count: int) -> None:
    """A desk with so many items, committed."""
    for path, content in policy_files().items():
        _write(root / path, content)
    for number in range(count):
        path, text = item(number, count)
        _write(root / path, text.encode())
    for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "start"), ("gc", "-q")):
        _git(root, *words)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "maintenance.auto=false")
    subprocess.run(["git", *who, *words], cwd=root, check=True, env=environment({}))


Taken = tuple[float, float]
"""Seconds by the clock on the wall, and of all processors."""


def seconds(root: Path, *words: str, rounds: int = 5, plain: bool = False) -> Taken:
    """A whole process of `list`; the medians of some rounds."""
    options = ["--repo", str(root), "--now", NOW, *(["--as-of", "HEAD"] if plain else [])]
    command = [sys.executable, "-m", "git_feedback", "list", *options, *words]
    wall, worked = [], []
    for _ in range(rounds):
        start, before = time.perf_counter(), _worked()
        subprocess.run(command, check=True, capture_output=True, env=environment({}))
        wall.append(time.perf_counter() - start)
        worked.append(_worked() - before)
    return statistics.median(wall), statistics.median(worked)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def change(root: Path, count: int, words: str) -> None:
    """A remark at the end of the titles of a hundred items all over the desk."""
    for number in range(0, count, max(1, count // 100)):
        path = root / item(number, count)[0]
        path.write_bytes(path.read_bytes().replace(b"\ntext: ", f" {words}\ntext: ".encode(), 1))


def measure(root: Path, count: int) -> None:
    """Print the figures."""
    cold = seconds(root, rounds=1)
    figures = {"warm, --limit 50": seconds(root, "--limit", "50"), "warm, all unfinished": seconds(root)}
    figures["warm, level:P1 older:30d"] = seconds(root, "level:P1", "state:open", "older:30d", "--limit", "50")
    figures["warm, words"] = seconds(root, "请回电", "--limit", "50")
    change(root, count, "改")
    figures["100 changed, first time"] = seconds(root, "--limit", "50", rounds=1)
    figures["100 changed, again"] = seconds(root, "--limit", "50")
    _git(root, "commit", "-q", "-a", "-m", "change")
    figures["100 changed, committed"] = seconds(root, "--limit", "50", rounds=1)
    whole = seconds(root, "--limit", "50", rounds=1, plain=True)
    print(f"items {count}")
    for name, (wall, worked) in {"cold": cold, **figures, "plain (reads all)": whole}.items():
        ratio = whole[1] / worked
        print(f"{name:28}{wall:8.2f} s {worked:8.2f} s of processors   {ratio:7.1f} times less work than the plain way")


def main() -> None:
    """Make the desk where it is not there yet, and measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder)
        if not (root / "policy").is_dir():
            desk(root, count)
        measure(root, count)


if __name__ == "__main__":
    main()
