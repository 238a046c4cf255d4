"""Public holidays of a country and year, as the library `holidays` knows them (its only importer).

Its working days count, not its dates: a make-up day (调休) is a weekend date on which one works, and a plain look
into the dates would take it for a weekend.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType
from typing import Any

from git_feedback.policy.calendar_files import WEEKDAYS

YEARS = range(2000, 2100)
STOPPED_AFTER = 5
"""A country that has moved no working days for so many years up to the newest notices does so no more."""
_CATEGORY_LABELS = ("observed_label", "estimated_label", "observed_estimated_label")


class Unknown(Exception):
    """The library cannot say; `code` and `values` find the words."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """Holidays and make-up days of one year.

    `lacking` says why the library's word is not the last one: `notice` (the country moves working days by a yearly
    notice that the library does not have yet), `sighting` (a date is an estimate); empty where nothing is lacking.
    """

    country: str
    year: int
    source: str
    lacking: str
    off: Mapping[date, str]
    work: tuple[date, ...]
    open_weekdays: tuple[str, ...]
    spoken: frozenset[str]
    """Every name that the library may have given to a date: a comment of these words is not a person's."""


def public_holidays(country: str, year: int, subdivision: str | None, language: str) -> PublicHolidays:
    """What the library knows of a year; names in `language` where it has them.  Raises Unknown."""
    library = _library()
    spoken = _of(library, country, subdivision, language, (year,))
    if not spoken:
        raise Unknown("calendar-no-holidays", country=_named(spoken), year=year, version=library.__version__)
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    dates = [first + timedelta(days=n) for n in range((after - first).days)]
    return PublicHolidays(
        country=_named(spoken),
        year=year,
        source=f"holidays {library.__version__}",
        lacking=_lacking(library, spoken, year),
        off={day: str(spoken[day]) for day in dates if day in spoken and not spoken.is_working_day(day)},
        work=tuple(day for day in dates if spoken.is_weekend(day) and spoken.is_working_day(day)),
        open_weekdays=tuple(
            name for name, day in zip(WEEKDAYS, _week(dates), strict=True) if not spoken.is_weekend(day)
        ),
        spoken=_names(spoken),
    )


def _library() -> ModuleType:
    try:
        return import_module("holidays")
    except ModuleNotFoundError:
        raise Unknown("calendar-library-missing") from None


def _of(library: ModuleType, country: str, subdivision: str | None, language: str, years: Iterable[int]) -> Any:
    """The library's own calendar (it has types of its own for every country, found by name only)."""
    countries = library.list_supported_countries()
    code = country.upper()
    if code not in countries:
        near = get_close_matches(code, countries, n=3, cutoff=0.5) or ["CN", "US", "DE"]
        raise Unknown("calendar-no-country", given=country[:20], near=tuple(sorted(near)))
    if subdivision is not None and subdivision not in countries[code]:
        parts = tuple(countries[code]) or ("–",)
        raise Unknown("calendar-no-subdivision", country=code, given=subdivision[:20], known=parts)
    return library.country_holidays(code, subdiv=subdivision, years=years, language=_code(library, code, language))


def _code(library: ModuleType, country: str, language: str) -> str | None:
    """The library's code of a language where it speaks it in a country, else that of the country's own."""
    known = library.country_holidays(country)
    wanted = {"zh": "zh_CN", "en": "en_US"}[language]
    found: str | None = wanted if wanted in known.supported_languages else known.default_language
    return found


def _named(calendar: Any) -> str:
    return f"{calendar.country}-{calendar.subdiv}" if calendar.subdiv else str(calendar.country)


def _lacking(library: ModuleType, calendar: Any, year: int) -> str:
    """Whether the year's notice or a moon is still to come.

    The library does not say how far its notices reach.  China has one each year, so the newest Chinese one tells it:
    a country whose last moved day lies not long before that still moves days, and years after it are guesses.
    """
    last = _last_moved(library, str(calendar.country))
    if last and last < year and last + STOPPED_AFTER >= _last_moved(library, "CN"):
        return "notice"
    labels = [str(calendar.tr(label)) for name, label in _labels(calendar).items() if "estimated" in name]
    marks = [label.replace("%s", "").strip() for label in labels]
    return "sighting" if any(mark in str(name) for mark in marks for name in calendar.values()) else ""


def _last_moved(library: ModuleType, country: str) -> int:
    """The last year with a working day on a weekend; 0 where there is none."""
    moved: set[date] = library.country_holidays(country, years=YEARS).weekend_workdays
    return max((day.year for day in moved), default=0)


def _labels(calendar: Any) -> dict[str, str]:
    return {name: str(label) for name in _CATEGORY_LABELS if (label := getattr(calendar, name, None))}


def _names(calendar: Any) -> frozenset[str]:
    """Names as they stand, and with every mark the library may add to them."""
    plain = {str(name) for name in calendar.values()}
    labels = [calendar.tr(label) for label in _labels(calendar).values()]
    return frozenset(plain | {label % name for label in labels for name in plain if label.count("%s") == 1})


def _week(dates: list[date]) -> list[date]:
    """One date for each weekday, from Monday."""
    return sorted(dates[:7], key=date.weekday)
