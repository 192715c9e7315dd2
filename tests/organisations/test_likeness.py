"""Which names are like another: by the words that tell, a slip or an ending apart."""

from __future__ import annotations

from app.organisations.rules import likest

NEIGHBOURS = {number: f"Foreningen Solbjerg {number}" for number in range(100)}


def test_the_likest_name_stands_first_and_not_the_next_in_the_alphabet() -> None:
    others = {**NEIGHBOURS, 200: "Østerbro Klub", 201: "Somali-Kvindeforeningen i Valby"}
    assert likest("Somalisk Kvindeforening Valby", others)[0] == 201
    assert 200 not in likest("Somalisk Kvindeforening Valby", others)


def test_a_word_that_many_have_makes_nobody_alike() -> None:
    assert likest("Foreningen Havnen", NEIGHBOURS) == []


def test_a_slip_of_a_finger_is_the_same_word() -> None:
    assert likest("Tyrkisk Kulturcenter", {**NEIGHBOURS, 7: "Tyrkisk Kulturcentr"})[0] == 7
    assert likest("Bo", {1: "Bi"}) == []
    assert likest("", {1: "Bi"}) == []


def test_alike_names_stand_by_their_number() -> None:
    assert likest("Al-Nour", {5: "Al Nour", 3: "Nour"}) == [3, 5]
