"""The words before a number that make it the number of a thing: an order, a parcel, an invoice."""

import re

# What says that the digits after it are the number of a thing ...
_THING = (
    r"(?:订单|单号|运单|流水号?|交易号?|编号|工单|发票号?|条码|条形码|条码号|序列号|批号|设备号|会员号|卡券|券码|货号|参考号"
    r"|\border|\btracking|\binvoice|\bticket|\bserial|\bbarcode|\bean|\bimei|\bsku|\bsn|\bref(?:erence)?|\btransaction"
    r"|\bparcel|\bwaybill|\bno|\bid|#)"
)
_OF = r"(?:号码|编号|单号|号|number|no|id|is|was|code|是|为|[\s.:#=()\[\]\"'])*"
_LIST = r"(?:\d{6,24}(?:[ \t、,;/和及与&]|and|or){1,4}){0,5}"  # a new line begins something else
_NUMBER_OF_A_THING = re.compile(rf"{_THING}{_OF}{_LIST}$", re.ASCII | re.IGNORECASE)
# ... unless it says that they reach somebody.
_NUMBER_OF_A_PERSON = re.compile(
    rf"(?:手机|电话|联系|致电|拨打|\bphone|\bmobile|\btel|\bcell|\bcall|\bcontact)[^\d\n]{{0,12}}{_LIST}$",
    re.ASCII | re.IGNORECASE,
)
_LOOK_BACK = 80


def is_of_a_thing(text: str, start: int) -> bool:
    """Whether the words before call it the number of an order, a parcel, an invoice and the like."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return bool(_NUMBER_OF_A_THING.search(before)) and not _NUMBER_OF_A_PERSON.search(before)
