"""What needs doing at the desk today, and whose desk it is."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import wording as application_words
from app.core import audit, clock
from app.core.access import STAFF, StaffRole, may_visit, open_to
from app.core.folding import printable
from app.core.owner import owner
from app.core.pages import render
from app.core.pictures import MOST_BYTES
from app.core.searching import LONGEST_SEARCH
from app.core.security import allow_files
from app.core.texts import _
from app.home.forms import INSTALLATION_FIELDS, InstallationForm, LogoForm
from app.home.queries.correcting import newest_places, spoken_for
from app.home.queries.search import SHOWN, MayFind, find
from app.home.queries.today import coming, festivals, waiting
from app.installation.rules import ONLY
from app.installation.services import held_owner, remove_logo, save, show_logo
from app.mailings.wording import ADVICE
from app.organisations.wording import KINDS
from app.people import queries as people
from app.post import undelivered
from app.returns import queries as returns
from app.workshops.wording import STATE_NAMES

pages = Blueprint("home_desk", __name__, url_prefix="/desk")


def correction_pages(person_ids: Collection[int]) -> dict[int, str]:
    """Where each of them is corrected: at their place, else among an organisation's people."""
    ways = {
        person_id: url_for("organisations.people", organisation_id=organisation_id)
        for person_id, organisation_id in spoken_for(person_ids)
    }
    return ways | {
        person_id: url_for("workshops_desk.mail", slug=slug, enrolment_id=enrolment_id)
        for person_id, enrolment_id, slug in newest_places(person_ids)
    }


@pages.get("/")
@open_to(*STAFF)
def today() -> Response:
    """One screen for what needs doing."""
    return render(
        now=clock.now(),
        notices=undelivered.notices(),
        advice=ADVICE,
        box=returns.box_fault(),
        waiting=waiting(),
        coming=coming(),
        festivals=festivals(),
    )


@pages.get("/search")
@open_to(*STAFF)
def search() -> Response:
    """One box over everything; each kind is looked for only where its pages are open."""
    words = printable(request.args.get("q", ""))[:LONGEST_SEARCH]
    may = MayFind(
        people=may_visit("workshops_desk.enrolment"),
        organisations=may_visit("organisations_desk.one"),
        applications=may_visit("applications_desk.case"),
    )
    return render(
        words=words,
        found=find(words, may),
        shown=SHOWN,
        states=STATE_NAMES,
        kinds=KINDS,
        application_words=application_words,
    )


@pages.route("/installation", methods=["GET", "POST"])
@open_to(StaffRole.ADMIN)
def installation() -> Response:
    """Whose installation this is, with who changed what."""
    form = InstallationForm.over(owner())
    if form.may_replace(held_owner):
        save(form.names, form.contact)
        flash(_("It is saved. Every page, letter and report says so from now on."), "success")
        return redirect(url_for(".installation"), 303)
    trail = audit.of("installation", ONLY)
    return render(
        form.status_code,
        form=form,
        trail=trail,
        names=people.names_of_staff(entry.actor for entry in trail),
        words=INSTALLATION_FIELDS,
    )


@pages.get("/installation/logo")
@open_to(StaffRole.ADMIN)
def logo() -> Response:
    """The logo that stands in the pages' head."""
    return render(form=LogoForm())


@pages.post("/installation/logo")
@open_to(StaffRole.ADMIN)
@allow_files(MOST_BYTES)
def keep_logo() -> Response:
    """Take the logo over."""
    form = LogoForm()
    form.draw()
    if not form.accepted() or form.logo is None:
        return render(422, "home/desk/logo.html", form=form)
    show_logo(form.logo)
    flash(_("The logo is saved. It stands at the top of the pages that guests see."), "success")
    return redirect(url_for(".installation"), 303)


@pages.post("/installation/logo/remove")
@open_to(StaffRole.ADMIN)
def take_logo_away() -> Response:
    """The pages show none."""
    remove_logo()
    flash(_("The logo is taken away."), "success")
    return redirect(url_for(".installation"), 303)
