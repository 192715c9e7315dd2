"""What needs doing at the desk today, and whose desk it is."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import audit, clock, undelivered
from app.core.access import STAFF, StaffRole, open_to
from app.core.owner import owner
from app.core.pages import render
from app.core.texts import _
from app.home.forms import INSTALLATION_FIELDS, InstallationForm
from app.home.queries.today import coming, festivals, waiting
from app.installation.rules import ONLY
from app.installation.services import save
from app.mailings.wording import ADVICE
from app.people import queries as people

pages = Blueprint("home_desk", __name__, url_prefix="/desk")


@pages.get("/")
@open_to(*STAFF)
def today() -> Response:
    """One screen for what needs doing."""
    return render(
        now=clock.now(),
        notices=undelivered.notices(),
        advice=ADVICE,
        waiting=waiting(),
        coming=coming(),
        festivals=festivals(),
    )


@pages.route("/installation", methods=["GET", "POST"])
@open_to(StaffRole.ADMIN)
def installation() -> Response:
    """Whose installation this is, with who changed what."""
    form = InstallationForm.of(owner())
    if form.carried_out(lambda: save(form.names, form.contact, form.stamp.data or "")):
        flash(_("It is saved. Every page, letter and report says so from now on."), "success")
        return redirect(url_for(".installation"), 303)
    # Whoever saw that somebody else was quicker decides with the next press.
    form.stamp.data = owner().stamp
    trail = audit.of("installation", ONLY)
    return render(
        form.status_code,
        form=form,
        trail=trail,
        names=people.names_of_staff(entry.actor for entry in trail),
        words=INSTALLATION_FIELDS,
    )
