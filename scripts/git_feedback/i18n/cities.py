"""Cities by the names that people give them in their language, for whoever is asked for a zone."""


def zones_of_city(city: str, language: str) -> list[str]:
    """The zones whose city has this name in `language` (`上海` gives Asia/Shanghai), as the tables of CLDR have it."""
    from babel import Locale

    return sorted(zone for zone, words in Locale(language).time_zones.items() if words.get("city") == city)
