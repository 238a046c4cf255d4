"""What Find looks through in tests: this repository's own sample desk, two more items, sites with and without an index."""

from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from tests.pages.site_sample import sources
from tests.sample_desk import NOW, ROOT

from git_feedback.clock.moments import parse_moment
from git_feedback.desk import standings
from git_feedback.jobs.building import record
from git_feedback.jobs.reading import whole
from git_feedback.pages import finding
from git_feedback.pages.build import Built, build
from git_feedback.pages.page import Record
from git_feedback.pages.views import api, find, queue
from git_feedback.pages.views.rendering import both
from git_feedback.store import read

TRADITIONAL = """\
id: Q261120-TRQ0N08
received: 2026-11-20T09:00:00+08:00
channel: app
language: zh
title: 優惠券無法使用，結帳時顯示已過期
text: 昨天領的優惠券，今天結帳就說過期了。Ｔ恤的尺碼也選不了。
"""
LAST_YEAR = """\
id: Q251103-RAST0NV
received: 2025-11-03T09:00:00+08:00
channel: web-form
language: zh
title: 电饭煲内胆掉漆
text: |-
  用了三个月，内胆就掉漆了。<b>billing</b> 上写的是 café 套装 & 赠品。
submitter:
  hint: "138****5678"
"""


QUERIES = [
    # Chinese: words, pieces of words, single characters, phrases, over a comma
    ("未出单", "Q261119-0AAJN0D"),
    ("系统繁忙", "Q261119-0AAJN0D"),
    ("没到账", "Q261120-ZDP89D0"),
    ("到账", "Q260917-AV14FBX"),
    ("答复前后不一", "Q261120-ZDP89D0"),
    ("头无法", "Q261119-BYJ524T"),
    ("吵", "Q261117-JH9DP2X"),
    ("太吵空调", "Q261117-JH9DP2X"),
    ("内胆掉漆", "Q251103-RAST0NV"),
    ("押金", "Q260824-F4JYJ45"),
    ("取件码 打不开", "Q261120-HK3A6GX"),
    ("收银 离线", "Q261120-XMP271Z"),
    # Chinese with digits and Latin letters, full width
    ("退款12天", "Q261120-ZDP89D0"),
    ("退款 12 天", "Q261120-ZDP89D0"),
    ("第１２天", "Q261120-ZDP89D0"),
    ("iOS18上语音", "Q261118-ZCP77V9"),
    ("ｉＯＳ 闪退", "Q261118-ZCP77V9"),
    ("收银 49.9", "Q261029-235JMQ4"),
    ("T恤", "Q261120-TRQ0N08"),
    # traditional finds simplified, and the other way round
    ("優惠券 已使用", "Q261120-4C8E1V8"),
    ("发票擡頭無法修改", "Q261119-BYJ524T"),
    ("雨天退費", ""),
    ("已扣款未出單", "Q261119-0AAJN0D"),
    ("优惠券无法使用", "Q261120-TRQ0N08"),
    ("昨天领的优惠券", "Q261120-TRQ0N08"),
    # English: cases, endings, beginnings, accents, apostrophes
    ("charged twice", "Q260908-RAZDHTM"),
    ("CHARGING", "Q260908-RAZDHTM"),
    ("refunds card", "Q261118-2Z44188"),
    ("foreign cards", "Q261120-N1H0AYT"),
    ("leaking blender", "Q260805-KCRG659"),
    ("passp", "Q261110-EB6ATX1"),
    ("yesterday’s opening", "Q260724-4C9H7SF"),
    ("descaling help page", "Q261026-1Z9X2E6"),
    ("café", "Q251103-RAST0NV"),
    ("cafe", "Q251103-RAST0NV"),
    # ids, whole and in part; names in both languages
    ("Q261119-0AAJN0D", "Q261119-0AAJN0D"),
    ("q261119-0aajn0d", "Q261119-0AAJN0D"),
    ("0AAJN", "Q261119-0AAJN0D"),
    ("AJN0D", "Q261119-0AAJN0D"),
    ("19-0AA", "Q261119-0AAJN0D"),
    ("林晚 系统", "Q261119-0AAJN0D"),
    ("lin wan", "Q261119-0AAJN0D"),
    ("lin.wan 发票", "Q261119-BYJ524T"),
    ("支付产品 报错", "Q261119-V9T67N3"),
    ("Payments 报错", "Q261119-V9T67N3"),
    ("上海 扣款", "Q261119-0AAJN0D"),
]
"""What is asked, and the item that must be among the first ten; no item, where nothing may be found."""

REPLIES = [
    ("扣款已核实", "Q261119-0AAJN0D"),
    ("网关重试", ""),
    ("网关 重试又超限", "Q261119-0AAJN0D"),
    ("對比度", "Q261118-12KRT3X"),
    ("银行未确认", "Q261120-ZDP89D0"),
    ("8c21e-1120", "Q261120-ZDP89D0"),
    ("courier rings", "Q261117-ZMEKDXT"),
    ("付款页截屏", "Q261119-0AAJN0D"),
]
"""What only replies, notes and names of files say: an index is needed."""


@cache
def sample() -> Record:
    """The sample desk's record with an item in traditional characters and one of the year before."""
    now = parse_moment(NOW)
    found = whole(ROOT, now)
    kept = record(ROOT, found, now, fixed=True, commit="abc1234")
    items = [*found.items, read(TRADITIONAL.encode()), read(LAST_YEAR.encode())]
    return replace(kept, standings=standings(items, found.policy, now))


def searching(way: str, found: Record | None = None) -> Record:
    """The record with `search:` set to a way."""
    found = found or sample()
    desk = found.policy.desk.model_copy(update={"search": way})
    return replace(found, policy=replace(found.policy, desk=desk))


def built(out: Path, way: str) -> Built:
    """A site of Find and the queue; what the builder made in `out` before is taken as it is."""
    found = searching(way)
    words = both(found)
    pages = chain(find.pages(found, words), queue.pages(found, words))
    files = chain(api.files(found), queue.files(found), finding.files(found, out))
    return build(found, sources(), out, pages, files, strict=True)
