"""A course with every kind of trouble, and the scans that its phones make in three days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from app.checkin.services import terms
from app.checkin.services.scanners import Scanner
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices, stamps
from app.devices.services.stamps import rfc3339
from app.events import queries
from app.events.services import scheduling
from app.tickets.rules.codes import ticket_code
from app.workshops.services import changing, leaving, planning
from app.workshops.services.changing import Change
from tests.checkin.making import NOON, Made, workshop

# Summer time begins in the night between the first session and the second.
SITTINGS = tuple((NOON + timedelta(days=n), NOON + timedelta(days=n, hours=4)) for n in range(3))
READ_AT = NOON + timedelta(days=10)
# Tickets for several, by the place of their holder.
GROUPS = {0: 3, 3: 2, 9: 5, 12: 4}
SCANS = 500
SECONDS_OF_SCANS = 60 * 3600
WRONG_BY = (0, 0, 0, 40_000, 3_600_000, -3_600_000, 26 * 3_600_000, -26 * 3_600_000)
JUNK: tuple[Any, ...] = (None, 7, "entry", [], {"id": "junk"}, {"code": "\x00", "seq": 1e300}, [{}])


@dataclass(frozen=True)
class Sent:
    """Something that the phone at a gate delivers."""

    gate: str
    raw: Any


@dataclass
class World:
    """The course, the gates whose phones deliver, and the codes that turn up."""

    course: Made
    tokens: dict[str, Made]
    codes: list[str]

    def scanner(self, gate: str) -> Scanner:
        """The phone at a gate as the server knows it now."""
        return self.tokens[gate].scanner(gate)


def world() -> World:
    """Tickets valid, cancelled, replaced, waiting, of another event, unknown and forged."""
    names = tuple(f"Guest{n} X" for n in range(40))
    with moment(NOON - timedelta(days=1)):
        course = workshop("course", names, gates=tuple("ABDE"), capacity=39, sessions=SITTINGS)
        other = workshop("other", ("Dana X",), gates=("O",))
        with unit_of_work():
            leaving.cancel(course.enrolments[7], letters=False)
            planning.set_capacity(course.event.id, 60)
            for place, seats in GROUPS.items():
                changing.change(course.enrolments[place], Change(f"Guest{place} X", seats))
            new = changing.reissue(course.enrolments[6]).ticket.code
        _set_doors(course)
    unknown = ticket_code(course.event.id, 4711, scheduling.signer(course.event.id))
    forged = ticket_code(course.event.id, 4711, lambda _: bytes(64))
    address = f"HTTPS://TORVET.EXAMPLE/T/{course.codes[0]}"
    odd = [new, other.codes[0], unknown, forged, address, course.shorts[1], "abcde-fghj2"]
    return World(course, {**dict.fromkeys("ABCDE", course), "O": other}, [*course.codes, *odd])


def _set_doors(course: Made) -> None:
    """D stands at the second session's room, C may undo nothing, and E has been taken away."""
    number = int(course.scanner("E").name)
    with unit_of_work():
        second = queries.sessions(course.event.id)[1]
        terms.set_terms(course.event.id, DoorTerms(session_id=second.id), "D")
        _, token = devices.add_device(course.event.id, "C", rights=("scan",))
        course.tokens["C"] = str(token)
        devices.revoke(device(course.event.id, number))


def history(made: World, chance: Random) -> list[Sent]:
    """Five hundred scans, some of them with later words of the same, and junk in between."""
    sent: list[Sent] = []
    scans: list[dict[str, Any]] = []
    for number in range(SCANS):
        gate = chance.choice("AAABBBCDDEO")
        plain = _scan(made, number, scans, chance)
        scans.append(plain)
        sent += [Sent(gate, plain | _word(plain, chance)) for _ in range(chance.choice((1, 1, 2)))]
        if plain["kind"] != "entry" or chance.random() < 0.1:
            # An entry decided by the server is a fact of its moment: alone it would not be equal.
            sent.append(Sent(gate, plain | {"offline": False}))
    return sent + [Sent(chance.choice("ABCE"), junk) for junk in JUNK * 2]


def _scan(
    made: World, number: int, earlier: list[dict[str, Any]], chance: Random
) -> dict[str, Any]:
    kind = chance.choice(("entry", "entry", "entry", "exit", "annul")) if earlier else "entry"
    wrong = chance.choice(WRONG_BY)
    time = NOON + timedelta(seconds=chance.randrange(SECONDS_OF_SCANS), milliseconds=wrong)
    plain = {
        "id": f"s{number}",
        "code": chance.choice([*made.codes, *(made.codes[place] for place in GROUPS)]),
        "kind": kind,
        "gate": chance.choice("ABCD"),
        "at": rfc3339(time),
        "seq": number,
        "offset": -wrong,
    }
    if kind == "annul":
        plain["annuls"] = f"s{chance.randrange(SCANS)}"
        if chance.random() < 0.8:
            undone = chance.choice(earlier)
            plain |= {"annuls": undone["id"], "code": undone["code"]}
    return plain


def _word(plain: dict[str, Any], chance: Random) -> dict[str, Any]:
    """How it was decided and by which clock, as the phone tells it this time."""
    offset = chance.choice((plain["offset"], plain["offset"], 0))
    clock: dict[str, Any] = {"offset_ms": offset}
    for name, hours in (("before", -1), ("after", 1)):
        if chance.random() < 0.4:
            bound = NOON + timedelta(seconds=chance.randrange(SECONDS_OF_SCANS), hours=hours)
            clock[name] = chance.choice((stamps.stamp(bound), "forged"))
    word: dict[str, Any] = {"offline": True, "clock": chance.choice((clock, clock, None))}
    if chance.random() < 0.5:
        word["admits"] = chance.choice((None, 1, 2, 2, 9))
    return word | chance.choice(({}, {"shown": "green"}, {"shown": "red"}))


def in_parts(sent: list[Sent], chance: Random) -> list[tuple[str, list[Any]]]:
    """The same in another order, cut into batches, with some things and some batches twice."""
    order = sent + chance.choices(sent, k=len(sent) // 5)
    chance.shuffle(order)
    waiting = {gate: [one.raw for one in order if one.gate == gate] for gate in "ABCDEO"}
    parts: list[tuple[str, list[Any]]] = []
    while any(waiting.values()):
        gate = chance.choice([gate for gate, queue in waiting.items() if queue])
        size = chance.choice((1, 3, 40, 400))
        parts.append((gate, waiting[gate][:size]))
        del waiting[gate][:size]
        if chance.random() < 0.15:
            parts.append(chance.choice(parts))
    return parts
