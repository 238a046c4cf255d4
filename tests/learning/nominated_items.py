"""Items of one kind for the tests of nominating: as long as usual, or what is other than usual."""

from datetime import date, datetime

from git_feedback.model import Item
from git_feedback.model.ids import from_bits
from git_feedback.store import read

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
REPLY = "您好，款已原路退回，请查收。"


def name(number: int) -> str:
    return from_bits("Q", date(2026, 11, 9), number)


def item(number: int, hours: int = 6, **given: str) -> Item:
    """An item of a Monday at nine that was resolved after so many hours of work, and what is other than usual."""
    end = f"2026-11-{9 + hours // 8:02d}T{9 + hours % 8:02d}"
    parts = {
        "kind": "returning",
        "follow": "verdict: satisfied, csat: 5",
        "reply": REPLY,
        "after": "",
        "resolve": "resolve",
        "last": "",
    } | given
    return read(
        f"""\
id: {name(number)}
received: 2026-11-09T09:00:00+08:00
channel: phone
language: zh
title: 优惠券用不了
text: 提示不满足条件。
submitter:
  kind: {parts["kind"]}
history:
  - classify: {{at: 2026-11-09T09:01:00+08:00, by: rules, category: price/promotions, urgency: 3, impact: 3}}
  - assign: {{at: 2026-11-09T09:02:00+08:00, by: ines.brandt, department: membership, owner: lena.arden}}
  - accept: {{at: 2026-11-09T09:05:00+08:00, by: lena.arden}}
  - respond: {{at: 2026-11-09T09:06:00+08:00, by: lena.arden, channel: phone, progress: true}}
    text: 正在查。
  - resolve: {{at: {end}:20:00+08:00, by: lena.arden}}
    result: 换了一张券。
{parts["after"]}  - review: {{at: {end}:30:00+08:00, by: zhou.yuan, verdict: pass}}
  - reply: {{at: {end}:40:00+08:00, by: lena.arden, channel: phone}}
    text: |-
      {parts["reply"]}
  - follow-up: {{at: {end}:50:00+08:00, by: ines.brandt, {parts["follow"]}}}
{parts["last"]}""".encode()
    )


HOSTILE = "尊敬的王小明先生：请打 13812345678 或写信 a@b.cn；订单 20261109 00731 {x} <script>alert(1)</script> # : 'ok' Lena Arden"
"""A reply with somebody in every corner of it."""
