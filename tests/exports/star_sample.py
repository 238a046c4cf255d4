"""The sample desk as a star, and one item with words that would compute, sealed data and more text than cells hold."""

from datetime import date, datetime

from tests.sample_desk import ROOT, policy

from git_feedback.desk import standings
from git_feedback.exports import star
from git_feedback.exports.star import Star
from git_feedback.model import Item, ids
from git_feedback.store import read

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
TEXT = '=HYPERLINK("http://x")\n第二行, 逗号"引号"\t制表 \\N 反斜杠 😀 %s :x'
LONG = "@here 内部备注 " + "🧾" * 19_900
"""More than 64 KB, which is what MySQL calls a text, and more than a cell of Excel holds."""


def sample_star() -> Star:
    """The sample desk, and the hostile item."""
    items = [read(path) for path in sorted((ROOT / "feedback").glob("20*/*/*.yml"))]
    return star(standings([*items, hostile()], policy(), NOW), policy(), NOW, "zh")


def hostile() -> Item:
    """An item whose words begin like formulas, with a sealed way to reach its submitter."""
    received = "2026-11-19T08:00:00+08:00"
    return Item.model_validate(
        {
            "id": ids.make("Q", date(2026, 11, 19), "phone", "公式", lambda _: False),
            "received": received,
            "channel": "phone",
            "title": "＝SUM(A1) 发票抬头",
            "text": TEXT,
            "area": "-1+1|cmd",
            "submitter": {
                "kind": "new",
                "sealed": "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----",
            },
            "point": {"lat": "31.230416", "lon": "121.473701"},
            "history": [{"verb": "note", "at": received, "by": "lin.wan", "text": LONG}],
        }
    )
