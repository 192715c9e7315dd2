"""The phones of an event: pairing, gate and rights, names, revoking, and the day before."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import clock, sent_forms
from app.core.access import open_to
from app.core.addresses import link_to
from app.core.edit_forms import held
from app.core.pages import render
from app.core.texts import _
from app.devices.papers import pairing_picture
from app.devices.queries import devices
from app.devices.services import devices as devices_services
from app.devices.services.devices import (
    add_phone,
    change_device,
    lock_names,
    names_word,
    offer_pairing,
    pairing_code,
    unlock_names,
)
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.desk_forms import RIGHT_NAMES, DeviceForm
from app.door.queries.live import watched
from app.door.queries.overview import phones as phones_of
from app.door.wording.readiness import LACKS
from app.events import queries as events
from app.tickets.rules.codes import shown_short


@pages.route("/<slug>/devices", methods=["GET", "POST"])
@open_to(*LEADS)
@sent_forms.once
def phones(slug: str) -> Response:
    """The phones of an event, and a new one."""
    watching, form = watched(slug), DeviceForm()
    event = watching.event
    if form.accepted():
        device = add_phone(event.id, *form.gate_and_rights())
        return redirect(url_for(".phone", slug=slug, device_id=device.id), 303)
    now = clock.now()
    status = 422 if form.errors else 200
    listed = phones_of(event.id, watching.list_version, now)
    return render(form=form, event=event, phones=listed, rights=RIGHT_NAMES, now=now, status=status)


@pages.get("/<slug>/devices/ready")
@open_to(*LEADS)
def ready(slug: str) -> Response:
    """The day before: every phone is ready, or what it still needs."""
    watching, now = watched(slug), clock.now()
    listed = phones_of(watching.event.id, watching.list_version, now)
    return render(event=watching.event, phones=listed, lacks=LACKS, now=now)


@pages.route("/<slug>/devices/<int:device_id>", methods=["GET", "POST"])
@open_to(*LEADS)
def phone(slug: str, device_id: int) -> Response:
    """One phone: the QR to pair it while it is on offer, its gate and rights, its names."""
    event = events.event_by_slug(slug)
    device = devices.device(event.id, device_id)
    form = DeviceForm.over(device)
    if form.may_replace(lambda: held(device)):
        change_device(device, *form.gate_and_rights())
        flash(_("Saved. The phone learns it within seconds, or when it has network."), "success")
        return redirect(url_for(".phone", slug=slug, device_id=device_id), 303)
    code, word = pairing_code(device), names_word(device)
    address = link_to("door.pairing", code=code) if code else None
    return render(
        form=form,
        event=event,
        device=device,
        address=address,
        picture=pairing_picture(address) if address else None,
        word=shown_short(word) if word else None,
        now=clock.now(),
        status=form.status_code,
    )


@pages.post("/<slug>/devices/<int:device_id>/renew")
@open_to(*LEADS)
@sent_forms.once
def renew(slug: str, device_id: int) -> Response:
    """A new QR: for a phone that was not in time, or another one in its place."""
    event = events.event_by_slug(slug)
    offer_pairing(devices.device(event.id, device_id))
    return redirect(url_for(".phone", slug=slug, device_id=device_id), 303)


@pages.post("/<slug>/devices/<int:device_id>/revoke")
@open_to(*LEADS)
def revoke(slug: str, device_id: int) -> Response:
    """End a phone at once."""
    event = events.event_by_slug(slug)
    devices_services.revoke(devices.device(event.id, device_id))
    flash(_("The phone is revoked. It can no longer scan."), "success")
    return redirect(url_for(".phones", slug=slug), 303)


@pages.post("/<slug>/devices/<int:device_id>/unlock")
@open_to(*LEADS)
def unlock(slug: str, device_id: int) -> Response:
    """Let the phone hold the names until the event ends."""
    event = events.event_by_slug(slug)
    unlock_names(devices.device(event.id, device_id), event)
    return redirect(url_for(".phone", slug=slug, device_id=device_id), 303)


@pages.post("/<slug>/devices/<int:device_id>/lock")
@open_to(*LEADS)
def lock(slug: str, device_id: int) -> Response:
    """Take the names from the phone again."""
    event = events.event_by_slug(slug)
    lock_names(devices.device(event.id, device_id))
    flash(_("The names are locked. The phone drops them when it next has network."), "success")
    return redirect(url_for(".phone", slug=slug, device_id=device_id), 303)
