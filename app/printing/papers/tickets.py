"""The ticket on paper and its QR, made when the letter is sent or the page is shown."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale

from app.core.addresses import base_url
from app.core.attachments import Attachment
from app.core.language_choice import direction
from app.core.languages import local_in
from app.core.numbers import weekday_text
from app.core.texts import _
from app.core.typesetting import pdf
from app.events.papers import asked_facts
from app.installation.papers import for_paper
from app.printing.papers.words import breakable, hours
from app.tickets import drawing
from app.tickets.papers import qr_svg
from app.tickets.rules.codes import shown_short, ticket_url
from app.workshops.papers.file_names import file_name
from app.workshops.queries.places import TicketedEnrolment, place_by_ticket


def ticket(ident: str, language: str) -> Attachment:
    """The PDF of the ticket with this number."""
    place = place_by_ticket(int(ident))
    content = ticket_sheets([place], [qr_svg(place.ticket)], language, [language])
    return Attachment(file_name(place, "pdf"), "application/pdf", content)


def ticket_sheets(
    places: Sequence[TicketedEnrolment],
    pictures: Sequence[str],
    language: str,
    languages: Sequence[str] = (),
) -> bytes:
    """The tickets of these places as one PDF, each in its holder's language or the one given."""
    spoken = languages or [place.enrolment.language for place in places]
    values = {
        "title": local_in(places[0].event.title, language),
        "language": language,
        "tickets": [_in_language(*ticket) for ticket in zip(places, pictures, spoken, strict=True)],
    }
    return pdf("ticket", {**values, **for_paper()})


def qr_picture(ident: str, language: str) -> Attachment:
    """The QR for the letter itself, named after the ticket as its Content-ID."""
    place = place_by_ticket(int(ident))
    content = drawing.png(ticket_url(base_url(), place.ticket.code))
    return Attachment("torvet.png", "image/png", content, f"inline-qr-{place.ticket.id}")


def _in_language(place: TicketedEnrolment, picture: str, language: str) -> dict[str, object]:
    with force_locale(language):
        return _values(place, picture, language)


def _values(place: TicketedEnrolment, picture: str, language: str) -> dict[str, object]:
    return {
        "title": local_in(place.event.title, language),
        "kind": _("Ticket"),
        "language": language,
        "rtl": direction(language) == "rtl",
        "facts": _facts(place, language),
        "qr": picture,
        "qr_alt": _("QR code for the door"),
        "short_label": _("If the code cannot be read, say this one"),
        "short": shown_short(place.ticket.short_code),
        "note": _("Show the code at the door, on your phone or on paper."),
    }


def _facts(place: TicketedEnrolment, language: str) -> list[tuple[str, str]]:
    event, seats = place.event, place.enrolment.seats
    return [
        (_("Day"), weekday_text(event.starts_at)),
        (_("Time"), hours(event)),
        (_("Place"), event.whereabouts),
        (_("Name"), breakable(place.person.name)),
        (_("Seats"), str(seats) if seats > 1 else ""),
        *((heading, breakable(text)) for heading, text in asked_facts(event, language)),
    ]
