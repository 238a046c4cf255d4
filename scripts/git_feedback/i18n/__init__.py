"""Every word the product says to people, in English and Chinese, under a code.

Catalogues are `locale/<language>/<room>.po`; the message id is a code such as `unknown-channel`, the same in every
language, and the words hold `{name}` places.  A plural is a `msgid_plural` with the same code.
"""

from git_feedback.i18n.catalogues import LANGUAGES, codes, halves, language_of, text
from git_feedback.i18n.cities import zones_of_city

__all__ = ["LANGUAGES", "codes", "halves", "language_of", "text", "zones_of_city"]
