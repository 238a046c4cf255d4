"""A page printed to PDF by a browser: what comes out of it is what its own print dialogue would give."""

import subprocess
import tempfile
from pathlib import Path

LONGEST_S = 90


class NotPrinted(Exception):
    """The browser gave no PDF: what it said last."""


def printed(browser: Path, html: str, *, as_root: bool = False) -> bytes:
    """The page as PDF.  It may fetch nothing: all of it stands in `html`.  Raises NotPrinted.

    `as_root`: the browser's own walls cannot be put up for the superuser, and it refuses to start with them.
    """
    with tempfile.TemporaryDirectory(prefix="git-feedback-") as folder:
        page, out = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html, encoding="utf-8")
        called = [str(browser), "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-dev-shm-usage"]
        called += ["--no-sandbox"] if as_root else []
        called += [f"--user-data-dir={folder}/profile", "--virtual-time-budget=5000", f"--print-to-pdf={out}"]
        try:
            done = subprocess.run([*called, page.as_uri()], capture_output=True, timeout=LONGEST_S, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotPrinted(type(error).__name__) from None
        if not out.is_file():
            raise NotPrinted(done.stderr.decode(errors="replace").strip().splitlines()[-1:] or done.returncode)
        return out.read_bytes()
