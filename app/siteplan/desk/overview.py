"""The plan as it is drawn, with all that stands on it and the ways to add more."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.events import queries as events
from app.events.models import Event
from app.siteplan.desk.blueprint import pages
from app.siteplan.queries import things as queries
from app.siteplan.rules import rows
from app.siteplan.rules.canvas import canvas
from app.siteplan.rules.kinds import Kind
from app.siteplan.rules.paper import paper
from app.siteplan.wording import KIND_NAMES, LANDMARK_NAMES, NEW
from app.vendors.drawing import draw
from app.vendors.queries.plan import plan_of
from app.vendors.rules.geometry import Direction
from app.vendors.rules.siteplan import SitePlan


@pages.get("/<slug>")
@open_to(StaffRole.ORGANISER)
def overview(slug: str) -> Response:
    """Everything on the plan, each with its form."""
    event = events.event_by_slug(slug)
    return render(200, None, **_shown(event))


@pages.get("/<slug>/print")
@open_to(StaffRole.ORGANISER)
def sheet(slug: str) -> Response:
    """The plan to scale on A3, for the wall and for those who put up the stalls."""
    event = events.event_by_slug(slug)
    drawing = draw(plan_of(event.id), Direction.ACROSS)
    return render(event=event, drawing=drawing, paper=paper(drawing.sheet.ground))


def _shown(event: Event) -> dict[str, object]:
    site, things = plan_of(event.id), {kind: queries.things(event.id, kind) for kind in Kind}
    coded = (Kind.ZONE, Kind.CABINET, Kind.TAP)
    return {
        "event": event,
        "things": things,
        "codes": {kind: {one.id: one.code for one in things[kind]} for kind in coded},
        "loads": {one.id: one.load for one in site.cabinets},
        "sheet": canvas(site),
        "on_one_another": _overlapping(site),
        "is_empty": not any(things.values()),
        "kinds": KIND_NAMES,
        "new": NEW,
        "landmark_names": LANDMARK_NAMES,
    }


def _overlapping(site: SitePlan) -> list[tuple[str, str]]:
    open_stalls = [one for one in site.stalls if not one.blocked_because]
    return rows.overlapping([(stall.code, stall.spot.rect) for stall in open_stalls])
