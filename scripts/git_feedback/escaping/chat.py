"""Text of strangers into chat messages.  The threat: a word that calls everybody, a link that passes for ours, markup.

What a service documents as its way to escape is used.  Where it documents none, or its clients do not hold to one (a
backslash is shown as a backslash by WeChat's: github.com/corespeed-io/wechatbot issue 79), the sign that means something
becomes its full-width form, which looks the same and means nothing.  Nothing invisible is put in, and nothing is cut:
how long a message may be is the sender's business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from git_feedback.text import visible

Service = Literal[
    "wecom", "wecom-text", "dingtalk", "dingtalk-text", "feishu", "feishu-text", "slack", "teams", "teams-text"
]
"""A service and the kind of its message: without more the marked-up one (Feishu's is the card), `-text` the plain one."""

_TO_FULL_WIDTH = 0xFEE0
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
# What means something only at the beginning of a line: headings, lists, rules, numbered lists.
_FIRST = re.compile(r"^(\s*(?:\d{1,9}(?=[.)]))?)([-+=#.)])(?=[-+=#\s]|$)", re.MULTILINE)
_HEADING = re.compile(r"^(\s*)(#)", re.MULTILINE)
_SCHEME = re.compile(
    r"(?<=[A-Za-z0-9]):(?=//)|(?<=\bmailto):|(?<=\btel):|(?<=\bjavascript):|(?<=\bdata):", re.IGNORECASE
)
# Clients make links of bare names of hosts: a letter, digit or closing sign, a dot, then something like a domain.
_DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2,})")


def _wide(signs: str) -> dict[int, str]:
    return {ord(sign): chr(ord(sign) + _TO_FULL_WIDTH) for sign in signs}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a message of one kind reads as more than words, and how its lines end."""

    signs: Mapping[int, str]
    line_end: str = "\n"
    entities: bool = True
    """Whether an entity that a stranger wrote (`&lt;`) could be read as the sign it stands for."""


_MARKDOWN = _wide("<>[]*_~`|\\@!$")
_MENTIONS = _wide("<>@")

_KINDS: Mapping[Service, _Kind] = {
    # https://developer.work.weixin.qq.com/document/path/91770 - markdown has **, [](), `, > and <font>, mentions are
    # <@userid>; no escape is documented.  A text is a text; its mentions stand in a field of their own, yet clients make
    # links of addresses.
    "wecom": _Kind(_MARKDOWN),
    "wecom-text": _Kind(_MENTIONS, entities=False),
    # https://open.dingtalk.com/document/robots/custom-robot-access - #, >, **, *, [](), ![](), lists; a line ends with
    # two blanks before its end, or it goes on; @ with a number counts together with `at.atMobiles`.
    "dingtalk": _Kind(_MARKDOWN, line_end="  \n"),
    "dingtalk-text": _Kind(_MENTIONS, entities=False),
    # https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-components/content-components/rich-text -
    # a card's Markdown has <at id=all></at>, <font>, <text_tag>, <a>, [](), :emoji:, ~~, **; HTML entities stand for signs.
    "feishu": _Kind({**{ord(sign): f"&#{ord(sign)};" for sign in "&<>[]()*_~`|\\!$"}, **_wide("@")}, entities=False),
    # https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot - <at user_id="all"> works in a plain text too.
    "feishu-text": _Kind(_MENTIONS),
    # https://api.slack.com/reference/surfaces/formatting - & < > are written as entities, nothing else is; what is in
    # angle brackets calls (<!channel>, <@U1>) or links.  For * _ ~ ` there is no escape.
    "slack": _Kind({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", **_wide("*_~`@")}, entities=False),
    # https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format - in an Adaptive
    # Card **, _, [](), lists; <at> calls together with `msteams.entities`; a line ends with an empty one.
    "teams": _Kind(_MARKDOWN, line_end="\n\n"),
    "teams-text": _Kind(_MENTIONS),
}

SERVICES = tuple(_KINDS)


def chat(text: str, service: Service) -> str:
    """A stranger's words as words of a chat message; lines stay lines, in the way of the service.

    Threat: `@all`, `<!channel>` and `<at id=all>` that call a whole company, `[bank](https://...)` that shows another
    target than it has, addresses that are made links of, headings and fences that swallow what we say after them.
    Addresses stay readable and lead nowhere (`https：//shop[.]example`).
    """
    kind = _KINDS[service]
    lines = "\n".join(visible(line).rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    plain = lines.replace("\t", " ")
    if kind.entities:
        plain = _ENTITY.sub("＆", plain)
    unled = _FIRST.sub(_first_wide, _HEADING.sub(_first_wide, plain))
    marked = _SCHEME.sub("：", unled).translate(dict(kind.signs))
    return _DOT.sub("[.]", marked).replace("\n", kind.line_end)


def _first_wide(match: re.Match[str]) -> str:
    return match[1] + chr(ord(match[2]) + _TO_FULL_WIDTH)
