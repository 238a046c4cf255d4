"""A desk on which every word that is nobody else's business is one of a kind, and ears that find each of them anywhere."""

import base64
import binascii
import gzip
import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.sample_desk import NOW, ROOT, Sample, sample

from git_feedback.model import Attachment, Item, Submitter, ids
from git_feedback.model import events as ev
from git_feedback.model.item import Kept
from git_feedback.store import write

MOMENT = datetime.fromisoformat(NOW)
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
SEALED = "-----BEGIN AGE ENCRYPTED FILE-----\n{}\n-----END AGE ENCRYPTED FILE-----"


@dataclass
class Canaries:
    """The desk, and its canaries by whose they are: `staff`, `team` (words for the team), a department's id."""

    desk: Sample
    by_whom: dict[str, list[str]] = field(default_factory=dict)

    def one(self, whose: str, what: str) -> str:
        """A new canary."""
        mine = self.by_whom.setdefault(whose, [])
        mine.append(f"雀{whose}{what}{len(mine):03d}喳")
        return mine[-1]

    def plain(self, whose: str, what: str) -> str:
        """A new canary of lower-case letters and digits alone."""
        mine = self.by_whom.setdefault(whose, [])
        mine.append(f"que.{whose}-{what}{len(mine):03d}")
        return mine[-1]

    def all(self) -> list[str]:
        """Every canary."""
        return [one for mine in self.by_whom.values() for one in mine]


def canaries(root: Path, departments: tuple[str, ...] = ("payments", "logistics")) -> Canaries:
    """The desk, committed: for each department items that went all ways, a measure, staff, articles and a report."""
    desk = sample(root / "desk")
    found = Canaries(desk)
    shutil.copytree(ROOT / "site/theme", desk.root / "site/theme")
    for file in ("mkdocs.yml", "mkdocs.zh.yml"):
        shutil.copy(ROOT / file, desk.root / file)
    _staff(found)
    for department in departments:
        items = [_item(found, department, number) for number in range(4)]
        for item in items:
            path = desk.root / ids.path(item.id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(write(item))
        _measure(found, department, items[0].id)
    _articles(found)
    desk.run("generate")
    desk.commit()
    return found


def _staff(found: Canaries) -> None:
    """Everybody has a name, an address and a login that no other word is like; so have departments."""
    path = found.desk.root / "policy/people.yml"
    text = re.sub(r"name: \{[^}]*\}", lambda _: _name(found), path.read_text("utf-8"))
    text = re.sub(
        r"email: [^,}]+", lambda _: f"email: {found.plain('staff', 'mail')}@desk.example, login: {_login(found)}", text
    )
    path.write_text(text.replace("he.miao@", "he.miao@"), encoding="utf-8")


def _name(found: Canaries) -> str:
    return f"name: {{en: {found.one('staff', 'Name')}, zh: {found.one('staff', '名')}}}"


def _login(found: Canaries) -> str:
    return found.plain("staff", "login")


def _item(found: Canaries, department: str, number: int) -> Item:
    def word(what: str) -> str:
        return found.one(department, what)

    received = MOMENT - timedelta(days=6 - number, minutes=7)
    source = word("source")
    picture = f"attachments/{sha256(source.encode()).hexdigest()[:2]}/{sha256(source.encode()).hexdigest()}.png"
    kept = found.desk.root / "feedback" / picture
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"\x89PNG\r\n\x1a\n" + word("pixel").encode())
    item_id = ids.make("Q", received.date(), "partner", source, lambda _: False)
    found.by_whom[department] += [item_id, picture]
    found.by_whom.setdefault(f"{department} ids", []).append(item_id)
    return Item(
        id=item_id,
        received=received,
        channel="partner",
        source=source,
        language="zh",
        title=word("title"),
        text=word("text"),
        submitter=Submitter(kind="returning", ref=_ref(found, department), hint=word("hint"), sealed=_sealed(word)),
        product=word("product"),
        area=word("area"),
        device=word("device"),
        tags=(word("tag"),),
        attachments=(Attachment(file=Kept(path=picture, bytes=kept.stat().st_size), name=word("file")),),
        receipt=sha256(source.encode()).hexdigest(),
        history=tuple(_history(department, number, received, word, picture)),
    )


def _ref(found: Canaries, department: str) -> str:
    ref = sha256(f"{department}{len(found.all())}".encode()).hexdigest()[:24]
    found.by_whom[department].append(ref)
    return ref


def _sealed(word: Any) -> str:
    return SEALED.format(base64.b64encode(word("sealed").encode()).decode())


