"""What people fill in to sign in, and what an administrator says of the staff."""

from app.people.forms.desk_staff import DUTY_NAMES, VERB_NAMES, DutiesForm, StaffForm
from app.people.forms.signing_in import ActionForm, CodeForm, MailboxForm

__all__ = [
    "DUTY_NAMES",
    "VERB_NAMES",
    "ActionForm",
    "CodeForm",
    "DutiesForm",
    "MailboxForm",
    "StaffForm",
]
