"""The desk's pages of applications as one, and what several of them need."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from app.applications.forms.desk_forms import ApplicationFilterForm
from app.core.addresses import own_path
from app.core.forms import Form, options
from app.core.pages import render
from app.core.texts import _, local
from app.events import queries as events
from app.events.models import Event

pages = Blueprint("applications_desk", __name__)


def back() -> str:
    """Where the form that was sent leads back to: a page of the desk."""
    target = own_path(request.form.get("next"))
    return target if target and target.startswith("/desk/") else url_for(".index")


def again(form: Form, title: str, button: str, chosen: Sequence[int] = ()) -> Response:
    """The same form on a page of its own: what was written is kept, each error at its field."""
    return render(
        422 if form.errors else 200,
        "applications/desk/again.html",
        form=form,
        title=title,
        button=button,
        chosen=chosen,
        back=back(),
    )


def with_applications() -> list[Event]:
    """The events that take applications."""
    return [one for one in events.all_events() if one.has.applications]


def filter_form() -> ApplicationFilterForm:
    """What the list shows, as the address says."""
    form = ApplicationFilterForm(request.args, meta={"csrf": False})
    form.event.choices = options(
        {"": _("All")} | {one.slug: local(one.title) for one in with_applications()}
    )
    return form


def event_id_of(form: ApplicationFilterForm) -> int | None:
    """The event that the list is of; None for all."""
    slug = form.event.data
    return events.event_by_slug(slug).id if slug and slug != "None" else None
