"""The files of training, five kinds of them: read as strictly as items, each fault with its place."""

from collections.abc import Iterator, Mapping

from git_feedback.model import Bad
from git_feedback.model.problem import Place
from git_feedback.model.training import Case, Course, Play, Practice, Quiz
from git_feedback.store.team_files import each, read_as

FOLDER = "site/pages/training"
Lesson = Course | Quiz | Play | Case | Practice
KINDS: Mapping[str, type[Lesson]] = {
    "courses": Course,
    "quizzes": Quiz,
    "plays": Play,
    "cases": Case,
    "practice": Practice,
}
"""The folder of each kind below `site/pages/training`."""
_ARMS = frozenset({"choose", "order", "free"})


class BadTraining(Bad):
    """A file that is none of training, with every problem found in it."""


def read_lesson(source: bytes, file: str) -> Lesson:
    """What a file of training holds, by the folder it lies in; raises BadTraining with every problem."""
    kind = KINDS[file.rpartition("/")[0].rpartition("/")[2]]
    return read_as(kind, source, file, BadTraining, "not-a-lesson", _place)


def lessons(sources: Mapping[str, bytes]) -> Iterator[tuple[str, Lesson | BadTraining]]:
    """Each file of training among `sources` (path from the top -> bytes), by kind and in the order of names."""
    for kind in KINDS:
        yield from each(sources, f"{FOLDER}/{kind}", read_lesson, BadTraining)


def _place(loc: Place) -> Place:
    """Where an error of the model stands in the file: the arms of a question are not there."""
    return loc[:2] + tuple(part for part in loc[2:3] if part not in _ARMS) + loc[3:]
