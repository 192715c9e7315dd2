"""The page behind the link in an offer's letter: whom it is for, until when, yes or no."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.queries import offers
from app.applications.role_pages import step_back_of
from app.applications.routes.blueprint import pages
from app.applications.services import replying
from app.core.access import PUBLIC, open_to
from app.core.limits import limit
from app.core.pages import render

NO = "no"


@pages.get("/answer/<token>")
@open_to(PUBLIC)
def offer(token: str) -> Response:
    """Two buttons: opening the page answers nothing, for mail scanners open links."""
    offered = offers.by_link(token)
    return render(offered=offered, application=offered.application, wording=wording)


@pages.post("/answer/<token>")
@open_to(PUBLIC)
@limit("60 per hour")
def answer_offer(token: str) -> Response:
    """Yes or no, and what happens next."""
    if request.form.get("answer") == NO:
        role = offers.by_link(token).application.role
        replying.decline(token, step_back_of(role))
    else:
        replying.confirm(token)
    return redirect(url_for(".offer", token=token), 303)
