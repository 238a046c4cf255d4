"""A small desk that teaches: one of each kind in both languages, hostile words among them, and a site made of it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tests.pages.site_sample import sources
from tests.pages.views_desk import LATE, NOW, WAITING, record

from git_feedback.learning.training import Training, training
from git_feedback.pages.articles import articles
from git_feedback.pages.build import Built, build
from git_feedback.pages.page import File, Page, Record
from git_feedback.pages.views import (
    api,
    is_for,
    training_certificate,
    training_drill,
    training_exercises,
    training_quiz,
)
from git_feedback.pages.views import training as training_index
from git_feedback.pages.views.rendering import both
from git_feedback.store.training import FOLDER, BadTraining, lessons

HOSTILE = "<img src=x onerror=window.hit=1>"
COURSE = """\
id: newcomer
title: {en: Your first week, zh: 第一周}
version: 3
whom: [new-staff, hotline]
lead: {en: What everybody at the desk knows., zh: 反馈台的人都知道的事。}
minutes: 45
steps:
  - read: refund
  - page: handbook/life
  - quiz: basics
  - quiz: order
  - play: angry-caller
  - case: double-charge
  - practice: quick-word
  - drill: 3
  - do: {en: Find `Q261119-0AAJN0D` in the queue., zh: 在队列里找到 `Q261119-0AAJN0D`。}
"""
SECOND = """\
id: reviewing
title: {en: Reviewing, zh: 复核}
version: 1
whom: [reviewers]
lead: {en: What a review looks at., zh: 复核看什么。}
minutes: 20
steps:
  - quiz: basics
  - read: not-there
after: [newcomer]
again_after_months: 12
"""
BASICS = f"""\
id: basics
title: {{en: Basics, zh: 基础测验}}
version: 2
need: 60
questions:
  - kind: single
    ask: {{en: "Who may close? {HOSTILE}", zh: "谁可以结案？{HOSTILE}"}}
    choices:
      - say: {{en: Whoever has the item, zh: 反馈的负责人}}
        right: true
        why: {{en: After the reply., zh: 回复之后。}}
      - say: {{en: "Nobody {HOSTILE}", zh: "谁都不行{HOSTILE}"}}
        why: {{en: Then nothing would end., zh: 那就没有结束的时候了。}}
    why: {{en: "The table of life says so: `close`.", zh: "流转规则如此：`close`。"}}
    article: refund
  - kind: multiple
    ask: {{en: Which belong in a first answer?, zh: 首次答复里应有什么？}}
    choices:
      - say: {{en: What you have seen, zh: 你看到了什么}}
        right: true
      - say: {{en: What happens next, zh: 接下来怎么办}}
        right: true
      - say: {{en: Whose fault it is, zh: 是谁的错}}
        why: {{en: Not before it is known., zh: 查清之前不说。}}
    why: {{en: People want to know how it goes on., zh: 客户想知道接下来会怎样。}}
  - kind: free
    ask: {{en: Tell a customer that it takes a day longer., zh: 告诉客户要多等一天。}}
    answer: {{en: "It takes until tomorrow 17:00, because the bank answers then.", zh: 要等到明天 17:00，那时银行才答复。}}
    look_for:
      - {{en: A time, zh: 说了时间}}
      - {{en: A reason, zh: 说了原因}}
    article: refund
"""
ORDER = """\
id: order
title: {en: In this order, zh: 排排顺序}
version: 1
need: 100
questions:
  - kind: order
    ask: {en: Put the steps in order., zh: 排好步骤。}
    steps:
      - {en: Classify, zh: 分类}
      - {en: Accept, zh: 受理}
      - {en: Resolve, zh: 解决}
      - {en: Reply, zh: 回复}
    why: {en: Nobody solves what nobody has., zh: 没人受理，就没人解决。}
    article: refund
"""
PLAY = """\
id: angry-caller
title: {en: The second call, zh: 第二通电话}
minutes: 15
situation: {en: "A customer calls for the second time.", zh: 客户第二次打来电话。}
roles:
  - name: {en: Customer, zh: 客户}
    brief: {en: "You paid twice and want your money.", zh: 你付了两次钱，想要回来。}
  - name: {en: Hotline, zh: 热线}
    brief: {en: "You see one order only.", zh: 你只看到一个订单。}
checklist:
  - {en: Let them finish, zh: 让对方说完}
  - {en: Named the next step, zh: 说了下一步}
  - {en: Named a time, zh: 说了时间}
articles: [refund]
"""
CASE = f"""\
id: double-charge
title: {{en: Charged twice, zh: 扣了两次款}}
item: Q261119-0AAJN0D
turns:
  - tell: {{en: "Somebody wrote that they were charged twice. {HOSTILE}", zh: "有人来信说扣了两次款。{HOSTILE}"}}
    state: triaged
    role: agent
    options: [assign, resolve, close]
    best: assign
    why: {{en: Payments must see it., zh: 要让支付产品看到。}}
  - tell: {{en: It is yours now., zh: 现在归你。}}
    state: assigned
    role: handler
    options: [accept, return, reply]
    best: accept
    why: {{en: The clock of acceptance runs., zh: 受理时限在走。}}
