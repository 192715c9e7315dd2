"""The team's pages: who may be the same, the two side by side, and merging them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications.queries.doubles import double_applications
from app.core import access_log, sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import Form
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.texts import _, _l
from app.merging import queries, rules, services
from app.merging.forms.desk_forms import (
    GONE,
    MergePeopleForm,
    SearchSameForm,
    SearchSameOrganisationForm,
    merge_organisations_form,
)
from app.merging.wording import FOLLOWING_NAMES
from app.organisations import queries as organisation_queries
from app.organisations import wording
from app.people import queries as people_queries
from app.people.models import Person
from app.workshops.queries.doubles import double_places
from app.workshops.wording import STATE_NAMES

pages = Blueprint("merging_desk", __name__, url_prefix="/desk/merging")
LABELS = {**wording.FIELD_NAMES, "cvr": _l("CVR number")}


@pages.get("/people/<int:person_id>")
@open_to(StaffRole.ORGANISER)
def find_person(person_id: int) -> Response:
    """Who may be the same as this person; the search lives in the address."""
    form = SearchSameForm(request.args, meta={"csrf": False})
    person = _person(person_id)
    alike = people_queries.perhaps_the_same(person, form.search.data or "")
    return render(200, "merging/desk/find_person.html", person=person, alike=alike, form=form)


@pages.get("/people/<int:stays_id>/<int:gone_id>")
@open_to(StaffRole.ORGANISER)
def compare_people(stays_id: int, gone_id: int) -> Response:
    """The two side by side, what clashes, and which values stay."""
    return _people_page(_person(stays_id), _person(gone_id))


@pages.post("/people/<int:stays_id>/<int:gone_id>")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def merge_people(stays_id: int, gone_id: int) -> Response:
    """Make them one."""
    stays, gone = _person(stays_id), _person(gone_id)
    form = _people_form(stays, gone)
    chosen = {GONE: gone_id}

    def verb() -> object:
        name_of = chosen.get(form.name.data, stays_id)
        email_of = chosen.get(form.email.data, stays_id)
        return services.merge_people(stays_id, gone_id, email_of=email_of, name_of=name_of)

    if not form.carried_out(verb):
        return _people_page(_person(stays_id), _person(gone_id), form)
    flash(_("The two are one person now."), "success")
    return redirect(url_for(".find_person", person_id=stays_id), 303)


@pages.get("/organisations/<int:organisation_id>")
@open_to(StaffRole.ORGANISER)
def find_organisation(organisation_id: int) -> Response:
    """Which records may be the same organisation; the search lives in the address."""
    form = SearchSameOrganisationForm(request.args, meta={"csrf": False})
    organisation = organisation_queries.organisation(organisation_id)
    alike = organisation_queries.perhaps_the_same(organisation, form.search.data or "")
    told = {"organisation": organisation, "alike": alike, "form": form, "kinds": wording.KINDS}
    return render(200, "merging/desk/find_organisation.html", **told)


@pages.get("/organisations/<int:stays_id>/<int:gone_id>")
@open_to(StaffRole.ORGANISER)
def compare_organisations(stays_id: int, gone_id: int) -> Response:
    """The two side by side, what clashes, and which values stay."""
    return _organisations_page(stays_id, gone_id)


@pages.post("/organisations/<int:stays_id>/<int:gone_id>")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def merge_organisations(stays_id: int, gone_id: int) -> Response:
    """Make them one."""
    form, names = _organisations_form(stays_id, gone_id)

    def verb() -> None:
        of_gone = {name for name in names if form[name].data == GONE}
        services.merge_organisations(stays_id, gone_id, of_gone)

    if not form.carried_out(verb):
        return _organisations_page(stays_id, gone_id, form)
    flash(_("The two are one organisation now."), "success")
    return redirect(url_for("organisations_desk.one", organisation_id=stays_id), 303)


def _person(person_id: int) -> Person:
    person = people_queries.person(person_id)
    if person.erased_at is not None:
        raise NotFound
    return person


def _people_form(stays: Person, gone: Person) -> MergePeopleForm:
    first = {"name": "stays", "email": "stays"}
    emails = [stays.email or "", gone.email or ""]
    return MergePeopleForm(data=first).offer([stays.name, gone.name], emails)


def _people_page(stays: Person, gone: Person, form: MergePeopleForm | None = None) -> Response:
    if stays.id == gone.id:
        raise NotFound
    access_log.note("compared_people", "person", stays.id)
    form = form or _people_form(stays, gone)
    return render(
        form.status_code,
        "merging/desk/people.html",
        sides=[queries.person_side(stays), queries.person_side(gone)],
        doubles=double_places(stays.id, gone.id),
        moves=queries.what_moves("person_id", gone.id),
        following=FOLLOWING_NAMES,
        form=form,
        states=STATE_NAMES,
    )


def _organisations_form(stays_id: int, gone_id: int) -> tuple[Form, list[str]]:
    pair = [organisation_queries.organisation(number) for number in (stays_id, gone_id)]
    stays, gone = (queries.facts_of(each) for each in pair)
    names = rules.differing(stays, gone)
    told = {
        name: (wording.fact_text(stays[name], name), wording.fact_text(gone[name], name))
        for name in names
    }
    return merge_organisations_form(names, LABELS, told), names


def _organisations_page(stays_id: int, gone_id: int, form: Form | None = None) -> Response:
    if stays_id == gone_id:
        raise NotFound
    form = form or _organisations_form(stays_id, gone_id)[0]
    pair = [organisation_queries.organisation(number) for number in (stays_id, gone_id)]
    return render(
        form.status_code,
        "merging/desk/organisations.html",
        sides=[queries.organisation_side(each) for each in pair],
        doubles=double_applications(stays_id, gone_id),
        moves=queries.what_moves("organisation_id", gone_id),
        following=FOLLOWING_NAMES,
        form=form,
        kinds=wording.KINDS,
        labels=LABELS,
    )
