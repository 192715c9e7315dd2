"""One's own data: to read, to take along, to erase."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, redirect, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.applications.role_pages import pages_of
from app.applications.rules.answers import written_again
from app.core import access_log
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.attachments import Attachment, file_response
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import language
from app.events import queries as events
from app.privacy import emails, queries, rules, services, wording
from app.privacy.forms import EraseForm

pages = Blueprint("privacy", __name__, url_prefix="/my/data")


@pages.get("")
@open_to(SIGNED_IN)
def mine() -> AnyResponse:
    """What is kept, in words, with the button that erases it."""
    return _page(EraseForm(), 200)


@pages.get("/torvet.json")
@open_to(SIGNED_IN)
@limit("20 per hour")
def export() -> Response:
    """The same as a file."""
    access_log.note("exported_own_data", "email")
    content = json.dumps(queries.everything(_email()), ensure_ascii=False, indent=2)
    return file_response(Attachment("torvet.json", "application/json", content.encode()))


@pages.post("")
@open_to(SIGNED_IN)
def erase() -> AnyResponse:
    """Erase the persons of the address and sign out."""
    form = EraseForm()
    if not form.accepted():
        return _page(form, 422)
    email, parts = _email(), queries.parts_known(_email())
    services.erase(email)
    emails.receipt(email, language(), parts)
    services.note_erasure(current_app.config["DATA_DIR"], email, None)
    access_log.after_request(services.scrub_storage)
    session.clear()
    session["erased"] = parts
    return redirect(url_for(".erased"), 303)


@pages.get("/erased")
@open_to(PUBLIC)
def erased() -> AnyResponse:
    """The receipt: what is gone, what stays and why."""
    parts = session.get("erased", list(wording.GONE))
    return render(gone=wording.gone(parts), staying=wording.staying())


def _page(form: EraseForm, status: int) -> AnyResponse:
    told = queries.told(_email(), language())
    for person in told:
        _word_applications(person["applications"])
    titles = events.titles(wording.events_in(told))
    persons = [(person, wording.in_words(person, titles)) for person in told]
    return render(
        status, "privacy/mine.html", persons=persons, form=form, rules=rules, wording=wording
    )


def _word_applications(part: Any) -> None:
    """Each question as its form asks it, with the answer as it reads."""
    for application in part["applications"]:
        steps = pages_of(application["role"]).steps
        sent, draft = written_again(application["answers"]), application["draft"] or {}
        for name, given in (("answers", sent), ("draft", draft)):
            lines = [line for step in steps.answers(given) for line in step.rows]
            application[name] = {line.label: line.text for line in lines if line.name in given}


def _email() -> str:
    return identity().email or ""
