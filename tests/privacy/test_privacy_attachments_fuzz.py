"""Files that were mutilated on the way or on purpose: always admitted or refused, soon, and in little memory.

`ATTACHMENT_CASES` says how many are tried (default: a short dose).
"""

import os
import random
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.privacy.attachment_samples import (
    DOCX,
    ODT,
    animation,
    film,
    pdf,
    pdf_with_objects,
    photograph,
    recording,
    saved,
    screenshot,
)
from tests.sample_desk import ROOT, environment

from git_feedback.i18n import halves
from git_feedback.privacy.attachments import Admitted, Limits, Refused, admit

CASES = int(os.environ.get("ATTACHMENT_CASES", "1500"))
LIMITS = Limits()


def whole() -> list[bytes]:
    return [
        *(photograph(6), photograph(progressive=True), screenshot("RGBA"), screenshot("P"), saved("GIF", "P"), animation("GIF")),
        *(animation("WEBP"), saved("WEBP"), saved("BMP"), saved("BMP", "P"), saved("TIFF"), saved("TIFF", compression="tiff_lzw")),
        *(saved("TIFF", compression="jpeg"), saved("TIFF", "1", compression="group4"), saved("JPEG", "CMYK")),
        *(pdf(), pdf_with_objects(zlib.compress(b"1 0 <<>>")), DOCX, ODT, film(), recording(), "支付失败\n".encode() * 20),
    ]  # fmt: skip


def mutilated(samples: list[bytes], cases: int, seed: int) -> Iterator[bytes]:
    """Cut off, overwritten, doubled, and with numbers at the edge of what fits."""
    chance = random.Random(seed)
    for _ in range(cases):
        made = bytearray(chance.choice(samples))
        way = chance.randrange(5)
        at = chance.randrange(len(made))
        if way == 0:
            del made[at:]
        elif way == 1:
            for _ in range(chance.randrange(1, 12)):
                made[chance.randrange(len(made))] = chance.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, chance.randrange(256)))
        elif way == 2:
            made[at:at] = made[at : at + chance.randrange(200)]
        elif way == 3:
            at = chance.randrange(min(200, len(made)))
            made[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\0\1\0\0"))
        else:
            del made[at : at + chance.randrange(1, 40)]
        yield bytes(made)


def test_whatever_comes_is_admitted_or_refused_within_a_second() -> None:
    slowest = 0.0
    for content in mutilated(whole(), CASES, 2026):
        start = time.perf_counter()
        found = admit(content, LIMITS)
        slowest = max(slowest, time.perf_counter() - start)
        if isinstance(found, Refused):
            assert halves(found.code, "zh", **found.values)[1]
        else:
            assert isinstance(found, Admitted)
    assert slowest < 1


PEAK = """
import re, sys
from pathlib import Path
from tests.privacy.test_privacy_attachments_fuzz import mutilated, whole
from git_feedback.privacy.attachments import Admitted, Limits, admit
content = sys.stdin.buffer.read()
taken = [admit(one, Limits()) for one in ([content] if content else mutilated(whole(), 300, 7))]
print(isinstance(taken[0], Admitted), re.search(r"VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
"""


def peak(content: bytes) -> tuple[bool, int]:
    """Whether a file is taken by a process of its own (none: many mutilated ones), and its most memory in MB."""
    command = [sys.executable, "-c", PEAK]
    done = subprocess.run(command, input=content, capture_output=True, check=True, env=environment({}), cwd=ROOT)
    taken, kilobytes = done.stdout.decode().split()
    return taken == "True", int(kilobytes) // 1024


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is looked up where Linux tells it")
@pytest.mark.parametrize(("kind", "width", "height", "mode"), [
    ("PNG", 8000, 5000, "RGBA"), ("JPEG", 8000, 5000, "RGB"), ("WEBP", 3300, 2500, "RGB"), ("TIFF", 5000, 4000, "RGB"),
])  # fmt: skip
def test_the_largest_pictures_that_are_taken_fit_into_200_mb(kind: str, width: int, height: int, mode: str) -> None:
    made = BytesIO()
    how = {"TIFF": {"compression": "tiff_lzw"}, "WEBP": {"method": 0}, "PNG": {"compress_level": 1}}.get(kind, {})
    Image.new(mode, (width, height), 120).save(made, kind, **how)  # type: ignore[arg-type]
    taken, megabytes = peak(made.getvalue())
    assert taken
    assert megabytes < 215  # 40 million points of four bytes, and what Python and the tests need themselves


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is looked up where Linux tells it")
def test_a_dose_of_mutilated_files_needs_little_memory() -> None:
    assert peak(b"")[1] < 200
