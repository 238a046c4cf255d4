"""Files as people send them, and as somebody sends them who means harm."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

SECRET = "李雷的手机"
GPS_PLACE = "+31.2304+121.4737+004.000/"


def picture(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """A picture whose upper left corner is red."""
    made = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(made).rectangle([0, 0, width // 3, height // 3], fill=(220, 20, 20))
    return made.convert(mode)


def photograph(turned: int = 1, **how: object) -> bytes:
    """A JPEG as a phone writes it: device, place (31.23 N 121.47 E), XMP, comment, colour profile, thumbnail's marks."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = SECRET, turned
    rational = TiffImagePlugin.IFDRational
    notes.get_ifd(0x8825).update(
        {1: "N", 2: (rational(31), rational(13), rational(49)), 3: "E", 4: (121.0, 28.0, 25.0)}
    )
    made = BytesIO()
    xmp = f"<x:xmpmeta><exif:GPSLatitude>31,13.8N</exif:GPSLatitude>{SECRET}</x:xmpmeta>".encode()
    picture(64, 48).save(
        made, "JPEG", exif=notes, xmp=xmp, comment=SECRET, icc_profile=b"profile " + SECRET.encode(), **how
    )
    return made.getvalue()


def screenshot(mode: str = "RGB", **how: object) -> bytes:
    """A PNG with texts and a place in it."""
    notes, texts = Image.Exif(), PngInfo()
    notes[0x010F] = SECRET
    texts.add_text("Author", SECRET)
    texts.add_itxt("XML:com.adobe.xmp", f"<GPS>{SECRET}</GPS>", zip=True)
    made = BytesIO()
    picture(mode=mode).save(made, "PNG", exif=notes, pnginfo=texts, dpi=(72, 72), **how)
    return made.getvalue()


def saved(kind: str, mode: str = "RGB", **how: object) -> bytes:
    """A plain picture as the library writes it."""
    made = BytesIO()
    picture(mode=mode).save(made, kind, **how)
    return made.getvalue()


def animation(kind: str, frames: int = 5, width: int = 40) -> bytes:
    """A moving picture."""
    pictures = []
    for number in range(frames):
        one = picture(width, 30)
        ImageDraw.Draw(one).rectangle([number % 9, 10, number % 9 + 8, 18], fill=(number % 256, 200, 30))
        pictures.append(one)
    made = BytesIO()
    pictures[0].save(made, kind, save_all=True, append_images=pictures[1:], duration=80, loop=0)
    return made.getvalue()


def announced(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and then holds next to nothing."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def pdf(extra: bytes = b"") -> bytes:
    """A PDF of one page, with something more in its catalogue."""
    made = saved("PDF")
    return made.replace(b"/Type /Catalog", b"/Type /Catalog " + extra, 1)


def pdf_with_objects(packed: bytes, how: bytes = b"/Filter /FlateDecode") -> bytes:
    """A PDF with a compressed object stream."""
    part = b"\n9 0 obj <</Type /ObjStm /N 1 /First 4 " + how + b" /Length %d>> stream\n" % len(packed)
    return pdf().replace(b"\n%%EOF", part + packed + b"\nendstream endobj\n%%EOF")


def packed(*members: str | tuple[str, bytes]) -> bytes:
    """A ZIP file."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for member in members:
            name, content = (member, b"<x/>") if isinstance(member, str) else member
            file.writestr(name, content)
    return made.getvalue()


CONTENTS = ("[Content_Types].xml", b'<Types><Override ContentType="application/vnd.openxmlformats"/></Types>')
DOCX = packed(CONTENTS, "_rels/.rels", "word/document.xml", "word/settings.xml")
ODT = packed(("mimetype", b"application/vnd.oasis.opendocument.text"), "content.xml", "META-INF/manifest.xml")


def box(name: bytes, content: bytes) -> bytes:
    """A box of a film (ISO/IEC 14496-12)."""
    return struct.pack(">I", len(content) + 8) + name + content


def film() -> bytes:
    """A film of nothing, as a phone writes it: with the place where it was taken."""
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(GPS_PLACE), 0x15C7) + GPS_PLACE.encode()))
    return (
        box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"mdat", b"+31.2304+121.4737/ seen" * 3) + box(b"moov", place)
    )


def recording() -> bytes:
    """A tenth of a second of silence."""
    samples = b"\0" * 1600
    head = struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(samples))
        + b"WAVEfmt "
        + head
        + b"data"
        + struct.pack("<I", 1600)
        + samples
    )
