"""A hand scanner on the keys of another country: the server finds the ticket that was read."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.models import Scan
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.tokens import new_token
from app.devices.services.stamps import rfc3339
from app.tickets.rules.codes import shown_short, ticket_url
from tests.checkin.keyboards import typed_on
from tests.checkin.making import deliver, offline, scan, verdicts, workshop
from tests.factories import sign_in_staff
from tests.pages import InspectingClient

ADDRESS = "https://torvet-1.example"
LEGIBLE = ("danish", "norwegian", "swedish", "icelandic", "german", "swiss", "spanish")


def typed(keyboard: str, code: str) -> str:
    return typed_on(keyboard, ticket_url(ADDRESS, code))


@pytest.mark.parametrize("keyboard", [*LEGIBLE, "french with a number pad"])
def test_a_ticket_is_admitted_on_any_keyboard_that_leaves_digits_alone(
    app: Flask, keyboard: str
) -> None:
    made = workshop()
    (first,) = deliver(made, "A", scan("s1", typed(keyboard, made.codes[0])))
    assert (first["verdict"], first["name"]) == ("admitted", "Amina Yusuf")
    # The same guest, however the code is spelled.
    (again,) = deliver(made, "B", scan("s2", made.codes[0]))
    assert again["verdict"] == "already"
    (same,) = deliver(made, "A", scan("s1", typed(keyboard, made.codes[0])))
    assert same["verdict"] == "admitted"


def test_a_batch_of_misread_codes_is_put_right_beside_others(app: Flask) -> None:
    made = workshop()
    swapped = [typed_on("german", code) for code in made.codes]
    batch = [
        offline("s1", swapped[0], "12:00"),
        offline("s2", made.codes[1], "12:01"),
        offline("s3", swapped[2], "12:02"),
        offline("s4", swapped[2], "12:03"),
        offline("s5", "A" + made.codes[0][:-1], "12:04"),
    ]
    answers = deliver(made, "A", *batch)
    assert verdicts(answers) == ["admitted"] * 4 + ["unknown"]
    assert [answer.get("override") for answer in answers[:4]] == [None, None, None, "already"]
    rows = db.session.execute(select(Scan.ticket_id).order_by(Scan.id)).scalars().all()
    assert rows == [made.tickets[0], made.tickets[1], made.tickets[2], made.tickets[2], None]


def test_a_forged_code_stays_one_under_every_layout(app: Flask) -> None:
    made = workshop()
    code = made.codes[0]
    forged = code[:100] + ("B" if code[100] != "B" else "C") + code[101:]
    for keyboard in LEGIBLE:
        (answer,) = deliver(made, "A", scan(keyboard, typed(keyboard, forged)))
        assert answer["verdict"] == "forged", keyboard


def post(client: InspectingClient, code: str, status: int = 200) -> str:
    """Send the plain form of a phone without a script."""
    form = {"code": code, "kind": "entry", "scan_id": new_token(), "at": rfc3339(clock.now())}
    return client.send("/door/typed", form, status=status).text


def test_the_plain_form_takes_a_scanner_and_names_a_wrong_layout(
    client: InspectingClient,
) -> None:
    made = workshop()
    client.set_cookie("door", made.tokens["A"])
    assert "Amina Yusuf" in post(client, "]Q3" + typed("german", made.codes[0]))
    assert "Bo Lund" in post(client, typed_on("danish", shown_short(made.shorts[1])))
    refused = post(client, typed("french", made.codes[2]), 422)
    assert "tastaturlayout" in refused


def test_the_desks_fields_take_a_scanner(client: InspectingClient) -> None:
    made = workshop()
    sign_in_staff(client, StaffRole.ORGANISER)
    for keyboard in ("american", "danish", "german"):
        for path in ("/desk/door/dialog/missing", "/desk/workshops/dialog"):
            page = client.page(f"{path}?search={quote(typed(keyboard, made.codes[1]))}")
            assert "Bo Lund" in page.text and "Amina" not in page.text, (keyboard, path)
