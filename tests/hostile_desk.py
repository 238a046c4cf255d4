"""A desk on which everybody means harm: every payload of cases/escaping/payloads.txt in every field that holds free text.

Names out of the policy are hostile too, for they stand on pages, in charts and in reports.  A test session builds its
site once.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.sample_desk import NOW, ROOT, Sample, sample

from git_feedback.intake.door import safe
from git_feedback.model import Attachment, Item, Submitter, ids
from git_feedback.model import events as ev
from git_feedback.model.item import Kept
from git_feedback.store import write

MOMENT = datetime.fromisoformat(NOW)
MONTH = "2026-10"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)
KEPT = f"attachments/{sha256(PICTURE).hexdigest()[:2]}/{sha256(PICTURE).hexdigest()}.png"
TITLE_MAX, DEVICE_MAX, TEXT_MAX, LINE_MAX = 120, 120, 5000, 300
MARK = "斑头雁"
"""Stands in every text of a stranger, and nowhere else."""


@cache
def payloads() -> tuple[str, ...]:
    """Every payload as it is written there."""
    lines = (ROOT / "tests/cases/escaping/payloads.txt").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if not line.startswith("#"))


def line(payload: str, most: int = LINE_MAX) -> str:
    """A payload as intake leaves it in a field of one line."""
    return " ".join(safe(payload).split())[:most].strip() or "空"


def text(payload: str) -> str:
    """A payload as intake leaves it in a field of free text."""
    return f"{safe(payload)[: TEXT_MAX - 20].strip() or '空'}\n\n{MARK}"


@dataclass(frozen=True)
class Hostile:
    """The desk, its items by number of payload, and where its site lies once it was built."""

    desk: Sample
    items: tuple[Item, ...]

    @property
    def site(self) -> Path:
        """The top of what is published."""
        return self.desk.root / "build" / "site"


def hostile(root: Path) -> Hostile:
    """The desk, committed."""
    desk = sample(root / "desk")
    _hostile_policy(desk.root)
    made = items()
    for item in made:
        path = desk.root / ids.path(item.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(item))
    kept = desk.root / "feedback" / KEPT
    kept.parent.mkdir(parents=True)
    kept.write_bytes(PICTURE)
    _measures(desk.root, made)
    desk.commit()
    return Hostile(desk, made)


def built(root: Path) -> Hostile:
    """The same with its site and a report of October, all from one moment."""
    found = hostile(root)
    desk = found.desk
    ours = shutil.ignore_patterns("knowledge", "training")  # tells of items that this desk does not have
    shutil.copytree(ROOT / "site", desk.root / "site", ignore=ours)
    for file in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / file, desk.root / file)
    for words in (["generate"], ["report", MONTH, "--no-pdf"], ["build", "--strict"]):
        desk.commit()
        ran = desk.run(*words)
        assert ran.code == 0, ran
    return found


def items() -> tuple[Item, ...]:
    """An item for each payload, in their order."""
    return tuple(_item(number, payload) for number, payload in enumerate(payloads()))


# ---- items ----------------------------------------------------------------------------------------------------------


def _item(number: int, payload: str) -> Item:
    """One item of its payload; what happened to it goes round."""
    finished = number % 6 == 3
    day = 5 + number % 20 if finished else 16 + number % 4
    received = datetime(2026, 10 if finished else 11, day, 9, number % 60, tzinfo=MOMENT.tzinfo)
    source = f"{line(payload, 150)} {number}"
    return Item(
        id=ids.make("Q", received.date(), "partner", source, lambda _: False),
        received=received,
        landed=received + timedelta(seconds=5),
        channel="partner",
        source=source,
        language="zh",
        title=line(payload, TITLE_MAX),
        text=text(payload),
        submitter=Submitter(kind="returning", ref="5b1c6e0a", hint=re.sub(r"[0-9@]", "*", line(payload))),
        product=line(payload),
        area=line(payload),
        device=line(payload, DEVICE_MAX),
        rating=2,
        nps=3,
        tags=(line(payload, 80), "急"),
        attachments=(Attachment(file=Kept(path=KEPT, bytes=len(PICTURE)), name=line(payload)),),
        history=tuple(_history(number, text(payload), line(payload), received)),
    )


def _history(number: int, words: str, line_of: str, received: datetime) -> Iterator[ev.Event]:
    at = (received + timedelta(minutes=minutes) for minutes in range(1, 60))

    def event(verb: str, by: str = "lin.wan", **more: Any) -> ev.Event:
        return ev.VERBS[verb].model_validate({"at": next(at), "by": by, **more})

    if number % 6 == 0:
        yield event("message", "intake", source=f"{line_of[:200]} m", text=words, files=(KEPT,))
        return
    yield event("classify", "rules", category="product/payment", urgency=4, impact=3, because=words)
    if number % 6 == 1:
        yield event("assign", "ines.brandt", department="payments", because=words)
        yield event("reject", "zhou.yuan", kind="spam", reason=words)
        return
    yield event("assign", "ines.brandt", department="payments", owner="lin.wan", helpers=("ji.nan",), because=words)
    yield event("accept")
    if number % 6 == 2:
        yield event("ask", missing=("device",), question=words)
        yield event("supply", "intake", source=f"{line_of[:200]} s", text=words)
        yield event("copy", to=("app",), because=words)
        yield event("link", kind="issue", to=line_of, because=words)
        yield event("escalate", to="zhou.yuan", because=words)
        yield event("ask", question=words)
        return
    yield event("plan", due="2026-11-25", what=words)
    yield event("respond", channel="partner", progress=True, text=words)
    yield event("note", "he.miao", text=words)
    yield event("message", "intake", text=words)
    if number % 6 == 4:
        yield event("snooze", until="2026-11-23", because=words)
        yield event("exempt", "he.miao", clock="resolve", until="2026-11-27", because=words)
        yield event("return", reason=words)
        return
    if number % 6 == 5:
        return
    yield event("resolve", result=words, cause=words, measure=words)
    yield event("review", "zhou.yuan", verdict="pass", reason=words)
    yield event("notify", channel="partner", about="resolved", text=words)
    yield event("reply", channel="partner", text=words)
    yield event("follow-up", "ines.brandt", verdict="unsatisfied", csat=1, words=words)
    yield event("reward", "he.miao", kind="points", amount=5, because=words)
    yield event("close", "ines.brandt", reason=words)


# ---- what the team wrote, in their place ------------------------------------------------------------------------------


def _hostile_policy(root: Path) -> None:
    """Names of departments, people, categories and channels are payloads, a different one each."""
    names = iter([one for one in payloads() if len(one) < 100] * 3)
    for file in ("people.yml", "categories.yml", "channels.yml"):
        path = root / "policy" / file
        path.write_text(_renamed(path.read_text("utf-8"), names), encoding="utf-8")


def _renamed(policy: str, names: Iterator[str]) -> str:
    def name(_: re.Match[str]) -> str:
        payload = next(names)
        return f"name: {{en: {_quoted(payload, 'E')}, zh: {_quoted(payload, '名')}}}"

    return re.sub(r"name: \{[^}]*\}", name, policy)


def _quoted(payload: str, mark: str) -> str:
    return json.dumps(f"{line(payload, 60)} {mark}", ensure_ascii=False)


def _measures(root: Path, items: tuple[Item, ...]) -> None:
    """Improvements that are told to everybody, in words of payloads."""
    finished = [item for number, item in enumerate(items) if number % 6 == 3]
    folder = root / "feedback" / "measures"
    folder.mkdir(parents=True)
    for number, item in enumerate(finished[:30]):
        words = _quoted(item.title, "改")
        (folder / f"M-hostile-{number}.yml").write_text(
            f"id: M-hostile-{number}\ntitle: {{en: {words}, zh: {words}}}\nwhat: {words}\nwhy: {words}\nowner: zhou.yuan\n"
            f"status: done\ndone: 2026-11-0{number % 9 + 1}\nitems: [{item.id}]\npublic: true\n"
            f"said: {{en: {words}, zh: {words}}}\ndid: {{en: {words}, zh: {words}}}\n",
            encoding="utf-8",
        )
