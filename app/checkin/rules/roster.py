"""The list for work without network, and what other phones saw, as JSON."""

from typing import NotRequired, TypedDict


class RosterEvent(TypedDict):
    """The event of a list; times in milliseconds."""

    id: str
    title: str
    starts: int
    ends: int
    wipe_at: int


class RosterEntry(TypedDict):
    """A ticket in the list: what is told of its holder lies in the box."""

    key: str
    state: str
    box: str
    kind: NotRequired[str]
    seats: NotRequired[int]
    short: NotRequired[str]


class HolderWords(TypedDict):
    """What lies in the box of an entry."""

    name: str
    notes: str
    seats: int
    next: NotRequired[str]
    was: NotRequired[list[str]]


class RosterRule(TypedDict):
    """How often one ticket may come in."""

    entries: str
    reentry: bool


class RosterTerms(TypedDict):
    """When and whom a gate lets in."""

    gate: str
    opens: int | None
    closes: int | None
    kinds: list[str] | None
    session: str | None


class RosterSession(TypedDict):
    """A session that tickets come to."""

    id: str
    starts: int
    ends: int
    title: str


class RosterDoors(TypedDict):
    """The rules of the doors."""

    entry: RosterRule
    terms: list[RosterTerms]
    sessions: list[RosterSession]


class Roster(TypedDict):
    """The list, or what changed on it after a version."""

    version: int
    since: int | None
    event: RosterEvent
    public_key: str
    seal_key: str
    doors: RosterDoors
    revoked: list[str]
    entries: list[RosterEntry]
    unhashed: int


class SeenMove(TypedDict):
    """A move that some phone saw."""

    key: str
    id: str
    device: str
    gate: str
    kind: str
    time: int
    green: bool
    annuls: str | None
    session: str
    # Of a group: how many came in, where that was told, and for how many the ticket was then.
    admits: NotRequired[int]
    seats: NotRequired[int]


class SeenMoves(TypedDict):
    """Moves, and from where to go on."""

    cursor: int
    more: bool
    moves: list[SeenMove]
