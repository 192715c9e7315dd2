"""Where a letter to many stands, and how its trail reads."""

from __future__ import annotations

from app.core.texts import Lazy, _l
from app.mailings.rules.states import MailingState

STATES: dict[MailingState, Lazy] = {
    MailingState.DRAFT: _l("Not sent yet"),
    MailingState.SENT: _l("Sent or on its way"),
    MailingState.CALLED_BACK: _l("Called back"),
}
AUDIT_WORDS: dict[str, Lazy] = {
    "begun": _l("chose the recipients"),
    "written": _l("wrote the text"),
    "sent": _l("sent the letter"),
    "called_back": _l("called the letter back"),
}
