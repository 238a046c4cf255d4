"""The index answers `list` as the files themselves would, whatever happened to them, and is never needed."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.sample_desk import NOW, PAYMENT, ROOT, Sample, git, policy, sample

from git_feedback.desk import query, sla, standing
from git_feedback.desk.rulebook import rulebook, seconds_of
from git_feedback.jobs import indexing, listing
from git_feedback.jobs.asking import FIELDS, TESTS
from git_feedback.model import Item
from git_feedback.store import BadItem, Desk, write
from git_feedback.store.index import ALWAYS, COLUMNS, Entry

START = datetime.fromisoformat(NOW)
STEPS = int(os.environ.get("GIT_FEEDBACK_LONG_LISTS", "1")) * 24
QUERIES = (
    (),
    ("state:all",),
    ("state:open", "level:P0,P1"),
    ("state:finished", "--limit", "5"),
    ("退款",),
    ("clock:breached,paused",),
    ("clock:running", "snoozed:no"),
    ("clock:soon",),
    ("older:3d", "state:unfinished"),
    ("older:2wd",),
    ("received:2026-Q4",),
    ("state:all", "received:2026-10-03..2026-11-09,2026-08", "--limit", "5"),
    ("received:2026-11-31",),
    ("received:heute",),
    ("planned:late",),
    ("category:product", "channel:web-form"),
    ("returned:1",),
    ("level:P9",),
    ("colour:red",),
)


def whole_desk(root: Path) -> Sample:
    """A desk with the items of this repository's own."""
    desk = sample(root)
    shutil.copytree(ROOT / "feedback", root / "feedback", dirs_exist_ok=True)
    desk.commit()
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return whole_desk(tmp_path)


@contextmanager
def no_index(desk: Sample) -> Iterator[None]:
    """A desk in whose repository nothing can be kept: the files are read."""
    own = Path(git(desk.root, "rev-parse", "--absolute-git-dir").strip())
    place, aside = own / "git-feedback", own / "aside"
    place.mkdir(exist_ok=True)
    place.rename(aside)
    place.write_text("no folder", encoding="utf-8")
    try:
        yield
    finally:
        place.unlink()
        aside.rename(place)


def said(desk: Sample, now: datetime, *words: str) -> tuple[int, str, str]:
    ran = desk.run("list", *words, now=now.isoformat())
    return ran.code, ran.out, "".join(line for line in ran.err.splitlines(keepends=True) if "━" not in line)


def assert_same(desk: Sample, now: datetime, *words: str) -> None:
    """Once from the index as it is brought up to date, once as it was left, once without it."""
    first, again = said(desk, now, *words), said(desk, now, *words)
    with no_index(desk):
        plain = said(desk, now, *words)
    assert first == plain
    assert again == plain


def looked(desk: Sample) -> listing.Looked:
    found = listing.look(desk.root)
    assert found is not None
    return found


def is_fresh(desk: Sample, now: datetime = START) -> bool:
    """Whether the index would answer as it lies there."""
    found = looked(desk)
    try:
        return not found.is_stale(seconds_of(now))
    finally:
        found.index.close()


# ---- the same answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("words", QUERIES)
def test_a_list_from_the_index_is_that_from_the_files(shared_desk: Sample, words: tuple[str, ...], style: str) -> None:
    assert_same(shared_desk, START, *words, "--format", style)
    assert_same(shared_desk, START, *words, "--format", style, "--lang", "en")


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return whole_desk(tmp_path_factory.mktemp("desk"))


