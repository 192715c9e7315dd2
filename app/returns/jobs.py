"""What the worker does here: look into the mailbox that notices come to."""

from __future__ import annotations

from datetime import datetime

from app.core.addresses import returns_url
from app.returns.services import reading
from app.returns.services.mailboxes import mailbox


def read_returned_mail(now: datetime) -> int:
    """Look into it, at most once a minute; how many mails were read."""
    box = mailbox(returns_url())
    return reading.look_into(box, now) if box else 0
