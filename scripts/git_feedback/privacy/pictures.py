"""Pictures are drawn anew: what is seen stays, everything else goes (place, time, device, comments, colour profiles).

They are turned upright first, as the note that says how to turn them goes as well.  Whatever hides in a file that is a
picture and something else at once is gone too, for only points are carried over.  A picture library is the part of this
product that hostile bytes reach deepest: few kinds are read, and how much memory a picture needs is known beforehand.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image, ImageOps, TiffImagePlugin, WebPImagePlugin
from PIL.Image import Image as Picture

from git_feedback.privacy.admission import MIB, Refused

_READERS = {
    "bmp": "BMP",
    "gif": "GIF",
    "jpg": "JPEG",
    "png": "PNG",
    "tif": TiffImagePlugin.TiffImageFile.format,
    "webp": WebPImagePlugin.WebPImageFile.format,
}
_KEPT_AS = {"bmp": "png", "tif": "png"}
_ROOM = 160 * MIB
"""The most memory that points may take while a picture is drawn anew."""
_ONE = 4
_BYTES_A_POINT = {"webp": 20, "tif": 8}
"""Measured: the reader of WebP keeps about five copies; of the others one, at four bytes."""
_PROGRESSIVE = 6
"""What the reader of JPEG holds besides for each point of a picture that comes in several passes."""
_PASSES = 100
"""Passes of a progressive JPEG: real ones have about ten, and each costs the time of the whole picture."""
_WHOLE = 20_000_000
"""A JPEG with more points is kept at half its width and height."""
_FRAMES, _MOVING = 200, 6_000_000
"""Pictures of an animation, and points of them all together; of a longer one the first picture is kept."""
_SMALL = 4_000_000
"""PNG with more points are packed faster and less tightly."""
_ORIENTATION = 0x0112
_SHORTEST, _LONGEST = 20, 10_000
"""Milliseconds that one picture of an animation is shown."""
_TROUBLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    Image.DecompressionBombError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the library raises over bytes that are no picture after all (seen in trials with mutilated ones)."""
_MODES = {
    "gif": frozenset({"1", "L", "P", "RGB", "RGBA"}),
    "jpg": frozenset({"L", "RGB"}),
    "png": frozenset({"1", "I;16", "L", "LA", "P", "RGB", "RGBA"}),
    "webp": frozenset({"RGB", "RGBA"}),
}
_WAYS: Mapping[str, Mapping[str, object]] = {
    "gif": {"format": "GIF"},
    "jpg": {"format": "JPEG", "quality": 85},
    "png": {"format": "PNG"},
    "webp": {"format": "WEBP", "quality": 80, "method": 2},
}


def drawn_anew(content: bytes, kind: str, pixels: int) -> tuple[bytes, str] | Refused:
    """The picture's points in a new file, and its extension; or why it is not taken.

    The size is looked at before anything is unpacked, and more than `pixels` is an error.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(content), formats=[_READERS[kind]]) as picture:
                return _refusal(picture, content, kind, pixels) or _drawn(picture, kind, pixels)
        except Image.DecompressionBombError:
            return _too_many(pixels)
        except _TROUBLE:
            return Refused("attachment-damaged", {"what": kind.upper()})


def _refusal(picture: Picture, content: bytes, kind: str, pixels: int) -> Refused | None:
    """Why this picture is not unpacked: its size, the number of its pages or passes."""
    most = min(pixels, _ROOM // _weight(picture, kind))
    if picture.width * picture.height > most:
        return _too_many(most)
    if kind == "jpg" and content.count(b"\xff\xda") > _PASSES:
        return Refused("attachment-damaged", {"what": "JPG"})
    return Refused("attachment-pages") if kind == "tif" and _has_second(picture) else None


def _too_many(most: int) -> Refused:
    return Refused("attachment-pixels", {"most": f"{most / 1_000_000:.3g}"})


def _weight(picture: Picture, kind: str) -> int:
    """Bytes that a point takes while it is read."""
    if kind != "jpg":
        return _BYTES_A_POINT.get(kind, _ONE)
    halved = picture.width * picture.height > _WHOLE
    return (_ONE // 4 if halved else _ONE) + (_PROGRESSIVE if picture.info.get("progressive") else 0)


def _has_second(picture: Picture) -> bool:
    try:
        picture.seek(1)
    except EOFError:
        return False
    picture.seek(0)
    return True


def _drawn(picture: Picture, kind: str, pixels: int) -> tuple[bytes, str] | Refused:
    extension = _KEPT_AS.get(kind, kind)
    if kind in ("gif", "webp") and (moving := _moving(picture)):
        return _written(moving, extension), extension
    if kind == "jpg" and picture.width * picture.height > _WHOLE:
        picture.draft(None, (picture.width // 2, picture.height // 2))
    picture.load()
    if picture.getexif().get(_ORIENTATION, 1) not in (0, 1):
        most = min(pixels, _ROOM // (2 * _ONE))
        if picture.width * picture.height > most:
            return _too_many(most)
        ImageOps.exif_transpose(picture, in_place=True)
    return _written([_bare(picture, extension)], extension), extension


def _moving(picture: Picture) -> list[Picture]:
    """Every picture of an animation that is short enough; none of a longer one, and none of a still."""
    found: list[Picture] = []
    most = min(_FRAMES, _MOVING // max(1, picture.width * picture.height))
    for frame in _frames(picture):
        if len(found) == most:
            found.clear()
            break
        found.append(frame)
    picture.seek(0)
    return found if len(found) > 1 else []


def _frames(picture: Picture) -> Iterator[Picture]:
    for number in count():
        try:
            picture.seek(number)
        except EOFError:
            return
        frame = picture.copy()
        shown = picture.info.get("duration")
        frame.info = {**_seen(frame), "duration": min(max(int(shown or 0), _SHORTEST), _LONGEST)}
        yield frame


def _bare(picture: Picture, extension: str) -> Picture:
    """The picture with nothing but its points, in a form that its new file can hold."""
    seen = _seen(picture)
    if picture.mode not in _MODES[extension]:
        clear = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if clear and "RGBA" in _MODES[extension] else "RGB")
        seen = {}
    picture.info = seen
    return picture


def _seen(picture: Picture) -> dict[str | tuple[int, int], object]:
    """Of the notes of a picture that which is seen: the colour that is clear."""
    return {name: value for name, value in picture.info.items() if name == "transparency"}


def _written(pictures: Sequence[Picture], extension: str) -> bytes:
    made, first = BytesIO(), pictures[0]
    how: dict[str, Any] = dict(_WAYS[extension])
    if extension == "png":
        how["compress_level"] = 6 if first.width * first.height <= _SMALL else 1
    if len(pictures) > 1:
        lasting = [one.info.pop("duration") for one in pictures]
        how |= {"save_all": True, "append_images": pictures[1:], "duration": lasting, "loop": 0}
    first.save(made, **how)
    return made.getvalue()
