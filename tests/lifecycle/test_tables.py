"""Every table that hangs on an event is copied with it, or named with the reason why not."""

from __future__ import annotations

import pytest
from flask import Flask

from app.lifecycle import queries, rules


@pytest.mark.only_on("sqlite")
def test_each_table_has_its_place(app: Flask) -> None:
    assert queries.hanging() == {*rules.COPIED, *rules.DISCARDED, *rules.LEFT_BEHIND}
    assert all((rules.DISCARDED | rules.LEFT_BEHIND).values())


@pytest.mark.only_on("sqlite")
def test_none_has_two_places(app: Flask) -> None:
    places = [*rules.COPIED, *rules.DISCARDED, *rules.LEFT_BEHIND]
    assert len(places) == len(set(places))


@pytest.mark.only_on("sqlite")
def test_what_is_copied_comes_after_what_it_points_at(app: Flask) -> None:
    for place, name in enumerate(rules.COPIED):
        above = {parent for parent in queries.parents(name).values() if parent in rules.COPIED}
        assert above <= set(rules.COPIED[:place])
