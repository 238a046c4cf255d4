"""What is printed for paper boxes: a label with a QR code for the box, and a blank sheet for who copies its notes.

Both are pages of their own that need nothing from anywhere: open them in a browser and print them on A4.
"""

import csv
import io
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from git_feedback.i18n import LANGUAGES, text
from git_feedback.intake.paper_box import COLUMNS, HEAD
from git_feedback.pages.slips import qr
from git_feedback.pages.views.rendering import compiled
from git_feedback.pages.views.submit import PATH
from git_feedback.policy import Box, Policy

LABELS = (
    "@page{size:A4;margin:12mm}*{box-sizing:border-box}body{font:13pt/1.45 sans-serif;color:#000;background:#fff;margin:0 auto;max-width:186mm}"
    "section{height:132mm;border:1px solid #000;border-radius:4mm;padding:8mm;margin:0 0 6mm;break-inside:avoid;display:flex;gap:8mm}"
    "section>div:first-child{flex:1;min-width:0;overflow-wrap:anywhere}h1{font-size:30pt;line-height:1.15;margin:0 0 2mm}h2{font-size:15pt;margin:0 0 4mm;font-weight:400}"
    "p{margin:0 0 2.5mm}.id{font:700 26pt/1.2 monospace;margin:6mm 0 0}.qr{width:62mm;flex:none;text-align:center;font-size:10pt;overflow-wrap:anywhere}svg{display:block;width:62mm;height:62mm}"
    "@media screen and (max-width:600px){section{height:auto;flex-direction:column;margin:3mm}.qr{width:auto}}"
)
SHEETS = (
    "@page{size:A4;margin:12mm}*{box-sizing:border-box}body{font:11pt/1.4 sans-serif;color:#000;background:#fff;margin:0 auto;max-width:186mm}"
    "section{break-after:page}section:last-child{break-after:auto}h1{font-size:17pt;margin:0 0 4mm}dl{display:grid;grid-template-columns:52mm 1fr;gap:0;margin:0 0 5mm}"
    "dt,dd{border-bottom:1px solid #000;margin:0;padding:1.6mm 1mm;min-height:8mm}table{border-collapse:collapse;width:100%;table-layout:fixed}"
    "th,td{border:1px solid #000;padding:1mm;text-align:left;vertical-align:top;font-size:9.5pt}td{height:17mm}.number{width:11mm}.text{width:auto}.rating{width:15mm}.answer{width:21mm}.contact{width:32mm}.name{width:20mm}p{font-size:9.5pt;margin:3mm 0 0}"
)
ROWS_PRINTED, ROWS_TYPED = 9, 30
FORM = "issues/new?template=feedback.yml"
_GITHUB = "github.com"


def address(box: Box, policy: Policy, site: str, form: str) -> str:
    """Where the code of a box leads: the form that is named, else the site's own form, else the one on GitHub.

    Channel and box go along; on GitHub the box stands in the title.  Empty where nothing is known.
    """
    base = form or (f"{site.rstrip('/')}/{policy.desk.language}/{PATH}" if site else "")
    if base:
        return f"{base}{'&' if urlsplit(base).query else '?'}{urlencode({'channel': box.channel, 'box': box.id}, quote_via=quote)}"
    repository = (policy.desk.repository or "").removesuffix(".git").rstrip("/")
    found = urlsplit(repository)
    if found.scheme != "https" or found.hostname != _GITHUB:
        return ""
    return f"{repository}/{FORM}&{urlencode({'title': f'[{box.id}] '}, quote_via=quote)}"


def labels(boxes: Sequence[Box], policy: Policy, site: str = "", form: str = "") -> bytes:
    """The labels, two on a page, in both languages, the desk's first; without an address they have no code."""
    found = []
    for box in boxes:
        where = address(box, policy, site, form)
        found.append({"id": box.id, "names": _names(box, policy), "qr": qr(where) if where else "", "address": where})
    parts = [_part(one) for one in _order(policy)]
    return _page("box_labels.html", LABELS, policy, "box-label-title", labels=found, parts=parts)


def _part(language: str) -> dict[str, str]:
    """What a label says in one language, with a code on it and without."""
    call, write, scan, private = (text(f"box-label-{name}", language) for name in ("call", "write", "scan", "private"))
    between = "" if language == "zh" else " "
    with_code, without = between.join((write, scan, private)), between.join((write, private))
    return {"lang": _tag(language), "call": call, "with_code": with_code, "without": without}


def sheets(boxes: Sequence[Box], policy: Policy) -> bytes:
    """A blank sheet for each box, to be filled by hand in front of the open box."""
    order = _order(policy)
    heads = [(name, " / ".join(text(f"box-head-{name}", one) for one in order)) for name in HEAD]
    columns = [(name, " / ".join(text(f"box-column-{name}", one) for one in order)) for name in COLUMNS]
    found = [{"names": _names(box, policy), "filled": {"box": box.id, "area": box.area or ""}} for box in boxes]
    notes = [text("box-sheet-note", one) for one in order]
    return _page(
        "box_sheets.html", SHEETS, policy, "box-sheet-title",
        sheets=found, heads=heads, columns=columns, notes=notes, numbers=range(1, ROWS_PRINTED + 1),
    )  # fmt: skip


def typed_sheet(box: Box, policy: Policy) -> bytes:
    """The same as a table to type into, which `import paper-box` reads: CSV with a mark by which Excel knows UTF-8."""
    spoken = policy.desk.language
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    filled = {"box": box.id, "area": box.area or ""}
    rows.writerows([text(f"box-head-{name}", spoken), filled.get(name, "")] for name in HEAD)
    rows.writerow([text(f"box-column-{name}", spoken) for name in COLUMNS])
    rows.writerows([number, *[""] * (len(COLUMNS) - 1)] for number in range(1, ROWS_TYPED + 1))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _page(template: str, style: str, policy: Policy, code: str, **values: object) -> bytes:
    """A page that stands alone; only its own style is allowed on it."""
    spoken = policy.desk.language
    digest = b64encode(sha256(style.encode()).digest()).decode()
    made = compiled(template, spoken).render(
        lang=_tag(spoken),
        title=f"{text(code, spoken)} · {policy.desk.name.said(spoken)}",
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'",
        style=Markup(style),  # noqa: S704 - our own
        desk=[{"lang": _tag(one), "name": policy.desk.name.said(one)} for one in _order(policy)],
        **values,
    )
    return made.encode()


def _names(box: Box, policy: Policy) -> list[dict[str, str]]:
    return [{"lang": _tag(one), "name": box.name.said(one)} for one in _order(policy)]


def _order(policy: Policy) -> list[str]:
    return sorted(LANGUAGES, key=lambda one: one != policy.desk.language)


def _tag(language: str) -> str:
    return "zh-CN" if language == "zh" else "en"
