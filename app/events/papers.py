"""What tickets, letters and calendars say of an event beside when and where."""

from __future__ import annotations

from app.core.languages import local_in
from app.core.numbers import integer_text
from app.core.texts import _
from app.events.models import Event


def price_in_words(event: Event) -> str:
    """ "Free" or the kroner, in the reader's language; nothing where nothing is said."""
    if event.price is None:
        return ""
    return _("%(kroner)s kr.", kroner=integer_text(event.price)) if event.price else _("Free")


def contact_in_words(event: Event) -> str:
    """Who answers questions, and how."""
    parts = (event.contact_name, event.contact_mail, event.contact_phone)
    return ", ".join(part for part in parts if part)


def asked_facts(event: Event, language: str) -> list[tuple[str, str]]:
    """What guests ask about, with its heading, in this language; nothing that is not said."""
    facts = [
        (_("Price"), price_in_words(event)),
        (_("Spoken there"), ", ".join(str(name) for name in event.spoken_names)),
        (_("How to get there and in"), local_in(event.access, language)),
        (_("Questions?"), contact_in_words(event)),
    ]
    return [(heading, text) for heading, text in facts if text]


def told_in_calendar(event: Event, language: str, first: str) -> str:
    """The note of a calendar's entry: a sentence and what guests ask about, a line each."""
    told = (f"{heading}: {text}" for heading, text in asked_facts(event, language))
    return "\n".join(part for part in (first, *told) if part)
