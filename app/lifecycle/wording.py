"""What keeps a draft from being deleted, in the reader's language."""

from __future__ import annotations

from app.core.texts import Lazy, _l

KEEPS_DRAFT: dict[str, Lazy] = {
    "enrolments": _l("somebody has enrolled"),
    "applications": _l("somebody has applied, or begun to"),
    "mailings": _l("letters were written from its lists"),
    "requisitions": _l("it was made from a requisition"),
    "printings": _l("papers were printed for it"),
    "estimates": _l("it was counted how many came"),
}
KEEPS_OTHERWISE = _l("it has been used at the door or in a survey")
