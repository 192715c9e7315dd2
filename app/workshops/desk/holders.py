"""The team's pages about who holds a place: the right mail address, somebody else instead."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _
from app.workshops.desk.blueprint import pages
from app.workshops.forms.holders import MailCorrectionForm, TicketHandOverForm
from app.workshops.queries import places
from app.workshops.queries.arrivals import came_with
from app.workshops.services import changing, correcting, handing_over


@pages.get("/<slug>/enrolments/<int:enrolment_id>/mail")
@open_to(StaffRole.ORGANISER)
def mail(slug: str, enrolment_id: int) -> Response:
    """The address as a form."""
    place = places.place_at(slug, enrolment_id)
    form = MailCorrectionForm.over(place)
    return render(200, "workshops/desk/mail.html", place=place, form=form)


@pages.post("/<slug>/enrolments/<int:enrolment_id>/mail")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def correct_mail(slug: str, enrolment_id: int) -> Response:
    """Correct it for all that the person has here, and send the ticket there."""
    place, form = places.place_at(slug, enrolment_id), MailCorrectionForm()
    address = form.mail.data or ""

    def verb() -> object:
        return correcting.correct_mail(place.enrolment.id, address, by_team=True)

    newest = form.may_replace(lambda: changing.held(enrolment_id))
    if not (newest and form.done(verb, at="mail")):
        place = places.place_at(slug, enrolment_id)
        return render(form.status_code, "workshops/desk/mail.html", place=place, form=form)
    return _back_to(slug, enrolment_id, _("The address is corrected. The ticket is on its way."))


@pages.get("/<slug>/enrolments/<int:enrolment_id>/hand-over")
@open_to(StaffRole.ORGANISER)
def ask_whom(slug: str, enrolment_id: int) -> Response:
    """Ask who comes instead."""
    return _hand_over_page(slug, enrolment_id, TicketHandOverForm())


@pages.post("/<slug>/enrolments/<int:enrolment_id>/hand-over")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def hand_over(slug: str, enrolment_id: int) -> Response:
    """Hand the ticket over; both get a letter that says that the team did it."""
    place, form = places.place_at(slug, enrolment_id), TicketHandOverForm()
    name, address = form.name.data or "", form.mail.data or ""
    new = []

    def verb() -> None:
        new.append(handing_over.hand_over(place.enrolment.id, name, address, by_team=True))

    if not form.carried_out(verb):
        return _hand_over_page(slug, enrolment_id, form)
    return _back_to(slug, new[0], _("The ticket is handed over. Both get a letter."))


def _hand_over_page(slug: str, enrolment_id: int, form: TicketHandOverForm) -> Response:
    place = places.place_at(slug, enrolment_id)
    came = came_with(enrolment_id, place.event.id)
    told = {"place": place, "form": form, "came": came}
    return render(form.status_code, "workshops/desk/hand_over.html", **told)


def _back_to(slug: str, enrolment_id: int, sentence: str) -> Response:
    flash(sentence, "success")
    address = url_for("workshops_desk.enrolment", slug=slug, enrolment_id=enrolment_id)
    return redirect(address, 303)
