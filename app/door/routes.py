"""The pages on the phone at the door: pairing, the scanner, and a plain form without a script."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.checkin.services.typed import enter_typed, undo_typed
from app.core import clock, sent_forms
from app.core.access import PUBLIC, open_to
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.security import allow_wasm
from app.core.static_files import ROOT as STATIC
from app.core.static_files import kept_files, static_url
from app.core.texts import _, language, local
from app.core.tokens import new_token
from app.devices.queries.devices import PairedDevice, awaiting_pairing, device_by_token
from app.devices.rules.moments import milliseconds
from app.devices.services import devices
from app.devices.services.stamps import rfc3339
from app.door.forms.desk_forms import RIGHT_NAMES
from app.door.forms.panels import panel_forms
from app.door.forms.typed import TypedForm, UndoForm
from app.door.rules import home_screen
from app.door.wording.phone import REASONS, REFUSED, VERDICTS, phone_words
from app.events.models import Event
from app.events.queries import event as event_of
from app.events.queries import sessions as sessions_of

COOKIE_LASTS = 60 * 60 * 24 * 30

pages = Blueprint("door", __name__, url_prefix="/door")
worker = Blueprint("door_worker", __name__)


@worker.get("/sw.js")
@open_to(PUBLIC)
def service_worker() -> Response:
    """The service worker of the scanner, with the names of the files that it keeps."""
    prefix, files = kept_files(*home_screen.SHELL)
    shell = json.dumps({"version": prefix.split("/")[-2], "prefix": prefix, "files": files})
    script = (STATIC / "js" / "door" / "worker.js").read_text()
    text = f"globalThis.shell = {shell};\n{script}"
    return Response(text, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@pages.get("/manifest.webmanifest")
@open_to(PUBLIC)
def manifest() -> Response:
    """What the phone needs to put the scanner on its home screen."""
    manifest = home_screen.manifest(url_for(".scanner"), _("The door"), language(), static_url)
    return Response(json.dumps(manifest), mimetype="application/manifest+json")


@pages.get("/")
@open_to(PUBLIC)
@allow_wasm
def scanner() -> Response:
    """The scanner of a paired phone; any other is told how to pair."""
    token, device = _paired()
    if device is None or device.only_delivers:
        revoked = device is not None and device.revoked
        return render(template="door/unpaired.html", revoked=revoked)
    event = event_of(device.event_id)
    return render(
        event=event,
        device=device,
        setup=_setup(token, device, event),
        words=phone_words(),
        form=_typed_form(),
        panels=panel_forms(),
    )


@pages.get("/pair/<code>")
@open_to(PUBLIC)
def pairing(code: str) -> Response:
    """What this phone would be paired with; a button does it."""
    try:
        device = awaiting_pairing(code)
    except NotFound:
        return _spent()
    rights = [RIGHT_NAMES[right] for right in device.rights]
    return render(device=device, event=event_of(device.event_id), code=code, rights=rights)


@pages.post("/pair/<code>")
@open_to(PUBLIC)
@sent_forms.once
def pair(code: str) -> Response:
    """Use up the code: this phone is the device from now on."""
    try:
        _, token = devices.pair(code)
    except NotFound:
        return _spent()
    response = redirect(url_for(".scanner"), 303)
    response.set_cookie(_cookie(), token, max_age=COOKIE_LASTS, **_cookie_limits())
    return response


@pages.post("/typed")
@open_to(PUBLIC)
def typed() -> Response:
    """A code typed into the plain form."""
    _, device = _paired()
    form = TypedForm()
    if device is None or device.only_delivers:
        return redirect(url_for(".scanner"), 303)
    if not form.accepted():
        return render(template="door/typed.html", form=form, answer=None, status=422, **_said())
    answer = enter_typed(device, *form.typed())
    undo_form = UndoForm(formdata=None, code=form.code.data, annuls=form.scan_id.data)
    since = datetime.fromisoformat(answer["first"]["at"]) if "first" in answer else None
    return render(form=_typed_form(), answer=answer, since=since, undo=undo_form, **_said())


@pages.post("/undo")
@open_to(PUBLIC)
def undo() -> Response:
    """Take back the scan just made with the plain form."""
    _, device = _paired()
    form = UndoForm()
    if device is not None and not device.only_delivers and form.accepted():
        undo_typed(device, form.code.data or "", form.annuls.data or "")
    return redirect(url_for(".scanner"), 303)


@pages.post("/leave")
@open_to(PUBLIC)
def leave() -> Response:
    """This phone forgets that it was paired, and so do we."""
    _, device = _paired()
    if device is not None:
        devices.leave(device.id)
    response = redirect(url_for(".scanner"), 303)
    response.delete_cookie(_cookie(), **_cookie_limits())
    return response


def _spent() -> Response:
    """The page of a code that opens nothing: used, too old or mistyped.

    No script of ours runs there: a phone that is paired keeps all it holds.
    """
    _, device = _paired()
    standing = device if device is not None and not device.only_delivers else None
    return render(404, "door/spent.html", device=standing)


def _paired() -> tuple[str, PairedDevice | None]:
    token = request.cookies.get(_cookie(), "")
    return token, device_by_token(token)


def _setup(token: str, device: PairedDevice, event: Event) -> dict[str, Any]:
    """All that the script needs of the server; nobody's name is in it, for the page is kept."""
    return {
        "token": token,
        "gate": device.gate,
        "rights": sorted(device.rights),
        "device": str(device.id),
        "event": {
            "id": str(event.id),
            "title": local(event.title),
            "ends": milliseconds(event.ends_at),
        },
        "sessions": _sessions(device),
    }


def _sessions(device: PairedDevice) -> list[dict[str, Any]]:
    """The sessions this gate may stand for: its own, else all of them."""
    fixed = device.doors.session_of(device.gate)
    return [
        {
            "title": local(session.title),
            "starts": milliseconds(session.starts_at),
            "ends": milliseconds(session.ends_at),
        }
        for session in sessions_of(device.event_id)
        if fixed in (None, session.id)
    ]


def _typed_form() -> TypedForm:
    return TypedForm(formdata=None, scan_id=new_token(), at=rfc3339(clock.now()))


def _said() -> dict[str, Any]:
    return {"verdicts": VERDICTS, "refused": REFUSED, "reasons": REASONS}


def _cookie() -> str:
    return "door" if current_app.config["OVER_LOOPBACK"] else "__Host-door"


def _cookie_limits() -> dict[str, Any]:
    secure = not current_app.config["OVER_LOOPBACK"]
    return {"secure": secure, "httponly": True, "samesite": "Lax", "path": "/"}
