"""Giving an event its picture, saying what it shows, and taking it away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import delete

from app.core import audit
from app.core.database import db
from app.core.pictures import DrawnPicture
from app.events.models import Event, EventPicture
from app.events.rules import EventVerb, PictureFacts, PictureSize
from app.events.services.scheduling import lock

Sizes = Mapping[PictureSize, DrawnPicture]


def show(event: Event, sizes: Sizes | None, text: Mapping[str, str]) -> None:
    """Give the event this picture with what it shows; without sizes it keeps the one it has."""
    lock(event)
    if sizes is not None:
        _keep(event, sizes)
    elif dict(text) == event.picture_text:
        return
    event.picture_text = dict(text)
    audit.record("event", event.id, EventVerb.PICTURE_SET)


def remove(event: Event) -> None:
    """Without a picture, as before it had one."""
    lock(event)
    if event.picture is None:
        return
    db.session.execute(delete(EventPicture).where(EventPicture.event_id == event.id))
    event.picture, event.picture_text = None, {}
    audit.record("event", event.id, EventVerb.PICTURE_REMOVED)


def _keep(event: Event, sizes: Sizes) -> None:
    phone, desk = sizes[PictureSize.PHONE], sizes[PictureSize.DESK]
    key = hashlib.sha256(desk.content).hexdigest()[:20]
    db.session.execute(delete(EventPicture).where(EventPicture.event_id == event.id))
    db.session.add(EventPicture(event_id=event.id, key=key, phone=phone.content, desk=desk.content))
    event.picture = asdict(PictureFacts(key, desk.width, desk.height, phone.width))
    db.session.flush()