class Life:
    """What may happen to the files of a desk, at random but always the same."""

    def __init__(self, desk: Sample, seed: int) -> None:
        self.desk, self.chance, self.now, self.made = desk, random.Random(seed), START, 0

    def some_file(self) -> Path:
        return self.desk.root / self.chance.choice(Desk(self.desk.root).item_files())

    def edit(self) -> None:
        path = self.some_file()
        path.write_bytes(path.read_bytes().replace(b"\nchannel:", b'\narea: "\xe5\x8d\x8e\xe4\xb8\x9c"\nchannel:', 1))

    def take_on(self) -> None:
        path = self.some_file()
        told = path.read_text(encoding="utf-8")
        event = f"  - note: {{at: {self.now.isoformat()}, by: he.miao}}\n    text: 再看一下\n"
        path.write_text(told + ("" if "\nhistory:\n" in told else "history:\n") + event, encoding="utf-8")

    def wait(self) -> None:
        path = self.some_file()
        told = path.read_text(encoding="utf-8")
        later = self.now + timedelta(hours=self.chance.choice((-3, 30)))
        event = f"  - ask: {{at: {later.isoformat()}, by: he.miao, whom: submitter}}\n    question: 订单号？\n"
        path.write_text(told + ("" if "\nhistory:\n" in told else "history:\n") + event, encoding="utf-8")

    def arrive(self) -> None:
        self.made += 1
        place = self.desk.root / f"feedback/2026/11/new-{self.made}.yml"
        place.write_text(PAYMENT.replace("#123", f"#{self.made}").replace("支付", f"支付{self.made}"), encoding="utf-8")

    def go(self) -> None:
        self.some_file().unlink()

    def move(self) -> None:
        path = self.some_file()
        place = self.desk.root / "feedback/2025/01"
        place.mkdir(parents=True, exist_ok=True)
        path.rename(place / path.name)

    def break_one(self) -> None:
        self.some_file().write_text("id: [坏了", encoding="utf-8")

    def turn_lines(self) -> None:
        """Git takes a file for unchanged whose line ends it converts, once it has noted it anew."""
        path = self.some_file()
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        git(self.desk.root, "status", "--short")

    def touch(self) -> None:
        for path in Desk(self.desk.root).item_files()[::3]:
            os.utime(self.desk.root / path)

    def link(self) -> None:
        path = self.some_file()
        (path.parent / f"link-{self.made}.yml").unlink(missing_ok=True)
        (path.parent / f"link-{self.made}.yml").symlink_to(path)

    def commit(self) -> None:
        self.desk.commit()

    def stage(self) -> None:
        git(self.desk.root, "add", "--all")

    def go_back(self) -> None:
        git(self.desk.root, "checkout", "--quiet", "--force", "HEAD", "--", "feedback")

    def rule(self) -> None:
        path = self.desk.root / "policy/sla.yml"
        rules = path.read_text(encoding="utf-8")
        path.write_text(rules.replace("{clock: register, target: ", "{clock: register, target: 1", 1), encoding="utf-8")

    def wait_long(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((1, 7, 61, 601, 4000, 40_000)))

    def look_back(self) -> None:
        self.now -= timedelta(minutes=self.chance.choice((5, 700, 9000)))

    def step(self) -> str:
        happenings = [
            self.edit, self.take_on, self.wait, self.arrive, self.go, self.move, self.break_one, self.turn_lines,
            self.touch, self.link, self.commit, self.commit, self.stage, self.go_back, self.wait_long, self.wait_long,
            self.look_back,
        ]  # fmt: skip
        chosen = self.rule if self.chance.random() < 0.03 else self.chance.choice(happenings)
        chosen()
        return chosen.__name__


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_to_the_files_the_index_says_what_they_say(desk: Sample, seed: int) -> None:
    life = Life(desk, seed)
    done, answered = [], 0
    for number in range(STEPS):
        done.append(life.step())
        words = QUERIES[(1, 0, 5, 6)[number % 4]]
        first = said(desk, life.now, *words, "--format", "json")
        answered += is_fresh(desk, life.now)
        with no_index(desk):
            assert first == said(desk, life.now, *words, "--format", "json"), done
    assert answered > STEPS * 0.9, done


# ---- rows told ahead -------------------------------------------------------------------------------------------------


def own_items() -> list[tuple[str, Item]]:
    return [(path, item) for path, item in Desk(ROOT).items() if not isinstance(item, BadItem)]


