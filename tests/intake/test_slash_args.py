"""What the words after a command say."""

from datetime import date
from typing import Any

import pytest

from git_feedback.intake import slash_args
from git_feedback.intake.slash import Command, parse
from git_feedback.text import fold

ID = "Q261119-0AAJN0D"
DAY = date(2026, 11, 25)


def args(body: str) -> dict[str, Any] | None:
    (found,) = parse(body).commands
    assert isinstance(found, Command)
    return None if found.args is None else dict(found.args)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("/assign @lin.wan", {"whom": "@lin.wan"}),
        ("/指派@林晚，理由：懂支付", {"whom": "@林晚", "because": "懂支付"}),
        ("/assign payments @lin by 2026-11-25 because it is theirs", {"whom": "payments @lin", "due": DAY, "because": "it is theirs"}),
        ("/assign @$(rm -rf /)", {"whom": "@$(rm -rf /)"}),
        ("/return not ours\nask the bank", {"reason": "not ours\nask the bank"}),
        ("/ask", {}),
        ("/ask device", {"missing": ("device",)}),
        ("/追问 设备，产品", {"missing": ("device", "product")}),
        ("/ask device, product: which ones?", {"missing": ("device", "product"), "question": "which ones?"}),
        ("/ask device is what?", {"question": "device is what?"}),
        ("/ask partner When?", {"whom": "partner", "question": "When?"}),
        ("/询问 合作方", {"whom": "partner"}),
        ("/resolve 已退款", {"result": "已退款"}),
        ("/解决 已退款\n原因：超时\n重试没有上限\n- 措施：加监控", {"result": "已退款", "cause": "超时\n重试没有上限", "measure": "加监控"}),
        ("/resolve\nResult: fixed\ncause: timeout\nmeasure: alarm", {"result": "fixed", "cause": "timeout", "measure": "alarm"}),
        ("/review pass", {"verdict": "pass"}),
        ("/复核 不通过：没有写原因", {"verdict": "fail", "reason": "没有写原因"}),
        ("/复核通过", {"verdict": "pass"}),
        ("/approve well done", {"verdict": "pass", "reason": "well done"}),
        ("/follow-up satisfied", {"verdict": "satisfied"}),
        ("/follow-up satisfied 4", {"verdict": "satisfied", "csat": 4}),
        ("/follow-up satisfied 5 days later", {"verdict": "satisfied", "words": "5 days later"}),
        ("/回访 满意 5/5 很快", {"verdict": "satisfied", "csat": 5, "words": "很快"}),
        ("/follow-up neutral 5 days later he called", {"verdict": "neutral", "words": "5 days later he called"}),
        ("/不满意：还是打不开", {"verdict": "unsatisfied", "words": "还是打不开"}),
        ("/priority 4 5 because the shop stands still", {"urgency": 4, "impact": 5, "because": "the shop stands still"}),
        ("/优先级4，5", {"urgency": 4, "impact": 5}),
        ("/classify product/bug", {"category": "product/bug"}),
        ("/分类 product/bug 4 4 因为闪退", {"category": "product/bug", "urgency": 4, "impact": 4, "because": "闪退"}),
        ("/plan 2026-11-25 new release", {"what": "new release", "due": DAY}),
        ("/计划 更新固件，2026年11月25日前", {"what": "更新固件", "due": DAY}),
        ("/plan what by 2026-11-25 at last", {"what": "what at last", "due": DAY}),
        ("/plan like on 2026-11-25 again", {"what": "like on 2026-11-25 again"}),
        ("/plan on 2026-02-31", {"what": "on 2026-02-31"}),
        ("/snooze until 2026-11-25 because of the part", {"until": DAY, "because": "of the part"}),
        ("/暂缓 2026/11/25 等配件", {"until": DAY, "because": "等配件"}),
        ("/例外 resolve 2026-11-25 等法规", {"clock": "resolve", "until": DAY, "because": "等法规"}),
        ("/duplicate #12", {"of": "#12"}),
        (f"/split {ID}、#7 因为是两件事", {"into": (ID, "#7"), "because": "是两件事"}),
        ("/link #12", {"kind": "issue", "to": "#12"}),
        ("/关联 文章 knowledge/refund 因为同样", {"kind": "article", "to": "knowledge/refund", "because": "同样"}),
        ("/link https://x.example/issues/1", {"kind": "issue", "to": "https://x.example/issues/1"}),
        ("/unlink", {}),
        (f"/unlink {ID} two matters", {"kind": "duplicate", "to": ID, "because": "two matters"}),
        ("/reopen it came back", {"reason": "it came back"}),
        ("/重开 不满意：没有解决", {"kind": "unsatisfied", "reason": "没有解决"}),
        ("/reject spam", {"kind": "spam"}),
        ("/垃圾信息", {"kind": "spam"}),
        ("/reward points 200", {"kind": "points", "amount": 200}),
        ("/奖励 优惠券 因为主意好", {"kind": "coupon", "because": "主意好"}),
        ("/notify progress", {"about": "progress"}),
        ("/retract respond wrong item", {"what": "respond", "because": "wrong item"}),
        ("/撤回 优先级 写错", {"what": "classify", "because": "写错"}),
        ("/retract a mistake", {"because": "a mistake"}),
        ("/copy stores, brand because they sell it", {"to": "stores, brand", "because": "they sell it"}),
        ("/close", {}),
        ("/结案 客户同意", {"reason": "客户同意"}),
        ("/escalate because he waits", {"because": "he waits"}),
    ],
)  # fmt: skip
def test_words_are_fields(body: str, said: dict[str, Any]) -> None:
    assert args(body) == said


@pytest.mark.parametrize(
    "body",
    ["/assign", "/return", "/respond", "/note:", "/review", "/review maybe", "/复核 通过不了", "/follow-up", "/priority", "/priority 9 9",
     "/priority 45", "/classify", "/plan", "/snooze", "/snooze until 2026-11-25", "/snooze tomorrow", "/exempt", "/exempt lunch 2026-11-25 x",
     "/duplicate", "/duplicate it", "/split", "/copy", "/link", "/link nothing", "/reject", "/reject why not", "/reward", "/notify", "/reopen",
     "/retract", "/escalate", "/resolve cause: x", "/指派", "/回复：", "/supply", "/message"],
)  # fmt: skip
def test_a_command_that_says_too_little_says_nothing(body: str) -> None:
    assert args(body) is None


def test_every_spelling_is_written_as_words_are_compared() -> None:
    tables = (value for value in vars(slash_args).values() if isinstance(value, dict))
    spellings = [one for table in tables for those in table.values() if isinstance(those, tuple) for one in those]

    assert len(spellings) > 60
    assert [one for one in spellings if fold(one) != one] == []
