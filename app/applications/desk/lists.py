"""The list of applications: read, saved as a file, written to."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import papers, wording
from app.applications.desk.blueprint import event_id_of, filter_form, pages, with_applications
from app.applications.forms.desk_forms import ApplicationFilterForm, DecisionForm
from app.applications.models import Application
from app.applications.queries import reviewing
from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.attachments import file_response
from app.core.pages import render
from app.mailings import services as mailings
from app.mailings.forms import RecipientsForm
from app.mailings.rules.states import About


@pages.get("/desk/applications/")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def index() -> Response:
    """All applications; filter and order live in the address."""
    form = filter_form()
    event_id = event_id_of(form)
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
    form = filter_form()
    lines = reviewing.listing(form.wanted(event_id_of(form)), identity().staff_id)
    return file_response(papers.table(lines))


@pages.get("/desk/applications/write")
@open_to(StaffRole.ORGANISER)
def write() -> Response:
    """Choose who of the list gets a letter; whose application has ended only where asked for."""
    form = filter_form()
    return _write_page(form, RecipientsForm.of(_lines(form), request.args.get("tick") != "none"))


@pages.post("/desk/applications/write")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def begin_letter() -> Response:
    """Go on to the words with those who are ticked."""
    form = filter_form()
    chosen, event_id = RecipientsForm.of(_lines(form)), event_id_of(form)
    if event_id is None or not chosen.accepted():
        return _write_page(form, chosen, 422)
    made = mailings.begin(
        event_id, About.APPLICATION, chosen.chosen.data or [], identity().staff_id or 0
    )
    return redirect(url_for("mailings_desk.words", mailing_id=made.id), 303)


def _lines(form: ApplicationFilterForm) -> list[tuple[int, str]]:
    """Number and label of those in the list who can be written to."""
    asked = form.wanted(event_id_of(form))
    lines = reviewing.writable(asked, identity().staff_id)
    return [(line.application.id, _label(line.application)) for line in lines]


def _label(application: Application) -> str:
    role = wording.ROLES[application.role]
    state = wording.STATES[application.state]
    return f"{application.organisation.name} – {role}, {state}"


def _write_page(form: ApplicationFilterForm, chosen: RecipientsForm, status: int = 200) -> Response:
    events_to_choose = [] if form.event.data else with_applications()
    return render(
        status,
        "applications/desk/write.html",
        filter=form,
        form=chosen,
        festivals=events_to_choose,
        query=request.args,
    )
