"""What a mail newly says: without the mails it answers, without signatures and what programmes write below.

A line is cut only where its form says what it is.  What could be words of the sender stays; where cutting would leave
nothing, everything stays.
"""

import re
from collections.abc import Sequence

_LINE_MOST = 400
"""Characters of a line that are looked at."""
_INTRO_LINES = 3
"""Programmes break `On ... wrote:` over so many lines."""
_SIGNATURE_LINES = 12
_CLOSING_LINES = 6
_LEAVINGS = 8
"""So many things may stand below the words: a greeting, a card, a device, an advertisement."""

_RULE = re.compile(
    r"[-_=*\s>]{2,}(?:original (?:message|appointment|email)|replied message|原始邮件|原始郵件|原邮件|回复的原邮件|原始信息|原始訊息)[-_=*\s]{2,}",
    re.IGNORECASE,
)
_INTRO_END = re.compile(
    r"(?:\bwrote|写道|寫道|schrieb|a écrit|的邮件|来信|\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT.{5,120}[>@]\S*)\s*[:：]$",
    re.IGNORECASE,
)
_INTRO_DATE = re.compile(
    r"\d{4}\s*[-/.年]|\d{1,2}[:：]\d{2}|\d{1,2}月\d{1,2}|[^\s@]@[^\s@]|\b\d{1,2}[./ ]\w{2,9}[./ ]+\d{2,4}"
)
_INTRO_START = re.compile(
    r"(?:On|At|Am|Le|在|于|於)\s?.{0,20}\d|.{0,80}(?:[<\"“(]|&lt;).{1,80}@|.{0,60}(?:于|於)\s?\d{4}年|\d{4}[-/年]",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:On|At|Am|Le|在)\s.{0,20}\d|\d{4}[-/年]", re.IGNORECASE)
_FROM = re.compile(r"[>*\s]*(?:from|发件人|寄件者|寄件人|发信人|發件人|von|de)\s*\*?\s*[:：]\**\s*\S", re.IGNORECASE)
_FIELD = re.compile(
    r"[>*\s]*(?:sent|date|to|cc|subject|reply-to|发送时间|发送日期|寄件日期|發送時間|时间|日期|收件人|收件者|抄送|副本|主题|主題|主旨|标题"
    r"|gesendet|an|betreff)\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s{0,3}>")
_FROM_DEVICE = re.compile(
    r"(?:sent (?:from|via|with) .{1,60}|get outlook for \w+.{0,80}"
    r"|(?:发自|發自|发送自|發送自|来自)\s?(?:我的|.{0,4}(?:outlook|邮箱|iphone|ipad|huawei|华为|小米|网易|foxmail|qq)).{0,40}"
    r"|从我的.{1,20}(?:发送|傳送)|從我的.{1,20}(?:傳送|發送)|从 ?windows ?版邮件发送|获取 ?outlook for \w+.{0,80}|下载 ?outlook.{0,80}|签名由.{1,20}定制)[.。]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm|many)?\s?regards|(?:yours )?(?:sincerely|faithfully|truly)|sincerely yours|cheers|mit freundlichen grüßen"
    r"|祝好|此致|敬礼|顺祝商祺|順祝商祺|祝商祺|商祺|顺颂商祺|祝工作顺利|致礼)[,，.。!！~～]*",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:本邮件|此邮件|本郵件|这封邮件|本电子邮件|this (?:e-?mail|message|communication)|confidentiality notice|disclaimer|免责声明|保密声明)",
    re.IGNORECASE,
)
_NOTICE_SAYS = re.compile(
    r"confidential|privileged|intended (?:only|solely|recipient)|保密|机密|機密|收件人使用|误收", re.IGNORECASE
)
_DASHES = re.compile(r"(?:[-_=—]\s?){6,}")
_SENTENCE_END = re.compile(r"[。！？?!；;]\s*$")


def new_words(text: str, *, forwarded: bool = False) -> str:
    """The sender's own words of a mail.  Of a mail that is passed on (`forwarded`) what it passes on stays."""
    lines = [line.rstrip() for line in text.replace("\xa0", " ").replace("\u3000", " ").split("\n")]
    own = lines if forwarded else _without_quotes(lines)
    own = _trimmed(_without_signature(_trimmed(own)))
    return "\n".join(own or _trimmed(lines)).strip()


