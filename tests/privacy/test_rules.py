"""One's own data is told in words, not in the names of the file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.privacy.rules import moment_in
from app.privacy.wording import word


def test_a_thing_without_a_name_of_its_own_goes_by_its_short_one() -> None:
    assert word("left_reason") == "Left reason"


def test_a_moment_is_told_as_a_moment() -> None:
    assert moment_in("2010-01-11T05:00:00+00:00") == datetime(2010, 1, 11, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["Tre små retter", "2010-01-11T05:00", "2010-01-11", "A", 3, None]
)
def test_other_values_are_no_moments(value: object) -> None:
    assert moment_in(value) is None
