"""Organisers' pages: the list of organisations, new ones, claims to decide."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render
from app.core.texts import _
from app.lists.showing import shown
from app.organisations import lists, queries, rules, services, wording
from app.organisations.forms.acting import StaffNewForm

pages = Blueprint("organisations_desk", __name__, url_prefix="/desk/organisations")


@pages.get("/")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def index() -> Response:
    """All organisations; search and kind live in the address."""
    listed = shown(
        lists.ORGANISATIONS,
        lists.ROWS,
        more=lists.contacts,
        may_be_saved=identity().has(StaffRole.ORGANISER),
    )
    if listed.is_file:
        return listed.file()
    return render(listed=listed, claims=queries.open_claims())


@pages.get("/<int:organisation_id>")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def one(organisation_id: int) -> Response:
    """The record, whether or not its facts may be shown elsewhere."""
    organisation = queries.organisation(organisation_id)
    return render(
        organisation=organisation,
        lacks_danish=rules.lacks_danish(organisation.facts),
        representatives=queries.representatives(organisation_id),
        fields=wording.FIELD_NAMES,
        kinds=wording.KINDS,
    )


@pages.get("/new")
@open_to(StaffRole.ORGANISER)
def new() -> Response:
    """Write in an organisation that cannot do it itself."""
    return render(form=StaffNewForm())


@pages.post("/new")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def register() -> Response:
    """Make it, and go on to its profile."""
    form = StaffNewForm()
    if not form.accepted():
        return render(status=422, template="organisations/desk/new.html", form=form)
    made = services.register(
        form.kind.data, str(form.name.data), form.contact(), tell=form.tell.data
    )
    return redirect(url_for("organisations.profile", organisation_id=made.id), 303)


@pages.post("/claims/<int:claim_id>")
@open_to(StaffRole.ORGANISER)
def decide_claim(claim_id: int) -> Response:
    """Let the claimant act, or say no."""
    services.decide_claim(claim_id, request.form.get("answer") == "yes")
    flash(_("The answer is on its way by mail."), "success")
    return redirect(url_for(".index"), 303)