articles: [refund]
"""
PRACTICE = """\
id: quick-word
title: {en: A word within the hour, zh: 一小时内先说一声}
item: Q261119-0AAJN0D
category: product/payment
situation: {en: Money was gone and no order., zh: 钱扣了，没有订单。}
done_well:
  - {en: Wrote within an hour, zh: 一小时内答复}
reply: {en: "Your money is safe.", zh: "您的钱是安全的。"}
lesson: {en: Say what you know., zh: 知道什么就先说什么。}
articles: [refund]
"""
FILES: Mapping[str, str] = {
    "courses/newcomer": COURSE, "courses/reviewing": SECOND, "quizzes/basics": BASICS, "quizzes/order": ORDER,
    "plays/angry-caller": PLAY, "cases/double-charge": CASE, "practice/quick-word": PRACTICE,
}  # fmt: skip
ENGLISH = "---\ntitle: Refunds\naudience: public\n---\n# Refunds\n\nThree working days.\n"


def block(files: Mapping[str, str]) -> dict[str, bytes]:
    """Files of training by path, as they lie in a desk."""
    return {f"{FOLDER}/{name}.yml": flat(text).encode() for name, text in files.items()}


def flat(text: str) -> str:
    """Texts in both languages as the house writes them: a key below the other, each quoted."""

    def lines(found: re.Match[str]) -> str:
        before, key, en, zh = found.groups()
        margin = " " * (len(before) + (2 if key else 0))
        texts = [
            f"{name}: {json.dumps(said.strip().strip(chr(34)), ensure_ascii=False)}"
            for name, said in (("en", en), ("zh", zh))
        ]
        begin = f"{before}{key}\n{margin}" if key else before
        return begin + f"\n{margin}".join(texts)

    return re.sub(r"^( *(?:- )?)(\w+:)? ?\{en: (.*?), zh: (.*)\}$", lines, text, flags=re.MULTILINE)


def taught(files: Mapping[str, str] = FILES) -> Training:
    """What these files teach."""
    found = [one for _, one in lessons(block(files))]
    assert not [one for one in found if isinstance(one, BadTraining)], found
    return training(one for one in found if not isinstance(one, BadTraining))


def confirmed(source: str, title: str, item: str) -> str:
    """An item that a person classified, with words that would act."""
    by_person = source.replace("by: rules", "by: ines.brandt").replace("Q261119-BYJ524T", item)
    return by_person.replace("title: 发票抬头无法修改", f'title: "{title}"').replace(
        "text: 抬头写错了，改不了。", f'text: "{HOSTILE} 打 13812345678"'
    )


def desk(files: Mapping[str, str] = FILES, **more: object) -> Record:
    """The record of a desk that teaches."""
    ids = ("Q261119-BYJ524T", "Q261119-XTQ4TQW", "Q261110-EB6ATX1", "Q261120-QYA161T")
    items = [confirmed(WAITING, f"{HOSTILE} 发票 {n}", name) for n, name in enumerate(ids)]
    found = record(LATE, *items, now=NOW)
    given = {**sources(), "site/pages/en/knowledge/refund.md": ENGLISH.encode()}
    hand = {one: {"guide/first-day.html": "第一天" if one == "zh" else "The first day"} for one in ("en", "zh")}
    made = replace(found, training=taught(files), articles=articles(given), by_hand=hand, versions={"refund": 2})
    return replace(made, **more)  # type: ignore[arg-type]


KINDS = (training_index, training_quiz, training_exercises, training_drill, training_certificate)
"""The pages that this is about."""


def pages_of(found: Record) -> Iterator[Page]:
    """The pages of training that the readers of a record get."""
    words = both(found)
    for kind in KINDS:
        if is_for(kind, found):
            yield from kind.pages(found, words)


def files_of(found: Record) -> Iterator[File]:
    """The files of training that the readers of a record get."""
    for kind in (training_index, training_quiz, training_drill):
        if is_for(kind, found):
            yield from kind.files(found)


def built(out: Path, found: Record) -> Built:
    """The whole site of such a desk."""
    given = {**sources(), "site/pages/en/knowledge/refund.md": ENGLISH.encode()}
    given |= {
        f"site/pages/{one}/handbook/{name}.md": f"# {name}\n".encode()
        for one in ("en", "zh")
        for name in ("index", "life")
    }
    given |= {f"site/pages/{one}/guide/first-day.md": b"# First day\n" for one in ("en", "zh")}
    return build(
        found, given, out, pages_of(found), [*files_of(found), *api.files(found), File("api/find.json", b"{}")]
    )
