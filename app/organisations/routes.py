"""Visitors' pages: who are you, the profile, consent, contact persons, claims."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import SIGNED_IN, identity, open_to
from app.core.addresses import own_path
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import language
from app.organisations import queries, services, wording
from app.organisations.forms.acting import ClaimForm, NewForm, RepresentativeForm
from app.organisations.forms.profile import ConsentForm, ProfileForm

pages = Blueprint("organisations", __name__)
# {{ value|fact("district") }} in any template: one fact of an organisation as it reads.
pages.add_app_template_filter(wording.fact_text, "fact")


@pages.get("/who")
@open_to(SIGNED_IN)
def who() -> Response:
    """Who are you? Nothing is made before this is answered."""
    form = NewForm(data={"kind": request.args.get("kind"), "person_name": identity().name})
    return render(form=form)


@pages.post("/who")
@open_to(SIGNED_IN)
@limit("20 per hour")
@sent_forms.once
def register() -> Response:
    """Make a new organisation."""
    form = NewForm()
    if not form.accepted():
        return render(status=422, template="organisations/who.html", form=form)
    contact = form.contact(identity().email, language())
    made = services.register(form.kind.data, str(form.name.data), contact)
    return redirect(_next() or url_for(".profile", organisation_id=made.id), 303)


@pages.get("/who/claim")
@open_to(SIGNED_IN)
def claim() -> Response:
    """Ask to act for an organisation that is here already."""
    return render(form=ClaimForm(data={"person_name": identity().name}))


@pages.post("/who/claim")
@open_to(SIGNED_IN)
@limit("10 per hour")
@sent_forms.once
def send_claim() -> Response:
    """Send the claim to the team."""
    form = ClaimForm()
    if not form.accepted():
        return render(status=422, template="organisations/claim.html", form=form)
    contact = form.contact(identity().email, language())
    services.claim(contact, str(form.known_as.data), form.message.data or "")
    return redirect(url_for(".claimed"), 303)


@pages.get("/who/claim/sent")
@open_to(SIGNED_IN)
def claimed() -> Response:
    """What one has asked for and what happens next."""
    return render(claims=queries.claims_of(identity().email))


@pages.get("/my/organisations/<int:organisation_id>")
@open_to(SIGNED_IN)
def profile(organisation_id: int) -> Response:
    """The facts of one organisation."""
    organisation = queries.organisation_for(queries.actor_of(identity()), organisation_id)
    form = ProfileForm.over((organisation, queries.consents(organisation_id)))
    return render(form=form, organisation=organisation)


@pages.post("/my/organisations/<int:organisation_id>")
@open_to(SIGNED_IN)
def save_profile(organisation_id: int) -> Response:
    """Keep the facts, then ask what may be shown."""
    actor, form = queries.actor_of(identity()), ProfileForm()
    organisation = services.profile_to_write(actor, organisation_id)
    if not form.may_replace(lambda: (organisation, queries.consents(organisation_id))):
        page = "organisations/profile.html"
        return render(form.status_code, page, form=form, organisation=organisation)
    profile, show_all = form.profile(organisation), form.show_all.data
    services.save_profile(organisation, profile, show_all=show_all)
    return redirect(url_for(".consent", organisation_id=organisation_id, next=_next()), 303)


@pages.get("/my/organisations/<int:organisation_id>/consent")
@open_to(SIGNED_IN)
def consent(organisation_id: int) -> Response:
    """What may stand in the catalogue and in the atlas."""
    organisation = queries.organisation_for(queries.actor_of(identity()), organisation_id)
    form = ConsentForm.over((organisation, queries.consents(organisation_id)))
    return render(form=form.offer(organisation), organisation=organisation)


@pages.post("/my/organisations/<int:organisation_id>/consent")
@open_to(SIGNED_IN)
def save_consent(organisation_id: int) -> Response:
    """Keep what may be shown."""
    actor = queries.actor_of(identity())
    organisation = services.profile_to_write(actor, organisation_id)
    form = ConsentForm().offer(organisation)
    if not form.may_replace(lambda: (organisation, queries.consents(organisation_id))):
        page = "organisations/consent.html"
        return render(status=form.status_code, template=page, form=form, organisation=organisation)
    services.set_consents(organisation, form.pairs(organisation.facts))
    return redirect(_next() or url_for(".overview", organisation_id=organisation_id), 303)


@pages.get("/my/organisations/<int:organisation_id>/overview")
@open_to(SIGNED_IN)
def overview(organisation_id: int) -> Response:
    """The record as it stands, what is shown of it, and who may act."""
    organisation = queries.organisation_for(queries.actor_of(identity()), organisation_id)
    return render(
        organisation=organisation,
        fields=wording.FIELD_NAMES,
        surfaces=wording.SURFACES,
        consents=queries.consents(organisation_id),
        representatives=queries.representatives(organisation_id),
    )


@pages.get("/my/organisations/<int:organisation_id>/people")
@open_to(SIGNED_IN)
def people(organisation_id: int) -> Response:
    """Who may act for the organisation."""
    organisation = queries.organisation_for(queries.actor_of(identity()), organisation_id)
    acting = queries.representatives(organisation_id)
    return render(form=RepresentativeForm(), organisation=organisation, representatives=acting)


@pages.post("/my/organisations/<int:organisation_id>/people")
@open_to(SIGNED_IN)
@limit("20 per hour")
@sent_forms.once
def add_person(organisation_id: int) -> Response:
    """Let one more person act; they sign in with a link of their own."""
    actor, form = queries.actor_of(identity()), RepresentativeForm()
    organisation = queries.organisation_for(actor, organisation_id)
    if not form.accepted():
        acting, page = queries.representatives(organisation_id), "organisations/people.html"
        return render(
            status=422, template=page, form=form, organisation=organisation, representatives=acting
        )
    services.add_representative(actor, organisation_id, form.contact(language()))
    return redirect(url_for(".people", organisation_id=organisation_id), 303)


@pages.post("/my/organisations/<int:organisation_id>/people/<int:representative_id>/end")
@open_to(SIGNED_IN)
def end_person(organisation_id: int, representative_id: int) -> Response:
    """Let a person act no longer."""
    actor = queries.actor_of(identity())
    services.end_representation(actor, organisation_id, representative_id)
    still = actor.on_behalf or queries.represents(actor.email, organisation_id)
    return redirect(
        url_for(".people", organisation_id=organisation_id) if still else url_for("home.my"), 303
    )


def _next() -> str | None:
    return own_path(request.args.get("next"))
