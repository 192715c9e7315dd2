"""Signing in as people do it: by the link, by the digits, twice, too late and by a stranger."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.limits import LimitCount
from app.core.outbox import Letter, newest_letters, page_of
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import services
from app.people.models import BrowserSession
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient, Page

MAIL = "amal@forening.example"


def ask(client: InspectingClient, email: str = MAIL) -> str:
    """Ask for a link and return the mail's text."""
    client.send("/sign-in", {"email": email})
    return newest_letter()


def newest_letter() -> str:
    newest = select(Letter.text).order_by(Letter.id.desc()).limit(1)
    text = db.session.scalars(newest).one()
    db.session.rollback()
    return text


def path_in(text: str) -> str:
    found = re.search(r"http://localhost(/sign-in/\S+)", text)
    assert found
    return found[1]


def test_the_link_signs_in_once(client: InspectingClient) -> None:
    path = path_in(ask(client))
    assert client.get(path).status_code == 200
    assert client.send(path, {}).location == "/my"
    client.send(path, {}, status=410)


def test_opening_the_link_does_not_use_it_up(client: InspectingClient) -> None:
    path = path_in(ask(client))
    for _visit in range(3):
        client.get(path)
    client.send(path, {})


def test_a_link_is_too_old_after_ten_minutes(client: InspectingClient) -> None:
    path = path_in(ask(client))
    with at(datetime.now(UTC) + timedelta(minutes=11)):
        assert client.page(path).all("form", method="post") == []
        client.send(path, {}, status=410)


def test_the_digits_sign_in_on_another_device(client: InspectingClient, app: Flask) -> None:
    digits = re.search(r"\n(\d{6})\n", ask(client))
    assert digits
    client.send("/sign-in/code", {"email": MAIL, "digits": digits[1]})


@pytest.mark.parametrize("nought", "\u0660\u06f0\u0966\u09e6\u0e50")
def test_the_digits_are_taken_as_they_are_seen_in_any_script(
    client: InspectingClient, nought: str
) -> None:
    client.page("/sign-in?language=ar")
    digits = re.search("\n\u2066(\\d{6})\u2069\n", ask(client))
    assert digits
    seen = "".join(chr(ord(nought) + int(digit)) for digit in digits[1])
    client.send("/sign-in/code", {"email": MAIL, "digits": f"{seen[:3]} {seen[3:]}"})


def test_the_digits_stand_left_to_right_and_are_copied_whole(client: InspectingClient) -> None:
    client.page("/sign-in?language=ar")
    copied = re.search("\u2066\\d{6}\u2069", ask(client))
    assert copied
    page = page_of(newest_letters()[0])
    db.session.rollback()
    assert f'<strong><bdi dir="ltr">{copied[0][1:-1]}</bdi></strong>' in page
    client.send("/sign-in/code", {"email": MAIL, "digits": copied[0]})


def test_wrong_digits_are_refused_and_guesses_are_counted(client: InspectingClient) -> None:
    ask(client)
    answers = [
        client.post("/sign-in/code", data={"email": MAIL, "digits": "0000000"}).status_code
        for _guess in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_an_unknown_mailbox_gets_the_same_answer(client: InspectingClient) -> None:
    with unit_of_work():
        services.person_for(MAIL, "Amal Yusuf")
    known = client.send("/sign-in", {"email": MAIL})
    unknown = client.send("/sign-in", {"email": "new@forening.example"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)


def test_the_sixth_mail_within_an_hour_is_refused(client: InspectingClient) -> None:
    answers = [client.post("/sign-in", data={"email": MAIL}).status_code for _mail in range(6)]
    assert answers == [303] * 5 + [429]


def test_next_leads_only_to_own_paths(client: InspectingClient) -> None:
    client.send("/sign-in", {"email": MAIL, "next": "//evil.example/"})
    assert client.send(path_in(newest_letter()), {}).location == "/my"
    client.send("/sign-in", {"email": MAIL, "next": "/my?tab=tickets"})
    assert client.send(path_in(newest_letter()), {}).location == "/my?tab=tickets"


def test_a_bad_mail_address_is_named_at_the_field(client: InspectingClient) -> None:
    answer = client.send("/sign-in", {"email": "not a mail"}, status=422)
    assert "email" in Page(answer.text).errors()


def test_a_fault_on_the_page_for_lost_mails_stays_on_that_page(client: InspectingClient) -> None:
    heading = client.page("/links").heading
    answer = client.send("/links", {"email": ""}, status=422)
    assert "email" in Page(answer.text).errors()
    assert Page(answer.text).heading == heading
    client.send("/links", {"email": MAIL, "next": "/my"})
    assert client.send(path_in(newest_letter()), {}).location == "/my"


def test_signing_out_ends_the_session_in_the_database(client: InspectingClient) -> None:
    sign_in(client, MAIL)
    client.send("/sign-out", {})
    ended = db.session.scalars(select(BrowserSession)).one()
    assert ended.ended_at is not None
    db.session.rollback()
    assert client.get("/my").status_code == 303


def test_staff_are_signed_out_after_half_a_day_without_use(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    assert client.get("/desk/").status_code == 200
    with at(datetime.now(UTC) + timedelta(hours=13)):
        assert client.get("/desk/").status_code == 303


def test_a_duty_taken_away_is_gone_on_the_next_request(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    assert client.get("/desk/events/new").status_code == 200
    with unit_of_work():
        staff = services.add_staff("organiser@desk.example", StaffRole.ORGANISER)
        services.remove_role(staff.id, StaffRole.ORGANISER)
    assert client.get("/desk/events/new").status_code == 403


def test_a_mail_whose_link_is_too_old_is_sent_anew_by_the_same_form(
    client: InspectingClient,
) -> None:
    form = {**client.page("/sign-in").form(), "email": MAIL}
    client.send("/sign-in", form)
    moment = clock.now()
    for minutes, mails in ((9, 1), (11, 2), (12, 2)):
        with unit_of_work():
            # Its windows are of real time, which does not pass here.
            db.session.execute(delete(LimitCount))
        with at(moment + timedelta(minutes=minutes)):
            assert client.send("/sign-in", form).location == "/sign-in/code"
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Letter)) == mails
