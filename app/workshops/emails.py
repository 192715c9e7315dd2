"""The letters of a place: ticket, line, moving up, giving up, and what happens to the event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core import clock, outbox
from app.core.addresses import link_to
from app.core.languages import local_in
from app.core.markup import escaped
from app.core.outbox import Letter
from app.events.models import Event
from app.mailings.rules.filling import Addressee
from app.workshops.models import Enrolment
from app.workshops.queries.links import token_of
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.queries.writing import numbered


def private_link(enrolment: Enrolment) -> str:
    """The address only the participant's letters hold."""
    return link_to("workshops.private", token=token_of(enrolment))


def ticket(place: TicketedEnrolment) -> int | None:
    """A place is confirmed: the ticket, with picture, paper and calendar file; the letter's
    number."""
    if not place.person.email:
        return None
    return outbox.post_at_once("workshops/ticket", **_addressed(place, _ticket_files(place)))


def columns_of_ticket(place: TicketedEnrolment) -> dict[str, object]:
    """The same letter's row, for the statement that writes the place."""
    return outbox.columns_of("workshops/ticket", **_addressed(place, _ticket_files(place)))


def waiting(place: TicketedEnrolment, position: int) -> Letter | None:
    """All seats are taken: where one stands in the line."""
    return _post("waiting", place, position=position)


def waiting_after_all(letter_id: int, place: TicketedEnrolment, position: int) -> None:
    """The ticket's letter, which has not left, tells of the line: the seat went meanwhile."""
    letter = outbox.letter(letter_id)
    outbox.reword(letter, "workshops/waiting", **_facts(place), position=position)


def moved_up(place: TicketedEnrolment) -> Letter | None:
    """A seat came free: the ticket is good now."""
    begun = clock.now() >= place.event.starts_at
    return _post("moved_up", place, _ticket_files(place), begun=begun)


def reissued(place: TicketedEnrolment) -> Letter | None:
    """A new ticket; the old one is no longer taken."""
    return _post("reissued", place, _ticket_files(place))


def again(place: TicketedEnrolment, position: int | None) -> Letter | None:
    """The ticket and the link once more, to whoever asked for them."""
    files = _ticket_files(place) if position is None else ()
    return _post("again", place, files, position=position)


def reminder(place: TicketedEnrolment, words: Mapping[str, str]) -> Letter | None:
    """Soon it is the day: the ticket once more, the way there and what to bring."""
    language = place.enrolment.language
    return _post(
        "reminder",
        place,
        _ticket_files(place),
        words=escaped(local_in(words, language)),
    )


def handed_over(place: TicketedEnrolment, to: str, *, by_team: bool) -> Letter | None:
    """The place is somebody else's now; the old ticket is no longer taken."""
    files = (f"calendar:{place.ticket.id}",)
    return _post("handed_over", place, files, to_name=escaped(to), by_team=by_team)


def taken_over(place: TicketedEnrolment, of: str, *, by_team: bool) -> Letter | None:
    """Somebody has handed their place over: the ticket, with picture, paper and calendar file."""
    of_name = escaped(of)
    return _post("taken_over", place, _ticket_files(place), of_name=of_name, by_team=by_team)


def goes_elsewhere(place: TicketedEnrolment, before: str) -> Letter:
    """To the address that letters went to: from now on they go to another."""
    return outbox.post(
        "workshops/goes_elsewhere",
        to=before,
        language=place.enrolment.language,
        person_id=place.person.id,
        **_facts(place),
    )


def cancelled(place: TicketedEnrolment) -> Letter | None:
    """The place is given up."""
    return _post("cancelled", place)


def cancelled_by_team(place: TicketedEnrolment, why: str) -> Letter | None:
    """The team has cancelled the place: that it did, and why."""
    return _post("cancelled_by_team", place, why=escaped(why))


def called_off(place: TicketedEnrolment, due_at: datetime) -> Letter | None:
    """The event will not take place, and why; the calendar file takes it out."""
    files = (f"calendar:{place.ticket.id}",)
    why = escaped(place.event.called_off_because)
    return _post("called_off", place, files, due_at=due_at, why=why)


@dataclass(frozen=True)
class Whereabouts:
    """When and where an event was before it was moved."""

    starts_at: datetime
    ends_at: datetime
    place: str

    @classmethod
    def of(cls, event: Event) -> Whereabouts:
        return cls(event.starts_at, event.ends_at, _where(event))


def moved(place: TicketedEnrolment, was: Whereabouts, due_at: datetime) -> Letter | None:
    """Another time or room, from where to where; the calendar file moves it."""
    return _post("moved", place, (f"calendar:{place.ticket.id}",), was=was, due_at=due_at)


def addressees(enrolment_ids: Collection[int]) -> list[Addressee]:
    """Who a letter to these enrolments can go to: those with a mail address, in order of name."""
    return [
        Addressee(
            subject_id=place.enrolment.id,
            name=place.person.name,
            email=place.person.email,
            person_id=place.person.id,
            language=place.enrolment.language,
            link=private_link(place.enrolment)
            if place.enrolment.link_hash
            else link_to("catalogue.event", slug=place.event.slug),
            page=link_to(
                "workshops_desk.enrolment",
                slug=place.event.slug,
                enrolment_id=place.enrolment.id,
            ),
        )
        for place in numbered(enrolment_ids)
        if place.person.email
    ]


def _ticket_files(place: TicketedEnrolment) -> tuple[str, ...]:
    number = place.ticket.id
    return (f"inline-qr:{number}", f"ticket:{number}", f"calendar:{number}")


def _post(
    kind: str, place: TicketedEnrolment, files: tuple[str, ...] = (), **more: Any
) -> Letter | None:
    """Into the outbox; None where no address is known (someone who came without a ticket)."""
    if not place.person.email:
        return None
    return outbox.post(f"workshops/{kind}", **_addressed(place, files), **more)


def _addressed(place: TicketedEnrolment, files: tuple[str, ...]) -> dict[str, Any]:
    return {
        "to": place.person.email,
        "language": place.enrolment.language,
        "attachments": files,
        "person_id": place.person.id,
        **_facts(place),
    }


def _facts(place: TicketedEnrolment) -> dict[str, Any]:
    """What every letter of a place may tell."""
    event = place.event
    title = local_in(event.title, place.enrolment.language)
    return {
        "name": place.person.name,
        # One mailbox may have several tickets: the name tells their letters apart.
        "title": f"{title} ({place.person.name})",
        "heading": escaped(title),
        "place": _where(event),
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "price": event.price,
        "access": escaped(local_in(event.access, place.enrolment.language)),
        "contact_at": [
            escaped(part)
            for part in (event.contact_name, event.contact_mail, event.contact_phone)
            if part
        ],
        "seats": place.enrolment.seats,
        "picture": f"inline-qr-{place.ticket.id}",
        "link": private_link(place.enrolment),
        "again_link": link_to("workshops.enrol", slug=event.slug),
    }


def _where(event: Event) -> str:
    return escaped(event.whereabouts)
