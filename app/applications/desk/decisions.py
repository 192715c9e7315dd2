"""Decisions for the ticked applications, and all that was just released taken back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from app.applications.desk.blueprint import again, back, event_id_of, pages
from app.applications.forms.desk_forms import DecisionForm
from app.applications.queries import reviewing
from app.applications.rules import states
from app.applications.services import deciding
from app.core.access import StaffRole, identity, open_to
from app.core.texts import _, _n
from app.lists.showing import ticked


@pages.post("/desk/applications/decide")
@open_to(StaffRole.ORGANISER)
def decide() -> Response:
    """Prepare or release decisions for the ticked applications."""
    form, chosen = DecisionForm(), ticked("application")
    if not form.accepted():
        return again(form, _("Decision"), _("Prepare"), chosen)
    if not chosen:
        flash(_("Tick at least one application first."), "error")
    elif request.form.get("do") == "release":
        number = deciding.release(chosen, form.days.data or states.CONFIRM_DAYS)
        flash(_n("%(num)d decision released.", "%(num)d decisions released.", number), "success")
    else:
        _prepare(form, chosen)
    return redirect(back(), 303)


@pages.post("/desk/applications/recall")
@open_to(StaffRole.ORGANISER)
def recall_all() -> Response:
    """Take back all that was released in the last two minutes, of the list's event or of all."""
    number = deciding.recall_many(reviewing.just_released(event_id_of()))
    flash(
        _n("%(num)d decision is taken back.", "%(num)d decisions are taken back.", number),
        "success",
    )
    return redirect(back(), 303)


def _prepare(form: DecisionForm, chosen: Sequence[int]) -> None:
    number = deciding.prepare(
        identity().staff_id or 0, chosen, form.decision.data, form.reason.data or ""
    )
    flash(_n("%(num)d decision prepared.", "%(num)d decisions prepared.", number), "success")
    if number < len(chosen):
        flash(_("The others stand where this cannot be decided."), "warning")
