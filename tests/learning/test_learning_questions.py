"""Sixty questions as people type them find their article among the first three, and none was taken from an article."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict
from tests.sample_desk import ROOT

from git_feedback import notation
from git_feedback.i18n import LANGUAGES
from git_feedback.model.articles import ArticleFront
from git_feedback.pages.answers import Search, answers
from git_feedback.text import fold

ENOUGH = 0.9
HAN_COPIED, WORDS_COPIED = 6, 3
"""So many Han characters, or words, in a row with a title or symptom are no chance any more."""


class Question(BaseModel):
    """What somebody types in a language, and the name of the article that answers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    language: str
    article: str
    question: str


@cache
def questions() -> tuple[Question, ...]:
    read = notation.read((Path(__file__).parent / "questions.yml").read_bytes())
    assert isinstance(read, dict)
    listed = read["questions"]
    assert isinstance(listed, list)
    return tuple(map(Question.model_validate, listed))


@cache
def shelf() -> dict[tuple[str, str], ArticleFront]:
    """The front matter of every article, by language and name."""
    return {
        (language, path.stem): front_of(path)
        for language in LANGUAGES
        for path in sorted((ROOT / "site" / "pages" / language / "knowledge").glob("*.md"))
    }


def front_of(path: Path) -> ArticleFront:
    front = path.read_text("utf-8").split("---\n")[1]
    return ArticleFront.model_validate(notation.read(front.encode()))


@cache
def search() -> Search:
    """The search as the team reads it: its own articles too, none that is retired."""
    sources = {
        f"site/pages/{language}/knowledge/{name}.md": as_public(language, name)
        for (language, name), front in shelf().items()
        if front.status != "retired"
    }
    return Search(json.loads(answers(sources)))


def as_public(language: str, name: str) -> bytes:
    """An article as if customers might read it: the search that stands knows no others."""
    source = (ROOT / "site" / "pages" / language / "knowledge" / f"{name}.md").read_bytes()
    opened = source.replace(b"\naudience: team\n", b"\naudience: public\n", 1)
    return opened.replace(b"\nstatus: research\n", b"\nstatus: current\n", 1)


def found(one: Question) -> list[str]:
    return [Path(answer.path).stem for answer in search().rank(one.question, one.language)]


def of(language: str) -> list[Question]:
    return [one for one in questions() if one.language == language]


# ---- what is found -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_questions_find_their_article_among_the_first_three(language: str) -> None:
    asked = of(language)
    missed = [(one.question, one.article, found(one)) for one in asked if one.article not in found(one)]
    assert 1 - len(missed) / len(asked) >= ENOUGH, missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_different_questions_are_asked_about_every_article_that_customers_may_read(language: str) -> None:
    asked = of(language)
    public = {
        name for (of_language, name), front in shelf().items() if of_language == language and front.audience == "public"
    }
    assert len({fold(one.question) for one in asked}) == len(asked) == 30
    assert public <= {one.article for one in asked}


def test_every_question_names_an_article_that_stands_in_its_language_and_is_not_retired() -> None:
    for one in questions():
        assert shelf()[one.language, one.article].status in ("current", "research"), one


# ---- where the questions come from -------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", questions(), ids=lambda one: one.question)
def test_no_question_is_copied_from_a_title_or_a_symptom_of_any_article(one: Question) -> None:
    copied = [line for line in lines_of_all() if in_common(one.question, line)]
    assert not copied, (one.question, copied)


@cache
def lines_of_all() -> tuple[str, ...]:
    return tuple(line for front in shelf().values() for line in (front.title, *front.symptoms))


@pytest.mark.parametrize(
    ("asked", "line", "copied"),
    [
        ("那个快递柜取件码没收到啊", "快递柜取件码没收到怎么办", True),
        ("取件码没收到 急", "快递柜取件码没收到怎么办", True),
        ("取件码没来", "快递柜取件码没收到怎么办", False),
        ("hi, where is MY refund??", "where is my refund", True),
        ("where is it, my refund", "where is my refund", False),
        ("已扣款没单", "已扣款，但没有订单", False),
    ],
)
def test_what_is_copied_is_seen_whatever_stands_around_it(asked: str, line: str, copied: bool) -> None:
    assert in_common(asked, line) is copied


def in_common(asked: str, line: str) -> bool:
    return any(run_in_common(cut(asked), cut(line)) >= most for cut, most in ((han, HAN_COPIED), (latin, WORDS_COPIED)))


def han(said: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[㐀-鿿]", fold(said)))


def latin(said: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", fold(said)))


def run_in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest run that both have."""
    return max((together(one[here:], other[there:]) for here, there in pairs(one, other)), default=0)


def pairs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    return ((here, there) for here in range(len(one)) for there in range(len(other)))


def together(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of their first pieces are the same."""
    same = (left == right for left, right in zip(one, other, strict=False))
    return next((place for place, equal in enumerate(same) if not equal), min(len(one), len(other)))
