"""What leaves as a file, read back by a reader of its own."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask_babel import force_locale
from icalendar import Calendar
from PIL import Image, ImageEnhance
from pypdf import PdfReader

from app.core.addresses import base_url
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events import queries as event_queries
from app.events.models import Event
from app.lifecycle.services import telling
from app.workshops.models import Ticket
from app.workshops.papers import calendars, door, qr, tickets
from app.workshops.papers.words import breakable
from app.workshops.rules.codes import shown_short, ticket_url
from app.workshops.services import changing, enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.workshops.making import SLUG, enrolled, workshop

HOSTS = ["HTTP://LOCALHOST", "HTTPS://TORVET.KK.DK", "HTTPS://ARRANGEMENTER.TORVET.EXAMPLE"]
LONG_NAME = "Maria Fatima Abdirahman Mohamud Hassan-Christoffersen af Rosenkrantz Bülow-Lund"
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"

# Left, bottom, right, top, in points from the lower left corner of the page.
Box = tuple[float, float, float, float]


def address(host: str) -> str:
    return f"{host}/T/{'AEZ2' * 31}"


def read(picture: Image.Image) -> str:
    [found] = zxingcpp.read_barcodes(picture)
    return found.text


def picture_of(text: str) -> Image.Image:
    return Image.open(BytesIO(qr.png(text))).convert("L")


@pytest.mark.parametrize("host", HOSTS)
def test_the_code_is_read_back(host: str) -> None:
    assert read(picture_of(address(host))) == address(host)


@pytest.mark.parametrize("host", HOSTS)
def test_the_code_is_of_version_six_or_seven(host: str) -> None:
    assert len(qr.matrix(address(host))) - 2 * qr.QUIET_ZONE in {41, 45}


def test_the_code_is_read_at_a_quarter_of_the_brightness() -> None:
    dark = ImageEnhance.Brightness(picture_of(address(HOSTS[0]))).enhance(0.25)
    assert read(dark) == address(HOSTS[0])


def test_the_code_is_read_from_a_small_print_in_black_and_white() -> None:
    small = picture_of(address(HOSTS[0])).resize((180, 180)).convert("1", dither=Image.Dither.NONE)
    assert read(small.convert("L")) == address(HOSTS[0])


def test_the_code_is_read_behind_a_crack() -> None:
    cracked = picture_of(address(HOSTS[0]))
    for step in range(120):
        cracked.paste(0, (150 + step, 130 + step, 156 + step, 133 + step))
    assert read(cracked) == address(HOSTS[0])


def test_the_paths_of_the_svg_draw_the_same_code() -> None:
    modules = qr.matrix(address(HOSTS[0]))
    drawn = sum(int(run.split("h")[1].split("v")[0]) for run in qr.path(modules).split("M") if run)
    assert drawn == sum(sum(row) for row in modules)


@pytest.mark.parametrize(
    ("language", "word"), [("da", "Billet"), ("en", "Ticket"), ("ar", "تذكرة")]
)
def test_the_paper_ticket_holds_name_code_and_qr(app: Flask, language: str, word: str) -> None:
    workshop()
    with unit_of_work():
        place = enrolling.enrol(SLUG, Wish("Şirin أمينة Åse", "s@post.example")).place
    paper = tickets.ticket(str(place.ticket.id), language)
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert shown_short(place.ticket.short_code) in text
    assert "Şirin" in text
    assert word in text or word[::-1] in text
    page = pypdfium2.PdfDocument(paper.content)[0].render(scale=2).to_pil()
    assert read(page) == ticket_url(base_url(), place.ticket.code)


def test_a_long_name_leaves_the_code_of_the_paper_ticket_clear_of_the_line_below(
    app: Flask,
) -> None:
    event_id = workshop()
    with unit_of_work():
        db.session.get_one(Event, event_id).title = {"da": "Værkstedsmesse i byens foreninger " * 4}
        place = enrolling.enrol(SLUG, Wish(f"{LONG_NAME} {LONG_WORD}", "m@a.example", 4))
    held = place.place.ticket
    document = pypdfium2.PdfDocument(tickets.ticket(str(held.id), "da").content)
    [page] = document
    code = letters(page, shown_short(held.short_code))
    line = max(bounds[3] for bounds in thin_lines(page))
    assert min(bottom for _left, bottom, _right, _top in code) > line + 3
    assert page.get_width() - max(right for _left, _bottom, right, _top in letters(page)) > 30
    assert read(page.render(scale=1).to_pil()) == ticket_url(base_url(), held.code)


def test_the_calendar_keeps_its_uid_and_raises_its_sequence(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    event = event_queries.event(event_id)
    before = entry(place.ticket.id)
    with unit_of_work():
        start = event.starts_at + timedelta(days=1)
        telling.move(event_id, start, start + timedelta(hours=2), "Salen", "")
    after = entry(place.ticket.id)
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LOCATION"] == "Salen"


def test_a_cancelled_place_takes_its_entry_out_of_the_calendar(app: Flask) -> None:
    workshop()
    place = enrolled(1).place
    with unit_of_work():
        leaving.cancel(place.enrolment.id)
    assert entry(place.ticket.id)["STATUS"] == "CANCELLED"


def test_a_reissued_ticket_keeps_its_entry(app: Flask) -> None:
    workshop()
    place = enrolled(1).place
    before = entry(place.ticket.id)["UID"]
    with unit_of_work():
        renewed = changing.reissue(place.enrolment.id)
    assert entry(renewed.ticket.id)["UID"] == before


def test_the_door_list_names_all_with_a_place_and_their_code(app: Flask) -> None:
    event_id = workshop(capacity=2)
    first, second, waiting = enrolled(1), enrolled(2), enrolled(3)
    paper = door.door_list(event_queries.event(event_id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    for outcome in (first, second):
        assert outcome.place.person.name in text
        assert shown_short(outcome.place.ticket.short_code) in text
    assert waiting.place.person.name not in text


def test_a_code_of_wide_letters_stands_on_one_line_of_the_door_list(app: Flask) -> None:
    event_id = workshop()
    ticket_id = enrolled(1).place.ticket.id
    with unit_of_work():
        db.session.get_one(Ticket, ticket_id).short_code = "mwmwmmwmwm"
    paper = door.door_list(event_queries.event(event_id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "MWMWM-MWMWM" in text


def test_a_long_word_stays_in_its_column_of_the_door_list(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        enrolling.enrol(SLUG, Wish("Ø" * 60, "w@post.example", access="Æ" * 60))
    with force_locale("da"):
        paper = door.door_list(event_queries.event(event_id))
    [page] = pypdfium2.PdfDocument(paper.content)
    assert max(box[2] for box in letters(page, "Ø")) < letters(page, "Pladser")[0][0]
    assert max(box[2] for box in letters(page, "Æ")) < letters(page, "Kode")[0][0]


def test_an_arabic_door_list_has_no_latin_comma(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        wish = Wish("Amina", "a@post.example", interpreter="arabisk", access="Kørestol")
        enrolling.enrol(SLUG, wish)
    with force_locale("ar"):
        paper = door.door_list(event_queries.event(event_id))
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "Kørestol" in text
    assert "،" in text
    assert "," not in text


def test_only_a_word_that_is_no_name_is_broken() -> None:
    assert breakable(LONG_NAME) == LONG_NAME
    pieces = breakable(f"Amina {LONG_WORD}").split("\u200b")
    assert "".join(pieces) == f"Amina {LONG_WORD}"
    assert [len(piece) for piece in pieces] == [18, 12, 12, 12, 12]


def letters(page: pypdfium2.PdfPage, text: str = "") -> list[Box]:
    """Where each letter of this text stands, wherever it is found; of all text by default."""
    told = page.get_textpage()
    if not text:
        return [told.get_charbox(number) for number in range(told.count_chars())]
    search, found = told.search(text, match_case=True), []
    while (hit := search.get_next()) is not None:
        found += [told.get_charbox(number) for number in range(hit[0], sum(hit))]
    return found


def thin_lines(page: pypdfium2.PdfPage) -> list[Box]:
    """The page's strokes from side to side."""
    paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=1)
    bounds = [one.get_bounds() for one in paths]
    return [one for one in bounds if one[3] - one[1] < 2 and one[2] - one[0] > 200]


def entry(ticket_id: int) -> dict[str, object]:
    """The one event in the ticket's calendar file."""
    db.session.rollback()
    db.session.expire_all()
    content = calendars.calendar(str(ticket_id), "da").content
    [found] = Calendar.from_ical(content.decode()).walk("VEVENT")
    return {str(name): found[name] for name in found}
