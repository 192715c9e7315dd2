"""A thing is moved on the drawing: the same verb as its form's, answered to the page's script."""

from __future__ import annotations

from flask import jsonify, make_response
from werkzeug.wrappers import Response

from app.core.access import StaffRole, open_to
from app.core.refusals import Invalid
from app.events import queries as events
from app.siteplan.desk.blueprint import pages
from app.siteplan.forms.placing import PlaceForm
from app.siteplan.queries import things as queries
from app.siteplan.refusals import MovedMeanwhile
from app.siteplan.rules.kinds import Kind
from app.siteplan.services import editing

PLACED = f"<any({', '.join(kind.value for kind in Kind if kind is not Kind.ZONE)}):name>"


@pages.post(f"/<slug>/{PLACED}/<int:number>/place")
@open_to(StaffRole.ORGANISER)
def place(slug: str, name: str, number: int) -> Response:
    """Where it stands now; refused where somebody else moved it meanwhile."""
    event, kind, form = events.event_by_slug(slug), Kind(name), PlaceForm()
    if not form.validate():
        raise Invalid(form.errors)
    try:
        row = editing.move(event.id, kind, number, form.to(), form.seen())
    except MovedMeanwhile as refusal:
        row = queries.thing(event.id, kind, number)
        return make_response(jsonify(x=row.x, y=row.y, sentence=str(refusal)), refusal.status)
    return jsonify(x=row.x, y=row.y)
