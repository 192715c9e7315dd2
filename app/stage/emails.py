"""The letters to an act: when and where it plays, that this was changed, that it does not play."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.core import outbox
from app.core.addresses import link_to
from app.core.outbox import Letter
from app.events.models import Event
from app.organisations import queries as organisations
from app.stage.models import Slot
from app.stage.queries.programme import title_of


class SlotLetter(StrEnum):
    """The kinds of letters, each with its template."""

    GIVEN = "given"
    CHANGED = "changed"
    ENDED = "ended"


def tell_slot(
    event: Event, slot: Slot, before: Mapping[str, Any] | None, due_at: datetime
) -> list[Letter]:
    """One letter to each address that acts for the artist, with the calendar's entry.

    `before` is how the slot stood in earlier letters; None where they told of none.
    """
    kind = SlotLetter.GIVEN if before is None else SlotLetter.CHANGED
    if slot.ended_at is not None:
        kind = SlotLetter.ENDED
    application = slot.application
    return [
        outbox.post(
            f"stage/{kind}",
            to=person.email,
            language=person.language,
            person_id=person.person_id,
            due_at=due_at,
            attachments=(f"slot:{slot.id}",),
            name=person.name,
            act=title_of(application),
            event=event,
            slot=slot,
            was=None if before is None else _was(before),
            status_page=link_to("applications.status", application_id=application.id),
        )
        for person in organisations.correspondents(application.organisation_id)
    ]


def _was(before: Mapping[str, Any]) -> dict[str, object]:
    """When and where it was, for a letter that tells of another time."""
    return {
        "stage": before["stage"][0],
        "starts_at": datetime.fromisoformat(before["starts_at"]),
    }
