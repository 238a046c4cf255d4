"""Pictures drawn anew: what is seen stays, nothing else does."""

from io import BytesIO

import pytest
from PIL import Image
from tests.privacy.attachment_samples import SECRET, animation, photograph, picture, saved, screenshot

from git_feedback.privacy.attachments import Admitted, Limits, admit

LIMITS = Limits()


def drawn(content: bytes) -> bytes:
    found = admit(content, LIMITS)
    assert isinstance(found, Admitted), found
    return found.content


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def segments(jpeg: bytes) -> list[int]:
    """The marks of a JPEG up to its points."""
    at, found = 2, []
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def chunks(png: bytes) -> set[bytes]:
    at, found = 8, set()
    while at < len(png):
        found.add(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4])
    return found


def riff_chunks(webp: bytes) -> set[bytes]:
    at, found = 12, set()
    while at + 8 <= len(webp):
        found.add(webp[at : at + 4])
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return found


def test_a_photograph_has_no_place_no_device_and_no_words_left() -> None:
    came = photograph()
    assert opened(came).getexif().get_ifd(0x8825)
    kept = drawn(came)
    assert SECRET.encode() in came
    assert SECRET.encode() not in kept
    assert set(segments(kept)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert not dict(opened(kept).getexif())


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_screenshot_keeps_its_points_and_nothing_else(mode: str) -> None:
    came = screenshot(mode)
    kept = drawn(came)
    assert chunks(kept) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
    assert opened(kept).mode == opened(came).mode
    assert opened(kept).tobytes() == opened(came).tobytes()


def test_the_clear_colour_of_a_picture_stays() -> None:
    for mode, clear in (("P", 3), ("RGB", (220, 20, 20)), ("L", 3)):
        came = screenshot(mode, transparency=clear)
        kept = opened(drawn(came)).convert("RGBA")
        assert kept.tobytes() == opened(came).convert("RGBA").tobytes()


@pytest.mark.parametrize(("turned", "corner"), [(1, (0, 0)), (3, (63, 47)), (6, (47, 0)), (8, (0, 63))])
def test_a_photograph_is_turned_upright_before_the_note_that_says_so_goes(turned: int, corner: tuple[int, int]) -> None:
    kept = opened(drawn(photograph(turned)))
    assert kept.size == ((48, 64) if turned in (6, 8) else (64, 48))
    seen = kept.getpixel(corner)
    assert isinstance(seen, tuple)
    assert seen[0] > 150 > 100 > seen[1]


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_goes_on_moving_without_its_notes(kind: str) -> None:
    came = animation(kind)
    kept = drawn(came)
    assert getattr(opened(kept), "n_frames", 1) == 5
    if kind == "WEBP":
        assert riff_chunks(kept) <= {b"VP8X", b"ANIM", b"ANMF"}


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_of_an_animation_without_end_the_first_picture_is_kept(kind: str) -> None:
    kept = opened(drawn(animation(kind, frames=230, width=30)))
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.size == (30, 30)


def test_a_comment_and_what_follows_the_end_of_a_gif_are_gone() -> None:
    came = saved("GIF", "P", comment=SECRET.encode()) + b"*/=1;alert(document.domain)//"
    kept = drawn(came)
    assert SECRET.encode() not in kept
    assert b"alert" not in kept


def test_a_picture_that_is_a_script_as_well_is_a_picture_only() -> None:
    came = bytearray(saved("GIF", "P"))
    came[6:8] = b"/*"  # the width, read as the start of a comment by JavaScript
    found = admit(bytes(came) + b"*/=1;alert(1)", LIMITS)
    assert not isinstance(found, Admitted) or b"alert" not in found.content


@pytest.mark.parametrize(("kind", "mode", "how"), [
    ("JPEG", "CMYK", {}), ("TIFF", "CMYK", {}), ("TIFF", "1", {"compression": "group4"}), ("TIFF", "RGB", {"compression": "tiff_lzw"}),
    ("TIFF", "F", {}), ("BMP", "P", {}), ("WEBP", "RGBA", {}), ("JPEG", "RGB", {"progressive": True}),
])  # fmt: skip
def test_rarer_forms_are_read_and_kept_in_a_common_one(kind: str, mode: str, how: dict[str, object]) -> None:
    kept = opened(drawn(saved(kind, mode, **how)))
    assert kept.format in ("JPEG", "PNG", "WEBP")
    assert kept.size == (60, 40)


def test_a_picture_of_several_pages_is_not_cut_to_its_first() -> None:
    made = BytesIO()
    picture().save(made, "TIFF", save_all=True, append_images=[picture()])
    found = admit(made.getvalue(), LIMITS)
    assert not isinstance(found, Admitted)
    assert found.code == "attachment-pages"


def test_a_photograph_of_many_points_is_kept_at_half_its_width() -> None:
    made = BytesIO()
    Image.new("L", (6000, 4000), 128).save(made, "JPEG")
    assert opened(drawn(made.getvalue())).size == (3000, 2000)


def test_the_same_picture_is_kept_under_the_same_hash() -> None:
    for content in (photograph(), screenshot(), animation("GIF"), animation("WEBP")):
        assert admit(content, LIMITS) == admit(content, LIMITS)


def test_a_jpeg_of_passes_without_end_is_refused() -> None:
    content = photograph(progressive=True)
    at = content.rindex(b"\xff\xda")
    length = content.index(b"\xff", at + 2) - at
    found = admit(content[:at] + content[at : at + length] * 200 + content[at:], LIMITS)
    assert not isinstance(found, Admitted)
