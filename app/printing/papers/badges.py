"""Badges on sheets to cut apart: name, organisation or group, event and the code of the ticket."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from app.core.language_choice import direction
from app.core.languages import local_in
from app.core.texts import _
from app.core.typesetting import pdf
from app.events.models import Event
from app.installation.papers import for_paper
from app.printing.papers.words import breakable, day_and_hours
from app.tickets.rules.codes import shown_short
from app.workshops.queries.places import TicketedEnrolment

Card = dict[str, object]

BLANK: Card = {"name": "", "rtl": False, "below": [], "qr": "", "short": ""}


def badge_sheets(
    event: Event,
    places: Sequence[TicketedEnrolment],
    pictures: Sequence[str],
    *,
    large: bool,
    blanks: int,
    language: str,
) -> bytes:
    """One card a person, then the blank ones, as one PDF; the reader's language is set."""
    cards = [
        card
        for place, picture in zip(places, pictures, strict=True)
        for card in _cards(place, picture)
    ]
    title = local_in(event.title, language)
    values = {
        "title": _("Badges: %(title)s", title=title),
        "event": title,
        "when": " · ".join(part for part in (day_and_hours(event), event.place) if part),
        "language": language,
        "rtl": direction(language) == "rtl",
        "size": "a6" if large else "card",
        "name_label": _("Name"),
        "qr_alt": _("QR code for the door"),
        "cards": cards + [BLANK] * blanks,
    }
    return pdf("badges", {**values, **for_paper()})


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    return next((way in {"R", "AL"} for way in ways if way in {"L", "R", "AL"}), False)


def _cards(place: TicketedEnrolment, picture: str) -> list[Card]:
    """The person's card with the code; a group's others get one each to write their name on."""
    name, seats = breakable(place.person.name), place.enrolment.seats
    organisation = breakable(place.enrolment.organisation)
    group = _("Group of %(seats)s", seats=seats) if seats > 1 else ""
    own = {
        "name": name,
        "rtl": right_to_left(name),
        "below": [line for line in (organisation, group) if line],
        "qr": picture,
        "short": shown_short(place.ticket.short_code),
    }
    below = [line for line in (_("With %(name)s", name=name), organisation) if line]
    return [own, *({**BLANK, "below": below} for _number in range(seats - 1))]
