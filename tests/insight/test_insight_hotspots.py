"""Areas by categories: counts as they are, and hot only what area and category alone do not explain."""

from itertools import count
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.rising_items import came, stood

from git_feedback.insight.hotspots import PLACES, heat, places, residual
from git_feedback.model import Item
from git_feedback.model.item import Point

PAY, SHIP = "product/payment", "service/logistics"


def table(**rows: tuple[int, int]) -> list[Item]:
    """Items by area: so many about paying, so many about delivery."""
    numbers = count()
    return [
        came(next(numbers), 3, area=area, category=category)
        for area, row in rows.items()
        for category, n in zip((PAY, SHIP), row, strict=True)
        for _ in range(n)
    ]


def test_areas_and_categories_stand_from_the_largest_to_the_smallest() -> None:
    found = heat(stood([*table(上海=(2, 1), 北京=(3, 4)), came(900, 3, category=PAY), came(901, 3, area="北京")]))
    assert found.areas == ("北京", "上海")
    assert found.categories == (PAY, SHIP, "unclassified")
    assert found.counts == ((3, 4, 1), (2, 1, 0))
    assert (found.total, found.without_area) == (11, 1)


def test_the_residual_is_that_of_haberman_worked_by_hand() -> None:
    # row 30 of 100, column 40 of 100: 12 expected, variance 12 x 0.7 x 0.6
    assert residual(20, 30, 40, 100) == pytest.approx((20 - 12) / sqrt(12 * 0.7 * 0.6))
    assert residual(20, 100, 40, 100) is None, "one area alone cannot have more than its share"


def test_a_cell_is_hot_that_area_and_category_do_not_explain() -> None:
    found = heat(stood(table(上海=(2, 12), 北京=(20, 4), 广州=(18, 4))))
    [hot] = found.spots
    assert (hot.area, hot.category, hot.count) == ("上海", SHIP, 12)
    assert hot.expected == pytest.approx(14 * 20 / 60, abs=0.01)
    assert len(hot.items) == 12
    assert found.hot == {("上海", SHIP)}


def test_a_large_area_alone_is_no_hot_spot() -> None:
    assert heat(stood(table(上海=(40, 20), 北京=(4, 2)))).spots == ()


def test_fewer_than_five_are_no_hot_spot_however_rare() -> None:
    assert heat(stood(table(上海=(0, 4), 北京=(60, 0)))).spots == ()
    assert [one.area for one in heat(stood(table(上海=(0, 5), 北京=(60, 0)))).spots] == ["上海"]


def test_what_nobody_classified_is_never_hot() -> None:
    unknown = [came(500 + n, 3, area="上海") for n in range(9)]
    assert [one.category for one in heat(stood([*unknown, *table(北京=(40, 2))])).spots] == []


def test_nothing_with_an_area_is_an_empty_table() -> None:
    found = heat(stood([came(1, 3)]))
    assert (found.areas, found.counts, found.spots, found.total, found.without_area) == ((), (), (), 0, 1)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=5))
def test_the_residuals_of_a_row_of_two_cells_are_opposite(rows: list[tuple[int, int]]) -> None:
    columns = [sum(side) for side in zip(*rows, strict=True)]
    for row in rows:
        one, other = (residual(row[side], sum(row), columns[side], sum(columns)) for side in (0, 1))
        if one is not None and other is not None:
            assert one == pytest.approx(-other)


# ---- by coordinates ---------------------------------------------------------------------------------------------------


def at(n: int, latitude: str, longitude: str, area: str = "上海") -> Item:
    return came(n, 3, area=area, point=Point.model_validate({"lat": latitude, "lon": longitude}))


def test_doors_of_one_street_are_one_place_and_nobody_can_read_the_door() -> None:
    found = places(stood([at(1, "31.23041", "121.47371"), at(2, "31.23049", "121.47379"), came(3, 3)]))
    [spot] = found.spots
    assert (spot.latitude, spot.longitude, spot.count, spot.name) == (31.2305, 121.4735, 2, "上海")
    assert found.unplaced == 1


def test_places_south_and_west_are_no_neighbours_of_those_north_and_east() -> None:
    found = places(stood([at(1, "-0.0004", "-0.0004"), at(2, "0.0004", "0.0004")]))
    assert [(one.latitude, one.longitude) for one in found.spots] == [(-0.0005, -0.0005), (0.0005, 0.0005)]


def test_many_places_are_gathered_on_a_wider_grid_and_none_is_lost() -> None:
    found = places(stood([at(n, f"{31 + n / 100}", f"{121 + n / 90:.4f}") for n in range(200)]))
    assert len(found.spots) <= PLACES
    assert sum(one.count for one in found.spots) == 200


def test_the_pole_stays_on_the_earth() -> None:
    assert places(stood([at(1, "90", "180")])).spots[0].latitude == 90.0


def test_without_coordinates_there_is_no_place() -> None:
    assert places(stood([came(1, 3)])).spots == ()
