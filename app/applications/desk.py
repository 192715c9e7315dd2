"""The reviewers' desk: the list, decisions for one or many, what the role's own page posts to."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import papers, wording
from app.applications.forms.desk_forms import (
    ApplicationFilterForm,
    AskForm,
    DecisionForm,
    OnBehalfForm,
    ScoreForm,
    desk_forms,
)
from app.applications.models import Application
from app.applications.queries import reviewing
from app.applications.role_pages import pages_of
from app.applications.rules import states
from app.applications.rules.answers import written_again
from app.applications.rules.states import Role
from app.applications.services import deciding, writing
from app.core.access import StaffRole, identity, open_to
from app.core.addresses import own_path
from app.core.attachments import file_response
from app.core.forms import Form, options
from app.core.pages import render
from app.core.texts import _, _n, local
from app.events import queries as events
from app.events.models import Event
from app.mailings import services as mailings
from app.mailings.forms import RecipientsForm
from app.mailings.rules.states import About
from app.organisations import queries as organisations

pages = Blueprint("applications_desk", __name__)


@pages.get("/desk/applications/")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def index() -> Response:
    """All applications; filter and order live in the address."""
    form = _filter_form()
    event_id = _event_id(form)
    return render(
        form=form,
        lines=reviewing.listing(form.wanted(event_id), identity().staff_id),
        released=reviewing.just_released(event_id),
        decision=DecisionForm(),
        wording=wording,
        query=request.args,
    )


@pages.get("/desk/applications/export.csv")
@open_to(StaffRole.ORGANISER)
def export() -> Response:
    """The same list as a table for a spreadsheet."""
    form = _filter_form()
    lines = reviewing.listing(form.wanted(_event_id(form)), identity().staff_id)
    return file_response(papers.table(lines))


@pages.get("/desk/applications/write")
@open_to(StaffRole.ORGANISER)
def write() -> Response:
    """Choose who of the list gets a letter; whose application has ended only where asked for."""
    form = _filter_form()
    return _write_page(form, RecipientsForm.of(_lines(form), request.args.get("tick") != "none"))


@pages.post("/desk/applications/write")
@open_to(StaffRole.ORGANISER)
def begin_letter() -> Response:
    """Go on to the words with those who are ticked."""
    form = _filter_form()
    chosen, event_id = RecipientsForm.of(_lines(form)), _event_id(form)
    if event_id is None or not chosen.accepted():
        return _write_page(form, chosen, 422)
    made = mailings.begin(
        event_id, About.APPLICATION, chosen.chosen.data or [], identity().staff_id or 0
    )
    return redirect(url_for("mailings_desk.words", mailing_id=made.id), 303)


@pages.post("/desk/applications/decide")
@open_to(StaffRole.ORGANISER)
def decide() -> Response:
    """Prepare or release decisions for the ticked applications."""
    form, chosen = DecisionForm(), _chosen()
    if not form.accepted():
        return _again(form, _("Decision"), _("Prepare"), chosen)
    if not chosen:
        flash(_("Tick at least one application first."), "error")
    elif request.form.get("do") == "release":
        number = deciding.release(chosen, form.days.data or states.CONFIRM_DAYS)
        flash(_n("%(num)d decision released.", "%(num)d decisions released.", number), "success")
    else:
        _prepare(form, chosen)
    return redirect(_back(), 303)


@pages.get("/desk/<role(desk):role>/applications/<int:application_id>")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def case(role: Role, application_id: int) -> Response:
    """The answers, the thread, the scores, the decision, and what the role shows beside them."""
    case, own = reviewing.case(application_id, role, identity().staff_id), pages_of(role)
    return render(
        template=own.case_template,
        case=case,
        own=own,
        answers=own.steps.answers(written_again(case.application.details)),
        beside=own.beside(case.application),
        states=states,
        wording=wording,
        **desk_forms(request.path, case.scores),
    )


@pages.post("/desk/applications/<int:application_id>/score")
@open_to(StaffRole.REVIEWER, StaffRole.ORGANISER)
def score(application_id: int) -> Response:
    """Give one's own score; after that the others' are shown."""
    form = ScoreForm()
    if not form.accepted():
        return _again(form, _("Your score"), _("Save the score"))
    deciding.score(
        identity().staff_id or 0, application_id, form.score.data, form.comment.data or ""
    )
    flash(_("Your score is saved."), "success")
    return redirect(_back(), 303)


@pages.post("/desk/applications/<int:application_id>/ask")
@open_to(StaffRole.ORGANISER)
def ask(application_id: int) -> Response:
    """Ask the applicant something."""
    form = AskForm()
    if not form.accepted():
        return _again(form, _("Ask the applicant something"), _("Send the question"))
    deciding.ask(application_id, form.question.data or "", form.deadline())
    flash(_("The question is sent."), "success")
    return redirect(_back(), 303)


@pages.post("/desk/applications/<int:application_id>/looked")
@open_to(StaffRole.ORGANISER)
def looked(application_id: int) -> Response:
    """What changed after acceptance has been seen."""
    deciding.looked(application_id)
    return redirect(_back(), 303)


@pages.post("/desk/applications/<int:application_id>/recall")
@open_to(StaffRole.ORGANISER)
def recall(application_id: int) -> Response:
    """Take a released decision back before its letters leave."""
    deciding.recall(application_id)
    flash(_("The decision is taken back. No letter has left."), "success")
    return redirect(_back(), 303)


@pages.post("/desk/applications/recall")
@open_to(StaffRole.ORGANISER)
def recall_all() -> Response:
    """Take back all that was released in the last two minutes, of the list's event or of all."""
    number = deciding.recall_many(reviewing.just_released(_event_id(_filter_form())))
    flash(
        _n("%(num)d decision is taken back.", "%(num)d decisions are taken back.", number),
        "success",
    )
    return redirect(_back(), 303)


