"""Files that stand at their place when they are whole, and not before: who reads meanwhile sees the old ones."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def new_files(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """A folder to write these files in; they replace those of their names in `folder` at the end, if nothing went wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".export-") as there:
        yield Path(there)
        for name in names:
            (Path(there) / name).replace(folder / name)
