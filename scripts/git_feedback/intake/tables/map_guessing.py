"""Which column of an unknown table is which field: a guess for each, with the reason, and no column twice."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from git_feedback.intake.tables.cells import Unreadable, key
from git_feedback.intake.tables.column_looks import Column

Why = Literal["draft-by-name", "draft-by-content", "draft-check"]

_PRIVATE = (
    r"\bip\b|来自\s*ip|ip\s*(地址|address)|user agent|passw|密码|cookie|身份证|id card|银行卡|bank card|network id|指纹"
)
_CONTACTS: tuple[tuple[str, str], ...] = (
    ("mobile", r"手机|mobile|\bcell"),
    ("email", r"邮箱|邮件|e ?mail"),
    ("wechat", r"微信号|微信昵称|wechat|weixin"),
    (
        "login",
        r"昵称|用户名|账号|帐号|会员名|会员名称|user ?name|\bnick|\blogin|\bhandle|screen name|\bauthor\b|作者|博主",
    ),
    (
        "name",
        r"姓名|your (first |last |full )?name|联系人|投诉人|客户名|^((first|last|full|customer|contact|client|buyer|your) )?name$|名字|怎么称呼",
    ),
    ("phone", r"电话|\bphone|\btel\b|telephone|联系方式"),
    ("address", r"地址|住址|^(street |home |postal |mailing )?address"),
)
_KIND_OF = {"mobile": "mobile", "phone": "phone", "email": "email", "wechat": "wechat"}
_RESOLVED = r"完成|办结|结案|解决|关闭|完结|closed|resolved|completed|finished"
_DUE = r"截止|期限|到期|应办|\bdue\b|deadline|\bsla\b"
_EXPECTED = r"期望|希望|expected|wished|desired"
_NOT_RECEIVED = rf"{_RESOLVED}|{_DUE}|{_EXPECTED}|更新|修改|回复|答复|追评|生日|下单|付款|updat|modif|action|birth|order date|purchas"
_RECEIVED = (
    r"收到|接收|received",
    r"提交|submit",
    r"创建|created|opened|登记|受理",
    r"投诉|评价|评论|反馈|发布|留言|来电|posted|reported|publish",
    r"结束|end date",
    r"开始|start",
    r"时间|日期|date|time|when",
)
_SOURCE = (
    r"^(unique ?key|uuid|guid|id|编号|token)$|投诉编号|工单|评价(id|编号)|反馈编号|case (id|no|number)|ticket|respondent id|response id|答卷编号",
    r"编号|单号|流水|\b(id|key|no|number|ref|reference)\b|^#$|链接|\burl\b|\blink\b",
)
_NO_KEY = r"用时|所用时间|时长|duration|来源详情|昵称"
_LONGEST_KEY = 120
_SERIAL = r"^(序号|no|#|行号|row)$"
_RESULT = (
    r"处理结果|处理意见|办理结果|处理情况|商家回复|客服回复|回复内容|答复|resolution|\bresult|\breply|status notes"
)
_TITLE = r"标题|主题|题目|事由|投诉问题|问题类型|complaint type|\bsubject|\btitle|\bsummary|headline|\bissue|\bproblem|descriptor"
_TEXT = (
    r"内容|描述|详情|正文|评论|评价|意见|建议|留言|反馈|诉求|要求|事实|原因|备注|说明|追评|\btext|comment|descri(be|ption)|detail"
    r"|\breview|message|feedback|\bbody|suggestion|opinion|complaint|remark|\bwhy\b|improve"
)
_RATING = r"评分|星级|打分|评星|分数|满意|评价等级|rating|\bscore|\bstars?\b|csat|satisf"
_NPS = r"推荐|\bnps\b|recommend"
_QUESTION = re.compile(r"^\d+\s*[、.．)]|[?？]\s*(/.*)?$|^Q\d+\b")
_LONG = 25
_LONG_WORDS = 8.0
_MOST_OF_A_LINE = 3
_MOST_KINDS = 25
_A_SURVEY = 2
"""With so many questions for columns a table is a survey."""
_PLAIN: tuple[tuple[str, str], ...] = (
    ("device", r"设备|机型|操作系统|\bdevice|\bos\b|browser"),
    ("language", r"^语言$|\blanguage\b|\blocale\b|^lang$"),
    ("product", r"商品|产品|品名|型号|\bproduct|\bitem\b|\bsku\b|投诉对象"),
    (
        "area",
        r"地区|城市|区域|省份|门店|网点|\bcity\b|\barea\b|属地|region|borough|neighbou?rhood|\bstore\b|\bbranch\b",
    ),
    ("tags", r"标签|\btags?\b|\blabels?\b|类别|分类|category|complaint type"),
)
_STATUS = r"状态|进度|\bstatus|\bstate\b"
_ENDED = r"已完成|已办结|已结案|已解决|已关闭|完结|已处理|closed|resolved|completed|done|solved|fixed"
_LAT, _LON = r"纬度|^lat(itude)?$", r"经度|^(lon|lng|long)(gitude|itude)?$"
_CHANNEL = r"渠道|来源|平台|channel|\bsource\b|\bvia\b|platform|medium"
_DEPARTMENT = r"部门|责任单位|承办|\bagency|department|\bteam\b"
WORDS_OF_RATING = {
    "非常满意": "5", "很满意": "5", "满意": "4", "比较满意": "4", "一般": "3", "不满意": "2", "非常不满意": "1", "很不满意": "1",
    "好评": "5", "中评": "3", "差评": "1", "very satisfied": "5", "satisfied": "4", "neutral": "3",
    "dissatisfied": "2", "very dissatisfied": "1", "excellent": "5", "good": "4", "fair": "3", "poor": "2",
    "不太满意": "2", "very unsatisfied": "1", "unsatisfied": "2", "neither satisfied nor dissatisfied": "3",
}  # fmt: skip
"""What people say instead of 1 to 5."""


@dataclass
class Guess:
    """Field -> its columns, in the order of the mapping; `why` of each column, and what is not used."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    contacts: dict[str, list[str]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    why: dict[str, Why] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    """Columns that are left out because nobody needs what they say about people."""
    status: str | None = None
    ended: list[str] = field(default_factory=list)
    """What the status says of rows that came to an end."""
    others: list[str] = field(default_factory=list)


class _Guessing:
    """The columns that are not given away yet, and the guess so far."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.all, self.left, self.guess = list(columns), list(columns), Guess()

    def take(self, name: str, column: Column | None, why: Why = "draft-by-name", *, keep: bool = False) -> None:
        """Give a column to a field; one that is kept may be another field as well."""
        if column is None:
            return
        self.guess.fields.setdefault(name, []).append(column.name)
        self.guess.why.setdefault(column.name, why)
        if not keep and column in self.left:
            self.left.remove(column)

    def those(self, words: str, is_so: Callable[[Column], object] = bool) -> Iterator[Column]:
        yield from [one for one in self.left if one.named(words) and is_so(one)]

    def one(self, words: str, is_so: Callable[[Column], object] = bool) -> Column | None:
        return next(self.those(words, is_so), None)


