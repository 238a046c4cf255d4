"""How long files take that come along: a photograph of 12 million points, and small screenshots by the thousand.

python tests/bench/bench_attachments.py [SCREENSHOTS]
"""

import sys
import timeit
from io import BytesIO

from PIL import Image, ImageDraw

from git_feedback.privacy.attachments import Admitted, Limits, admit

LIMITS = Limits()


def photograph() -> bytes:
    """12 million points, turned on its side as phones do."""
    grain = Image.effect_noise((500, 375), 60).resize((4000, 3000), Image.Resampling.BICUBIC)
    notes, made = Image.Exif(), BytesIO()
    notes[0x0112] = 6
    Image.merge("RGB", (grain, grain.rotate(180), grain)).save(made, "JPEG", quality=90, exif=notes)
    return made.getvalue()


def screenshot(number: int) -> bytes:
    """A dialogue of 320 by 200 points."""
    picture, made = Image.new("RGB", (320, 200), "white"), BytesIO()
    ImageDraw.Draw(picture).text((20, 40 + number % 100), f"Error {number}", fill="black")
    picture.save(made, "PNG")
    return made.getvalue()


def main(count: int) -> None:
    """Say both figures."""
    large = photograph()
    assert isinstance(admit(large, LIMITS), Admitted)
    taken = min(timeit.repeat(lambda: admit(large, LIMITS), number=1, repeat=5)) * 1000
    print(f"JPEG of 12 million points, {len(large):,} bytes, turned and drawn anew: {taken:.0f} ms")
    small = [screenshot(number) for number in range(count)]
    taken = timeit.timeit(lambda: [admit(one, LIMITS) for one in small], number=1)
    print(f"{count} PNG of 320 x 200 points: {count / taken:,.0f} a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
