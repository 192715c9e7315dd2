"""What a letter to many says to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.mailings.rules import filling, states
from app.mailings.rules.filling import Addressee, Planned, Wording

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
AMINA = Addressee(1, "Amina", "amina@post.example", 11, "da", "https://torvet.example/1", "/1")
EVENT = {"da": "Forældredialog", "en": "Parent dialogue"}


def wording(text: str, subject: str = "Hej", **more: str) -> Wording:
    """A letter in Danish, and in the languages given beside it."""
    texts = {"da": text, **more}
    labels = {"da": "Åbn din side", "en": "Open your page"}
    return Wording(dict.fromkeys(texts, subject), texts, EVENT, labels)


def letter(text: str, subject: str = "Hej", to: Addressee = AMINA) -> Planned:
    """The one letter that goes to one addressee."""
    (only,) = filling.planned([to], wording(text, subject))
    return only


def test_placeholders_stand_for_name_event_and_link() -> None:
    written = letter("Kære {navn}\n\n{arrangement}: {link}", "{arrangement}, {navn}")
    assert written.subject == "Forældredialog, Amina"
    assert written.text == "Kære Amina\n\nForældredialog: [Åbn din side](https://torvet.example/1)"


def test_a_link_with_words_of_its_own_keeps_them() -> None:
    assert letter("Se [pladsen]({link})").text == "Se [pladsen](https://torvet.example/1)"


@pytest.mark.parametrize("name", ["{link}", "**fed**", "[her](https://evil.example)", "<b>x</b>"])
def test_a_name_has_no_effect_in_the_text(name: str) -> None:
    written = letter("Kære {name}", to=replace(AMINA, name=name))
    assert "torvet.example" not in written.text
    assert not any(sign in written.text.replace("\\" + sign, "") for sign in "*[<")


def test_a_name_cannot_begin_another_header() -> None:
    written = letter("Hej", "Til {navn}", replace(AMINA, name="A\r\nBcc: alle@post.example"))
    assert written.subject == "Til A Bcc: alle@post.example"


def test_a_long_name_still_fits_the_subject() -> None:
    assert len(letter("Hej", "{navn} " * 20, replace(AMINA, name="a" * 200)).subject) == 300


def test_pictures_from_elsewhere_are_no_pictures() -> None:
    assert "\\![x]" in letter("![x](https://elsewhere.example/1.png)").text


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("{navn} {link}", []), ("{fornavn}", ["fornavn"]), ("{}", [""]), ("{", []), ("a } b {", [])],
)
def test_only_fixed_words_stand_in_braces(text: str, unknown: list[str]) -> None:
    assert filling.unknown_words(text) == unknown


def test_each_reads_their_own_language_and_danish_where_it_is_missing() -> None:
    people = [AMINA, replace(AMINA, subject_id=2, email="b@post.example", language="en")]
    people.append(replace(AMINA, subject_id=3, email="c@post.example", language="ar"))
    letters = filling.planned(people, wording("Hej {arrangement}", en="Hello {event}"))
    assert [one.text for one in letters] == [
        "Hej Forældredialog",
        "Hello Parent dialogue",
        "Hej Forældredialog",
    ]
    assert [one.language for one in letters] == ["da", "en", "da"]
    assert filling.without_text(letters) == {"ar": 1}
    assert [one.to.language for one in filling.one_of_each(letters)] == ["da", "en", "ar"]


def test_a_shared_mailbox_gets_one_letter_for_each_person() -> None:
    people = [AMINA, replace(AMINA, subject_id=2, name="Bo", person_id=12)]
    assert len(filling.planned(people, wording("Hej"))) == 2


def test_nobody_gets_the_same_letter_twice_and_it_stands_with_both() -> None:
    people = [AMINA, replace(AMINA, subject_id=2)]
    (only,) = filling.planned(people, wording("Hej {navn}"))
    assert only.subject_ids == (1, 2)
    (only,) = filling.planned([AMINA, AMINA], wording("Hej {navn}"))
    assert only.subject_ids == (1,)
    apart = [AMINA, replace(AMINA, subject_id=2, link="https://torvet.example/2")]
    assert len(filling.planned(apart, wording("Se {link}"))) == 2


def test_letters_leave_no_sooner_than_they_can_be_called_back() -> None:
    assert states.leaves_at(NOW, None) == NOW + timedelta(minutes=2)
    assert states.leaves_at(NOW, NOW + timedelta(seconds=5)) == NOW + timedelta(minutes=2)
    assert states.leaves_at(NOW, NOW + timedelta(days=1)) == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("wait", "possible"),
    [(timedelta(0), False), (timedelta(1), True), (timedelta(60), True), (timedelta(61), False)],
)
def test_a_letter_waits_for_a_time_to_come_but_not_for_ever(
    wait: timedelta, possible: bool
) -> None:
    assert states.can_wait_until(NOW, NOW + wait) is possible
