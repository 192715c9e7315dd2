"""Where an applicant's pages are gathered, and the way from one to the next."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.role_pages import steps_of, steps_sent, unsent_in
from app.applications.rules.states import Role, State
from app.core.access import identity
from app.core.pages import render
from app.core.steps import CHECK, Steps
from app.organisations import rules as organisation_rules
from app.organisations.queries import actor_of
from app.organisations.wording import FIELD_NAMES, fact_text

pages = Blueprint("applications", __name__)
FORM = "/events/<slug>/apply/<role(form):role>"
# The step that comes before those of any role: what stands in the organisation's own record.
PROFILE = "profile"


def own_application(slug: str, role: Role, application_id: int) -> Application:
    """The application, if whoever asks may act for it; a stranger gets NotFound."""
    return asking.application_for(actor_of(identity()), application_id, role, slug)


def step_address(
    application: Application, key: str, check: int | None = None, back: int | None = None
) -> str:
    """One step of the form; `back`: its "Next" leads to the page that checks all answers."""
    return url_for(
        ".step",
        slug=application.event.slug,
        role=application.role,
        application_id=application.id,
        key=key,
        check=check,
        back=back,
    )


def onward(application: Application) -> str:
    """The first step that is not done; of one that was sent in, where it stands."""
    if application.state != State.DRAFT:
        return url_for(".status", application_id=application.id)
    if organisation_rules.missing(application.organisation.facts):
        return step_address(application, PROFILE)
    return step_address(application, steps_of(application).resume(application.written))


def after_step(application: Application, following: str) -> str:
    """The step that follows, or the check where one came from there."""
    return step_address(application, CHECK if leads_back(application) else following)


def leads_back(application: Application) -> int | None:
    """Whether "Next" leads back to the page that checks all answers."""
    return 1 if "back" in request.args or application.state != State.DRAFT else None


def missing_facts(application: Application) -> list[str]:
    """What the profile lacks before the application can be sent in; what was sent in stays in."""
    facts = application.organisation.facts
    return organisation_rules.missing(facts) if application.state == State.DRAFT else []


def check_page(application: Application, status: int = 200) -> Response:
    """All answers, with what still stands in the way of sending in."""
    facts = application.organisation.facts
    change = step_address(application, PROFILE, back=1)
    return render(
        status,
        "applications/check.html",
        application=application,
        profile=[
            (label, fact_text(facts[name], name), change) for name, label in FIELD_NAMES.items()
        ],
        missing=[FIELD_NAMES[name] for name in missing_facts(application)],
        answers=_shown_steps(application).answers(application.written),
        unsent=unsent_in(application),
    )


def _shown_steps(application: Application) -> Steps:
    """The questions as they are asked now; where all was sent, as they were asked then."""
    is_sent = application.state != State.DRAFT and application.draft is None
    return steps_sent(application) if is_sent else steps_of(application)
