"""The answers to a workshop's own questions as a table."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.core import access_log, clock
from app.core.access import StaffRole, open_to
from app.core.attachments import Attachment, file_response
from app.core.languages import DEFAULT
from app.core.texts import _, language
from app.events import queries as event_queries
from app.lists.tables import csv_bytes
from app.workshops.desk.blueprint import pages
from app.workshops.queries import places
from app.workshops.queries.arrivals import came_of_event
from app.workshops.queries.questions import all_answers, own_questions, words_of
from app.workshops.rules.arrivals import CameIn


@pages.get("/<slug>/answers.csv")
@open_to(StaffRole.ORGANISER)
def answers(slug: str) -> Response:
    """Everyone with who came, and their answers to what is asked now."""
    event = event_queries.event_by_slug(slug)
    own = own_questions(places.workshop(event.id))
    asked = [shown.question for shown in own.asked] if own else []
    access_log.note("fetched_answers", "event", event.id)
    came = came_of_event(event.id)
    headings = [_("Name"), _("Mail"), _("Seats"), _("Came in"), _("First came in"), _("Gate")]
    headings += [question.text[DEFAULT] for question in asked]
    rows = [
        [
            place.person.name,
            place.person.email,
            place.enrolment.seats,
            *_arrival(came.get(place.enrolment.id)),
            *(words_of(question, given.get(question.code), language()) for question in asked),
        ]
        for place, given in all_answers(event.id)
    ]
    return file_response(Attachment(f"{slug}.csv", "text/csv", csv_bytes(headings, rows)))


def _arrival(came: CameIn | None) -> list[object]:
    """How many came, when the first did, as spreadsheets read it, and at which gate."""
    if came is None:
        return [0, "", ""]
    return [came.number, f"{clock.local_time(came.at):%Y-%m-%d %H:%M}", came.gate]
