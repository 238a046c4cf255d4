"""What the keyword rules find in labelled lines, and how fast.  Run it by hand: python tests/bench/bench_rules.py

The lines were written for this bench; of those beneath the last heading the rules knew nothing when they were written
(then: recall 0.863, precision 0.917), after which words were mended.
"""

from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from git_feedback.jobs.evaluating import hits_of
from git_feedback.model import Item
from git_feedback.policy import Policy, load
from git_feedback.triage import Rules
from git_feedback.triage.lines import Line, compared, lines_of

ROOT = Path(__file__).parents[2]
LINES = ROOT / "tests" / "cases" / "triage" / "lines.yml"
TARGETS = {"recall": 0.98, "precision": 0.90}
ROUNDS = 5


def policy_of_the_repository() -> Policy:
    files = sorted((ROOT / "policy").rglob("*.yml"))
    policy = load({file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files}).policy
    assert policy
    return policy


def submission(line: Line, channel: str) -> Item:
    return Item(id="Q000000-0000000", received=datetime.now(UTC), channel=channel, title=line.text)


def main() -> None:
    policy = policy_of_the_repository()
    rules, lines = Rules(policy), lines_of(LINES.read_bytes())
    items = [submission(line, next(iter(policy.channels))) for line in lines]
    rates = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        found = [hits_of(item, rules) for item in items]
        rates.append(len(items) / (perf_counter() - begun))
    whole = compared(lines, {line.text: hits for line, hits in zip(lines, found, strict=True)})
    print(f"{len(lines)} lines, {whole.wanted} hits wanted, {whole.said} found")
    for name, target in TARGETS.items():
        print(f"{name:10} {getattr(whole, name):.3f}   target {target:.2f}")
    print(f"{'speed':10} {median(rates):,.0f} lines a second")
    for line, missing, extra in whole.wrong:
        print(f"  line {line.line}: {line.text}: missing {sorted(missing)}, too much {sorted(extra)}")


if __name__ == "__main__":
    main()
