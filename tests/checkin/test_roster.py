"""The list that phones take along: whole, by differences, readable by the code alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from app.checkin import jobs
from app.checkin.queries import roster as reads
from app.checkin.services import terms
from app.core import clock
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.lifecycle.services import telling
from app.workshops.services import changing, enrolling, leaving, planning
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, deliver, scan, workshop
from tests.door import phone
from tests.factories import api_token, bearer
from tests.pages import InspectingClient
from tests.statements import Statements

ROSTER = "/api/v1/checkin/roster"
Counting = Callable[[], AbstractContextManager[Statements]]


def roster(client: InspectingClient, made: Made, since: int | None = None) -> dict[str, Any]:
    """The list as the phone at gate A gets it."""
    address = ROSTER if since is None else f"{ROSTER}?since={since}"
    answer = client.get(address, headers=bearer(made.tokens["A"]))
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json  # type: ignore[assignment]
    return read


def entry_of(listed: dict[str, Any], code: str) -> dict[str, Any]:
    """The one entry of a code."""
    (entry,) = [one for one in listed["entries"] if one["key"] == phone.key_of(code)]
    return dict(entry)


def test_the_code_finds_and_opens_its_entry_and_no_other(client: InspectingClient) -> None:
    made = workshop()
    listed = roster(client, made)
    assert listed["since"] is None
    assert len(listed["entries"]) == 3
    first = entry_of(listed, made.codes[0])
    assert phone.opened(made.codes[0], first) == {"name": "Amina Yusuf", "notes": "", "seats": 1}
    assert first["state"] == "valid"
    with pytest.raises(InvalidTag):
        phone.opened(made.codes[1], first)


def test_nothing_personal_stands_in_the_clear(client: InspectingClient) -> None:
    made = workshop()
    with unit_of_work():
        changing.change(
            made.enrolments[0], Change("Amina Yusuf", 1, interpreter="arabisk", access="rampe")
        )
    listed = roster(client, made)
    text = json.dumps(listed, ensure_ascii=False)
    for word in ("Amina", "Yusuf", "Lund", "mail.example", "arabisk", *made.codes, *made.shorts):
        assert word not in text
    notes = phone.opened(made.codes[0], entry_of(listed, made.codes[0]))["notes"]
    assert "arabisk" in notes
    assert "rampe" in notes


def test_the_head_tells_event_keys_and_doors_as_text_and_milliseconds(
    client: InspectingClient,
) -> None:
    made = workshop()
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(opens_at=made.event.starts_at), "A")
        terms.set_terms(made.event.id, DoorTerms(reentry=False))
    listed = roster(client, made)
    ends = int(made.event.ends_at.timestamp() * 1000)
    assert listed["event"]["id"] == str(made.event.id)
    assert abs(listed["event"]["wipe_at"] - ends) <= 1
    assert len(bytes.fromhex(listed["public_key"])) == 32
    assert len(phone.decoded(listed["seal_key"])) == 65
    assert listed["doors"]["entry"] == {"entries": "once", "reentry": False}
    assert [one["gate"] for one in listed["doors"]["terms"]] == ["", "A"]
    assert isinstance(listed["doors"]["sessions"][0]["id"], str)


def test_a_difference_holds_what_changed_and_no_more(client: InspectingClient) -> None:
    made = workshop()
    version = roster(client, made)["version"]
    assert roster(client, made, version)["entries"] == []
    with unit_of_work():
        leaving.cancel(made.enrolments[1])
    changed = roster(client, made, version)
    assert changed["since"] == version
    assert changed["version"] > version
    assert [one["state"] for one in changed["entries"]] == ["cancelled"]
    assert changed["revoked"] == [str(made.tickets[1])]


def test_differences_lead_to_the_full_list_whatever_happened(client: InspectingClient) -> None:
    made = workshop(capacity=3)
    held = {one["key"]: one for one in roster(client, made)["entries"]}
    version = roster(client, made)["version"]

    def enrol(name: str, mail: str) -> None:
        enrolling.enrol("dialog", Wish(name, mail, seats=1), letters=False)

    for change in (
        lambda: enrol("Dina Ek", "d@mail.example"),
        lambda: changing.change(
            made.enrolments[0], Change("Amina Y. Nur", 1, access="rampe", still_me=True)
        ),
        lambda: leaving.cancel(made.enrolments[1]),
        lambda: changing.reissue(made.enrolments[2]),
        lambda: planning.set_capacity(made.event.id, 9),
        lambda: planning.move_up(made.event.id),
        lambda: enrol("Eva Frost", "e@mail.example"),
        lambda: changing.change(made.enrolments[2], Change("Çelik Öz", 4)),
    ):
        with unit_of_work():
            change()
        changed = roster(client, made, version)
        held |= {one["key"]: one for one in changed["entries"]}
        version = changed["version"]
    full = roster(client, made)
    assert held == {one["key"]: one for one in full["entries"]}
    assert full["version"] == version
    assert {one["state"] for one in full["entries"]} == {"valid", "cancelled", "revoked"}
    assert len(full["revoked"]) == 2


def test_a_replaced_ticket_tells_no_name_and_a_group_tells_its_seats(
    client: InspectingClient,
) -> None:
    made = workshop(seats=3)
    with unit_of_work():
        renewed = changing.reissue(made.enrolments[0])
    listed = roster(client, made)
    old, new = entry_of(listed, made.codes[0]), entry_of(listed, renewed.ticket.code)
    assert old["state"] == "revoked"
    assert phone.opened(made.codes[0], old)["name"] == ""
    assert (new["kind"], new["seats"]) == ("group", 3)
    assert phone.opened(renewed.ticket.code, new)["name"] == "Amina Yusuf"


def test_only_the_holder_of_a_ticket_finds_the_guests_other_tickets(
    client: InspectingClient,
) -> None:
    made = workshop()
    codes = [made.codes[0]]
    for _ in range(2):
        with unit_of_work():
            codes.append(changing.reissue(made.enrolments[0]).ticket.code)
    listed = roster(client, made)
    keys = [phone.key_of(code) for code in codes]
    told = [phone.opened(code, entry_of(listed, code)) for code in codes]
    assert [one.get("next") for one in told] == [keys[1], keys[2], None]
    assert [one.get("was") for one in told] == [None, None, keys[:2]]
    other = phone.opened(made.codes[1], entry_of(listed, made.codes[1]))
    assert set(other) == {"name", "notes", "seats"}


def test_the_list_says_how_many_typed_codes_cannot_be_looked_up_yet(
    client: InspectingClient,
) -> None:
    made = workshop()
    assert roster(client, made)["unhashed"] == 3
    assert jobs.hash_short_codes(clock.now()) == 3
    assert roster(client, made)["unhashed"] == 0


def test_a_version_we_never_gave_brings_the_full_list(client: InspectingClient) -> None:
    made = workshop()
    for since in (0, 10**18):
        listed = roster(client, made, since)
        assert (listed["since"], len(listed["entries"])) == (None, 3)


@pytest.mark.parametrize("since", ["-1", "x", "", "1.5", "9" * 30, "٣"])
def test_what_is_no_version_is_refused(client: InspectingClient, since: str) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    for address in (ROSTER, "/api/v1/checkin/moves"):
        answer = client.get(address, query_string={"since": since}, headers=headers)
        assert answer.status_code == 422
        assert answer.content_type == "application/problem+json"


def test_after_the_event_the_list_is_empty(client: InspectingClient) -> None:
    made = workshop()
    with at_moment(made.event.ends_at + timedelta(seconds=1)):
        listed = roster(client, made, 1)
    assert (listed["entries"], listed["revoked"], listed["since"]) == ([], [], None)


def test_a_full_list_and_a_difference_take_the_same_few_statements(
    client: InspectingClient, statements: Counting
) -> None:
    made = workshop(names=tuple(f"Guest {number}" for number in range(40)))
    for since in (None, 3):
        with statements() as seen:
            roster(client, made, since)
        assert len(seen) <= 6, str(seen)


def test_the_answer_is_compressed_where_the_phone_allows_it(client: InspectingClient) -> None:
    made = workshop(names=tuple(f"Guest {number}" for number in range(40)))
    headers = {**bearer(made.tokens["A"]), "Accept-Encoding": "gzip"}
    answer = client.get(ROSTER, headers=headers)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.data))["entries"]) == 40


def test_a_machine_names_the_event_and_a_phone_sees_its_own_alone(
    client: InspectingClient,
) -> None:
    made, other = workshop(), workshop("other", ("Dina Ek",))
    token = api_token("scan")
    assert client.get(ROSTER, headers=bearer(token)).status_code == 422
    nowhere = client.get(f"{ROSTER}?event=nowhere", headers=bearer(token))
    assert nowhere.status_code == 404
    found = client.get(f"{ROSTER}?event=other", headers=bearer(token)).json
    assert found["event"]["id"] == str(other.event.id)  # type: ignore[index]
    asked = client.get(f"{ROSTER}?event=other", headers=bearer(made.tokens["A"])).json
    assert asked["event"]["id"] == str(made.event.id)  # type: ignore[index]


def test_a_revoked_phone_gets_no_list_and_no_moves(client: InspectingClient) -> None:
    made = workshop()
    with unit_of_work():
        devices.revoke(device(made.event.id, int(made.scanner("A").name)))
    for address in (ROSTER, "/api/v1/checkin/moves"):
        answer = client.get(address, headers=bearer(made.tokens["A"]))
        assert answer.status_code == 403
        assert answer.content_type == "application/problem+json"
        assert answer.json["status"] == 403  # type: ignore[index]


def test_new_terms_of_a_door_make_a_new_version_so_that_phones_fetch_them(
    client: InspectingClient,
) -> None:
    made = workshop()
    version = roster(client, made)["version"]
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(closes_at=made.event.ends_at), "A")
    changed = roster(client, made, version)
    assert (changed["version"], changed["entries"]) == (version + 1, [])
    assert changed["doors"]["terms"][0]["closes"] is not None
    with unit_of_work():
        terms.clear_terms(made.event.id, "A")
        telling.move(made.event.id, made.event.starts_at, made.event.ends_at, "Salen", "Gade 1")
    assert roster(client, made, version + 1)["version"] == version + 3


MOVES = "/api/v1/checkin/moves"


def moves(client: InspectingClient, made: Made, since: int = 0, gate: str = "A") -> dict[str, Any]:
    answer = client.get(f"{MOVES}?since={since}", headers=bearer(made.tokens[gate]))
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json  # type: ignore[assignment]
    return read


def test_other_phones_hear_what_was_scanned_without_codes_or_names(
    client: InspectingClient,
) -> None:
    made, other = workshop(), workshop("other", ("Dina Ek",))
    deliver(made, "B", scan("s1", made.codes[0], gate="B"), scan("s2", made.codes[0], gate="B"))
    deliver(made, "B", scan("s3", made.shorts[1], gate="B"), scan("s4", "not a code"))
    deliver(made, "B", scan("s5", other.codes[0], gate="B"))
    deliver(made, "B", scan("s6", made.codes[0], "annul", gate="B", annuls="s1"))
    heard = moves(client, made)
    first, second, third, undo = heard["moves"]
    assert [one["id"] for one in heard["moves"]] == ["s1", "s2", "s3", "s6"]
    assert first["key"] == second["key"] == phone.key_of(made.codes[0])
    assert third["key"] == phone.key_of(made.codes[1])
    assert (first["green"], second["green"], undo["annuls"]) == (True, False, "s1")
    assert (first["gate"], first["device"]) == ("B", made.scanner("B").name)
    assert not heard["more"]
    text = json.dumps(heard)
    assert not any(word in text for word in (*made.codes, *made.shorts, "Amina"))


def test_moves_of_the_last_seconds_come_again_and_older_ones_do_not(
    client: InspectingClient,
) -> None:
    made, now = workshop(), clock.now()
    with at_moment(now):
        deliver(made, "B", scan("s1", made.codes[0]))
    with at_moment(now + timedelta(seconds=10)):
        heard = moves(client, made)
        assert len(moves(client, made, heard["cursor"])["moves"]) == 1
    with at_moment(now + timedelta(seconds=30)):
        heard = moves(client, made, heard["cursor"])
        assert moves(client, made, heard["cursor"])["moves"] == []


def test_moves_come_in_pages_that_lose_nothing(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch, statements: Counting
) -> None:
    monkeypatch.setattr(reads, "MOST_MOVES", 4)
    made, now = workshop(), clock.now()
    for second in range(5):
        with at_moment(now + timedelta(seconds=second)):
            batch = [scan(f"s{second}-{n}", made.codes[n], gate="B") for n in range(3)]
            deliver(made, "B", *batch)
    heard, cursor, more = set(), 0, True
    while more:
        with statements() as seen:
            page = moves(client, made, cursor)
        assert len(seen) <= 3, str(seen)
        heard |= {one["id"] for one in page["moves"]}
        cursor, more = page["cursor"], page["more"]
    assert len(heard) == 15


def test_the_cursor_never_goes_back(client: InspectingClient) -> None:
    made = workshop()
    ahead = 10**15
    assert moves(client, made, ahead) == {"cursor": ahead, "more": False, "moves": []}
