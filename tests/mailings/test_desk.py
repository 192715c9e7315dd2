"""A letter to many from choosing to calling back, on the team's pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.models import Application
from app.applications.services import telling
from app.core import audit, clock, correspondence
from app.core.access import StaffRole
from app.core.clock import local_time
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.mailings import queries, refusals, services
from app.mailings.models import Mailing, Recipient
from app.mailings.rules import states
from app.organisations.rules import Actor
from app.post.worker import parts_of, send_due_letters
from app.workshops.services import enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.applications import making as applying
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.workshops import making
from tests.workshops.test_races import released_at_once

LIST = f"/desk/workshops/{making.SLUG}/write"
WORDS = {"subject_da": "Husk {arrangement}", "text_da": "Kære {navn}\n\n{link}"}


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An organiser's browser."""
    return sign_in_staff(client, StaffRole.ORGANISER)


def place(number: int | str, **more: str) -> int:
    """Somebody's enrolment, by its number."""
    return making.enrolled(number, **more).place.enrolment.id


def chosen(desk: InspectingClient, ids: list[int], address: str = LIST) -> str:
    """Tick these; the address of the letter that was begun."""
    answer = desk.send(address, {"chosen": [str(one) for one in ids]})
    return (answer.location or "").removesuffix("/words")


def sent(desk: InspectingClient, ids: list[int], **words: str) -> str:
    """A letter that leaves in two minutes."""
    letter = chosen(desk, ids)
    desk.send(f"{letter}/words", {**WORDS, **words})
    desk.send(f"{letter}/preview", {"when": "now"})
    return letter


def written() -> list[Letter]:
    """The single letters, oldest first."""
    db.session.rollback()
    db.session.expire_all()
    wanted = select(Letter).where(Letter.kind == "mailings/letter").order_by(Letter.id)
    return list(db.session.scalars(wanted))


def boxes(desk: InspectingClient, address: str) -> list[str]:
    """Who can be ticked, and who is."""
    ticks = desk.page(address).all("input", name="chosen")
    return [one.get("value") or "" for one in ticks if one.get("checked") is not None]


def test_the_letter_leaves_after_two_minutes_and_stands_with_each(
    app: Flask, desk: InspectingClient
) -> None:
    making.workshop()
    first, second = place(1), place(2)
    letter = sent(desk, [first, second])
    assert [one.subject for one in written()] == ["Husk Forældredialog"] * 2
    assert "Kære Amina 1" in written()[0].text
    assert "Amina 2" not in written()[0].text
    assert all(one.due_at - clock.now() > timedelta(seconds=90) for one in written())
    assert f"/desk/workshops/{making.SLUG}/enrolments/{first}" in " ".join(
        desk.page(letter).links()
    )
    standing = desk.page(f"/desk/workshops/{making.SLUG}/enrolments/{first}").text
    assert "Husk Forældredialog" in standing
    with at(clock.now() + timedelta(minutes=3)):
        send_due_letters(parts_of(app))
    assert "2 sendt" in desk.page(letter).text


def test_one_button_calls_it_back_and_it_can_be_sent_anew(desk: InspectingClient) -> None:
    making.workshop()
    letter = sent(desk, [place(1), place(2)])
    desk.send(f"{letter}/words", WORDS, status=409)
    desk.send(f"{letter}/preview", {"when": "now"}, status=409)
    desk.send(f"{letter}/call-back", {})
    assert {one.state for one in written()} == {"called_back"}
    assert "Kald brevet tilbage" not in desk.page(letter).text
    desk.send(f"{letter}/call-back", {}, status=409)
    desk.send(f"{letter}/words", {**WORDS, "subject_da": "Rettet"})
    desk.send(f"{letter}/preview", {"when": "now"})
    assert [one.subject for one in written()][2:] == ["Rettet"] * 2


def test_what_has_left_stays_and_is_not_sent_twice(app: Flask, desk: InspectingClient) -> None:
    making.workshop()
    letter = sent(desk, [place(1), place(2)])
    with at(clock.now() + timedelta(minutes=3)):
        send_due_letters(parts_of(app), 3)
    left = [one for one in written() if one.state == "sent"]
    assert len(left) == 1
    desk.send(f"{letter}/call-back", {})
    desk.send(f"{letter}/preview", {"when": "now"})
    again = [one.email for one in written() if one.state == "waiting"]
    assert len(again) == 1
    assert again[0] != left[0].email


def test_nothing_can_be_called_back_once_all_has_left(app: Flask, desk: InspectingClient) -> None:
    making.workshop()
    letter = sent(desk, [place(1)])
    with at(clock.now() + timedelta(minutes=3)):
        send_due_letters(parts_of(app))
    desk.send(f"{letter}/call-back", {}, status=409)
    assert [one.state for one in written()] == ["sent"]


