"""Which tables hang on an event, and what becomes of each when the event is copied or deleted."""

from __future__ import annotations

from typing import Final

# Copied with the event, each after those it points at; deleted with a draft in the other order.
COPIED: Final = (
    "sessions",
    "windows",
    "event_pictures",
    "workshops",
    "role_questions",
    "door_rules",
    "zones",
    "cabinets",
    "taps",
    "landmarks",
    "stalls",
    "stall_shares",
    "stages",
)
# Not copied, but gone with a draft: nobody outside has met them.
DISCARDED: Final = {
    "event_keys": "each event signs its own tickets",
    "event_changes": "what was told of this event",
    "line_ups": "a programme is announced anew",
    "stall_choosings": "whether stalls are chosen is decided anew",
    "devices": "a phone is paired with one event's gate",
}
# Not copied: people, and what happened. A draft that has any of these is not deleted.
LEFT_BEHIND: Final = {
    "enrolments": "people",
    "replaced_links": "people",
    "tickets": "people",
    "day_reminders": "letters to people",
    "goals": "people",
    "printings": "papers about people",
    "printed_files": "papers about people",
    "printed_tickets": "papers about people",
    "applications": "people",
    "answer_links": "people",
    "application_messages": "people",
    "application_reviews": "people",
    "holdings": "who stands where is decided anew",
    "slots": "who plays when is decided anew",
    "mailings": "letters to people",
    "mailing_recipients": "letters to people",
    "mailing_letters": "letters to people",
    "requisitions": "one requisition becomes one workshop",
    "invitations": "people are asked about the event they were at",
    "responses": "people",
    "estimates": "what happened",
    "scans": "what happened",
    "admissions": "what happened",
    "double_admissions": "what happened",
    "conflict_looks": "what happened",
    "walk_ins": "people",
    "quarantined_scans": "what happened",
    "tallies": "what happened",
    "tally_readings": "what happened",
    "tally_corrections": "what happened",
    "name_searches": "what happened",
}
