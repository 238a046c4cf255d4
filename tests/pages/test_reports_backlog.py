"""The chapter on the backlog: how many are left, how old, with whom."""

from tests.insight.late_items import assigned, classified, happened, item
from tests.pages.clock_reports import charts, rows, sentences, table, told

from git_feedback.pages.reports.chapters import backlog

LATE = item("24 09:00", classified("24 09:01"), assigned("24 09:02"), source="超时")
ASKED = item("31 15:00", classified("31 15:01"), assigned("31 15:02"), happened("accept", "31 15:03"),
             happened("respond", "31 15:05", text="您好。"), happened("ask", "31 15:10", question="哪一单？"), source="等")  # fmt: skip
NEW = item("31 17:00", source="新")
DONE = item("31 17:00", classified("31 17:01"), happened("reject", "31 17:10", kind="invalid"), source="完")


def test_what_is_left_is_counted_with_what_is_wrong_with_it() -> None:
    assert sentences(told(backlog, [LATE, ASKED, NEW, DONE])) == [
        "3 月末未结 3 件。",
        "其中 1 件有时限已超且没有完成。",
        "其中 1 件在等对方答复。",
        "其中 1 件还没有负责人。",
    ]


def test_the_oldest_leads_to_its_file_and_says_that_it_is_late() -> None:
    parts = told(backlog, [LATE, ASKED, NEW], "en")
    assert rows(parts, "backlog-oldest")[0] == [
        LATE.id, "5", "24 March 2026", "P2", "Payment and billing", "assigned, late", "Lin Wan (Payments)",
    ]  # fmt: skip
    assert [row[0].items for row in table(parts, "backlog-oldest").rows] == [(LATE.id,), (ASKED.id,), (NEW.id,)]
    assert rows(parts, "backlog-oldest")[2][3:] == ["No level", "Not classified", "new", "Not assigned"]


def test_who_has_how_much_names_people_with_their_items() -> None:
    owners = table(told(backlog, [LATE, ASKED, NEW]), "backlog-owners")
    assert [cell.text for cell in owners.rows[0]] == ["林晚", "2", "1", "1"]
    assert owners.rows[0][1].items == (LATE.id, ASKED.id)


def test_the_picture_holds_every_unfinished_item() -> None:
    drawn = charts(told(backlog, [LATE, ASKED, NEW]))[0]
    assert sum(int(row[-1]) for row in drawn.rows) == 3
    assert drawn.head[-2] == "未分级"


def test_beyond_fifteen_people_the_others_stand_in_one_row() -> None:
    people = [f"person.{place:02}" for place in range(17)]
    many = [item("31 15:00", classified("31 15:01"), assigned("31 15:02", owner), source=owner) for owner in people]
    found = rows(told(backlog, many), "backlog-owners")
    assert (len(found), found[-1]) == (backlog.SHOWN + 1, ["其余 2 人", "2", "0", "0"])


def test_an_empty_desk_says_so_and_compares() -> None:
    assert sentences(told(backlog, [DONE], period="2026-04")) == ["4 月末没有未结的反馈。", "3 月末是 0 件。"]
    assert sentences(told(backlog, [DONE], "en")) == ["At the end of March nothing was unfinished."]
