"""The same form sent eight times at once, twice in a row and after *Back* makes one thing."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.advisory.models import AdvisoryTask
from app.applications.models import Application
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core import sent_forms
from app.core.access import StaffRole
from app.core.database import Base, db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.devices.services.devices import add_phone, pairing_code
from app.organisations.models import Organisation
from app.organisations.rules import Actor
from app.people import services as people
from app.people.models import BrowserSession, SignInLink
from app.workshops.models import Enrolment
from app.workshops.services import leaving
from tests.applications import making as applying
from tests.applications import roles
from tests.checkin import making as door_making
from tests.factories import sign_in, sign_in_staff
from tests.organisations.test_routes import NEW
from tests.pages import InspectingClient
from tests.patient import PatientClient
from tests.workshops import making

AT_ONCE = 8
APPLY = "/events/international-dag/apply/association"


@dataclass(frozen=True)
class Sent:
    """A form of the product, what it is filled in with, and what one of it makes."""

    page: str
    words: dict[str, str]
    makes: type[Base]
    letters: int = 0
    role: StaffRole | None = None
    email: str = ""
    prepare: Callable[[], object] = field(default=lambda: None)
    action: str | None = None

    def form(self, client: InspectingClient) -> dict[str, Any]:
        """The form as the page has it, filled in."""
        return {**client.page(self.page).form(self.action), **self.words}

    @property
    def address(self) -> str:
        return self.action or self.page


def _enrolled() -> object:
    making.workshop()
    return making.enrolled(1).place.enrolment.id


def _association() -> int:
    applying.festival_now()
    return applying.organisation().id


def _filled_in() -> int:
    """An application that only waits for being sent, by its number."""
    event, made = applying.festival_now(), applying.organisation()
    with unit_of_work():
        kept = writing.begin(Actor(applying.MAIL), event.id, made.id, Role.ASSOCIATION_STALL)
        for answers in roles.ROLES[0].answers.values():
            written = {name: [value] for name, value in answers.items()}
            writing.save_draft(Actor(applying.MAIL), kept.id, written)
        return kept.id


FORMS = {
    "enrolment": Sent(
        f"/events/{making.SLUG}/enrol",
        {"name": "Amina Yusuf", "mail": "amina@post.example", "seats": "1"},
        Enrolment,
        letters=1,
        prepare=making.workshop,
    ),
    "sign-in mail": Sent("/sign-in", {"email": "amal@forening.example"}, SignInLink, letters=1),
    "links": Sent("/links", {"email": "amal@forening.example"}, SignInLink, letters=1),
    "advice": Sent(
        "/desk/advice",
        {"asked_by": "Nørrebro Bibliotek", "subject": "Forældredialog", "minutes": "20"},
        AdvisoryTask,
        role=StaffRole.ORGANISER,
    ),
    "requisition": Sent(
        "/desk/requisitions",
        {"asked_by": "Nørrebro Bibliotek", "subject": "Forældredialog", "minutes": "20"},
        AdvisoryTask,
        role=StaffRole.ORGANISER,
    ),
    "organisation": Sent("/who", NEW, Organisation, email="amal@forening.example"),
    "application begun": Sent(
        APPLY,
        {"organisation": "{}"},
        Application,
        email=applying.MAIL,
        prepare=_association,
    ),
    "application sent": Sent(
        f"{APPLY}/{{}}/check",
        {},
        Letter,
        email=applying.MAIL,
        prepare=_filled_in,
    ),
    "ticket sent again": Sent(
        f"/desk/workshops/{making.SLUG}/enrolments/{{}}",
        {},
        Letter,
        role=StaffRole.ORGANISER,
        prepare=_enrolled,
        action=f"/desk/workshops/{making.SLUG}/enrolments/{{}}/resend",
    ),
}

# Each changes what stands, so that a second time finds it changed; anything new is marked.
REPEATABLE = {
    "advisory_desk.entry",
    "advisory_desk.take_back",
    "programme_desk.area",
    "programme_desk.copy_plan",
    "programme_desk.engagement",
    "programme_desk.publication",
    "programme_desk.project",
    "programme_desk.take_back",
    "questions_desk.again",
    "questions_desk.discard",
    "questions_desk.publish",
    "questions_desk.question",
    "questions_desk.remove",
    "questions_desk.translate",
    "questions_desk.words",
    "advisory_desk.advance",
    "advisory_desk.close_advice",
    "applications.answer_offer",
    "home_desk.installation",
    "home_desk.keep_logo",
    "home_desk.take_logo_away",
    "applications.autosave",
    "applications.discard",
    "applications.confirm",
    "applications.save",
    "applications.save_profile",
    "applications_desk.decide",
    "applications_desk.looked",
    "applications_desk.recall",
    "applications_desk.recall_all",
    "applications_desk.score",
    "core.drop_form",
    "core.keep_form",
    "door.leave",
    "door.typed",
    "door.undo",
    "door_desk.clear_terms",
    "door_desk.conflicts",
    "door_desk.gate_terms",
    "door_desk.limit",
    "door_desk.lock",
    "door_desk.machines",
    "door_desk.overrides",
    "door_desk.paper",
    "door_desk.phone",
    "door_desk.quarantine",
    "door_desk.revoke",
    "door_desk.take_back_from_paper",
    "door_desk.terms",
    "door_desk.unlock",
    "door_desk.unsent",
    "events_desk.end_topic",
    "events_desk.mark_held",
    "events_desk.publish",
    "events_desk.keep_picture",
    "events_desk.remove_picture",
    "events_desk.remove_sitting",
    "events_desk.topic",
    "lifecycle_desk.call_off",
    "lifecycle_desk.correct",
    "lifecycle_desk.delete",
    "lifecycle_desk.take_back",
    "lifecycle_desk.unpublish",
    "mailings_desk.call_back",
    "mailings_desk.discard",
    "mailings_desk.send_again",
    "mailings_desk.send_ticked_again",
    "mailings_desk.send_all_again",
    "mailings_desk.try_now",
    "mailings_desk.write",
    "organisations.end_person",
    "organisations.save_consent",
    "organisations.save_profile",
    "organisations_desk.decide_claim",
    "people.sign_out",
    "people_desk.change",
    "people_desk.correct_mail",
    "people_desk.rename",
    "privacy.erase",
    "programme_desk.end",
    "reports_desk.take_back_held",
    "reports_desk.text",
    "stage.withdraw",
    "stage_desk.announce",
    "stage_desk.cancel",
    "stage_desk.drop_stage",
    "stage_desk.leave_free",
    "stage_desk.recall",
    "stage_desk.recall_announcement",
    "stage_desk.slot",
    "stage_desk.stage",
    "stage_desk.take_back",
    "siteplan_desk.change",
    "siteplan_desk.place",
    "vendors_desk.choosing",
    "vendors_desk.close_choosing",
    "surveys.answer",
    "surveys.begin",
    "surveys.refuse",
    "surveys_desk.close",
    "surveys_desk.close_ticked",
    "surveys_desk.send_again",
    "vendors.withdraw",
    "vendors_desk.adjust",
    "vendors_desk.block",
    "vendors_desk.cancel",
    "vendors_desk.confirm",
    "vendors_desk.make_whole",
    "vendors_desk.release",
    "vendors_desk.unblock",
    "workshops.cancel",
    "workshops.send_change",
    "workshops.send_goals",
    "workshops_desk.cancel",
    "printing_desk.cancel_printing",
    "workshops_desk.open_places",
    "workshops_desk.send_change",
    "workshops_desk.send_goals",
    "workshops_desk.set_capacity",
    "reminding_desk.set_reminder",
}


@pytest.fixture(params=FORMS.values(), ids=FORMS.keys())
def sent(request: pytest.FixtureRequest, app: Flask, client: InspectingClient) -> Sent:
    """A form, with all that must stand before it can be filled in."""
    kind: Sent = request.param
    number = kind.prepare()
    kind = replace(
        kind,
        page=kind.page.format(number),
        words={name: word.format(number) for name, word in kind.words.items()},
        action=kind.action and kind.action.format(number),
    )
    if kind.role:
        sign_in_staff(client, kind.role)
    if kind.email:
        sign_in(client, kind.email)
    return kind


def rows(model: type[Base]) -> int:
    """How many there are, as everybody sees it."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def letters() -> int:
    """Letters of any kind."""
    return rows(Letter)


