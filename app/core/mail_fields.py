"""A field for a mail address: one that looks like a slip is asked about, not refused."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField
from wtforms.widgets import EmailInput

from app.core.asking_once import Asking, AsksOnce
from app.core.digits import isolated
from app.core.mail_spelling import meant, unmarked
from app.core.texts import _


class _AskingEmail(Asking, EmailInput):
    """The field, and beside it unseen the address that was asked about."""


class MailField(AsksOnce, EmailField):
    """A mail address; a near miss of a house that many have is asked about once."""

    widget = _AskingEmail()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Without the unseen marks that an address copied from a page may carry."""
        super().process_formdata([unmarked(value) for value in valuelist])

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        super().post_validate(form, validation_stopped)
        address = (self.data or "").strip().casefold()
        better = meant(address) if address and not self.errors else None
        if better:
            self.ask_once(
                address,
                _(
                    "Did you mean %(address)s? Then correct it. "
                    "Is it right as it stands? Then press the button once more.",
                    address=isolated(better),
                ),
            )

    def needs_no_question(self, address: str) -> bool:
        """One that stands there already was asked about when it was written."""
        return meant(address) is not None
