"""Read and validate items, beside the plain way: yaml.safe_load, then jsonschema.

    python tests/bench/bench_items.py [N]

Prints microseconds an item, the median of five rounds over the sample desk, and the ratio.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from git_feedback.model.json_schema import item_schema
from git_feedback.store import read

ROOT = Path(__file__).parents[2]


class TextLoader(yaml.SafeLoader):
    """The plain loader, its scalars left as text so that the schema's own types are all that differs."""


class FastTextLoader(yaml.CSafeLoader):
    """The same with libyaml."""


for loader in (TextLoader, FastTextLoader):
    loader.yaml_implicit_resolvers = {}


def median_us(once: Callable[[bytes], object], sources: list[bytes]) -> float:
    """Microseconds an item, median of five rounds."""
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for source in sources:
            once(source)
        rounds.append((time.perf_counter() - start) / len(sources) * 1e6)
    return statistics.median(rounds)


def main() -> None:
    """Measure and print."""
    sources = [path.read_bytes() for path in sorted(ROOT.glob("feedback/*/*/*.yml"))]
    sources = (sources * (1 + int(sys.argv[1]) // len(sources)))[: int(sys.argv[1])] if len(sys.argv) > 1 else sources
    validator = jsonschema.Draft202012Validator(_as_text(json.loads(item_schema("bench"))))
    ours = median_us(lambda source: read(source), sources)
    plain = median_us(lambda source: validator.validate(yaml.load(source, TextLoader)), sources)
    fast = median_us(lambda source: validator.validate(yaml.load(source, FastTextLoader)), sources)
    print(f"items {len(sources)}")
    print(f"store.read                    {ours:9.0f} us an item")
    print(f"safe_load + jsonschema        {plain:9.0f} us an item   {plain / ours:5.1f} times ours")
    print(f"CSafeLoader + jsonschema      {fast:9.0f} us an item   {fast / ours:5.1f} times ours")


def _as_text(schema: Any) -> Any:
    """The schema for values that are all text: what it says of numbers and dates falls away, its work stays."""
    if isinstance(schema, dict):
        kept = {name: _as_text(part) for name, part in schema.items() if name not in ("minimum", "maximum", "default")}
        if kept.get("type") in ("integer", "number", "boolean"):
            kept["type"] = "string"
        return kept
    return [_as_text(part) for part in schema] if isinstance(schema, list) else schema


if __name__ == "__main__":
    main()
