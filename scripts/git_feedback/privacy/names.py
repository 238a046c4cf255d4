"""Names of people in what somebody wrote: those of the desk's own staff, and those that a text itself calls names.

Contact data is found by its form (`contacts`); a name has none.  So a name is known from the people of the policy, or
by what stands beside it: `我叫...`, `My name is ...`, `王经理`, `Mrs ...`, a signature, a staff number.  A name without
any such sign is not found.  Of two mistakes the one that hides a word too many is chosen.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from git_feedback.text import HAN

HIDDEN = "***"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤温康施洪乔柳齐庄章鲁倪聂邢骆翟"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭葉蘇呂盧鐘譚陸賈鄒閻龍賀顧龔錢戴嚴湯溫莊魯聶駱"
)
_DOUBLE = "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|端木|东方"
_NO_NAME = "的了给給是在让讓和跟找对對说說问問要被把到就也都不没沒我你您他她它们們这這那有去来來请請图圖个個很太等吗嗎呢吧啊帮幫"
"""Characters that stand after a name, or in its place, and hardly ever in one."""
_SURNAME = rf"(?:{_DOUBLE}|[{_SURNAMES}])"
_GIVEN = rf"(?:(?![{_NO_NAME}])[{HAN}])"
_FULL = rf"{_SURNAME}{_GIVEN}{{1,2}}"
_END = rf"(?=[^{HAN}\w]|$|的)"
_TITLES = (
    "先生|女士|小姐|太太|经理|經理|店长|店長|主管|主任|师傅|師傅|老师|老師|总监|總監|阿姨|大姐|大哥|叔叔|医生|醫生|医师|工程师|"
    "姐姐|哥哥|姐|哥"
)
_ROLES = "店员|店員|客服|员工|員工|服务员|服務員|收银员|收銀員|导购|導購|店长|店長|经理|經理|骑手|快递员|司机|业务员|保安|前台|技师"
_COMMON = "安排|安卓|高级|高兴|高管|黄金|金卡|白金|白天|马上|江苏|石家|武汉|温州|方便|方案|任何|何时|许多|曾经|高峰|严重|严厉|白领"
"""Words that begin like a name."""
_CAPITAL = r"[A-Z][\w'’-]{0,30}"
_CAPITALS = rf"{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}"
_FAREWELLS = "regards|sincerely|faithfully|truly|cheers|thanks|thank you|wishes|best|love"
_STOPS = (
    r"(?:not|on|in|the|a|an|and|or|is|was|still|wrong|missing|spel\w+|shown|from|i|my|to|for|but|so|with|at|as|of)\b"
)

_SAID: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # the writer, by a word that can only mean a name
        rf"(?:我叫|名字是|名字叫|我名叫|本人叫|名叫|叫做|姓名(?:是|为|為)?|署名|联系人|聯繫人)[\s:：]*(?P<name>{_FULL}|[小阿老]{_GIVEN}{{1,2}})",
        rf"(?:我叫|名字是|名字叫|我名叫|本人叫|名叫|姓名(?:是|为|為)?|署名|联系人|聯繫人)[\s:：]*(?!客服|外卖|经理|店员|店长|老板|快递)(?P<name>{_GIVEN}{{2,3}}){_END}",
        rf"(?:我叫|我是|名字是|名字叫|名叫|姓名(?:是|为|為)?|署名|联系人|聯繫人)[\s:：]*(?P<name>{_CAPITALS})",
        rf"(?:我姓|本人姓|免贵姓)(?P<name>{_DOUBLE}|[{HAN}])",
        rf"我是(?!{_COMMON})(?P<name>{_FULL}){_END}",
        # somebody else, by a title or a task
        rf"(?<![对對关關由至])(?P<name>{_SURNAME}{_GIVEN}{{0,2}}?)(?:{_TITLES})",
        rf"(?:{_ROLES})(?:叫|是|[:：\s])?(?!{_COMMON})(?P<name>{_FULL}|[小阿老][{_SURNAMES}]){_END}",
        rf"(?:感谢|感謝|谢谢|謝謝|表扬|表揚|投诉|投訴)(?!{_COMMON})(?P<name>{_FULL}|[小阿老][{_SURNAMES}]){_END}",
        # a signature
        rf"(?:——|—|--)\s*(?P<name>{_FULL}|{_CAPITALS})\s*$",
        rf"(?P<name>{_FULL})\s*(?:敬上|谨上|謹上|敬启)",
        rf"(?i:{_FAREWELLS})[,.!]?\s+(?P<name>{_CAPITALS})\s*[.!]?\s*$",
        # English
        rf"(?i:my name is|my name's|name:|signed,?|contact person:?)\s+(?P<name>{_CAPITALS})",
        rf"(?i:my name is|my name's)\s+(?!(?i:{_STOPS}))(?P<name>[a-z][\w'’-]{{1,30}}(?:\s(?!{_STOPS})[a-z][\w'’-]{{1,30}})?)",
        rf"(?i:\bthis is|\bi am|\bi'm|\bi’m)\s+(?P<name>{_CAPITAL}(?:(?:\s{_CAPITAL}){{1,2}}|(?=,|\sfrom\b|\sand\b)))",
        rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|DR)\b\.?\s+(?P<name>{_CAPITAL}(?:\s{_CAPITAL})?)",
        # numbers and handles that stand for one person
        r"(?i:工号|工號|工牌号?|员工号|(?:staff|employee)\s(?:no|number|id)|badge(?:\snumber|\sno)?)[^\w]{0,4}(?P<name>[A-Za-z]{0,3}\d{2,10})",
        rf"(?<![\w*.+-])[@＠](?P<name>[\w{HAN}.-]{{2,30}})",
    )
)


def unnamed(text: str, staff: Iterable[str] = ()) -> str:
    """The text with `***` in place of every name that is found; `staff` are names of people as the policy has them."""
    for pattern in (*_of_staff(tuple(sorted(set(staff)))), *_SAID):
        text = pattern.sub(_without, text)
    return text


def _without(found: re.Match[str]) -> str:
    start, end = (found.span("name")[side] - found.start() for side in (0, 1))
    return found[0][:start] + HIDDEN + found[0][end:]


@lru_cache(maxsize=8)
def _of_staff(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """What finds the names of the staff: whole ones however they are written, and parts that are told apart."""
    whole = [_loosely(name) for name in names if name.strip()]
    parts = {part for name in names for part in _parts(name)}
    found = []
    if whole:
        found.append(re.compile(rf"(?i)(?<![a-z0-9])(?P<name>{_any(whole)})(?![a-z0-9])"))
    if parts:
        found.append(re.compile(rf"(?<![A-Za-z0-9])(?P<name>{_any(map(re.escape, parts))})(?![A-Za-z0-9])"))
    return tuple(found)


def _any(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=lambda pattern: (-len(pattern), pattern)))


def _loosely(name: str) -> str:
    """A name whose parts may be joined by other signs, and in Latin letters also stand the other way round."""
    parts = [re.escape(part) for part in _pieces(name)]
    ways = [parts, parts[::-1]] if name.isascii() and len(parts) > 1 else [parts]
    return "|".join(r"[\s·.,_-]{0,2}".join(way) for way in ways)


def _parts(name: str) -> list[str]:
    """The parts of a name that stand for a person alone: `Ines`, `INES`, `布兰特`; not `He`, which is a word."""
    pieces = _pieces(name)
    if len(pieces) < 2:
        return []
    long = [piece for piece in pieces if len(piece) >= (3 if piece.isascii() else 2)]
    return [form for piece in long for form in {piece, piece.upper()}]


def _pieces(name: str) -> list[str]:
    return [piece for piece in re.split(r"[\s·.,_-]+", name) if piece]