def kept(path: str, item: Item, now: datetime) -> Entry:
    return indexing.entry(path, write(item), rulebook(policy()), now, "0" * 40)


def as_it_stands(item: Item, second: int) -> tuple[str, int | None, bool]:
    """The clock that asks first, its due time, and whether it is late, at a moment."""
    one = standing(item, policy(), datetime.fromtimestamp(second, START.tzinfo)).worst
    if one is None:
        return "", None, False
    late = one.state == "breached-open"
    return "paused" if one.state == "paused" else "running", seconds_of(one.due) if one.due else None, late


@pytest.mark.parametrize("hours", [-24 * 30, -50, 0, 3, 100])
def test_a_row_holds_from_its_first_second_to_its_last(hours: int) -> None:
    now, chance = START + timedelta(hours=hours), random.Random(hours)
    for path, item in own_items():
        for row in kept(path, item, now).rows:
            told = dict(zip(COLUMNS, row, strict=True))
            since, until = (_number(told[name]) for name in ("since", "until"))
            until = min(until, since + 400 * 86_400)
            late = told["late_from"]
            edges = [] if late is None else [_number(late) - 1, _number(late)]
            for second in {since, until - 1, *edges, *(chance.randrange(since, until) for _ in range(4))}:
                if since <= second < until:
                    is_late = late is not None and second >= _number(late)
                    assert (told["clock"], told["due"], is_late) == as_it_stands(item, second), (path, second - since)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def test_what_is_over_is_told_for_ever() -> None:
    closed = [kept(path, item, START) for path, item in own_items() if sla.worst(standing_clocks(item)) is None]
    assert len(closed) > 10
    assert {entry.until for entry in closed} == {ALWAYS}


def standing_clocks(item: Item) -> list[sla.Clock]:
    return sla.clocks(item, policy(), START)


def test_several_calendars_are_told_ahead_phase_by_phase() -> None:
    """A clock round the clock overtakes at night one of the office."""
    told = [
        len(kept(path, item, START - timedelta(hours=hours)).rows)
        for path, item in own_items()
        for hours in range(0, 400, 20)
    ]
    assert max(told) > 1


def test_an_item_that_comes_later_is_not_there_yet() -> None:
    path, item = own_items()[0]
    entry = kept(path, item, item.received - timedelta(seconds=1))
    assert (list(entry.rows), entry.until) == ([], seconds_of(item.received))


# ---- the question ----------------------------------------------------------------------------------------------------


def test_the_index_knows_the_words_of_the_query_language_and_no_others() -> None:
    known = indexing.vocabulary(policy(), START)
    assert set(known) == {*FIELDS, *TESTS} & set(query.NAMES)
    assert (known["state"] or {})["open"] == sorted(query.parse("state:open", policy(), START).fields[0][1])


def test_a_question_about_working_days_is_left_to_the_files(shared_desk: Sample) -> None:
    said(shared_desk, START)
    found = looked(shared_desk)
    assert listing.answer(found, "older:2d", START, None) is not None
    assert listing.answer(found, "older:2wd", START, None) is None
    assert listing.answer(found, "没有的:x", START, None) is None
    found.index.close()


# ---- what is read, and what is not -----------------------------------------------------------------------------------


def test_a_second_list_finds_everything_as_it_was(desk: Sample) -> None:
    assert said(desk, START)[0] == 0
    assert is_fresh(desk)


