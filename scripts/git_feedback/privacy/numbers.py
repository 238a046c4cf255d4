"""Numbers that reach or identify a person: telephones, identity cards, bank cards."""

import re
from collections.abc import Iterator

from git_feedback.privacy.checksums import is_card_number, is_citizen_number
from git_feedback.privacy.contact import Contact
from git_feedback.privacy.things import is_of_a_thing

# A number neither begins in the middle of another one nor goes on after its end; money and sizes are no numbers of people.
_BEFORE = r"(?<![\d*$¥€£])(?<!\d\.)(?:(?<!\d-)|(?<=\d{11}-)|(?<=\*\d{4}-))"
_AFTER = r"(?!\.?\d|\s?(?:元|块|圆|万|亿|美元|积分|字节|毫秒|(?:rmb|cny|usd|eur|bytes?|ms|kb|mb|points?)(?![a-z])))"
_GAP = r"[ \-]{1,2}"

_MOBILE = re.compile(
    rf"{_BEFORE}(?:\(?(?:\+|00)?86\)?[ \-]{{0,2}})?"
    rf"(?:1[3-9]\d(?:{_GAP})?\d{{4}}(?:{_GAP})?\d{{4}}|1[3-9]\d\.\d{{4}}\.\d{{4}}|1[3-9]\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}"
    rf"|1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}|1[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}}){_AFTER}",
    re.ASCII | re.IGNORECASE,
)
# A mobile number that is written out, all of it or in part: 一三八一二三四五六七八, 幺三八12345678, 138一二三四五六七八.
_WRITTEN = dict(zip("零〇○一幺壹二两贰三叁四肆五伍六陆七柒八捌九玖", "00011122233445566778899", strict=True))
_NUMERAL = rf"[0-9{''.join(_WRITTEN)}]"
_SPOKEN = re.compile(
    rf"(?<!{_NUMERAL})(?<![第十百千])[1一幺壹](?![0-2零〇○一幺壹二两贰]){_NUMERAL}(?:[ \-,，、]?{_NUMERAL}){{9}}"
    rf"(?!{_NUMERAL}|[十百千万亿年月日号元块])"
)
_ABROAD = re.compile(
    rf"(?<![\w+*])\+[1-9]\d{{0,3}}(?:[ \-.]?\(\d{{1,5}}\))?(?:[ \-.]?\d{{1,14}}){{1,7}}{_AFTER}",
    re.ASCII | re.IGNORECASE,
)
# Calling codes by their first digits (ITU-T E.164).
_CALLING_CODE = re.compile(
    r"1[2-9]\d\d[2-9]\d{6}$|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-69]\d|3[578]\d|42\d|5[09]\d|6[7-9]\d|8[0578]\d|9[679]\d"
)
_CITIZEN = re.compile(
    rf"{_BEFORE}(?:\d{{17}}[\dXx]|\d{{6}}[ \-]\d{{8}}[ \-]\d{{3}}[\dXx]|\d{{6}}[ \-]\d{{4}}[ \-]\d{{4}}[ \-]\d{{3}}[\dXx])(?![\dA-Za-z])",
    re.ASCII,
)
_CARD = re.compile(rf"{_BEFORE}[3-6]\d{{3}}(?:[ \-]?\d{{1,8}}){{2,4}}{_AFTER}", re.ASCII | re.IGNORECASE)
_TELEPHONE_WORD = re.compile(
    r"(?:^|[^a-z])(?:tel|phone|mobile|mob|call|cell|ph|wechat|weixin|wx|vx|whatsapp)$", re.IGNORECASE
)


def mobiles(text: str) -> Iterator[Contact]:
    for match in _MOBILE.finditer(text):
        if not _is_inside_word(text, match) and not is_of_a_thing(text, match.start()):
            digits = _digits(match[0])[-11:]
            yield _contact("mobile", match, f"{digits[:3]}****{digits[-4:]}")


def spoken_mobiles(text: str) -> Iterator[Contact]:
    """Mobile numbers with Chinese numerals in them."""
    for match in _SPOKEN.finditer(text):
        digits = _digits("".join(_WRITTEN.get(character, character) for character in match[0]))
        if not match[0].isascii() and not is_of_a_thing(text, match.start()):
            yield _contact("mobile", match, f"{digits[:3]}****{digits[-4:]}")


def phones_abroad(text: str) -> Iterator[Contact]:
    for match in _ABROAD.finditer(text):
        digits = _digits(match[0])
        code = _CALLING_CODE.match(digits)
        if 8 <= len(digits) <= 15 and code and not is_of_a_thing(text, match.start()):
            yield _contact("phone", match, f"+{'1' if digits[0] == '1' else code[0]}****{digits[-2:]}")


def citizen_numbers(text: str) -> Iterator[Contact]:
    for match in _CITIZEN.finditer(text):
        number = match[0].replace(" ", "").replace("-", "")
        if is_citizen_number(number) and not _follows_letter(text, match.start()):
            yield _contact("id-card", match, f"{number[0]}****{number[-1]}")


def cards(text: str) -> Iterator[Contact]:
    for match in _CARD.finditer(text):
        digits = _digits(match[0])
        if is_card_number(digits) and not _is_inside_word(text, match) and not is_of_a_thing(text, match.start()):
            yield _contact("bank-card", match, f"****{digits[-4:]}")


def _contact(kind: str, match: re.Match[str], hint: str) -> Contact:
    return Contact(kind, match.start(), match.end(), hint)


def _digits(text: str) -> str:
    return "".join(re.findall(r"[0-9]", text))


def _follows_letter(text: str, start: int) -> bool:
    return bool(re.match(r"[A-Za-z_]", text[start - 1 : start])) if start else False


def _is_inside_word(text: str, match: re.Match[str]) -> bool:
    """Whether the digits are part of a code such as `SF13812345678` or a hash; `tel138...` and `...wx同号` are not."""
    before, after = text[max(0, match.start() - 10) : match.start()], text[match.end() : match.end() + 3]
    if re.search(r"[A-Za-z_]$", before):
        return not _TELEPHONE_WORD.search(before)
    return bool(re.match(r"[A-Za-z_]", after)) and not re.match(r"(?:wx|vx|tel|or)", after, re.IGNORECASE)
