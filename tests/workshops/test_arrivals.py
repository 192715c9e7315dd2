"""What came through the door stands, whatever its holder or the team changes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.queries.attendance import attendance
from app.checkin.queries.counts import counts
from app.core import audit
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.door.queries.overview import view
from app.privacy import services as privacy
from app.workshops import refusals
from app.workshops.emails import private_link
from app.workshops.models import Enrolment
from app.workshops.queries import places
from app.workshops.services import changing, enrolling, leaving, planning
from app.workshops.services.arriving import TeamsWord
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, deliver, scan, workshop
from tests.factories import api_token, bearer, sign_in_staff
from tests.pages import InspectingClient, Page
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("app")

Counting = Callable[[], AbstractContextManager[Statements]]
Doing = Callable[[Made], object]


def a_group(seats: int = 5, capacity: int = 100) -> Made:
    """Amina Yusuf with a ticket for several."""
    return workshop(names=("Amina Yusuf",), seats=seats, capacity=capacity)


def came(made: Made, admits: int | None = None, scan_id: str = "s1") -> None:
    """Some of the group come in."""
    deliver(made, "A", scan(scan_id, made.codes[0], admits=admits))


def cancel(made: Made) -> object:
    with unit_of_work():
        return leaving.cancel(made.enrolments[0], late=True)


def resized(made: Made, seats: int, team: TeamsWord | None = None) -> object:
    with unit_of_work():
        return changing.change(made.enrolments[0], Change("Amina Yusuf", seats), team)


def stored(made: Made) -> Enrolment:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Enrolment, made.enrolments[0])


def leads_to(page: Page) -> set[str | None]:
    """Where the links and forms of a page lead."""
    return {one.get("href") for one in page.all("a")} | {
        one.get("action") for one in page.all("form")
    }


def own_page(made: Made) -> str:
    """The address of the private place."""
    return "/m/" + private_link(stored(made)).rpartition("/")[2]


def board(made: Made) -> tuple[int, int, int]:
    """Expected, come and not yet come; what has come and what has not add up to it."""
    db.session.rollback()
    found, seen = counts(made.event.id), view(made.event.slug, 0, made.event.starts_at)
    assert seen.watched.expected == found.expected == seen.arrived + seen.missing
    assert seen.arrived == found.arrived
    return found.expected, seen.arrived, seen.missing


def test_who_has_come_cannot_give_up_the_place() -> None:
    made = a_group()
    came(made, 2)
    with pytest.raises(refusals.CameInWithIt) as refused:
        cancel(made)
    assert "gate A" in str(refused.value) or "indgang A" in str(refused.value)
    assert stored(made).state == "confirmed"


def test_a_machine_hears_the_sentence(client: InspectingClient) -> None:
    made = a_group()
    token = api_token("enrol")
    came(made)
    address = f"/api/v1/enrolments/{made.enrolments[0]}"
    answer = client.open(address, method="DELETE", headers=bearer(token))
    assert answer.status_code == 409
    assert answer.get_json()["type"].endswith("came-in-with-it")
    assert stored(made).state == "confirmed"


def test_the_own_page_offers_no_cancelling_and_refuses_it(client: InspectingClient) -> None:
    made = a_group()
    token = client.page(own_page(made)).form(f"{own_page(made)}/cancel")
    came(made)
    assert f"{own_page(made)}/cancel" not in leads_to(client.page(own_page(made)))
    answer = client.post(f"{own_page(made)}/cancel", data=token)
    assert answer.status_code == 409
    assert "Amina Yusuf" in answer.get_data(as_text=True)
    assert stored(made).state == "confirmed"


def test_after_all_entries_are_annulled_the_place_can_be_given_up_again() -> None:
    made = a_group()
    came(made, 2)
    came(made, 1, "s2")
    deliver(made, "A", scan("u1", made.codes[0], "annul", annuls="s1"))
    with pytest.raises(refusals.CameInWithIt):
        cancel(made)
    deliver(made, "A", scan("u2", made.codes[0], "annul", annuls="s2"))
    cancel(made)
    assert stored(made).state == "cancelled"


def test_a_place_does_not_shrink_below_who_came() -> None:
    made = a_group()
    came(made, 3)
    with pytest.raises(refusals.FewerThanCame):
        resized(made, 2)
    resized(made, 3)
    assert stored(made).seats == 3


def test_more_seats_need_a_scan_before_anybody_more_has_come() -> None:
    made = a_group()
    came(made)
    resized(made, 12)
    assert board(made) == (12, 5, 7)
    assert [visit.admitted for visit in attendance([made.event.id])] == [5]
    came(made, None, "s2")
    assert board(made) == (12, 12, 0)


def test_a_ticket_that_somebody_came_in_with_goes_to_nobody_else() -> None:
    made = a_group()
    came(made, 1)
    with pytest.raises(refusals.OtherPersonCame), unit_of_work():
        changing.change(made.enrolments[0], Change("Bo Lund", 5))
    # Another spelling of the same name is the same person.
    with unit_of_work():
        changing.change(made.enrolments[0], Change("AMINA  yusuf", 5))


def test_the_change_form_says_why_at_its_field_and_keeps_what_was_typed(
    client: InspectingClient,
) -> None:
    made = a_group()
    came(made, 3)
    form = client.page(f"{own_page(made)}/change").form()
    answer = client.post(
        f"{own_page(made)}/change", data={**form, "seats": "2", "food": "ingen nødder"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="seats-error"' in page
    assert 'value="ingen nødder"' in page
    assert stored(made).food == ""


def test_seats_changed_after_the_event_change_no_figure() -> None:
    made = workshop(names=("Amina Yusuf",))
    came(made)
    with moment(made.event.ends_at + timedelta(days=150)):
        with pytest.raises(refusals.EnrolmentOver):
            resized(made, 12)
        resized(made, 12, TeamsWord("Ønsket i telefonen"))
    assert stored(made).seats == 12
    assert [visit.admitted for visit in attendance([made.event.id])] == [1]


def test_after_the_end_the_own_page_changes_nothing_but_goals(client: InspectingClient) -> None:
    made = a_group()
    came(made, 3)
    with moment(made.event.ends_at):
        leads = leads_to(client.page(own_page(made)))
        assert {f"{own_page(made)}/goals", "/my/data"} <= leads
        for gone in ("change", "cancel", "ticket.pdf", "calendar.ics"):
            assert f"{own_page(made)}/{gone}" not in leads
        answer = client.get(f"{own_page(made)}/change")
        assert (answer.status_code, answer.location) == (303, own_page(made))


def test_the_team_cancels_with_a_reason_and_who_came_stays_counted() -> None:
    made = workshop()
    came(made)
    assert board(made) == (3, 1, 2)
    with unit_of_work():
        leaving.cancel_by_team(made.enrolments[0], "Var på listen to gange")
    assert stored(made).state == "cancelled"
    assert board(made) == (3, 1, 2)
    assert [visit.admitted for visit in attendance([made.event.id])] == [1]
    (entry,) = [
        entry
        for entry in audit.of("enrolment", made.enrolments[0])
        if entry.verb == "cancelled_by_team"
    ]
    assert entry.facts == {"why": "Var på listen to gange", "came": 1}
    (letter,) = db.session.scalars(
        select(Letter).where(Letter.kind == "workshops/cancelled_by_team")
    )
    assert letter.email == "amina@mail.example"


def test_a_place_smaller_than_who_came_still_expects_them_all() -> None:
    made = a_group()
    came(made)
    with pytest.raises(refusals.FewerThanCame):
        resized(made, 3, TeamsWord())
    resized(made, 3, TeamsWord("Kun tre af dem er vores"))
    assert stored(made).seats == 3
    assert board(made) == (5, 5, 0)
    (entry,) = [
        one
        for one in audit.of("enrolment", made.enrolments[0])
        if one.verb == "changed_after_entry"
    ]
    assert entry.facts == {"seats": 3, "came": 5, "why": "Kun tre af dem er vores"}


def test_the_desk_warns_with_gate_and_time_before_it_cancels(client: InspectingClient) -> None:
    made = a_group()
    came(made, 3)
    sign_in_staff(client, StaffRole.ORGANISER)
    here = f"/desk/workshops/{made.event.slug}/enrolments/{made.enrolments[0]}"
    page = client.page(f"{here}/cancel")
    assert "3 af 5" in page.text
    assert "indgang A" in page.text
    answer = client.post(f"{here}/cancel", data=page.form())
    assert answer.status_code == 422
    assert stored(made).state == "confirmed"
    answer = client.post(f"{here}/cancel", data={**page.form(), "why": "Kom ved en fejl"})
    assert answer.status_code == 303
    assert stored(made).state == "cancelled"
    shown = client.page(here).text
    assert "Kom ved en fejl" in shown
    assert "3 af 5" in shown


def test_the_desk_asks_why_before_it_makes_a_place_smaller(client: InspectingClient) -> None:
    made = a_group()
    came(made, 3)
    sign_in_staff(client, StaffRole.ORGANISER)
    here = f"/desk/workshops/{made.event.slug}/enrolments/{made.enrolments[0]}/change"
    page = client.page(here)
    sent = {**page.form(), "seats": "2"}
    answer = client.post(here, data=sent)
    assert answer.status_code == 422
    assert 'id="why-error"' in answer.get_data(as_text=True)
    assert stored(made).seats == 5
    assert client.post(here, data={**sent, "why": "Talt forkert"}).status_code == 303
    assert stored(made).seats == 2


def test_nobody_moves_up_by_themselves_once_it_has_begun_unless_the_team_asks() -> None:
    made = workshop(capacity=2)
    with unit_of_work():
        leaving.cancel(made.enrolments[1])
    waiting = places.place(made.enrolments[2]).enrolment
    assert waiting.state == "waitlisted"
    with unit_of_work():
        assert planning.move_up(made.event.id) == 1
    db.session.expire_all()
    assert places.place(made.enrolments[2]).enrolment.state == "confirmed"
    (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "workshops/moved_up"))
    assert "gået i gang" in letter.text


def test_of_several_sittings_one_may_still_join_the_last() -> None:
    first = workshop("kursus", sessions=()).event.starts_at
    sittings = tuple(
        (first + timedelta(hours=hours), first + timedelta(hours=hours + 1)) for hours in (0, 4)
    )
    made = workshop("forloeb", capacity=2, sessions=sittings)
    with moment(first + timedelta(hours=2)), unit_of_work():
        leaving.cancel(made.enrolments[1])
    assert places.place(made.enrolments[2]).enrolment.state == "confirmed"


def test_nobody_moves_up_to_the_seat_of_somebody_inside() -> None:
    with moment(workshop("andet").event.starts_at - timedelta(hours=3)):
        early = workshop("tidlig", capacity=2)
    deliver(early, "A", scan("s1", early.codes[0]))
    with moment(early.event.starts_at - timedelta(minutes=30)), unit_of_work():
        leaving.cancel_by_team(early.enrolments[0], "Er her, men uden plads")
    assert places.place(early.enrolments[2]).enrolment.state == "waitlisted"


def test_who_is_erased_while_inside_keeps_the_seat_and_the_reason_goes() -> None:
    made = workshop()
    came(made)
    resized_by = TeamsWord("Amina ringede fra sin søsters telefon")
    with unit_of_work():
        changing.change(made.enrolments[0], Change("Amina Yusuf", 2), resized_by)
        changing.change(made.enrolments[0], Change("Bo Holm", 1), TeamsWord("Amina var syg"))
    with unit_of_work():
        privacy.erase("amina@mail.example")
    assert stored(made).state == "confirmed"
    assert all("why" not in entry.facts for entry in audit.of("enrolment", made.enrolments[0]))
    assert board(made)[1] == 1


def test_a_replaced_ticket_counts_with_the_new_one() -> None:
    made = a_group()
    came(made, 3)
    with unit_of_work():
        code = changing.reissue(made.enrolments[0]).ticket.code
    deliver(made, "B", scan("s2", code, gate="B", admits=2))
    assert board(made) == (5, 5, 0)
    with pytest.raises(refusals.FewerThanCame):
        resized(made, 4)
    assert [visit.admitted for visit in attendance([made.event.id])] == [5]


def test_the_list_for_spreadsheets_says_who_came(client: InspectingClient) -> None:
    made = workshop()
    came(made)
    sign_in_staff(client, StaffRole.ORGANISER)
    lines = client.get(f"/desk/workshops/{made.event.slug}/answers.csv").data.decode("utf-8-sig")
    first, second = [line.split(";") for line in lines.splitlines()[1:3]]
    assert (first[:4], first[5]) == (["Amina Yusuf", "amina@mail.example", "1", "1"], "A")
    assert second[2:6] == ["1", "0", "", ""]


@pytest.mark.parametrize("seats", [1, 5])
def test_giving_up_and_coming_in_at_the_same_moment_never_both_happen(
    app: Flask, seats: int
) -> None:
    """Whoever is second finds what the first did: a seat that is sat on, or a ticket that is not
    valid any more."""
    for turn in range(6):
        made = workshop(f"race{turn}", ("Amina Yusuf",), seats=seats)
        answers: dict[str, Any] = {}
        run_both(app, _entering(made, answers), _cancelling(made, answers), swapped=turn % 2 == 1)
        entered = answers["verdict"] == "admitted"
        assert answers["cancelled"] != entered, answers
        assert counts(made.event.id).arrived == (seats if entered else 0)
        db.session.rollback()


def test_shrinking_and_coming_in_at_the_same_moment_leave_no_more_inside_than_seats(
    app: Flask,
) -> None:
    for turn in range(6):
        made = workshop(f"race{turn}", ("Amina Yusuf",), seats=5)
        answers: dict[str, Any] = {}
        run_both(app, _entering(made, answers), _shrinking(made, answers), swapped=turn % 2 == 1)
        assert answers["verdict"] == "admitted"
        seats = stored(made).seats
        assert seats == (2 if answers["shrunk"] else 5)
        assert counts(made.event.id).arrived == seats
        db.session.rollback()


def run_both(app: Flask, *doings: Callable[[], None], swapped: bool) -> None:
    """Both in the same moment, each in a transaction of its own."""
    db.session.remove()

    def run(doing: Callable[[], None]) -> None:
        with app.app_context():
            doing()
            db.session.remove()

    threads = [Thread(target=run, args=(doing,)) for doing in doings]
    for thread in reversed(threads) if swapped else threads:
        thread.start()
    for thread in threads:
        thread.join()


def _entering(made: Made, answers: dict[str, Any]) -> Callable[[], None]:
    def enter() -> None:
        (answer,) = deliver(made, "A", scan(f"s{made.event.id}", made.codes[0]))
        answers["verdict"] = answer["verdict"]

    return enter


def _cancelling(made: Made, answers: dict[str, Any]) -> Callable[[], None]:
    number = made.enrolments[0]

    def give_up() -> None:
        try:
            with unit_of_work():
                leaving.cancel(number, late=True, letters=False)
            answers["cancelled"] = True
        except refusals.CameInWithIt:
            answers["cancelled"] = False

    return give_up


def _shrinking(made: Made, answers: dict[str, Any]) -> Callable[[], None]:
    number = made.enrolments[0]

    def shrink() -> None:
        try:
            with unit_of_work():
                changing.change(number, Change("Amina Yusuf", 2))
            answers["shrunk"] = True
        except refusals.FewerThanCame:
            answers["shrunk"] = False

    return shrink


def test_enrolling_again_gives_the_same_place_to_who_came() -> None:
    made = workshop()
    came(made)
    with unit_of_work():
        again = enrolling.enrol(made.event.slug, Wish("Amina Yusuf", "amina@mail.example"))
    assert not again.created


def test_the_list_of_a_workshop_tells_who_came_when_and_where(client: InspectingClient) -> None:
    made = workshop(names=("Amina Yusuf", "Bo Holm"), seats=2)
    came(made, 1)
    sign_in_staff(client, StaffRole.ORGANISER)
    address = f"/desk/workshops/{made.event.slug}"
    assert "1, indgang A" in client.page(address).text
    assert "Bo Holm" not in client.page(f"{address}?came=yes").text
    assert "Amina" not in client.page(f"{address}?came=no&sort=-came").text
    heads, row, _other, _end = client.get(f"{address}?file=csv").text.lstrip("\ufeff").split("\r\n")
    told = dict(zip(heads.split(";"), row.split(";"), strict=True))
    assert (told["Kom"], told["Indgang"]) == ("1", "A")
    assert len(told["Først"]) == len("2026-11-30 14:05")


def test_the_list_asks_as_little_for_many_as_for_few(
    client: InspectingClient, statements: Counting
) -> None:
    made = workshop(names=[f"Amina {number}" for number in range(10)], capacity=500)
    sign_in_staff(client, StaffRole.ORGANISER)
    asked = []
    for more in (0, 70):
        with unit_of_work():
            for number in range(more):
                enrolling.enrol(made.event.slug, Wish(f"Bo {number}", f"bo{number}@post.example"))
        with statements() as seen:
            client.page(f"/desk/workshops/{made.event.slug}?sort=-came")
        asked.append(len(seen))
    assert asked == [8, 8]