def test_one_changed_file_is_the_only_one_that_is_read_again(desk: Sample) -> None:
    said(desk, START)
    path = desk.put(PAYMENT)
    (desk.root / path).write_text(PAYMENT.replace("报错", "没反应"), encoding="utf-8")
    found = looked(desk)
    assert list(found.changed) == [path]
    found.index.close()
    assert "没反应" in said(desk, START, "state:new")[1]
    assert is_fresh(desk)


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
@pytest.mark.parametrize("is_listed_before", [True, False])
def test_a_file_that_git_was_told_not_to_look_at_is_looked_at(
    desk: Sample, flag: str, *, is_listed_before: bool
) -> None:
    path = "feedback/2026/11/Q261119-0AAJN0D.yml"
    if is_listed_before:
        said(desk, START)
    git(desk.root, "update-index", flag, path)
    assert_same(desk, START)
    for title in ("没反应", "没反映"):
        (desk.root / path).write_text(PAYMENT.replace("报错", title), encoding="utf-8")
        assert_same(desk, START)
        assert title in said(desk, START, "state:new")[1]
    git(desk.root, "update-index", flag.replace("--", "--no-"), path)
    assert_same(desk, START)


def test_a_commit_of_what_was_listed_already_changes_nothing(desk: Sample) -> None:
    (desk.root / "feedback/2026/11/Q261119-0AAJN0D.yml").write_text(PAYMENT, encoding="utf-8")
    said(desk, START)
    desk.commit()
    assert is_fresh(desk)


def test_a_rule_that_changed_makes_the_index_anew(desk: Sample) -> None:
    said(desk, START)
    path = desk.root / "policy/sla.yml"
    path.write_bytes(path.read_bytes() + b"# \xe6\x94\xb9\n")
    found = looked(desk)
    assert found.is_empty
    found.index.close()


def test_a_desk_without_a_commit_and_one_without_git_are_listed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policy", tmp_path / "policy")
    place = tmp_path / "feedback/2026/11/Q261119-0AAJN0D.yml"
    place.parent.mkdir(parents=True)
    place.write_text(PAYMENT, encoding="utf-8")
    desk = Sample(tmp_path)
    assert listing.look(tmp_path) is None
    assert "支付页面报错" in said(desk, START)[1]
    git(tmp_path, "init", "--quiet")
    assert "支付页面报错" in said(desk, START)[1]


def test_a_worktree_and_a_desk_below_the_top_have_indexes_of_their_own(desk: Sample, tmp_path: Path) -> None:
    said(desk, START)
    other = tmp_path / "另一处"
    git(desk.root, "worktree", "add", "--quiet", str(other))
    (other / "feedback/2026/11/Q261119-0AAJN0D.yml").write_text(PAYMENT, encoding="utf-8")
    assert "支付页面报错" in said(Sample(other), START, "state:new", "支付页面报错")[1]
    assert looked(Sample(other)).sight.folder != looked(desk).sight.folder


def test_a_desk_below_the_top_of_its_repository_is_listed_from_its_index(tmp_path: Path) -> None:
    place = tmp_path / "台 子"
    place.mkdir()
    shutil.copytree(ROOT / "policy", place / "policy")
    desk = Sample(place)
    git(tmp_path, "init", "--quiet")
    desk.put(PAYMENT)
    assert_same(desk, START)
    assert is_fresh(desk)
    desk.put(PAYMENT.replace("报错", "没反应"))
    assert_same(desk, START)


# ---- an index that is no good ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"no index", b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_index_of_ours_is_replaced(desk: Sample, content: bytes) -> None:
    said(desk, START)
    (desk.root / ".git/git-feedback/index.sqlite").write_bytes(content)
    assert_same(desk, START)
    assert is_fresh(desk)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.6, 0.9])
def test_a_torn_index_is_no_trouble(desk: Sample, place: float) -> None:
    said(desk, START)
    file = desk.root / ".git/git-feedback/index.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * place)])
    assert_same(desk, START)


def test_an_index_of_another_tree_begins_anew(desk: Sample) -> None:
    said(desk, START)
    found = looked(desk)
    found.index.keep({"tree": "1" * 40}, (), (), anew=False)
    found.index.close()
    assert looked(desk).is_empty
    assert_same(desk, START)


def test_the_index_says_in_json_what_design_names(desk: Sample) -> None:
    said(desk, START)
    rows = json.loads(said(desk, START, "--format", "json")[1])
    assert list(rows[0]) == ["id", "state", "level", "department", "owner", "due", "title"]
