import pytest

from git_feedback.clock import Duration


@pytest.mark.parametrize(
    ("text", "seconds", "working_days", "calendar"),
    [
        ("30m", 1800, None, None),
        ("2h", 7200, None, None),
        ("24h@24x7", 86400, None, "24x7"),
        ("90m@office", 5400, None, "office"),
        ("16h@华东-门店", 57600, None, "华东-门店"),
        ("3wd", None, 3, None),
    ],
)
def test_a_duration_is_read_and_written_back(
    text: str, seconds: int | None, working_days: int | None, calendar: str | None
) -> None:
    duration = Duration.parse(text)
    assert (duration.seconds, duration.working_days, duration.calendar) == (seconds, working_days, calendar)
    assert str(duration) == text


def test_sixty_minutes_are_one_hour_however_they_are_written() -> None:
    assert Duration.parse("60m") == Duration.parse("1h")
    assert hash(Duration.parse("60m")) == hash(Duration.parse("1h"))
    assert str(Duration.parse("60m")) == "60m"


def test_an_hour_of_another_calendar_is_another_duration() -> None:
    assert Duration.parse("1h") != Duration.parse("1h@24x7")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "h",
        "2 h",
        " 2h",
        "2h\n",
        "0h",
        "02h",
        "-2h",
        "1.5h",
        "2H",
        "2d",
        "2h30m",
        "2h@",
        "2h@@24x7",
        "2h@-x",
        "２h",
        "两小时",
        "9999999h",
    ],
)
def test_any_other_text_is_refused_with_the_forms_that_are_known(text: str) -> None:
    with pytest.raises(
        ValueError, match="is not a duration; write minutes, hours or working days: 30m, 2h, 24h@24x7, 3wd"
    ):
        Duration.parse(text)


def test_working_days_of_a_named_calendar_are_refused_with_the_way_out() -> None:
    with pytest.raises(ValueError, match="always those of the office calendar; write 3wd"):
        Duration.parse("3wd@24x7")
