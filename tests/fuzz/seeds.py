"""What is made worse: small files of every format, as they come on good days."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from tests.privacy.attachment_samples import DOCX, film, pdf, photograph, recording, saved, screenshot
from tests.sample_desk import PAYMENT, ROOT

from git_feedback import intake

CHANNELS = ROOT / "tests/data/channels"
PAYLOADS: tuple[str, ...] = tuple(
    json.loads(line)
    for line in (ROOT / "tests/cases/escaping/payloads.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
)
OWN_MAP = b"""\
name: "\xe8\xa1\xa8"
times: [iso, "%Y/%m/%d %H:%M"]
zone: Asia/Shanghai
channel: partner
columns: {source: no, received: at, title: title, text: text, rating: stars, tags: tags, area: area}
contacts: {mobile: phone, name: name}
optional: [text, stars, tags, area, phone, name]
"""
OWN = ({"no": "A-1", "at": "2026/11/19 10:00", "title": "付款报错", "text": "第三步，\n就退出了", "stars": "2", "tags": "急", "area": "华东",
        "phone": "13800138000", "name": "王小花"}, {"no": "A-2", "at": "2026-11-19T11:00:00+08:00", "title": "Hi", "text": "x" * 80})  # fmt: skip
WECHAT = "微信聊天记录\n\n—————  2026-11-20  —————\n\n\n小雨天  10:31\n\n优惠券用不了\n\n\n客服小李  10:33\n\n请发一下券码\n\n\n小雨天  10:34\n\n[图片]\n"
COPIED = "小雨天 2026-11-20 10:31:05\n优惠券用不了\n\n客服小李 2026-11-20 10:33:00\n请发一下券码\n"
LIVE = "Chat started on 2026-11-20\n(10:31:05 AM) Visitor 77: 优惠券用不了\n(10:33:00 AM) Support: 请发一下券码\n"
SHEET = "意见箱,HZ03\n地点,杭州\n开箱时间,2026-11-20 09:30\n开箱人,李蕾\n\n序号,内容,评分,是否需要回复,联系方式,称呼\n1,二楼卫生间没有纸,2,是,13900002222,赵敏\n2,谢谢,★★★★★,,,\n"
FORM_BODY = (
    "### 这是什么事 / What is it about\n\nApp / App\n\n### 哪个产品 / Which product\n\n_No response_\n\n"
    "### 评分 / Rating\n\n2\n\n### 说说经过 / What happened\n\n付款到最后一步提示“系统繁忙”。\n\n```\n### x\n```\n"
)
ITEM = PAYMENT + (
    "history:\n"
    "  - classify: {at: 2026-11-19T09:31:05+08:00, by: rules, category: product/payment, urgency: 4, impact: 4, tags: [a, b]}\n"
    '    because: "keyword 报错; rule bug-zh-2"\n'
    "  - message: {at: 2026-11-19T10:20:00+08:00, by: intake, source: x}\n    text: |-\n      还是不行，\n      请尽快。\n"
)


@cache
def tables() -> Mapping[str, tuple[tuple[bytes, bytes], ...]]:
    """Format -> files and the mapping each is read by."""
    shipped = [(_head(path.read_bytes()), intake.preset(path.stem)) for path in sorted(CHANNELS.glob("*.csv"))]
    preset = [(content, mapping) for content, mapping in shipped if mapping is not None]
    records = json.dumps(OWN, ensure_ascii=False).encode()
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in OWN).encode()
    return {
        "csv": ((_csv().encode(), OWN_MAP), (_csv().encode("gb18030"), OWN_MAP), *preset),
        "xlsx": ((_workbook(), OWN_MAP),),
        "json": ((records, OWN_MAP), (b'{"items": ' + records + b"}", OWN_MAP)),
        "jsonl": ((lines, OWN_MAP),),
    }


def _csv() -> str:
    head = ",".join(OWN[0])
    rows = (",".join('"' + one.get(name, "").replace('"', '""') + '"' for name in OWN[0]) for one in OWN)
    return "\r\n".join([head, *rows, ""])


def _head(content: bytes, lines: int = 3) -> bytes:
    """A table's header and first rows."""
    return b"".join(content.splitlines(keepends=True)[:lines])


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(OWN[0]))
    for one in OWN:
        sheet.append([one.get(name) for name in OWN[0]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def mails() -> list[bytes]:
    """Mails as they arrive, and some that were broken on the way."""
    return [path.read_bytes() for path in sorted((CHANNELS / "mail").glob("*.eml"))]


def mailboxes() -> list[bytes]:
    """Two mails in a box."""
    found = mails()
    mark = b"From li@example.cn Fri Nov 20 02:31:05 2026\n"
    return [mark + one + b"\n\n" + mark + other for one, other in pairwise(found)]


def transcripts() -> list[bytes]:
    """Conversations, pasted and exported."""
    exported = [
        {
            "session": "s1",
            "time": "2026-11-20 10:31:05",
            "sender": "小雨天",
            "role": "customer",
            "content": "优惠券用不了",
        }
    ]
    return [*(text.encode() for text in (WECHAT, COPIED, LIVE)), json.dumps(exported, ensure_ascii=False).encode()]


@cache
def issues() -> list[bytes]:
    """What a host tells of an issue."""
    issue = {
        "number": 7,
        "title": "付款报错",
        "body": FORM_BODY,
        "created_at": "2026-11-20T02:31:05Z",
        "user": {"login": "octocat"},
    }
    bodies = (FORM_BODY, "没有用表单", *PAYLOADS[::9])
    return [json.dumps({"issue": {**issue, "body": body}}, ensure_ascii=True).encode() for body in bodies]


def attachments() -> list[bytes]:
    """Files as people send them, small ones."""
    return [
        photograph(6),
        screenshot("RGBA"),
        saved("GIF", "P"),
        saved("BMP"),
        pdf(),
        DOCX,
        film(),
        recording(),
        "支付失败\n".encode() * 9,
    ]


def maps() -> list[bytes]:
    """Mapping files: ours and those that ship."""
    return [OWN_MAP, *(mapping for _, mapping in tables()["csv"])]


def items() -> list[bytes]:
    """Item files."""
    curated = sorted(Path(ROOT / "feedback").glob("2026/*/*.yml"))[:12]
    return [ITEM.encode(), *(path.read_bytes() for path in curated)]


def texts(seeds: Sequence[str] = PAYLOADS) -> list[bytes]:
    """Hostile words."""
    return [seed.encode("utf-8", "surrogatepass") for seed in seeds]


def sheets() -> list[bytes]:
    """Sheets of paper boxes, one for each of some payloads among them."""
    plain = SHEET.encode()
    hostile = (plain.replace("二楼".encode(), payload.encode("utf-8", "replace")) for payload in PAYLOADS[::7])
    return [plain, SHEET.encode("gb18030"), *hostile]


FILES: Mapping[str, Callable[[], list[bytes]]] = {
    "eml": mails,
    "mbox": cache(mailboxes),
    "chat": cache(transcripts),
    "paper-box": cache(sheets),
}
"""Seeds of formats without mappings."""


@cache
def everything() -> list[bytes]:
    """All of them: a format that is not named above is shot at with these."""
    return [one for given in FILES.values() for one in given()]
