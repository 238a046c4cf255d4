"""What is admitted, what is refused and why, by content alone."""

import gzip
import tarfile
import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests.privacy.attachment_samples import (
    CONTENTS,
    DOCX,
    GPS_PLACE,
    ODT,
    announced,
    film,
    packed,
    pdf,
    pdf_with_objects,
    photograph,
    recording,
    saved,
    screenshot,
)

from git_feedback.i18n import LANGUAGES, halves
from git_feedback.privacy.attachments import Admitted, Limits, Refused, admit
from git_feedback.privacy.kinds import EXTENSIONS

LIMITS = Limits()


def taken(content: bytes) -> Admitted:
    found = admit(content, LIMITS)
    assert isinstance(found, Admitted), found
    return found


def refused(content: bytes, limits: Limits = LIMITS) -> Refused:
    found = admit(content, limits)
    assert isinstance(found, Refused), found
    for language in LANGUAGES:
        fact, way_out = halves(found.code, language, **found.values)
        assert fact
        assert way_out
    return found


def workbook() -> bytes:
    made = BytesIO()
    book = Workbook()
    book.create_sheet("反馈")
    book.save(made)
    return made.getvalue()


# ---- what is taken --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "extension"), [
    (photograph(), "jpg"),
    (screenshot(), "png"),
    (saved("GIF", "P"), "gif"),
    (saved("WEBP"), "webp"),
    (saved("BMP"), "png"),
    (saved("TIFF"), "png"),
    ("支付失败，请尽快处理。\r\n".encode(), "txt"),
    (b"\xef\xbb\xbftime,error\n09:31,500\n", "txt"),
    (pdf(), "pdf"),
    (DOCX, "docx"),
    (workbook(), "xlsx"),
    (ODT, "odt"),
    (film(), "mp4"),
    (recording(), "wav"),
    (b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm\x42\x87\x81\x02" + b"\0" * 200, "webm"),
    (b"ID3\x04\0\0\0\0\0\x00" + b"\xff\xfb\x90\x64" + b"\0" * 400, "mp3"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_what_people_send_is_taken_for_what_it_is(content: bytes, extension: str) -> None:
    found = taken(content)
    assert found.extension == extension
    assert extension in EXTENSIONS
    assert found.sha256 == sha256(found.content).hexdigest()
    assert found.path == f"attachments/{found.sha256[:2]}/{found.sha256}.{extension}"
    assert admit(content, LIMITS) == found


def test_documents_and_sound_are_kept_to_the_byte() -> None:
    for content in (pdf(), DOCX, workbook(), recording()):
        assert taken(content).content == content


# ---- what is refused, and by which name -----------------------------------------------------------------------------


def archive() -> bytes:
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        file.addfile(tarfile.TarInfo("说明.txt"))
    return made.getvalue()


@pytest.mark.parametrize(("content", "what"), [
    (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
    (b'<?xml version="1.0"?>\n<!-- x -->\n<svg onload="alert(1)"/>', "SVG"),
    (b"\xef\xbb\xbf  \n<!DOCTYPE html><script>alert(1)</script>", "HTML"),
    (b"<script>alert(1)</script>", "HTML"),
    (b"<?php system($_GET[0]); ?>", "PHP"),
    (b"<note>x</note>", "HTML, XML"),
    (b"#!/bin/sh\nrm -rf ~\n", "script (#!)"),
    (b"@echo off\r\ndel *\r\n", "script (.bat)"),
    (b"{\\rtf1 \\objdata}", "RTF"),
    (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n", "MIME"),
    (b"MZ\x90\0" + b"\0" * 100, "EXE"),
    (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "ELF"),
    (b"\xca\xfe\xba\xbe\0\0\0\x34", "Java, Mach-O"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "OLE (.doc .xls .ppt .msg)"),
    (b"Rar!\x1a\x07\x01\0" + b"\0" * 20, "RAR"),
    (b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 20, "7-Zip"),
    (gzip.compress(b"x", mtime=0), "gzip"),
    (archive(), "tar"),
    (packed("说明.txt"), "ZIP"),
    (packed("META-INF/MANIFEST.MF", "a.class"), "ZIP"),
    (packed(CONTENTS, "word/document.xml", "xl/workbook.xml"), "ZIP"),
    (b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0" + b"\0" * 50, "ICO"),
])  # fmt: skip
def test_what_is_not_kept_is_refused_by_its_name(content: bytes, what: str) -> None:
    found = refused(content)
    assert (found.code, found.values["what"]) == ("attachment-type", what)


@pytest.mark.parametrize(("content", "code"), [
    (b"", "attachment-empty"),
    (b"\x01\x02\x03" * 50, "attachment-unknown"),
    ("支付失敗".encode("big5"), "attachment-encoding"),
    ("支付失败".encode("utf-16"), "attachment-encoding"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "attachment-heic"),
    (b"\x89PNG\r\n\x1a\n" + b"x" * 60, "attachment-damaged"),
    (screenshot()[:-60], "attachment-damaged"),
    (photograph()[:900], "attachment-damaged"),
    (pdf()[:-200], "attachment-damaged"),
    (DOCX[:-40], "attachment-damaged"),
    (b"a@b.cn\n" * 1500, "attachment-contacts"),
    (b"@" * 30_000, "attachment-contacts"),
    (b"x" * 1_100_000, "attachment-long-text"),
])  # fmt: skip
def test_every_other_reason_has_its_words(content: bytes, code: str) -> None:
    assert refused(content).code == code


def test_a_name_that_says_otherwise_changes_nothing_for_content_decides() -> None:
    assert taken(saved("PNG")).extension == "png"
    assert refused(b"<svg/>").values["what"] == "SVG"


def test_sizes_are_limited_by_kind_and_said_in_human_units() -> None:
    small = Limits(file_bytes=1000, media_bytes=3000)
    assert isinstance(admit(recording(), small), Admitted)
    found = refused(pdf() + b" " * 1000, small)
    assert (found.code, found.values["most"]) == ("attachment-too-big", "1 KB")
    assert refused(recording() + bytes(5000), small).code == "attachment-too-big"
    assert refused(bytes(11 * 1024 * 1024)).code == "attachment-unknown"
    assert refused(b"a " * 6 * 1024 * 1024).values == {"size": "12 MB", "most": "10 MB"}


def test_a_picture_larger_than_the_limit_is_refused_before_it_is_unpacked() -> None:
    for width, height in ((8000, 5001), (30_000, 30_000), (2**31 - 1, 2**31 - 1)):
        assert refused(announced(width, height)).code == "attachment-pixels"
    assert refused(announced(8000, 5000)).code == "attachment-damaged"
    assert refused(saved("PNG"), Limits(pixels=100)).code == "attachment-pixels"


# ---- what could run in documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("member", "found"), [
    ("word/vbaProject.bin", "vbaproject.bin"),
    ("WORD/VBAPROJECT.BIN", "vbaproject.bin"),
    ("word\\vbaData.xml", "vbadata.xml"),
    ("xl/macrosheets/sheet1.xml", "sheet1.xml"),
    ("word/embeddings/oleObject1.bin", "oleobject1.bin"),
    ("word/activeX/activeX1.xml", "activex1.xml"),
    ("customUI/customUI.xml", "customui.xml"),
    (("word/_rels/settings.xml.rels", b'<Relationship Type=".../attachedTemplate" TargetMode="External"/>'), "attachedTemplate"),
])  # fmt: skip
def test_an_office_document_that_could_run_is_refused(member: str | tuple[str, bytes], found: str) -> None:
    name = member if isinstance(member, str) else member[0]
    one = refused(packed(CONTENTS, "xl/workbook.xml" if name.startswith("xl/") else "word/document.xml", member))
    assert one.code == "attachment-active"
    assert found in str(one.values["found"]).casefold() or [found] == one.values["found"]


def test_a_document_that_only_calls_itself_enabled_for_macros_is_refused() -> None:
    enabled = ("[Content_Types].xml", b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>")
    assert refused(packed(enabled, "word/document.xml")).code == "attachment-active"
    assert refused(packed(("mimetype", b"application/vnd.oasis.opendocument.text"), "Basic/script-lc.xml")).code == (
        "attachment-active"
    )


def test_printer_settings_in_a_workbook_are_harmless() -> None:
    assert taken(packed(CONTENTS, "xl/workbook.xml", "xl/printerSettings/printerSettings1.bin")).extension == "xlsx"


def test_a_document_with_something_before_or_behind_it_is_refused() -> None:
    assert refused(DOCX + b"<script>").code == "attachment-damaged"
    assert refused(packed(CONTENTS, "word/a.xml", "WORD/A.XML")).code == "attachment-damaged"
    assert isinstance(admit(b"GIF89a" + DOCX, LIMITS), Refused)
    assert refused(pdf() + packed("a.class")).code == "attachment-damaged"


@pytest.mark.parametrize(("extra", "code"), [
    (b"/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>", "attachment-active"),
    (b"/OpenAction <</S /Java#53cript /JS (x)>>", "attachment-active"),
    (b"/A <</S /#4C#61#75#6E#63#68 /F (cmd.exe)>>", "attachment-active"),
    (b"/Names <</EmbeddedFiles 7 0 R>>", "attachment-active"),
    (b"/RichMedia 7 0 R", "attachment-active"),
    (b"/Encrypt 7 0 R", "attachment-locked"),
    (b"/OpenAction [3 0 R /Fit] /Note (about JavaScript)", ""),
])  # fmt: skip
def test_a_pdf_that_could_run_is_refused_also_where_names_are_escaped(extra: bytes, code: str) -> None:
    found = admit(pdf(extra), LIMITS)
    assert (found.code if isinstance(found, Refused) else "") == code


def test_a_pdf_is_looked_into_where_objects_are_packed() -> None:
    assert refused(pdf_with_objects(zlib.compress(b"9 0 <</S /JavaScript /JS (x)>>"))).values["found"] == ["JavaScript"]
    assert refused(pdf_with_objects(b"no zlib")).code == "attachment-damaged"
    assert taken(pdf_with_objects(zlib.compress(b"9 0 <</Type /Page>>"))).extension == "pdf"
    assert refused(pdf_with_objects(zlib.compress(bytes(17 * 1024 * 1024)))).code == "attachment-damaged"


# ---- contact data and places ----------------------------------------------------------------------------------------


def test_contact_data_in_a_text_is_masked_and_the_rest_stays_as_it_was() -> None:
    came = "日期,电话,说明\r\n2026-11-01,13812345678,订单 20261101\r\n回信 lilei@example.com\n"
    kept = taken(came.encode()).content.decode()
    assert kept == "日期,电话,说明\r\n2026-11-01,138****5678,订单 20261101\r\n回信 l***@example.com\n"
    assert taken(kept.encode()).content.decode() == kept


def test_contact_data_is_masked_in_every_part_of_a_long_text() -> None:
    lines = [f"第 {number} 行 {'长' * 40}\n" for number in range(3000)]
    lines[::500] = ["电话 13812345678\n"] * 6
    assert b"13812345678" not in taken("".join(lines).encode()).content


def test_the_place_of_a_film_is_blanked_and_nothing_moves() -> None:
    came, kept = film(), taken(film()).content
    assert len(kept) == len(came)
    assert GPS_PLACE.encode() in came
    assert GPS_PLACE.encode() not in kept
    assert b"+00.0000+000.0000+000.000/" in kept
    assert kept.count(b"+31.2304+121.4737/ seen") == 3


def test_a_text_as_older_programmes_in_china_write_it_is_kept_in_utf8() -> None:
    found = admit("支付失败，重试三次\n".encode("gbk"), Limits())
    assert isinstance(found, Admitted)
    assert (found.content.decode(), found.extension) == ("支付失败，重试三次\n", "txt")
