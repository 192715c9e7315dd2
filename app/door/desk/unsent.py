"""The file of a phone that could not deliver its scans."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.checkin.rules.unsent import MOST_BYTES
from app.checkin.services.unsent import import_unsent
from app.core import clock
from app.core.access import open_to
from app.core.pages import render
from app.core.refusals import Refusal
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.desk_forms import FileForm
from app.door.wording.phone import REASONS, VERDICTS
from app.events import queries as events

SHOWN = 300


@pages.route("/<slug>/unsent", methods=["GET", "POST"])
@open_to(*LEADS)
def unsent(slug: str) -> Response:
    """Look into such a file, or take it in: an answer to each scan."""
    event, form = events.event_by_slug(slug), FileForm()
    keep = request.form.get("verb") == "keep"
    taken = None
    if form.accepted():
        # From its beginning: a request that is tried again has read it before.
        form.file.data.seek(0)
        content = form.file.data.read(MOST_BYTES + 1)
        try:
            taken = import_unsent(event.id, content, clock.now(), keep=keep)
        except Refusal as refusal:
            form.file.errors = [str(refusal)]
    return render(
        form=form,
        event=event,
        taken=taken,
        kept=keep,
        verdicts=VERDICTS,
        reasons=REASONS,
        shown=SHOWN,
        status=422 if form.errors else 200,
    )
