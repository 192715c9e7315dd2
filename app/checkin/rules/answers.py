"""What is answered to a scan and to a walk-in, as JSON."""

from typing import NotRequired, TypedDict


class FirstEntry(TypedDict):
    """When and where a ticket came in first."""

    at: str
    gate: str
    device: NotRequired[str]


class StoredAnswer(TypedDict):
    """The answer as it is kept with the scan: nothing personal."""

    verdict: str
    reason: NotRequired[str]
    override: NotRequired[str]
    first: NotRequired[FirstEntry]
    skewed: NotRequired[bool]
    # Of a group: how many have come by now, and how many of them with this entry.
    came: NotRequired[int]
    admits: NotRequired[int]


class WordedAnswer(StoredAnswer):
    """The answer as the contract words it, with whom it is about."""

    id: str
    stored: bool
    place: NotRequired[int]
    name: NotRequired[str]
    notes: NotRequired[str]
    seats: NotRequired[int]


class WalkInWords(TypedDict):
    """The answer to a walk-in."""

    id: str
    stored: bool
    verdict: str
    name: str
    reason: NotRequired[str]


class PersonWords(TypedDict):
    """Somebody found by name, without mail and phone."""

    name: str
    seats: int
    state: str
    short: str
    notes: NotRequired[str]
    first: NotRequired[FirstEntry]
    came: NotRequired[int]


class AlikeWords(TypedDict):
    """Somebody on the list who may be the same person as a walk-in."""

    state: str
    address: bool
    name: NotRequired[str]


class LockedNames(TypedDict):
    """All names, encrypted under the lead's word."""

    salt: str
    rounds: int
    box: str
    expires: str
