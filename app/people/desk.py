"""Who works at the desk and with which roles; an administrator's alone."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.edit_forms import held
from app.core.pages import render
from app.core.texts import _
from app.lists.finding import RowsAtHand
from app.lists.showing import shown
from app.people import lists, queries, services
from app.people.forms.desk_staff import (
    STAFF_ROLE_NAMES,
    VERB_NAMES,
    StaffForm,
    StaffMailForm,
    StaffNameForm,
    StaffRolesForm,
)

pages = Blueprint("people_desk", __name__, url_prefix="/desk/staff")


@pages.get("/")
@open_to(StaffRole.ADMIN)
def index() -> Response:
    """Everyone with a role, and those who had one."""
    return _list_page(StaffForm())


@pages.post("/")
@open_to(StaffRole.ADMIN)
@sent_forms.once
def add() -> Response:
    """Let somebody in, with these roles."""
    form = StaffForm()
    if not form.accepted():
        return _list_page(form, 422)
    services.grant_roles(form.email.data or "", form.name.data or "", form.chosen())
    flash(_("They can sign in now with their mail address."), "success")
    return redirect(url_for(".index"), 303)


@pages.get("/<int:staff_id>")
@open_to(StaffRole.ADMIN)
def member(staff_id: int) -> Response:
    """One member of staff, and what was given and taken."""
    return _page(staff_id, StaffRolesForm.over(queries.roles_of(staff_id)))


@pages.post("/<int:staff_id>")
@open_to(StaffRole.ADMIN)
def change(staff_id: int) -> Response:
    """Give and take roles; with none left the access ends."""
    form = StaffRolesForm()
    if not form.may_replace(lambda: _held_roles(staff_id)):
        return _page(staff_id, form)
    services.set_roles(staff_id, form.chosen())
    flash(_("The duties are saved. They count from the next page."), "success")
    return redirect(url_for(".index"), 303)


@pages.post("/<int:staff_id>/name")
@open_to(StaffRole.ADMIN)
def rename(staff_id: int) -> Response:
    """Call them by another name."""
    form = StaffNameForm()
    if not form.may_replace(lambda: held(queries.staff(staff_id))):
        return _page(staff_id, StaffRolesForm.over(queries.roles_of(staff_id), None), form)
    services.rename_staff(staff_id, form.name.data or "")
    flash(_("The name is saved. It stands in every trail."), "success")
    return redirect(url_for(".member", staff_id=staff_id), 303)


@pages.get("/<int:staff_id>/mail")
@open_to(StaffRole.ADMIN)
def mail(staff_id: int) -> Response:
    """The address they sign in with."""
    staff = queries.staff(staff_id)
    return render(staff=staff, form=StaffMailForm.over(staff))


@pages.post("/<int:staff_id>/mail")
@open_to(StaffRole.ADMIN)
def correct_mail(staff_id: int) -> Response:
    """Correct it."""
    staff, form = queries.staff(staff_id), StaffMailForm()
    if not form.may_replace(lambda: held(staff)):
        return render(form.status_code, "people/desk/mail.html", staff=staff, form=form)
    services.correct_staff_mail(staff_id, form.email.data or "")
    flash(_("The mail address is corrected. They sign in with it from now on."), "success")
    return redirect(url_for(".member", staff_id=staff_id), 303)


def _held_roles(staff_id: int) -> Sequence[StaffRole]:
    held(queries.staff(staff_id))
    return queries.roles_of(staff_id)


def _page(staff_id: int, form: StaffRolesForm, naming: StaffNameForm | None = None) -> Response:
    staff = queries.staff(staff_id)
    naming = naming or StaffNameForm.over(staff, None)
    return render(
        max(form.status_code, naming.status_code),
        "people/desk/member.html",
        staff=staff,
        form=form,
        naming=naming,
        history=queries.staff_history(staff_id),
        last=queries.last_sign_ins([staff.email]).get(staff.email),
        roles=STAFF_ROLE_NAMES,
        verbs=VERB_NAMES,
    )


def _list_page(form: StaffForm, status: int = 200) -> Response:
    rows = queries.all_staff()
    last = queries.last_sign_ins(staff.email for staff, _roles in rows)
    listed = shown(lists.staff(STAFF_ROLE_NAMES, last), RowsAtHand(rows))
    if listed.is_file:
        return listed.file()
    told = {"listed": listed, "form": form, "roles": STAFF_ROLE_NAMES, "last": last}
    return render(status, "people/desk/index.html", **told)
