"""The door list on paper: a tick box, the name, the seats, what the door must know, the code."""

from __future__ import annotations

from app.core.attachments import Attachment
from app.core.language_choice import direction
from app.core.texts import _, language, local
from app.core.typesetting import pdf
from app.events.models import Event
from app.installation.papers import for_paper
from app.printing.papers.words import breakable, day_and_hours
from app.tickets.rules.codes import shown_short
from app.workshops.queries import lists
from app.workshops.queries.places import TicketedEnrolment


def door_list(event: Event) -> Attachment:
    """Everyone with a place, by name, in the reader's language."""
    places = lists.door_list(event.id)
    values = {
        "title": _("Door list: %(title)s", title=local(event.title)),
        "language": language(),
        "rtl": direction() == "rtl",
        "when": day_and_hours(event),
        "place": event.place,
        "headings": ["", _("Name"), _("Seats"), _("Needs"), _("Code")],
        "rows": [_row(place) for place in places],
        "sum": _("%(seats)s seats in all", seats=sum(place.enrolment.seats for place in places)),
    }
    return Attachment(
        f"{event.slug}.pdf", "application/pdf", pdf("door_list", {**values, **for_paper()})
    )


def _row(place: TicketedEnrolment) -> list[str | list[str]]:
    """The cells; of the needs each stands on a line of its own, whichever way it is read."""
    enrolment = place.enrolment
    interpreter = enrolment.interpreter and _(
        "Interpreter: %(tongue)s", tongue=enrolment.interpreter
    )
    return [
        breakable(place.person.name),
        str(enrolment.seats),
        [breakable(need) for need in (interpreter, enrolment.access) if need],
        shown_short(place.ticket.short_code),
    ]
