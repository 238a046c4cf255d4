"""A name that a stranger chose is words: it names nothing on a disk, leads nowhere and breaks no line."""

import io
import json
import os
import zipfile
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import Workbook
from tests.hostile_desk import PICTURE, payloads
from tests.sample_desk import NOW, Sample, policy, sample

from git_feedback.intake import FORMATS, Row, Source, load_mapping
from git_feedback.jobs.attaching import kept, shown_name
from git_feedback.model import Bad
from git_feedback.text import visible

TEXT = "第三步就退出了\n".encode()
MAP = b"name: x\nchannel: partner\ncolumns: {source: no, received: at, title: title}\n"
NAMES = [
    *(
        "../../../etc/cron.d/x",
        "..\\..\\x.txt",
        "/etc/passwd",
        "C:\\Windows\\x",
        "\\\\host\\share\\x",
        ".git/config",
        "~/.ssh/authorized_keys",
    ),
    *(
        "CON",
        "nul.txt",
        "a\x00b.txt",
        "截图.png\u202egpj.exe",
        "-rf",
        "--output=x",
        "x\n::error::y",
        "x" * 5000,
        "",
        ".",
        "..",
        "图" * 300,
    ),
    *payloads(),
]


def listing(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix()
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_words_of_one_line_without_folders(name: str) -> None:
    shown = shown_name(name)
    assert len(shown) <= 120 and len(shown.splitlines()) <= 1
    assert not set(shown) & set("/\\\x00\x1b\n\r")
    shown.encode("utf-8")


def test_whatever_files_are_called_they_lie_by_their_hash_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    for first in range(0, len(NAMES), 4):
        files = [(name, TEXT + str(first + at).encode()) for at, name in enumerate(NAMES[first : first + 4])]
        attached, paths, refused = kept(tmp_path / "desk", files, policy(), write=True)
        assert (len(attached), refused) == (len(files), ())
        assert all(path.startswith("feedback/attachments/") for path in paths)
    found = listing(tmp_path)
    assert len(found) == len(NAMES)
    assert all(one.startswith("desk/feedback/attachments/") and one.endswith(".txt") for one in found)


def mail(name: str, way: str) -> bytes:
    """A mail with an attachment whose name is written in one of the ways that mail knows."""
    safe = name.encode("utf-8", "replace")
    quoted = safe.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b" ").replace(b"\r", b" ")
    written = {"plain": b'filename="' + quoted + b'"', "rfc2231": b"filename*=utf-8''" + quote(safe, safe="").encode()}[
        way
    ]
    return (
        b"From: li@example.cn\nSubject: x\nMessage-ID: <1@example.cn>\nDate: Fri, 20 Nov 2026 10:00:00 +0800\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
        + "付款报错\n".encode()
        + b"--b\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; " + written + b"\n\n" + TEXT + b"\n--b--\n"
    )  # fmt: skip


@pytest.mark.parametrize("way", ["plain", "rfc2231"])
def test_names_in_mails_are_words_too(way: str, tmp_path: Path) -> None:
    came = 0
    for name in NAMES:
        if len(name) > 900:
            continue
        (row,) = FORMATS["eml"].read(Source(mail(name, way), "x.eml", policy(), datetime.fromisoformat(NOW)))
        files = [(file.name, file.content) for file in row.files]
        attached, _, _ = kept(tmp_path, files, policy(), write=True)
        came += len(attached)
        assert all(len((one.name or "").splitlines()) <= 1 for one in attached)
    assert came > len(NAMES) // 2
    assert all(one.startswith("feedback/attachments/") for one in listing(tmp_path))


def workbook(*extra: tuple[str, bytes]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (("no", "at", "title"), ("A-1", "2026-11-19T10:00:00+08:00", "付款报错")):
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out, "a") as packed:
        for name, content in extra:
            packed.writestr(name, content)
    return out.getvalue()


def read(content: bytes) -> list[Row]:
    columns = load_mapping(MAP, "x.yml")
    return list(FORMATS["xlsx"].read(Source(content, "x.xlsx", policy(), datetime.fromisoformat(NOW), columns)))


def test_a_workbook_that_wants_to_write_elsewhere_writes_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    for name in ("../../x", "../evil.txt", f"{tmp_path}/abs", "xl/worksheets/../../../x", "..\\x", "\\\\host\\x"):
        try:
            titles = [row.submission.title for row in read(workbook((name, PICTURE))) if row.submission]
        except Bad as bad:
            assert bad.problems
        else:
            assert titles == ["付款报错"]
        assert listing(tmp_path) == set()


# ---- files that are named on the command line -----------------------------------------------------------------------

ARGUMENTS = ("表\n::error::x\x1b[31m.csv", "表\u202evsc.csv", "--图.csv", "表 $(touch x) `id` ;.csv", "表'\"<b>.csv")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample(tmp_path_factory.mktemp("names"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_file_with_a_hostile_name_is_said_on_one_line(desk: Sample, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no,at\nA-1,x\n")
    (tmp_path / "map.yml").write_bytes(MAP)
    ran = desk.run("import", "csv", "--map", str(tmp_path / "map.yml"), "--", str(tmp_path / name))
    said = (ran.out + ran.err).split("\n")
    assert ran.code != 0 and any(said)
    assert visible("\n".join(said)) == "\n".join(said)
    assert not any(line.startswith(("::", "\x1b")) for line in said)
    assert not (desk.root / "x").exists() and not (tmp_path / "x").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_hostile_name_of_an_item_file_is_one_problem_on_one_line(desk: Sample) -> None:
    path = desk.root / "feedback/2026/11/\n::error file=x::y\u202e.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"id: x\n")
    lines = [line for line in desk.run("check").out.split("\n") if line]
    exact = json.loads(desk.run("check", "--format", "json").out)["problems"]
    path.unlink()
    assert len(lines) == len(exact) and all(line.startswith("feedback/") for line in lines)
    assert {one["file"] for one in exact} == {path.relative_to(desk.root).as_posix()}
