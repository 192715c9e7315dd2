"""Calendar files of the stages: one act's time, a stage's programme, a visitor's own list."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import force_locale

from app.core.addresses import link_to
from app.core.attachments import Attachment
from app.core.calendar_files import Appointment, calendar_file, uid
from app.core.languages import local_in
from app.core.numbers import clock_text
from app.core.texts import _
from app.events import queries as events
from app.events.models import Event
from app.events.rules import EventState
from app.stage.models import Slot
from app.stage.queries import slots
from app.stage.queries.programme import ProgrammeSlot, title_of


def slot_file(slot_id: int, language: str) -> Attachment:
    """An artist's time with sound check and whom to call; one that ended leaves the calendar."""
    slot = slots.any_slot(slot_id)
    event = events.event(slot.stage.event_id)
    with force_locale(language):
        return calendar_file(f"{event.slug}.ics", [_appointment(event, slot, language)])


def slot_calendar(ident: str, language: str) -> Attachment:
    """The same for a letter, which names the slot."""
    return slot_file(int(ident), language)


def feed(event: Event, planned: Iterable[ProgrammeSlot], language: str) -> Attachment:
    """The programme, or a part of it, as a calendar to subscribe to."""
    title = f"{local_in(event.title, language)} – {_('Stages')}"
    appointments = [
        Appointment(
            uid=uid(f"programme-{one.id}"),
            sequence=one.sequence,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            summary=one.title,
            location=_where(event, local_in(one.stage.name, language), one.stage.place),
            description=one.about,
            link=f"{link_to('stage.programme', slug=event.slug)}#slot-{one.id}",
            off=event.state is EventState.CANCELLED,
        )
        for one in planned
    ]
    return calendar_file(f"{event.slug}-stages.ics", appointments, title=title)


def _appointment(event: Event, slot: Slot, language: str) -> Appointment:
    stage = local_in(slot.stage.name, language)
    check = slot.sound_check_at
    told = (
        _("Sound check: %(time)s", time=clock_text(check)) if check else "",
        _("Call on the day: %(whom)s", whom=slot.whom_to_call) if slot.whom_to_call else "",
        slot.note,
    )
    return Appointment(
        uid=uid(f"slot-{slot.id}"),
        sequence=slot.sequence,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=f"{title_of(slot.application)} – {stage}",
        location=_where(event, stage, slot.stage.place),
        description="\n".join(part for part in told if part),
        link=link_to("applications.status", application_id=slot.application_id),
        off=slot.ended_at is not None or event.state is EventState.CANCELLED,
    )


def _where(event: Event, stage: str, place: str) -> str:
    return ", ".join(part for part in (stage, place, event.whereabouts) if part)
