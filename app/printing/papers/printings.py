"""The one file of a printing: all its badges, or all its tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import force_locale

from app.core import typesetting
from app.core.attachments import Attachment
from app.events.models import Event
from app.printing.models import Printing
from app.printing.papers.badges import badge_sheets
from app.printing.papers.tickets import ticket_sheets
from app.printing.rules import PaperKind
from app.workshops.queries.places import TicketedEnrolment


def printed(
    printing: Printing, event: Event, places: Sequence[TicketedEnrolment], pictures: Sequence[str]
) -> bytes:
    """The PDF; `pictures` are the codes of the places, drawn before."""
    with force_locale(printing.language):
        if printing.paper == PaperKind.TICKETS:
            return ticket_sheets(places, pictures, printing.language)
        return badge_sheets(
            event,
            places,
            pictures,
            large=printing.paper == PaperKind.BADGES_A6,
            blanks=printing.blanks,
            language=printing.language,
        )


def without_font(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names that papers cannot set whole, each with the letters that have no font here."""
    missing = ((name, typesetting.without_font(f"{name}{below}")) for name, below in names)
    return [(name, letters) for name, letters in missing if letters]


def printed_attachment(printing: Printing, event: Event, content: bytes) -> Attachment:
    """The finished file under a name that tells it from the others of its kind."""
    name = f"{event.slug}-{printing.paper}-{printing.id}.pdf"
    return Attachment(name, "application/pdf", content)
