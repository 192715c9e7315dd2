"""One's own data: to read, to take along, to erase."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, redirect, session
from werkzeug.wrappers import Response as AnyResponse

from app.core import ledger
from app.core.access import SIGNED_IN, identity, open_to
from app.core.attachments import Attachment, file_response
from app.core.limits import limit
from app.core.pages import render
from app.privacy import queries, rules, services
from app.privacy.forms import EraseForm

pages = Blueprint("privacy", __name__, url_prefix="/my/data")


@pages.get("")
@open_to(SIGNED_IN)
def mine() -> AnyResponse:
    """What is kept, in words, with the button that erases it."""
    return render(persons=queries.everything(_mailbox())["persons"], form=EraseForm(), rules=rules)


@pages.get("/torvet.json")
@open_to(SIGNED_IN)
@limit("20 per hour")
def export() -> Response:
    """The same as a file."""
    ledger.note("exported_own_data", "mailbox")
    content = json.dumps(queries.everything(_mailbox()), ensure_ascii=False, indent=2)
    return file_response(Attachment("torvet.json", "application/json", content.encode()))


@pages.post("")
@open_to(SIGNED_IN)
def erase() -> AnyResponse:
    """Erase the persons of the mailbox and sign out."""
    form = EraseForm()
    if not form.accepted():
        persons = queries.everything(_mailbox())["persons"]
        page = "privacy/mine.html"
        return render(status=422, template=page, persons=persons, form=form, rules=rules)
    mailbox = _mailbox()
    services.erase(mailbox)
    services.note_erasure(current_app.config["DATA_DIR"], mailbox, None)
    ledger.later(services.scrub_storage)
    session.clear()
    return redirect("/", 303)


def _mailbox() -> str:
    return identity().mailbox or ""
