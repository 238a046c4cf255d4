"""The chapter on satisfaction: who was asked, what they said, what followed, and when there are too few to say."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from tests.pages.report_desk import policy

from git_feedback.desk import standings
from git_feedback.insight import Period
from git_feedback.model import Item, ids
from git_feedback.pages.reports.chapters import satisfaction
from git_feedback.pages.reports.document import Cell, Chart, Document, Paragraph, Part, Points, Section, Table
from git_feedback.pages.reports.material import Material
from git_feedback.pages.reports.speech import Speech
from git_feedback.pages.reports.workbook import workbook

UNTIL = datetime.fromisoformat("2026-10-31T23:59:59+08:00")


def _item(day: int, verdict: str = "", month: int = 10, channel: str = "phone", **fields: object) -> Item:
    """An item that was replied to and, where there is a verdict, heard the same day."""
    at = f"2026-{month:02}-{day:02}T1{{}}:00:00+08:00"
    history: list[dict[str, object]] = [
        {
            "verb": "classify",
            "at": at.format(0),
            "by": "ji.nan",
            "category": "product/payment",
            "urgency": 3,
            "impact": 3,
        },
        {"verb": "resolve", "at": at.format(1), "by": "ji.nan", "result": "好了"},
        {"verb": "reply", "at": at.format(2), "by": "ji.nan", "channel": "phone", "text": "好了"},
    ]
    if verdict:
        csat = {"satisfied": 5, "neutral": 3, "unsatisfied": 1}[verdict]
        history.append({"verb": "follow-up", "at": at.format(3), "by": "ji.nan", "verdict": verdict, "csat": csat})
    received = datetime.fromisoformat(at.format(0))
    identity = ids.make("Q", received.date(), channel, f"{day}", lambda _: False)
    shape = {"id": identity, "received": received, "channel": channel, "title": "扣了两次", "history": history}
    return Item.model_validate({**shape, **fields})


def _told(*items: Item, language: str = "zh") -> list[Part]:
    there = standings(items, policy(), UNTIL)
    material = Material(policy(), Period.parse("2026-10"), UNTIL, there)
    return list(satisfaction.tell(satisfaction.find(material), material, Speech(policy(), language)))


def _sentences(parts: list[Part]) -> list[str]:
    points = (point.text for part in parts if isinstance(part, Points) for point in part.points)
    return [*points, *(part.text for part in parts if isinstance(part, Paragraph))]


def _tables(parts: list[Part]) -> dict[str, Table]:
    return {part.name: part for part in parts if isinstance(part, Table)}


WELL = [_item(day, "satisfied") for day in range(1, 6)]
HALF = _item(6, "neutral", channel="web-form")
SAD = _item(7, "unsatisfied", channel="email")
SILENT = _item(8)


def test_who_was_asked_who_answered_and_who_did_not() -> None:
    parts = _told(*WELL, HALF, SAD, SILENT)
    said = _sentences(parts)
    assert said[0] == "答复了 8 件，其中 7 件回访到了结果（87.5 %）。"
    assert said[1] == "还没有回访到的：1 件"
    [first] = [part for part in parts if isinstance(part, Points) and not part.heading]
    assert first.points[1].items == (SILENT.id,)
    assert said[2].startswith(
        "回访到 7 人：5 人满意，1 人觉得一般，1 人不满意；比例 71.4 %，真实值多半在 36 % 到 92 % 之间"
    )


def test_a_few_answers_make_no_share() -> None:
    said = _sentences(_told(WELL[0], SAD))
    assert "%" not in "".join(said)
    assert "回访到 2 人：1 人满意，0 人觉得一般，1 人不满意；人数太少，不算比例" in said
    english = _sentences(_told(WELL[0], SAD, language="en"))
    assert "Of 2 people heard 1 were satisfied, 0 partly, 1 not; that is too few for a share" in english


def test_a_month_in_which_nobody_was_heard_says_so() -> None:
    assert _sentences(_told()) == ["没有做过回访，也没有收到评分，满意度无从说起。"]
    assert "没有回访到任何人的满意度。" in _sentences(_told(SILENT))


def test_small_channels_are_put_together_and_it_is_said() -> None:
    table = _tables(_told(*WELL, HALF, SAD))["satisfaction-channel"]
    large, rest = table.rows
    assert (large[1].number, large[2].number, large[3].number) == (5, 5, 1.0)
    assert rest[0].text == "另外 2 个渠道合计（各不到 5 人）"
    assert (rest[1].number, rest[3].text, rest[4].text) == (2, "–", "–")
    assert rest[1].items == tuple(sorted((HALF.id, SAD.id)))


def test_what_people_were_not_satisfied_with_leads_to_the_items() -> None:
    parts = _told(*WELL, SAD)
    [named] = [part for part in parts if isinstance(part, Points) and part.heading]
    assert [(point.text, point.items) for point in named.points] == [
        ("支付与账单：1 人不满意；还没有下一步", (SAD.id,))
    ]


def test_the_score_is_drawn_beside_the_month_before_from_five_answers_on() -> None:
    scored = [_item(day, nps=nps) for day, nps in enumerate((10, 10, 9, 9, 3), 1)]
    before = [_item(day, month=9, nps=6) for day in range(1, 4)]
    [drawn] = [part for part in _told(*before, *scored) if isinstance(part, Chart)]
    assert [row[0] for row in drawn.rows] == ["2026 年 10 月", "2026 年 9 月"]
    few = _told(*scored[:4])
    assert not [part for part in few if isinstance(part, Chart)]
    assert "只有 4 人回答“愿不愿意推荐我们”，太少，不下结论。" in _sentences(few)


def test_stars_are_shown_from_five_on() -> None:
    starred = [_item(day, rating=stars) for day, stars in enumerate((5, 4, 2, 2, 1), 1)]
    parts = _told(*starred)
    assert [row[1].number for row in _tables(parts)["satisfaction-stars"].rows] == [1, 1, 0, 2, 1]
    assert "平均 2.8 星（5 件）。" in _sentences(parts)
    assert "收到的反馈里只有 4 件带星级，太少，不算平均。" in _sentences(_told(*starred[:4]))


def test_nothing_computes_in_the_workbook_whatever_a_name_begins_with() -> None:
    rows = tuple((Cell(f"{start}HYPERLINK(1)"), Cell("2", 2)) for start in ("=", "+", "-", "@", "＝", "\t="))
    table = Table("satisfaction-channel", "=1", ("@渠道", "+人数"), rows, (False, True))
    document = Document("zh", "=1+1", "-签发", (), (Section("satisfaction", "满意度", (table,)),), ())
    with ZipFile(BytesIO(workbook(document, UNTIL))) as files:
        sheets = [files.read(name) for name in files.namelist() if name.startswith("xl/worksheets/")]
        words = files.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert words.count("'") >= len(rows)
