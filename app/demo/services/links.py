"""Ways in for each kind of user of the demo: fresh links, each valid as long as any other."""

from __future__ import annotations

from sqlalchemy import select

from app.core.addresses import link_to
from app.core.database import db
from app.core.texts import Lazy, _l
from app.demo.rules.names import Invented
from app.demo.services.living import ARABIC_READER, PARTICIPANT
from app.demo.services.living_festival import ASSOCIATION
from app.devices.models import Device
from app.devices.services.devices import offer_pairing
from app.events.models import Event
from app.people import services as people
from app.people.models import Person
from app.surveys.models import Invitation, Wave
from app.surveys.queries import respondents
from app.surveys.rules import Disposition
from app.workshops.emails import private_link
from app.workshops.models import Enrolment

TODAY = "foraeldredialog-i-dag"
PAPER = 2010


# Each kind of user, in the order they are shown.
NAMES: dict[str, Lazy] = {
    "association": _l("An association"),
    "participant": _l("A participant"),
    "ticket": _l("A participant's ticket"),
    "door": _l("Staff at the door"),
    "consultant": _l("A consultant"),
    "analyst": _l("An analyst"),
    "admin": _l("An administrator"),
    "survey": _l("A follow-up survey"),
    "survey_ar": _l("A follow-up survey in Arabic"),
}


def ways_in() -> dict[str, str]:
    """A fresh address for each kind of user; kinds whose part of the demo is gone are left out."""
    made = {
        "association": _signed_in(ASSOCIATION.email, "/my"),
        "participant": _signed_in(PARTICIPANT.email, "/my"),
        "ticket": _ticket(),
        "door": _door(),
        "consultant": _signed_in("maja@torvet.example", "/desk/"),
        "analyst": _signed_in("signe@torvet.example", f"/desk/outcomes/?year={PAPER}"),
        "admin": _signed_in("admin@torvet.example", "/desk/"),
        "survey": _survey(PARTICIPANT),
        "survey_ar": _survey(ARABIC_READER),
    }
    return {key: address for key, address in made.items() if address}


def _signed_in(email: str, next_path: str) -> str:
    return link_to("people.link", token=people.make_link(email, next_path)[0])


def _ticket() -> str | None:
    """The participant's ticket for today's workshop, as their mail links to it."""
    enrolment = db.session.scalar(
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Event, Event.id == Enrolment.event_id)
        .where(Person.email == PARTICIPANT.email, Event.slug == TODAY)
    )
    return private_link(enrolment) if enrolment else None


def _door() -> str | None:
    """The phone at the door of today's workshop, ready to be paired."""
    devices = select(Device).join(Event, Event.id == Device.event_id).where(Event.slug == TODAY)
    unpaired = devices.where(Device.revoked_at.is_(None)).order_by(Device.created_at.desc())
    device = db.session.scalar(unpaired.limit(1))
    if device is None:
        return None
    return link_to("door.pairing", code=offer_pairing(device))


def _survey(who: Invented) -> str | None:
    """An unanswered follow-up in this person's language: their own, else another one."""
    row = db.session.execute(
        select(Invitation.id, Invitation.language, Person.link_number)
        .join(Person, Person.id == Invitation.person_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(
            Wave.closed_at.is_(None),
            Invitation.language == who.language,
            Invitation.disposition.in_([Disposition.SENT, Disposition.OPENED]),
        )
        .order_by(Person.email != who.email, Invitation.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    # As in the letter: the link opens in the language of whom it was sent to.
    token = respondents.token_of(row.id, row.link_number)
    return link_to("surveys.start", token=token, language=row.language)
