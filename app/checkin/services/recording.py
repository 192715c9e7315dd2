"""Recording scans: each is kept once, answered by itself, and none stops the batch.

The steps: read, look up, decide, write, answer; each takes what those before it returned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from app.checkin.queries.scans import KnownScan
from app.checkin.rules.reasons import QuarantineReason
from app.checkin.services import storing
from app.checkin.services.answering import answer_batch
from app.checkin.services.answers import Result
from app.checkin.services.deciding import NOTHING_DECIDED, DecidedBatch, ScanOutcome, decide_batch
from app.checkin.services.looking_up import LookedUp, entry_rules, look_up
from app.checkin.services.quarantining import quarantine
from app.checkin.services.reading import ForQuarantine, ReadScan, read_batch
from app.checkin.services.scanners import Scanner
from app.checkin.services.tries import count_tries
from app.core.database import db
from app.devices.rules.moments import milliseconds
from app.devices.services.seals import unsealed_all


def count_and_record(scanner: Scanner, raws: Sequence[object], now: datetime) -> list[Result]:
    """Record what is sent, once each code typed by hand is counted as a try.

    Raises TooManyTries where nothing but tries beyond the limit came.
    """
    beyond = count_tries(scanner, raws)
    return record(scanner, raws, now, beyond=beyond)


def record(
    scanner: Scanner,
    raws: Sequence[object],
    now: datetime,
    *,
    beyond: Collection[int] = (),
) -> list[Result]:
    """Keep every item and answer each in its place; those at `beyond` are only quarantined.

    At most four statements for one scan: the ticket, its scans, the new scan and the admission.
    """
    batch = read_batch(scanner, unsealed_all(scanner.event_id, raws), beyond)
    # The transaction begins here, after all reading.
    connection = db.session.connection()
    found = look_up(connection, scanner, batch.scans)
    time = milliseconds(now)
    decided = decide_batch(scanner, found, batch.scans, time)
    changes = storing.changes_of(decided, found.moves, time)
    rules = entry_rules(found.doors, changes.event_ids)
    quarantined = [*batch.quarantined, *_of_other_content(decided)]
    lost = storing.write(connection, changes, rules)
    anew = _decide_lost(scanner, found, batch.scans, lost, time)
    storing.renew(connection, changes.later_words)
    storing.renew(connection, storing.changes_of(anew, found.moves, time).later_words)
    quarantined += _of_other_content(anew)
    quarantine(scanner.name, scanner.event_id, quarantined, now)
    return answer_batch(scanner, found, [*decided.decisions, *anew.decisions], quarantined)


def _decide_lost(
    scanner: Scanner,
    found: LookedUp,
    scans: Sequence[ReadScan],
    lost: Mapping[str, KnownScan],
    time: int,
) -> DecidedBatch:
    """Decide anew where another request stored the same id in the same moment."""
    if not lost:
        return NOTHING_DECIDED
    again = [scan for scan in scans if scan.item.id in lost]
    return decide_batch(scanner, found._replace(known=dict(lost)), again, time)


def _of_other_content(decided: DecidedBatch) -> list[ForQuarantine]:
    return [
        ForQuarantine(read.place, read.raw, QuarantineReason.OTHER_CONTENT)
        for read, _, outcome, *_ in decided.decisions
        if outcome is ScanOutcome.OTHER_CONTENT
    ]