def guess(columns: Sequence[Column]) -> Guess:
    """Which column is which field, as far as names and first cells tell."""
    now = _Guessing(columns)
    for step in (_private, _contacts, _moments, _source, _scores, _point, _ways, _result, _words, _plain, _questions):
        step(now)
    now.guess.others = [column.name for column in now.left]
    return now.guess


def _private(now: _Guessing) -> None:
    for column in now.those(_PRIVATE):
        now.guess.private.append(column.name)
        now.left.remove(column)


def _contacts(now: _Guessing) -> None:
    for column in list(now.left):
        by_name = next((kind for kind, words in _CONTACTS if column.named(words)), None)
        if by_name and (column.times or column.numbers(0, 10) or column.length > 60):
            by_name = None
        kind = _KIND_OF.get(column.contact or "") or by_name
        if kind:
            now.guess.contacts.setdefault(kind, []).append(column.name)
            now.guess.why[column.name] = "draft-by-name" if by_name == kind else "draft-by-content"
            now.left.remove(column)


def _moments(now: _Guessing) -> None:
    for name, words in (("expected", _EXPECTED), ("due", _DUE), ("resolved", _RESOLVED)):
        now.take(name, now.one(words, lambda column: column.times))
    free = [column for column in now.left if column.times and not column.named(_NOT_RECEIVED)]
    ranked = (column for words in _RECEIVED for column in free if column.named(words))
    now.take("received", next(ranked, None))
    if "received" not in now.guess.fields:
        sure = next(iter(free), None)
        now.take("received", sure, "draft-by-content")
        now.take("received", None if sure else next(iter(now.left), None), "draft-check", keep=True)


