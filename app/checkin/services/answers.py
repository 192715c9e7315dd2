"""What is answered to one scan: stored without names, worded with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from app.checkin.queries.tickets import FoundTicket
from app.checkin.rules.answers import StoredAnswer, WordedAnswer
from app.checkin.rules.judging import JudgedScan
from app.core.texts import _
from app.devices.services.stamps import rfc3339_of


@dataclass(frozen=True, slots=True)
class Result:
    """One answer; `typed` offline: reported by short code, so it tells no name."""

    id: str
    answer: StoredAnswer
    ticket: FoundTicket | None = None
    typed: bool = False
    place: int | None = None


def stored(judged: JudgedScan) -> StoredAnswer:
    """The answer as it is kept with the scan: nothing personal."""
    verdict = judged.verdict
    answer: StoredAnswer = {"verdict": verdict.answer.value}
    if verdict.reason:
        answer["reason"] = verdict.reason.value
    if verdict.override:
        answer["override"] = str(verdict.override)
    if verdict.first:
        answer["first"] = {
            "at": rfc3339_of(verdict.first.time),
            "gate": verdict.first.gate,
            "device": verdict.first.device,
        }
    if verdict.group:
        answer["came"], answer["admits"] = verdict.group.came, verdict.group.admits
    if judged.skewed:
        answer["skewed"] = True
    return answer


def worded(result: Result) -> WordedAnswer:
    """The answer as the contract words it, with whom it is about."""
    answer = cast(WordedAnswer, {"id": result.id, "stored": True, **result.answer})
    if result.place is not None:
        answer["place"] = result.place
    if result.ticket is not None and not result.typed:
        answer["name"] = result.ticket.name
        notes = notes_of(result.ticket.interpreter, result.ticket.access)
        if notes:
            answer["notes"] = notes
        if result.ticket.seats > 1:
            answer["seats"] = result.ticket.seats
    return answer


def notes_of(interpreter: str, access: str) -> str:
    """What the staff at the door need to know, in their language."""
    notes = []
    if interpreter:
        notes.append(_("Interpreter: %(what)s", what=interpreter))
    if access:
        notes.append(_("Access: %(what)s", what=access))
    return " · ".join(notes)
