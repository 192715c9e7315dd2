"""Recording, last step: the answer to each item of a batch, in its place."""

from __future__ import annotations

from collections.abc import Iterable

from app.checkin.queries.tickets import FoundTicket
from app.checkin.rules.answers import StoredAnswer
from app.checkin.rules.intake import id_to_answer
from app.checkin.rules.verdicts import CodeState, DoorAnswer
from app.checkin.services.answers import Result
from app.checkin.services.deciding import Decision, ScanOutcome
from app.checkin.services.looking_up import LookedUp
from app.checkin.services.reading import ForQuarantine
from app.checkin.services.scanners import Scanner


def answer_batch(
    scanner: Scanner,
    found: LookedUp,
    decisions: Iterable[Decision],
    quarantined: Iterable[ForQuarantine],
) -> list[Result]:
    """The answers in the order of the items; of two decisions on one item the later counts."""
    results = {
        decision.read.place: _of_scan(scanner, found, decision)
        for decision in decisions
        if decision.outcome is not ScanOutcome.OTHER_CONTENT
    }
    results |= {item.place: _of_quarantined(item) for item in quarantined}
    return [results[place] for place in sorted(results)]


def _of_scan(scanner: Scanner, found: LookedUp, decision: Decision) -> Result:
    item = decision.read.item
    ticket = _tellable(scanner, decision.ticket)
    typed = item.circumstances.offline and item.code not in found.codes
    return Result(item.id, decision.scan.answer, ticket, typed=typed)


def _of_quarantined(item: ForQuarantine) -> Result:
    answer: StoredAnswer = {"verdict": DoorAnswer.QUARANTINED}
    return Result(id_to_answer(item.raw, item.place), answer, place=item.place)


def _tellable(scanner: Scanner, ticket: FoundTicket | None) -> FoundTicket | None:
    """The ticket if its holder's name is for this door: not of another event, not replaced."""
    if ticket is None or not scanner.hears_names:
        return None
    here = scanner.event_id in (None, ticket.event_id)
    return ticket if here and ticket.ruled.state is not CodeState.REVOKED else None
