"""Both languages everywhere: what a page says comes from the catalogues, and figures are written as the language does."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.messages.pofile import read_po
from tests.sample_desk import ROOT

from git_feedback.i18n import LANGUAGES, text

TEMPLATES = sorted((ROOT / "scripts/git_feedback/pages/templates").glob("*.html"))
SCRIPTS = sorted((ROOT / "site/theme/assets").glob("*.js"))
OVERRIDES = sorted((ROOT / "site/theme/overrides").rglob("*.html"))
LOCALE = ROOT / "scripts/git_feedback/i18n/locale"
OUTSIDE = {"outbox", "counter", "learning"}
HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
WORD = re.compile(rf"{HAN}|[A-Za-z]{{2,}}")
SHOWN = re.compile(r"\b(?:aria-label|title|alt|placeholder|aria-description|aria-roledescription)=\"([^\"]*)\"")
CODE = re.compile(r"<(code|style|script)\b.*?</\1>", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def bare(template: str) -> list[str]:
    """The words that a template itself says: in its text, and in what is read aloud of its tags."""
    left = JINJA.sub("", CODE.sub("", re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)))
    left = re.sub(r"<!--.*?-->", "", left, flags=re.DOTALL)
    heard = " ".join(SHOWN.findall(left))
    left = re.sub(r"\s[a-z-]+=\"[^\"]*\"", " ", left)
    return WORD.findall(re.sub(r"&[a-z]+;", " ", f"{heard} {re.sub(r'<[^>]*>', ' ', left)}"))


@pytest.mark.parametrize("path", [*TEMPLATES, *OVERRIDES], ids=lambda path: path.name)
def test_no_template_says_a_word_of_its_own(path: Path) -> None:
    assert bare(path.read_text("utf-8")) == []


def test_the_search_for_words_in_templates_finds_them() -> None:
    said = (
        '<p>队列 {{ x }}</p><a aria-label="Open it">{# no #}<code>git</code>&nbsp;</a><b>{% if y %}late{% endif %}</b>'
    )
    assert bare(said) == ["Open", "it", "队", "列", "late"]


# ---- scripts ----------------------------------------------------------------------------------------------------------

_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", re.DOTALL)
_SENTENCE = re.compile(r"\b[A-Z][a-z]+ [a-z]{2,}|\b[a-z]{2,} [a-z]{2,} [a-z]{2,}")
_SAID = re.compile(
    r"(?:\.(?:textContent|innerText|placeholder|title|alt|ariaLabel)\s*=|setAttribute\(\s*\"(?:aria-label|title|alt|placeholder)\"\s*,)"
    r"\s*(\"[^\"]*\"|'[^']*')"
)
_NOT_SAID = re.compile(
    r"querySelector|className|classList|closest\(|matches\(|use strict|throw new Error|\.split\(\" \"\)"
)


def spoken(script: str) -> list[str]:
    """The words that a script itself says: literals that are sentences, hold Han, or are put where people read them."""
    code = _COMMENT.sub("", script)
    found = [literal for literal in _SAID.findall(code) if WORD.search(literal)]
    for row in code.splitlines():
        if not _NOT_SAID.search(row):
            literals = (re.sub(r"\$\{[^}]*\}", "", one) for one in _STRING.findall(row))
            found += [one for one in literals if re.search(HAN, one) or _SENTENCE.search(one)]
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_says_a_word_of_its_own(path: Path) -> None:
    assert spoken(path.read_text("utf-8")) == []


def test_the_search_for_words_in_scripts_finds_them() -> None:
    assert spoken('a.textContent = "late";') == ['"late"']
    assert spoken("const a = say(\"late\"); // It is late now\nb('超时')") == ["'超时'"]
    assert spoken("c = `Sorted by ${n}`;") == ["`Sorted by `"]
    assert spoken('document.querySelector("main ul li a");') == []


# ---- figures and dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sign_of_percent_never_touches_its_figure(language: str) -> None:
    """`94 %` on every page, in words as in charts, cells and badges; texts that go out follow their own templates."""
    for path in (path for path in (LOCALE / language).glob("*.po") if path.stem not in OUTSIDE):
        with path.open("rb") as file:
            for message in read_po(file, charset="utf-8"):
                for said in (message.string,) if isinstance(message.string, str) else message.string or ():
                    assert not re.search(r"[0-9}]%", said), message.id


@pytest.mark.parametrize(("language", "locale", "form"), [("en", "en_GB", "d MMM"), ("zh", "zh_CN", "M月d日")])
def test_short_dates_are_those_of_the_locale(language: str, locale: str, form: str) -> None:
    """Our own short form (`24 Nov`, `11 月 24 日`), with the space that Chinese gets in this house."""
    months = text("page-months", language).split("|")
    for month in range(1, 13):
        ours = text("page-date", language, None, year=2026, month=months[month - 1], day=24)
        theirs = format_date(date(2026, month, 24), form, locale=locale).replace("Sept", "Sep")
        assert ours.replace(" ", "") == theirs.replace(" ", "")
