"""Answers while somebody types: what people find, that browser and Python find the same, and what stays out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.pages.site_sample import served
from tests.sample_desk import ROOT

from git_feedback.pages.answers import SHOWN, Answer, Search, answers, cut

LOCKER, PAYMENT, REFUND = (
    f"knowledge/{name}.html"
    for name in ("locker-code-not-received", "payment-taken-no-order", "refund-slower-than-promised")
)
QUESTIONS = [
    ("zh", LOCKER, "快递放进柜子了，我却没有密码打不开"), ("zh", LOCKER, "取件的码一直没发给我"), ("zh", LOCKER, "柜机说我输的取件码不对"),
    ("zh", LOCKER, "沒收到取件碼"), ("zh", LOCKER, "没问我就把东西塞到快递柜里"), ("zh", LOCKER, "码失效了怎么取包裹"),
    ("zh", PAYMENT, "我被扣钱了但是没有单子"), ("zh", PAYMENT, "付完款订单里什么都没有"), ("zh", PAYMENT, "點付款時系統繁忙，錢卻扣了"),
    ("zh", PAYMENT, "同一笔付了两次"), ("zh", PAYMENT, "微信扣款成功，App 里看不到订单"), ("zh", PAYMENT, "付款页面最后报错"),
    ("zh", REFUND, "退的钱怎么还没到账"), ("zh", REFUND, "退款要等几天"), ("zh", REFUND, "退款說三天，過了一週"),
    ("zh", REFUND, "你们两个客服对退款的说法不一样"), ("zh", REFUND, "卡已经注销，退款会退到哪张卡"), ("zh", REFUND, "退货半个月了，钱没退回来"),
    ("en", LOCKER, "I never got a code for the parcel locker"), ("en", LOCKER, "locker rejects my code"), ("en", LOCKER, "The locker won't open, wrong code it says"),
    ("en", LOCKER, "the code for picking up expired yesterday"), ("en", LOCKER, "Courier left my parcel in a locker, nobody asked"),
    ("en", LOCKER, "no SMS with the pickup code"), ("en", PAYMENT, "You charged my card and there is no order"),
    ("en", PAYMENT, "The app said system busy and the bank took the money"), ("en", PAYMENT, "i was charged twice"),
    ("en", PAYMENT, "Order list empty after paying"), ("en", PAYMENT, "error on the last page of the payment"), ("en", PAYMENT, "paid but I can't see my order"),
    ("en", REFUND, "How long does a refund take?"), ("en", REFUND, "Refunded ten days ago, nothing on my card"), ("en", REFUND, "you promised three days for the refund"),
    ("en", REFUND, "My old card is closed, where does the refund go"), ("en", REFUND, "two agents tell me different things about my refund"),
    ("en", REFUND, "still waiting for the money of my return, refunds"),
]  # fmt: skip
"""What people ask, and the sample's article that answers it; none is a title."""

OTHERS = {
    "zh": [
        ("发票抬头写错了怎么改", "发票抬头错了", "想重开发票", "电子发票找不到"), ("登录收不到验证码", "短信验证码收不到", "换了手机号登录不上", "账号被锁"),
        ("优惠券用不了", "券显示已失效", "满减没有算进去", "付款时不能用券"), ("会员积分没有到账", "积分少了", "生日礼没收到", "升级没有提示"),
        ("门店排队太久", "收银台只开一个", "等了半小时", "自助机坏了"), ("商品和图片不一样", "颜色不对", "尺寸偏小", "包装破了"),
        ("怎样修改收货地址", "地址填错了", "包裹寄到老地址", "能不能改送货时间"), ("快递员态度不好", "包裹扔在门口", "打电话不接", "送货慢"),
        ("App 闪退", "打开就退出", "更新后崩溃", "卡在启动页"), ("怎样注销账号", "想删掉个人信息", "不再接收推广短信", "注销后订单怎么办"),
        ("退货怎么寄回", "退货地址在哪", "上门取件没来", "运费谁出"), ("保修需要什么", "机器坏了去哪修", "保修卡丢了", "修了三次还不行"),
    ],
    "en": [
        ("Correcting an invoice", "wrong name on the invoice", "I need a new invoice", "cannot find my invoice"),
        ("Sign-in code does not arrive", "no verification code", "new phone number, cannot log in", "account locked"),
        ("Coupon does not work", "coupon is expired", "discount was not applied", "cannot use it when paying"),
        ("Points are missing", "fewer points than expected", "no birthday gift", "my level did not change"),
        ("Long queues in a branch", "only one till open", "waited for half an hour", "the machine is broken"),
        ("Goods differ from the picture", "wrong colour", "too small", "box was damaged"),
        ("Changing the address of an order", "wrong address", "parcel went to my old address", "another delivery time"),
        ("Complaint about a courier", "parcel thrown at the door", "does not answer the phone", "slow delivery"),
        ("The app crashes", "closes when I open it", "crash after the update", "stuck on the first page"),
        ("Deleting an account", "remove my data", "no more advertising", "what about my orders"),
        ("How to return goods", "return address", "nobody came to pick it up", "who pays the postage"),
        ("What a repair needs", "it is broken", "lost the warranty card", "repaired three times"),
    ],
}  # fmt: skip
"""Articles of another matter that the right one must stand before."""


def article(title: str, *symptoms: str, audience: str = "public", body: str = "", **front: object) -> bytes:
    extra = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    rows = "".join(f"  - {json.dumps(one, ensure_ascii=False)}\n" for one in symptoms)
    return f"---\ntitle: {title}\naudience: {audience}\nsymptoms:\n{rows}{extra}---\n\n# {title}\n\n{body or title}\n".encode()


