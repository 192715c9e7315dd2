"""Whether a ticket still counts."""

from enum import StrEnum


class TicketState(StrEnum):
    LIVE = "live"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
