"""The mappings that ship, each on a file as its channel gives it; and mappings drafted from those files."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.sample_desk import ROOT, Sample, sample

from git_feedback.intake import FORMATS
from git_feedback.intake.tables.mapping import presets
from git_feedback.model import Item
from git_feedback.privacy.sealing import new_identity, unsealed
from git_feedback.store import Desk, Keys
from git_feedback.store.keys import name_of

CHANNELS = ROOT / "tests/data/channels"
IMPORTED = {
    "shop-reviews": 4,
    "complaint-platform": 3,
    "social-media": 3,
    "partner": 3,
    "typeform": 2,
    "surveymonkey": 2,
    "wjx": 3,
    "nyc311": 4,
    "example": 2,
}
"""Items that each file gives; rows that its mapping skips are none."""
SECRET = (
    "13800138",
    "192.0.2",
    "ann@",
    "carol@",
    "chen@",
    "berg@",
    "jane.d",
    "青山依旧",
    "王小明",
    "爱吃糖的猫",
    "陈先生",
    "周予",
    "示例路",
)
"""What stands in those files and may never lie in an item."""


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Sample, str]:
    made = sample(tmp_path)
    mine, public = new_identity()
    (made.root / "policy/recipients.txt").write_text(f"{public}\n{new_identity()[1]}\n", encoding="utf-8")
    made.commit()
    return made, mine


def imported(desk: Sample, kind: str, file: Path, mapping: str) -> dict[str, object]:
    done = desk.run("import", kind, str(file), "--map", mapping, "--format", "json")
    assert done.code == 0, done.err + done.out
    said: dict[str, object] = json.loads(done.out)
    return said


@pytest.mark.parametrize("name", IMPORTED)
def test_each_mapping_that_ships_takes_its_file_in_whole_and_nothing_private_lies_in_clear(
    desk: tuple[Sample, str], name: str
) -> None:
    made, _ = desk
    file = CHANNELS / f"{name}.csv"
    first, second = imported(made, "csv", file, name), imported(made, "csv", file, name)
    assert (first["imported"], first["already"]) == (IMPORTED[name], 0)
    assert (second["imported"], second["already"]) == (0, IMPORTED[name])
    assert {one["code"] for one in first["refused"]} <= {"ended-before-it-began"}  # type: ignore[attr-defined]
    texts = "".join(path.read_text(encoding="utf-8") for path in made.root.glob("feedback/*/*/*.yml"))
    assert [word for word in SECRET if word in texts] == []
    problems = json.loads(made.run("check", "--format", "json").out)["problems"]
    assert {problem["code"] for problem in problems} <= {"missing-required"}


def test_every_mapping_that_ships_has_a_file_it_was_tried_on() -> None:
    assert set(presets()) == {*IMPORTED, "sf311"}


def test_what_was_sealed_can_be_opened_by_whom_it_was_sealed_to(desk: tuple[Sample, str]) -> None:
    made, mine = desk
    imported(made, "csv", CHANNELS / "shop-reviews.csv", "shop-reviews")
    every = (item for _, item in Desk(made.root).items(Desk(made.root).item_files()) if isinstance(item, Item))
    item = next(item for item in every if item.rating == 1)
    assert item.submitter
    sealed = item.submitter.sealed
    assert sealed
    keys = [content for name, content in Keys(made.git).all().items() if name.startswith(name_of(item.id))]
    opened = unsealed(sealed, keys, [mine])
    assert opened["login"] == "青山依旧"
    assert "13800138001" in opened["original.text"]


def test_a_due_date_of_the_city_is_that_of_the_department(desk: tuple[Sample, str]) -> None:
    made, _ = desk
    imported(made, "csv", CHANNELS / "nyc311.csv", "nyc311")
    texts = "".join(path.read_text(encoding="utf-8") for path in made.root.glob("feedback/*/*/*.yml"))
    assert "received: 2026-11-02T00:05:31-05:00" in texts
    assert "by: import, department: quality, due: 2026-12-02}" in texts
    assert texts.count("- assign: {") == 4
    assert texts.count(", due: ") == 3


@pytest.mark.parametrize("name", sorted({*IMPORTED} - {"nyc311"}))
def test_a_drafted_mapping_takes_in_the_file_it_was_drafted_from(desk: tuple[Sample, str], name: str) -> None:
    made, _ = desk
    file = CHANNELS / f"{name}.csv"
    done = made.run("import", "csv", str(file), "--draft-map", "--lang", "en" if name == "typeform" else "zh")
    assert done.code == 0, done.err
    (made.root / "my.yml").write_text(done.out, encoding="utf-8")
    tried = made.run("import", "csv", str(file), "--map", "my.yml", "--format", "json")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = sum(1 for _ in csv.reader(lines)) - (2 if name == "surveymonkey" else 1)
    said = json.loads(tried.out)
    without_a_time = 1 if name == "typeform" else 0  # who never sent the form has no time at which it came
    assert (said["imported"], [one["code"] for one in said["refused"]]) == (
        rows - without_a_time,
        ["no-time"] * without_a_time,
    )
    texts = "".join(path.read_text(encoding="utf-8") for path in made.root.glob("feedback/*/*/*.yml"))
    assert [word for word in SECRET if word in texts] == []


@pytest.mark.parametrize(
    ("file", "count"), [(CHANNELS / "nyc311.csv", 4), (ROOT / "tests/data/sf311_sample.csv", 1000)]
)
def test_a_drafted_mapping_takes_in_what_cities_publish(tmp_path: Path, file: Path, count: int) -> None:
    made = sample(tmp_path)
    (made.root / "my.yml").write_text(made.run("import", "csv", str(file), "--draft-map").out, encoding="utf-8")
    said = json.loads(made.run("import", "csv", str(file), "--map", "my.yml", "--dry-run", "--format", "json").out)
    assert said["imported"] == count
    assert {one["code"] for one in said["refused"]} <= {"ended-before-it-began"}


def test_the_other_formats_of_tables_take_the_same_rows_and_are_drafted_from_alike(desk: tuple[Sample, str]) -> None:
    made, _ = desk
    with (CHANNELS / "partner.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    records = [dict(zip(header, row, strict=True)) for row in rows]
    book = Workbook()
    for row in (header, *rows):
        book.worksheets[0].append(row)
    book.save(made.root / "p.xlsx")
    (made.root / "p.json").write_text(json.dumps({"items": records}), encoding="utf-8")
    (made.root / "p.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for kind, new in (("xlsx", 3), ("json", 0), ("jsonl", 0)):
        drafted = made.run("import", kind, f"p.{kind}", "--draft-map", "--format", "json")
        (made.root / f"{kind}.yml").write_text(json.loads(drafted.out)["mapping"], encoding="utf-8")
        said = imported(made, kind, made.root / f"p.{kind}", f"{kind}.yml")
        assert (said["imported"], said["already"]) == (new, 3 - new)


def test_without_a_mapping_the_way_to_one_is_told(tmp_path: Path) -> None:
    made = sample(tmp_path)
    for language, said in (("zh", "起草一份"), ("en", "draft one")):
        done = made.run("import", "csv", str(CHANNELS / "wjx.csv"), "--lang", language)
        assert done.code == 2
        assert all(word in done.err for word in (said, "--draft-map", "wjx", "surveymonkey"))


def test_contacts_are_refused_where_nobody_can_read_them_unless_they_are_left_out(tmp_path: Path) -> None:
    made = sample(tmp_path)
    words = ("import", "csv", str(CHANNELS / "partner.csv"), "--map", "partner", "--format", "json")
    done = made.run(*words)
    assert done.code == 1
    assert [one["code"] for one in json.loads(done.out)["refused"]] == ["no-recipients"] * 2
    assert json.loads(made.run(*words, "--without-contacts").out)["imported"] == 2


@pytest.mark.parametrize(
    "content",
    [b"", "只有一列\n".encode(), "甲,乙\n1,2\n".encode(), "时间,内容\n2026-11-18,好\n".encode(), b"\xff\xfe\x00"],
)
def test_a_draft_of_whatever_file_loads_or_is_refused(tmp_path: Path, content: bytes) -> None:
    made = sample(tmp_path)
    (made.root / "x.csv").write_bytes(content)
    done = made.run("import", "csv", "x.csv", "--draft-map", "--lang", "zh")
    if done.code:
        assert done.err.startswith("x.csv:1:1: ")
        return
    (made.root / "my.yml").write_text(done.out, encoding="utf-8")
    tried = made.run("import", "csv", "x.csv", "--map", "my.yml", "--dry-run")
    assert "bad-mapping" not in tried.err
    assert tried.code in (0, 1)


def test_what_a_workbook_brought_is_taken_back_by_the_same_workbook(desk: tuple[Sample, str]) -> None:
    made, _ = desk
    with (CHANNELS / "partner.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(made.root / "p.xlsx")
    imported(made, "xlsx", made.root / "p.xlsx", "partner")
    done = made.run("revert-import", "p.xlsx", "--map", "partner", "--format", "json")
    assert done.code == 0, done.err
    assert len(json.loads(done.out)["written"]) == 3


def test_a_format_that_takes_no_mapping_says_so(tmp_path: Path) -> None:
    made = sample(tmp_path)
    (made.root / "x").write_bytes(b"x")
    without = [kind for kind, form in FORMATS.items() if not form.maps]
    for kind in without:
        done = made.run("import", kind, "x", "--draft-map", "--lang", "zh")
        assert (done.code, done.out) == (2, "")
        assert "--draft-map" in done.err
    assert "eml" in without


def test_adopting_proposes_nothing_for_what_means_nothing(tmp_path: Path) -> None:
    done = sample(tmp_path).run("import", "csv", str(CHANNELS / "example.csv"), "--map", "example", "--adopt")
    assert "channels:" not in done.out
    assert "name: {en: 品控, zh: 品控}" in done.out
