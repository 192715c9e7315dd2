"""The catalogue for machines: the same consented facts as on the page."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from flask import Blueprint, Response
from pydantic import BaseModel

from app.catalogue import queries
from app.catalogue.queries import CatalogueEntry
from app.core.access import PUBLIC, open_to
from app.core.addresses import link_to
from app.core.openapi import answered, operation
from app.core.refusals import NotYet
from app.core.texts import local
from app.events.models import Event
from app.events.rules import EventState, PictureSize

pages = Blueprint("catalogue_api", __name__, url_prefix="/api/v1")


class EntryAnswer(BaseModel):
    """One of the confirmed; what was not allowed to be shown is left out."""

    role: str
    name: str
    activity: dict[str, str] | None = None
    district: str | None = None
    languages: list[str] | None = None
    target_groups: list[str] | None = None
    members: int | None = None
    website: str | None = None
    mail: str | None = None
    phone: str | None = None


class EventAnswer(BaseModel):
    """What the event's page says; what nobody wrote is left out."""

    event: str
    kind: str
    title: dict[str, str]
    summary: dict[str, str] | None = None
    cancelled: bool
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    address: str | None = None
    access: dict[str, str] | None = None
    price: int | None = None
    spoken: list[str] | None = None
    contact_name: str | None = None
    contact_mail: str | None = None
    contact_phone: str | None = None
    picture: str | None = None
    picture_text: dict[str, str] | None = None


class CatalogueAnswer(BaseModel):
    """All of one event, in the order of the page."""

    event: str
    title: str
    entries: list[EntryAnswer]


@pages.get("/events/<slug>")
@open_to(PUBLIC)
@operation(EventAnswer, errors=(404,))
def event(slug: str) -> Response:
    """When and where an event is, how one gets there and in, what it costs, whom to ask."""
    return answered(_about(queries.showing(slug).event))


@pages.get("/catalogue/<slug>")
@open_to(PUBLIC)
@operation(CatalogueAnswer, errors=(404,))
def entries(slug: str) -> Response:
    """Who takes part in an event, with what each lets be shown."""
    event = queries.showing(slug).event
    groups = queries.entries(event.id)
    entries = [_told(role, entry) for role, group in groups.items() for entry in group]
    return answered(CatalogueAnswer(event=event.slug, title=local(event.title), entries=entries))


@pages.get("/atlas")
@open_to(PUBLIC)
@operation(CatalogueAnswer, errors=(501,))
def atlas() -> NoReturn:
    """All organisations that agreed, across years: not yet."""
    raise NotYet


def _about(event: Event) -> EventAnswer:
    picture = event.picture_facts
    address = None
    if picture:
        size = PictureSize.DESK.value
        address = link_to("catalogue.picture", slug=event.slug, key=picture.key, size=size)
    return EventAnswer(
        event=event.slug,
        kind=event.kind,
        title=event.title,
        summary=event.summary or None,
        cancelled=event.state == EventState.CANCELLED,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place=event.place or None,
        address=event.address or None,
        access=event.access or None,
        price=event.price,
        spoken=event.spoken or None,
        contact_name=event.contact_name or None,
        contact_mail=event.contact_mail or None,
        contact_phone=event.contact_phone or None,
        picture=address,
        picture_text=event.picture_text or None,
    )


def _told(role: str, entry: CatalogueEntry) -> EntryAnswer:
    return EntryAnswer(
        role=role,
        name=entry.name,
        activity=dict(entry.activity) or None,
        district=str(entry.district) if entry.district else None,
        languages=[str(language) for language in entry.languages] or None,
        target_groups=[str(target_group) for target_group in entry.target_groups] or None,
        members=entry.members,
        website=entry.website,
        mail=entry.mail,
        phone=entry.phone,
    )
