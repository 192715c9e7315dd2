"""The desk's pages of applications as one, and what several of them need."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from app.core.addresses import own_path
from app.core.forms import Form
from app.core.pages import render
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


def event_id_of() -> int | None:
    """The event whose applications the address asks for; None for all."""
    slug = request.args.get("event")
    return events.event_by_slug(slug).id if slug else None
