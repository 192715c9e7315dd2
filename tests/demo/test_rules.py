"""Small worlds as their file says them, and what it leaves out."""

from __future__ import annotations

from app.demo.rules.seeds import DEFAULT_CAPACITY, SeedEvent


def test_named_people_are_enrolled_as_they_are_named() -> None:
    asked = {"slug": "dialog", "enrolments": [{"name": "Amina", "mail": "amina@mail.example"}]}
    [person] = SeedEvent.model_validate(asked).people
    assert (person.name, person.mail) == ("Amina", "amina@mail.example")


def test_a_number_stands_for_that_many_different_people() -> None:
    people = SeedEvent(slug="dialog", enrolments=3).people
    assert len({(person.name, person.mail) for person in people}) == 3


def test_without_a_capacity_there_is_room_for_all_who_are_enrolled() -> None:
    assert SeedEvent(slug="dialog", enrolments=3).seats == DEFAULT_CAPACITY
    assert SeedEvent(slug="dialog", enrolments=DEFAULT_CAPACITY + 1).seats == DEFAULT_CAPACITY + 1
    assert SeedEvent(slug="dialog", enrolments=3, capacity=2).seats == 2
