"""Charts that are drawn again only when they would come out otherwise: no build waits for what an earlier one drew."""

import json
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from git_feedback import charts
from git_feedback.charts import VARIANTS, Drawing, Life, Year
from git_feedback.store import write_file


def remembering(folder: Path) -> Callable[[Year | Life, str], Drawing]:
    """`charts.draw` for years and lives, with every drawing kept in `folder` under a hash of what it was made from."""

    def draw(series: Year | Life, language: str) -> Drawing:
        path = folder / f"{_made_from(series, language)}.json"
        kept = _read(path)
        if kept is None:
            kept = charts.draw(series, language)
            write_file(path, _written(kept), durable=False)
        return kept

    return draw


def _made_from(series: Year | Life, language: str) -> str:
    """The series, the words and the code that draws them."""
    words = (files("git_feedback.i18n") / "locale" / language / "charts.po").read_bytes()
    code = [path.read_bytes() for path in sorted(Path(charts.__file__).parent.glob("*.py"))]
    return sha256(b"\0".join([repr(series).encode(), words, *code])).hexdigest()


def _written(drawing: Drawing) -> bytes:
    svgs = {variant: svg.decode() for variant, svg in drawing.svgs.items()}
    return json.dumps(asdict(drawing) | {"svgs": svgs}, ensure_ascii=False).encode()


def _read(path: Path) -> Drawing | None:
    """A drawing that is there and whole; None makes it anew."""
    try:
        found = json.loads(path.read_bytes())
        svgs = {variant: found["svgs"][variant].encode() for variant in VARIANTS}
        rows = tuple(tuple(row) for row in found["rows"])
        return Drawing(found["name"], svgs, found["alt"], found["caption"], tuple(found["head"]), rows)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
