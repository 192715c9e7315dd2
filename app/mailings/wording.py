"""Where a letter to many stands, and how its trail reads."""

from __future__ import annotations

from typing import NamedTuple

from app.core.mail_replies import Cause
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


# What became of a letter (`LetterState`).
LETTER_STATES: dict[str, Lazy] = {
    "waiting": _l("waiting"),
    "sent": _l("sent"),
    "bounced": _l("refused by the mailbox"),
    "dead": _l("could not be delivered"),
    "called_back": _l("called back"),
}


class Advice(NamedTuple):
    """What is wrong with the mail, and what one can do about it."""

    fault: Lazy
    remedy: Lazy


ADVICE: dict[Cause, Advice] = {
    Cause.UNREACHABLE: Advice(
        _l("The mail server cannot be reached, or it turns us away."),
        _l("See whether the server is up, and whether TORVET_MAIL_URL names it rightly."),
    ),
    Cause.ENCRYPTION: Advice(
        _l("The connection to the mail server cannot be encrypted."),
        _l(
            "See whether TORVET_MAIL_URL fits the server: smtps:// with port 465, smtp:// with 587."
        ),
    ),
    Cause.PASSWORD: Advice(
        _l("The mail server does not accept our user name and password."),
        _l("Put the right ones into TORVET_MAIL_URL and start Torvet again."),
    ),
    Cause.RELAY: Advice(
        _l("The mail server takes letters only from those who sign in."),
        _l("TORVET_MAIL_URL needs a user name and a password: smtp://user:password@host:587."),
    ),
    Cause.SENDER: Advice(
        _l("The mail server does not allow our sender address."),
        _l("TORVET_MAIL_SENDER must be an address that the mail account may send from."),
    ),
    Cause.LIMIT: Advice(
        _l("The mail server takes no more letters for now: its limit is reached."),
        _l("The letters leave by themselves later. If it happens often, ask for a higher limit."),
    ),
    Cause.SIZE: Advice(
        _l("A letter is too large for the mail server."),
        _l("Ask whoever runs the mail server to take larger letters."),
    ),
    Cause.FULL: Advice(
        _l("A mailbox is full."),
        _l("We try for five days. Call the person, who can make room in the mailbox."),
    ),
    Cause.MISTRUST: Advice(
        _l("The receiving side does not trust our letters."),
        _l(
            "Whoever runs the domain of TORVET_MAIL_SENDER sees to it that SPF, DKIM and DMARC "
            "name this mail server. It may also stand on a list of senders to be blocked."
        ),
    ),
    Cause.OTHER: Advice(
        _l("The mail server refuses letters."),
        _l("Show whoever runs the mail server what it said."),
    ),
}
