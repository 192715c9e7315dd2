"""Every column that tells of a person says why, by which law, how long, and what then; and so."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, Enum, LargeBinary, String

from app.core.access import StaffRole
from app.core.database import Base
from app.core.personal import KeptFor, mark_of
from app.core.unit_of_work import unit_of_work
from app.privacy import queries, rules, services
from app.privacy.desk import words
from tests.factories import sign_in_staff
from tests.house import impersonal
from tests.pages import InspectingClient
from tests.privacy.test_services import WHO, live_through_everything, traces


def can_tell(column: Column[object]) -> bool:
    """Names, addresses, free texts, answers, codes, pictures: whatever holds more than a number,
    a moment, or a word from a closed list."""
    kinds = (String, JSON, LargeBinary)
    return isinstance(column.type, kinds) and not isinstance(column.type, Enum)


def columns() -> dict[str, Column[object]]:
    return {
        f"{table.name}.{column.name}": column
        for table in Base.metadata.tables.values()
        for column in table.columns
    }


@pytest.mark.only_on("sqlite")
def test_each_column_that_can_tell_of_a_person_is_marked_or_said_not_to(app: Flask) -> None:
    unmarked = {
        name
        for name, column in columns().items()
        if can_tell(column)
        and mark_of(column) is None
        and column.table.name not in impersonal.TABLES
    }
    assert unmarked == set(impersonal.COLUMNS)
    marked = {column.table.name for column in columns().values() if mark_of(column)}
    assert not marked & set(impersonal.TABLES)
    assert set(impersonal.TABLES) <= {column.table.name for column in columns().values()}


@pytest.mark.only_on("sqlite")
def test_each_table_that_tells_of_a_person_is_told_to_them_or_says_why_not(app: Flask) -> None:
    marked = {column.table.name for column in columns().values() if mark_of(column)}
    assert marked == set(rules.TOLD_BY) | set(rules.NOT_TOLD)
    assert not set(rules.TOLD_BY) & set(rules.NOT_TOLD)
    assert set(rules.TOLD_BY.values()) <= set(queries.KEEPERS)


def test_what_a_person_leaves_is_marked_and_gone_once_they_are_erased(app: Flask) -> None:
    live_through_everything()
    left = traces()
    assert [name for name in left if mark_of(columns()[name]) is None] == []
    with unit_of_work():
        services.erase(WHO.email)
    assert traces() == []


def test_what_is_told_of_a_person_covers_all_that_they_left(app: Flask) -> None:
    live_through_everything()
    tables = {name.partition(".")[0] for name in traces()}
    told = queries.everything(WHO.email)["persons"][0]  # type: ignore[index]
    empty = {part for part, kept in told.items() if not any(kept.values())}
    assert {table for table in tables if rules.TOLD_BY.get(table) in empty} == set()


def test_the_team_reads_the_record(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ANALYST)
    text = client.page("/desk/privacy/").text
    assert "enrolments.food" in text and "people.email" in text
    for told in (words.PURPOSES, words.DEADLINES, words.ENDINGS, words.BASES):
        assert all(told.values())
    used = {mark.purpose for mark in queries.record()}
    assert used == set(KeptFor) == set(words.PURPOSES)
