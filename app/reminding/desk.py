"""The team's page about the reminder: when it leaves and what it says besides."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core.access import StaffRole, open_to
from app.core.edit_forms import held
from app.core.pages import render
from app.core.texts import _
from app.events import queries as event_queries
from app.reminding import services
from app.reminding.forms import ReminderForm
from app.workshops.queries import places

pages = Blueprint("reminding_desk", __name__, url_prefix="/desk/workshops")


@pages.get("/<slug>/reminder")
@open_to(StaffRole.ORGANISER)
def reminder(slug: str) -> Response:
    """Ask for day, hour and words."""
    event = event_queries.event_by_slug(slug)
    return render(event=event, form=ReminderForm.over(places.workshop(event.id)))


@pages.post("/<slug>/reminder")
@open_to(StaffRole.ORGANISER)
def set_reminder(slug: str) -> Response:
    """Keep them."""
    event = event_queries.event_by_slug(slug)
    form, workshop = ReminderForm(), places.workshop(event.id)
    if not form.may_replace(lambda: held(workshop)):
        return render(form.status_code, "reminding/desk/reminder.html", event=event, form=form)
    days = int(form.days.data) if form.days.data else None
    services.set_reminder(event.id, days, int(form.hour.data), form.words.written)
    flash(_("The reminder is saved."), "success")
    return redirect(url_for("workshops_desk.roster", slug=slug), 303)