def test_it_waits_for_the_time_that_was_chosen(desk: InspectingClient) -> None:
    making.workshop()
    letter = chosen(desk, [place(1)])
    desk.send(f"{letter}/words", WORDS)
    when = local_time(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    desk.send(f"{letter}/preview", {"when": "later"}, status=422)
    past = {"when": "later", "at": "2020-01-01T10:00"}
    desk.send(f"{letter}/preview", past, status=422)
    desk.send(f"{letter}/preview", {"when": "later", "at": "i morgen"}, status=422)
    desk.send(f"{letter}/preview", {"when": "later", "at": f"{when:%Y-%m-%dT%H:%M}"})
    assert [local_time(one.due_at) for one in written()] == [when]


def test_languages_present_are_asked_for_and_a_missing_one_says_so(desk: InspectingClient) -> None:
    making.workshop()
    ids = [place(1), place(2, language="en"), place(3, language="ar")]
    letter = chosen(desk, ids)
    names = {one.get("name") for one in desk.page(f"{letter}/words").fields()}
    assert {"text_da", "text_en", "text_ar"} <= names
    desk.send(f"{letter}/words", {**WORDS, "subject_en": "Hello", "text_en": "Dear {name}"})
    shown = desk.page(f"{letter}/preview").text
    assert "Dear Amina 2" in shown
    assert "på arabisk: 1 modtager får den danske tekst" in shown
    desk.send(f"{letter}/preview", {"when": "now"})
    assert [one.language for one in written()] == ["da", "en", "da"]


def test_a_language_nobody_reads_is_not_asked_for(desk: InspectingClient) -> None:
    making.workshop()
    letter = chosen(desk, [place(1)])
    names = {one.get("name") for one in desk.page(f"{letter}/words").fields()}
    assert "text_en" not in names


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_da": "Hej\r\nBcc: alle@post.example"},
        {"subject_da": "Hej\nigen"},
        {"subject_da": ""},
        {"subject_da": "x" * 151},
        {"subject_da": "Hej {mail}"},
        {"text_da": ""},
        {"text_da": "x" * 5001},
        {"text_da": "Kære {fornavn}"},
        {"text_en": "Only the text"},
        {"subject_en": "Only the subject"},
    ],
)
def test_words_that_cannot_be_sent_are_refused_at_their_field(
    desk: InspectingClient, wrong: dict[str, str]
) -> None:
    making.workshop()
    letter = chosen(desk, [place(1, language="en")])
    answer = desk.send(f"{letter}/words", {**WORDS, **wrong}, status=422)
    assert "error-summary" in answer.text
    assert db.session.scalars(select(Mailing)).one().texts == {}


def test_a_letter_without_words_cannot_be_sent(desk: InspectingClient) -> None:
    making.workshop()
    letter = chosen(desk, [place(1)])
    desk.page(f"{letter}/preview", status=409)
    desk.send(f"{letter}/preview", {"when": "now"}, status=409)
    assert not written()


def test_who_gave_up_the_place_is_chosen_only_when_asked_for(desk: InspectingClient) -> None:
    making.workshop(capacity=2)
    first, second, waiting = place(1), place(2), place(3)
    with unit_of_work():
        leaving.cancel(second)
    assert set(boxes(desk, LIST)) == {str(first), str(waiting)}
    assert boxes(desk, f"{LIST}?state=cancelled") == [str(second)]
    assert boxes(desk, f"{LIST}?tick=none") == []
    desk.send(LIST, {"chosen": [str(second)]}, status=422)
    chosen(desk, [second], f"{LIST}?state=cancelled")


def test_waiting_ones_can_be_chosen_by_themselves(desk: InspectingClient) -> None:
    making.workshop(capacity=1)
    place(1)
    waiting = place(2)
    assert boxes(desk, f"{LIST}?state=waitlisted") == [str(waiting)]


def test_those_who_have_not_come_can_be_chosen(desk: InspectingClient) -> None:
    making.workshop()
    first = place(1)
    address = f"/desk/door/{making.SLUG}/missing/write"
    assert boxes(desk, address) == [str(first)]
    assert chosen(desk, [first], address).startswith("/desk/letters/")


@pytest.mark.parametrize("ids", [[], ["x"], ["999999"], ["1; DROP TABLE letters"]])
def test_nobody_or_somebody_from_elsewhere_is_refused(
    desk: InspectingClient, ids: list[str]
) -> None:
    making.workshop()
    place(1)
    answer = desk.send(LIST, {"chosen": ids}, status=422)
    assert "error-summary" in answer.text
    assert not db.session.scalars(select(Recipient)).all()


def test_an_empty_list_says_what_to_do(desk: InspectingClient) -> None:
    making.workshop()
    assert "Ingen at skrive til" in desk.page(LIST).text
    assert "Ingen at skrive til" in desk.page(f"/desk/door/{making.SLUG}/missing/write").text
    assert "Ingen breve endnu" in desk.page("/desk/letters/").text


def test_colleagues_who_share_a_mailbox_get_one_letter_each(desk: InspectingClient) -> None:
    making.workshop()
    with unit_of_work():
        for name in ("Amina", "Bo"):
            enrolling.enrol(making.SLUG, Wish(name=name, mail="kontor@post.example"))
    sent(desk, [int(one) for one in boxes(desk, LIST)], text_da="Vi ses")
    assert [one.email for one in written()] == ["kontor@post.example"] * 2


