"""Import of tables end to end, in a process of its own each: rows read, contacts sealed to two people, one commit.

    python tests/bench/bench_import.py [N]

Prints rows a minute and the most memory it took, for CSV, XLSX and JSON lines.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.sample_desk import environment, sample

from git_feedback.privacy.sealing import new_identity

HEADER = ("单号", "时间", "标题", "内容", "姓名", "手机", "评分")
MAP = """\
name: 速度
times: [iso, "%Y/%m/%d %H:%M"]
zone: Asia/Shanghai
channel: partner
columns: {source: 单号, received: 时间, title: 标题, text: 内容, rating: 评分}
contacts: {name: 姓名, mobile: 手机}
categories:
  - {when: {标题: "*退款*"}, gives: service/refund}
departments:
  - {when: {标题: "*退款*"}, gives: support}
"""


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Rows as a partner would send them; every tenth has a telephone number in its text."""
    for number in range(count):
        say = f"订单 {number} 付款后三天没有发货，客服说在处理。" + ("请回电 13800138000。" if number % 10 == 0 else "")
        when = f"2026/11/{1 + number % 18:02d} {number % 24:02d}:{number % 60:02d}"
        title = "退款没到账" if number % 3 else "支付页面报错"
        yield (f"HB-{number:06d}", when, title, say, f"客户{number}", f"138{number:08d}", str(1 + number % 5))


def written(folder: Path, count: int) -> dict[str, Path]:
    """The same rows in each format."""
    made = {kind: folder / f"rows.{kind}" for kind in ("csv", "xlsx", "jsonl")}
    with made["csv"].open("w", encoding="utf-8") as file:
        file.writelines(",".join(row) + "\n" for row in (HEADER, *rows(count)))
    with made["jsonl"].open("w", encoding="utf-8") as file:
        file.writelines(
            json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) + "\n" for row in rows(count)
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADER, *rows(count)):
        sheet.append(row)
    book.save(made["xlsx"])
    return made


def measured(kind: str, path: Path, count: int) -> str:
    """One import into a fresh desk."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = sample(Path(folder))
        people = "\n".join(new_identity()[1] for _ in range(2))
        (desk.root / "policy" / "recipients.txt").write_text(f"{people}\n", encoding="utf-8")
        (desk.root / "map.yml").write_text(MAP, encoding="utf-8")
        desk.commit()
        words = ["import", kind, str(path), "--map", "map.yml", "--format", "json", "--by", "he.miao"]
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _WATCHED, *words],
            cwd=desk.root,
            capture_output=True,
            text=True,
            check=False,
            env=environment({}),
        )
        took = time.perf_counter() - start
    said, peak = done.stdout, done.stderr.strip().rpartition("\n")[2]
    if done.returncode or json.loads(said)["imported"] != count:
        raise SystemExit(f"{kind}: {said}{done.stderr}")
    return f"{kind:6} {count / took * 60:9.0f} rows a minute   {took:6.1f} s   {int(peak) / 1024:5.0f} MiB"


_WATCHED = """
import resource, sys
from git_feedback.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        for kind, path in written(Path(folder), count).items():
            print(measured(kind, path, count))


if __name__ == "__main__":
    main()