# ---- quotes ---------------------------------------------------------------------------------------------------------


def _without_quotes(lines: Sequence[str]) -> list[str]:
    """Lines before the mail that is answered; where quotes are marked line by line, also those between them."""
    marked = sum(bool(_QUOTED.match(line)) for line in lines)
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at][:_LINE_MOST]
        if _RULE.fullmatch(line) or _is_head(lines, at):
            break
        intro = _intro(lines, at)
        if intro:
            if not _goes_on_marked(lines, at + intro):
                break
            marked += 2
            at += intro
        elif marked > 1 and _QUOTED.match(line):
            at += 1
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _intro(lines: Sequence[str], at: int) -> int:
    """How many lines from here say who wrote what follows, and when; 0 for none."""
    first = lines[at].lstrip("> ")[:_LINE_MOST]
    if not first:
        return 0
    for many in range(1, _INTRO_LINES + 1):
        if many > 1 and not _may_go_on(lines, at, many):
            return 0
        said = " ".join(line.strip("> ")[:_LINE_MOST] for line in lines[at : at + many])
        if _INTRO_END.search(said):
            return many if _INTRO_DATE.search(said) and _INTRO_START.match(said) else 0
    return 0


def _may_go_on(lines: Sequence[str], at: int, many: int) -> bool:
    """Whether an introduction that begins at `at` may have this many lines: words above one are none of it."""
    if at + many > len(lines):
        return False
    last = lines[at + many - 1].strip("> ")[:_LINE_MOST]
    return bool(last and _INTRO_START.match(lines[at].lstrip("> ")[:_LINE_MOST]) and not _DATED.match(last))


def _goes_on_marked(lines: Sequence[str], at: int) -> bool:
    """Whether the quote that begins here is marked line by line."""
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _is_head(lines: Sequence[str], at: int) -> bool:
    """Whether the head of an answered mail begins here: From, and two more of its fields in the lines below."""
    if not _FROM.match(lines[at][:_LINE_MOST]):
        return False
    below = [line for line in lines[at + 1 : at + 9] if line.strip()][:5]
    return sum(bool(_FIELD.match(line[:_LINE_MOST])) for line in below) >= 2


# ---- below the words ------------------------------------------------------------------------------------------------


def _without_signature(lines: list[str]) -> list[str]:
    """What stands above the signature; the standard mark ends it, other forms only near the end."""
    for at, line in enumerate(lines):
        is_mark = line == "--" and 0 < len(lines) - at - 1 <= _SIGNATURE_LINES
        if is_mark or (_NOTICE.match(line.strip("*_ ")) and _NOTICE_SAYS.search(" ".join(lines[at : at + 4])[:800])):
            lines = lines[:at]
            break
    for _ in range(_LEAVINGS):
        cut = _last_cut(lines)
        if not cut:
            break
        lines = _trimmed(lines[:-cut])
    return lines


def _last_cut(lines: Sequence[str]) -> int:
    """How many of the last lines a programme or a habit wrote."""
    if not lines:
        return 0
    if _FROM_DEVICE.fullmatch(lines[-1].strip(" *<>|")[:_LINE_MOST]) or not lines[-1].strip(" |-_—"):
        return 1
    for back in range(1, min(_CLOSING_LINES, len(lines)) + 1):
        line = lines[-back].strip()
        if _CLOSING.fullmatch(line[:80]) or (_DASHES.fullmatch(line[:_LINE_MOST]) and _is_card(lines[-back + 1 :])):
            return back if _is_card(lines[len(lines) - back + 1 :]) else 0
    return 0


def _is_card(lines: Sequence[str]) -> bool:
    """Whether lines are a name, a firm, a number: short, and none a sentence."""
    return all(len(line) <= 60 and not _SENTENCE_END.search(line) for line in lines)


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without empty lines at both ends."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    last = next((at for at in range(len(lines), first, -1) if lines[at - 1].strip()), first)
    return list(lines[first:last])
