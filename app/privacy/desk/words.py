"""The record of processing in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.personal import Afterwards, KeptFor, KeptUntil, LegalBasis
from app.core.texts import Lazy, _l

PURPOSES: Mapping[KeptFor, Lazy] = {
    KeptFor.IDENTITY: _l("To know who somebody is, and to reach them"),
    KeptFor.PLACE: _l("To hold a place and find it at the door"),
    KeptFor.NEEDS: _l("To arrange an interpreter, access and food"),
    KeptFor.ARRIVAL: _l("To know who came"),
    KeptFor.FOLLOW_UP: _l("To learn what a workshop led to"),
    KeptFor.LETTERS: _l("To send letters"),
    KeptFor.APPLICATION: _l("To decide on an application"),
    KeptFor.ADVICE: _l("To give advice and count it"),
    KeptFor.ORGANISATION: _l("To keep one record of an organisation"),
    KeptFor.SIGN_IN: _l("To sign in safely"),
    KeptFor.TRACE: _l("To say afterwards what was done"),
    KeptFor.STAFF: _l("To know who works here and who did what"),
    KeptFor.CONTACT: _l("To say whom one can ask"),
    KeptFor.PICTURE: _l("To show what an event is like"),
    KeptFor.UNSENT: _l("To lose nothing that was written, and to do nothing twice"),
}
BASES: Mapping[LegalBasis, Lazy] = {
    LegalBasis.PUBLIC_TASK: _l("A public task (GDPR article 6(1)(e))"),
    LegalBasis.TASK_AND_CONSENT: _l(
        "A public task (GDPR article 6(1)(e)), and consent where it is sensitive (article 9(2)(a))"
    ),
}
DEADLINES: Mapping[KeptUntil, Lazy] = {
    KeptUntil.EVENT_OVER: _l("The event is over"),
    KeptUntil.REPORT_FINISHED: _l("The year's report is finished"),
    KeptUntil.ASKED: _l("Somebody it is about asks for it"),
    KeptUntil.THIRTY_DAYS: _l("30 days after it was sent"),
    KeptUntil.SIXTY_DAYS: _l("60 days after signing in"),
    KeptUntil.TWO_DAYS: _l("48 hours"),
    KeptUntil.ONE_DAY: _l("24 hours"),
    KeptUntil.TEN_MINUTES: _l("10 minutes"),
    KeptUntil.EMPLOYED: _l("The person no longer works here"),
}
ENDINGS: Mapping[Afterwards, Lazy] = {
    Afterwards.EMPTIED: _l("The text is emptied; the count stays"),
    Afterwards.DELETED: _l("The row is deleted"),
    Afterwards.UNBOUND: _l("It stays, bound to nobody"),
}
