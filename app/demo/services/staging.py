"""The stages of a festival and who plays when on them, made by the team's own verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.stage.services import giving, line_ups, stages
from app.stage.services.giving import SlotFacts
from app.stage.services.stages import StageFacts

CHANGE_OVER = 15
MINUTES = 30
NAMES = (
    (
        {"da": "Store scene", "en": "Main Stage", "ar": "المسرح الكبير"},
        "Ved Runddelen",
        "Sofie, 20 99 00 21",
    ),
    (
        {"da": "Gårdscenen", "en": "Courtyard Stage", "ar": "مسرح الفناء"},
        "I gården ved Stefansgade",
        "Mikkel, 20 99 00 22",
    ),
)


def make_programme(event: Event, application_ids: Sequence[int]) -> None:
    """Two stages, the acts on them by turns from the first hour on, and the whole announced."""
    with unit_of_work():
        made = [
            stages.make(
                event.id,
                StageFacts(name, event.starts_at, event.ends_at, CHANGE_OVER, place, call),
            )
            for name, place, call in NAMES
        ]
        for number, application_id in enumerate(application_ids):
            turn, which = divmod(number, len(made))
            hours = timedelta(minutes=60 + 75 * turn + 30 * which)
            starts = event.starts_at + hours
            check = event.starts_at - timedelta(minutes=120 - 30 * turn)
            facts = SlotFacts(made[which].id, starts, MINUTES, check)
            giving.give(event.id, application_id, facts)
        line_ups.announce(event.id)
