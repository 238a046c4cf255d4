"""A certificate to print, made from the record of a pass: one page, both languages, nothing that is fetched."""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from git_feedback.i18n import LANGUAGES, text
from git_feedback.learning.passes import months_later
from git_feedback.model.training import Course, Pass
from git_feedback.pages.views.rendering import compiled
from git_feedback.policy import Policy

STYLE = (
    "@page{size:A4 landscape;margin:18mm}body{font:13pt/1.5 sans-serif;color:#1b1e22;background:#fff;margin:0}"
    "main{box-sizing:border-box;max-width:250mm;margin:8mm auto;padding:14mm;border:1px solid #1b1e22;text-align:center}"
    "h1{font-size:24pt;margin:0 0 8mm}h1 span+span{font-size:16pt}h1 span{display:block}.who{font-size:22pt;font-weight:600;margin:4mm 0}"
    ".what{font-size:16pt;font-weight:600;margin:2mm 0}p{margin:0 0 2mm}dl{display:flex;justify-content:center;gap:12mm;margin:8mm 0 0}"
    "dt{font-size:10pt;color:#474d55}dd{margin:0;font-weight:600}footer{margin-top:8mm;font-size:10pt;color:#474d55}"
)
_TAGS = {"en": "en", "zh": "zh-CN"}


def certificate(course: Course, one: Pass, policy: Policy, language: str) -> bytes:
    """The page, with `language` first: who passed what, when, with how many percent, and when it runs out."""
    order = sorted(LANGUAGES, key=lambda each: each != language)
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return (
        compiled("training_pass.html", language)
        .render(
            lang=_TAGS[language],
            title=f"{text('train-certificate', language)} · {one.id}",
            csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'",
            style=Markup(STYLE),  # noqa: S704 - our own
            parts=[_part(course, one, policy, each) for each in order],
            record=one.id,
        )
        .encode()
    )


def _part(course: Course, one: Pass, policy: Policy, language: str) -> dict[str, object]:
    """What the certificate says in one language."""
    person, title, months = policy.people[one.person], course.title, course.again_after_months
    facts = [
        (text("train-certificate-day", language), one.passed.isoformat()),
        (text("train-certificate-score", language), f"{one.score} %"),
        (text("train-certificate-version", language), str(one.version)),
        (text("train-certificate-holds", language), months_later(one.passed, months).isoformat()),
    ]
    return {
        "lang": _TAGS[language],
        "heading": text("train-certificate", language),
        "desk": policy.desk.name.said(language),
        "name": person.name.said(language),
        "said": text("train-certificate-said", language),
        "course": title.zh if language == "zh" else title.en,
        "facts": facts,
    }
