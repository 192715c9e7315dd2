"""Places given, waited for, given up, changed; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DataError, IntegrityError

from app.core import clock
from app.core.database import db
from app.core.numbers import clock_text
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries as event_queries
from app.events.models import Event
from app.events.refusals import HasBegun
from app.events.services import scheduling as events
from app.lifecycle.services import telling
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules import codes
from app.workshops import refusals
from app.workshops.models import Enrolment, Goal
from app.workshops.queries import lists, places
from app.workshops.services import at_once, changing, enrolling, leaving, many, planning
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from tests.statements import Statements
from tests.workshops.making import (
    SLUG,
    enrolled,
    enrolment,
    letters,
    on_list,
    stored_workshop,
    wish,
    workshop,
)

Counting = Callable[[], AbstractContextManager[Statements]]
# What psycopg reads anew at each call is longer, or has more values.
MOST_LETTERS, MOST_VALUES = 4_096, 50


def on_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def test_enrolling_takes_a_seat_and_writes_one_letter(app: Flask) -> None:
    event_id = workshop(capacity=2)
    outcome = enrolled(1)
    assert outcome.created
    assert outcome.place.enrolment.state == "confirmed"
    assert stored_workshop(event_id).taken == 1
    letter = letters()[0]
    number = outcome.place.ticket.id
    assert [one.kind for one in letters()] == ["workshops/ticket"]
    assert letter.attachments == [f"inline-qr:{number}", f"ticket:{number}", f"calendar:{number}"]


def test_enrolling_twice_returns_the_first_place(app: Flask) -> None:
    event_id = workshop()
    first = enrolled(1)
    with unit_of_work():
        again = enrolling.enrol(SLUG, Wish(" amina  1", "AMINA1@post.example "))
    assert not again.created
    assert again.place.enrolment.id == first.place.enrolment.id
    assert stored_workshop(event_id).taken == 1
    assert len(letters()) == 1


def test_three_colleagues_share_a_mailbox(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        for name in ("Amina", "Bo", "Cem"):
            enrolling.enrol(SLUG, Wish(name, "hus@skole.example"))
    assert stored_workshop(event_id).taken == 3
    assert [letter.email for letter in letters()] == ["hus@skole.example"] * 3


def test_a_full_workshop_puts_people_in_line_with_their_position(app: Flask) -> None:
    event_id = workshop(capacity=1)
    enrolled(1)
    assert [enrolled(number).position for number in (2, 3)] == [1, 2]
    assert [one.kind for one in letters()[1:]] == ["workshops/waiting"] * 2
    assert "1" in letters("waiting")[0].text
    assert stored_workshop(event_id).taken == 1


def test_without_a_waiting_list_a_full_workshop_refuses(app: Flask) -> None:
    workshop(capacity=1, waiting_list=False)
    enrolled(1)
    with pytest.raises(refusals.Full):
        enrolled(2)
    assert len(letters()) == 1


def test_a_group_larger_than_the_workshop_is_refused(app: Flask) -> None:
    workshop(capacity=3)
    with pytest.raises(refusals.MoreThanCapacity):
        enrolled(1, seats=4)


def test_a_smaller_party_is_seated_while_a_group_waits(app: Flask) -> None:
    workshop(capacity=4)
    enrolled(1, seats=2)
    assert enrolled(2, seats=4).position == 1
    assert enrolled(3, seats=2).place.enrolment.state == "confirmed"


def test_cancelling_lets_the_oldest_who_fits_move_up(app: Flask) -> None:
    event_id = workshop(capacity=2)
    first = enrolled(1, seats=2)
    group = enrolled("group", seats=2)
    single = enrolled(3)
    with unit_of_work():
        leaving.cancel(first.place.enrolment.id)
    assert enrolment(group.place.enrolment.id).state == "confirmed"
    assert enrolment(single.place.enrolment.id).state == "waitlisted"
    assert places.position(enrolment(single.place.enrolment.id)) == 1
    assert stored_workshop(event_id).taken == 2
    assert [one.email for one in letters("moved_up")] == ["aminagroup@post.example"]
    assert [one.email for one in letters("cancelled")] == ["amina1@post.example"]


def test_a_group_that_does_not_fit_is_skipped(app: Flask) -> None:
    event_id = workshop(capacity=4)
    first = enrolled(1, seats=3)
    enrolled(2)
    group = enrolled("group", seats=4)
    single = enrolled(3, seats=2)
    with unit_of_work():
        leaving.cancel(first.place.enrolment.id)
    assert enrolment(group.place.enrolment.id).state == "waitlisted"
    assert enrolment(single.place.enrolment.id).state == "confirmed"
    assert stored_workshop(event_id).taken == 3


def test_cancelling_twice_is_no_error_and_frees_once(app: Flask) -> None:
    event_id = workshop(capacity=2)
    first, _second = enrolled(1), enrolled(2)
    for _ in range(2):
        with unit_of_work():
            leaving.cancel(first.place.enrolment.id)
    assert stored_workshop(event_id).taken == 1
    assert len(letters("cancelled")) == 1


def test_one_may_enrol_again_after_cancelling(app: Flask) -> None:
    workshop()
    first = enrolled(1)
    with unit_of_work():
        leaving.cancel(first.place.enrolment.id)
    again = enrolled(1)
    assert again.created
    assert again.place.ticket.id != first.place.ticket.id


def test_a_place_cannot_be_given_up_after_the_event(app: Flask) -> None:
    event_id = workshop()
    outcome = enrolled(1)
    after = event_queries.event(event_id).ends_at + timedelta(seconds=1)
    with at(after), pytest.raises(refusals.TooLateToCancel), unit_of_work():
        leaving.cancel(outcome.place.enrolment.id)
    with at(after), unit_of_work():
        leaving.cancel(outcome.place.enrolment.id, late=True)
    assert enrolment(outcome.place.enrolment.id).state == "cancelled"


def test_nobody_moves_up_once_the_event_is_over(app: Flask) -> None:
    event_id = workshop(capacity=1)
    first, second = enrolled(1), enrolled(2)
    with at(event_queries.event(event_id).ends_at), unit_of_work():
        leaving.cancel(first.place.enrolment.id, late=True)
    assert enrolment(second.place.enrolment.id).state == "waitlisted"


def test_enrolment_is_refused_before_it_opens_and_after_it_closes(app: Flask) -> None:
    workshop()
    with at(clock.now() - timedelta(days=2)), pytest.raises(refusals.EnrolmentNotOpen):
        enrolled(1)
    with at(clock.now() + timedelta(days=13, hours=1)), pytest.raises(refusals.EnrolmentClosed):
        enrolled(1)


def test_a_cancelled_event_takes_nobody_and_tells_all(app: Flask) -> None:
    event_id = workshop(capacity=1)
    enrolled(1), enrolled(2)
    with unit_of_work():
        assert telling.call_off(event_id, "Storm") == 2
    assert len(letters("called_off")) == 2
    with pytest.raises(refusals.EventNotOpen):
        enrolled(3)


def test_a_moved_event_tells_all_with_a_newer_calendar_file(app: Flask) -> None:
    event_id = workshop()
    outcome = enrolled(1)
    event = event_queries.event(event_id)
    with unit_of_work():
        telling.move(event_id, event.starts_at, event.ends_at, "Kulturhuset", "Gade 1")
    letter = letters("moved")[0]
    assert letter.attachments == [f"calendar:{outcome.place.ticket.id}"]
    before, after = letter.text.split("Til: ")
    assert "Fra: " in before
    assert "Støberiet" in before
    assert "Kulturhuset" in after


def test_who_is_told_of_a_move_reads_both_times(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    event = event_queries.event(event_id)
    was, becomes = event.starts_at, event.starts_at + timedelta(days=3, hours=1)
    with unit_of_work():
        telling.move(event_id, becomes, becomes + timedelta(hours=2), event.place, "")
    before, after = letters("moved")[0].text.split("Til: ")
    assert clock_text(was) in before
    assert clock_text(becomes) in after


def test_nobody_is_told_that_what_is_over_does_not_take_place(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    ends = event_queries.event(event_id).ends_at
    with at(ends):
        with pytest.raises(HasBegun), unit_of_work():
            telling.call_off(event_id, "Storm", sure=False)
        with unit_of_work():
            assert telling.call_off(event_id, "Storm") == 0
    assert not letters("called_off")


def test_more_places_go_to_those_who_wait(app: Flask) -> None:
    event_id = workshop(capacity=1)
    enrolled(1), enrolled(2), enrolled(3)
    with unit_of_work():
        planning.set_capacity(event_id, 2)
    assert len(letters("moved_up")) == 1
    assert stored_workshop(event_id).taken == 2


def test_fewer_places_are_refused_with_how_many_must_leave(app: Flask) -> None:
    event_id = workshop(capacity=5)
    enrolled(1, seats=3)
    with pytest.raises(refusals.CapacityTooLow) as refused, unit_of_work():
        planning.set_capacity(event_id, 1)
    assert refused.value.facts["leave"] == 2
    assert stored_workshop(event_id).capacity == 5


def test_a_reissued_ticket_replaces_the_old_one(app: Flask) -> None:
    event_id = workshop()
    outcome = enrolled(1)
    version = stored_workshop(event_id).list_version
    with unit_of_work():
        renewed = changing.reissue(outcome.place.enrolment.id)
    db.session.expire_all()
    assert db.session.get_one(Ticket, outcome.place.ticket.id).state == "replaced"
    assert places.place(outcome.place.enrolment.id).ticket.id == renewed.ticket.id
    assert stored_workshop(event_id).list_version == version + 1
    assert len(letters("reissued")) == 1


def test_the_ticket_code_is_signed_by_the_event(app: Flask) -> None:
    workshop()
    outcome = enrolled(1)
    code = codes.read_code(outcome.place.ticket.code)
    assert code is not None
    assert code.ticket_id == outcome.place.ticket.id
    signature = events.sign(code.event_id, code.payload)
    assert signature == code.signature


def test_a_smaller_party_frees_seats_for_the_line(app: Flask) -> None:
    event_id = workshop(capacity=3)
    group = enrolled(1, seats=3)
    enrolled(2)
    with unit_of_work():
        changing.change(group.place.enrolment.id, Change(name="Amina 1", seats=2))
    assert len(letters("moved_up")) == 1
    assert stored_workshop(event_id).taken == 3


def test_a_larger_party_is_refused_when_the_seats_are_not_free(app: Flask) -> None:
    event_id = workshop(capacity=3)
    outcome = enrolled(1, seats=2)
    enrolled(2)
    with pytest.raises(refusals.SeatsNotFree), unit_of_work():
        changing.change(outcome.place.enrolment.id, Change(name="Amina 1", seats=3))
    assert stored_workshop(event_id).taken == 3


def test_a_group_that_asks_for_less_moves_up(app: Flask) -> None:
    workshop(capacity=2)
    enrolled(1)
    group = enrolled(2, seats=2)
    with unit_of_work():
        changing.change(group.place.enrolment.id, Change(name="Amina 2", seats=1))
    assert enrolment(group.place.enrolment.id).state == "confirmed"


def test_quite_another_name_of_the_same_person_is_taken_once_it_is_said(app: Flask) -> None:
    workshop()
    outcome = enrolled(1)
    with pytest.raises(refusals.AnotherName), unit_of_work():
        changing.change(outcome.place.enrolment.id, Change(name="Bo Holm", seats=1))
    still = Change(name="Bo Holm", seats=1, still_me=True)
    with unit_of_work():
        place = changing.change(outcome.place.enrolment.id, still)
    assert place.person.id == outcome.place.person.id
    assert place.person.name == "Bo Holm"
    assert len(on_list(place.event.id, "holm")) == 1
    assert place.person.email == "amina1@post.example"


def test_a_name_that_could_be_a_short_code_is_found_as_a_name(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        enrolling.enrol(SLUG, Wish("Bent Hansen", "bent@post.example"))
    assert codes.read_short("Bent Hansen")
    assert len(on_list(event_id, "Bent Hansen")) == 1


def test_a_place_is_not_called_by_the_name_of_someone_enrolled(app: Flask) -> None:
    workshop()
    with unit_of_work():
        one = enrolling.enrol(SLUG, Wish("Bo", "hus@skole.example"))
        enrolling.enrol(SLUG, Wish("Cem", "hus@skole.example"))
    with pytest.raises(refusals.NameEnrolledAlready), unit_of_work():
        changing.change(one.place.enrolment.id, Change(name="cem", seats=1, still_me=True))


def test_goals_are_kept_in_order_with_the_consent(app: Flask) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    with unit_of_work():
        changing.set_goals(number, ["  Ringe hjem  ", "", "Lytte"], show_again=True)
    assert [(one.number, one.text) for one in places.goals(number)] == [
        (1, "Ringe hjem"),
        (2, "Lytte"),
    ]
    assert enrolment(number).show_goals is True


def test_goals_can_be_written_anew(app: Flask) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    for texts in (["a", "b"], ["c"]):
        with unit_of_work():
            changing.set_goals(number, texts, show_again=False)
    assert [one.text for one in places.goals(number)] == ["c"]


def test_who_waits_writes_no_goals(app: Flask) -> None:
    workshop(capacity=1)
    enrolled(1)
    waiting = enrolled(2)
    with pytest.raises(refusals.NotConfirmed), unit_of_work():
        changing.set_goals(waiting.place.enrolment.id, ["a"], show_again=True)


def test_a_forgotten_person_leaves_an_empty_place_that_goes_on(app: Flask) -> None:
    event_id = workshop(capacity=1)
    first = enrolled(1, food="ingen nødder")
    second = enrolled(2)
    with unit_of_work():
        changing.set_goals(first.place.enrolment.id, ["Ringe hjem"], show_again=True)
        leaving.forget(db.session.get_one(Person, first.place.person.id))
    left = enrolment(first.place.enrolment.id)
    assert (left.state, left.food, left.link_hash) == ("cancelled", "", None)
    assert left.search_text == ""
    assert db.session.scalars(select(Goal.text)).all() == [""]
    assert enrolment(second.place.enrolment.id).state == "confirmed"
    assert stored_workshop(event_id).taken == 1


def test_what_is_kept_of_a_person_can_be_told(app: Flask) -> None:
    workshop()
    outcome = enrolled(1, food="ingen nødder")
    with unit_of_work():
        changing.set_goals(outcome.place.enrolment.id, ["Ringe hjem"], show_again=True)
    told = lists.about(outcome.place.person.id)["enrolments"]
    assert told[0]["food"] == "ingen nødder"
    assert told[0]["goals"] == ["Ringe hjem"]


def test_the_database_itself_refuses_more_than_the_capacity(app: Flask) -> None:
    workshop(capacity=1)
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(text("UPDATE workshops SET taken = 2"))


def test_the_same_person_cannot_have_two_live_enrolments(app: Flask) -> None:
    workshop()
    kept = enrolled(1).place.enrolment
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.add(
            Enrolment(
                id=kept.id + 1,
                event_id=kept.event_id,
                person_id=kept.person_id,
                state="waitlisted",
                joined_at=clock.now(),
            )
        )


def test_many_are_enrolled_by_the_same_rules(app: Flask) -> None:
    event_id = workshop(capacity=10)
    with unit_of_work():
        issued = many.enrol_many(SLUG, [wish(number, 1 + number % 2) for number in range(20)])
    kept = stored_workshop(event_id)
    assert kept.taken == 10
    assert lists.state_counts(event_id) == {"confirmed": 7, "waitlisted": 13}
    assert letters() == []
    assert len({one.code for one in issued}) == 20
    line = [row[0].id for row in lists.line(event_id)]
    waiting = [one.enrolment_id for one in issued if one.enrolment_id in line]
    assert line == waiting
    assert enrolled("late").position == 14


def test_the_statements_of_an_enrolment_are_few(app: Flask, statements: Counting) -> None:
    workshop()
    with statements() as seen, unit_of_work():
        enrolling.enrol(SLUG, wish(1))
    # PostgreSQL writes all five rows at once.
    assert len(seen) == (2 if on_postgresql() else 6), str(seen)


def test_whoever_is_enrolled_already_or_comes_too_late_costs_few_statements_too(
    app: Flask, statements: Counting
) -> None:
    event_id = workshop(capacity=2)
    enrolled(1)
    with statements() as again, unit_of_work():
        assert not enrolling.enrol(SLUG, wish(1)).created
    assert len(again) == 4, str(again)
    enrolled(2)
    with statements() as waiting, unit_of_work():
        assert enrolling.enrol(SLUG, wish(3)).position == 1
    assert len(waiting) == 9, str(waiting)
    assert stored_workshop(event_id).taken == 2


def test_what_is_too_long_for_its_column_is_refused_and_not_cut(app: Flask) -> None:
    workshop()
    if not on_postgresql():
        pytest.skip("SQLite keeps texts of any length")
    with pytest.raises(DataError), unit_of_work():
        enrolling.enrol(SLUG, Wish("Amina", f"{'a' * 250}@post.example"))


def test_the_statement_of_an_enrolment_is_one_the_driver_keeps(app: Flask) -> None:
    if not on_postgresql():
        pytest.skip("SQLite takes a statement for each table")
    form = at_once.SEATING.form(db.engine.dialect)
    assert len(form.sql) <= MOST_LETTERS
    assert len(form.names) <= MOST_VALUES


def test_an_event_that_changed_is_read_anew_before_an_enrolment(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    with unit_of_work():
        event = db.session.get(Event, event_id)
        assert event is not None
        event.place = "Det nye sted"
    enrolled(2)
    before, after = letters()
    assert "Det nye sted" not in before.text
    assert "Det nye sted" in after.text


def test_only_the_ticket_follows_the_seat_so_that_the_row_is_held_briefly(
    app: Flask, statements: Counting
) -> None:
    workshop()
    early = places.open_workshop(SLUG)
    enrolled(1)
    with unit_of_work():
        leaving.cancel(enrolled(1).place.enrolment.id)
    # Who was met before is written table by table, with PostgreSQL too.
    with statements() as seen, unit_of_work():
        enrolling.placed(early, wish(1))
    assert seen[-2].startswith("UPDATE workshops"), str(seen)
    assert seen[-1].startswith("INSERT INTO tickets"), str(seen)


def test_a_seat_lost_in_the_last_moment_leaves_a_place_in_line_and_one_letter(app: Flask) -> None:
    event_id = workshop(capacity=1)
    early = places.open_workshop(SLUG)
    enrolled(1)
    with unit_of_work():
        wanted = Wish("Amina 2", "amina2@post.example")
        outcome = enrolling.placed(early, wanted, letters=True)
    assert outcome.position == 1
    assert [one.kind for one in letters()] == ["workshops/ticket", "workshops/waiting"]
    assert stored_workshop(event_id).taken == 1
    assert lists.state_counts(event_id) == {"confirmed": 1, "waitlisted": 1}


def test_a_seat_lost_in_the_last_moment_undoes_nothing_that_is_written(
    app: Flask, statements: Counting
) -> None:
    workshop(capacity=1)
    early = places.open_workshop(SLUG)
    enrolled(1)
    with statements() as seen, unit_of_work():
        enrolling.placed(early, Wish("Amina 2", "amina2@post.example"))
    assert not [one for one in seen if one.startswith("DELETE")], str(seen)
    assert sum(one.startswith("INSERT INTO enrolments") for one in seen) == 1, str(seen)
    assert sum(one.startswith("INSERT INTO letters") for one in seen) == 1, str(seen)
    ticket, waiting = letters()
    assert "nummer 1" in waiting.text and not waiting.attachments
    assert waiting.subject != ticket.subject


def test_whoever_is_enrolled_already_is_reminded_only_where_that_is_asked_for(app: Flask) -> None:
    workshop()
    enrolled(1)
    with unit_of_work():
        enrolling.placed(places.open_workshop(SLUG), wish(1))
    assert len(letters()) == 1
    with unit_of_work():
        enrolling.placed(places.open_workshop(SLUG), wish(1), remind=True)
    assert [one.kind for one in letters()] == ["workshops/ticket", "workshops/again"]


def test_a_seat_given_up_in_the_last_moment_is_taken(app: Flask) -> None:
    event_id = workshop(capacity=1)
    first = enrolled(1)
    early = places.open_workshop(SLUG)
    with unit_of_work():
        leaving.cancel(first.place.enrolment.id)
    early.workshop.taken = 1
    with unit_of_work():
        outcome = enrolling.placed(early, wish(2), letters=True)
    assert outcome.place.enrolment.state == "confirmed"
    assert stored_workshop(event_id).taken == 1


def test_what_is_cancelled_is_neither_changed_nor_reissued(app: Flask) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    with unit_of_work():
        leaving.cancel(number)
    with pytest.raises(refusals.AlreadyCancelled), unit_of_work():
        changing.reissue(number)
    with pytest.raises(refusals.AlreadyCancelled), unit_of_work():
        changing.change(number, Change(name="Amina 1", seats=1))
    with pytest.raises(refusals.AlreadyCancelled), unit_of_work():
        changing.set_goals(number, ["a"], show_again=True)


def test_a_party_cannot_grow_beyond_the_workshop(app: Flask) -> None:
    workshop(capacity=3)
    number = enrolled(1).place.enrolment.id
    with pytest.raises(refusals.MoreThanCapacity), unit_of_work():
        changing.change(number, Change(name="Amina 1", seats=4))


def test_four_goals_are_refused(app: Flask) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    with pytest.raises(refusals.GoalsNotAcceptable), unit_of_work():
        changing.set_goals(number, ["a", "b", "c", "d"], show_again=True)


def test_many_without_a_waiting_list_are_refused_whole(app: Flask) -> None:
    event_id = workshop(capacity=1, waiting_list=False)
    with pytest.raises(refusals.Full), unit_of_work():
        many.enrol_many(SLUG, [wish(1), wish(2)])
    assert stored_workshop(event_id).taken == 0


def test_cancelling_takes_as_many_statements_however_long_the_line(
    app: Flask, statements: Counting
) -> None:
    workshop(capacity=1)
    first = enrolled(1)
    with unit_of_work():
        many.enrol_many(SLUG, [wish(f"w{number}") for number in range(50)])
    with statements() as seen, unit_of_work():
        leaving.cancel(first.place.enrolment.id)
    # Two of them ask, behind the lock of its tickets, whether somebody came in.
    assert len(seen) == 17, str(seen)


def test_the_line_never_holds_two_of_one_number(app: Flask) -> None:
    event_id = workshop(capacity=1)
    for number in range(4):
        enrolled(number)
    count = db.session.scalar(select(func.count(func.distinct(Enrolment.line_number))))
    assert count == 3
    assert len(lists.line(event_id)) == 3
