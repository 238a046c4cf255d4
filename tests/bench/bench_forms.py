"""How many bodies of issues a second are read, and what 20,000 injected headings cost, beside a plain split by headings.

python tests/bench/bench_forms.py [ROUNDS]
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.sample_desk import policy

from git_feedback.intake import issue_form
from git_feedback.intake.issue_form.linting import problems

ROUNDS = 7
A_ROUND = 400
FLOOD = 20_000
HEADING = re.compile(r"^### (.+)$", re.MULTILINE)
ANSWERS = {
    "kind": "支付与账单 / Payment and billing",
    "product": "手机应用",
    "device": "_No response_",
    "rating": "2",
    "text": "付款到最后一步提示“系统繁忙”，已经试了三次。\n\n```\nE1203 timeout\n```\n\n明天就要用，请尽快处理。",
}


def body(**changed: str) -> str:
    """A body of our form as GitHub writes it."""
    said = {**ANSWERS, **changed}
    return "\n\n".join(f"### {issue_form.label(name)}\n\n{words}" for name, words in said.items())


def seconds(call: Callable[[], object], times: int, rounds: int) -> float:
    """Seconds of processor time of one call: the median of some rounds."""
    taken = []
    for _ in range(rounds):
        began = process_time()
        for _ in range(times):
            call()
        taken.append((process_time() - began) / times)
    return median(taken)


def side_by_side(text: str, form: Mapping[str, object], times: int, rounds: int) -> tuple[float, float]:
    """Seconds for a body read, and split by its headings."""
    ours = seconds(lambda: issue_form.parse(text, form), times, rounds)
    return ours, seconds(lambda: HEADING.split(text), times, rounds)


def main(rounds: int) -> None:
    """Print the table."""
    form = issue_form.form(policy())
    label = issue_form.label("text")
    hostile = {
        "bare": f"### {label}\n" * FLOOD,
        "with answers": f"### {issue_form.label('product')}\n\n假的\n\n" * FLOOD,
        "in fences": f"```\n### {label}\n```\n\n" * FLOOD,
    }
    usual = body()
    assert issue_form.parse(usual, form).flags == []
    ours, plain = side_by_side(usual, form, A_ROUND, rounds)
    print(f"ordinary body: {1 / ours:8.0f} a second, {ours / plain:6.1f} times a plain split")
    for name, flood in hostile.items():
        ours, plain = side_by_side(body(text=flood), form, 1, rounds)
        print(f"{FLOOD} headings {name:>12}: {ours:6.3f} s, {ours / plain:6.1f} times a plain split")
    source = issue_form.forms(policy(), "git feedback generate")[issue_form.FILE].encode()
    print(f"linting our form: {1000 * seconds(lambda: problems(source, 'form'), 20, rounds):6.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
