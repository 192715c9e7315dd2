"""The list of applications: its columns, filters and order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Subquery, case, select

from app.applications import wording
from app.applications.models import Application
from app.applications.queries import reviewing
from app.applications.queries.reviewing import Line
from app.applications.rules.states import State
from app.core.texts import Lazy, _, _l, local
from app.events.models import Event
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.organisations import queries as organisations
from app.organisations.models import Organisation

ONLY: dict[str, Lazy] = {
    "prepared": _l("Prepared decisions"),
    "look": _l("Changed after acceptance"),
    "unsent": _l("Corrections not sent"),
}


def rows(scored: Subquery) -> StoredRows[Line]:
    """Where the rows come from, with the scores as the reader may see them."""
    return StoredRows(
        reviewing.numbers(scored),
        lambda numbers: reviewing.lines(scored, numbers),
        lambda line: line.application.id,
    )


def applications(scored: Subquery, *, decides: bool) -> ListOf[Line]:
    """The list as one reader may see it: averages only beside a score of their own, boxes to tick
    only for whoever decides."""
    return ListOf(
        "ansoegninger",
        columns=(*_who(decides=decides), _state(), _sent_in(), _score(scored), *_needs()),
        sort="name",
        filters=FILTERS,
        searched=organisations.found_by,
        search_label=_l("Name"),
    )


def _only(value: str) -> object:
    if value == "look":
        return reviewing.needs_look()
    if value == "unsent":
        return reviewing.unsent_changes()
    return Application.prepared.is_not(None)


FILTERS = (
    Filter(
        "event",
        _l("Event"),
        lambda slug: (
            Application.event_id == select(Event.id).where(Event.slug == slug).scalar_subquery()
        ),
    ),
    Filter(
        "role",
        _l("Role"),
        lambda role: Application.role == role,
        {str(role): text for role, text in wording.ROLES.items()},
    ),
    Filter(
        "state",
        _l("State"),
        lambda state: Application.state == state,
        {str(state): text for state, text in wording.STATES.items() if state != State.DRAFT},
    ),
    Filter("only", _l("Only"), _only, ONLY),
)


def _who(*, decides: bool) -> list[Column[Line]]:
    return [
        Column("tick", _l("Tick"), on_page=decides),
        Column(
            "name",
            _l("Name"),
            lambda line: line.application.organisation.name,
            order=(Organisation.sort_text,),
        ),
        Column(
            "event", _l("Event"), lambda line: local(line.application.event.title), on_page=False
        ),
        Column(
            "role",
            _l("Role"),
            lambda line: str(wording.ROLES[line.application.role]),
            on_page=False,
        ),
    ]


def _state() -> Column[Line]:
    places = {state: place for place, state in enumerate(State)}
    return Column(
        "state",
        _l("State"),
        lambda line: str(wording.STATES[line.application.state]),
        order=(case(places, value=Application.state), Organisation.sort_text),
    )


def _sent_in() -> Column[Line]:
    def sent_in(line: Line) -> datetime | None:
        return line.application.submitted_at

    return Column("sent", _l("Sent in"), sent_in, order=(Application.submitted_at,), falls=True)


def _score(scored: Subquery) -> Column[Line]:
    return Column(
        "score",
        _l("Score"),
        lambda line: line.average,
        order=(reviewing.average(scored),),
        numeric=True,
        falls=True,
    )


def _needs() -> list[Column[Line]]:
    def of(line: Line) -> Application:
        return line.application

    return [
        Column("power", _l("Needs"), order=(Application.power_amp,), falls=True),
        Column("amperes", _l("Amperes"), lambda line: of(line).power_amp, on_page=False),
        Column("phases", _l("Phases"), lambda line: of(line).phases, on_page=False),
        Column("water", _l("Water"), lambda line: of(line).water, on_page=False),
        Column("gas", _l("Gas"), lambda line: of(line).gas, on_page=False),
        Column("front", _l("Front in cm"), lambda line: of(line).frontage_cm, on_page=False),
    ]


def needs_text(application: Application) -> str:
    """What the place must have, as the page shows it."""
    told = [
        _("%(amp)s A", amp=application.power_amp) if application.power_amp else "",
        _("water") if application.water else "",
        _("gas") if application.gas else "",
    ]
    return ", ".join(need for need in told if need) or "–"
