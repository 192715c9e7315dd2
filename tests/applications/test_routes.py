"""The pages all roles share, walked with an association."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.services import deciding
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.organisations.models import Organisation
from tests.applications.making import (
    DEADLINE,
    MAIL,
    NOW,
    SHUTDOWN,
    again,
    drafted,
    festival,
    letters,
    organisation,
    released,
    send_in,
    submitted,
)
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient, Page
from tests.statements import Statements


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (NOW - timedelta(days=60), "1. marts"),
        (NOW, "1. maj"),
        (DEADLINE + timedelta(hours=1), "1. maj"),
        (SHUTDOWN + timedelta(hours=1), "1. juni"),
    ],
)
def test_what_can_be_applied_for_says_until_when(
    client: InspectingClient, moment: object, sentence: str
) -> None:
    festival()
    with at(moment):
        assert sentence in client.page("/events/international-dag/apply").text


def test_closed_window_leads_nowhere(client: InspectingClient) -> None:
    festival()
    with at(SHUTDOWN + timedelta(hours=1)):
        page = client.page("/events/international-dag/apply")
    assert not [link for link in page.links() if "/apply/" in link]


def test_unknown_event_is_not_found(client: InspectingClient) -> None:
    client.page("/events/findes-ikke/apply", status=404)


def test_status_page_shows_each_state(client: InspectingClient) -> None:
    event = festival()
    sign_in(client, MAIL)
    kept = drafted(event, organisation())
    address = f"/my/applications/{kept.id}"
    with at(NOW):
        assert "Ikke sendt endnu" in client.page(address).text
        assert "Send den senest den" in client.page(address).text
        send_in(kept, sign="Skilt")
        client.page(address)
        with unit_of_work():
            deciding.ask(kept.id, "Hvor mange kommer I?", NOW)
        assert "Hvor mange kommer I?" in client.page(address).text
        client.send(f"{address}/answer", {"text": ""}, status=422)
        client.send(f"{address}/answer", {"text": "Vi er fem."})
        released(again(kept))
        assert "15" in client.page(address).text
        client.send(f"{address}/confirm", {})
        client.page(address)
    assert again(kept).state == "confirmed"
    with unit_of_work():
        deciding.cancel(kept.id, "Stormvarsel.")
    assert "Stormvarsel." in client.page(address).text


def test_waiting_applicant_reads_rank_and_reason(client: InspectingClient) -> None:
    kept = send_in(drafted(festival(), organisation()), moment=DEADLINE + timedelta(hours=1))
    sign_in(client, MAIL)
    assert "1" in client.page(f"/my/applications/{kept.id}").text


@pytest.mark.parametrize("verb", ["answer", "confirm"])
def test_stranger_finds_nothing_and_changes_nothing(client: InspectingClient, verb: str) -> None:
    kept = released(submitted(festival(), organisation()))
    sign_in(client, "fremmed@forening.example")
    client.page(f"/my/applications/{kept.id}", status=404)
    client.send(f"/my/applications/{kept.id}/{verb}", {"text": "Hej"}, status=404)
    assert again(kept).state == "accepted"


def test_desk_filters_and_sorts_by_its_address(client: InspectingClient) -> None:
    event = festival()
    submitted(event, organisation("Ålborg Forening"))
    submitted(event, organisation("Zebra Dans", "z@forening.example"), "z@forening.example")
    sign_in_staff(client, StaffRole.REVIEWER)
    both = client.page("/desk/applications/?event=international-dag&sort=sent").text
    assert "Zebra Dans" in both
    for typed in ("aalborg", "alborg", "forening%20ålb"):
        found = client.page(f"/desk/applications/?search={typed}").text
        assert "Ålborg" in found and "Zebra Dans" not in found
    assert "Zebra" not in client.page("/desk/applications/?state=accepted").text
    assert "Zebra" not in client.page("/desk/applications/?role=act&only=look").text
    client.page("/desk/applications/?event=findes-ikke", status=404)


def test_batch_is_prepared_and_released(client: InspectingClient) -> None:
    event = festival()
    kept = [
        submitted(event, organisation(name, f"{name}@forening.example"), f"{name}@forening.example")
        for name in ("en", "to", "tre")
    ]
    ids = [str(one.id) for one in kept]
    sign_in_staff(client, StaffRole.ORGANISER)
    form = {"decision": "accepted", "reason": "", "days": "10", "application": ids[:2]}
    with at(NOW):
        client.send("/desk/applications/decide", {**form, "do": "prepare"})
        assert letters("accepted") == []
        client.page("/desk/applications/?only=prepared")
        client.send("/desk/applications/decide", {**form, "application": ids, "do": "release"})
    assert [again(one).state for one in kept] == ["accepted", "accepted", "submitted"]
    assert again(kept[0]).confirm_by == NOW + timedelta(days=10)


@pytest.mark.parametrize(
    "form",
    [
        {"decision": "cancelled", "days": "14", "application": "1"},
        {"decision": "accepted", "days": "900", "application": "1"},
        {"decision": "accepted", "days": "14"},
        {"decision": "accepted", "days": "14", "application": "99999999999999999999999"},
    ],
)
def test_decision_that_is_none_changes_nothing(
    client: InspectingClient, form: dict[str, str]
) -> None:
    kept = submitted(festival(), organisation())
    sign_in_staff(client, StaffRole.ORGANISER)
    wrong = form["decision"] == "cancelled" or form["days"] == "900"
    client.send("/desk/applications/decide", {**form, "do": "prepare"}, 422 if wrong else 303)
    assert again(kept).prepared is None


def test_what_the_desk_wrote_wrongly_stands_again_with_the_error_at_the_field(
    client: InspectingClient,
) -> None:
    kept = submitted(festival(), organisation())
    sign_in_staff(client, StaffRole.ORGANISER)
    far = {"application": str(kept.id), "decision": "accepted", "reason": "Velkommen", "days": "99"}
    sent = client.send("/desk/applications/decide", {**far, "do": "prepare"}, status=422)
    page = Page(sent.text)
    assert set(page.errors()) == {"days"}
    assert "Velkommen" in page.text
    assert again(kept).prepared is None
    given = {"comment": "Dem kender vi."}
    sent = client.send(f"/desk/applications/{kept.id}/score", given, status=422)
    assert "Dine point – Vælg et af svarene." in sent.text


def test_list_leads_back_only_to_the_desk(client: InspectingClient) -> None:
    kept = submitted(festival(), organisation())
    sign_in_staff(client, StaffRole.ORGANISER)
    for target in ("https://evil.example/", "//evil.example", "/my", "/desk/../my\\"):
        sent = client.send(f"/desk/applications/{kept.id}/score", {"score": "4", "next": target})
        assert sent.location.startswith("/desk/")


def test_question_is_sent_from_the_page_of_one_application(client: InspectingClient) -> None:
    kept = submitted(festival(), organisation())
    sign_in_staff(client, StaffRole.ORGANISER)
    asked = {"question": "Hvor mange kommer I?", "answer_by": "i morgen"}
    page = Page(client.send(f"/desk/applications/{kept.id}/ask", asked, status=422).text)
    assert page.errors() == {"answer_by": "Fejl: Skriv en dato."}
    assert "Hvor mange kommer I?" in page.text
    assert again(kept).state == "submitted"
    given = {"question": "Hvor mange?", "answer_by": "2026-04-10"}
    client.send(f"/desk/applications/{kept.id}/ask", given)
    assert again(kept).state == "asked"
    assert "10" in letters("asked")[0].text


def test_export_neutralises_formulas(client: InspectingClient) -> None:
    submitted(festival(), organisation("=HYPERLINK(1)"), offer="@SUM(A1)", helpers=-5)
    sign_in_staff(client, StaffRole.ORGANISER)
    answer = client.get("/desk/applications/export.csv?event=international-dag")
    text = answer.data.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK(1);" in text
    assert "'@SUM(A1)" in text
    assert ";-5;" in text or ";-5\r\n" in text


def test_organiser_applies_on_behalf_and_the_trail_says_so(client: InspectingClient) -> None:
    event, made = festival(), organisation()
    sign_in_staff(client, StaffRole.ORGANISER)
    address = f"/desk/applications/new/{made.id}"
    client.page(address)
    client.send(address, {"event": "999", "role": "king"}, status=422)
    form = {"event": str(event.id), "role": "association_stall"}
    with at(NOW):
        status = client.send(address, form).location
        client.page(status)
    kept = asking.live_one(event.id, made.id, "association_stall")
    assert kept is not None
    assert kept.on_behalf_by is not None
    db.session.rollback()


def test_reviewer_acts_for_nobody(client: InspectingClient) -> None:
    kept = submitted(festival(), organisation())
    sign_in_staff(client, StaffRole.REVIEWER)
    client.page(f"/my/applications/{kept.id}", status=404)


def test_a_decision_whose_letter_has_left_offers_no_way_back(client: InspectingClient) -> None:
    kept = released(submitted(festival(), organisation()))
    with unit_of_work():
        for letter in letters("accepted"):
            letter.state = "sent"
    sign_in_staff(client, StaffRole.ORGANISER)
    page = client.page(f"/desk/associations/applications/{kept.id}")
    assert "Indtil da" not in page.text
    client.send(f"/desk/applications/{kept.id}/recall", {}, status=409)


def test_all_that_was_just_released_is_taken_back_with_one_button(
    client: InspectingClient,
) -> None:
    event = festival()
    kept = [
        submitted(
            event, organisation(f"Forening {n}", f"f{n}@forening.example"), f"f{n}@forening.example"
        )
        for n in range(2)
    ]
    for one in kept:
        released(one)
    sign_in_staff(client, StaffRole.ORGANISER)
    address = "/desk/applications/?event=international-dag"
    with at(NOW + timedelta(minutes=1)):
        assert "2 afgørelser er frigivet" in client.page(address).text
        client.send("/desk/applications/recall?event=international-dag", {"next": address})
        assert "er frigivet inden" not in client.page(address).text
        client.send("/desk/applications/recall?event=international-dag", {}, status=409)
    assert [again(one).state for one in kept] == ["submitted", "submitted"]


def test_whoever_began_anew_after_the_refusal_keeps_the_new_application(
    client: InspectingClient,
) -> None:
    event, made = festival(), organisation()
    kept = released(submitted(event, made), "declined")
    anew = drafted(event, made)
    sign_in_staff(client, StaffRole.ORGANISER)
    client.send(f"/desk/applications/{kept.id}/recall", {}, status=409)
    assert (again(kept).state, again(anew).state) == ("declined", "draft")


def test_all_that_are_found_are_decided_with_one_press(client: InspectingClient) -> None:
    event = festival()
    many = _many(event, 60)
    sign_in_staff(client, StaffRole.ORGANISER)
    with at(NOW):
        page = client.page("/desk/applications/?tick=all&state=submitted")
        boxes = page.all("input", type="checkbox")
        assert len(boxes) == 50
        (every,) = [box.get("value") for box in page.all("input", name="every")]
        form = {
            "decision": "accepted",
            "days": "10",
            "application": [box.get("value") for box in boxes],
            "every": every,
            "do": "prepare",
        }
        client.send("/desk/applications/decide", form)
    assert {again(one).prepared for one in many} == {"accepted"}


def test_the_list_asks_as_little_for_five_hundred_as_for_ten(
    client: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    event = festival()
    sign_in_staff(client, StaffRole.ORGANISER)
    asked = []
    for more in (10, 490):
        _many(event, more)
        with statements() as seen:
            client.page("/desk/applications/?sort=-score&search=forening")
        asked.append(len(seen))
    assert asked == [6, 6]
    assert "500" in client.page("/desk/applications/").one("caption").text


def test_a_file_of_applications_asks_and_answers_in_words(client: InspectingClient) -> None:
    kept = submitted(festival(), organisation(), taste="tasting", phone="+4520202020")
    sign_in_staff(client, StaffRole.ORGANISER)
    answer = client.get("/desk/applications/?file=csv")
    heads, row, _end = answer.data.decode("utf-8-sig").split("\r\n")
    told = dict(zip(heads.split(";"), row.split(";"), strict=True))
    assert told["Vil I dele mad eller drikke ud gratis?"] == "Små smagsprøver"
    assert told["Kontaktens mail"] == MAIL
    assert told["Sendt"] == clock.local_time(kept.submitted_at).strftime("%Y-%m-%d %H:%M")


def _many(event: Event, more: int) -> list[Application]:
    """So many applications of so many associations, without their forms."""
    with unit_of_work():
        bodies = [
            Organisation(
                kind="association",
                name=f"Forening {secrets.token_hex(8)}",
                name_folded=secrets.token_hex(8),
                search_text="forening",
                created_at=NOW,
            )
            for _ in range(more)
        ]
        db.session.add_all(bodies)
        db.session.flush()
        made = [
            Application(
                event_id=event.id,
                organisation_id=one.id,
                role="association_stall",
                state="submitted",
                created_at=NOW,
                submitted_at=NOW,
            )
            for one in bodies
        ]
        db.session.add_all(made)
    return made
