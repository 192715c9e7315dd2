"""Which session of a course a phone may scan for beside the one of its own gate.

`static/js/devices/sessions.js` says the same on the phone.
"""

from dataclasses import replace
from typing import Final

from app.devices.rules.doors import Doors, ListedSession, Terms

# A door that was chosen lets in so long before its session, and until the session ends.
EARLY: Final = 2 * 3_600_000


def doors_of_phone(doors: Doors, gate: str, *, chooses: bool) -> Doors:
    """The doors as they stand for a phone at this gate.

    A door that somebody chose admits around its session alone: a wrong choice lets nobody in.
    Whoever may not choose gets the hours and kinds of the gate that is named, not its session.
    """
    sessions = {session.id: session for session in doors.sessions} if chooses else {}

    def seen(name: str, terms: Terms) -> Terms:
        if name in ("", gate) or terms.session is None:
            return terms
        session = sessions.get(terms.session)
        return around(terms, session) if session else replace(terms, session=None)

    return replace(doors, terms=tuple((name, seen(name, terms)) for name, terms in doors.terms))


def around(terms: Terms, session: ListedSession) -> Terms:
    """The terms with hours around the session, where they have none of their own."""
    opens = session.starts - EARLY if terms.opens is None else terms.opens
    closes = session.ends if terms.closes is None else terms.closes
    return replace(terms, opens=opens, closes=closes)
