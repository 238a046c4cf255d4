"""What a row is made of, whatever table it is in."""

from datetime import date, datetime

Cell = str | int | float | bool | datetime | date | None
Row = tuple[Cell, ...]


def month_of(day: date) -> str:
    """The month of a day, such as `2026-10`."""
    return f"{day.year:04}-{day.month:02}"
