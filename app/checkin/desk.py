"""The lead's pages: how it goes at the doors, which phones stand there, the list on paper."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.checkin import services
from app.checkin.forms.desk_forms import RIGHT_NAMES, DeviceForm, TickForm
from app.checkin.papers import pairing_picture
from app.checkin.queries import counts, devices, lead
from app.core import clock
from app.core.access import Duty, open_to
from app.core.addresses import link_to
from app.core.pages import render
from app.core.texts import _, _n
from app.events import queries as events

pages = Blueprint("checkin_desk", __name__, url_prefix="/desk/door")


@pages.get("/")
@open_to(Duty.ORGANISER, Duty.DOOR)
def index() -> Response:
    """Events with tickets."""
    return render(listed=lead.events_with_doors())


@pages.get("/<slug>")
@open_to(Duty.ORGANISER, Duty.DOOR)
def overview(slug: str) -> Response:
    """Who has come, who has not, and what needs a look."""
    event = events.event_by_slug(slug)
    return render(
        event=event,
        counts=counts.counts(event.id),
        missing=lead.door_list(event.id, only_missing=True),
        conflicts=lead.conflicts(event.id),
        quarantine=lead.quarantine(event.id),
        now=clock.now(),
        most=lead.SHOWN,
    )


@pages.route("/<slug>/devices", methods=["GET", "POST"])
@open_to(Duty.ORGANISER, Duty.DOOR)
def phones(slug: str) -> Response:
    """The phones of an event, and a new one."""
    event, form = events.event_by_slug(slug), DeviceForm()
    if form.accepted():
        device = services.add_phone(event.id, form.gate.data or "", form.rights.data or ())
        return redirect(url_for(".phone", slug=slug, device_id=device.id), 303)
    listed = devices.devices(event.id)
    status = 422 if form.errors else 200
    return render(form=form, event=event, devices=listed, rights=RIGHT_NAMES, status=status)


@pages.get("/<slug>/devices/<int:device_id>")
@open_to(Duty.ORGANISER, Duty.DOOR)
def phone(slug: str, device_id: int) -> Response:
    """One phone: the QR to pair it while it is on offer."""
    event = events.event_by_slug(slug)
    device = devices.device(event.id, device_id)
    code = services.pairing_code(device)
    address = link_to("checkin.pairing", code=code) if code else None
    picture = pairing_picture(address) if address else None
    return render(event=event, device=device, address=address, picture=picture, rights=RIGHT_NAMES)


@pages.post("/<slug>/devices/<int:device_id>/renew")
@open_to(Duty.ORGANISER, Duty.DOOR)
def renew(slug: str, device_id: int) -> Response:
    """A new QR: for a phone that was not in time, or another one in its place."""
    event = events.event_by_slug(slug)
    services.offer_pairing(devices.device(event.id, device_id))
    return redirect(url_for(".phone", slug=slug, device_id=device_id), 303)


@pages.post("/<slug>/devices/<int:device_id>/revoke")
@open_to(Duty.ORGANISER, Duty.DOOR)
def revoke(slug: str, device_id: int) -> Response:
    """End a phone at once."""
    event = events.event_by_slug(slug)
    services.revoke(devices.device(event.id, device_id))
    flash(_("The phone is revoked. It can no longer scan."), "success")
    return redirect(url_for(".phones", slug=slug), 303)


@pages.route("/<slug>/list", methods=["GET", "POST"])
@open_to(Duty.ORGANISER, Duty.DOOR)
def paper(slug: str) -> Response:
    """The door list for paper; afterwards the ticked are entered here."""
    event, form = events.event_by_slug(slug), TickForm()
    expected, sittings = lead.door_list(event.id), list(events.sessions(event.id))
    form.offer(sittings, expected)
    if form.accepted():
        at = next(one.starts_at for one in sittings if one.id == form.sitting.data)
        entered = services.admit_ticked(event.id, form.ticked.data or [], at, clock.now())
        count = len(entered)
        flash(_n("%(n)s entered.", "%(n)s entered.", count, n=count), "success")
        return redirect(url_for(".overview", slug=slug), 303)
    rows = list(zip(expected, form.ticked, strict=True))
    return render(form=form, event=event, rows=rows, status=422 if form.errors else 200)
