"""Where a letter to many stands, and how its trail reads."""

from __future__ import annotations

from app.core.texts import Lazy, _l
from app.mailings.rules.audited import MailingVerb
from app.mailings.rules.states import MailingState

STATES: dict[MailingState, Lazy] = {
    MailingState.DRAFT: _l("Not sent yet"),
    MailingState.SENT: _l("Sent or on its way"),
    MailingState.CALLED_BACK: _l("Called back"),
}
AUDIT_WORDS: dict[MailingVerb, Lazy] = {
    MailingVerb.BEGUN: _l("chose the recipients"),
    MailingVerb.WRITTEN: _l("wrote the text"),
    MailingVerb.SENT: _l("sent the letter"),
    MailingVerb.CALLED_BACK: _l("called the letter back"),
}