def at_once(client: InspectingClient, address: str, form: dict[str, Any]) -> list[str]:
    """Where each of eight tabs of one browser is led when all send in the same moment."""
    gate, led = threading.Barrier(AT_ONCE), list[str]()

    def tab() -> None:
        own = PatientClient(client.application)
        own._cookies = dict(client._cookies or {})
        gate.wait(timeout=60)
        answer = own.post(address, data=form)
        led.append(f"{answer.status_code} {answer.location}")

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(tab,)) for _ in range(AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return led


def test_eight_at_once_make_one_and_lead_to_one_place(sent: Sent, client: InspectingClient) -> None:
    things, written = rows(sent.makes), letters()
    form = sent.form(client)
    led = at_once(client, sent.address, form)
    assert len(led) == AT_ONCE
    assert len(set(led)) == 1
    assert led[0].startswith("303 ")
    assert rows(sent.makes) - things == 1
    if sent.makes is not Letter:
        assert letters() - written == sent.letters


def test_twice_and_after_back_make_one_and_a_new_form_makes_another(
    sent: Sent, client: InspectingClient
) -> None:
    things, written = rows(sent.makes), letters()
    form = sent.form(client)
    led = [client.send(sent.address, form).location for _ in range(2)]
    client.get(str(led[0]), follow_redirects=True)
    led.append(client.send(sent.address, form).location)
    assert len(set(led)) == 1
    assert rows(sent.makes) - things == 1
    if sent.makes is not Letter:
        assert letters() - written == sent.letters


def test_equal_words_in_another_form_are_meant(app: Flask, client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    advice = FORMS["advice"]
    for _ in range(2):
        client.send(advice.address, advice.form(client))
    assert rows(AdvisoryTask) == 2


def test_the_second_tap_is_told_what_the_first_was_told(client: InspectingClient) -> None:
    making.workshop()
    enrolment = FORMS["enrolment"]
    form = enrolment.form(client)
    client.send(enrolment.address, form)
    # The first answer never arrived: this browser knows nothing of it.
    with client.session_transaction() as visit:
        del visit["enrolled"], visit["own_link"]
    page = client.page(client.send(enrolment.address, form).location)
    assert [link for link in page.links() if link.startswith("/m/")]


def test_what_was_refused_is_tried_anew(client: InspectingClient) -> None:
    enrolment = FORMS["enrolment"]
    event_id = making.workshop(capacity=1, waiting_list=False)
    form = enrolment.form(client)
    first = making.enrolled(1)
    client.send(enrolment.address, form, status=409)
    with unit_of_work():
        leaving.cancel(first.place.enrolment.id)
    client.send(enrolment.address, form)
    assert making.stored_workshop(event_id).taken == 1


def test_another_visitor_with_the_same_words_is_another(
    app: Flask, client: InspectingClient
) -> None:
    making.workshop()
    enrolment = FORMS["enrolment"]
    client.send(enrolment.address, enrolment.form(client))
    other = app.test_client()
    assert isinstance(other, InspectingClient)
    page = other.page(other.send(enrolment.address, enrolment.form(other)).location)
    assert not [link for link in page.links() if link.startswith("/m/")]


@pytest.mark.only_on("sqlite")
def test_what_a_form_makes_is_made_once_or_changes_what_stands(app: Flask) -> None:
    taking = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    pages = {name for name in taking if not name.partition(".")[0].endswith("_api")}
    pages -= {name for name in pages if name.startswith("demo.")}
    marked = {name for name in pages if sent_forms.is_once(app.view_functions[name])}
    assert pages - marked == REPEATABLE


def test_the_link_in_a_mail_is_used_by_two_taps(client: InspectingClient) -> None:
    with unit_of_work():
        token, _digits = people.make_link("amal@forening.example")
    form = client.page(f"/sign-in/{token}").form()
    led = at_once(client, f"/sign-in/{token}", form)
    assert set(led) == {"303 /my"}
    assert rows(BrowserSession) == 1


def test_a_phone_is_paired_by_two_taps(app: Flask, client: InspectingClient) -> None:
    made = door_making.workshop(gates=())
    with unit_of_work():
        address = f"/door/pair/{pairing_code(add_phone(made.event.id, 'A'))}"
    form = client.page(address).form()
    client.send(address, form)
    # The first answer, and the token in it, never arrived.
    client.delete_cookie("door")
    client.send(address, form)
    assert client.page("/door/").heading == "A"


def test_a_place_cancelled_since_is_not_said_to_be_held(client: InspectingClient) -> None:
    making.workshop()
    enrolment = FORMS["enrolment"]
    form = enrolment.form(client)
    client.send(enrolment.address, form)
    enrolment_id = db.session.scalars(select(Enrolment.id)).one()
    with unit_of_work():
        leaving.cancel(enrolment_id)
    told = client.get(client.send(enrolment.address, form).location)
    assert str(told.location).startswith("/m/")
    assert "Du har en plads" not in client.page(told.location).text
