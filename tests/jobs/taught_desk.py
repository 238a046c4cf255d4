"""A desk whose people have confirmed enough items for a model to learn from."""

import random
from datetime import datetime, timedelta
from pathlib import Path

from tests.sample_desk import NOW, Sample, sample

from git_feedback.model import Item, ids
from git_feedback.model import events as ev
from git_feedback.store import write

MOMENT = datetime.fromisoformat(NOW)
SAID = {
    "product/bug": ["页面空白", "屏幕停住不动", "自己退回桌面", "the page stays blank"],
    "service/refund": ["钱还没回到卡里", "想把钱要回来", "取消以后钱没回来", "where is my money"],
    "service/logistics": ["东西到哪里了", "寄出五天还在路上", "楼下没人放件", "my box has not come"],
}


def submission(n: int, title: str, *history: ev.Classify, hours: int = 30) -> Item:
    """An item with a real id."""
    received, source = MOMENT - timedelta(hours=hours, minutes=n), f"单 {n}"
    made = ids.make("Q", received.date(), "web-form", source, lambda _: False)
    return Item(
        id=made, received=received, channel="web-form", source=source, title=title, history=history, product="App"
    )


def confirmed(n: int, category: str, title: str, by: str = "he.miao") -> Item:
    """One whose category somebody said an hour after it came."""
    at = MOMENT - timedelta(hours=29, minutes=n)
    return submission(n, title, ev.Classify(at=at, by=by, category=category, urgency=3, impact=3))


def lessons(many: int, by: str = "he.miao") -> list[Item]:
    """So many confirmed items, evenly of three categories, of which the rules know no word."""
    dice, names = random.Random(5), list(SAID)
    return [
        confirmed(n, names[n % 3], f"{dice.choice(SAID[names[n % 3]])}，{dice.choice('甲乙丙丁戊己')}{n}号", by)
        for n in range(many)
    ]


def put(desk: Sample, *items: Item) -> None:
    """Write and commit."""
    for one in items:
        path = desk.root / ids.path(one.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(one))
    desk.commit()


def taught(root: Path, many: int = 60, by: str = "he.miao") -> Sample:
    """The desk."""
    desk = sample(root)
    put(desk, *lessons(many, by))
    return desk
