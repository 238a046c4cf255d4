"""Words: Latin ones whole, Chinese runs as they stand, and terms that make two texts comparable."""

import re

from git_feedback.text.characters import HAN
from git_feedback.text.folding import fold

# A word of letters, digits and underscores that are not Han; an apostrophe between letters belongs to it.
LATIN_WORD = rf"(?:(?![{HAN}])\w)+(?:['’](?:(?![{HAN}])[^\W\d_])+)*"

_WORD = re.compile(rf"[{HAN}]+|{LATIN_WORD}")
_HAN = re.compile(rf"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)*")
_OTHER = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]+")
_ADDRESS = re.compile(r"https?://[^\s\u3000-\u9fff\uff00-\uffef]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}")

# A Chinese word has about one and a half characters; product names in Latin letters abound in Chinese sentences,
# so a fifth of the words is enough to call a text Chinese.
_CHARACTERS_A_WORD = 1.5
_FAIR_SHARE = 0.2


def words(text: str) -> list[str]:
    """The words in order, as they are spelt: `App闪退了 don't` gives `App`, `闪退了`, `don't`."""
    return _WORD.findall(text)


def terms(text: str) -> list[str]:
    """Comparable terms in order: folded Latin words, and every two neighbouring Han characters of a run.

    A run of one character is its own term: `收銀臺 App` gives `收银`, `银台`, `app`.
    """
    return [term for word in words(fold(text)) for term in _terms_of(word)]


def language(text: str) -> str:
    """`zh`, `en`, or `und` where neither can be told: no words at all, or mostly another script.

    Latin script counts as English.  A text with a fair share of Chinese is Chinese; web and mail addresses do not count.
    """
    plain = _ADDRESS.sub(" ", text)
    chinese = len(_HAN.findall(plain)) / _CHARACTERS_A_WORD
    latin = len(_LATIN.findall(plain))
    other = len(_OTHER.findall(plain))
    if other > max(chinese, latin) or not (chinese or latin):
        return "und"
    return "zh" if chinese >= _FAIR_SHARE * (chinese + latin) else "en"


def _terms_of(word: str) -> list[str]:
    if len(word) == 1 or not _HAN.match(word):
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
