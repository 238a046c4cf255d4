"""The slip for the counter: one printed page with the number, a QR code that leads to the track page, and the receipt.

The number lies on it in clear, so it belongs to the submitter alone: print it, hand it over, delete the file.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import Markup

from git_feedback.i18n import LANGUAGES, text
from git_feedback.model.receipts import Receipt
from git_feedback.pages.views.rendering import compiled
from git_feedback.pages.views.track import PATH
from git_feedback.policy import Policy

STYLE = (
    "@page{size:A6;margin:8mm}body{font:11pt/1.45 sans-serif;color:#000;background:#fff;max-width:92mm;margin:4mm auto}"
    "h1{font-size:13pt;margin:0 0 2mm}p{margin:0 0 2mm}.number{font:600 11.5pt/1.5 monospace;overflow-wrap:anywhere}"
    "svg{display:block;width:34mm;height:34mm;margin:1mm 0 2mm}"
    "pre{font:7pt/1.4 monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:2mm 0 0;padding-top:2mm;border-top:1px solid}"
)
_GITHUB = "github.com"


def slip(receipt: Receipt, policy: Policy, language: str, site: str = "") -> bytes:
    """The page, in both languages with `language` first; without the address of a site it has no QR code.

    `receipt` must have its token.
    """
    order = sorted(LANGUAGES, key=lambda one: one != language)
    address = f"{site.rstrip('/')}/{language}/{PATH}#{receipt.token}" if site else ""
    parts = [_part(one, policy, receipt, bool(address)) for one in order]
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return (
        compiled("slip.html", language)
        .render(
            lang="zh-CN" if language == "zh" else "en",
            title=f"{receipt.id} · {policy.desk.name.said(language)}",
            csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'",
            style=Markup(STYLE),  # noqa: S704 - our own
            number=receipt.token,
            qr=qr(address) if address else "",
            qr_words=" / ".join(text("slip-qr", one) for one in order),
            address=address.partition("#")[0],
            parts=parts,
            lines=receipt.lines(),
        )
        .encode()
    )


def _part(language: str, policy: Policy, receipt: Receipt, scanned: bool) -> dict[str, object]:
    """What the slip says in one language."""
    day = receipt.time.astimezone(policy.zone)
    said: Sequence[str] = (
        text("slip-received", language, time=f"{day:%Y-%m-%d %H:%M}"),
        text("slip-scan" if scanned else "slip-type", language),
        text("slip-keep", language),
    )
    lang = "zh-CN" if language == "zh" else "en"
    return {"lang": lang, "desk": policy.desk.name.said(language), "said": said}


def qr(address: str) -> Markup:
    """The address as a QR code; scanners need four modules of white around it."""
    import segno

    return Markup(segno.make_qr(address, error="m").svg_inline(border=4, omitsize=True))  # noqa: S704 - shapes alone


def site_of(repository: str | None) -> str:
    """Where GitHub Pages publishes a repository of GitHub's; empty for any other host."""
    found = urlsplit(repository or "")
    parts = found.path.removesuffix(".git").strip("/").split("/")
    if found.scheme != "https" or found.hostname != _GITHUB or len(parts) != 2:
        return ""
    owner, name = parts
    host = f"https://{owner.lower()}.github.io"
    return host if name.lower() == f"{owner.lower()}.github.io" else f"{host}/{name}"