def test_a_letter_that_was_never_sent_can_be_thrown_away(desk: InspectingClient) -> None:
    making.workshop()
    letter = chosen(desk, [place(1)])
    desk.send(f"{letter}/discard", {})
    desk.page(letter, status=404)
    kept = sent(desk, [place(2)])
    desk.send(f"{kept}/discard", {}, status=409)


def test_the_trail_says_who_wrote_it(desk: InspectingClient) -> None:
    making.workshop()
    letter = sent(desk, [place(1)])
    assert "Bo Hansen" in desk.page(letter).text
    number = int(letter.rpartition("/")[2])
    verbs = [one.verb for one in audit.of("mailing", number)]
    assert verbs == ["begun", "written", "sent"]


def test_a_person_who_is_erased_takes_the_letter_along(desk: InspectingClient) -> None:
    making.workshop()
    letter = sent(desk, [place(1), place(2)])
    with unit_of_work():
        gone = written()[0]
        correspondence.forget(gone.email, gone.person_id or 0)
    desk.page(letter)
    assert queries.counts(int(letter.rpartition("/")[2])) == {"waiting": 1}


def test_whoever_gives_up_the_place_gets_no_letter_that_still_waits(
    desk: InspectingClient,
) -> None:
    making.workshop()
    first = place(1)
    sent(desk, [first, place(2)])
    with unit_of_work():
        leaving.cancel(first)
    assert [one.state for one in written()] == ["called_back", "waiting"]


def test_a_refused_mailbox_is_counted_as_not_delivered(desk: InspectingClient) -> None:
    making.workshop()
    letter = sent(desk, [place(1), place(2)])
    with unit_of_work():
        written()[0].state = LetterState.BOUNCED
    page = desk.page(letter).text
    assert "1 ikke afleveret" in page
    assert "afvist af postkassen" in page


def test_who_withdraws_gets_no_letter_that_still_waits(desk: InspectingClient) -> None:
    kept = applied(applying.festival(), "Ålborg Forening", "a@forening.example")
    letter = chosen(desk, [kept.id], "/desk/applications/write?event=international-dag")
    desk.send(f"{letter}/words", WORDS)
    desk.send(f"{letter}/preview", {"when": "now"})
    with unit_of_work():
        telling.withdraw(Actor("a@forening.example"), kept.id)
    assert [one.state for one in written()] == ["called_back"]


def test_two_who_send_at_once_send_it_once(app: Flask, desk: InspectingClient) -> None:
    making.workshop()
    letter = chosen(desk, [place(1), place(2)])
    desk.send(f"{letter}/words", WORDS)
    number, now = int(letter.rpartition("/")[2]), clock.now()

    def send(app: Flask) -> tuple[int, None]:
        with app.app_context():
            try:
                with unit_of_work():
                    people = app.extensions["address_books"]["enrolment"](
                        queries.subject_ids(number)
                    )
                    return services.send(number, people, states.leaves_at(now, None)), None
            except refusals.SentAlready:
                return 0, None

    answers = released_at_once(app, [send] * 5)
    assert sorted(sent for sent, _body in answers) == [0, 0, 0, 0, 2]
    assert len(written()) == 2


def applied(event: Event, name: str, email: str) -> Application:
    """An application that was sent in."""
    return applying.submitted(event, applying.organisation(name, email), email)


def test_applicants_are_written_to_from_the_list_as_it_is_filtered(desk: InspectingClient) -> None:
    event = applying.festival()
    first = applied(event, "Ålborg Forening", "a@forening.example")
    applied(event, "Zebra Dans", "z@forening.example")
    ended = applying.released(applied(event, "Nej", "n@forening.example"), "declined")
    address = "/desk/applications/write?event=international-dag"
    assert "Vælg først arrangementet" in desk.page("/desk/applications/write").text
    assert len(boxes(desk, address)) == 2
    assert boxes(desk, f"{address}&search=zebra") != boxes(desk, address)
    assert boxes(desk, f"{address}&state=declined") == [str(ended.id)]
    letter = chosen(desk, [first.id], address)
    desk.send(f"{letter}/words", WORDS)
    assert "Kære Ålborg Forening" in desk.page(f"{letter}/preview").text
    desk.send(f"{letter}/preview", {"when": "now"})
    page = desk.page(f"/desk/associations/applications/{first.id}")
    assert "Husk International Dag" in page.text
    assert [one.email for one in written()] == ["a@forening.example"]


def test_a_choice_without_an_event_is_refused(desk: InspectingClient) -> None:
    desk.send("/desk/applications/write", {"chosen": ["1"]}, status=422)


def test_no_more_than_the_limit_is_offered(desk: InspectingClient) -> None:
    making.workshop(capacity=1000)
    with unit_of_work():
        for number in range(states.MOST_RECIPIENTS + 2):
            enrolling.enrol(making.SLUG, making.wish(number))
    assert len(boxes(desk, LIST)) == states.MOST_RECIPIENTS
    assert "Kun de første 500" in desk.get(LIST).text
    few = desk.get(f"{LIST}?search=5").text
    assert "Kun de første 500" not in few
