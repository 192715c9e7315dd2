"""Pages for developers, absent in production: fresh sign-ins, and the letters."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect
from werkzeug.wrappers import Response

from app.core.access import PUBLIC, open_to
from app.core.outbox import letter, newest_letters
from app.core.pages import render
from app.core.refusals import NotFound
from app.demo.services.links import NAMES, ways_in
from app.demo.services.loading import is_loaded
from app.post.mime import mime_message

pages = Blueprint("demo", __name__, url_prefix="/dev")


@pages.get("/")
@open_to(PUBLIC)
def index() -> Response:
    """One button for each kind of user."""
    return render(names=NAMES, loaded=is_loaded())


@pages.post("/go/<key>")
@open_to(PUBLIC)
def go(key: str) -> Response:
    """Make a fresh way in and follow it."""
    way_in = ways_in().get(key)
    if way_in is None:
        raise NotFound
    return redirect(way_in, 303)


@pages.get("/outbox")
@open_to(PUBLIC)
def outbox() -> Response:
    """The newest letters."""
    return render(letters=newest_letters())


@pages.get("/outbox/<int:letter_id>")
@open_to(PUBLIC)
def read(letter_id: int) -> Response:
    """One letter as its reader gets it: the words of the message that leaves, without its files."""
    row = letter(letter_id)
    message = mime_message(row, [], current_app.config["MAIL_DEFAULT_SENDER"])
    body = message.get_body(("plain",))
    return render(letter=row, message=message, text=body.get_content() if body else "")
