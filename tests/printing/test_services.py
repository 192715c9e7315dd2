"""Printing in bulk: whom it is for, who makes it, and what becomes of the file."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from app.core import clock
from app.core.addresses import base_url
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.printing import jobs, refusals
from app.printing import queries as printing_queries
from app.printing.models import PrintedFile, Printing
from app.printing.papers import printings as printed_papers
from app.printing.papers.badges import right_to_left
from app.printing.papers.tickets import ticket
from app.printing.queries import numbers_to_print, printed_file, printing_of, printings
from app.printing.rules import (
    FILE_KEPT,
    LEASE,
    MOST_ATTEMPTS,
    PaperKind,
    PrintChoice,
    PrintReason,
    PrintState,
    lease_for,
    overdue,
    step,
)
from app.printing.services import (
    Order,
    cancel_printing,
    finish_printing,
    note_progress,
    order_printing,
    repeat_printing,
    take_turn,
)
from app.privacy.services import erase
from app.tickets.models import PrintedTicket
from app.tickets.rules.codes import shown_short, ticket_url
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.services import changing, enrolling, leaving
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from tests.workshops.making import SLUG, enrolled, workshop

LONG = "Wolfeschlegelsteinhausenbergerdorff-Kjærsgaard Østergaard-Rasmussen"
ARABIC = "أمينة عبد الرحمن"


def ordered(event_id: int, choice: PrintChoice = PrintChoice.ALL, **more: object) -> int:
    """Order a printing of small badges, or what is said; its number."""
    asked = {"paper": PaperKind.BADGES_CARD, "choice": choice, **more}
    with unit_of_work():
        return order_printing(event_id, Order(**asked)).id  # type: ignore[arg-type]


def work(now: datetime | None = None) -> int:
    return jobs.print_orders(now or clock.now())


def stored(printing_id: int) -> Printing:
    """The printing as the database has it now."""
    db.session.rollback()
    return printing_of(printing_id)


def made(event_id: int, choice: PrintChoice = PrintChoice.ALL, **more: object) -> bytes:
    """Order it, let the worker make it, and hand back the file."""
    printing_id = ordered(event_id, choice, **more)
    assert work() == 1
    printing = stored(printing_id)
    assert printing.state == PrintState.DONE, printing.reason
    content = printed_file(event_id, printing_id)[1]
    db.session.rollback()
    return content


def printed(event_id: int, choice: PrintChoice = PrintChoice.ALL, **more: object) -> set[int]:
    """Order it, let the worker make it, and tell the tickets it holds."""
    made(event_id, choice, **more)
    return held(max(one.id for one in printings(event_id)))


def held(printing_id: int) -> set[int]:
    """The tickets that a finished printing holds."""
    wanted = select(PrintedTicket.ticket_id).where(PrintedTicket.printing_id == printing_id)
    found = set(db.session.scalars(wanted))
    db.session.rollback()
    return found


def tickets(*places: TicketedEnrolment) -> set[int]:
    return {one.ticket.id for one in places}


def words(content: bytes) -> str:
    """All text of the file; breaks that only the layout made are taken out."""
    return " ".join("".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages).split())


def codes(content: bytes) -> set[str]:
    """Every QR of the file, read from its picture."""
    found: set[str] = set()
    for page in pypdfium2.PdfDocument(content):
        found |= {one.text for one in zxingcpp.read_barcodes(page.render(scale=2).to_pil())}
    return found


def addresses(places: Sequence[TicketedEnrolment]) -> set[str]:
    return {ticket_url(base_url(), one.ticket.code) for one in places}


@pytest.mark.parametrize("paper", PaperKind)
def test_the_file_holds_everyones_name_and_code(app: Flask, paper: PaperKind) -> None:
    event_id = workshop(capacity=9)
    places = [enrolled(number).place for number in range(5)]
    content = made(event_id, paper=paper)
    assert codes(content) == addresses(places)
    text = words(content)
    for one in places:
        assert one.person.name in text
        assert shown_short(one.ticket.short_code) in text


def test_a_badge_tells_organisation_event_and_group(app: Flask) -> None:
    event_id = workshop(capacity=9)
    with unit_of_work():
        enrolling.enrol(SLUG, Wish("Bo Li", "bo@post.example", 3, organisation="Klub Støberiet"))
    text = words(made(event_id, blanks=2))
    assert text.count("Klub Støberiet") == 3
    assert text.count("Forældredialog") == 5
    assert "Bo Li" in text
    assert "3" in text


def test_an_arabic_badge_has_no_latin_comma(app: Flask) -> None:
    event_id = workshop()
    text = words(made(event_id, PrintChoice.NOBODY, blanks=1, language="ar"))
    assert "Støberiet" in text
    assert "،" in text
    assert "," not in text


@pytest.mark.parametrize("paper", [PaperKind.BADGES_A6, PaperKind.BADGES_CARD])
def test_long_and_arabic_names_keep_their_cards_whole_and_codes_readable(
    app: Flask, paper: PaperKind
) -> None:
    event_id = workshop()
    with unit_of_work():
        places = [
            enrolling.enrol(SLUG, Wish(name, "lang@post.example")).place
            for name in (LONG, ARABIC, "Xaviera" * 28)
        ]
    content = made(event_id, paper=paper)
    assert codes(content) == addresses(places)
    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert LONG[:12] in words(content)


def test_the_direction_of_a_name_is_that_of_its_first_letter() -> None:
    assert right_to_left(f"7. {ARABIC} Hansen")
    assert not right_to_left(f"Hansen {ARABIC}")
    assert not right_to_left("42")


def test_a_name_in_letters_without_a_font_still_gets_its_badge_and_ticket(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        place = enrolling.enrol(SLUG, Wish("தமிழ்", "tamil@post.example")).place
    assert codes(made(event_id)) == addresses([place])
    assert ticket(str(place.ticket.id), "da").content.startswith(b"%PDF")
    db.session.rollback()


def test_each_ticket_speaks_its_holders_language(app: Flask) -> None:
    event_id = workshop()
    enrolled("dansk", language="da"), enrolled("english", language="en")
    text = words(made(event_id, paper=PaperKind.TICKETS))
    assert "Forældredialog" in text
    assert "Parent dialogue" in text


def test_only_confirmed_places_are_printed(app: Flask) -> None:
    event_id = workshop(capacity=1)
    seated, _waiting = enrolled(1).place, enrolled(2)
    assert printed(event_id) == tickets(seated)


def test_new_are_those_without_such_a_paper_in_their_name(app: Flask) -> None:
    event_id = workshop(capacity=9)
    first, second = enrolled(1).place, enrolled(2).place
    made(event_id)
    third = enrolled(3).place
    with unit_of_work():
        renamed = changing.change(first.enrolment.id, Change("Zainab Ny", 1, still_me=True))
        renewed = changing.reissue(second.enrolment.id)
    assert printed(event_id, PrintChoice.NEW) == tickets(third, renamed, renewed)
    with pytest.raises(refusals.NobodyToPrint):
        ordered(event_id, PrintChoice.NEW)
    assert numbers_to_print(event_id).new_tickets == 3


def test_large_and_small_badges_are_one_thing_to_who_has_none_yet(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    made(event_id, paper=PaperKind.BADGES_A6)
    assert numbers_to_print(event_id).new_badges == 0


def test_whoever_moves_up_after_a_printing_is_new(app: Flask) -> None:
    event_id = workshop(capacity=1)
    seated, waiting = enrolled(1).place, enrolled(2).place
    made(event_id)
    with unit_of_work():
        leaving.cancel(seated.enrolment.id)
    assert printed(event_id, PrintChoice.NEW) == tickets(waiting)


def test_one_person_alone_is_printed(app: Flask) -> None:
    event_id = workshop()
    _other, one = enrolled(1), enrolled(2).place
    assert printed(event_id, PrintChoice.ONE, enrolment_id=one.enrolment.id) == tickets(one)


def test_blank_badges_alone_are_printed(app: Flask) -> None:
    event_id = workshop()
    content = made(event_id, PrintChoice.NOBODY, blanks=11)
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert words(content).count("Forældredialog") == 11


def test_nobody_and_too_many_are_refused_when_it_is_ordered(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_id = workshop()
    with pytest.raises(refusals.NobodyToPrint):
        ordered(event_id)
    enrolled(1), enrolled(2)
    monkeypatch.setattr("app.printing.rules.MOST_PEOPLE", 1)
    with pytest.raises(refusals.TooManyToPrint):
        ordered(event_id)


def test_the_same_order_twice_is_one(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    assert ordered(event_id) == ordered(event_id)
    assert ordered(event_id) != ordered(event_id, blanks=1)


def test_two_workers_never_make_the_same_file(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    ordered(event_id)
    with unit_of_work():
        mine = take_turn(clock.now())
    with unit_of_work():
        assert take_turn(clock.now()) is None
    assert mine is not None
    assert work() == 0


def test_many_workers_share_the_orders_and_each_is_made_once(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    orders = {ordered(event_id, blanks=number) for number in range(4)}

    def take(_worker: int) -> list[int]:
        with app.app_context():
            turns = []
            for _ in orders:
                with unit_of_work():
                    turns.append(take_turn(clock.now()))
            return [one.printing_id for one in turns if one]

    with ThreadPoolExecutor(6) as pool:
        taken = [number for one in pool.map(take, range(6)) for number in one]
    assert sorted(taken) == sorted(orders)


def test_a_killed_workers_printing_is_made_by_the_next(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    printing_id = ordered(event_id)
    with unit_of_work():
        dead = take_turn(clock.now())
    assert dead is not None
    assert work(clock.now() + LEASE + timedelta(seconds=1)) == 1
    assert stored(printing_id).state == PrintState.DONE
    with unit_of_work():
        # Not dead after all: it comes too late and writes nothing.
        assert not note_progress(dead, 0, 1)
        assert not finish_printing(dead, b"late", [place])
    assert printed_file(event_id, printing_id)[1].startswith(b"%PDF")


def test_a_printing_that_kills_its_workers_is_given_up(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    printing_id = ordered(event_id)
    now = clock.now()
    for turn in range(MOST_ATTEMPTS + 1):
        with unit_of_work():
            take_turn(now + turn * 2 * LEASE)
    assert stored(printing_id).reason == PrintReason.STOPPED


def test_progress_renews_the_hold(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    printing_id = ordered(event_id)
    with unit_of_work():
        turn = take_turn(clock.now() - LEASE / 2)
    assert turn is not None
    with unit_of_work():
        assert note_progress(turn, 0, 1)
    held = stored(printing_id)
    assert held.leased_until is not None
    assert held.leased_until > clock.now() + LEASE / 2
    assert (held.done, held.people) == (0, 1)


def test_a_printing_called_off_keeps_nothing_and_can_be_made_again(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    printing_id = ordered(event_id)
    with unit_of_work():
        turn = take_turn(clock.now())
    with unit_of_work():
        cancel_printing(printing_queries.printing(event_id, printing_id))
    assert turn is not None
    with unit_of_work():
        assert not finish_printing(turn, b"late", [place])
    assert count(PrintedFile) == 0
    with unit_of_work():
        repeat_printing(printing_queries.printing(event_id, printing_id))
    assert work() == 1
    assert stored(printing_id).state == PrintState.DONE
    with unit_of_work(), pytest.raises(refusals.NotToBeRepeated):
        repeat_printing(printing_queries.printing(event_id, printing_id))


def test_a_failure_is_told_and_tried_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    event_id = workshop()
    enrolled(1)
    printing_id = ordered(event_id)
    with monkeypatch.context() as broken:
        broken.setattr(printed_papers, "printed", lambda *_: 1 // 0)
        assert work() == 1
    assert (stored(printing_id).state, stored(printing_id).reason) == ("failed", "unexpected")
    with unit_of_work():
        repeat_printing(printing_queries.printing(event_id, printing_id))
    assert work() == 1
    assert (stored(printing_id).state, stored(printing_id).reason) == ("done", "")


def test_when_everyone_left_meanwhile_that_is_told(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    printing_id = ordered(event_id)
    with unit_of_work():
        leaving.cancel(place.enrolment.id)
    assert work() == 1
    assert stored(printing_id).reason == PrintReason.NOBODY


def test_the_file_goes_after_a_day(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    made(event_id)
    assert jobs.drop_old_files(clock.now() + FILE_KEPT - timedelta(minutes=1)) == 0
    assert jobs.drop_old_files(clock.now() + FILE_KEPT) == 1
    assert count(PrintedFile) == 0
    assert jobs.drop_old_files(clock.now() + FILE_KEPT) == 0
    assert numbers_to_print(event_id).new_badges == 0


def test_erasing_a_person_drops_every_file_that_names_them(app: Flask) -> None:
    event_id = workshop(capacity=9)
    place, other = enrolled(1).place, enrolled(2).place
    printing_id = ordered(event_id)
    work()
    with unit_of_work():
        erase(place.person.email or "")
    assert stored(printing_id).reason == PrintReason.ERASED
    assert count(PrintedFile) == 0
    assert count(PrintedTicket) == 1
    with unit_of_work():
        repeat_printing(printing_queries.printing(event_id, printing_id))
    work()
    assert held(printing_id) == tickets(other)


def test_erasing_a_person_makes_a_printing_under_way_begin_anew(app: Flask) -> None:
    event_id = workshop(capacity=9)
    place, other = enrolled(1).place, enrolled(2).place
    printing_id = ordered(event_id)
    with unit_of_work():
        turn = take_turn(clock.now())
    with unit_of_work():
        erase(place.person.email or "")
    assert turn is not None
    with unit_of_work():
        assert not finish_printing(turn, b"names the erased", [place, other])
    assert stored(printing_id).state == PrintState.WAITING
    work()
    assert held(printing_id) == tickets(other)


def test_an_erased_person_of_a_past_event_is_not_printed(app: Flask) -> None:
    event_id = workshop(capacity=9)
    place, other = enrolled(1).place, enrolled(2).place
    with unit_of_work():
        erase(place.person.email or "")
    assert printed(event_id) == tickets(other)


def test_the_progress_is_told_at_least_every_twenty_and_at_most_forty_times() -> None:
    assert [step(people) for people in (0, 1, 200, 800, 5000)] == [20, 20, 20, 20, 125]


def test_setting_many_pages_is_held_for_longer() -> None:
    assert lease_for(2999, 3000) == LEASE
    assert lease_for(3000, 3000) == LEASE + timedelta(minutes=1)


def test_a_file_that_waits_long_waits_for_a_worker_that_does_not_come() -> None:
    now = clock.now()
    assert overdue(PrintState.WAITING, now - timedelta(minutes=3), now)
    assert not overdue(PrintState.WAITING, now - timedelta(minutes=1), now)
    assert not overdue(PrintState.WORKING, now - timedelta(minutes=3), now)


def count(model: type) -> int:
    db.session.rollback()
    number = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return number