@pages.get("/desk/applications/new/<int:organisation_id>")
@open_to(StaffRole.ORGANISER)
def new(organisation_id: int) -> Response:
    """Choose what to apply for on somebody's behalf."""
    organisation = organisations.organisation(organisation_id)
    return render(form=_on_behalf_form(), organisation=organisation)


@pages.post("/desk/applications/new/<int:organisation_id>")
@open_to(StaffRole.ORGANISER)
def begin(organisation_id: int) -> Response:
    """Begin the application; its form is the applicants' own."""
    form = _on_behalf_form()
    if not form.accepted():
        organisation = organisations.organisation(organisation_id)
        page = "applications/desk/new.html"
        return render(status=422, template=page, form=form, organisation=organisation)
    actor = organisations.actor_of(identity())
    made = writing.begin(actor, form.event.data, organisation_id, Role(form.role.data))
    return redirect(url_for("applications.status", application_id=made.id), 303)


def _prepare(form: DecisionForm, chosen: Sequence[int]) -> None:
    number = deciding.prepare(
        identity().staff_id or 0, chosen, form.decision.data, form.reason.data or ""
    )
    flash(_n("%(num)d decision prepared.", "%(num)d decisions prepared.", number), "success")
    if number < len(chosen):
        flash(_("The others stand where this cannot be decided."), "warning")


def _chosen() -> list[int]:
    ticked = request.form.getlist("application")
    return [int(one) for one in ticked if one.isdecimal() and len(one) < 19]


def _again(form: Form, title: str, button: str, chosen: Sequence[int] = ()) -> Response:
    """The same form on a page of its own: what was written is kept, each error at its field."""
    return render(
        422 if form.errors else 200,
        "applications/desk/again.html",
        form=form,
        title=title,
        button=button,
        chosen=chosen,
        back=_back(),
    )


def _back() -> str:
    target = own_path(request.form.get("next"))
    return target if target and target.startswith("/desk/") else url_for(".index")


def _lines(form: ApplicationFilterForm) -> list[tuple[int, str]]:
    """Number and label of those in the list who can be written to."""
    event_id = _event_id(form)
    wanted = form.wanted(event_id)
    found = reviewing.listing(wanted, identity().staff_id) if event_id else []
    return [
        (one.application.id, _label(one.application))
        for one in found
        if wanted.state or one.application.state not in states.ENDED
    ]


def _label(application: Application) -> str:
    role = wording.ROLES[Role(application.role)]
    state = wording.STATES[states.State(application.state)]
    return f"{application.organisation.name} – {role}, {state}"


def _write_page(form: ApplicationFilterForm, chosen: RecipientsForm, status: int = 200) -> Response:
    events_to_choose = [] if form.event.data else _festivals()
    return render(
        status,
        "applications/desk/write.html",
        filter=form,
        form=chosen,
        festivals=events_to_choose,
        query=request.args,
    )


def _festivals() -> list[Event]:
    return [one for one in events.all_events() if one.has.applications]


def _filter_form() -> ApplicationFilterForm:
    form = ApplicationFilterForm(request.args, meta={"csrf": False})
    form.event.choices = options(
        {"": _("All")} | {one.slug: local(one.title) for one in _festivals()}
    )
    return form


def _event_id(form: ApplicationFilterForm) -> int | None:
    slug = form.event.data
    return events.event_by_slug(slug).id if slug and slug != "None" else None


def _on_behalf_form() -> OnBehalfForm:
    form = OnBehalfForm()
    form.event.choices = options((one.id, local(one.title)) for one in _festivals())
    return form
