"""Mails end to end: a mailbox read, masked, sealed to two recipients, written as items and committed.

    python tests/bench/bench_mail.py [N]

Prints mails a minute for reading alone and for the whole import, by the clock and by CPU time, and the peak of resident memory.  One mail in five
answers another, one in four is an HTML page in GB18030, one in ten has a picture.
"""

import resource
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from datetime import datetime
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.sample_desk import sample

from git_feedback.intake import FORMATS, Source
from git_feedback.jobs import importing
from git_feedback.jobs.reading import load_policy
from git_feedback.jobs.taking_in import TakingIn
from git_feedback.jobs.vaults import Vault
from git_feedback.privacy.sealing import new_identity
from git_feedback.store import Desk

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
WORDS = "付款到最后一步提示“系统繁忙”，已经试了三次，请打 13800138000 联系我。订单号 20261120123。\n" * 6
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def mailbox(many: int) -> bytes:
    """A mailbox of that many mails."""
    return b"".join(
        b"From li@example.cn Fri Nov 20 02:31:05 2026\n" + _mail(number) + b"\n\n" for number in range(many)
    )


def _mail(number: int) -> bytes:
    subject = b64encode(f"第 {number} 封：付款页面报错".encode()).decode()
    head = (
        f"Received: from mx.example.cn by mail.example.com; Fri, 20 Nov 2026 10:32:00 +0800\n"
        f"From: =?utf-8?B?5p2O6Zu3?= <li{number % 5000}@example.cn>\nTo: service@example.com\nSubject: =?utf-8?B?{subject}?=\n"
        f"Date: Fri, 20 Nov 2026 10:31:05 +0800\nMessage-ID: <{number}@mail.example.cn>\n"
    )
    if number % 5 == 4:
        head += f"In-Reply-To: <{number - 3}@mail.example.cn>\n"
    quoted = "\n客服 <service@example.com> 于2026年11月20日周五 10:31写道：\n\n" + "> 您好，请提供订单号。\n" * 10
    if number % 4 == 0:
        page = "<html><body>" + "".join(f"<p>{line}</p>" for line in WORDS.split("\n")) + "</body></html>"
        return (head + "Content-Type: text/html; charset=gb2312\n\n").encode() + page.encode("gb18030")
    if number % 10 == 1:
        parts = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{WORDS}{quoted}\n--b\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n{PICTURE}\n--b--\n"
        return (head + "Content-Type: multipart/mixed; boundary=b\n\n" + parts).encode()
    return (head + "Content-Type: text/plain; charset=utf-8\n\n" + WORDS + quoted).encode()


def _cpu() -> float:
    """Seconds of work so far, Git's included: a busy machine does not change it."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Measure and print."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        desk = sample(Path(folder))
        lines = "".join(f"{new_identity()[1]}\n" for _ in range(2))
        (desk.root / "policy/recipients.txt").write_text(lines, encoding="utf-8")
        policy = load_policy(Desk(desk.root).policy())
        source = Source(mailbox(many), "bench.mbox", policy, NOW)
        start = time.perf_counter()
        assert sum(1 for _ in FORMATS["mbox"].read(source)) == many
        read = time.perf_counter() - start
        bits = count(7)
        before = _cpu()
        start = time.perf_counter()
        door = TakingIn(desk.root, policy, Vault.of(policy, desk.git, b"k" * 32), NOW, lambda: next(bits))
        done = importing.run(FORMATS["mbox"].read(source), door)
        taken = time.perf_counter() - start
        subprocess.run(["git", "add", "--all"], cwd=desk.root, check=True)
        subprocess.run(["git", "commit", "--quiet", "--message=bench"], cwd=desk.root, check=True)
        whole = time.perf_counter() - start
    cpu = _cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"mails {many}: {len(done.new)} items, {len(done.messages)} messages, mailbox {len(source.content) / 2**20:.0f} MiB"
    )
    for name, seconds in (
        ("read", read),
        ("read, sealed, written", taken),
        ("and committed", whole),
        ("the same, CPU alone", cpu),
    ):
        print(f"{name:24}{seconds:7.1f} s {many / seconds * 60:10,.0f} a minute")
    print(f"peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
