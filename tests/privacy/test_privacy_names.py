"""Names in what somebody wrote: hidden where they can be told, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.privacy.names import HIDDEN, unnamed

STAFF = ("何淼", "He Miao", "he.miao", "伊内丝·布兰特", "Ines Brandt", "周予安")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我叫王小明，手机坏了", "我叫***，手机坏了"),
        ("我叫小明，来投诉", "我叫***，来投诉"),
        ("我是张伟，订单没到", "我是***，订单没到"),
        ("我姓欧阳", "我姓***"),
        ("联系人：Peter Pan", "联系人：***"),
        ("My name is Jane Doe-Smith. Hi", "My name is ***. Hi"),
        ("my name is john smith and I am angry", "my name is *** and I am angry"),
        ("I am Anna, from Berlin", "I am ***, from Berlin"),
        ("Best regards,\nJane Doe", "Best regards,\n***"),
        ("请尽快处理。——张三", "请尽快处理。——***"),
        ("王经理态度很差", "***经理态度很差"),
        ("店员叫李小花，很好", "店员叫***，很好"),
        ("感谢小何，很耐心", "感谢***，很耐心"),
        ("Mrs Miller was rude", "Mrs *** was rude"),
        ("工号 0231 的收银员", "工号 *** 的收银员"),
        ("@小豆子123 看看", "@*** 看看"),
    ],
)
def test_a_name_that_the_text_itself_calls_one_is_hidden(said: str, shown: str) -> None:
    assert unnamed(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("何淼处理得很好", "***处理得很好"),
        ("谢谢伊内丝", "谢谢***"),
        ("伊内丝 布兰特很耐心", "***很耐心"),
        ("Ines was so kind", "*** was so kind"),
        ("INES BRANDT helped", "*** helped"),
        ("Thanks to Brandt", "Thanks to ***"),
        ("予安周到", "予安周到"),
        ("ask he.miao", "ask ***"),
        ("He told me to wait", "He told me to wait"),
    ],
)
def test_the_people_of_the_desk_are_hidden_by_whatever_part_of_their_name_tells_them(said: str, shown: str) -> None:
    assert unnamed(said, STAFF) == shown


@pytest.mark.parametrize(
    "said",
    [
        "我叫不到车，等了很久",
        "我叫了客服，没人理",
        "我是老顾客，买了三年",
        "我是高级会员，为什么没有券",
        "发了三张图给经理看",
        "大堂经理不理人",
        "小程序打不开，小时候就在你们家买",
        "关于女士鞋的尺码",
        "老师傅很专业，快递师傅不送上楼",
        "国庆在店里买的空气炸锅",
        "订单 202610128888 没到",
        "my name is not shown on the card",
        "I am very angry. This is Great!",
        "邮箱 l***@example.com",
    ],
)
def test_what_only_looks_like_a_name_stays(said: str) -> None:
    assert unnamed(said) == said


@given(st.text("我叫是王小明张三，。 经理MrsJaneDoe@0123\n", max_size=60))
def test_hiding_names_never_shows_more_of_a_text(said: str) -> None:
    shown = unnamed(said, STAFF)
    assert len(shown.replace(HIDDEN, "")) <= len(said)
    assert set(shown) <= set(said) | set(HIDDEN)
