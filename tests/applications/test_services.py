"""Applications through their verbs, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.applications import jobs, refusals
from app.applications.queries import asking, reviewing
from app.applications.rules import answers, states
from app.applications.rules.states import Role, State
from app.applications.services import deciding, telling, writing
from app.core import audit
from app.core.access import StaffRole
from app.core.database import db
from app.core.refusals import NotFound
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Window
from app.organisations import services as organisations
from app.organisations.rules import Actor, Contact
from app.people import services as people
from tests.applications.making import (
    DEADLINE,
    MAIL,
    NOW,
    SHUTDOWN,
    STARTS,
    again,
    drafted,
    edited,
    festival,
    letters,
    organisation,
    released,
    send_in,
    submitted,
)

STRANGER = Actor("stranger@forening.example")
pytestmark = pytest.mark.usefixtures("app")


def reviewer(email: str = "bo@desk.example") -> int:
    with unit_of_work():
        return people.add_staff(email, StaffRole.REVIEWER, "Bo Hansen").id


def test_draft_keeps_what_is_typed_valid_or_not() -> None:
    kept = drafted(festival(), organisation())
    with at(NOW), unit_of_work():
        writing.save_draft(Actor(MAIL), kept.id, {"helpers": ["mange"], "sign": ["Skilt"]})
        writing.save_draft(Actor(MAIL), kept.id, {"sign": ["Nyt skilt"]})
    assert again(kept).draft == {"helpers": ["mange"], "sign": ["Nyt skilt"]}


def test_very_long_drafts_are_cut() -> None:
    kept = drafted(festival(), organisation())
    with at(NOW), unit_of_work():
        writing.save_draft(Actor(MAIL), kept.id, {"sign": ["x" * 1_000_000]})
    assert len(again(kept).draft["sign"][0]) == states.LONGEST_DRAFT_VALUE


def test_beginning_twice_goes_on_with_the_same_draft() -> None:
    event, made = festival(), organisation()
    assert drafted(event, made).id == drafted(event, made).id


def test_submitting_in_the_open_window_writes_one_letter() -> None:
    kept = submitted(festival(), organisation(), power_amp=10)
    assert (kept.state, kept.power_amp, kept.draft) == (State.SUBMITTED, 10, None)
    assert [one.email for one in letters("received")] == [MAIL]


def test_submitting_twice_is_the_same_as_once() -> None:
    kept = submitted(festival(), organisation())
    assert send_in(kept, sign="Noget andet").details == {"sign": "Skilt"}
    assert len(letters()) == 1


def test_late_application_is_waitlisted_with_rank_and_reason() -> None:
    event = festival()
    late = DEADLINE + timedelta(hours=1)
    first, second = organisation("Første"), organisation("Anden", "anden@forening.example")
    one, two = drafted(event, first), drafted(event, second, "anden@forening.example")
    send_in(one, moment=late)
    send_in(two, "anden@forening.example", late)
    assert again(one).state == State.WAITLISTED
    assert (asking.rank(again(one)), asking.rank(again(two))) == (1, 2)
    assert again(two).reason == states.StateReason.LATE
    assert "number 2" in letters("received_late")[1].text or "nummer 2" in letters()[1].text


def test_application_after_shutdown_is_refused_and_its_draft_kept() -> None:
    kept = drafted(festival(), organisation())
    with pytest.raises(refusals.ApplicationsClosed):
        send_in(kept, moment=SHUTDOWN + timedelta(minutes=1))
    assert again(kept).state == State.DRAFT
    assert letters() == []


def test_late_application_without_waiting_list_is_refused() -> None:
    kept = drafted(festival(waiting_list=False), organisation())
    with pytest.raises(refusals.ApplicationsClosed):
        send_in(kept, moment=DEADLINE + timedelta(minutes=1))


def test_application_without_a_profile_is_refused() -> None:
    with unit_of_work():
        bare = organisations.register("association", "Uden profil", Contact(MAIL, "Amal"))
    kept = drafted(festival(), bare)
    with pytest.raises(refusals.ProfileMissing):
        send_in(kept)


def test_restaurant_cannot_ask_for_an_associations_stall() -> None:
    made = organisation("Falafel", kind="restaurant")
    with pytest.raises(refusals.WrongRole):
        drafted(festival(), made)


def test_stranger_finds_no_application() -> None:
    kept = submitted(festival(), organisation())
    attempts = (
        lambda: writing.save_draft(STRANGER, kept.id, {"sign": ["x"]}),
        lambda: writing.submit(STRANGER, kept.id, {}, answers.Needs()),
        lambda: telling.answer(STRANGER, kept.id, "Hej"),
        lambda: telling.confirm(STRANGER, kept.id),
        lambda: telling.withdraw(STRANGER, kept.id),
        lambda: asking.application_for(STRANGER, kept.id),
        lambda: asking.application_for(Actor(None), kept.id),
    )
    for attempt in attempts:
        with at(NOW), pytest.raises(NotFound), unit_of_work():
            attempt()
    assert again(kept).details == {"sign": "Skilt"}


def test_question_and_answer_keep_the_place_and_the_thread() -> None:
    kept = submitted(festival(), organisation())
    sent_in = again(kept).submitted_at
    with at(NOW), unit_of_work():
        deciding.ask(kept.id, "Hvor mange kommer I?", NOW + timedelta(days=3))
    assert again(kept).state == State.ASKED
    with at(NOW), unit_of_work():
        telling.answer(Actor(MAIL), kept.id, "Fem.")
    assert (again(kept).state, again(kept).submitted_at) == (State.SUBMITTED, sent_in)
    assert [one.body for one in asking.thread(kept.id)] == ["Hvor mange kommer I?", "Fem."]
    assert "Hvor mange kommer I?" in letters("asked")[0].text


def test_prepared_decision_changes_nothing_until_it_is_released() -> None:
    kept = submitted(festival(), organisation())
    with at(NOW), unit_of_work():
        assert deciding.prepare(1, [kept.id], "accepted", "Velkommen") == 1
    assert (again(kept).state, len(letters("accepted"))) == (State.SUBMITTED, 0)
    with at(NOW), unit_of_work():
        assert deciding.release([kept.id]) == 1
    assert again(kept).state == State.ACCEPTED
    assert again(kept).confirm_by == NOW + timedelta(days=14)
    assert "Velkommen" in letters("accepted")[0].text


def test_releasing_twice_writes_one_letter() -> None:
    kept = released(submitted(festival(), organisation()))
    with at(NOW), pytest.raises(refusals.NothingPrepared), unit_of_work():
        deciding.release([kept.id])
    assert len(letters("accepted")) == 1


def test_many_decisions_are_released_at_once_each_with_its_letter() -> None:
    event = festival()
    kept = [
        submitted(
            event, organisation(f"Forening {n}", f"f{n}@forening.example"), f"f{n}@forening.example"
        )
        for n in range(3)
    ]
    ids = [one.id for one in kept]
    with at(NOW), unit_of_work():
        deciding.prepare(1, ids[:2], "accepted")
        deciding.prepare(1, ids[2:], "declined", "Der var for mange.")
        assert deciding.release(ids) == 3
    assert [again(one).state for one in kept] == ["accepted", "accepted", "declined"]
    assert [one.email for one in letters("accepted")] == [f"f{n}@forening.example" for n in (0, 1)]


def test_released_letters_leave_after_two_minutes_and_can_be_called_back() -> None:
    kept = released(submitted(festival(), organisation()))
    assert letters("accepted")[0].due_at == NOW + timedelta(minutes=2)
    with at(NOW), unit_of_work():
        deciding.recall(kept.id)
    assert (again(kept).state, again(kept).prepared) == (State.SUBMITTED, State.ACCEPTED)
    assert letters("accepted")[0].state == "called_back"


def test_decision_whose_letter_has_left_stands() -> None:
    kept = released(submitted(festival(), organisation()))
    with unit_of_work():
        for letter in letters("accepted"):
            letter.state = "sent"
    with at(NOW), pytest.raises(refusals.TooLateToRecall), unit_of_work():
        deciding.recall(kept.id)
    assert again(kept).state == State.ACCEPTED


def test_confirming_twice_writes_one_letter() -> None:
    kept = released(submitted(festival(), organisation()))
    for _time in range(2):
        with at(NOW), unit_of_work():
            telling.confirm(Actor(MAIL), kept.id)
    assert again(kept).state == State.CONFIRMED
    [letter] = letters("confirmed")
    assert letter.attachments == [f"event:{kept.event_id}"]


def test_confirming_after_the_deadline_is_refused() -> None:
    kept = released(submitted(festival(), organisation()))
    with at(NOW + timedelta(days=15)), pytest.raises(refusals.ConfirmedTooLate), unit_of_work():
        telling.confirm(Actor(MAIL), kept.id)


def act(event, name: str, email: str, moment=NOW):
    made = organisation(name, email, "artist_group")
    return send_in(drafted(event, made, email, Role.ACT), email, moment)


def test_unconfirmed_place_goes_on_to_the_first_who_waits() -> None:
    event = festival()
    holder = released(act(event, "Kor", "kor@band.example"))
    late = DEADLINE + timedelta(hours=1)
    second = act(event, "Dans", "dans@band.example", late)
    third = act(event, "Rap", "rap@band.example", late + timedelta(hours=1))
    assert jobs.lapse_unconfirmed(NOW + timedelta(days=13)) == 0
    with at(late + timedelta(days=1)):
        assert jobs.lapse_unconfirmed(late + timedelta(days=1)) == 1
        assert jobs.lapse_unconfirmed(late + timedelta(days=1)) == 0
    assert [again(one).state for one in (holder, second, third)] == [
        "cancelled",
        "accepted",
        "waitlisted",
    ]
    assert asking.rank(again(third)) == 1
    assert [one.email for one in letters("lapsed")] == ["kor@band.example"]


def test_place_never_goes_to_one_whom_the_team_is_about_to_decline() -> None:
    event = festival()
    holder = released(act(event, "Kor", "kor@band.example"))
    waiting = act(event, "Dans", "dans@band.example", DEADLINE + timedelta(hours=1))
    with at(NOW), unit_of_work():
        deciding.prepare(1, [waiting.id], "declined")
        telling.withdraw(Actor("kor@band.example"), holder.id)
    assert again(waiting).state == State.WAITLISTED


def test_after_withdrawing_one_may_apply_again() -> None:
    event, made = festival(), organisation()
    kept = submitted(event, made)
    with at(NOW), unit_of_work():
        telling.withdraw(Actor(MAIL), kept.id)
    assert again(kept).state == State.WITHDRAWN
    assert drafted(event, made).id != kept.id


def test_editing_after_acceptance_keeps_the_place_and_asks_for_a_new_look() -> None:
    event = festival()
    kept = released(submitted(event, organisation(), power_amp=10))
    with at(NOW), unit_of_work():
        telling.confirm(Actor(MAIL), kept.id)
    edited(kept, sign="Skilt", power_amp=16)
    now = again(kept)
    assert (now.state, now.power_amp, now.needs_look) == (State.CONFIRMED, 16, True)
    assert reviewing.case(kept.id, Role.ASSOCIATION_STALL, None).changed == ["power_amp"]
    with unit_of_work():
        deciding.looked(kept.id)
    assert reviewing.case(kept.id, Role.ASSOCIATION_STALL, None).changed == []


def test_new_name_after_acceptance_asks_for_a_new_look() -> None:
    event, made = festival(), organisation()
    kept = released(submitted(event, made))
    with unit_of_work():
        organisations.save_profile(
            organisations.profile_to_write(Actor(MAIL), made.id), {"name": "Et andet navn"}
        )
    assert [line.look for line in reviewing.lines(reviewing.scoring(None), [kept.id])] == [True]


def test_editing_without_a_change_asks_for_nothing() -> None:
    kept = released(submitted(festival(), organisation()))
    edited(kept, sign="Skilt")
    assert not again(kept).needs_look
    assert letters("changed") == []


def test_waiting_applicant_keeps_the_rank_while_editing() -> None:
    event = festival()
    kept = act(event, "Dans", "dans@band.example", DEADLINE + timedelta(hours=1))
    act(event, "Rap", "rap@band.example", DEADLINE + timedelta(hours=2))
    edited(kept, "dans@band.example", sign="Nyt")
    assert asking.rank(again(kept)) == 1


def test_nothing_is_changed_once_the_event_has_begun() -> None:
    kept = submitted(festival(), organisation())
    with at(STARTS), pytest.raises(refusals.TooLateToChange), unit_of_work():
        writing.save_draft(Actor(MAIL), kept.id, {"sign": ["x"]})


def test_others_scores_are_seen_after_ones_own() -> None:
    kept = submitted(festival(), organisation())
    bo, eva = reviewer(), reviewer("eva@desk.example")
    with unit_of_work():
        deciding.score(eva, kept.id, 5, "Gode.")
    assert reviewing.scores(kept.id, bo).others == []
    assert reviewing.lines(reviewing.scoring(bo), [kept.id])[0].average is None
    with unit_of_work():
        deciding.score(bo, kept.id, 3, "")
        deciding.score(bo, kept.id, 4, "Hellere fire.")
    assert [review.score for review, _name in reviewing.scores(kept.id, bo).others] == [5]
    assert reviewing.lines(reviewing.scoring(bo), [kept.id])[0].average == 4.5


def test_staff_act_on_behalf_and_the_trail_says_so() -> None:
    event, made = festival(), organisation()
    staff = Actor("bo@desk.example", staff_id=reviewer())
    with at(NOW), unit_of_work():
        kept = writing.begin(staff, event.id, made.id, Role.ASSOCIATION_STALL)
        writing.submit(staff, kept.id, {"sign": "Skilt"}, answers.Needs())
    assert again(kept).on_behalf_by == staff.staff_id
    assert [one.facts.get("on_behalf") for one in audit.of("application", kept.id)] == [True, True]
    assert [one.email for one in letters("received")] == [MAIL]


def test_one_mailbox_of_three_applicants_gets_one_letter_for_each_organisation() -> None:
    event = festival()
    names = ["Første forening", "Anden forening", "Tredje forening"]
    for name in names:
        submitted(event, organisation(name, "faelles@forening.example"), "faelles@forening.example")
    assert [one.email for one in letters("received")] == ["faelles@forening.example"] * 3
    assert all(name in one.text for name, one in zip(names, letters("received"), strict=True))
    assert len(asking.of_email("faelles@forening.example")) == 3


def test_mailbox_shared_by_two_representatives_gets_one_letter() -> None:
    event, made = festival(), organisation()
    with unit_of_work():
        organisations.add_representative(Actor(MAIL), made.id, Contact(MAIL, "En kollega"))
    submitted(event, made)
    [letter] = letters("received")
    # Which of the two reads it nobody knows.
    assert letter.text.startswith("Hej\n")


def test_a_letter_greets_the_one_it_goes_to_by_name() -> None:
    submitted(festival(), organisation("Kvinder på Nørrebro"))
    [letter] = letters("received")
    assert letter.text.startswith("Hej Kontakt for Kvinder på Nørrebro\n")


def test_placed_application_is_accepted_without_a_letter_and_never_lapses() -> None:
    event, made = festival(), organisation()
    with at(NOW), unit_of_work():
        kept = writing.grant_place(
            event.id, made.id, Role.ASSOCIATION_STALL, answers.Needs(power_amp=16)
        )
    assert (again(kept).state, again(kept).power_amp) == (State.ACCEPTED, 16)
    assert letters() == []
    assert asking.unconfirmed(STARTS, list(Role)) == []


def test_forgetting_a_person_empties_their_words() -> None:
    kept = submitted(festival(), organisation())
    with at(NOW), unit_of_work():
        deciding.ask(kept.id, "Hvem er du?", NOW)
        telling.answer(Actor(MAIL), kept.id, "Jeg hedder Amal.")
    person = people.person_for(MAIL, "Kontakt for Kvinder på Nørrebro")
    about = asking.about(person.id)
    assert about["messages"][0]["body"] == "Jeg hedder Amal."
    assert about["applications"][0]["answers"] == {"sign": "Skilt"}
    db.session.rollback()
    with unit_of_work():
        telling.forget(person)
        organisations.forget(person)
    assert [one.body for one in asking.thread(kept.id)] == ["Hvem er du?", ""]
    assert asking.of_email(MAIL) == []


def test_forgetting_takes_the_contact_on_the_day_away() -> None:
    name = "Kontakt for Kvinder på Nørrebro"
    contact = {"contact_name": name, "contact_phone": "+4520123456"}
    kept = released(submitted(festival(), organisation(), **contact))
    with at(NOW), unit_of_work():
        writing.save_draft(Actor(MAIL), kept.id, {"sign": ["Nyt"]})
        telling.forget(people.person_for(MAIL, name))
    now = again(kept)
    assert (now.details, now.seen) == ({"sign": "Skilt"}, {"sign": "Skilt"})
    assert now.draft == {"sign": ["Nyt"]}


def test_forgetting_leaves_another_contact_alone() -> None:
    kept = submitted(festival(), organisation(), contact_name="En anden")
    with unit_of_work():
        telling.forget(people.person_for(MAIL, "Kontakt for Kvinder på Nørrebro"))
    assert again(kept).details["contact_name"] == "En anden"


def test_prepared_decision_is_taken_away_again() -> None:
    kept = submitted(festival(), organisation())
    with at(NOW), unit_of_work():
        deciding.prepare(1, [kept.id], "declined", "For sent.")
        deciding.prepare(1, [kept.id], "")
    assert (again(kept).prepared, again(kept).prepared_reason) == (None, "")


def test_decision_is_not_prepared_where_the_state_forbids_it() -> None:
    kept = released(submitted(festival(), organisation()))
    with at(NOW), unit_of_work():
        assert deciding.prepare(1, [kept.id], "declined") == 0


def test_team_puts_an_application_on_the_waiting_list_with_its_reason() -> None:
    kept = submitted(festival(), organisation())
    with at(NOW), unit_of_work():
        deciding.prepare(1, [kept.id], "waitlisted", "Pladsen er fuld.")
        deciding.release([kept.id])
    assert (again(kept).state, asking.rank(again(kept))) == (State.WAITLISTED, 1)
    assert "Pladsen er fuld." in letters("waitlisted")[0].text


def test_no_place_is_passed_on_once_the_event_has_begun() -> None:
    event = festival()
    act(event, "Dans", "dans@band.example", DEADLINE + timedelta(hours=1))
    with at(STARTS), unit_of_work():
        assert deciding.pass_on(event.id, Role.ACT) is None


def test_event_without_a_window_takes_no_applications() -> None:
    event, made = festival(), organisation()
    with unit_of_work():
        db.session.execute(delete(Window).where(Window.event_id == event.id))
    with pytest.raises(refusals.WrongRole):
        drafted(event, made)


def test_beginning_after_shutdown_is_refused() -> None:
    event, made = festival(), organisation()
    late = SHUTDOWN + timedelta(hours=1)
    with at(late), pytest.raises(refusals.ApplicationsClosed), unit_of_work():
        writing.begin(Actor(MAIL), event.id, made.id, Role.ASSOCIATION_STALL)


def test_catalogue_and_desk_count_who_has_a_place() -> None:
    event = festival()
    kept = released(submitted(event, organisation()))
    with at(NOW), unit_of_work():
        telling.confirm(Actor(MAIL), kept.id)
    role = Role.ASSOCIATION_STALL
    assert [one.id for one in asking.confirmed(event.id)] == [kept.id]
    assert [one.id for one in asking.live(event.id, role)] == [kept.id]
    assert asking.counts(event.id) == {(role, State.CONFIRMED): 1}
