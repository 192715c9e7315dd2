"""Finding people by name at the door, online and from a phone that the lead has unlocked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask

from app.checkin.queries.people import MOST, found_by_name
from app.checkin.queries.searches import searches_of
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.folding import is_named
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.devices.models import Device
from app.devices.queries.devices import device
from app.devices.services import devices
from app.workshops.services import changing, leaving
from app.workshops.services.changing import Change
from tests.checkin.making import Made, deliver, scan, workshop
from tests.core.test_folding import CASES
from tests.door import phone
from tests.factories import bearer, sign_in_staff
from tests.pages import InspectingClient
from tests.statements import Statements

PEOPLE = "/api/v1/checkin/people"
NAMES = "/api/v1/checkin/names"
NAMED = (
    "Fatima al-Zahra Hassan Nur",
    "Åse Øby",
    "Bo Lund",
    "Çelik Öz",
    "Bodil Hassan",
    "Mads 100% Jensen",
)
Counting = Callable[[], AbstractContextManager[Statements]]


def search(client: InspectingClient, made: Made, text: str, gate: str = "A") -> list[Any]:
    headers = bearer(made.tokens[gate])
    answer = client.get(PEOPLE, query_string={"q": text}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json["people"]  # type: ignore[index]
    return found


def kept(made: Made, gate: str = "A") -> Device:
    return device(made.event.id, int(made.scanner(gate).name))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bo", ["Bo Lund", "Bodil Hassan"]),
        ("hassan", ["Bodil Hassan", "Fatima al-Zahra Hassan Nur"]),
        ("zahra", ["Fatima al-Zahra Hassan Nur"]),
        ("NUR", ["Fatima al-Zahra Hassan Nur"]),
        ("hassan fat", ["Fatima al-Zahra Hassan Nur"]),
        ("celik", ["Çelik Öz"]),
        ("aase øby", ["Åse Øby"]),
        ("100%", ["Mads 100% Jensen"]),
        ("%", []),
        ("assan", []),
        ("mail.example", []),
        ("bo bo@mail", []),
        ("", []),
        ("x" * 5000, []),
        ("\x00", []),
    ],
)
def test_a_name_is_found_by_the_beginning_of_its_words(
    client: InspectingClient, text: str, names: list[str]
) -> None:
    made = workshop(names=NAMED)
    assert sorted(one["name"] for one in search(client, made, text)) == names


def test_the_door_finds_every_name_of_the_case_file_as_the_rules_do(app: Flask) -> None:
    names = [case["name"] for case in CASES]
    made = workshop(names=tuple(names))
    for case in CASES:
        for text in (*case["found"], *case["missed"]):
            fitting = {name for name in names if is_named(name, text)}
            assert (case["name"] in fitting) == (text in case["found"])
            found = {holder.name for holder in found_by_name(made.event.id, text)}
            assert found == fitting or len(found) == MOST, text


def test_whoever_is_called_as_was_typed_is_found_among_many_like_it(app: Flask) -> None:
    """Joe and all Johns begin alike for the index."""
    johns = tuple(f"John {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    made = workshop(names=(*johns, "Zoe Joe", "Ali bin Omar al-Rashid Nur Joe"))
    found = [holder.name for holder in found_by_name(made.event.id, "joe")]
    assert found[:2] == ["Ali bin Omar al-Rashid Nur Joe", "Zoe Joe"]
    assert len(found) == MOST


def test_what_is_found_tells_state_notes_and_the_first_arrival_but_no_mail(
    client: InspectingClient,
) -> None:
    made = workshop(seats=2)
    deliver(made, "B", scan("s1", made.codes[0], gate="B"))
    with unit_of_work():
        changing.change(made.enrolments[0], Change("Amina Yusuf", 2, interpreter="arabisk"))
        leaving.cancel(made.enrolments[1])
    (amina,), (bo,) = search(client, made, "yusuf"), search(client, made, "lund")
    assert (amina["seats"], amina["state"], amina["first"]["gate"]) == (2, "valid", "B")
    assert "arabisk" in amina["notes"]
    assert (bo["state"], "first" in bo) == ("cancelled", False)
    assert "@" not in str([amina, bo])
    (again,) = deliver(made, "A", scan("s2", amina["short"]))
    assert again["verdict"] == "already"


def test_of_a_group_that_came_in_parts_it_is_told_how_many_have_come(
    client: InspectingClient,
) -> None:
    made = workshop(seats=5)
    told = []
    for place, admits in ((0, 2), (0, 1), (0, 9), (1, None)):
        part = {} if admits is None else {"admits": admits}
        deliver(made, "A", scan(f"s{len(told)}", made.codes[place], **part))
        (found,) = search(client, made, "yusuf" if place == 0 else "lund")
        told.append((found["came"], found["seats"]))
    assert told == [(2, 5), (3, 5), (5, 5), (5, 5)]
    (nobody,) = search(client, made, "çelik")
    assert "came" not in nobody and "first" not in nobody


def test_a_changed_name_is_found_and_the_old_one_is_not(client: InspectingClient) -> None:
    made = workshop()
    with unit_of_work():
        changing.change(made.enrolments[0], Change("Amina Bint Nur", 1, still_me=True))
        changing.reissue(made.enrolments[0])
    assert search(client, made, "yusuf") == []
    assert len(search(client, made, "nur")) == len(search(client, made, "bint n")) == 1


def test_other_events_are_not_searched_and_few_statements_suffice(
    client: InspectingClient, statements: Counting
) -> None:
    made = workshop(names=tuple(f"Ali Guest{n}" for n in range(30)))
    workshop("other", tuple(f"Ali Stranger{n}" for n in range(5)))
    with statements() as seen:
        found = search(client, made, "ali")
    assert len(seen) <= 3, str(seen)
    assert len(found) == 20
    assert search(client, made, "stranger") == []


def test_the_right_to_search_is_needed_and_a_revoked_phone_finds_nobody(
    client: InspectingClient,
) -> None:
    made = workshop()
    with unit_of_work():
        devices.change_device(kept(made), "A", ["scan"])
        devices.revoke(kept(made, "B"))
    for gate in "AB":
        for address in (f"{PEOPLE}?q=bo", NAMES):
            answer = client.get(address, headers=bearer(made.tokens[gate]))
            assert answer.status_code == 403
            assert answer.content_type == "application/problem+json"


def test_names_leave_while_unlocked_under_the_leads_word_alone(client: InspectingClient) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    locked = client.get(NAMES, headers=headers)
    assert locked.status_code == 403
    with unit_of_work():
        word = devices.unlock_names(kept(made), made.event)
    answer: Any = client.get(NAMES, headers=headers).json
    assert "Amina" not in str(answer)
    lines = phone.names(f"{word[:5]}-{word[5:]}".upper(), answer)
    assert [line[0] for line in lines] == ["Amina Yusuf", "Bo Lund", "Çelik Öz"]
    assert lines[0][1:] == [made.shorts[0], phone.key_of(made.codes[0]), 1, "", "valid"]
    with pytest.raises(InvalidTag):
        phone.names("abcdefghjk", answer)
    assert client.get(NAMES, headers=bearer(made.tokens["B"])).status_code == 403


def test_names_end_with_the_event_or_when_the_lead_locks_them(client: InspectingClient) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    with unit_of_work():
        devices.unlock_names(kept(made), made.event)
    with at_moment(made.event.ends_at + timedelta(seconds=1)):
        assert client.get(NAMES, headers=headers).status_code == 403
    with unit_of_work():
        devices.lock_names(kept(made))
    assert client.get(NAMES, headers=headers).status_code == 403


def test_names_are_not_fetched_without_end(client: InspectingClient) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    answers = [client.get(NAMES, headers=headers).status_code for _ in range(21)]
    assert answers == [403] * 20 + [429]


def ten_minutes(later: int = 0) -> AbstractContextManager[object]:
    """Within one of the ten minutes by which searches are counted, or of those after it."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at_moment(hour + timedelta(minutes=10 * later, seconds=30))


def test_the_list_is_not_copied_by_short_searches_and_the_lead_sees_each(
    client: InspectingClient,
) -> None:
    made = workshop()
    pairs = [one + other for one in "abcdefgh" for other in "abcdefghij"]
    with ten_minutes():
        answers = [
            client.get(f"{PEOPLE}?q={pair}", headers=bearer(made.tokens[gate]))
            for gate, times in (("A", 70), ("B", 3))
            for pair in pairs[:times]
        ]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 10 + [200] * 3
    assert answers[60].content_type == "application/problem+json"
    assert "Retry-After" in answers[60].headers
    listed = {row.gate: row for row in searches_of(made.event.id)}
    assert (listed["A"].searches, listed["A"].short, listed["A"].refused) == (70, 70, 10)
    assert (listed["B"].searches, listed["B"].refused) == (3, 0)
    db.session.rollback()
    sign_in_staff(client, StaffRole.DOOR)
    assert "73" in client.page("/desk/door/dialog").text
    assert "70" in client.page("/desk/door/dialog/searches").text
    with ten_minutes(later=1):
        assert search(client, made, "am") != []
