"""The file of a draw, and the two sums that anybody can do by hand."""

import subprocess
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_feedback.model import draws
from git_feedback.model.draws import BadDraw, Draw

IDS = ("Q261119-0AAJN0D", "Q261119-BYJ524T", "Q261120-QYA161T", "Q261119-XTQ4TQW", "Q261110-EB6ATX1")
ENTRANTS = tuple(sorted(IDS))
ANNOUNCED = Draw(
    draw="2026-11",
    announced=datetime.fromisoformat("2026-12-01T09:00:00+08:00"),
    by="he.miao",
    closes=datetime.fromisoformat("2026-12-02T00:00:00+08:00"),
    prizes=2,
    record="12" * 20,
    digest=draws.digest(ENTRANTS),
    entrants=ENTRANTS,
)
DRAWN = ANNOUNCED.model_copy(
    update={
        "drawn": datetime.fromisoformat("2026-12-02T09:00:00+08:00"),
        "seed": "0e" * 20,
        "winners": draws.winners(ENTRANTS, "0e" * 20, 2),
    }
)


@pytest.mark.parametrize("draw", [ANNOUNCED, DRAWN])
def test_what_is_written_is_read_back_and_written_the_same(draw: Draw) -> None:
    assert draws.read(draws.write(draw), "抽奖.yml") == draw
    assert draws.write(draws.read(draws.write(draw), "抽奖.yml")) == draws.write(draw)


def test_the_result_only_adds_lines_to_the_announcement() -> None:
    assert draws.write(DRAWN).startswith(draws.write(ANNOUNCED))


def test_the_digest_can_be_had_with_sed_sort_and_sha256sum() -> None:
    words = "sed -n 's/^  - //p' | LC_ALL=C sort | sha256sum"
    done = subprocess.run(["bash", "-c", words], input=draws.write(ANNOUNCED), capture_output=True, check=True)
    assert done.stdout.decode().split()[0] == ANNOUNCED.digest


def test_the_winners_can_be_had_with_sha256sum() -> None:
    words = f'while read id; do echo "$(printf %s "{DRAWN.seed}$id" | sha256sum | cut -c-64) $id"; done | LC_ALL=C sort | head -n 2 | cut -d" " -f2'
    listed = "".join(f"{one}\n" for one in ENTRANTS).encode()
    done = subprocess.run(["bash", "-c", words], input=listed, capture_output=True, check=True)
    assert tuple(done.stdout.decode().split()) == DRAWN.winners


@given(st.permutations(IDS), st.text("0123456789abcdef", min_size=40, max_size=40), st.integers(1, 9))
def test_the_order_of_the_list_does_not_matter_and_nobody_wins_twice(
    entrants: list[str], seed: str, prizes: int
) -> None:
    won = draws.winners(entrants, seed, prizes)
    assert won == draws.winners(ENTRANTS, seed, prizes)
    assert draws.digest(entrants) == ANNOUNCED.digest
    assert len(set(won)) == len(won) == min(prizes, len(IDS))


def test_every_entrant_wins_about_as_often_as_the_others() -> None:
    counts = dict.fromkeys(IDS, 0)
    for number in range(1000):
        counts[draws.winners(IDS, f"{number:040x}", 1)[0]] += 1
    assert all(150 < count < 250 for count in counts.values())


@pytest.mark.parametrize(("old", "new", "code"), [
    ("prizes: 2", "prizes: 两个", "bad-integer"),
    ("by: he.miao", "by: he.miao\nnote: 内定", "unknown-field"),
    ("Q261119-0AAJN0D", "Q261119-0AAJN0X", "bad-id"),
    (ANNOUNCED.digest, "0" * 63, "bad-form"),
    ("2026-12-02T", "2026-02-30T", "no-such-day"),
    ("draw: ", "draw: !标签 ", "yaml-syntax"),
    ("entrants:", "winners:\n  - Q261119-0AAJN0D\nentrants:", "draw-half"),
])  # fmt: skip
def test_what_is_wrong_with_a_file_is_named(old: str, new: str, code: str) -> None:
    text = draws.write(ANNOUNCED).decode()
    assert old in text
    with pytest.raises(BadDraw) as bad:
        draws.read(text.replace(old, new, 1).encode(), "feedback/draws/2026-11.yml")
    assert code in {problem.code for problem in bad.value.problems}
    assert all(problem.said("zh") for problem in bad.value.problems)


def test_fifteen_thousand_entrants_fit_into_a_file() -> None:
    many = ANNOUNCED.model_copy(update={"entrants": ENTRANTS * 3000})
    assert len(draws.read(draws.write(many), "抽奖.yml").entrants) == 15_000