def _source(now: _Guessing) -> None:
    """The key: a column with its own value in every row; else the number of an order or a row, and the time with it."""
    free = [one for one in now.left if one.length <= _LONGEST_KEY and not one.named(_NO_KEY) and not one.times]
    keys = [one for one in free if one.is_key and all(_may_be_kept(value, one) for value in one.values)]
    named = (one for words in _SOURCE for one in keys if one.named(words) and not one.named(_SERIAL))
    if found := next(named, None):
        now.take("source", found)
        return
    received = next((one for one in now.all if one.name in now.guess.fields.get("received", ())), None)
    numbered = [one for words in (*_SOURCE, _SERIAL) for one in free if one.named(words)]
    pair = next((one for one in numbered if received and _tell_apart(one, received)), None)
    found = pair or next(iter(keys), None)
    fallback = next(iter(now.left or now.all), None)
    now.take("source", found or fallback, "draft-by-content" if found else "draft-check", keep=not found)
    if pair or not found:
        now.take("source", received, keep=True)


def _tell_apart(column: Column, received: Column) -> bool:
    """Whether no two rows have the same of both."""
    both = list(zip(column.cells, received.cells, strict=True))
    return all(all(cells) for cells in both) and len(set(both)) == len(both)


def _may_be_kept(value: str, column: Column) -> bool:
    try:
        return bool(key([value], [column.name]))
    except Unreadable:
        return False


def _scores(now: _Guessing) -> None:
    now.take("nps", now.one(_NPS, lambda column: column.numbers(0, 10)))
    now.take("rating", now.one(_RATING, lambda column: column.numbers(1, 5) or words_of_rating(column)))


def words_of_rating(column: Column) -> Mapping[str, str]:
    """What its words mean from 1 to 5, where it says nothing else."""
    found = {value: WORDS_OF_RATING.get(value.casefold(), "") for value in column.values}
    return found if found and all(found.values()) else {}


def _point(now: _Guessing) -> None:
    places = [now.one(words, lambda column: column.mostly(_is_decimal)) for words in (_LAT, _LON)]
    if all(places):
        for place in places:
            now.take("point", place)


def _is_decimal(value: str) -> bool:
    return bool(re.fullmatch(r"-?\d{1,3}(\.\d+)?", value))


def _few(column: Column) -> bool:
    return 0 < len(set(column.values)) <= _MOST_KINDS and column.length <= 40


def _ways(now: _Guessing) -> None:
    if sum(bool(_QUESTION.search(column.name)) for column in now.all) < _A_SURVEY:
        now.take("channel", now.one(_CHANNEL, lambda column: _few(column) and not column.named("详情|detail")))
    now.take("department", now.one(_DEPARTMENT, _few))
    status = now.one(_STATUS, _few)
    if status and "resolved" in now.guess.fields:
        now.guess.ended = sorted({value for value in status.values if re.fullmatch(_ENDED, value, re.IGNORECASE)})
        now.guess.status = status.name if now.guess.ended else None
        now.left.remove(status)


def _result(now: _Guessing) -> None:
    if "resolved" in now.guess.fields:
        now.take("result", now.one(_RESULT, _is_prose))


def _words(now: _Guessing) -> None:
    for column in list(now.those(_TITLE, _is_prose))[:_MOST_OF_A_LINE]:
        if not _QUESTION.search(column.name):
            now.take("title", column)
    for column in now.those(_TEXT, _is_prose):
        if not _QUESTION.search(column.name) and not column.named(f"{_CHANNEL}|标签"):
            now.take("text", column)
    if not {"title", "text"} & set(now.guess.fields):
        longest = max((one for one in now.left if _is_prose(one)), key=lambda one: one.length, default=None)
        if longest and longest.length >= _LONG_WORDS and not _QUESTION.search(longest.name):
            now.take("text", longest, "draft-by-content")


def _is_prose(column: Column) -> bool:
    return not column.values or not (column.times or column.mostly(str.isdecimal))


def _plain(now: _Guessing) -> None:
    for name, words in _PLAIN:
        for column in list(now.those(words, lambda column: column.values and column.length <= 60))[:2]:
            if not _QUESTION.search(column.name):
                now.take(name, column)


def _questions(now: _Guessing) -> None:
    for column in list(now.left):
        if _QUESTION.search(column.name) or (len(column.name) >= _LONG and _is_prose(column)):
            now.guess.questions.append(column.name)
            now.left.remove(column)
