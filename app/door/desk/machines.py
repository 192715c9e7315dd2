"""What machines sent that could not be taken and that belongs to no event."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.checkin.queries.quarantine import quarantine
from app.checkin.services import reviewing
from app.core import clock
from app.core.access import open_to
from app.core.pages import render
from app.core.texts import _n
from app.door.desk.blueprint import LEADS, asked_number, pages
from app.door.forms.desk_forms import ChosenForm
from app.door.wording import quarantine as quarantine_words


@pages.route("/machines/quarantine", methods=["GET", "POST"])
@open_to(*LEADS)
def machines() -> Response:
    """The ticked are quarantined as seen; none of it can be taken in."""
    form, page = ChosenForm(), max(1, asked_number("page", 1))
    listing = quarantine(None, only_open=True, page=page)
    form.offer(item.row.id for item in listing.rows)
    if form.accepted():
        count = reviewing.dismiss(None, form.numbers(), clock.now())
        flash(_n("%(num)s set aside as seen.", "%(num)s set aside as seen.", count), "success")
        return redirect(url_for(".machines"), 303)
    status = 422 if form.errors else 200
    return render(form=form, listing=listing, here=page, words=quarantine_words, status=status)
