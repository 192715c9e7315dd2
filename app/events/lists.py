"""The list of events at the desk: its columns, filters and order."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import local_time, year_of
from app.core.folding import sort_key
from app.core.texts import Lazy, _l, local
from app.events.models import Event
from app.events.wording import STATE_NAMES
from app.lists.describing import Column, Filter, ListOf

STATES: dict[str, Lazy] = {str(state): text for state, text in STATE_NAMES.items()}


def _begins(event: Event) -> datetime:
    return local_time(event.starts_at)


EVENTS: ListOf[Event] = ListOf(
    "arrangementer",
    columns=(
        Column(
            "title",
            _l("Event"),
            lambda event: local(event.title),
            order=lambda event: sort_key(local(event.title)),
        ),
        Column(
            "kind",
            _l("Kind"),
            lambda event: str(event.kind_name),
            order=lambda event: sort_key(str(event.kind_name)),
        ),
        Column("begins", _l("Begins"), _begins, order=_begins, falls=True),
        Column("place", _l("Place"), lambda event: event.place or "", on_page=False),
        Column(
            "state",
            _l("State"),
            lambda event: str(STATE_NAMES[event.state]),
            order=lambda event: list(STATE_NAMES).index(event.state),
        ),
    ),
    sort="-begins",
    filters=(
        Filter("kind", _l("Kind"), lambda event, kind: event.kind == kind),
        Filter("state", _l("State"), lambda event, state: event.state == state, STATES),
        Filter("year", _l("Year"), lambda event, year: str(year_of(event.starts_at)) == year),
    ),
    searched=lambda event: " ".join([*event.title.values(), event.slug, event.place or ""]),
    search_label=_l("Title, place or address"),
)
