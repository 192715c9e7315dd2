"""One's own data: to read, to take along, to erase."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, redirect, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import access_log
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.attachments import Attachment, file_response
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import language
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
    persons = queries.everything(_email())["persons"]
    return render(
        status, "privacy/mine.html", persons=persons, form=form, rules=rules, wording=wording
    )


def _email() -> str:
    return identity().email or ""
