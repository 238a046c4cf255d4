"""Words of a form that ask for contact data, in Chinese and English; a sentence that asks to leave it out is none."""

import re

_SENTENCES = re.compile(r"[。；;!！?？\n]|\.(?=\s|$)")
_NEGATION = re.compile(
    r"\b(?:no|not|never|nor|without|cannot|don't|avoid|instead of)\b(?!\s+(?:mind|hesitate|forget))"
    r"|请勿|勿|不要|不得|不能|不必|不用|不需|无需|切勿|禁止|严禁|别(?!名)|避免|未经|莫",
    re.IGNORECASE,
)
_CHINESE = (
    r"(?:联系|固定|家庭|移动|办公|座机)?电话(?!会议|客服|线路|接通|占线|功能)|手机号码?|联系方式|联系人"
    r"|(?:电子)?邮箱(?!功能|客户端|验证码)|电子邮件|电邮|微信(?:号|账号|\s*id)|微信$|QQ\s*号码?|真实姓名|姓名|您的名字|尊姓大名"
    r"|(?:收货|家庭|联系|通讯|通信|邮寄|居住|详细)地址|住址|身份证号?码?"
)
_ENGLISH = (
    r"\b(?:tele|cell|mobile\s+|contact\s+)phone(?:\s+(?:number|no))?\b(?!\s+(?:model|os|version|type|brand|make|app))"
    r"|\bphone(?:\s+(?:number|no)\b|$)|\bphone\s*(?=[/,&]|\bor\b|\band\b)|\bmobile\s+(?:number|no)\b"
    r"|\be-?mail(?:\s+address(?:es)?)?\b(?!\s+(?:client|program|app|notification|template|server|version|provider|was|is|did|has|never|you|we|that|which|to))"
    r"|\bwechat(?:\s+(?:id|number|account))\b|\bwechat$|\bwhats\s?app(?:\s+number)?$|\btelegram(?:\s+(?:handle|id))?$"
    r"|\b(?:your|full|first|last|family|real|contact|given)\s+name\b|\bsurname\b"
    r"|\b(?:home|postal|street|mailing|shipping|delivery|your)\s+address\b"
    r"|\bcontact\s+(?:details|data|information|info|number)\b|\b(?:how|where)\s+(?:can|may|do|should)\s+we\s+(?:reach|contact|call)\b"
)
_ASKED = re.compile(f"{_CHINESE}|{_ENGLISH}", re.IGNORECASE)
_WHOLE_LABEL = re.compile(
    r"(?:your\s+)?(?:name|address|phone|telephone|mobile|e-?mail|wechat|contact|qq)|(?:您的|你的)?(?:名字|称呼|地址|手机|电话|邮箱|邮件|微信|QQ)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[*:：]")
_IDS = frozenset([
    "phone", "telephone", "tel", "mobile", "email", "mail", "wechat", "weixin", "wx", "qq", "whatsapp", "contact", "contacts",
    "realname", "fullname", "surname", "address", "dianhua", "shouji", "youxiang", "xingming", "dizhi",
])  # fmt: skip
_ID_NAMES = frozenset([
    "name", "your-name", "full-name", "real-name", "first-name", "last-name", "family-name", "contact-name",
])  # fmt: skip
_OF_THINGS = frozenset([
    "model", "os", "version", "type", "brand", "app", "device", "client", "ip", "web", "page", "url", "server", "template",
    "notification", "subject",
])  # fmt: skip
"""Parts of an id that make it ask for a thing: `phone-model`, `web-address`."""


def asked_for(words: str, *, is_label: bool = False, is_id: bool = False) -> str:
    """The words that ask for contact data; empty where none do.

    A label asks by being no more than such a word, in one of its languages; an id by one of its parts.
    """
    if is_id:
        return words if _id_asks(words) else ""
    for sentence in _SENTENCES.split(words):
        found = _ASKED.search(sentence.strip())
        if found and not _NEGATION.search(sentence.strip()[: found.start()]):
            return found[0].strip()
    parts = (part.strip() for part in re.split(r"[/|／]", _ASIDE.sub(" ", words))) if is_label else ()
    return next((part for part in parts if _WHOLE_LABEL.fullmatch(part)), "")


def _id_asks(name: str) -> bool:
    parts = set(re.split(r"[-_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()))
    whole = "-".join(re.split(r"[-_]+", name.lower()))
    return whole in _ID_NAMES or (bool(parts & _IDS) and not parts & _OF_THINGS)
