"""Which sitting of a course a phone may scan for beside the one of its own gate.

`static/js/door/choices.js` says the same on the phone.
"""

from dataclasses import replace
from typing import Final

from app.checkin.rules.doors import Doors, Terms
from app.checkin.rules.moves import ListedSession

# A door that was chosen lets in so long before its sitting, and until the sitting ends.
EARLY: Final = 2 * 3_600_000


def doors_of_phone(doors: Doors, gate: str, *, chooses: bool) -> Doors:
    """The doors that a phone at this gate knows: its own, and those of sittings if it may choose.

    A door that somebody chose admits around its sitting alone: a wrong choice lets nobody in.
    """
    sittings = {one.id: one for one in doors.sessions}
    own = [(name, terms) for name, terms in doors.terms if name in ("", gate)]
    others = [
        (name, around(terms, sittings[terms.session]))
        for name, terms in doors.terms
        if chooses and name not in ("", gate) and terms.session in sittings
    ]
    return replace(doors, terms=(*own, *others))


def around(terms: Terms, sitting: ListedSession) -> Terms:
    """The terms with hours around the sitting, where they have none of their own."""
    opens = sitting.starts - EARLY if terms.opens is None else terms.opens
    closes = sitting.ends if terms.closes is None else terms.closes
    return replace(terms, opens=opens, closes=closes)
