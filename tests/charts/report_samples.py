"""One series for each chart of a report, as a desk of some size has them."""

from datetime import date, timedelta

from git_feedback.charts import (
    Age,
    Ages,
    Ahead,
    Band,
    Counted,
    Effect,
    Fan,
    Fishbone,
    Flow,
    HotSpots,
    Layer,
    Place,
    Points,
    Score,
    Spread,
    Stacked,
    State,
    Stream,
    Trend,
)

Sample = Trend | Stacked | HotSpots | Points | Spread | Ages | Score | Flow | Effect | Fan | Fishbone
MONDAY = date(2026, 8, 3)
AREAS = ("浦东", "静安", "徐汇", "黄浦", "长宁", "杨浦", "普陀", "虹口", "Suzhou Industrial Park", "广州")
NAMES = ("支付失败", "退款慢", "Login and accounts", "物流破损", "发票", "服务态度", "价格", "包装")
COLUMNS = (("new", 0), ("triaged", 1), ("assigned", 2), ("accepted", 3), ("resolved", 4), ("closed", 5))
STATES = (
    *(
        State(name, said, column)
        for (name, column), said in zip(COLUMNS, ("新", "已分类", "已指派", "已受理", "已解决", "已结案"), strict=True)
    ),
    State("rejected", "不予受理", 2),
    State("waiting", "待补充", 4),
    State("duplicate", "重复", 2),
)
FLOWS = (
    *(("new", "triaged", 59), ("triaged", "assigned", 47), ("triaged", "rejected", 5), ("triaged", "duplicate", 1)),
    *(
        ("assigned", "accepted", 44),
        ("accepted", "resolved", 33),
        ("accepted", "waiting", 6),
        ("resolved", "closed", 27),
    ),
    *(("closed", "accepted", 2), ("waiting", "closed", 3)),
)


def weeks(counts: list[int], first: date = MONDAY) -> tuple[Counted, ...]:
    return tuple(Counted(first + timedelta(weeks=place), count) for place, count in enumerate(counts))


def trend(days: int = 62) -> Trend:
    """Two months with weekends, one day far above the others and one far below."""
    counts = [40 + place * 7 % 13 + (60 if place == 40 else -38 if place == 52 else 0) for place in range(days)]
    dates = [date(2026, 9, 1) + timedelta(days=place) for place in range(days)]
    return Trend(
        tuple(
            Counted(day, count if day.weekday() < 5 else count // 4, day.weekday() < 5)
            for day, count in zip(dates, counts, strict=True)
        )
    )


def ahead(count: int = 8) -> tuple[Ahead, ...]:
    start = MONDAY + timedelta(weeks=13)
    middles = [(80.0 + place * 5 % 17, 6.0 + 2 * place) for place in range(count)]
    return tuple(
        Ahead(
            start + timedelta(weeks=place),
            middle,
            middle - reach,
            middle + reach,
            middle - 2 * reach,
            middle + 2 * reach,
        )
        for place, (middle, reach) in enumerate(middles)
    )


REPORT_SAMPLES: dict[str, Sample] = {
    "trend": trend(),
    "stacked": Stacked(
        tuple(MONDAY + timedelta(weeks=place) for place in range(13)),
        tuple(
            Layer(name, tuple(30 - 3 * rank + place * (rank + 3) % 9 for place in range(13)))
            for rank, name in enumerate(NAMES)
        ),
    ),
    "spread": Spread(tuple(600 * (place % 7 + 1) * (place % 11 + 1) ** 3 for place in range(240)), 17),
    "ages": Ages(
        ("P0 紧急", "P1 高", "P2 普通", "P3 低", "未分类"),
        tuple(
            Age(first, last, counts)
            for (first, last), counts in zip(
                ((0, 1), (2, 3), (4, 5), (6, 10), (11, 20), (21, None)),
                ((1, 5, 9, 3, 4), (0, 4, 12, 6, 1), (0, 2, 7, 3, 0), (1, 1, 9, 5, 0), (0, 0, 4, 8, 0), (0, 1, 2, 3, 0)),
                strict=True,
            )
        ),
    ),
    "hotspots": HotSpots(
        AREAS,
        NAMES,
        tuple(
            tuple((53 - 5 * row - 6 * column) * (row * column % 3 + 1) % 97 for column in range(8)) for row in range(10)
        ),
    ),
    "points": Points(
        tuple(
            Place(
                31.15 + place * 37 % 41 / 160,
                121.35 + place * 29 % 53 / 130,
                1 + place * place % 47,
                f"{AREAS[place % 9]}店",
            )
            for place in range(40)
        ),
        5,
    ),
    "score": Score(
        (Band("10 月", 11, 9, 41, 31.1, 66.2), Band("9 月", 17, 14, 30, 3.3, 39.5), Band("2025 年 10 月", 2, 1, 1))
    ),
    "flow": Flow(STATES, tuple(Stream(*stream) for stream in FLOWS)),
    "fishbone": Fishbone(
        "收银机升级后支付失败",
        man=("新店员没有受过断网收款的训练", "夜班只有一人"),
        machine=("收银机内存不足", "扫码枪与新系统不兼容", "路由器每天凌晨三点自动重启，恢复要二十分钟"),
        method=(
            "升级没有先在一家店试行",
            "No way back was prepared before the upgrade",
            "应急手册三年没改",
            "班次交接不写故障",
            "备用机放在总部",
        ),
        environment=("商场地下一层信号弱",),
        measurement=("失败只记总数，不记原因", "告警阈值过高"),
    ),
    "effect": Effect(
        weeks([31, 28, 35, 30, 33, 29, 36, 22, 18, 20, 15, 19, 17]),
        date(2026, 9, 17),
        "fewer",
        6.4,
        203,
        113,
        0.5567,
        0.44,
        0.7,
    ),
    "fan": Fan(weeks([72, 80, 77, 85, 69, 74, 90, 83, 78, 88, 76, 81, 84]), ahead()),
}
"""Names as in `charts.CHARTS`."""
