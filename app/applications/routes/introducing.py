"""The first step of every application: the organisation's own profile, kept for all of them."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from app.applications.models import Application
from app.applications.role_pages import steps_of
from app.applications.routes.blueprint import (
    FORM,
    PROFILE,
    after_step,
    own_application,
    pages,
)
from app.applications.rules.states import Role
from app.core.access import SIGNED_IN, identity, open_to
from app.core.pages import render
from app.organisations import queries as organisations
from app.organisations import services
from app.organisations.forms.profile import ProfileForm


@pages.get(f"{FORM}/<int:application_id>/{PROFILE}")
@open_to(SIGNED_IN)
def profile(slug: str, role: Role, application_id: int) -> Response:
    """What the organisation tells of itself, as it stands."""
    application = own_application(slug, role, application_id)
    consents = organisations.consents(application.organisation_id)
    return _profile_page(application, ProfileForm.over((application.organisation, consents)))


@pages.post(f"{FORM}/<int:application_id>/{PROFILE}")
@open_to(SIGNED_IN)
def save_profile(slug: str, role: Role, application_id: int) -> Response:
    """Keep it for this application and every other, and go on."""
    actor = organisations.actor_of(identity())
    application, form = own_application(slug, role, application_id), ProfileForm()
    standing = services.profile_to_write(actor, application.organisation_id)
    if not form.may_replace(lambda: (standing, organisations.consents(standing.id))):
        return _profile_page(application, form)
    told, show_all = form.profile(standing), form.show_all.data
    services.save_profile(standing, told, show_all=show_all)
    following = steps_of(application).resume(application.written)
    return redirect(after_step(application, following), 303)


def _profile_page(application: Application, form: ProfileForm) -> Response:
    marks = steps_of(application).marks(application.written)
    page = "applications/profile.html"
    return render(form.status_code, page, application=application, form=form, marks=marks)
