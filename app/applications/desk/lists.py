"""The list of applications: read, saved as a file, written to."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import lists, wording
from app.applications.desk.blueprint import event_id_of, pages, with_applications
from app.applications.desk.saving import more_columns
from app.applications.forms.desk_forms import DecisionForm
from app.applications.models import Application
from app.applications.queries import reviewing
from app.applications.queries.reviewing import Line
from app.applications.rules import states
from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render
from app.core.texts import local
from app.lists.showing import ListPage, shown
from app.mailings import services as mailings
from app.mailings.forms import RecipientsForm
from app.mailings.rules.states import About


@pages.get("/desk/applications/")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def index() -> Response:
    """All applications; filter and order live in the address."""
    event_id, listed = event_id_of(), _shown()
    if listed.is_file:
        return listed.file()
    return render(
        listed=listed,
        released=reviewing.just_released(event_id),
        decides=identity().has(StaffRole.ORGANISER),
        decision=DecisionForm(),
        wording=wording,
        needs_text=lists.needs_text,
        event=request.args.get("event"),
    )


@pages.get("/desk/applications/export.csv")
@open_to(StaffRole.ORGANISER)
def export() -> Response:
    """The same list as a table for a spreadsheet."""
    event_id_of()
    return _shown().file("csv")


@pages.get("/desk/applications/write")
@open_to(StaffRole.ORGANISER)
def write() -> Response:
    """Choose who of the list gets a letter; whose application has ended only where asked for."""
    listed = _shown()
    offered = RecipientsForm.of(_writable(listed), request.args.get("tick") != "none")
    return _write_page(listed, offered)


@pages.post("/desk/applications/write")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def begin_letter() -> Response:
    """Go on to the words with those who are ticked."""
    listed, event_id = _shown(), event_id_of()
    chosen = RecipientsForm.of(_writable(listed))
    if event_id is None or not chosen.accepted():
        return _write_page(listed, chosen, 422)
    made = mailings.begin(
        event_id, About.APPLICATION, chosen.chosen.data or [], identity().staff_id or 0
    )
    return redirect(url_for("mailings_desk.words", mailing_id=made.id), 303)


def _shown() -> ListPage[Line]:
    scored, decides = reviewing.scoring(identity().staff_id), identity().has(StaffRole.ORGANISER)
    return shown(
        lists.applications(scored, decides=decides),
        lists.rows(scored),
        choices={"event": {one.slug: local(one.title) for one in with_applications()}},
        more=more_columns,
        may_be_saved=decides,
    )


def _writable(listed: ListPage[Line]) -> list[tuple[int, str]]:
    """Number and label of those in the list of one event who can be written to."""
    if event_id_of() is None:
        return []
    ended = () if listed.asked.chosen.get("state") else states.ENDED
    asked = [line.application for line in listed.selection.rows()]
    writable = [one for one in asked if one.state not in ended]
    return [(one.id, _label(one)) for one in writable[: RecipientsForm.MOST]]


def _label(application: Application) -> str:
    role = wording.ROLES[application.role]
    state = wording.STATES[application.state]
    return f"{application.organisation.name} – {role}, {state}"


def _write_page(listed: ListPage[Line], chosen: RecipientsForm, status: int = 200) -> Response:
    events_to_choose = [] if request.args.get("event") else with_applications()
    return render(
        status,
        "applications/desk/write.html",
        listed=listed,
        form=chosen,
        festivals=events_to_choose,
    )
