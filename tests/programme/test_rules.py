"""When something belongs to a year, and person-years as written."""

from datetime import date
from decimal import Decimal

import pytest

from app.programme.rules import hundredths, person_years, touches_year


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2", 200), ("0,5", 50), (" 1.25 ", 125), ("0", None), ("-1", None), ("1,234", None),
     ("101", None), ("to", None), ("", None), ("NaN", None), ("1e3", None), ("Infinity", None)],
)  # fmt: skip
def test_person_years_are_read_with_comma_or_point(text: str, expected: int | None) -> None:
    assert hundredths(text) == expected


def test_person_years_are_printed_without_idle_zeros() -> None:
    assert [str(person_years(one)) for one in (200, 50, 125, 0)] == ["2", "0.5", "1.25", "0"]
    assert person_years(1000) == Decimal(10)


def test_a_period_belongs_to_every_year_it_touches() -> None:
    assert touches_year(date(2009, 6, 1), None, 2010)
    assert touches_year(date(2010, 12, 31), date(2011, 1, 1), 2010)
    assert not touches_year(date(2011, 1, 1), None, 2010)
    assert not touches_year(date(2008, 1, 1), date(2009, 12, 31), 2010)
