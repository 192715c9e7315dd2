"""An artist steps back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.applications.queries import asking
from app.applications.rules.states import Role
from app.applications.services import telling
from app.core.access import SIGNED_IN, identity, open_to
from app.core.texts import _
from app.organisations.queries import actor_of

pages = Blueprint("stage", __name__)


@pages.post("/my/applications/<int:application_id>/give-up-act")
@open_to(SIGNED_IN)
def withdraw(application_id: int) -> Response:
    """The artist steps back."""
    actor = actor_of(identity())
    asking.application_for(actor, application_id, Role.ACT)
    telling.withdraw(actor, application_id)
    flash(_("You have withdrawn. You can apply again while applications are open."), "success")
    return redirect(url_for("applications.status", application_id=application_id), 303)
