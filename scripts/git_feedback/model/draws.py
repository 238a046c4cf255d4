"""A monthly draw: one file a month under `feedback/draws/`, first the announcement, later what was drawn.

The announcement holds everything that the draw depends on but the seed, which is the id of a commit that does not exist
yet.  How winners follow from both is said in SECURITY.md, and `winners` does it.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from git_feedback import notation
from git_feedback.clock.moments import write_moment
from git_feedback.model.fields import Integer, ItemId, Moment, Token
from git_feedback.model.problem import Bad, Places, Problem, translated

FOLDER = "feedback/draws"
MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_LARGEST = 4 * 1024 * 1024
_MOST = 100_000
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
CommitId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]


class BadDraw(Bad):
    """A file that is no draw, with every problem found in it."""


class Draw(BaseModel):
    """A draw: who takes part, since when that is public, when it closes; once it was drawn, by which seed and who won."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    draw: Annotated[str, StringConstraints(pattern=rf"^{MONTH.pattern}$")]
    announced: Moment
    by: Token
    closes: Moment
    """The seed is the first nightly commit after this moment."""
    prizes: Annotated[Integer, Field(ge=1, le=1000)]
    record: CommitId
    """The commit whose items the entrants are."""
    digest: Hash
    entrants: Annotated[tuple[ItemId, ...], Field(min_length=1)]
    drawn: Moment | None = None
    seed: CommitId | None = None
    winners: tuple[ItemId, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Drawn, seed and winners come together."""
        if len({bool(self.drawn), bool(self.seed), bool(self.winners)}) > 1:
            raise PydanticCustomError("draw-half", "{draw}", {"draw": self.draw})
        return self


def path(month: str) -> str:
    """Where the draw of a month lies, from the top of the repository."""
    return f"{FOLDER}/{month}.yml"


def digest(entrants: Iterable[str]) -> str:
    """The SHA-256 over the entrants in the order of their ids, each with a line feed behind it."""
    return sha256("".join(f"{one}\n" for one in sorted(entrants)).encode()).hexdigest()


def winners(entrants: Iterable[str], seed: str, prizes: int) -> tuple[str, ...]:
    """Who wins: entrants in the order of sha256(seed + id) in hex, as many of the first as there are prizes."""
    return tuple(sorted(entrants, key=lambda one: sha256(f"{seed}{one}".encode()).hexdigest())[:prizes])


def write(draw: Draw) -> bytes:
    """The bytes of a draw's file; every id stands on a line of its own."""
    rows = [
        f"draw: {notation.scalar(draw.draw)}\n",
        f"announced: {write_moment(draw.announced)}\n",
        f"by: {draw.by}\n",
        f"closes: {write_moment(draw.closes)}\n",
        f"prizes: {draw.prizes}\n",
        notation.block("record", draw.record, 0),
        notation.block("digest", draw.digest, 0),
        *_listed("entrants", draw.entrants),
    ]
    if draw.drawn and draw.seed:
        rows += [f"drawn: {write_moment(draw.drawn)}\n", notation.block("seed", draw.seed, 0)]
        rows += _listed("winners", draw.winners)
    return "".join(rows).encode()


def _listed(key: str, identities: Iterable[str]) -> list[str]:
    return [f"{key}:\n", *(f"  - {one}\n" for one in identities)]


def read(source: bytes, file: str) -> Draw:
    """The draw in a file's bytes.  Raises BadDraw with every problem."""
    try:
        raw = notation.read(source, limit=_LARGEST, max_nodes=_MOST)
    except notation.Bad as bad:
        raise BadDraw(Problem(file, f.line, f.column, f.code, f.values) for f in bad.faults) from None
    try:
        return Draw.model_validate(raw if isinstance(raw, dict) else {})
    except ValidationError as error:
        raise BadDraw(translated(error, file, _places(source))) from None


def _places(source: bytes) -> Places:
    """Where what stands; a list longer than any item has no places."""
    try:
        return notation.places(source)
    except notation.Bad:
        return {}
