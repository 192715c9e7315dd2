"""The holder's own pages: the right mail address, and handing the ticket to somebody else."""

from __future__ import annotations

from flask import flash, redirect, session, url_for
from werkzeug.wrappers import Response

from app.core import clock, sent_forms
from app.core.access import PUBLIC, open_to
from app.core.folding import fold_email
from app.core.limits import count_try, limit
from app.core.pages import render
from app.core.texts import _
from app.workshops.forms.holders import MailCorrectionForm, TicketHandOverForm
from app.workshops.queries import places
from app.workshops.queries.arrivals import came_with
from app.workshops.queries.links import token_of
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.routes.blueprint import pages
from app.workshops.rules.places import EMAIL_LIMIT
from app.workshops.services import correcting, handing_over


@pages.get("/m/<token>/mail")
@open_to(PUBLIC)
def correct_mail(token: str) -> Response:
    """Where letters about the place go, as a form."""
    place = places.place_by_link(token)
    return _mail_page(token, place, MailCorrectionForm.over(place))


@pages.post("/m/<token>/mail")
@open_to(PUBLIC)
@limit("60 per hour")
@sent_forms.once
def send_mail_correction(token: str) -> Response:
    """Send them to the right address, with the ticket at once."""
    form = MailCorrectionForm()
    _count_letter(form)
    place = places.place_by_link(token)
    mail = form.mail.data or ""
    if not form.carried_out(lambda: correcting.correct_mail(place.enrolment.id, mail), at="mail"):
        return _mail_page(token, places.place_by_link(token), form)
    flash(_("The address is corrected, and your ticket is on its way there."), "success")
    # Whoever corrected it goes on here; the letter with the earlier link opens nothing.
    own = token_of(places.place(place.enrolment.id).enrolment)
    if session.get("own_link") == token:
        session["own_link"] = own
    return redirect(url_for("workshops.private", token=own), 303)


@pages.get("/m/<token>/hand-over")
@open_to(PUBLIC)
def hand_over(token: str) -> Response:
    """Ask who comes instead."""
    return _hand_over_page(token, places.place_by_link(token), TicketHandOverForm())


@pages.post("/m/<token>/hand-over")
@open_to(PUBLIC)
@limit("60 per hour")
@sent_forms.once
def send_hand_over(token: str) -> Response:
    """Hand the ticket over; both get a letter."""
    form = TicketHandOverForm()
    _count_letter(form)
    place = places.place_by_link(token)
    name, mail = form.name.data or "", form.mail.data or ""
    if not form.carried_out(lambda: handing_over.hand_over(place.enrolment.id, name, mail)):
        return _hand_over_page(token, places.place_by_link(token), form)
    flash(_("The ticket is handed over. Both of you get a letter."), "success")
    return redirect(url_for("catalogue.event", slug=place.event.slug), 303)


def _count_letter(form: MailCorrectionForm) -> None:
    """Count it for its address, before anything is read: it is a transaction of its own."""
    if form.accepted():
        count_try("enrolment-mail", fold_email(form.mail.data or ""), EMAIL_LIMIT)


def _mail_page(token: str, place: TicketedEnrolment, form: MailCorrectionForm) -> Response:
    over = clock.now() >= place.event.ends_at or place.enrolment.state == "cancelled"
    told = {"place": place, "token": token, "form": form, "over": over}
    return render(form.status_code, "workshops/correct_mail.html", **told)


def _hand_over_page(token: str, place: TicketedEnrolment, form: TicketHandOverForm) -> Response:
    return render(
        form.status_code,
        "workshops/hand_over.html",
        place=place,
        token=token,
        form=form,
        begun=clock.now() >= place.event.starts_at,
        came=came_with(place.enrolment.id, place.event.id),
    )