def _history(department: str, number: int, received: datetime, word: Any, picture: str) -> Iterator[ev.Event]:
    at = (received + timedelta(minutes=minutes) for minutes in range(1, 60))
    owner, category = ("lin.wan", "product/payment") if department == "payments" else ("tang.li", "service/logistics")

    def event(verb: str, by: str = owner, **more: Any) -> ev.Event:
        return ev.VERBS[verb].model_validate({"at": next(at), "by": by, **more})

    yield event("classify", "rules", category=category, urgency=4, impact=4, because=word("why"))
    if number == 3:
        return
    yield event("assign", "ines.brandt", department=department, owner=owner, because=word("why"))
    yield event("accept")
    yield event("note", text=word("note"))
    yield event("plan", due="2026-11-25", what=word("plan"))
    yield event("link", kind="issue", to=word("link"), because=word("why"))
    yield event("message", "intake", source=word("source"), text=word("message"), files=(picture,))
    yield event("respond", channel="partner", progress=True, text=word("respond"))
    if number == 2:
        yield event("ask", question=word("question"))
        return
    if number == 1:
        yield event("return", reason=word("returned"))
        return
    yield event("escalate", because=word("why"))
    yield event("snooze", until="2026-11-23", because=word("why"))
    yield event("resolve", result=word("result"), cause=word("cause"), measure=word("measure"))
    yield event("review", "zhou.yuan", verdict="pass", reason=word("review"))
    yield event("notify", channel="partner", about="resolved", text=word("notified"))
    yield event("reply", channel="partner", text=word("reply"))
    yield event("follow-up", "ines.brandt", verdict="unsatisfied", csat=1, words=word("verdict"))
    yield event("reward", "he.miao", kind="points", amount=5, because=word("why"))
    yield event("close", "ines.brandt", reason=word("closed"))


def _measure(found: Canaries, department: str, item_id: str) -> None:
    for name, public in (("told", True), ("inside", False)):
        said = "说的" if public else found.one(department, "said")
        path = found.desk.root / f"feedback/measures/M-{name}-{department}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"id: M-{name}-{department}\ntitle: {{en: A thing, zh: 一件事}}\n"
            f"what: {found.one(department, 'what')}\nwhy: {found.one(department, 'why')}\nowner: lin.wan\n"
            f"status: done\ndone: 2026-10-09\nitems: [{item_id}]\npublic: {str(public).lower()}\n"
            f"said: {{en: {said}, zh: {said}}}\ndid: {{en: {said}, zh: {said}}}\n",
            encoding="utf-8",
        )


def _articles(found: Canaries) -> None:
    def word(what: str) -> str:
        return found.one("team", what)

    for language in ("en", "zh"):
        folder = found.desk.root / f"site/pages/{language}/knowledge"
        folder.mkdir(parents=True)
        (folder / "inside.md").write_text(
            f"---\ntitle: {word('title')}\nsymptoms: [{word('symptom')}]\nquotes: [{word('quote')}]\n---\n"
            f"# {word('head')}\n\n{word('body')}\n",
            encoding="utf-8",
        )
        (folder / "outside.md").write_text(
            f"---\ntitle: 解答\naudience: public\nowner: {word('owner')}\nquotes: [{word('quote')}]\n"
            f"symptoms: [收不到]\nreplies: {{phone: {word('reply')}}}\n---\n"
            f"# 解答\n\n人人可读。[去{language}](inside.md) [队列](../queue.md) [告诉我们](../submit.md)\n\n"
            f"<!-- {word('comment')} -->\n\n## 内部 {{.team}}\n\n{word('inside')}\n\n### 更细\n\n{word('deeper')}\n\n"
            f"```\n## 不是标题\n{word('code')}\n```\n\n![图](inside.svg)\n\n## 接下来\n\n等一等。\n",
            encoding="utf-8",
        )
        (folder / "inside.svg").write_text(f"<svg><desc>{word('picture')}</desc></svg>", encoding="utf-8")
    guide = found.desk.root / "site/pages/en/guide"
    guide.mkdir()
    (guide / "inside.md").write_text(f"---\naudience: public\n---\n# {word('guide')}\n", encoding="utf-8")
    found.by_whom["team"].append("policy/people.yml")


# ---- ears -------------------------------------------------------------------------------------------------------------


def heard(site: Path, needles: list[str]) -> dict[str, list[str]]:
    """Which of the strings stand in a site, in whatever dress, each with the files it stands in."""
    known: dict[bytes, str] = {}
    found: dict[str, list[str]] = {}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        content = path.read_bytes()
        name = path.relative_to(site).as_posix()
        dressed = known.setdefault(content, "") or "\n".join([name, *dresses(content)]).casefold()
        known[content] = dressed
        for needle in needles:
            if needle.casefold() in dressed:
                found.setdefault(needle, []).append(name)
    return found


def dresses(content: bytes) -> Iterator[str]:
    """A file as it is, and as a browser, a script or an unpacker would read it."""
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    plain = content.decode("utf-8", "replace")
    yield plain
    yield html.unescape(plain)
    yield html.unescape(unquote(plain))
    yield " ".join(html.unescape(re.sub(r"<[^>]*>", "", plain)).split())
    yield from _parsed(plain)
    yield from _unpacked(plain)


def _parsed(plain: str) -> Iterator[str]:
    try:
        value = json.loads(plain)
    except ValueError:
        return
    read = json.dumps(value, ensure_ascii=False)
    yield read
    yield html.unescape(read)


def _unpacked(plain: str) -> Iterator[str]:
    for blob in dict.fromkeys(_BLOB.findall(plain)):
        try:
            yield base64.b64decode(
                blob + "=" * (-len(blob) % 4), altchars=b"-_" if set(blob) & {"-", "_"} else None
            ).decode()
        except (binascii.Error, ValueError):
            continue
