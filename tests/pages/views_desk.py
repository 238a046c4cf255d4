"""A small desk for the tests of stamped pages: this repository's policy, items written out, one fixed moment."""

from datetime import datetime

from tests.sample_desk import policy

from git_feedback.desk import standings
from git_feedback.model import Problem
from git_feedback.pages.page import Issued, Page, Record
from git_feedback.pages.views import pages
from git_feedback.store import read

NOW = datetime.fromisoformat("2026-11-20T11:05:00+08:00")
"""A Friday before noon, in working time."""

LATE = """\
id: Q261119-0AAJN0D
received: 2026-11-19T09:15:00+08:00
channel: app
language: zh
title: 支付最后一步提示“系统繁忙”，已扣款未出单
text: |-
  付款到最后一步提示“系统繁忙”，已经试了三次。

  明天就要用，请尽快处理。
submitter:
  kind: returning
  hint: "138****5678"
device: iOS 18
area: 华东/上海
rating: 2
expected: 2026-11-25
history:
  - classify: {at: 2026-11-19T09:15:31+08:00, by: rules, category: product/payment, urgency: 5, impact: 5}
    because: keyword 扣款, 未出单; rule pay-zh
  - assign: {at: 2026-11-19T09:24:00+08:00, by: ines.brandt, department: payments, owner: lin.wan}
  - accept: {at: 2026-11-19T09:46:11+08:00, by: lin.wan}
  - respond: {at: 2026-11-19T09:46:40+08:00, by: lin.wan, channel: app, progress: true}
    text: 您好，扣款已核实，24 小时内补单或原路退回。
  - note: {at: 2026-11-20T08:40:00+08:00, by: lin.wan}
    text: 网关 08:12 起重试超限。
"""

WAITING = """\
id: Q261119-BYJ524T
received: 2026-11-19T10:00:00+08:00
channel: web-form
language: zh
title: 发票抬头无法修改
text: 抬头写错了，改不了。
history:
  - classify: {at: 2026-11-19T10:01:00+08:00, by: rules, category: process/invoice, urgency: 3, impact: 3}
  - assign: {at: 2026-11-19T10:20:00+08:00, by: ines.brandt, department: payments, owner: lin.wan}
  - accept: {at: 2026-11-19T10:40:00+08:00, by: lin.wan}
  - ask: {at: 2026-11-19T11:00:00+08:00, by: lin.wan, missing: [source, text]}
    question: 请告诉我们订单号。
"""

NEW = """\
id: Q261120-QYA161T
received: 2026-11-20T10:12:00+08:00
channel: social-media
source: post-7
language: en
title: Is it only me?
text: Hm.
"""

CLOSED = """\
id: Q260803-R4C4Y79
received: 2026-08-03T09:20:26+08:00
channel: live-chat
source: chat-88120
language: zh
title: 优惠券提示“不满足条件”，但是金额够了
text: 满 200 减 30 的券，我买了 236。
history:
  - classify: {at: 2026-08-03T09:22:36+08:00, by: rules, category: price/promotions, urgency: 3, impact: 3}
  - assign: {at: 2026-08-03T09:30:38+08:00, by: ines.brandt, department: membership, owner: lena.arden}
  - accept: {at: 2026-08-03T09:58:15+08:00, by: lena.arden}
  - respond: {at: 2026-08-03T10:06:10+08:00, by: lena.arden, channel: live-chat, progress: true}
    text: 已给您换成全场可用的一张。
  - resolve: {at: 2026-08-03T15:40:00+08:00, by: lena.arden}
    result: 换发全场券。
    cause: 券规则没有显示给客户。
  - review: {at: 2026-08-03T16:30:19+08:00, by: zhou.yuan, verdict: pass}
  - reply: {at: 2026-08-03T16:42:43+08:00, by: lena.arden, channel: live-chat}
    text: 谢谢您提醒。
  - follow-up: {at: 2026-08-05T10:12:21+08:00, by: ines.brandt, verdict: satisfied, csat: 5}
  - close: {at: 2026-08-05T10:15:04+08:00, by: ines.brandt}
"""

DUPLICATE = """\
id: Q261119-XTQ4TQW
received: 2026-11-19T12:00:00+08:00
channel: wechat
language: zh
title: 扣了钱没有订单
text: 同样的问题。
history:
  - classify: {at: 2026-11-19T12:01:00+08:00, by: rules, category: product/payment, urgency: 4, impact: 4}
  - duplicate: {at: 2026-11-19T12:30:00+08:00, by: ines.brandt, of: Q261119-0AAJN0D}
"""

PRAISE = """\
id: Q261110-EB6ATX1
received: 2026-11-19T15:00:00+08:00
channel: store-counter
area: 华北/北京
language: en
title: Thank you for finding my passport
text: Your colleague was wonderful.
history:
  - classify: {at: 2026-11-19T15:01:00+08:00, by: rules, category: praise/staff, urgency: 1, impact: 1}
"""

ALL = (LATE, WAITING, NEW, CLOSED, DUPLICATE, PRAISE)


def record(
    *sources: str,
    problems: tuple[Problem, ...] = (),
    issued: tuple[Issued, ...] = (),
    now: datetime = NOW,
    fixed: bool = True,
) -> Record:
    """The record of a desk with these items."""
    items = [read(source.encode(), file="item.yml") for source in sources]
    return Record(policy(), standings(items, policy(), now), problems, issued, now, fixed, "abc1234")


def stamped(*sources: str, **more: object) -> dict[tuple[str, str], Page]:
    """Every page of such a desk by language and path."""
    return {(page.language, page.path): page for page in pages(record(*sources, **more))}  # type: ignore[arg-type]