def shelf() -> dict[str, bytes]:
    """The sample's articles among others."""
    own = {
        path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "site/pages").glob("*/knowledge/*.md")
    }
    return own | {
        f"site/pages/{language}/knowledge/other-{number:02}.md": article(*words)
        for language, listed in OTHERS.items()
        for number, words in enumerate(listed)
    }


def loaded(sources: Mapping[str, bytes], **options: bool) -> Any:
    return json.loads(answers(sources, **options))


def test_nine_of_ten_questions_find_their_article_among_the_first_three() -> None:
    search = Search(loaded(shelf()))
    missed = [
        (question, [one.title for one in search.rank(question, language)])
        for language, path, question in QUESTIONS
        if path not in {one.path for one in search.rank(question, language)}
    ]

    assert len(QUESTIONS) >= 30
    assert len(missed) <= 0.1 * len(QUESTIONS), missed


def test_most_questions_find_it_first() -> None:
    search = Search(loaded(shelf()))
    first = [search.rank(question, language)[:1] for language, _, question in QUESTIONS]

    assert sum(bool(one) and one[0].path == path for one, (_, path, _) in zip(first, QUESTIONS, strict=True)) >= 0.75 * len(QUESTIONS)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["", "你好", "我的", "的的的", "hello", "I am not", "12345", "😀😀", "今天天气不错", "__proto__ constructor"],
)
def test_where_nothing_is_shared_nothing_is_suggested(words: str) -> None:
    assert Search(loaded(shelf())).rank(words, "zh") == []


def test_the_readers_language_comes_first_and_an_article_stands_once() -> None:
    search = Search(loaded(shelf()))
    both = "退款 refund still not on my card"

    assert [search.rank(both, language)[0].language for language in ("zh", "en")] == ["zh", "en"]
    assert [one.path for one in search.rank(both, "zh")].count(REFUND) == 1
    assert search.rank("my refund is late", "zh")[0].language == "en"


def test_an_article_for_the_team_or_of_no_named_audience_stays_out() -> None:
    folder = "site/pages/zh/knowledge/"
    kept = {f"{folder}a.md": article("公开", "退款慢"), f"{folder}b.md": article("内部", "内部价", audience="team")}
    silent = {f"{folder}c.md": article("没说", "没说").replace(b"audience: public\n", b""), f"{folder}index.md": article("目录", "目录")}  # fmt: skip

    made = answers({**kept, **silent, f"{folder}d.md": b"\xff\xfe"})

    assert [row[2] for row in json.loads(made)["articles"]] == ["公开"]
    assert "内部".encode() not in made


def test_for_everybody_no_quote_is_looked_through() -> None:
    sources = {"site/pages/zh/knowledge/a.md": article("退款", "退款慢", quotes=["经理答应我补偿"], keywords=["到账"])}

    assert Search(loaded(sources)).rank("经理答应", "zh") != []
    assert Search(loaded(sources, outside=True)).rank("经理答应", "zh") == []
    assert Search(loaded(sources, outside=True)).rank("到账", "zh") != []


def test_the_first_line_is_plain_words_of_the_part_that_is_not_for_the_team() -> None:
    body = "## 内部 {.team}\n\n后台密码\n\n## 答案\n\n| a |\n\n钱*没有*丢，见[队列](../queue.md)。<b>x</b>"
    row = loaded({"site/pages/zh/knowledge/a.md": article("退款", "慢", body=body)})["articles"][0]

    assert row[:4] == ["zh", "knowledge/a.html", "退款", "钱没有丢，见队列。x"]


def test_two_hundred_articles_take_less_than_a_hundred_kilobytes() -> None:
    words = [word for language in OTHERS.values() for row in language for word in row]
    long = {
        f"site/pages/{language}/knowledge/an-article-of-many-{number}.md": article(
            f"{words[number % 96]}{number}", *(words[(number * 7 + k) % 96] * 3 for k in range(6)), body="长" * 200
        )
        for language in ("zh", "en")
        for number in range(100)
    }

    made = answers(long)

    assert len(json.loads(made)["articles"]) == 200
    assert len(made) < 100_000


def test_words_are_cut_alike_whatever_their_width_case_and_script() -> None:
    assert cut("退款，ＲＥＦＵＮＤＥＤ") == ["退款", "refun", "退", "款"]
    assert cut("收銀臺") == cut("收银台")


# ---- the same search in a browser -----------------------------------------------------------------------------------

HOSTILE = ["", "ＡＰＰ　闪退", "don’t don't", "退\u200b款", "ﬁnd 退款", "𠀀𠀁退款", "Straße refund", "__proto__", "a" * 3000, "取件码" * 400, "É退款é", "①退款 2㎏"]  # fmt: skip


@pytest.mark.browser
def test_the_browser_finds_the_same_in_the_same_order(chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "answers.js").write_bytes((ROOT / "site/theme/assets/answers.js").read_bytes())
    (tmp_path / "answers.json").write_bytes(answers(shelf()))
    (tmp_path / "page.html").write_text('<!doctype html><meta charset="utf-8"><script src="answers.js"></script>')
    asked = [(question, language) for _, _, question in QUESTIONS for language in ("zh", "en")]
    asked += [(question, "zh") for question in HOSTILE]
    search = Search(loaded(shelf()))

    with served(tmp_path) as address:
        page = chromium.new_page()
        page.goto(f"{address}/page.html")
        found = page.evaluate(
            """async (asked) => {
              const rank = window.fbAnswers.over(await (await fetch("answers.json")).json());
              return asked.map(([question, language]) => rank(question, language).map((one) => [one.language, one.path, one.title, one.lead, one.score]));
            }""",
            asked,
        )
        page.close()

    assert [[Answer(*one) for one in row] for row in found] == [search.rank(*one) for one in asked]
    assert max(len(row) for row in found) == SHOWN
