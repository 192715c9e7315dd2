"""Two persons, or two organisations, that are one: everything follows, and nothing is left."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.advisory import services as advisory
from app.advisory.models import AdvisoryTask
from app.advisory.services import Request
from app.applications.models import Application
from app.applications.refusals import BothApplied
from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import Base, db
from app.core.outbox import Letter, LetterState
from app.core.refusals import NotFound
from app.core.unit_of_work import unit_of_work
from app.merging import queries, rules, services
from app.merging.wording import FOLLOWING_NAMES
from app.organisations import queries as organisation_queries
from app.organisations import services as organisations
from app.organisations.models import Organisation
from app.organisations.rules import Actor, Contact
from app.people import services as people
from app.people.models import Person
from app.surveys.models import Invitation
from app.surveys.queries import respondents
from app.surveys.services import answering
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState
from app.workshops.emails import private_link
from app.workshops.models import Enrolment
from app.workshops.queries import lists
from app.workshops.refusals import BothCameIn
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import enrolling
from app.workshops.services.drafting import Wish
from tests.applications import making as applying
from tests.checkin import making as door
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient
from tests.surveys import making as asking
from tests.workshops.making import SLUG, workshop

RIGHT, WRONG = ("Amina Yusuf", "amina@gmail.com"), ("Amina Jusuf", "amina@gmail.example")


def enrolled(who: tuple[str, str], slug: str = SLUG) -> int:
    with unit_of_work():
        return enrolling.enrol(slug, Wish(*who)).place.enrolment.id


def person(who: tuple[str, str]) -> int:
    db.session.rollback()
    return db.session.scalars(select(Person.id).where(Person.email == who[1])).one()


def merge(stays: int, gone: int, *, of_gone: bool = False) -> None:
    values_of = gone if of_gone else stays
    with unit_of_work():
        services.merge_people(stays, gone, email_of=values_of, name_of=values_of)


def place(number: int) -> Enrolment:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Enrolment, number)


@pytest.mark.only_on("sqlite")
def test_all_that_points_at_persons_and_organisations_is_named(app: Flask) -> None:
    """Whoever adds a column that points at one of them says here what merging does with it."""
    pointing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in {"person_id", "organisation_id"}
        or any(key.column.table.name in {"people", "organisations"} for key in column.foreign_keys)
    }
    assert pointing == set(rules.FOLLOWING) == set(FOLLOWING_NAMES)


def test_everything_a_person_has_becomes_the_others(app: Flask) -> None:
    event_id = workshop()
    workshop("proceskonsulent")
    first, second = enrolled(RIGHT), enrolled(WRONG, "proceskonsulent")
    contact = Contact(WRONG[1], WRONG[0])
    with unit_of_work():
        made = organisations.register("association", "Kvinder på Nørrebro", contact)
        organisations.claim(contact, made.name, "Jeg er ny formand")
        advisory.log_advice(Request("Skolen", "Tolk", email=WRONG[1], name=WRONG[0]))
    stays, gone = person(RIGHT), person(WRONG)
    merge(stays, gone)
    assert {place(first).person_id, place(second).person_id} == {stays}
    assert db.session.get(Person, gone) is None
    kept = db.session.get_one(Person, stays)
    assert (kept.name, kept.email) == RIGHT
    assert set(db.session.scalars(select(Letter.person_id))) == {stays}
    waiting = select(Letter.email).where(Letter.state == "waiting")
    assert set(db.session.scalars(waiting)) == {RIGHT[1]}
    assert list(db.session.scalars(select(AdvisoryTask.person_id))) == [stays]
    assert organisation_queries.represents(RIGHT[1], made.id)
    assert not organisation_queries.represents(WRONG[1], made.id)
    assert audit.of("person", stays)[-1].facts == {"gone": gone}
    sought = lists.numbers(event_id).where(lists.matching(event_id, "yusuf"))
    assert list(db.session.scalars(sought)) == [first]


def test_the_others_name_and_address_stay_if_they_are_chosen(app: Flask) -> None:
    workshop()
    first = enrolled(WRONG)
    workshop("proceskonsulent")
    enrolled(RIGHT, "proceskonsulent")
    merge(person(WRONG), person(RIGHT), of_gone=True)
    holder = db.session.get_one(Person, place(first).person_id)
    assert (holder.name, holder.email) == RIGHT


def test_of_two_places_at_one_event_the_one_somebody_came_with_stays(app: Flask) -> None:
    made = door.workshop(names=("Amina Yusuf", "Amina Jusuf"))
    door.deliver(made, "A", door.scan("s1", made.codes[1]))
    first, second = (place(number).person_id for number in made.enrolments)
    merge(first, second)
    assert [place(number).state for number in made.enrolments] == [
        EnrolmentState.CANCELLED,
        EnrolmentState.CONFIRMED,
    ]
    assert place(made.enrolments[1]).person_id == first
    old = select(Ticket.state).where(Ticket.enrolment_id == made.enrolments[0])
    assert db.session.scalar(old) == TicketState.CANCELLED
    assert "double_cancelled" in [each.verb for each in audit.of("enrolment", made.enrolments[0])]


def test_a_place_beats_the_waiting_list_and_the_seat_goes_on(app: Flask) -> None:
    workshop(capacity=1)
    first, second = enrolled(RIGHT), enrolled(WRONG)
    merge(person(WRONG), person(RIGHT))
    assert place(first).state == EnrolmentState.CONFIRMED
    assert place(second).state == EnrolmentState.CANCELLED


def test_two_who_both_came_in_are_two(app: Flask) -> None:
    made = door.workshop(names=("Amina Yusuf", "Amina Jusuf"))
    for number, code in enumerate(made.codes):
        door.deliver(made, "A", door.scan(f"s{number}", code))
    first, second = (place(number).person_id for number in made.enrolments)
    with pytest.raises(BothCameIn):
        merge(first, second)
    assert place(made.enrolments[1]).person_id == second


def test_whoever_was_asked_twice_and_answered_once_was_asked_once(app: Flask) -> None:
    earlier = clock.now() - timedelta(days=190)
    asking.held_workshop("foraeldredialog-0", earlier, asking.Guest("Aamina Yusuf"))
    made = asking.sent(asking.Guest("Amina Yusuf"))
    with unit_of_work():
        answering.answer_all(made.ids["Aamina Yusuf"], {}, whole=False)
    gone, stays = (asking.invitation(number).person_id for number in sorted(made.ids.values()))
    assert gone and stays
    merge(stays, gone)
    left = db.session.scalars(select(Invitation)).all()
    assert [(each.id, each.person_id) for each in left] == [(made.ids["Aamina Yusuf"], stays)]


def test_of_eight_that_merge_the_same_at_once_one_succeeds(app: Flask) -> None:
    workshop()
    workshop("proceskonsulent")
    enrolled(RIGHT)
    enrolled(WRONG, "proceskonsulent")
    stays, gone = person(RIGHT), person(WRONG)
    merged, missed = [], []

    def one() -> None:
        with app.app_context():
            try:
                merge(stays, gone)
            except NotFound:
                missed.append(1)
            else:
                merged.append(1)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(merged), len(missed)) == (1, 7)


def two_records() -> tuple[Organisation, Organisation]:
    first = applying.organisation("Kvinder på Nørrebro", cvr="13585628")
    second = applying.organisation(
        "Kvinder paa Nørebro", "ny@forening.example", website="https://kvinder.example"
    )
    return first, second


def test_two_organisations_become_one(app: Flask) -> None:
    first, second = two_records()
    event = applying.festival()
    kept = applying.submitted(event, second, "ny@forening.example")
    with unit_of_work():
        for made, field in ((first, "name"), (second, "website"), (second, "name")):
            pairs = organisation_queries.consents(made.id) | {(field, "atlas")}
            organisations.save_consents(Actor(staff_id=1), made.id, pairs)
    with unit_of_work():
        services.merge_organisations(first.id, second.id, set())
    db.session.expire_all()
    merged = db.session.get_one(Organisation, first.id)
    assert (merged.name, merged.website) == ("Kvinder på Nørrebro", "https://kvinder.example")
    assert db.session.get(Organisation, second.id) is None
    assert db.session.get_one(Application, kept.id).organisation_id == first.id
    assert organisation_queries.represents("ny@forening.example", first.id)
    assert organisation_queries.consents(first.id) == {("name", "atlas"), ("website", "atlas")}
    assert audit.of("organisation", first.id)[-1].facts == {"gone": second.id}


def test_two_live_applications_are_decided_on_first(client: InspectingClient) -> None:
    first, second = two_records()
    event = applying.festival()
    applying.submitted(event, first)
    applying.submitted(event, second, "ny@forening.example")
    with pytest.raises(BothApplied), unit_of_work():
        services.merge_organisations(first.id, second.id, set())
    sign_in_staff(client, StaffRole.ORGANISER)
    page = f"/desk/merging/organisations/{first.id}/{second.id}"
    fields = client.page(page).form()
    told = client.send(page, {**fields, "name": "gone", "sure": "y"}, 409).get_data(as_text=True)
    assert "International Dag" in told and 'value="gone"' in told


def test_the_team_compares_and_merges_two_persons(client: InspectingClient) -> None:
    workshop()
    number, other = enrolled(RIGHT), enrolled(WRONG)
    sign_in_staff(client, StaffRole.ORGANISER)
    stays, gone = person(RIGHT), person(WRONG)
    assert "merging/people" in client.get(f"/desk/workshops/{SLUG}/enrolments/{number}").get_data(
        as_text=True
    )
    found = client.get(f"/desk/merging/people/{stays}?search=jusuf").get_data(as_text=True)
    page = f"/desk/merging/people/{stays}/{gone}"
    assert page in found
    told = client.page(page)
    assert "Forældredialog" in told.text and WRONG[1] in told.text
    fields = told.form()
    client.send(page, {**fields, "name": "gone", "email": "stays"}, 422)
    client.send(page, {**fields, "name": "gone", "email": "stays", "sure": "y"})
    db.session.rollback()
    kept = db.session.get_one(Person, stays, populate_existing=True)
    assert (kept.name, kept.email) == (WRONG[0], RIGHT[1])
    assert {place(number).state, place(other).state} == {"confirmed", "cancelled"}


def test_the_team_chooses_between_two_facts_of_an_organisation(client: InspectingClient) -> None:
    first, second = two_records()
    sign_in_staff(client, StaffRole.ORGANISER)
    assert f"/organisations/{first.id}/{second.id}" in client.get(
        f"/desk/merging/organisations/{first.id}"
    ).get_data(as_text=True)
    page = f"/desk/merging/organisations/{first.id}/{second.id}"
    fields = client.page(page).form()
    client.send(page, {**fields, "name": "gone", "sure": "y"})
    db.session.rollback()
    merged = db.session.get_one(Organisation, first.id, populate_existing=True)
    assert (merged.name, merged.cvr) == ("Kvinder paa Nørebro", "13585628")


def test_links_that_went_to_the_address_that_is_given_up_open_nothing(
    client: InspectingClient,
) -> None:
    workshop()
    workshop("proceskonsulent")
    first, second = enrolled(RIGHT), enrolled(WRONG, "proceskonsulent")
    kept, given_up = (private_link(place(number)) for number in (first, second))
    with unit_of_work():
        db.session.execute(update(Letter).values(state=LetterState.SENT))
    merge(person(RIGHT), person(WRONG))
    client.page(kept.removeprefix("http://localhost"))
    client.page(given_up.removeprefix("http://localhost"), status=410)
    again = select(Letter).where(Letter.kind == "workshops/again")
    [letter] = db.session.scalars(again)
    assert letter.email == RIGHT[1] and private_link(place(second)) in letter.text


def test_a_survey_that_was_sent_to_the_address_given_up_is_answered_from_ones_own_page(
    client: InspectingClient,
) -> None:
    asking.sent(asking.AMINA)
    with unit_of_work():
        other = people.person_for("amina.yusuf@mail.example", "Amina Jusuf").id
    [invitation] = db.session.scalars(select(Invitation)).all()
    before = respondents.token_of(invitation.id)
    merge(invitation.person_id or 0, other, of_gone=True)
    client.page(f"/s/{before}", status=410)
    sign_in(client, "amina.yusuf@mail.example")
    [link] = [a.get("href") for a in client.page("/my").all("a") if "/s/" in a.get("href", "")]
    assert link and before not in link
    client.page(link)


def test_what_moves_is_counted_beforehand_and_has_moved_afterwards(
    client: InspectingClient,
) -> None:
    workshop()
    workshop("proceskonsulent")
    enrolled(RIGHT)
    enrolled(WRONG, "proceskonsulent")
    with unit_of_work():
        advisory.log_advice(Request("Skolen", "Tolk", email=WRONG[1], name=WRONG[0]))
        made = organisations.register("association", "Nørrebro", Contact(WRONG[1], WRONG[0]))
    stays, gone = person(RIGHT), person(WRONG)
    before = {name: number for name, number in queries.what_moves("person_id", gone) if number}
    assert before == {
        "enrolments.person_id": 1,
        "representatives.person_id": 1,
        "advisory_tasks.person_id": 1,
        "letters.person_id": before["letters.person_id"],
    }
    sign_in_staff(client, StaffRole.ORGANISER)
    told = client.page(f"/desk/merging/people/{stays}/{gone}?language=da").text
    assert "Pladser, med billetter og hvem der kom: 1" in told and "Ret til at handle" in told
    kept = dict(queries.what_moves("person_id", stays))
    merge(stays, gone)
    assert not any(number for _name, number in queries.what_moves("person_id", gone))
    now = dict(queries.what_moves("person_id", stays))
    # And the letter with the new link of the place.
    now["letters.person_id"] -= 1
    assert now == {name: kept[name] + before.get(name, 0) for name in kept}
    other = applying.organisation("Nørrebro Kvinder")
    told = client.page(f"/desk/merging/organisations/{other.id}/{made.id}?language=da").text
    assert "Kontaktpersoner: 1" in told
