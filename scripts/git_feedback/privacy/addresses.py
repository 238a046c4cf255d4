"""Names under which a person is reached: mail addresses and WeChat names."""

import re
from collections.abc import Iterator

from git_feedback.privacy.contact import Contact
from git_feedback.text import HAN

_AT = re.compile(
    r"@|\s?[(\[{]\s?at\s?[)\]}]\s?|(?<=[A-Za-z0-9])\s?#(?=(?:qq|163|126|gmail)\.com)", re.IGNORECASE | re.ASCII
)
_LOCAL = re.compile(rf"(?:(?![{HAN}])(?:[^\W_]|[.!#$%&'+/=?^_`{{|}}~-])){{1,64}}$")
_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9])", re.IGNORECASE | re.ASCII
)
_FILE = re.compile(r"^[^.]+\.(?:png|jpe?g|gif|webp|svg|css|js|json|md|html?|ya?ml|txt|pdf)$", re.IGNORECASE)

_WECHAT = re.compile(
    r"(?P<word>微信|威信|薇信|薇芯|加v|\+v|v信|(?<![a-z])(?:wechat|weixin|wx|vx))"
    r"(?P<link>\s{0,2}(?:号码|账号|帐号|号|名|id|account)?\s{0,2}(?:是|为|is|[:=]){0,2}\s{0,2})"
    r"(?P<id>[a-z][a-z0-9_-]{5,19})(?![a-z0-9_-])",
    re.IGNORECASE | re.ASCII,
)
_GIVES_NAME = re.compile(r"号|id|account|是|为|\bis|[:=]", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:iphone|ipad|ipod|ios|mac|android|harmony|windows|huawei|xiaomi|redmi|honor|oppo|vivo|oneplus|galaxy|samsung"
    r"|pixel|version|error|build)[a-z0-9_-]*",
    re.IGNORECASE,
)


def mails(text: str) -> Iterator[Contact]:
    """Mail addresses, also with `(at)` for @, and with # before the great Chinese providers."""
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, at.start() - 64), at.start())
        domain = _DOMAIN.match(text, at.end())
        if local and domain and not _is_of_a_thing(local[0], domain[0], text[domain.end() : domain.end() + 1]):
            yield Contact("email", local.start(), domain.end(), _mail_hint(local[0].lstrip(".'/=#"), domain[0]))


def _is_of_a_thing(local: str, domain: str, after: str) -> bool:
    """Whether it is a picture for dense screens (`icon@2x.png`) or a place to clone from (`git@host:team/desk.git`)."""
    return bool(_FILE.match(domain)) or (local == "git" and after in (":", "/"))


def _mail_hint(local: str, domain: str) -> str:
    """`l***@example.com`; a domain that holds a long number might be a telephone itself."""
    first = local[0] if len(local) > 1 else ""
    return f"{first}***@{'***' if re.search(r'[0-9]{5}', domain) else domain}"


def wechats(text: str) -> Iterator[Contact]:
    """WeChat names after the word for it; a telephone number there is found as such."""
    for match in _WECHAT.finditer(text):
        if _is_name(match["id"], match["link"], text[match.end() : match.end() + 2]):
            yield Contact("wechat", match.start("id"), match.end("id"), f"{match['id'][0]}***")


def _is_name(name: str, link: str, after: str) -> bool:
    """Whether what follows the word is a name there, not the sentence going on (`微信 payment failed`)."""
    if _DEVICE.fullmatch(name):
        return False
    if re.search(r"[0-9_]", name):
        return True
    goes_on = bool(re.match(r"[ \t][A-Za-z]", after))
    return bool(_GIVES_NAME.search(link)) and not goes_on
