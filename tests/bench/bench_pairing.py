"""How long a large desk waits for its pairs and for the problems that come again: `python tests/bench/bench_pairing.py`.

Items are made from a few hundred sentences with other numbers and places in them, so that many are alike: the hard case.
Beside each figure stands what a site of 10,000 items may spend on it.  `--plain` leaves the extra `ml` aside.
"""

import random
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "scripts")]

from tests.sample_desk import policy  # noqa: E402

from git_feedback.desk import standings  # noqa: E402
from git_feedback.jobs import pairing  # noqa: E402
from git_feedback.jobs.pairing import FAST, PLAIN  # noqa: E402
from git_feedback.model import Item, ids  # noqa: E402

ITEMS, MAY_TAKE_S = 10_000, 6.0
NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
WHAT = "快递柜、取件码、发票抬头、优惠券、积分、退款、验证码、订单、收银机、空调、洗碗机、预约、送货、尺码、会员卡、地址、密码、客服、价签、停车场"
HOW = "收不到、改不了、用不了、一直没来、显示错误、被扣了两次、打不开、很慢、没人理、说好三天、又坏了、找不到、报系统繁忙、不对、不见了"
WHERE = "小区门口、三楼、App里、网页上、柜台、电话里、微信上、仓库、广州店、苏州店、夜里、午市、上周、昨天、今早"


def items(wanted: int) -> list[Item]:
    """Made up, each with a text of its own, in 300 days."""
    dice = random.Random(6)
    where, what, how = (words.split("、") for words in (WHERE, WHAT, HOW))
    found = []
    for number in range(wanted):
        said = [
            "的".join((dice.choice(where), dice.choice(what) + dice.choice(how))) for _ in range(dice.randint(1, 4))
        ]
        at = NOW - timedelta(minutes=dice.randint(1, 300 * 1440))
        name = ids.make("Q", at.date(), "web-form", str(number), lambda _: False)
        text = f"{'，'.join(said)}，订单 {dice.randint(10_000, 99_999)}。"
        found.append(Item(id=name, received=at, channel="web-form", source=str(number), title=said[0], text=text))
    return found


def main() -> None:
    """Print what was measured."""
    if "--plain" in sys.argv:
        for name in ("scipy", "sparse_dot_topn"):
            sys.modules[name] = None  # type: ignore[assignment]  # as if it were not installed
    limits = PLAIN if "--plain" in sys.argv else FAST
    there = standings(items(ITEMS), policy(), NOW)
    begun = time.perf_counter()
    pairs = pairing.pairs(there, policy(), NOW, limits)
    paired = time.perf_counter()
    problems = pairing.problems(there, policy(), NOW, limits)
    ended = time.perf_counter()
    print(
        f"{ITEMS} items, all open: {len(pairs)} pairs in {paired - begun:.1f} s, {len(problems)} problems in {ended - paired:.1f} s"
    )
    verdict = "ok" if ended - begun <= MAY_TAKE_S else "TOO SLOW"
    print(f"together {ended - begun:.1f} s, at most {MAY_TAKE_S} s: {verdict}")


if __name__ == "__main__":
    main()
